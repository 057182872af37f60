//! How a cycle's reviews are set up.

use crate::db::Tx;
use crate::domain::ids::{CycleId, ReviewTemplateId};
use crate::domain::instant::Instant;
use crate::domain::review::{Deadlines, ReviewTemplate};
use crate::error::Result;
use crate::http::{Body, Ctx, IdPath, Tagged, Versioned};
use crate::reviews::{self, Setup, SetupPatch};
use actix_web::{get, patch};
use serde::Serialize;

/// How a cycle's reviews are set up.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ReviewSetupOut {
    /// The cycle.
    cycle_id: CycleId,
    /// Moves with every change; the `ETag`. 0 where nobody set anything.
    version: i64,
    /// The template that it chose; null: the standard one.
    template_id: Option<ReviewTemplateId>,
    /// The version of that template that holds.
    template_version: Option<i64>,
    /// What reviews ask: before they begin as the template is now, then as it was when they began.
    template: ReviewTemplate,
    /// By when each step is to be reached. Before reviews begin, those that were set.
    deadlines: Deadlines,
    /// When reviews began: with the cycle's entering its review. Null before.
    began_at: Option<Instant>,
}

impl Versioned for ReviewSetupOut {
    fn version(&self) -> i64 {
        self.version
    }
}

impl ReviewSetupOut {
    fn read(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Self> {
        let Setup { row, template } = reviews::setup(tx, cycle)?;
        Ok(Self {
            cycle_id: row.cycle_id,
            version: row.version,
            template_id: row.template_id,
            template_version: row.template_version,
            template,
            deadlines: row.deadlines.0,
            began_at: row.began_at,
        })
    }
}

/// How a cycle's reviews are set up
///
/// By which template, until when. Whoever sees the cycle.
#[utoipa::path(tag = "reviews", params(("id" = CycleId, Path, description = "The cycle")),
    responses((status = 200, body = ReviewSetupOut, description = "The set-up")))]
#[get("/cycles/{id}/review-setup")]
pub(super) async fn get_review_setup(ctx: Ctx, id: IdPath<CycleId>) -> Result<Tagged<ReviewSetupOut>> {
    let id = id.into_inner();
    ctx.read(move |tx| ReviewSetupOut::read(tx, id)).await.map(Tagged)
}

/// Set up a cycle's reviews
///
/// The template is chosen before the reviews begin, and fixed then (409); deadlines may be moved until the cycle closes. HR
/// only.
#[utoipa::path(tag = "reviews", request_body = SetupPatch, params(("id" = CycleId, Path, description = "The cycle")),
    responses((status = 200, body = ReviewSetupOut, description = "The set-up as it is now")))]
#[patch("/cycles/{id}/review-setup")]
pub(super) async fn change_review_setup(
    ctx: Ctx,
    id: IdPath<CycleId>,
    body: Body<SetupPatch>,
) -> Result<Tagged<ReviewSetupOut>> {
    let (id, if_match) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| reviews::change_setup(tx, id, &body.0, if_match)).await?;
    ctx.read(move |tx| ReviewSetupOut::read(tx, id)).await.map(Tagged)
}

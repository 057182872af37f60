//! Change requests over HTTP.

use super::links::NoFilter;
use crate::db::Tx;
use crate::domain::ids::{ChangeRequestId, GoalId};
use crate::domain::instant::Instant;
use crate::domain::words::ChangeState;
use crate::error::Result;
use crate::goals::model::{Change, ChangeRequest};
use crate::goals::{self, Decision};
use crate::http::{Body, Ctx, IdPath, ListQuery, Listing, ListingParameters, Tagged, Versioned, page};
use crate::org::PersonRef;
use actix_web::web::Json;
use actix_web::{get, post};
use serde::Serialize;

/// An owner's change of an active goal that waits, or waited, for approval.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ChangeRequestOut {
    /// Its id.
    id: ChangeRequestId,
    /// Moves with every change; the `ETag`.
    version: i64,
    /// The goal.
    goal_id: GoalId,
    /// The goal's version when the change was asked for.
    goal_version: i64,
    /// What is to change.
    change: Change,
    /// Why.
    reason: Option<String>,
    /// Where it stands.
    state: ChangeState,
    /// Who asks.
    requested_by: PersonRef,
    /// When it was asked for.
    requested_at: Instant,
    /// Who decided; null until someone did.
    decided_by: Option<PersonRef>,
    /// When it was decided.
    decided_at: Option<Instant>,
    /// What was said to it.
    note: Option<String>,
}

impl Versioned for ChangeRequestOut {
    fn version(&self) -> i64 {
        self.version
    }
}

impl ChangeRequestOut {
    fn of(tx: &Tx<'_>, request: ChangeRequest) -> Self {
        let named = |person| PersonRef::of(&tx.actor.directory, person);
        Self {
            id: request.id,
            version: request.version,
            goal_id: request.goal_id,
            goal_version: request.goal_version,
            change: request.change.0,
            reason: request.reason,
            state: request.state,
            requested_by: named(request.requested_by),
            requested_at: request.requested_at,
            decided_by: request.decided_by.map(named),
            decided_at: request.decided_at,
            note: request.decision_note,
        }
    }

    /// One that the actor may see.
    pub(super) fn read(tx: &mut Tx<'_>, id: ChangeRequestId) -> Result<Self> {
        let request = goals::find_request(tx, id)?;
        Ok(Self::of(tx, request))
    }
}

page!(
    /// A page of change requests.
    ChangeRequestPage of ChangeRequestOut
);

fn page_of(tx: &mut Tx<'_>, goal: GoalId, listing: &Listing) -> Result<ChangeRequestPage> {
    let (_, reverse) = listing.order(&["requested_at"])?;
    let found = goals::requests_of(tx, goal)?;
    let total = listing.include_total.then_some(found.len());
    let (found, next_cursor) =
        listing.page_of(found, reverse, |request| (request.requested_at.utc().to_rfc3339().into(), request.id.into()));
    let items = found.into_iter().map(|request| ChangeRequestOut::of(tx, request)).collect();
    Ok(ChangeRequestPage { items, next_cursor, total })
}

/// A goal's change requests
///
/// Waiting and decided ones, for whoever sees the goal; by the time that they were asked for.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal"), ListingParameters),
    responses((status = 200, body = ChangeRequestPage, description = "A page of change requests")))]
#[get("/goals/{id}/change-requests")]
pub(super) async fn list_change_requests(
    ctx: Ctx,
    id: IdPath<GoalId>,
    query: ListQuery<NoFilter>,
) -> Result<Json<ChangeRequestPage>> {
    let id = id.into_inner();
    ctx.read(move |tx| page_of(tx, id, &query.listing)).await.map(Json)
}

/// A change request
///
/// For whoever sees its goal.
#[utoipa::path(tag = "goals", params(("id" = ChangeRequestId, Path, description = "The change request")),
    responses((status = 200, body = ChangeRequestOut, description = "The change request")))]
#[get("/change-requests/{id}")]
pub(super) async fn get_change_request(ctx: Ctx, id: IdPath<ChangeRequestId>) -> Result<Tagged<ChangeRequestOut>> {
    let id = id.into_inner();
    ctx.read(move |tx| ChangeRequestOut::read(tx, id)).await.map(Tagged)
}

/// Decide on a change request
///
/// For the owner's manager and the lead line above, or for HR, as the cycle's `change_approval` says; never for whoever
/// asked. Approved, the change is made, if what it changes is still as it was: else 409.
#[utoipa::path(tag = "goals", params(("id" = ChangeRequestId, Path, description = "The change request")), request_body = Decision,
    responses((status = 200, body = ChangeRequestOut, description = "The change request, decided")))]
#[post("/change-requests/{id}/decide")]
pub(super) async fn decide_change_request(
    ctx: Ctx,
    id: IdPath<ChangeRequestId>,
    body: Body<Decision>,
) -> Result<Tagged<ChangeRequestOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| goals::decide(tx, id, version, &body.0)).await?;
    ctx.read(move |tx| ChangeRequestOut::read(tx, id)).await.map(Tagged)
}

/// Take a change request back
///
/// For whoever asked, as long as it waits.
#[utoipa::path(tag = "goals", params(("id" = ChangeRequestId, Path, description = "The change request")),
    responses((status = 200, body = ChangeRequestOut, description = "The change request, withdrawn")))]
#[post("/change-requests/{id}/withdraw")]
pub(super) async fn withdraw_change_request(ctx: Ctx, id: IdPath<ChangeRequestId>) -> Result<Tagged<ChangeRequestOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| goals::withdraw(tx, id, version)).await?;
    ctx.read(move |tx| ChangeRequestOut::read(tx, id)).await.map(Tagged)
}

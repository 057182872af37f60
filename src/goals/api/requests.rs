//! Change requests over HTTP.

use super::links::NoFilter;
use crate::db::Tx;
use crate::domain::amount::Weight;
use crate::domain::ids::{ChangeRequestId, GoalId};
use crate::domain::instant::Instant;
use crate::domain::words::ChangeState;
use crate::error::Result;
use crate::goals::find::title_of;
use crate::goals::model::{Change, ChangeRequest, LinkBody};
use crate::goals::{self, Decision};
use crate::http::{Body, Ctx, IdPath, ListQuery, Listing, ListingParameters, Tagged, Versioned, page};
use crate::org::PersonRef;
use actix_web::web::Json;
use actix_web::{get, post};
use serde::Serialize;
use serde_json::{Map, Value};

/// What is to change, with what it was when the change was asked for: it is done only where that still is so.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
#[schema(as = GoalChange)]
enum ChangeOut {
    /// Fields of the goal.
    Fields {
        /// Each field as it was.
        #[schema(value_type = Object)]
        before: Map<String, Value>,
        /// Each field as it is to be.
        #[schema(value_type = Object)]
        after: Map<String, Value>,
    },
    /// A link is made, weighed or moved.
    Link {
        /// The link as it was; null where there was none, or the caller may not see the goal served.
        before: Option<LinkBody>,
        /// The goal served; null where the caller may not see it.
        parent_id: Option<GoalId>,
        /// The new weight; null: as it was, or 1.
        weight: Option<Weight>,
        /// Whether it becomes the goal's place in the tree; null: as it was.
        primary: Option<bool>,
        /// Whether it takes the place of another primary link.
        replace: bool,
    },
    /// A link is taken away.
    Unlink {
        /// The link as it was; null where the caller may not see the goal served.
        before: Option<LinkBody>,
    },
    /// The goal is cancelled.
    Cancel,
}

impl ChangeOut {
    fn of(tx: &mut Tx<'_>, change: Change) -> Result<Self> {
        Ok(match change {
            Change::Fields { before, after } => Self::Fields { before, after },
            Change::Link { before, parent_id, weight, primary, replace } => {
                let seen = title_of(tx, parent_id)?.is_some();
                let (before, parent_id) = (before.filter(|_| seen), Some(parent_id).filter(|_| seen));
                Self::Link { before, parent_id, weight, primary, replace }
            }
            Change::Unlink { before } => {
                let seen = title_of(tx, before.parent_id)?.is_some();
                Self::Unlink { before: Some(before).filter(|_| seen) }
            }
            Change::Cancel => Self::Cancel,
        })
    }
}

/// An owner's change of an agreed goal that waits, or waited, for approval.
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
    change: ChangeOut,
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
    /// The lead for whom they decided, as a delegate; null where they decided for themself.
    delegate_of: Option<PersonRef>,
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
    fn of(tx: &mut Tx<'_>, request: ChangeRequest) -> Result<Self> {
        let change = ChangeOut::of(tx, request.change.0)?;
        let named = |person| PersonRef::of(&tx.actor.directory, person);
        Ok(Self {
            id: request.id,
            version: request.version,
            goal_id: request.goal_id,
            goal_version: request.goal_version,
            change,
            reason: request.reason,
            state: request.state,
            requested_by: named(request.requested_by),
            requested_at: request.requested_at,
            decided_by: request.decided_by.map(named),
            delegate_of: request.delegate_of.map(named),
            decided_at: request.decided_at,
            note: request.decision_note,
        })
    }

    /// One that the actor may see.
    pub(super) fn read(tx: &mut Tx<'_>, id: ChangeRequestId) -> Result<Self> {
        let request = goals::find_request(tx, id)?;
        Self::of(tx, request)
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
    let items = found.into_iter().map(|request| ChangeRequestOut::of(tx, request)).collect::<Result<_>>()?;
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
/// For whoever sees its goal; a goal linked with it that they may not see is left out.
#[utoipa::path(tag = "goals", params(("id" = ChangeRequestId, Path, description = "The change request")),
    responses((status = 200, body = ChangeRequestOut, description = "The change request")))]
#[get("/change-requests/{id}")]
pub(super) async fn get_change_request(ctx: Ctx, id: IdPath<ChangeRequestId>) -> Result<Tagged<ChangeRequestOut>> {
    let id = id.into_inner();
    ctx.read(move |tx| ChangeRequestOut::read(tx, id)).await.map(Tagged)
}

/// Decide on a change request
///
/// For the owner's manager and the lead line above or who stands for one of them (`delegate_of` names whom), or for HR, as
/// the cycle's `change_approval` says; never for whoever asked. Approved, the change is made, if what it changes is still as it was: else 409. A goal linked with it that the
/// decider may not see is no hindrance.
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
/// For whoever asked, as long as it waits and they are not a viewer.
#[utoipa::path(tag = "goals", params(("id" = ChangeRequestId, Path, description = "The change request")),
    responses((status = 200, body = ChangeRequestOut, description = "The change request, withdrawn")))]
#[post("/change-requests/{id}/withdraw")]
pub(super) async fn withdraw_change_request(ctx: Ctx, id: IdPath<ChangeRequestId>) -> Result<Tagged<ChangeRequestOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| goals::withdraw(tx, id, version)).await?;
    ctx.read(move |tx| ChangeRequestOut::read(tx, id)).await.map(Tagged)
}

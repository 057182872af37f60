//! Check-ins over HTTP.

mod batch;
mod input;
mod output;

use super::{Desk, Recorded, Shown, ToShow};
use crate::db::Tx;
use crate::domain::ids::{CheckInId, GoalId};
use crate::domain::limits;
use crate::error::{Faults, Result};
use crate::figures::{self, Forests, Node, Viewed};
use crate::http::{
    Body, Created, Ctx, IdPath, ListQuery, Listing, ListingParameters, NoContent, Query, Service, SortKey, Tagged,
};
use actix_web::web::{Data, Json};
use actix_web::{delete, get, patch, post};
use input::{CheckInBatchIn, CheckInIn, CheckInPatch};
pub(crate) use output::CheckInOut;
pub use output::CheckedInOut;
use output::{CheckInBatchOut, CheckInPage};
use serde::Deserialize;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The desk that answers a check-in with all that it moved.
pub type CheckInDesk = Desk<CheckedInOut>;

/// The desk of a service.
pub fn desk(service: Service, forests: Arc<Forests>) -> CheckInDesk {
    Desk::new(service, move |tx, asked| each_moved(tx, &forests, asked))
}

/// Which of a goal's check-ins are listed.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CheckInFilter {
    /// Whether the voided ones are listed too, for those who may check in.
    #[serde(default)]
    include_voided: bool,
}

/// Why a check-in is voided.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct VoidParameters {
    /// Why; at most 1000 characters.
    #[serde(default)]
    reason: Option<String>,
}

/// Check in a goal
///
/// States the goal's value, what came on top of it, its completed steps or that nothing moved, for a day. Its owner
/// and contributors may; its lead line, who stands for one of it (`delegate_of` names whom) and HR do so on the owner's
/// behalf. The goal must be active and take its
/// figure from check-ins, its cycle must be active, or in review for days that have been. An earlier day moves what
/// follows it.
#[utoipa::path(tag = "check-ins", request_body = CheckInIn,
    params(("id" = GoalId, Path, description = "The goal")),
    responses((status = 201, body = CheckedInOut, description = "The new check-in, and what it moved")))]
#[post("/goals/{id}/check-ins")]
async fn create_check_in(
    ctx: Ctx,
    desk: Data<CheckInDesk>,
    id: IdPath<GoalId>,
    body: Body<CheckInIn>,
) -> Result<Created<CheckedInOut>> {
    let body = desk.check_in(&ctx, id.into_inner(), body.0.entry()).await?;
    Ok(Created { location: format!("/check-ins/{}", body.check_in.id), body })
}

/// Check in many goals
///
/// Up to 500 check-ins, each by the rules of a single one; several of one goal are taken in their order. The answer
/// has an outcome for each item, with the problem that the item would have been refused with alone. Items are
/// independent unless `atomic` says that all are done or none.
#[utoipa::path(tag = "check-ins", request_body = CheckInBatchIn,
    responses((status = 200, body = CheckInBatchOut, description = "What each item came to")))]
#[post("/check-ins/batch")]
async fn create_check_in_batch(ctx: Ctx, body: Body<CheckInBatchIn>) -> Result<Json<CheckInBatchOut>> {
    let made = ctx.write(move |tx| batch::record(tx, &body.0)).await?;
    ctx.read(move |tx| batch::shown(tx, &made)).await.map(Json)
}

/// A goal's check-ins
///
/// The newest first: by the day that they speak of, then by time of entry. `sort=-newest` turns it round. Each with
/// the value that the goal stands at after it.
#[utoipa::path(tag = "check-ins", params(("id" = GoalId, Path, description = "The goal"), CheckInFilter, ListingParameters),
    responses((status = 200, body = CheckInPage, description = "A page of check-ins")))]
#[get("/goals/{id}/check-ins")]
async fn list_goal_check_ins(
    ctx: Ctx,
    id: IdPath<GoalId>,
    query: ListQuery<CheckInFilter>,
) -> Result<Json<CheckInPage>> {
    let id = id.into_inner();
    ctx.read(move |tx| page(tx, id, query.filter, &query.listing)).await.map(Json)
}

/// A check-in
///
/// A voided one is there for those who may check in.
#[utoipa::path(tag = "check-ins", params(("id" = CheckInId, Path, description = "The check-in")),
    responses((status = 200, body = CheckInOut, description = "The check-in")))]
#[get("/check-ins/{id}")]
async fn get_check_in(ctx: Ctx, id: IdPath<CheckInId>) -> Result<Tagged<CheckInOut>> {
    let id = id.into_inner();
    ctx.read(move |tx| one(tx, id)).await.map(Tagged)
}

/// Correct a check-in
///
/// A merge patch. It keeps its author and its time of entry; what runs from it follows. Its author may, who must
/// still be allowed to check in, and those who may check in on behalf; by the same rules as checking in.
#[utoipa::path(tag = "check-ins", request_body = CheckInPatch,
    params(("id" = CheckInId, Path, description = "The check-in")),
    responses((status = 200, body = CheckedInOut, description = "The check-in as it is now, and what it moved")))]
#[patch("/check-ins/{id}")]
async fn update_check_in(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<CheckInId>,
    body: Body<CheckInPatch>,
) -> Result<Tagged<CheckedInOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let recorded = ctx.write(move |tx| super::correct(tx, id, version, |before| body.0.over(before))).await?;
    ctx.read(move |tx| moved(tx, &forests, recorded)).await.map(Tagged)
}

/// Void a check-in
///
/// It stays for the record and counts for nothing; what ran from it follows. Who may correct it may void it.
#[utoipa::path(tag = "check-ins",
    params(("id" = CheckInId, Path, description = "The check-in"), VoidParameters),
    responses((status = 204, description = "It is voided")))]
#[delete("/check-ins/{id}")]
async fn void_check_in(ctx: Ctx, id: IdPath<CheckInId>, query: Query<VoidParameters>) -> Result<NoContent> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let reason = query.0.reason()?;
    ctx.write(move |tx| super::void(tx, id, version, reason.as_deref())).await?;
    Ok(NoContent)
}

/// The addresses of check-ins.
pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(create_check_in)
        .service(list_goal_check_ins)
        .service(create_check_in_batch)
        .service(get_check_in)
        .service(update_check_in)
        .service(void_check_in);
}

impl VoidParameters {
    fn reason(&self) -> Result<Option<String>> {
        let mut faults = Faults::new();
        let reason = faults.optional_text("?reason", self.reason.as_deref(), limits::REASON);
        faults.finish()?;
        Ok(reason)
    }
}

fn one(tx: &mut Tx<'_>, id: CheckInId) -> Result<CheckInOut> {
    let shown = super::find(tx, id)?;
    Ok(CheckInOut::of(shown, &tx.actor.directory))
}

/// What several check-ins moved, each as its reader sees it.
fn each_moved(tx: &mut Tx<'_>, forests: &Forests, asked: &[ToShow]) -> Result<Vec<Result<CheckedInOut>>> {
    let check_ins = super::each_to_its_reader(tx, asked)?;
    let goals =
        asked.iter().map(|one| Viewed { viewer: one.reader.clone(), locale: one.locale, goal: one.recorded.goal });
    let nodes = figures::goals_with_ancestors(tx, forests, &goals.collect::<Vec<_>>())?;
    let directory = Arc::clone(&tx.actor.directory);
    let moved = |(check_in, nodes): (Result<Shown>, Result<(Node, Vec<Node>)>)| {
        let (goal, ancestors) = nodes?;
        Ok(CheckedInOut { check_in: CheckInOut::of(check_in?, &directory), goal, ancestors })
    };
    Ok(check_ins.into_iter().zip(nodes).map(moved).collect())
}

fn moved(tx: &mut Tx<'_>, forests: &Forests, recorded: Recorded) -> Result<CheckedInOut> {
    let check_in = one(tx, recorded.check_in)?;
    let (goal, ancestors) = figures::goal_with_ancestors(tx, forests, recorded.goal)?;
    Ok(CheckedInOut { check_in, goal, ancestors })
}

fn page(tx: &mut Tx<'_>, id: GoalId, filter: CheckInFilter, listing: &Listing) -> Result<CheckInPage> {
    let (_, oldest_first) = listing.order(&["newest"])?;
    let all = super::of_goal(tx, id, filter.include_voided)?;
    let total = listing.include_total.then_some(all.len());
    let (page, next_cursor) = listing.page_of(all, !oldest_first, place);
    let items = page.into_iter().map(|shown| CheckInOut::of(shown, &tx.actor.directory)).collect();
    Ok(CheckInPage { items, next_cursor, total })
}

fn place(shown: &Shown) -> (SortKey, Uuid) {
    let row = &shown.row;
    let entered = row.entered_at.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    (format!("{} {entered}", row.effective_on).into(), row.id.into())
}

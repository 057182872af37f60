//! A goal's history and activity over HTTP.

use crate::domain::ids::GoalId;
use crate::domain::words::ActivityKind;
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::activity::{self, ActivityPage};
use crate::figures::history::{self, GoalHistoryPage};
use crate::http::{Commas, Ctx, IdPath, ListQuery, ListingParameters};
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Deserialize;

/// No filter.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryFilter {}

/// Which of the things that happened are asked for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ActivityFilter {
    /// Those of these kinds, separated by commas; all unless given.
    #[param(value_type = Option<String>, example = "check_in.recorded,goal.changed")]
    kind: Option<Commas<ActivityKind>>,
}

/// Shows the versions of a goal and of its links
///
/// Each with the fields that changed, who made it so, when and why, and the first day that it speaks for: what `as_of`
/// goes by. Links upward and from goals under it; those to goals that the caller may not see are left out. The newest
/// first; `sort=-newest` turns it round.
#[utoipa::path(
    tag = "goals",
    params(("id" = GoalId, Path, description = "The goal"), HistoryFilter, ListingParameters),
    responses((status = 200, body = GoalHistoryPage, description = "A page of the history"))
)]
#[get("/goals/{id}/history")]
pub(super) async fn list_goal_history(
    ctx: Ctx,
    forests: Data<Forests>,
    goal: IdPath<GoalId>,
    query: ListQuery<HistoryFilter>,
) -> Result<Json<GoalHistoryPage>> {
    ctx.read(move |tx| history::history(tx, &forests, *goal, &query.listing)).await.map(Json)
}

/// Shows what happened to a goal
///
/// One feed: its changes and the steps of its life, its links upward, its check-ins made, corrected and voided, the
/// changes asked for and decided, who follows it. Of a measured goal it has an automatic check-in (`check_in.automatic`)
/// for each day on which its value changed, with the measurements that changed it: it follows from what is measured now,
/// so that a correction corrects it too. Left out are links to goals that the caller may not see and, for
/// those who may not check in, voided check-ins. The newest first; `sort=-newest` turns it round.
#[utoipa::path(
    tag = "goals",
    params(("id" = GoalId, Path, description = "The goal"), ActivityFilter, ListingParameters),
    responses((status = 200, body = ActivityPage, description = "A page of the feed"))
)]
#[get("/goals/{id}/activity")]
pub(super) async fn list_goal_activity(
    ctx: Ctx,
    forests: Data<Forests>,
    goal: IdPath<GoalId>,
    query: ListQuery<ActivityFilter>,
) -> Result<Json<ActivityPage>> {
    let kinds = query.filter.kind.map(|kinds| kinds.0).unwrap_or_default();
    ctx.read(move |tx| activity::activity(tx, &forests, *goal, &kinds, &query.listing)).await.map(Json)
}

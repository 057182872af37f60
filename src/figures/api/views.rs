//! Views over HTTP.

use crate::domain::ids::{CycleId, UnitId};
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::views::{self, MyGoals, UnitOverview};
use crate::http::{Ctx, IdPath, Query};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Deserialize;

/// Of which cycle goals are shown.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ViewQuery {
    /// The cycle; unless given the active ones that the day lies in: a year with its quarter, say. Of a day gone by
    /// also those that are over by now.
    cycle_id: Option<CycleId>,
    /// The day that the goals and figures are those of; today unless given. Who may see a goal is decided today, and
    /// the units and their members are today's.
    as_of: Option<NaiveDate>,
}

/// Shows the caller's goals
///
/// Those that they own, contribute to, follow or watch, and those of their units; each goal once in the first of the
/// groups that fit.
#[utoipa::path(
    tag = "goals",
    params(ViewQuery),
    responses((status = 200, body = MyGoals, description = "The caller's goals"))
)]
#[get("/me/goals")]
pub(super) async fn get_my_goals(ctx: Ctx, forests: Data<Forests>, query: Query<ViewQuery>) -> Result<Json<MyGoals>> {
    ctx.read(move |tx| views::mine(tx, &forests, query.0.cycle_id, query.0.as_of)).await.map(Json)
}

/// Shows a unit's goals at a glance
///
/// The unit's own goals, its members' by member, and how they stand; only what the caller sees is shown and counted.
#[utoipa::path(
    tag = "goals",
    params(("id" = UnitId, Path, description = "The unit"), ViewQuery),
    responses((status = 200, body = UnitOverview, description = "The unit's goals"))
)]
#[get("/units/{id}/goals")]
pub(super) async fn get_unit_goals(
    ctx: Ctx,
    forests: Data<Forests>,
    unit: IdPath<UnitId>,
    query: Query<ViewQuery>,
) -> Result<Json<UnitOverview>> {
    ctx.read(move |tx| views::of_unit(tx, &forests, *unit, query.0.cycle_id, query.0.as_of)).await.map(Json)
}

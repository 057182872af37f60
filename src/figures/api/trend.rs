//! A goal's trend over HTTP.

use crate::domain::ids::GoalId;
use crate::domain::words::Interval;
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::trend::{self, Asked, Trend};
use crate::http::{Ctx, IdPath, Query};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Deserialize;

/// Which days a trend is drawn over.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct TrendQuery {
    /// The first day: that of the goal's window unless given.
    from: Option<NaiveDate>,
    /// The last day, today at most: the last one of the goal's window that has come unless given.
    to: Option<NaiveDate>,
    /// How far the points lie apart: the shortest of `day`, `week` and `month` that makes no more than 400 unless
    /// given.
    interval: Option<Interval>,
}

/// Shows a goal's figures over days
///
/// For any goal, the company's included: what `as_of` gives for it on each of the days. With `week` a point lies on
/// each Sunday, with `month` on each month's last day; the last point is always that of `to`. At most 400 points: more
/// are refused (422). Values are by effective date, so that a check-in entered, corrected or voided later moves the
/// days that it touches; targets, weights and links are those that held. Who may see the goal is decided today;
/// hidden goals under it count.
#[utoipa::path(
    tag = "goals",
    params(("id" = GoalId, Path, description = "The goal"), TrendQuery),
    responses((status = 200, body = Trend, description = "The figures, the earliest first"))
)]
#[get("/goals/{id}/trend")]
pub(super) async fn get_goal_trend(
    ctx: Ctx,
    forests: Data<Forests>,
    goal: IdPath<GoalId>,
    query: Query<TrendQuery>,
) -> Result<Json<Trend>> {
    let asked = Asked { from: query.0.from, to: query.0.to, interval: query.0.interval };
    ctx.read(move |tx| trend::trend(tx, &forests, *goal, asked)).await.map(Json)
}

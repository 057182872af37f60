//! Explanations over HTTP.

use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::explain::{self, GoalExplanation};
use crate::http::{Ctx, IdPath, Query, check_range};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Deserialize;

/// How much is explained.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ExplainQuery {
    /// The day that the figures are those of; today unless given.
    as_of: Option<NaiveDate>,
    /// How many levels are explained: 1 (unless given) for the goal alone, 2 for the goals that count in it too, and so
    /// on; at most 200 goals.
    #[param(minimum = 1, maximum = 5, default = 1)]
    depth: Option<usize>,
}

/// Explains a goal's figures
///
/// Where its figure comes from, and for each figure (value, attainment, progress, the day that it is judged on,
/// expected, status, result, forecast, required pace, allocation, attention) the formula, the numbers put in, and the
/// words, in English or Vietnamese by `Accept-Language`; every goal that counts with the points that it adds, every one
/// linked but left out and why; the check-ins behind a value. Points are rounded by largest remainder to the 4 decimals
/// that are shown: they add up exactly to the figure. Goals that the caller may not see are one nameless line; where
/// that line would be a single goal's figure, the figures of all that counts beside it are kept back.
#[utoipa::path(
    tag = "goals",
    params(("id" = GoalId, Path, description = "The goal"), ExplainQuery),
    responses((status = 200, body = GoalExplanation, description = "The explanation"))
)]
#[get("/goals/{id}/explain")]
pub(super) async fn explain_goal(
    ctx: Ctx,
    forests: Data<Forests>,
    goal: IdPath<GoalId>,
    query: Query<ExplainQuery>,
) -> Result<Json<GoalExplanation>> {
    let depth = query.0.depth()?;
    ctx.read(move |tx| explain::explain(tx, &forests, *goal, query.0.as_of, depth)).await.map(Json)
}

impl ExplainQuery {
    fn depth(&self) -> Result<usize> {
        let depth = self.depth.unwrap_or(1);
        check_range("depth", depth, limits::EXPLAIN_DEPTH)?;
        Ok(depth)
    }
}

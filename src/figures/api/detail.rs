//! One goal over HTTP.

use crate::domain::ids::GoalId;
use crate::error::{Code, Result, Said};
use crate::figures::can::GoalPermission;
use crate::figures::detail::{self, Detail, Include};
use crate::figures::{Forests, Node};
use crate::http::{Commas, Ctx, IdPath, Query, Tagged};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is shown of a goal.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct GoalQuery {
    /// What comes along, separated by commas: `ancestors`, `children`, `check_ins` (the latest 10).
    #[param(value_type = Option<String>, example = "ancestors,children,check_ins")]
    include: Option<Commas<String>>,
    /// The day that goal and figures are those of; today unless given. 404 on days on which the goal was not there yet.
    as_of: Option<NaiveDate>,
}

/// The day of figures.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct AsOf {
    /// The day that the figures are those of; today unless given.
    as_of: Option<NaiveDate>,
}

/// Goals, all of them.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct GoalsOut {
    /// The goals.
    items: Vec<Node>,
}

/// What the caller may do with a goal.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct PermissionsOut {
    /// Every act, with the rule that allows it or what is in its way.
    items: Vec<GoalPermission>,
}

/// Shows a goal
///
/// The goal with its figures, links and people. Hidden goals are absent from links, ancestors and children, though
/// their figures count.
#[utoipa::path(
    tag = "goals",
    params(("id" = GoalId, Path, description = "The goal"), GoalQuery),
    responses((status = 200, body = Detail, description = "The goal"))
)]
#[get("/goals/{id}")]
pub(super) async fn get_goal(
    ctx: Ctx,
    forests: Data<Forests>,
    goal: IdPath<GoalId>,
    query: Query<GoalQuery>,
) -> Result<Tagged<Detail>> {
    let include = query.0.include()?;
    ctx.read(move |tx| detail::goal(tx, &forests, *goal, query.0.as_of, include)).await.map(Tagged)
}

/// Lists the goals above a goal
///
/// Every goal that it serves, through all links, the nearest first, as far as the caller sees them.
#[utoipa::path(
    tag = "goals",
    params(("id" = GoalId, Path, description = "The goal"), AsOf),
    responses((status = 200, body = GoalsOut, description = "The goals above it"))
)]
#[get("/goals/{id}/ancestors")]
pub(super) async fn list_goal_ancestors(
    ctx: Ctx,
    forests: Data<Forests>,
    goal: IdPath<GoalId>,
    query: Query<AsOf>,
) -> Result<Json<GoalsOut>> {
    let above = ctx.read(move |tx| detail::ancestors(tx, &forests, *goal, query.0.as_of));
    above.await.map(|items| Json(GoalsOut { items }))
}

/// Shows what the caller may do with a goal
///
/// Every act: whether the rules let the caller do it and by which rule, whether the cycle's phase and the goal's state let
/// them do it now, and what is in the way. `can` of a node is those that they can do now.
#[utoipa::path(
    tag = "goals",
    params(("id" = GoalId, Path, description = "The goal")),
    responses((status = 200, body = PermissionsOut, description = "What the caller may do"))
)]
#[get("/goals/{id}/permissions")]
pub(super) async fn get_goal_permissions(
    ctx: Ctx,
    forests: Data<Forests>,
    goal: IdPath<GoalId>,
) -> Result<Json<PermissionsOut>> {
    let permissions = ctx.read(move |tx| detail::permissions(tx, &forests, *goal));
    permissions.await.map(|items| Json(PermissionsOut { items }))
}

impl GoalQuery {
    fn include(&self) -> Result<Include> {
        let mut include = Include::default();
        for one in self.include.iter().flat_map(|asked| &asked.0) {
            match one.as_str() {
                "ancestors" => include.ancestors = true,
                "children" => include.children = true,
                "check_ins" => include.check_ins = true,
                other => {
                    let en = format!("include takes ancestors, children and check_ins, not `{other}`");
                    let vi = format!("include chỉ nhận ancestors, children và check_ins, không nhận `{other}`");
                    return Err(Said::from(Code::MalformedQuery).bilingual("reason", en, vi).into());
                }
            }
        }
        Ok(include)
    }
}

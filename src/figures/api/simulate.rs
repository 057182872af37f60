//! What-if over HTTP.

use crate::domain::amount::Amount;
use crate::domain::ids::{CycleId, GoalId};
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::api::tree::{levels, page_size};
use crate::figures::simulate::{self, Question, Replaced, Simulation};
use crate::figures::walk::{Route, path_of};
use crate::figures::wanted::Wanted;
use crate::http::{Body, Ctx, IdPath, Query};
use actix_web::post;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Values and targets by goal; at most 200 in all. The goals are of the cycle or of cycles inside it, and seen by the
/// caller.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SimulationIn {
    /// The value of each of these goals, by its id: as if it had been checked in, or measured, on the day. Of goals with
    /// check-ins and without steps, and of measured ones, each by itself: what is measured of one goal does not move
    /// others that follow the same measurements. The value of all others follows from other goals.
    #[schema(value_type = std::collections::HashMap<String, Amount>)]
    values: BTreeMap<GoalId, Amount>,
    /// The ids of all steps that are complete of each of these milestones, by its id.
    #[schema(value_type = std::collections::HashMap<String, Vec<String>>)]
    completed_steps: BTreeMap<GoalId, Vec<String>>,
    /// The target of each of these goals, by its id; one that would fit the goal.
    #[schema(value_type = std::collections::HashMap<String, Amount>)]
    targets: BTreeMap<GoalId, Amount>,
}

/// Which part of the tree is shown.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct SimulationQuery {
    /// The day that the figures are those of; today unless given.
    as_of: Option<NaiveDate>,
    /// The goal to begin with instead of the roots.
    root_id: Option<GoalId>,
    /// How many levels: 1 for the roots alone; 3 unless given.
    #[param(minimum = 1, maximum = 50, default = 3)]
    depth: Option<u32>,
    /// Goals of a page.
    #[param(minimum = 1, maximum = 1000, default = 500)]
    limit: Option<usize>,
    /// `next_cursor` of the page before, with the same body.
    cursor: Option<String>,
}

/// Asks what would be if
///
/// The cycle's tree as it would be with these values and targets in the place of those that are stored, and every goal
/// that would move, before and after. Nothing is stored. Whoever sees the cycle may ask, about the goals that they see.
/// Where a goal's movement could give away the figures of goals that the caller may not see (it is reached through one,
/// or counts a single one of them, or is the smallest or largest of theirs), it stands here as it is and is named in
/// `kept_back`.
#[utoipa::path(
    tag = "goals",
    params(("id" = CycleId, Path, description = "The cycle"), SimulationQuery),
    request_body = SimulationIn,
    responses((status = 200, body = Simulation, description = "The tree as it would be, or a page of it"))
)]
#[post("/cycles/{id}/simulate")]
pub(super) async fn simulate_cycle(
    ctx: Ctx,
    forests: Data<Forests>,
    cycle: IdPath<CycleId>,
    query: Query<SimulationQuery>,
    body: Body<SimulationIn>,
) -> Result<Json<Simulation>> {
    let asked = query.0.question(cycle.into_inner(), body.0)?;
    ctx.read(move |tx| simulate::simulate(tx, &forests, &asked)).await.map(Json)
}

impl SimulationQuery {
    fn question(self, cycle: CycleId, body: SimulationIn) -> Result<Question> {
        let SimulationIn { values, completed_steps, targets } = body;
        Ok(Question {
            route: Route {
                cycle,
                root: self.root_id,
                depth: levels(self.depth)?,
                wanted: Wanted::default(),
                limit: page_size(self.limit)?,
                after: self.cursor.as_deref().map(path_of).transpose()?,
            },
            replaced: Replaced { values, completed_steps, targets },
            as_of: self.as_of,
        })
    }
}

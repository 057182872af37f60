//! What is said to make goals for all members of a unit.

use crate::domain::amount::{Amount, Weight};
use crate::domain::ids::{CycleId, GoalId, MetricId, PersonId, UnitId};
use crate::domain::words::{Commitment, Direction, Source, TargetsBy, Visibility};
use crate::goals::model::Days;
use crate::http::not_null;
use serde::Deserialize;
use utoipa::ToSchema;

/// A KPI goal of a metric for each member of a unit.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GoalBulkIn)]
pub struct Bulk {
    /// The goals' cycle.
    pub cycle_id: CycleId,
    /// The unit whose members get a goal: those at home in it and those who work in it beside their home, with the units
    /// below. Only active people; viewers own no goals and are told as such.
    pub unit_id: UnitId,
    /// Whether the units below it stay out.
    #[serde(default)]
    pub unit_only: bool,
    /// Whether only those count who are at home there, and not those who work there beside their home.
    #[serde(default)]
    pub home_only: bool,
    /// Members who get none; at most 500.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub left_out: Vec<LeftOut>,
    /// The goals' metric.
    pub metric_id: MetricId,
    /// The goal that each goes under by its primary link: the unit's. Where the caller may not edit it, the links are
    /// proposals, and count nothing until someone who may edit it accepts them.
    #[serde(default)]
    pub parent_id: Option<GoalId>,
    /// Where their figures come from: `check_ins` unless said, or `measurements`.
    #[serde(default, deserialize_with = "not_null")]
    pub source: Option<Source>,
    /// Where the targets come from: each member's `own`; a total in `equal` parts or `proportional` to what the
    /// goals of each on the metric reached in the cycle before; or the `same` for each.
    pub by: TargetsBy,
    /// With `own`: each member's target; at most 500.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub targets: Vec<OwnTarget>,
    /// With `equal` and `proportional`: what the targets are together, exactly; the target of the goal above unless said.
    #[serde(default)]
    pub total: Option<Amount>,
    /// With `same`: each one's target; none for `between`.
    #[serde(default)]
    pub target: Option<Amount>,
    /// With `proportional`: the cycle whose results are taken; the one of the same kind right before unless said.
    #[serde(default)]
    pub previous_cycle_id: Option<CycleId>,
    /// What the goals say: `{name}` is filled in with the member's name, `{unit}` with the goal's unit, `{metric}` with the
    /// metric's name in the caller's language; `{metric}: {name}` unless said. At most 250 characters when filled in.
    #[serde(default, deserialize_with = "not_null")]
    pub title: Option<String>,
    /// More about each: at most 10 000 characters.
    #[serde(default)]
    #[schema(max_length = 10000)]
    pub description: Option<String>,
    /// Which way is good: the metric's unless said.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// Where each one's value starts: 0 for `increase` unless said; `decrease` needs one.
    #[serde(default)]
    pub start: Option<Amount>,
    /// Of `at_least`: where nothing is attained, below each one's target.
    #[serde(default)]
    pub floor: Option<Amount>,
    /// Of `at_most`: where nothing is attained, above each one's target.
    #[serde(default)]
    pub ceiling: Option<Amount>,
    /// Of `between`: the lower bound.
    #[serde(default)]
    pub lo: Option<Amount>,
    /// Of `between`: the upper bound.
    #[serde(default)]
    pub hi: Option<Amount>,
    /// Of `between`: how far outside nothing is attained, above 0.
    #[serde(default)]
    pub tolerance: Option<Amount>,
    /// Their own days, inside the cycle: the cycle's unless said.
    #[serde(default)]
    pub window: Option<Days>,
    /// Who may see them: as each one's unit, or the nearest one above that says so, sets for new KPI goals;
    /// with source `measurements` `restricted`.
    #[serde(default)]
    pub visibility: Option<Visibility>,
    /// How firmly they are promised: `committed` unless said.
    #[serde(default)]
    pub commitment: Option<Commitment>,
    /// How much each counts in the goal above: 1 unless said.
    #[serde(default)]
    pub weight: Option<Weight>,
    /// What each counts in its owner's review: 1 unless said.
    #[serde(default)]
    pub review_weight: Option<Weight>,
    /// Whether those get another one who have a goal of this cycle and metric under this goal (or under none) already.
    #[serde(default)]
    pub again: bool,
    /// Whether only to show what would be made: nothing is stored.
    #[serde(default)]
    pub preview: bool,
}

/// A member who gets no goal.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LeftOutIn)]
pub struct LeftOut {
    /// The member.
    pub person_id: PersonId,
    /// Why; told in the answer and kept in the audit log. At most 1 000 characters.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

/// A member's own target.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OwnTargetIn)]
pub struct OwnTarget {
    /// The member.
    pub person_id: PersonId,
    /// Their target.
    pub target: Amount,
}

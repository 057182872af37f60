//! What is said to change a goal.

use super::model::{Days, GoalBody};
use super::new::{NewStep, steps_of};
use crate::domain::amount::{Amount, Weight};
use crate::domain::ids::{MetricId, PersonId, UnitId};
use crate::domain::measure::PlanPoint;
use crate::domain::words::{Commitment, Direction, GoalKind, Scope, Source, Visibility};
use crate::http::{Patch, not_null};
use serde::Deserialize;
use utoipa::ToSchema;

/// Changes of a goal (JSON Merge Patch). What is left out stays; what may be empty is emptied by null.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalPatch {
    /// What it says: one line of at most 250 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_length = 250)]
    pub title: Option<String>,
    /// More about it: at most 10 000 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 10000)]
    pub description: Patch<String>,
    /// What it is; fixed once it was active.
    #[serde(default, deserialize_with = "not_null")]
    pub kind: Option<GoalKind>,
    /// Whose it is.
    #[serde(default, deserialize_with = "not_null")]
    pub scope: Option<Scope>,
    /// Its unit, of the scope's kind; of scope `person` a unit of its owner: their home, or one that they lead or work in.
    #[serde(default, deserialize_with = "not_null")]
    pub unit_id: Option<UnitId>,
    /// The one accountable. Active, and not a viewer. A goal of scope `person` goes to their home unit with them unless it
    /// lies in a unit of theirs already or `unit_id` says where.
    #[serde(default, deserialize_with = "not_null")]
    pub owner_id: Option<PersonId>,
    /// Where its figure comes from; fixed once it was active. Whoever lets a goal be measured, or changes whose
    /// measurements, of which metric or of which days count in it, may see what is measured of its person or unit (else
    /// 403). A person's goal that comes to `measurements` is `restricted` unless `visibility` is given.
    #[serde(default, deserialize_with = "not_null")]
    pub source: Option<Source>,
    /// Which way is good; fixed once it was active.
    #[serde(default)]
    #[schema(value_type = Option<Direction>)]
    pub direction: Patch<Direction>,
    /// Its metric; fixed once it was active.
    #[serde(default)]
    #[schema(value_type = Option<MetricId>)]
    pub metric_id: Patch<MetricId>,
    /// Where its value starts.
    #[serde(default)]
    #[schema(value_type = Option<Amount>)]
    pub start: Patch<Amount>,
    /// Its target; on an active goal a change asks for `reason`.
    #[serde(default)]
    #[schema(value_type = Option<Amount>)]
    pub target: Patch<Amount>,
    /// Of `at_least`: where nothing is attained.
    #[serde(default)]
    #[schema(value_type = Option<Amount>)]
    pub floor: Patch<Amount>,
    /// Of `at_most`: where nothing is attained.
    #[serde(default)]
    #[schema(value_type = Option<Amount>)]
    pub ceiling: Patch<Amount>,
    /// Of `between`: the lower bound; on an active goal a change asks for `reason`.
    #[serde(default)]
    #[schema(value_type = Option<Amount>)]
    pub lo: Patch<Amount>,
    /// Of `between`: the upper bound; on an active goal a change asks for `reason`.
    #[serde(default)]
    #[schema(value_type = Option<Amount>)]
    pub hi: Patch<Amount>,
    /// Of `between`: how far outside nothing is attained.
    #[serde(default)]
    #[schema(value_type = Option<Amount>)]
    pub tolerance: Patch<Amount>,
    /// Of `milestone`: all its steps; on an active goal a change asks for `reason`.
    #[serde(default)]
    #[schema(value_type = Option<Vec<NewStep>>, max_items = 100)]
    pub steps: Patch<Vec<NewStep>>,
    /// All planned values on the way; on an active goal a change asks for `reason`.
    #[serde(default)]
    #[schema(value_type = Option<Vec<PlanPoint>>, max_items = 400)]
    pub target_plan: Patch<Vec<PlanPoint>>,
    /// Its own days, inside the cycle; null: the cycle's.
    #[serde(default)]
    #[schema(value_type = Option<Days>)]
    pub window: Patch<Days>,
    /// Who may see it.
    #[serde(default, deserialize_with = "not_null")]
    pub visibility: Option<Visibility>,
    /// How firmly it is promised.
    #[serde(default, deserialize_with = "not_null")]
    pub commitment: Option<Commitment>,
    /// What it counts in its owner's review.
    #[serde(default, deserialize_with = "not_null")]
    pub review_weight: Option<Weight>,
    /// All those who work on it and check in.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_items = 200)]
    pub contributors: Option<Vec<PersonId>>,
    /// All those who follow it.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_items = 200)]
    pub followers: Option<Vec<PersonId>>,
    /// All those who are asked to watch it.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_items = 200)]
    pub watchers: Option<Vec<PersonId>>,
    /// Why; kept with the change. At most 1 000 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

impl GoalPatch {
    /// What a goal says after the patch.
    pub(super) fn over(&self, before: &GoalBody) -> GoalBody {
        let same = before.clone();
        let owner_id = self.owner_id.unwrap_or(before.owner_id);
        GoalBody {
            kind: self.kind.unwrap_or(before.kind),
            scope: self.scope.unwrap_or(before.scope),
            unit_id: self.unit_id.unwrap_or(before.unit_id),
            owner_id,
            title: self.title.clone().unwrap_or(same.title),
            description: self.description.clone().over(same.description),
            source: self.source.unwrap_or(before.source),
            direction: self.direction.over(before.direction),
            metric_id: self.metric_id.over(before.metric_id),
            start: self.start.over(before.start),
            target: self.target.over(before.target),
            floor: self.floor.over(before.floor),
            ceiling: self.ceiling.over(before.ceiling),
            lo: self.lo.over(before.lo),
            hi: self.hi.over(before.hi),
            tolerance: self.tolerance.over(before.tolerance),
            steps: self.steps.clone().map(|steps| steps_of(&steps)).over(Some(same.steps)).unwrap_or_default(),
            target_plan: self.target_plan.clone().over(Some(same.target_plan)).unwrap_or_default(),
            window: self.window.over(before.window),
            visibility: self.visibility.unwrap_or(before.visibility),
            commitment: self.commitment.unwrap_or(before.commitment),
            review_weight: self.review_weight.unwrap_or(before.review_weight),
            contributors: self.contributors.clone().unwrap_or(same.contributors),
            followers: self.followers.clone().unwrap_or(same.followers),
            watchers: self.watchers.clone().unwrap_or(same.watchers),
            state: before.state_under(owner_id),
            completed_on: before.completed_on,
        }
    }
}

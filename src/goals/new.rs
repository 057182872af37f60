//! What is said to make a goal.

use super::model::Days;
use crate::domain::amount::{Amount, Weight};
use crate::domain::ids::{CycleId, GoalId, MetricId, PersonId, UnitId};
use crate::domain::measure::{PlanPoint, Step};
use crate::domain::words::{Commitment, Direction, GoalKind, Scope, Source, Visibility};
use serde::Deserialize;
use utoipa::ToSchema;

/// Defines what a goal is made of, and what the key results made with an objective are made of: the same, but for
/// what follows from the objective.
macro_rules! new_goals {
    ($(
        $(#[$doc:meta])* $field:ident: $type:ty,
    )*) => {
        /// A goal to be made. What is left out has the default that each field names.
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = GoalIn)]
        pub struct NewGoal {
            /// Its cycle.
            pub cycle_id: CycleId,
            /// What it is. A key result's `parent_id` names an objective.
            pub kind: GoalKind,
            /// The goal that it serves: its place in the tree, by its primary link.
            #[serde(default)]
            pub parent_id: Option<GoalId>,
            /// Key results made with an objective, in one transaction; at most 20.
            #[serde(default)]
            #[schema(max_items = 20)]
            pub key_results: Vec<NewKeyResult>,
            $($(#[$doc])* pub $field: $type,)*
        }

        /// A key result made with its objective. Its cycle and, unless it says otherwise, its scope, unit, owner,
        /// visibility and commitment are the objective's.
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = KeyResultIn)]
        pub struct NewKeyResult {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl NewGoal {
            /// A goal of a cycle that says nothing yet but its title.
            pub(super) fn named(cycle_id: CycleId, kind: GoalKind, title: String) -> Self {
                let new = Self {
                    cycle_id,
                    kind,
                    parent_id: None,
                    key_results: Vec::new(),
                    $($field: Default::default(),)*
                };
                Self { title, ..new }
            }
        }

        impl NewKeyResult {
            /// The goal that it is, in a cycle.
            pub(super) fn as_goal(&self, cycle_id: CycleId) -> NewGoal {
                NewGoal {
                    cycle_id,
                    kind: GoalKind::KeyResult,
                    parent_id: None,
                    key_results: Vec::new(),
                    $($field: self.$field.clone(),)*
                }
            }
        }
    };
}

new_goals! {
    /// What it says: one line of at most 250 characters.
    #[schema(max_length = 250)]
    title: String,
    /// More about it: at most 10 000 characters.
    #[serde(default)]
    #[schema(max_length = 10000)]
    description: Option<String>,
    /// Whose it is: `person` unless said.
    #[serde(default)]
    scope: Option<Scope>,
    /// Its unit, of the scope's kind: the company unit for `company` and the owner's home unit for `person` unless said. A
    /// person's goal lies in a unit of its owner: their home, or one that they lead or work in.
    #[serde(default)]
    unit_id: Option<UnitId>,
    /// The one accountable: the caller unless said. Active, and not a viewer.
    #[serde(default)]
    owner_id: Option<PersonId>,
    /// Where its figure comes from: `children` for objectives, `check_ins` for others unless said. `measurements` needs a
    /// metric that is measured (a formula with all its inputs): a person's goal takes what is measured of its owner,
    /// others what is measured in their unit and below it, for callers who may see that (else 403). It is never checked in: it moves with each measurement.
    #[serde(default)]
    source: Option<Source>,
    /// Which way is good: the metric's unless said. Not with `children` and `key_results`.
    #[serde(default)]
    direction: Option<Direction>,
    /// Its metric; `measurements`, `sum`, `average`, `weighted_average`, `min` and `max` need one.
    #[serde(default)]
    metric_id: Option<MetricId>,
    /// Where its value starts: 0 for `increase` unless said; `decrease` needs one.
    #[serde(default)]
    start: Option<Amount>,
    /// Its target; `between` and `milestone` have none.
    #[serde(default)]
    target: Option<Amount>,
    /// Of `at_least`: where nothing is attained, below the target.
    #[serde(default)]
    floor: Option<Amount>,
    /// Of `at_most`: where nothing is attained, above the target.
    #[serde(default)]
    ceiling: Option<Amount>,
    /// Of `between`: the lower bound.
    #[serde(default)]
    lo: Option<Amount>,
    /// Of `between`: the upper bound.
    #[serde(default)]
    hi: Option<Amount>,
    /// Of `between`: how far outside nothing is attained, above 0.
    #[serde(default)]
    tolerance: Option<Amount>,
    /// Of `milestone`: its steps, at most 100.
    #[serde(default)]
    #[schema(max_items = 100)]
    steps: Vec<NewStep>,
    /// Of `increase` and `decrease`: cumulative planned values at days inside the window, ascending, before its last
    /// day; at most 400.
    #[serde(default)]
    #[schema(max_items = 400)]
    target_plan: Vec<PlanPoint>,
    /// Its own days, inside the cycle: the cycle's unless said.
    #[serde(default)]
    window: Option<Days>,
    /// Who may see it: as its unit, or the nearest one above that says so, sets for new OKRs or KPI goals. A
    /// person's goal with source `measurements` is `restricted` unless said, a key result made with its objective too.
    #[serde(default)]
    visibility: Option<Visibility>,
    /// How firmly it is promised: `committed` unless said.
    #[serde(default)]
    commitment: Option<Commitment>,
    /// How much it counts in the goal above by its primary link: 1 unless said. Under a goal that the caller may not
    /// edit it is a proposal, and counts nothing until someone who may edit that goal accepts it.
    #[serde(default)]
    weight: Option<Weight>,
    /// What it counts in its owner's review: 1 unless said; 0 for key results, which their objective speaks for.
    #[serde(default)]
    review_weight: Option<Weight>,
    /// Further goals that it serves beside its place in the tree; at most 20.
    #[serde(default)]
    #[schema(max_items = 20)]
    links: Vec<NewLink>,
    /// Those who work on it and check in; at most 200.
    #[serde(default)]
    #[schema(max_items = 200)]
    contributors: Vec<PersonId>,
    /// Those who follow it; at most 200.
    #[serde(default)]
    #[schema(max_items = 200)]
    followers: Vec<PersonId>,
    /// Those who are asked to watch it; at most 200.
    #[serde(default)]
    #[schema(max_items = 200)]
    watchers: Vec<PersonId>,
}

/// A further goal that a new goal serves.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GoalLinkIn)]
pub struct NewLink {
    /// The goal served.
    pub parent_id: GoalId,
    /// How much it counts there: 1 unless said; a proposal where the caller may not edit that goal.
    #[serde(default)]
    pub weight: Weight,
}

/// A step of a milestone.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GoalStepIn)]
pub struct NewStep {
    /// What check-ins call it, unique in its goal; made from its place in the list unless said.
    #[serde(default)]
    #[schema(max_length = 50)]
    pub id: Option<String>,
    /// What is to be done.
    #[serde(default)]
    #[schema(max_length = 250)]
    pub title: String,
    /// Its share among the steps: 1 unless said.
    #[serde(default)]
    pub weight: Weight,
}

/// Steps with ids: those that say none get the lowest number that is free.
pub(super) fn steps_of(new: &[NewStep]) -> Vec<Step> {
    let mut taken: Vec<String> = new.iter().filter_map(|step| step.id.clone()).collect();
    let mut free = |place: usize| {
        let id = (place..=place + taken.len())
            .map(|number| number.to_string())
            .find(|id| !taken.contains(id))
            .unwrap_or_default();
        taken.push(id.clone());
        id
    };
    let step = |(place, step): (usize, &NewStep)| Step {
        id: step.id.as_deref().map_or_else(|| free(place + 1), |id| id.trim().to_owned()),
        title: step.title.trim().to_owned(),
        weight: step.weight,
    };
    new.iter().enumerate().map(step).collect()
}

//! A goal as it is shown everywhere.

use crate::domain::access::Action;
use crate::domain::amount::{Amount, Weight};
use crate::domain::derived::{Derived, Fraction};
use crate::domain::ids::{CycleId, GoalId, MetricId};
use crate::domain::words::{
    Attention, Commitment, Confidence, Direction, GoalKind, Locale, Outcome, Scope, Source, State, Status, Visibility,
};
use crate::goals::model::Days;
use crate::http::Versioned;
use crate::metrics::model::Metric;
use crate::org::{PersonRef, UnitRef};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A goal with its figures, as it is shown everywhere. Values are decimal strings, fractions numbers with 4 decimals
/// (1 is 100 %).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = GoalNode)]
pub struct Node {
    /// The goal's id.
    pub id: GoalId,
    /// Moves with every change of the goal: what `If-Match` names.
    pub version: i64,
    /// Its cycle.
    pub cycle_id: CycleId,
    /// What it is.
    pub kind: GoalKind,
    /// Whose it is.
    pub scope: Scope,
    /// What it says.
    pub title: String,
    /// Its life.
    pub state: State,
    /// How its figure stands against what is expected.
    pub status: Status,
    /// Why someone should look at it; empty where nobody needs to.
    pub attention: Vec<Attention>,
    /// How it ended; null until it is over.
    pub result: Option<Outcome>,
    /// The one accountable for it.
    pub owner: PersonRef,
    /// Its unit.
    pub unit: UnitRef,
    /// The goal that it hangs under in the tree that the caller sees; null for a root.
    pub parent_id: Option<GoalId>,
    /// How many goals it hangs under, one under the other; in a tree, counted from the tree's root.
    pub depth: u32,
    /// How many goals hang under it that the caller sees.
    pub child_count: usize,
    /// Whether goals that the caller may not see lie between it and what it hangs under.
    pub through_hidden: bool,
    /// The weight of its primary link; null for a root and under a hidden goal.
    pub weight: Option<Weight>,
    /// Where its figure comes from.
    pub source: Source,
    /// Which way is good; null where the figure is the mean of linked goals.
    pub direction: Option<Direction>,
    /// Its metric.
    pub metric: Option<GoalMetric>,
    /// Where its value starts.
    pub start: Option<Amount>,
    /// The value; without data the start. Null where there is none to show: milestones, means of linked goals, beyond
    /// 9·10^17.
    pub value: Option<Derived>,
    /// Its target; null for `between` and `milestone`.
    pub target: Option<Amount>,
    /// Of `at_least`: where nothing is attained any more.
    pub floor: Option<Amount>,
    /// Of `at_most`: where nothing is attained any more.
    pub ceiling: Option<Amount>,
    /// Of `between`: the lower bound.
    pub lo: Option<Amount>,
    /// Of `between`: the upper bound.
    pub hi: Option<Amount>,
    /// Of `between`: how far outside nothing is attained any more.
    pub tolerance: Option<Amount>,
    /// Of `milestone`: its steps; null for the others.
    pub steps: Option<Vec<GoalStep>>,
    /// The attainment held in [0, 1], or the weighted mean of the linked goals' progress; null where there is nothing
    /// to measure.
    pub progress: Option<Fraction>,
    /// The attainment as it is, above 1 and below 0 included.
    pub attainment: Option<Fraction>,
    /// The progress expected on the day that it is judged on.
    pub expected: Option<Fraction>,
    /// The day that expected, status and forecast are those of.
    pub judged_on: NaiveDate,
    /// The value that it ends with if it goes on so: of `increase` and `decrease`.
    pub forecast: Option<Derived>,
    /// What it needs a day to reach its target.
    pub required_pace: Option<Derived>,
    /// The value planned for the day that is shown (today unless `as_of`): what `value` stands against. By the goal's target
    /// plan, else linear from start to target; the start before the window, the target after it. Of `increase` and
    /// `decrease` without a progress formula, rolled-up ones too; else null.
    pub planned: Option<Derived>,
    /// Of a `sum`: the sum of the targets of the children that count.
    pub allocated: Option<Derived>,
    /// Of a `sum`: its target less what is allocated.
    pub allocation_gap: Option<Derived>,
    /// The owner's own word in the last check-in.
    pub confidence: Option<Confidence>,
    /// How firmly it is promised.
    pub commitment: Commitment,
    /// Who may see it.
    pub visibility: Visibility,
    /// The days that it runs over: its own, else its cycle's.
    pub window: Days,
    /// The day of its last check-in; of a goal with source `measurements` the last day that its value knows of. Null
    /// without any, and for a goal that is rolled up.
    pub last_check_in_on: Option<NaiveDate>,
    /// The first day from today on by which a check-in is due.
    pub next_due_on: Option<NaiveDate>,
    /// Progress less what it was seven days before; null where one of them is.
    pub change_7d: Option<Fraction>,
    /// What the caller can do with it now.
    pub can: Vec<Action>,
}

impl Versioned for Node {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A goal's metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GoalMetric {
    /// The metric.
    pub id: MetricId,
    /// Its code.
    pub code: String,
    /// Its name in the caller's language.
    pub name: String,
    /// The unit as it is written beside values: `VND`, `deals`.
    pub display_unit: Option<String>,
    /// With how many decimals its values are shown, 0 to 4.
    pub decimals: i32,
}

impl GoalMetric {
    /// A metric in a language.
    pub(super) fn of(row: &Metric, locale: Locale) -> Self {
        let (code, name) = (row.code.clone(), row.name(locale).to_owned());
        Self { id: row.id, code, name, display_unit: row.display_unit.clone(), decimals: row.decimals }
    }
}

/// A step of a milestone goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GoalStep {
    /// What check-ins call it.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// Its share among the steps.
    pub weight: Weight,
    /// Whether it is complete.
    pub complete: bool,
}

//! The facts that figures are derived from.

use super::amount::{Amount, Weight};
use super::calendar::Window;
use super::check_ins::CheckIns;
use super::ids::{CycleId, GoalId, MetricId, UnitId};
use super::measure::Measure;
use super::measured::{MeasuredDay, MetricRules, Period, Question, Subject};
use super::rhythm::Rhythm;
use super::words::{GoalKind, Source, State};
use chrono::NaiveDate;

/// What a cycle sets for the figures of its goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CycleRules {
    /// The cycle's days: the window of goals that have none of their own.
    pub window: Window,
    /// The gap up to which a goal is on track; 0.10.
    pub on_track_gap: Amount,
    /// The gap up to which it is at risk rather than off track; 0.25.
    pub at_risk_gap: Amount,
    /// When check-ins are due; no cadence.
    pub rhythm: Rhythm,
    /// The progress from which a goal succeeded; 1.
    pub mark: Amount,
    /// The same for aspirational goals; 0.7.
    pub aspirational_mark: Amount,
    /// The share of the mark from which it succeeded partly; 0.7.
    pub partly_share: Amount,
}

impl CycleRules {
    /// The rules of a cycle that sets nothing but its days.
    pub fn of(window: Window) -> Self {
        let units = |units| Amount::from_units(units).unwrap_or(Amount::ONE);
        Self {
            window,
            on_track_gap: units(1_000),
            at_risk_gap: units(2_500),
            rhythm: Rhythm::default(),
            mark: Amount::ONE,
            aspirational_mark: units(7_000),
            partly_share: units(7_000),
        }
    }
}

/// A goal, as far as figures depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalFacts {
    /// Which goal.
    pub id: GoalId,
    /// Its cycle, whose rules hold for it.
    pub cycle: CycleId,
    /// What it is.
    pub kind: GoalKind,
    /// Its life.
    pub state: State,
    /// Where its figure comes from.
    pub source: Source,
    /// How it is measured; none for `children` and `key_results`.
    pub measure: Option<Measure>,
    /// Its metric; a value rollup needs one.
    pub metric: Option<MetricId>,
    /// Whose measurements count, where they are its source.
    pub scope: Option<Box<Subject>>,
    /// Its own days; its cycle's where none.
    pub window: Option<Window>,
    /// Whether reaching most of it is a success.
    pub aspirational: bool,
    /// The day of its completion, on which its facts end.
    pub completed_on: Option<NaiveDate>,
    /// Its check-ins.
    pub check_ins: CheckIns,
}

impl GoalFacts {
    /// Whether it contributes to goals above: active or completed. Draft, pending, on-hold and cancelled goals
    /// leave numerator and denominator alike.
    pub const fn contributes(&self) -> bool {
        matches!(self.state, State::Active | State::Completed)
    }

    /// Whether its value is its own, not moved by what is linked under it.
    pub const fn has_own_value(&self) -> bool {
        matches!(self.source, Source::CheckIns | Source::Measurements)
    }

    /// The days that it runs over: its own, else its cycle's.
    pub fn window(&self, rules: &CycleRules) -> Window {
        self.window.unwrap_or(rules.window)
    }

    /// Whether it is over: its window's last day has come, or it is completed.
    pub fn is_over(&self, rules: &CycleRules, day: NaiveDate) -> bool {
        self.state == State::Completed || self.window(rules).is_over(day)
    }

    /// The last day whose facts count as of `day`: a completed goal's end on its completion day.
    pub fn facts_until(&self, day: NaiveDate) -> NaiveDate {
        let completed = self.completed_on.filter(|_| self.state == State::Completed);
        completed.map_or(day, |completed| completed.min(day))
    }

    /// The metric and the scope that it is measured by, where measurements are its source.
    pub fn measured_by(&self) -> Option<(MetricId, Subject)> {
        let scope = self.scope.as_deref().filter(|_| self.source == Source::Measurements);
        self.metric.zip(scope.copied())
    }

    /// What it asks of the measurements as of a day.
    pub(super) fn question(&self, rules: &CycleRules, day: NaiveDate) -> Option<Question> {
        let (metric, scope) = self.measured_by()?;
        Some(Question { metric, scope, period: Period::of(self.window(rules), self.facts_until(day)) })
    }
}

/// A goal's link to one that it serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The goal served.
    pub parent: GoalId,
    /// How much it counts there; with 0 it is linked for the picture alone.
    pub weight: Weight,
    /// Whether it is the goal's place in the tree; one link at most is.
    pub primary: bool,
}

/// All facts of one forest: an outermost cycle with all the cycles inside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForestFacts {
    /// The cycles with their rules.
    pub cycles: Vec<(CycleId, CycleRules)>,
    /// Their goals.
    pub goals: Vec<GoalFacts>,
    /// Each link with the goal that it goes up from.
    pub links: Vec<(GoalId, Link)>,
    /// The metrics that have rules for their figures, with those that these are computed from.
    pub metrics: Vec<(MetricId, MetricRules)>,
    /// The units, each with the one above it.
    pub units: Vec<(UnitId, Option<UnitId>)>,
    /// What was measured, a day of a subject's metric each.
    pub measured: Vec<MeasuredDay>,
}

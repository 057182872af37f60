//! The rule by which one goal's figures follow from its facts, its children's standing and a day. It is the same
//! function for today, for any past day, for a trend and for what-if.

use super::amount::{Amount, Weight};
use super::calendar::Window;
use super::check_ins::{CheckInFact, steps_told, value_told};
use super::derived::{Derived, Fraction};
use super::facts::{CycleRules, GoalFacts};
use super::figures::Standing;
use super::formula::{Null, ProgressFormula, Variable};
use super::mean::Mean;
use super::measure::{Measure, share_gone};
use super::measured::Measured;
use super::outlook::Allocation;
use super::status::{Case, attention};
use super::words::{Cadence, GoalKind, LeftOut, Source, State, Status};
use chrono::NaiveDate;

/// A goal linked under another, with where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Contributor<'a> {
    /// The goal below.
    pub goal: &'a GoalFacts,
    /// Where it stands.
    pub standing: &'a Standing,
    /// The weight of its link.
    pub weight: Weight,
    /// Whether its link is its primary one.
    pub primary: bool,
}

/// What a goal's figures stand on beside its own facts and the goals linked under it.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What its cycle sets.
    pub rules: &'a CycleRules,
    /// What makes its progress in place of its direction, where its metric has such a formula.
    pub progress: Option<&'a ProgressFormula>,
    /// What its metric comes to over its scope and window, where measurements are its source.
    pub measured: Option<Measured>,
    /// The day.
    pub day: NaiveDate,
}

/// Why a linked goal does not count in the goal above; none if it does.
///
/// For `sum`, `average`, `weighted_average`, `min` and `max` a child counts by its primary link if active or completed,
/// of that metric, with weight > 0. For `children` goals count that are linked, primary or not, active or completed,
/// with weight > 0 and progress not null; for `key_results` of these the key results alone.
pub fn left_out(parent: &GoalFacts, child: &Contributor<'_>) -> Option<LeftOut> {
    if parent.has_own_value() {
        return Some(LeftOut::OwnValue);
    }
    if !child.goal.contributes() {
        return Some(LeftOut::State);
    }
    if child.weight.is_zero() {
        return Some(LeftOut::Weightless);
    }
    let nothing = child.standing.progress.is_none().then_some(LeftOut::NothingToMeasure);
    match parent.source {
        Source::KeyResults if child.goal.kind != GoalKind::KeyResult => Some(LeftOut::NotKeyResult),
        Source::Children | Source::KeyResults => nothing,
        _ if !child.primary => Some(LeftOut::NotPrimary),
        _ if parent.metric.is_none() || parent.metric != child.goal.metric => Some(LeftOut::OtherMetric),
        _ => None,
    }
}

/// What a goal's facts say on a day, before it is judged.
struct Reading {
    value: Option<Derived>,
    attainment: Option<Fraction>,
    progress: Option<Fraction>,
    expected: Option<Fraction>,
    judged_on: Option<NaiveDate>,
    last_data_on: Option<NaiveDate>,
    has_data: bool,
    value_out_of_range: bool,
    is_final: bool,
}

/// A goal's own data, or its children's put together.
enum Data {
    None,
    Value(Derived),
    Attainment(Fraction),
    OutOfRange,
}

impl Data {
    fn value(value: Option<Derived>) -> Self {
        value.map_or(Self::OutOfRange, Self::Value)
    }

    fn measured(found: Measured) -> Self {
        match found.value {
            Ok(value) => Self::Value(value),
            Err(Null::OutOfRange) => Self::OutOfRange,
            Err(_) => Self::None,
        }
    }
}

/// Where a goal stands on a day, given where the goals linked under it stand.
pub fn standing<'a>(
    goal: &GoalFacts,
    ground: &Ground<'_>,
    below: impl Iterator<Item = Contributor<'a>> + Clone,
) -> Standing {
    let Ground { rules, day, .. } = *ground;
    let counted = below.filter(|child| left_out(goal, child).is_none());
    let reading = match (&goal.measure, goal.source) {
        (_, Source::Children | Source::KeyResults) => through_links(counted.clone()),
        (Some(measure), _) => measured(goal, measure, ground, counted.clone()),
        (None, _) => through_links(std::iter::empty()),
    };
    let over = goal.is_over(rules, day);
    let case = Case {
        progress: reading.progress,
        expected: reading.expected,
        has_data: reading.has_data,
        is_final: reading.is_final,
    };
    let status = case.status(rules);
    let allocation = Allocation::of(goal, counted.clone());
    let allocation_is_off = counted.clone().next().is_some() && allocation.gap.is_some_and(|gap| gap != 0);
    Standing {
        value: reading.value,
        attainment: reading.attainment,
        progress: reading.progress,
        expected: reading.expected,
        judged_on: reading.judged_on.unwrap_or(day),
        day_is_given: reading.judged_on.is_some(),
        last_data_on: reading.last_data_on,
        next_due_on: next_due_on(goal, rules, reading.last_data_on, day),
        has_data: reading.has_data,
        value_out_of_range: reading.value_out_of_range,
        over,
        status,
        result: over.then(|| case.result(rules, goal.aspirational)),
        attention: attention(goal, rules, day, status, reading.last_data_on, allocation_is_off),
    }
}

/// Progress through links: Σ wᵢ·pᵢ / Σ wᵢ over the goals that count, attainment and expected likewise; null with none.
/// There is no data if none of them has any, and progress 1 is final when every one is achieved. It is judged today.
fn through_links<'a>(counted: impl Iterator<Item = Contributor<'a>> + Clone) -> Reading {
    let mean = |fraction: fn(&Standing) -> Option<Fraction>| {
        let weighted = counted.clone().filter_map(|child| Some((fraction(child.standing)?.units(), child.weight)));
        Mean::of(weighted).rounded().map(Fraction::from_units)
    };
    Reading {
        value: None,
        attainment: mean(|standing| standing.attainment),
        progress: mean(|standing| standing.progress),
        expected: mean(|standing| standing.expected),
        judged_on: None,
        last_data_on: None,
        has_data: counted.clone().any(|child| child.standing.has_data),
        value_out_of_range: false,
        is_final: counted.clone().all(|child| child.standing.status == Status::Achieved),
    }
}

/// A goal with a measure: its value, or its children's put together, and what that attains. Without data it stands
/// at its start with attainment and progress 0; a progress formula without a result likewise, though the value shows.
/// Progress 1 is final at once, for what is to be kept when it is over.
fn measured<'a>(
    goal: &GoalFacts,
    measure: &Measure,
    ground: &Ground<'_>,
    counted: impl Iterator<Item = Contributor<'a>> + Clone,
) -> Reading {
    let Ground { rules, progress, day, .. } = *ground;
    let window = goal.window(rules);
    let mut last_data_on = None;
    let (data, judged_on) = match goal.source {
        Source::CheckIns => {
            let told = goal.check_ins.up_to(goal.facts_until(day));
            last_data_on = told.last().map(|last| last.effective_on);
            (told_by(measure, told), day_judged(rules, window, last_data_on, day))
        }
        Source::Measurements => {
            last_data_on = ground.measured.and_then(|found| found.last_data_on);
            (ground.measured.map_or(Data::None, Data::measured), Some(day))
        }
        _ => (rolled_up(goal.source, counted.clone()), latest_day_judged(counted)),
    };
    let (value, attainment) = match data {
        Data::Value(value) => (Some(value), attainment(measure, progress, value)),
        Data::Attainment(attainment) => (None, Some(attainment)),
        Data::None => (measure.start().map(Derived::from), None),
        Data::OutOfRange => (None, None),
    };
    Reading {
        value,
        has_data: attainment.is_some(),
        attainment: attainment.or(Some(Fraction::ZERO)),
        progress: Some(attainment.map_or(Fraction::ZERO, Fraction::held_in_one)),
        expected: Some(expected(measure, progress, window, judged_on.unwrap_or(day))),
        judged_on,
        last_data_on,
        value_out_of_range: matches!(data, Data::OutOfRange),
        is_final: progress.is_some() || !measure.is_to_be_kept() || goal.is_over(rules, day),
    }
}

/// What a value attains: by the metric's progress formula where it has one, else by the goal's direction.
fn attainment(measure: &Measure, progress: Option<&ProgressFormula>, value: Derived) -> Option<Fraction> {
    let Some(formula) = progress else { return measure.attainment(value) };
    let given = |amount: Option<Amount>| amount.map(Derived::from).ok_or(Null::Missing);
    let attained = formula.fraction(&mut |variable| match variable {
        Variable::Value => Ok(value),
        Variable::Target => given(measure.target()),
        Variable::Start => given(measure.start()),
    });
    attained.ok()
}

/// What is expected by a day: with a progress formula n/N, whatever the direction.
fn expected(measure: &Measure, progress: Option<&ProgressFormula>, window: Window, day: NaiveDate) -> Fraction {
    if progress.is_some() { share_gone(window, day) } else { measure.expected(window, day) }
}

/// The latest check-in's value, or the share of steps complete.
fn told_by(measure: &Measure, told: &[CheckInFact]) -> Data {
    match measure {
        Measure::Milestone { .. } => {
            let attained = steps_told(told).and_then(|completed| measure.attainment_of_steps(completed));
            attained.map_or(Data::None, Data::Attainment)
        }
        _ => {
            value_told(told, measure.start()).map_or(Data::None, |units| Data::value(Derived::from_amount_units(units)))
        }
    }
}

/// The values of the children that count, put together. No child with data: no data.
///
/// For `sum` a child without data stands at its start (0 where it has none), and one whose value is beyond bounds
/// leaves it without; the other rollups leave both out.
fn rolled_up<'a>(source: Source, counted: impl Iterator<Item = Contributor<'a>> + Clone) -> Data {
    let values = counted.clone().filter_map(|child| put_in(source, &child));
    let weighted = counted.clone().filter_map(|child| Some((put_in(source, &child)?, child.weight)));
    if source == Source::Sum && counted.clone().any(|child| child.standing.value_out_of_range) {
        return Data::OutOfRange;
    }
    if !counted.clone().any(|child| told_value(&child).is_some()) {
        return Data::None;
    }
    let units = match source {
        Source::Sum => Some(sum(values)),
        Source::Average => Mean::of(values.map(|value| (value, Weight::ONE))).rounded(),
        Source::WeightedAverage => Mean::of(weighted).rounded(),
        Source::Min => values.min(),
        _ => values.max(),
    };
    Data::value(units.and_then(Derived::from_units))
}

/// Where a goal starts, in units of a derived value; 0 where it has no start.
fn start_of(goal: &GoalFacts) -> i128 {
    goal.measure.as_ref().and_then(Measure::start).map_or(0, |start| Derived::from(start).units())
}

/// What a child that counts puts into a value rollup: into a `sum` its value, its start (or 0) without data; into the
/// others its value, nothing without data.
pub(super) fn put_in(source: Source, child: &Contributor<'_>) -> Option<i128> {
    match source {
        Source::Sum => Some(told_value(child).unwrap_or_else(|| start_of(child.goal))),
        _ => told_value(child),
    }
}

/// The value that a child has by data.
pub(super) fn told_value(child: &Contributor<'_>) -> Option<i128> {
    child.standing.value.filter(|_| child.standing.has_data).map(Derived::units)
}

/// The exact sum; what would be beyond 128 bits stays beyond a derived value's bounds.
pub(super) fn sum(numbers: impl Iterator<Item = i128>) -> i128 {
    numbers.fold(0, i128::saturating_add)
}

/// The day that a goal with check-ins is judged on. With a cadence the later of its last check-in's day and the last
/// due day whose grace has passed, so that a monthly KPI exactly on plan is not off track on the twentieth; none where
/// there is neither, which makes it today. Without a cadence, today.
fn day_judged(rules: &CycleRules, window: Window, last: Option<NaiveDate>, day: NaiveDate) -> Option<NaiveDate> {
    match rules.rhythm.cadence {
        Cadence::None => Some(day),
        _ => last.max(rules.rhythm.due_past_grace(window, day)),
    }
}

/// A value rollup is judged on the latest day that a child which counts is judged on.
fn latest_day_judged<'a>(counted: impl Iterator<Item = Contributor<'a>>) -> Option<NaiveDate> {
    counted.filter(|child| child.standing.day_is_given).map(|child| child.standing.judged_on).max()
}

/// The first due day from today on that no check-in covers, for an active goal that is checked in.
fn next_due_on(goal: &GoalFacts, rules: &CycleRules, last: Option<NaiveDate>, day: NaiveDate) -> Option<NaiveDate> {
    if goal.state != State::Active || goal.source != Source::CheckIns {
        return None;
    }
    let window = goal.window(rules);
    let owed = rules.rhythm.due_after(window, last)?;
    rules.rhythm.due_from(window, owed.max(day))
}

#[cfg(test)]
mod tests;

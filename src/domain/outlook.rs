//! What follows from where a goal stands: the end that it is heading for, and how its target is shared out below it.

use super::decimal::quotient;
use super::derived::{Derived, Fraction};
use super::facts::GoalFacts;
use super::figures::{Figures, OutOfRange, Standing};
use super::measure::Measure;
use super::rollup::{Contributor, Ground, left_out, sum};
use super::words::Source;

/// All figures of a goal that stands so: what follows for its end, and how its target is shared out below it.
pub fn figures<'a>(
    goal: &GoalFacts,
    ground: &Ground<'_>,
    below: impl Iterator<Item = Contributor<'a>> + Clone,
    standing: Standing,
) -> Figures {
    let outlook = Outlook::of(goal, ground, &standing);
    let counted = below.filter(|child| left_out(goal, child).is_none());
    let allocation = Allocation::of(goal, counted);
    let in_range = |units: Option<i128>| units.and_then(Derived::from_units);
    let beyond = |units: Option<i128>| units.is_some() && in_range(units).is_none();
    let allocated = in_range(allocation.allocated);
    let allocation_gap = in_range(allocation.gap).filter(|_| allocated.is_some());
    Figures {
        standing,
        forecast: in_range(outlook.forecast),
        required_pace: in_range(outlook.required_pace),
        planned: planned(goal, ground),
        allocated,
        allocation_gap,
        out_of_range: OutOfRange {
            value: standing.value_out_of_range,
            forecast: beyond(outlook.forecast),
            required_pace: beyond(outlook.required_pace),
            allocated: beyond(allocation.allocated),
            allocation_gap: allocation.gap.is_some() && allocation_gap.is_none(),
        },
    }
}

/// The value planned for the day. A progress formula makes the plan of no use.
fn planned(goal: &GoalFacts, ground: &Ground<'_>) -> Option<Derived> {
    let measure = goal.measure.as_ref().filter(|_| ground.progress.is_none())?;
    measure.planned(goal.window(ground.rules), ground.day)
}

/// Where a goal ends if it goes on so, and what it needs a day, in units of a derived value.
#[derive(Default)]
struct Outlook {
    forecast: Option<i128>,
    required_pace: Option<i128>,
}

impl Outlook {
    /// For `increase` and `decrease` with data and e ≥ 0.1, without progress formula. The forecast: s + (v − s)·N/n, or
    /// s + (v − s)/e with a target plan, as of the day that the goal is judged on. The required pace: (t − v)/(N − n) a
    /// day for n < N, from today on.
    fn of(goal: &GoalFacts, ground: &Ground<'_>, standing: &Standing) -> Self {
        let Some(measure @ (Measure::Increase { start, target, .. } | Measure::Decrease { start, target, .. })) =
            &goal.measure
        else {
            return Self::default();
        };
        let (Some(value), Some(expected), true) = (standing.value, standing.expected, standing.has_data) else {
            return Self::default();
        };
        if ground.progress.is_some() || expected.to_compare() < Fraction::ONE.to_compare() / 10 {
            return Self::default();
        }
        let window = goal.window(ground.rules);
        let (start, target) = (Derived::from(*start).units(), Derived::from(*target).units());
        let (whole, part) = if measure.plan().is_empty() {
            (window.days().into(), window.elapsed(standing.judged_on).into())
        } else {
            (Fraction::ONE.units(), expected.units())
        };
        let days_left = i128::from(window.days() - window.elapsed(ground.day));
        Self {
            forecast: stretched(start, value.units() - start, whole, part),
            required_pace: quotient(target - value.units(), days_left),
        }
    }
}

/// s + way·whole/part, rounded once.
fn stretched(start: i128, way: i128, whole: i128, part: i128) -> Option<i128> {
    let dividend = start.checked_mul(part)?.checked_add(way.checked_mul(whole)?)?;
    quotient(dividend, part)
}

/// How a `sum` goal's target is shared out below it, in units of a derived value.
#[derive(Default)]
pub(super) struct Allocation {
    allocated: Option<i128>,
    pub(super) gap: Option<i128>,
}

impl Allocation {
    /// The sum of the targets of the children that count, with data or without (`between` and milestones add
    /// nothing), and the goal's target less that; no gap where it has no target. Of a `sum` alone.
    pub(super) fn of<'a>(goal: &GoalFacts, counted: impl Iterator<Item = Contributor<'a>>) -> Self {
        if goal.source != Source::Sum {
            return Self::default();
        }
        let target = |goal: &GoalFacts| goal.measure.as_ref()?.target().map(|target| Derived::from(target).units());
        let allocated = sum(counted.filter_map(|child| target(child.goal)));
        Self { allocated: Some(allocated), gap: target(goal).map(|target| target.saturating_sub(allocated)) }
    }
}

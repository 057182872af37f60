//! How a goal's value becomes its attainment, and what is expected of it by a day. One variant a direction.

mod parts;

pub use parts::{FaultKind, MeasureFault, MeasureParts};

use super::amount::{Amount, Weight};
use super::calendar::{Window, days_between};
use super::decimal::quotient;
use super::derived::{Derived, Fraction};
use super::words::Direction;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A goal's direction with what it needs. Whatever would divide by zero or run backwards can't be made:
/// [`Measure::new`] refuses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// From a start up to a target; the plan is cumulative values on the way, and may be empty.
    Increase {
        /// s; 0 where none was given.
        start: Amount,
        /// t, above the start.
        target: Amount,
        /// Planned values, ascending by day, before the window's last day.
        plan: Box<[PlanPoint]>,
    },
    /// From a start down to a target; the plan is cumulative values on the way, and may be empty.
    Decrease {
        /// s.
        start: Amount,
        /// t, below the start.
        target: Amount,
        /// Planned values, ascending by day, before the window's last day.
        plan: Box<[PlanPoint]>,
    },
    /// Not below a target.
    AtLeast {
        /// What it stood at before.
        start: Option<Amount>,
        /// The least that is right.
        target: Amount,
        /// Where nothing of it is attained any more, below the target.
        floor: Option<Amount>,
    },
    /// Not above a target.
    AtMost {
        /// What it stood at before.
        start: Option<Amount>,
        /// The most that is right.
        target: Amount,
        /// Where nothing of it is attained any more, above the target.
        ceiling: Option<Amount>,
    },
    /// Within two bounds, both included.
    Between {
        /// What it stood at before.
        start: Option<Amount>,
        /// The lower bound.
        lo: Amount,
        /// The upper bound.
        hi: Amount,
        /// How far outside nothing of it is attained any more.
        tolerance: Option<Amount>,
    },
    /// Steps done.
    Milestone {
        /// The steps, not all without weight.
        steps: Box<[Step]>,
    },
}

/// A step of a milestone goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What check-ins call it; unique in its goal.
    pub id: String,
    /// What is to be done.
    #[serde(default)]
    pub title: String,
    /// Its share among the steps; 1 unless given.
    #[serde(default)]
    pub weight: Weight,
}

/// A point of a target plan: the value planned to be reached by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanPoint {
    /// At the end of this day.
    pub date: NaiveDate,
    /// The cumulative value.
    pub value: Amount,
}

impl Measure {
    /// Which way is good.
    pub const fn direction(&self) -> Direction {
        match self {
            Self::Increase { .. } => Direction::Increase,
            Self::Decrease { .. } => Direction::Decrease,
            Self::AtLeast { .. } => Direction::AtLeast,
            Self::AtMost { .. } => Direction::AtMost,
            Self::Between { .. } => Direction::Between,
            Self::Milestone { .. } => Direction::Milestone,
        }
    }

    /// s: where the value starts, if that is known.
    pub const fn start(&self) -> Option<Amount> {
        match self {
            Self::Increase { start, .. } | Self::Decrease { start, .. } => Some(*start),
            Self::AtLeast { start, .. } | Self::AtMost { start, .. } | Self::Between { start, .. } => *start,
            Self::Milestone { .. } => None,
        }
    }

    /// t: the target, where there is one.
    pub const fn target(&self) -> Option<Amount> {
        match self {
            Self::Increase { target, .. }
            | Self::Decrease { target, .. }
            | Self::AtLeast { target, .. }
            | Self::AtMost { target, .. } => Some(*target),
            Self::Between { .. } | Self::Milestone { .. } => None,
        }
    }

    /// Whether it is something to be kept (`at_least`, `at_most`, `between`) rather than reached: achieved only
    /// when the goal is over, since a budget is not kept on day three.
    pub const fn is_to_be_kept(&self) -> bool {
        match self {
            Self::AtLeast { .. } | Self::AtMost { .. } | Self::Between { .. } => true,
            Self::Increase { .. } | Self::Decrease { .. } | Self::Milestone { .. } => false,
        }
    }

    /// The attainment of a value, as it is: above 1 and below 0 included. None for a milestone, which has no value.
    pub fn attainment(&self, value: Derived) -> Option<Fraction> {
        self.way(value)?.attained(value)
    }

    /// The way in which a value attains.
    ///
    /// `increase`, `decrease`: (v − s)/(t − s). `at_least`: 1 if v ≥ t, else max(0, (v − floor)/(t − floor)), or 0
    /// without a floor; `at_most` likewise with its ceiling. `between`: 1 inside, outside
    /// max(0, 1 − distance/tolerance), or 0 without a tolerance.
    pub(super) fn way(&self, value: Derived) -> Option<Way> {
        let short = |target: Amount, nothing: Option<Amount>| match nothing {
            Some(nothing) => Way::Left { from: nothing, to: target },
            None => Way::Lost,
        };
        Some(match *self {
            Self::Increase { start, target, .. } | Self::Decrease { start, target, .. } => {
                Way::Gone { from: start, to: target }
            }
            Self::AtLeast { target, floor, .. } if value < target.into() => short(target, floor),
            Self::AtMost { target, ceiling, .. } if value > target.into() => short(target, ceiling),
            Self::AtLeast { .. } | Self::AtMost { .. } => Way::Kept,
            Self::Between { lo, hi, tolerance, .. } => match (outside(lo.into(), value, hi.into()), tolerance) {
                (0, _) => Way::Kept,
                (_, None) => Way::Lost,
                (distance, Some(tolerance)) => Way::Outside { distance, tolerance },
            },
            Self::Milestone { .. } => return None,
        })
    }

    /// The attainment of a milestone: the completed steps' share by weight of all its steps. None for the others.
    pub fn attainment_of_steps(&self, completed: &[String]) -> Option<Fraction> {
        let Self::Milestone { steps } = self else { return None };
        let weight = |step: &Step| i128::from(step.weight.units());
        let done = steps.iter().filter(|step| completed.contains(&step.id)).map(weight).sum();
        Fraction::ratio(done, steps.iter().map(weight).sum())
    }

    /// e: the progress expected by a day.
    ///
    /// e = n/N; with a target plan the planned value put through the attainment, held in [0, 1]; for what is to be
    /// kept 1 from the window's first day on, 0 before.
    pub fn expected(&self, window: Window, day: NaiveDate) -> Fraction {
        let expected = if self.is_to_be_kept() {
            (window.first() <= day).then_some(Fraction::ONE)
        } else if self.plan().is_empty() {
            Some(share_gone(window, day))
        } else {
            self.planned(window, day).and_then(|planned| self.attainment(planned))
        };
        expected.map_or(Fraction::ZERO, Fraction::held_in_one)
    }

    /// The target plan's points; none for most.
    pub fn plan(&self) -> &[PlanPoint] {
        match self {
            Self::Increase { plan, .. } | Self::Decrease { plan, .. } => plan,
            Self::AtLeast { .. } | Self::AtMost { .. } | Self::Between { .. } | Self::Milestone { .. } => &[],
        }
    }

    /// The planned value at a day's end: on the line from s at the end of the day before the window's first, through
    /// the plan's points, to t on the last day. None for directions that go nowhere.
    pub fn planned(&self, window: Window, day: NaiveDate) -> Option<Derived> {
        let (Self::Increase { start, target, .. } | Self::Decrease { start, target, .. }) = self else { return None };
        let mut from = PlanPoint { date: window.first().pred_opt()?, value: *start };
        for to in self.plan().iter().copied().chain([PlanPoint { date: window.last(), value: *target }]) {
            if day <= to.date {
                return on_line(from, to, day);
            }
            from = to;
        }
        Some((*target).into())
    }
}

/// n/N: the share of a window's days that have come up to a day.
pub(super) fn share_gone(window: Window, day: NaiveDate) -> Fraction {
    Fraction::ratio(window.elapsed(day).into(), window.days().into()).unwrap_or(Fraction::ZERO)
}

/// How a value attains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By the way gone: (v − from)/(to − from).
    Gone { from: Amount, to: Amount },
    /// Fully: it is kept.
    Kept,
    /// Not at all: it is not kept, and nothing between counts.
    Lost,
    /// By what is left above where nothing is attained: max(0, (v − from)/(to − from)).
    Left { from: Amount, to: Amount },
    /// By how far it lies outside, in units of a derived value: max(0, 1 − distance/tolerance).
    Outside { distance: i128, tolerance: Amount },
}

impl Way {
    /// What a value attains in this way.
    fn attained(self, value: Derived) -> Option<Fraction> {
        match self {
            Self::Gone { from, to } => way_gone(from, value, to),
            Self::Kept => Some(Fraction::ONE),
            Self::Lost => Some(Fraction::ZERO),
            Self::Left { from, to } => way_gone(from, value, to).map(|gone| gone.max(Fraction::ZERO)),
            Self::Outside { distance, tolerance } => {
                let tolerance = Derived::from(tolerance).units();
                Fraction::ratio((tolerance - distance).max(0), tolerance)
            }
        }
    }
}

/// (v − s)/(t − s).
fn way_gone(start: Amount, value: Derived, target: Amount) -> Option<Fraction> {
    let (start, target) = (Derived::from(start).units(), Derived::from(target).units());
    Fraction::ratio(value.units() - start, target - start)
}

/// How far a value lies outside of two bounds, in units of a derived value.
fn outside(lo: Derived, value: Derived, hi: Derived) -> i128 {
    (lo.units() - value.units()).max(value.units() - hi.units()).max(0)
}

/// The value on the line between two points at a day's end, held between them.
fn on_line(from: PlanPoint, to: PlanPoint, day: NaiveDate) -> Option<Derived> {
    let days = i128::from(days_between(from.date, to.date));
    let gone = i128::from(days_between(from.date, day)).clamp(0, days.max(0));
    let (low, high) = (Derived::from(from.value).units(), Derived::from(to.value).units());
    let planned = quotient(low * (days - gone) + high * gone, days);
    planned.map_or(Some(to.value.into()), Derived::from_units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap_or(Amount::ZERO)
    }

    #[test]
    fn the_extremes_stay_within_128_bits_and_attainment_is_held() {
        let least = Amount::from_units(-Amount::MAX.units()).unwrap_or(Amount::ZERO);
        let steep = Measure::Increase { start: least, target: amount("-899999999999999.9999"), plan: Box::default() };
        let largest = Derived::from_units(90_000_000_000_000_000_000_000_000);
        let attained = largest.and_then(|value| steep.attainment(value));
        assert_eq!(attained, Some(Fraction::from_units(i128::MAX)));
    }

    #[test]
    fn a_planned_value_is_rounded_once() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let window = Window::new(day("2026-01-01"), day("2026-01-03"));
        let down = Measure::Decrease { start: amount("0"), target: amount("-1"), plan: Box::default() };
        let planned = window.and_then(|window| down.planned(window, day("2026-01-02")));
        assert_eq!(planned, Derived::from_units(-66_666_667));
    }
}

//! From loose parts, as people write them, to a measure that can't divide by zero or run backwards.

use super::{Measure, PlanPoint, Step};
use crate::domain::amount::Amount;
use crate::domain::calendar::Window;
use crate::domain::words::Direction;
use std::collections::HashSet;

/// What a goal says about how it is measured, nothing of it checked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureParts {
    /// Which way is good.
    pub direction: Option<Direction>,
    /// Where the value starts; 0 for `increase` unless given.
    pub start: Option<Amount>,
    /// The target of all directions but `between` and `milestone`.
    pub target: Option<Amount>,
    /// Of `at_least`: where nothing is attained.
    pub floor: Option<Amount>,
    /// Of `at_most`: where nothing is attained.
    pub ceiling: Option<Amount>,
    /// Of `between`: the lower bound.
    pub lo: Option<Amount>,
    /// Of `between`: the upper bound.
    pub hi: Option<Amount>,
    /// Of `between`: how far outside nothing is attained.
    pub tolerance: Option<Amount>,
    /// Of `milestone`: its steps.
    pub steps: Vec<Step>,
    /// Of `increase` and `decrease`: planned values on the way; an empty plan is none.
    pub target_plan: Vec<PlanPoint>,
}

/// One thing wrong with how a goal is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureFault {
    /// The part at fault, by its name in JSON.
    pub field: &'static str,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What can be wrong with a part of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It must be given.
    Required,
    /// A goal of this direction has no such thing.
    NotWith(Direction),
    /// The target of `increase` is not above the start.
    NotAboveStart {
        /// The direction that would fit.
        fits: Direction,
    },
    /// The target of `decrease` is not below the start.
    NotBelowStart {
        /// The direction that would fit.
        fits: Direction,
    },
    /// The floor is not below the target.
    NotBelowTarget {
        /// The direction that would fit; none where floor and target are the same: leave the floor out.
        fits: Option<Direction>,
    },
    /// The ceiling is not above the target.
    NotAboveTarget {
        /// The direction that would fit; none where ceiling and target are the same: leave the ceiling out.
        fits: Option<Direction>,
    },
    /// `lo` is above `hi`.
    AboveHi,
    /// The tolerance is not above zero.
    NotPositive,
    /// No step has weight.
    NoWeight,
    /// A step without an id.
    StepWithoutId {
        /// Its place in the list.
        index: usize,
    },
    /// A step with the id of an earlier one.
    StepTwice {
        /// Its place in the list.
        index: usize,
    },
    /// A planned day before the window's first day, or not before its last.
    PlanOutsideWindow {
        /// Its place in the list.
        index: usize,
    },
    /// A planned day not after the one before.
    PlanNotAscending {
        /// Its place in the list.
        index: usize,
    },
}

impl FaultKind {
    /// The direction that would fit instead, where one would.
    pub const fn fits(self) -> Option<Direction> {
        match self {
            Self::NotAboveStart { fits } | Self::NotBelowStart { fits } => Some(fits),
            Self::NotBelowTarget { fits } | Self::NotAboveTarget { fits } => fits,
            _ => None,
        }
    }
}

impl Measure {
    /// Makes a measure of its parts over the goal's window, or tells every fault at once.
    ///
    /// What would divide by zero or run backwards is refused: `increase` with t ≤ s, `decrease` with t ≥ s, lo > hi,
    /// floor ≥ t, ceiling ≤ t, tolerance ≤ 0, steps without weight. So is what the direction has no use for.
    pub fn new(parts: MeasureParts, window: Window) -> Result<Self, Vec<MeasureFault>> {
        let Some(direction) = parts.direction else {
            return Err(vec![MeasureFault { field: "direction", kind: FaultKind::Required }]);
        };
        let mut faults = parts.of_no_use(direction);
        let measure = parts.into_measure(direction, window, &mut faults);
        measure.filter(|_| faults.is_empty()).ok_or(faults)
    }

    /// Its parts again.
    pub fn parts(&self) -> MeasureParts {
        let mut parts = MeasureParts {
            direction: Some(self.direction()),
            start: self.start(),
            target: self.target(),
            target_plan: self.plan().to_vec(),
            ..MeasureParts::default()
        };
        match self {
            Self::Increase { .. } | Self::Decrease { .. } => {}
            Self::AtLeast { floor, .. } => parts.floor = *floor,
            Self::AtMost { ceiling, .. } => parts.ceiling = *ceiling,
            Self::Between { lo, hi, tolerance, .. } => {
                (parts.lo, parts.hi, parts.tolerance) = (Some(*lo), Some(*hi), *tolerance);
            }
            Self::Milestone { steps } => parts.steps = steps.to_vec(),
        }
        parts
    }
}

impl MeasureParts {
    /// The parts that are given though the direction has no use for them.
    fn of_no_use(&self, direction: Direction) -> Vec<MeasureFault> {
        use Direction::{AtLeast, AtMost, Between, Decrease, Increase, Milestone};
        let given: [(&'static str, bool, &[Direction]); 9] = [
            ("start", self.start.is_some(), &[Increase, Decrease, AtLeast, AtMost, Between]),
            ("target", self.target.is_some(), &[Increase, Decrease, AtLeast, AtMost]),
            ("floor", self.floor.is_some(), &[AtLeast]),
            ("ceiling", self.ceiling.is_some(), &[AtMost]),
            ("lo", self.lo.is_some(), &[Between]),
            ("hi", self.hi.is_some(), &[Between]),
            ("tolerance", self.tolerance.is_some(), &[Between]),
            ("steps", !self.steps.is_empty(), &[Milestone]),
            ("target_plan", !self.target_plan.is_empty(), &[Increase, Decrease]),
        ];
        let useless = given.into_iter().filter(|(_, given, with)| *given && !with.contains(&direction));
        useless.map(|(field, ..)| MeasureFault { field, kind: FaultKind::NotWith(direction) }).collect()
    }

    /// The measure, with the faults noted; none where a part is missing that it can't be without.
    fn into_measure(self, direction: Direction, window: Window, faults: &mut Vec<MeasureFault>) -> Option<Measure> {
        let mut fault = |field, kind| faults.push(MeasureFault { field, kind });
        match direction {
            Direction::Increase => {
                check_plan(&self.target_plan, window, &mut fault);
                let start = self.start.unwrap_or(Amount::ZERO);
                let target = required("target", self.target, &mut fault)?;
                if target <= start {
                    fault("target", FaultKind::NotAboveStart { fits: instead_of_increase(start, target) });
                }
                Some(Measure::Increase { start, target, plan: self.target_plan.into() })
            }
            Direction::Decrease => {
                check_plan(&self.target_plan, window, &mut fault);
                let start = required("start", self.start, &mut fault);
                let target = required("target", self.target, &mut fault);
                let (start, target) = (start?, target?);
                if target >= start {
                    let fits = if target > start { Direction::Increase } else { Direction::AtMost };
                    fault("target", FaultKind::NotBelowStart { fits });
                }
                Some(Measure::Decrease { start, target, plan: self.target_plan.into() })
            }
            Direction::AtLeast => {
                let target = required("target", self.target, &mut fault)?;
                if self.floor.is_some_and(|floor| floor >= target) {
                    let fits = (self.floor > Some(target)).then_some(Direction::AtMost);
                    fault("floor", FaultKind::NotBelowTarget { fits });
                }
                Some(Measure::AtLeast { start: self.start, target, floor: self.floor })
            }
            Direction::AtMost => {
                let target = required("target", self.target, &mut fault)?;
                if self.ceiling.is_some_and(|ceiling| ceiling <= target) {
                    let fits = (self.ceiling < Some(target)).then_some(Direction::AtLeast);
                    fault("ceiling", FaultKind::NotAboveTarget { fits });
                }
                Some(Measure::AtMost { start: self.start, target, ceiling: self.ceiling })
            }
            Direction::Between => {
                if self.tolerance.is_some_and(|tolerance| tolerance <= Amount::ZERO) {
                    fault("tolerance", FaultKind::NotPositive);
                }
                let lo = required("lo", self.lo, &mut fault);
                let hi = required("hi", self.hi, &mut fault);
                let (lo, hi) = (lo?, hi?);
                if lo > hi {
                    fault("lo", FaultKind::AboveHi);
                }
                Some(Measure::Between { start: self.start, lo, hi, tolerance: self.tolerance })
            }
            Direction::Milestone => {
                check_steps(&self.steps, &mut fault);
                Some(Measure::Milestone { steps: self.steps.into() })
            }
        }
    }
}

/// A part that must be given.
fn required(
    field: &'static str,
    part: Option<Amount>,
    fault: &mut impl FnMut(&'static str, FaultKind),
) -> Option<Amount> {
    if part.is_none() {
        fault(field, FaultKind::Required);
    }
    part
}

/// What fits where `increase` would not go up: `decrease` where it goes down; where it stays, it is to be kept, and
/// none at all (0 → 0 complaints) is `at_most` 0.
fn instead_of_increase(start: Amount, target: Amount) -> Direction {
    if target < start {
        Direction::Decrease
    } else if target == Amount::ZERO {
        Direction::AtMost
    } else {
        Direction::AtLeast
    }
}

/// Planned values lie inside the window, ascending, before its last day.
fn check_plan(plan: &[PlanPoint], window: Window, fault: &mut impl FnMut(&'static str, FaultKind)) {
    let mut before = None;
    for (index, point) in plan.iter().enumerate() {
        if !window.contains(point.date) || point.date == window.last() {
            fault("target_plan", FaultKind::PlanOutsideWindow { index });
        }
        if before.is_some_and(|before| point.date <= before) {
            fault("target_plan", FaultKind::PlanNotAscending { index });
        }
        before = Some(point.date);
    }
}

/// Steps have ids of their own, and some have weight.
fn check_steps(steps: &[Step], fault: &mut impl FnMut(&'static str, FaultKind)) {
    let mut ids = HashSet::new();
    for (index, step) in steps.iter().enumerate() {
        if step.id.is_empty() {
            fault("steps", FaultKind::StepWithoutId { index });
        } else if !ids.insert(&step.id) {
            fault("steps", FaultKind::StepTwice { index });
        }
    }
    if steps.is_empty() {
        fault("steps", FaultKind::Required);
    } else if steps.iter().all(|step| step.weight.is_zero()) {
        fault("steps", FaultKind::NoWeight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amount::Weight;

    fn january() -> Window {
        Window::of_months("2026-01-01".parse().unwrap_or_default(), 1).unwrap_or_else(|| unreachable!())
    }

    fn some(text: &str) -> Option<Amount> {
        text.parse().ok()
    }

    fn of(direction: Direction) -> MeasureParts {
        MeasureParts { direction: Some(direction), ..MeasureParts::default() }
    }

    fn faults(parts: MeasureParts) -> Vec<(&'static str, FaultKind)> {
        let faults = Measure::new(parts, january()).err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.field, fault.kind)).collect()
    }

    #[test]
    fn what_can_be_measured_comes_back_as_its_parts() {
        let weighed = Step { id: "a".to_owned(), title: String::new(), weight: Weight::ONE };
        for parts in [
            MeasureParts { start: some("0"), target: some("10"), ..of(Direction::Increase) },
            MeasureParts { start: some("10"), target: some("-1"), ..of(Direction::Decrease) },
            MeasureParts { target: some("99"), floor: some("90"), ..of(Direction::AtLeast) },
            MeasureParts { target: some("0"), start: some("4"), ..of(Direction::AtMost) },
            MeasureParts { lo: some("1"), hi: some("1"), tolerance: some("0.5"), ..of(Direction::Between) },
            MeasureParts { steps: vec![weighed], ..of(Direction::Milestone) },
        ] {
            assert_eq!(Measure::new(parts.clone(), january()).map(|measure| measure.parts()), Ok(parts));
        }
    }

    #[test]
    fn what_runs_backwards_is_refused_with_the_direction_that_fits() {
        let fits = |parts| faults(parts).first().map(|(field, kind)| (*field, kind.fits()));
        let increase =
            |start, target| MeasureParts { start: some(start), target: some(target), ..of(Direction::Increase) };
        let decrease =
            |start, target| MeasureParts { start: some(start), target: some(target), ..of(Direction::Decrease) };
        assert_eq!(fits(increase("0", "0")), Some(("target", Some(Direction::AtMost))));
        assert_eq!(fits(increase("99", "99")), Some(("target", Some(Direction::AtLeast))));
        assert_eq!(fits(increase("9", "5")), Some(("target", Some(Direction::Decrease))));
        assert_eq!(fits(decrease("5", "9")), Some(("target", Some(Direction::Increase))));
        assert_eq!(fits(decrease("0", "0")), Some(("target", Some(Direction::AtMost))));
        let floor = MeasureParts { target: some("3"), floor: some("5"), ..of(Direction::AtLeast) };
        assert_eq!(fits(floor), Some(("floor", Some(Direction::AtMost))));
        let ceiling = MeasureParts { target: some("3"), ceiling: some("3"), ..of(Direction::AtMost) };
        assert_eq!(fits(ceiling), Some(("ceiling", None)));
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let all = MeasureParts { target: some("3"), lo: some("2"), tolerance: some("0"), ..of(Direction::Between) };
        assert_eq!(
            faults(all),
            [
                ("target", FaultKind::NotWith(Direction::Between)),
                ("tolerance", FaultKind::NotPositive),
                ("hi", FaultKind::Required),
            ]
        );
        assert_eq!(faults(of(Direction::Decrease)), [("start", FaultKind::Required), ("target", FaultKind::Required)]);
        assert_eq!(faults(MeasureParts::default()), [("direction", FaultKind::Required)]);
        let crossed = MeasureParts { lo: some("2"), hi: some("1"), ..of(Direction::Between) };
        assert_eq!(faults(crossed), [("lo", FaultKind::AboveHi)]);
    }

    #[test]
    fn a_plan_lies_inside_the_window_before_its_last_day() {
        let point = |date: &str| PlanPoint { date: date.parse().unwrap_or_default(), value: Amount::ONE };
        let plan = ["2025-12-31", "2026-01-10", "2026-01-10", "2026-01-31"].map(point).to_vec();
        let parts = MeasureParts { target: some("9"), target_plan: plan, ..of(Direction::Increase) };
        assert_eq!(
            faults(parts),
            [
                ("target_plan", FaultKind::PlanOutsideWindow { index: 0 }),
                ("target_plan", FaultKind::PlanNotAscending { index: 2 }),
                ("target_plan", FaultKind::PlanOutsideWindow { index: 3 }),
            ]
        );
    }

    #[test]
    fn steps_have_ids_of_their_own_and_weight() {
        let step = |id: &str| Step { id: id.to_owned(), title: String::new(), weight: Weight::ZERO };
        let parts = MeasureParts { steps: vec![step("a"), step("a"), step("")], ..of(Direction::Milestone) };
        assert_eq!(
            faults(parts),
            [
                ("steps", FaultKind::StepTwice { index: 1 }),
                ("steps", FaultKind::StepWithoutId { index: 2 }),
                ("steps", FaultKind::NoWeight),
            ]
        );
        assert_eq!(faults(of(Direction::Milestone)), [("steps", FaultKind::Required)]);
    }
}

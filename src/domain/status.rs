//! The judgement on a figure: status, result, and the reasons to look at a goal.

use super::amount::Amount;
use super::derived::{Fraction, comparable};
use super::facts::{CycleRules, GoalFacts};
use super::figures::AttentionSet;
use super::words::{Attention, Outcome, State, Status};
use chrono::NaiveDate;

/// What a goal is judged by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// Progress; none where there is nothing to measure.
    pub(super) progress: Option<Fraction>,
    /// What is expected.
    pub(super) expected: Option<Fraction>,
    /// Whether it, or any goal that counts in it, has data.
    pub(super) has_data: bool,
    /// Whether progress 1 would be final.
    pub(super) is_final: bool,
}

impl Case {
    /// The status on a day.
    ///
    /// Null progress or no data: `no_data`. `achieved` if progress ≥ 1 and that is final. Else by the gap e − progress
    /// of the 12-decimal figures, rounded once to 10: up to the first threshold `on_track`, up to the second
    /// `at_risk`, beyond `off_track`; both thresholds are those of the goal's own cycle.
    pub(super) fn status(self, rules: &CycleRules) -> Status {
        let (Some(progress), Some(expected), true) = (self.progress, self.expected, self.has_data) else {
            return Status::NoData;
        };
        if self.is_final && progress.to_compare() >= Fraction::ONE.to_compare() {
            return Status::Achieved;
        }
        let gap = comparable(expected.units() - progress.units());
        if gap <= threshold(rules.on_track_gap) {
            Status::OnTrack
        } else if gap <= threshold(rules.at_risk_gap) {
            Status::AtRisk
        } else {
            Status::OffTrack
        }
    }

    /// The result once the goal is over: `succeeded` at progress ≥ its mark (1; aspirational 0.7), `partly` from the
    /// share of the mark on (0.7), `missed` below, `no_data`.
    pub(super) fn result(self, rules: &CycleRules, aspirational: bool) -> Outcome {
        let (Some(progress), true) = (self.progress, self.has_data) else { return Outcome::NoData };
        let mark = if aspirational { rules.aspirational_mark } else { rules.mark };
        let progress = progress.to_compare();
        if progress >= threshold(mark) {
            Outcome::Succeeded
        } else if progress >= i128::from(mark.units()) * i128::from(rules.partly_share.units()) * 100 {
            Outcome::Partly
        } else {
            Outcome::Missed
        }
    }
}

/// Why someone should look at an active goal: `off_track`, `at_risk`, `stale`, `no_data` after the first due day,
/// `allocation_gap` (not 0, with children).
pub(super) fn attention(
    goal: &GoalFacts,
    rules: &CycleRules,
    day: NaiveDate,
    status: Status,
    last_data_on: Option<NaiveDate>,
    allocation_is_off: bool,
) -> AttentionSet {
    if goal.state != State::Active {
        return AttentionSet::default();
    }
    let window = goal.window(rules);
    let was_due = || rules.rhythm.due_from(window, window.first()).is_some_and(|first| first < day);
    let is_stale = goal.has_own_value() && rules.rhythm.is_stale(last_data_on.unwrap_or(window.first()), day);
    let of_status = match status {
        Status::OffTrack => Some(Attention::OffTrack),
        Status::AtRisk => Some(Attention::AtRisk),
        Status::NoData => was_due().then_some(Attention::NoData),
        Status::OnTrack | Status::Achieved => None,
    };
    let stale = is_stale.then_some(Attention::Stale);
    let allocation = allocation_is_off.then_some(Attention::AllocationGap);
    [of_status, stale, allocation].into_iter().flatten().collect()
}

/// A threshold or mark in units of 10^-10, as fractions are compared.
fn threshold(amount: Amount) -> i128 {
    i128::from(amount.units()) * 1_000_000
}

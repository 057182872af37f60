//! A goal's figures.

use super::derived::{Derived, Fraction};
use super::words::{Attention, Outcome, Status, Word};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};

/// Where a goal stands on a day: all that goals above it and lists of goals go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The value; without any the start, none where there is no start, none for milestones and for `children` and
    /// `key_results`.
    pub value: Option<Derived>,
    /// The attainment as it is, above 1 and below 0 included; none where there is nothing to measure.
    pub attainment: Option<Fraction>,
    /// The attainment held in [0, 1]; through links, the mean of those. None where there is nothing to measure.
    pub progress: Option<Fraction>,
    /// The progress expected on the day that the goal is judged on; none where there is nothing to measure.
    pub expected: Option<Fraction>,
    /// The day that expected, status and forecast are those of.
    pub judged_on: NaiveDate,
    /// The day of the last data of its own; none for rollups.
    pub last_data_on: Option<NaiveDate>,
    /// The first due day from today on that no check-in covers yet: of active goals with check-ins and a cadence.
    pub next_due_on: Option<NaiveDate>,
    /// Whether there is anything to judge by.
    pub has_data: bool,
    /// Whether the value is none because it is beyond 9·10^17.
    pub value_out_of_range: bool,
    /// Whether the goal is over: its window's last day has come, or it is completed.
    pub over: bool,
    /// How the figure stands against what is expected.
    pub status: Status,
    /// How the goal ended, once it is over.
    pub result: Option<Outcome>,
    /// Why someone should look at it.
    pub attention: AttentionSet,
    /// Whether check-ins or due days say what day it is judged on, so that goals above follow.
    pub(super) day_is_given: bool,
}

impl Standing {
    /// Whether it is active, has a value of its own, and its last data is more than two cadences old.
    pub const fn is_stale(&self) -> bool {
        self.attention.contains(Attention::Stale)
    }
}

/// All figures of a goal on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Where it stands.
    pub standing: Standing,
    /// Where it ends if it goes on so.
    pub forecast: Option<Derived>,
    /// What it needs a day to reach its target.
    pub required_pace: Option<Derived>,
    /// The value planned for the day, by its target plan or linear: of `increase` and `decrease` without progress formula.
    pub planned: Option<Derived>,
    /// Of a `sum`: the sum of the targets of the children that count.
    pub allocated: Option<Derived>,
    /// Of a `sum`: its target less what is allocated.
    pub allocation_gap: Option<Derived>,
    /// Which of them are none because they are beyond 9·10^17.
    pub out_of_range: OutOfRange,
}

/// Which figures are none because they are beyond 9·10^17.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutOfRange {
    /// The value.
    pub value: bool,
    /// The forecast.
    pub forecast: bool,
    /// The required pace.
    pub required_pace: bool,
    /// What is allocated.
    pub allocated: bool,
    /// The allocation gap.
    pub allocation_gap: bool,
}

/// A set of reasons why someone should look at a goal; in JSON an array.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct AttentionSet(u8);

impl AttentionSet {
    const ALL: [Attention; 5] =
        [Attention::OffTrack, Attention::AtRisk, Attention::Stale, Attention::NoData, Attention::AllocationGap];

    /// Whether a reason is among them.
    pub const fn contains(self, reason: Attention) -> bool {
        self.0 & Self::bit(reason) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons, in the order of their list.
    pub fn iter(self) -> impl Iterator<Item = Attention> {
        Self::ALL.into_iter().filter(move |reason| self.contains(*reason))
    }

    const fn bit(reason: Attention) -> u8 {
        1 << reason as u8
    }
}

impl FromIterator<Attention> for AttentionSet {
    fn from_iter<I: IntoIterator<Item = Attention>>(reasons: I) -> Self {
        Self(reasons.into_iter().fold(0, |bits, reason| bits | Self::bit(reason)))
    }
}

impl Serialize for AttentionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Word::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_its_reasons_in_their_order() {
        let set: AttentionSet = [Attention::AllocationGap, Attention::OffTrack].into_iter().collect();
        assert_eq!(serde_json::to_string(&set).ok().as_deref(), Some(r#"["off_track","allocation_gap"]"#));
        assert_eq!(AttentionSet::ALL.len(), Attention::LABELS.len());
        assert!(!set.contains(Attention::Stale) && AttentionSet::default().is_empty());
    }

    #[test]
    fn a_standing_takes_96_bytes() {
        assert_eq!(size_of::<Option<Standing>>(), 96);
    }
}

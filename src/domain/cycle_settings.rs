//! What a cycle decides about its goals; an organization keeps one set as the default of new cycles.

use super::amount::Amount;
use super::calendar::Window;
use super::facts::CycleRules;
use super::rhythm::Rhythm;
use super::words::{Cadence, ChangeApproval};
use chrono::Weekday;
use serde::{Deserialize, Deserializer, Serialize};

/// Defines the settings and their patch from one list of fields.
macro_rules! settings {
    ($($(#[$meta:meta])* $field:ident: $kind:ty,)*) => {
        /// What a cycle decides about its goals.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct CycleSettings {
            $($(#[$meta])* pub $field: $kind,)*
        }

        /// Settings to change; those that are left out stay as they are.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct CycleSettingsPatch {
            $(
                $(#[$meta])*
                #[serde(default, deserialize_with = "given")]
                #[schema(nullable = false)]
                pub $field: Option<$kind>,
            )*
        }

        impl CycleSettingsPatch {
            /// The settings after this change.
            #[must_use]
            pub fn over(&self, before: &CycleSettings) -> CycleSettings {
                CycleSettings { $($field: self.$field.unwrap_or(before.$field),)* }
            }
        }
    };
}

settings! {
    /// The largest gap between expected and actual progress that is still on track: a fraction from 0 to 1, `"0.1"`
    /// unless set.
    on_track_gap: Amount,
    /// The largest gap that is still at risk, not off track: a fraction from `on_track_gap` to 1, `"0.25"` unless
    /// set.
    at_risk_gap: Amount,
    /// How often goals are checked in.
    cadence: Cadence,
    /// The weekday of weekly check-ins: 1 Monday to 7 Sunday.
    #[schema(minimum = 1, maximum = 7)]
    weekday: u32,
    /// The day of monthly check-ins; the last day of shorter months.
    #[schema(minimum = 1, maximum = 31)]
    day_of_month: u32,
    /// Days after a due day until a goal is judged on it.
    #[schema(minimum = 0, maximum = 31)]
    grace_days: u32,
    /// The progress at which a committed goal has succeeded: a fraction above 0 up to 1, `"1"` unless set.
    mark: Amount,
    /// The same of aspirational goals: `"0.7"` unless set.
    aspirational_mark: Amount,
    /// The share of its mark from which a goal has partly succeeded: a fraction above 0 up to 1, `"0.7"` unless set.
    partly_share: Amount,
    /// Whether a submitted goal waits for approval; else submitting makes it active.
    approval_required: bool,
    /// Who approves an owner's change of an active goal.
    change_approval: ChangeApproval,
    /// Whether the review weights of a person's goals must total 100 before they can be submitted.
    review_weights_required: bool,
}

/// Reads a field that is given: null is no value of it.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

const fn fraction(units: i64) -> Amount {
    match Amount::from_units(units) {
        Some(amount) => amount,
        None => Amount::ZERO,
    }
}

const SMALLEST: Amount = fraction(1);

impl Default for CycleSettings {
    fn default() -> Self {
        let rhythm = Rhythm::default();
        Self {
            on_track_gap: fraction(1_000),
            at_risk_gap: fraction(2_500),
            cadence: rhythm.cadence,
            weekday: rhythm.weekday.number_from_monday(),
            day_of_month: rhythm.month_day.into(),
            grace_days: rhythm.grace_days.into(),
            mark: Amount::ONE,
            aspirational_mark: fraction(7_000),
            partly_share: fraction(7_000),
            approval_required: true,
            change_approval: ChangeApproval::None,
            review_weights_required: false,
        }
    }
}

/// A setting outside its range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingFault {
    /// The setting's name.
    pub field: &'static str,
    /// The least that it may be.
    pub least: String,
    /// The most that it may be.
    pub most: String,
}

impl CycleSettings {
    /// What they set for the figures of a cycle's goals, the cycle having these days.
    pub fn rules(&self, window: Window) -> CycleRules {
        let fallback = Rhythm::default();
        let weekday = u8::try_from(self.weekday.saturating_sub(1)).ok().and_then(|day| Weekday::try_from(day).ok());
        CycleRules {
            window,
            on_track_gap: self.on_track_gap,
            at_risk_gap: self.at_risk_gap,
            rhythm: Rhythm {
                cadence: self.cadence,
                weekday: weekday.unwrap_or(fallback.weekday),
                month_day: u8::try_from(self.day_of_month).unwrap_or(fallback.month_day),
                grace_days: u16::try_from(self.grace_days).unwrap_or(fallback.grace_days),
            },
            mark: self.mark,
            aspirational_mark: self.aspirational_mark,
            partly_share: self.partly_share,
        }
    }

    /// Every setting that lies outside its range.
    pub fn faults(&self) -> Vec<SettingFault> {
        let fractions = [
            ("on_track_gap", self.on_track_gap, Amount::ZERO),
            ("at_risk_gap", self.at_risk_gap, self.on_track_gap.clamp(Amount::ZERO, Amount::ONE)),
            ("mark", self.mark, SMALLEST),
            ("aspirational_mark", self.aspirational_mark, SMALLEST),
            ("partly_share", self.partly_share, SMALLEST),
        ];
        let counts = [
            ("weekday", self.weekday, 1, 7),
            ("day_of_month", self.day_of_month, 1, 31),
            ("grace_days", self.grace_days, 0, 31),
        ];
        let fractions = fractions
            .into_iter()
            .filter(|(_, is, least)| is < least || *is > Amount::ONE)
            .map(|(field, _, least)| SettingFault { field, least: least.to_string(), most: Amount::ONE.to_string() });
        let counts = counts
            .into_iter()
            .filter(|(_, is, least, most)| !(least..=most).contains(&is))
            .map(|(field, _, least, most)| SettingFault { field, least: least.to_string(), most: most.to_string() });
        fractions.chain(counts).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_lie_in_their_ranges() {
        assert_eq!(CycleSettings::default().faults(), []);
    }

    #[test]
    fn the_defaults_are_the_rules_of_a_cycle_that_sets_nothing() {
        let day = "2026-01-01".parse().unwrap();
        let window = Window::of_months(day, 3).unwrap();
        assert_eq!(CycleSettings::default().rules(window), CycleRules::of(window));
    }

    #[test]
    fn every_setting_outside_its_range_is_named() {
        let settings =
            CycleSettings { on_track_gap: fraction(3_000), mark: Amount::ZERO, weekday: 8, ..CycleSettings::default() };
        let named: Vec<_> = settings.faults().into_iter().map(|fault| (fault.field, fault.least)).collect();
        let expected = [("at_risk_gap", "0.3"), ("mark", "0.0001"), ("weekday", "1")];
        assert_eq!(named, expected.map(|(field, least)| (field, least.to_owned())));
    }
}

//! The rhythm of check-ins: on which days they are due, and when silence has lasted too long.

use super::calendar::{Window, day_of_month, days_after, days_between};
use super::words::Cadence;
use chrono::{Datelike, NaiveDate, Weekday};

/// A cycle's check-in cadence with its days.
///
/// Due are: every workday (Monday to Friday); the weekday each week, or each second week from the window's first
/// one; the day of each month, its last day where shorter. Never a day outside the goal's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// How often.
    pub cadence: Cadence,
    /// The weekday of weekly and two-weekly check-ins.
    pub weekday: Weekday,
    /// The day of monthly check-ins, 1 to 31.
    pub month_day: u8,
    /// How many days after the due day a check-in is still in time; 2 unless set.
    pub grace_days: u16,
}

impl Default for Rhythm {
    /// No due days; Friday, the month's last day and 2 days of grace where a cadence is set.
    fn default() -> Self {
        Self { cadence: Cadence::None, weekday: Weekday::Fri, month_day: 31, grace_days: 2 }
    }
}

impl Rhythm {
    /// The last due day up to and including `day`.
    pub fn due_up_to(self, window: Window, day: NaiveDate) -> Option<NaiveDate> {
        let day = day.min(window.last());
        let due = match self.cadence {
            Cadence::None => None,
            Cadence::Workday => workday_up_to(day),
            Cadence::Week => self.weekly(window, day, 7, i64::div_euclid),
            Cadence::TwoWeeks => self.weekly(window, day, 14, i64::div_euclid),
            Cadence::Month => day_of_month(day, self.month_day)
                .filter(|due| *due <= day)
                .or_else(|| day_of_month(day.with_day(1)?.pred_opt()?, self.month_day)),
        };
        due.filter(|due| window.contains(*due))
    }

    /// The first due day from `day` on.
    pub fn due_from(self, window: Window, day: NaiveDate) -> Option<NaiveDate> {
        let day = day.max(window.first());
        let due = match self.cadence {
            Cadence::None => None,
            Cadence::Workday => workday_from(day),
            Cadence::Week => self.weekly(window, day, 7, ceiling),
            Cadence::TwoWeeks => self.weekly(window, day, 14, ceiling),
            Cadence::Month => day_of_month(day, self.month_day)
                .filter(|due| day <= *due)
                .or_else(|| day_of_month(Window::of_months(day, 1)?.last().succ_opt()?, self.month_day)),
        };
        due.filter(|due| window.contains(*due))
    }

    /// The last due day whose grace has passed on `day`.
    pub fn due_past_grace(self, window: Window, day: NaiveDate) -> Option<NaiveDate> {
        self.due_up_to(window, days_after(day, -i64::from(self.grace_days) - 1)?)
    }

    /// The first due day that no check-in covers, where the last one was made on `last`: a check-in covers the due
    /// day that it falls on, or else the next one.
    pub fn due_after(self, window: Window, last: Option<NaiveDate>) -> Option<NaiveDate> {
        let Some(last) = last else { return self.due_from(window, window.first()) };
        let covered = self.due_from(window, last)?;
        self.due_from(window, covered.succ_opt()?)
    }

    /// Whether what was last said on `since` is more than two cadences old: 7, 14 or 31 days each, or workdays.
    /// Without a cadence, never.
    pub fn is_stale(self, since: NaiveDate, day: NaiveDate) -> bool {
        let older_than = |days| days_between(since, day) > days;
        match self.cadence {
            Cadence::None => false,
            Cadence::Workday => third_workday_after(since).is_some_and(|third| third <= day),
            Cadence::Week => older_than(2 * 7),
            Cadence::TwoWeeks => older_than(2 * 14),
            Cadence::Month => older_than(2 * 31),
        }
    }

    /// The due day of the weekday each `period` days from the window's first one that `which` chooses around `day`.
    fn weekly(self, window: Window, day: NaiveDate, period: i64, which: fn(i64, i64) -> i64) -> Option<NaiveDate> {
        let to_first = self.weekday.days_since(window.first().weekday());
        let first = days_after(window.first(), to_first.into())?;
        days_after(first, which(days_between(first, day), period) * period)
    }
}

/// How many periods reach at least so many days.
fn ceiling(days: i64, period: i64) -> i64 {
    -(-days).div_euclid(period)
}

/// The last workday up to and including a day.
fn workday_up_to(day: NaiveDate) -> Option<NaiveDate> {
    days_after(day, -i64::from(day.weekday().num_days_from_monday().saturating_sub(4)))
}

/// The first workday from a day on.
fn workday_from(day: NaiveDate) -> Option<NaiveDate> {
    match day.weekday().num_days_from_monday() {
        weekend @ 5.. => days_after(day, 7 - i64::from(weekend)),
        _ => Some(day),
    }
}

/// The third workday after a day.
fn third_workday_after(day: NaiveDate) -> Option<NaiveDate> {
    let first = workday_from(day.succ_opt()?)?;
    let second = workday_from(first.succ_opt()?)?;
    workday_from(second.succ_opt()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    /// The first quarter of 2026: from a Thursday to a Tuesday.
    fn quarter() -> Window {
        Window::of_months(day("2026-01-01"), 3).unwrap_or_else(|| unreachable!())
    }

    fn rhythm(cadence: Cadence) -> Rhythm {
        Rhythm { cadence, ..Rhythm::default() }
    }

    fn all_due(rhythm: Rhythm, window: Window) -> Vec<String> {
        let mut due = vec![];
        let mut next = rhythm.due_from(window, window.first());
        while let Some(on) = next {
            due.push(on.format("%m-%d").to_string());
            assert_eq!(rhythm.due_up_to(window, on), Some(on));
            next = on.succ_opt().and_then(|after| rhythm.due_from(window, after));
        }
        due
    }

    #[test]
    fn due_days_of_each_cadence() {
        let january = Window::of_months(day("2026-01-01"), 1).unwrap_or_else(|| unreachable!());
        assert_eq!(all_due(rhythm(Cadence::None), january), Vec::<String>::new());
        assert_eq!(all_due(rhythm(Cadence::Week), january), ["01-02", "01-09", "01-16", "01-23", "01-30"]);
        assert_eq!(all_due(rhythm(Cadence::TwoWeeks), january), ["01-02", "01-16", "01-30"]);
        assert_eq!(all_due(rhythm(Cadence::Month), quarter()), ["01-31", "02-28", "03-31"]);
        let tenth = Rhythm { month_day: 10, ..rhythm(Cadence::Month) };
        assert_eq!(all_due(tenth, quarter()), ["01-10", "02-10", "03-10"]);
        let workdays = all_due(rhythm(Cadence::Workday), january);
        assert_eq!(workdays.len(), 22);
        assert_eq!(workdays.get(..4), Some(["01-01", "01-02", "01-05", "01-06"].map(str::to_owned).as_slice()));
    }

    #[test]
    fn the_days_between_due_days_find_the_one_before_and_the_one_after() {
        for cadence in [Cadence::Workday, Cadence::Week, Cadence::TwoWeeks, Cadence::Month] {
            let rhythm = rhythm(cadence);
            let due: Vec<NaiveDate> = quarter()
                .first()
                .iter_days()
                .take(90)
                .filter(|on| rhythm.due_from(quarter(), *on) == Some(*on))
                .collect();
            for on in day("2025-12-25").iter_days().take(110) {
                let before = due.iter().rev().find(|due| **due <= on).copied();
                let after = due.iter().find(|due| on <= **due).copied();
                assert_eq!(rhythm.due_up_to(quarter(), on), before, "{cadence} up to {on}");
                assert_eq!(rhythm.due_from(quarter(), on), after, "{cadence} from {on}");
            }
        }
    }

    #[test]
    fn grace_has_passed_on_the_day_after_its_last_one() {
        let weekly = rhythm(Cadence::Week);
        assert_eq!(weekly.due_past_grace(quarter(), day("2026-01-11")), Some(day("2026-01-02")));
        assert_eq!(weekly.due_past_grace(quarter(), day("2026-01-12")), Some(day("2026-01-09")));
        assert_eq!(weekly.due_past_grace(quarter(), day("2026-01-04")), None);
        assert_eq!(weekly.due_past_grace(quarter(), day("2026-12-01")), Some(day("2026-03-27")));
        let strict = Rhythm { grace_days: 0, ..weekly };
        assert_eq!(strict.due_past_grace(quarter(), day("2026-01-10")), Some(day("2026-01-09")));
    }

    #[test]
    fn a_check_in_covers_the_due_day_that_comes_next() {
        let weekly = rhythm(Cadence::Week);
        let next = |last: Option<&str>| weekly.due_after(quarter(), last.map(day));
        assert_eq!(next(None), Some(day("2026-01-02")));
        assert_eq!(next(Some("2026-01-02")), Some(day("2026-01-09")));
        assert_eq!(next(Some("2026-01-03")), Some(day("2026-01-16")));
        assert_eq!(next(Some("2026-03-26")), None);
        assert_eq!(rhythm(Cadence::None).due_after(quarter(), None), None);
    }

    #[test]
    fn silence_is_stale_after_two_cadences() {
        let stale = |cadence, on| rhythm(cadence).is_stale(day("2026-01-09"), day(on));
        assert!(!stale(Cadence::Week, "2026-01-23"));
        assert!(stale(Cadence::Week, "2026-01-24"));
        assert!(!stale(Cadence::TwoWeeks, "2026-02-06"));
        assert!(stale(Cadence::TwoWeeks, "2026-02-07"));
        assert!(!stale(Cadence::Month, "2026-03-12"));
        assert!(stale(Cadence::Month, "2026-03-13"));
        // 9 January is a Friday: Monday and Tuesday are two workdays later, Wednesday is the third.
        assert!(!stale(Cadence::Workday, "2026-01-13"));
        assert!(stale(Cadence::Workday, "2026-01-14"));
        assert!(!stale(Cadence::None, "2036-01-01"));
    }
}

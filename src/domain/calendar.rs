//! Days: the window that a goal runs over, and calendar periods.

use super::words::Interval;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The first day that is taken: what lies before the year 1 is beyond what every database orders alike.
pub const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The last day that is taken, for the same reason.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The days that a goal runs over: its own, else its cycle's; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    first: NaiveDate,
    last: NaiveDate,
}

impl Window {
    /// The window of two days, if the last one is not before the first.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The calendar period of so many months that begins on the first day of `start`'s month.
    pub fn of_months(start: NaiveDate, months: u32) -> Option<Self> {
        let first = start.with_day(1)?;
        Self::new(first, first.checked_add_months(Months::new(months))?.pred_opt()?)
    }

    /// The parts of so many months each, one after the other, that make up this window: a year's halves, quarters
    /// or months. None where it is not made up of whole ones.
    pub fn split(self, months: u32) -> Option<Vec<Self>> {
        let mut parts = vec![];
        let mut next = self.first;
        while next <= self.last {
            let part = Self::of_months(next, months)?;
            if part.first != next || part.last > self.last {
                return None;
            }
            parts.push(part);
            next = part.last.succ_opt()?;
        }
        Some(parts)
    }

    /// The first day.
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day.
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// N: how many days it has, both ends included; at least one.
    pub fn days(self) -> i64 {
        days_between(self.first, self.last) + 1
    }

    /// n: how many of its days have come up to and including `day`, from 0 to N.
    pub fn elapsed(self, day: NaiveDate) -> i64 {
        (days_between(self.first, day) + 1).clamp(0, self.days())
    }

    /// Whether a day is one of its own.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether all of another window lies inside.
    pub fn encloses(self, inner: Self) -> bool {
        self.contains(inner.first) && self.contains(inner.last)
    }

    /// The days that a line over the window is drawn through, one an interval: each day, each Sunday, each month's last
    /// day; and the window's last day in any case.
    pub fn marks(self, interval: Interval) -> impl Iterator<Item = NaiveDate> {
        let next = move |from: NaiveDate| match interval {
            Interval::Day => Some(from),
            Interval::Week => from.week(Weekday::Mon).checked_last_day(),
            Interval::Month => day_of_month(from, 31),
        };
        let mark = move |from: NaiveDate| next(from).map_or(self.last, |mark| mark.min(self.last));
        std::iter::successors(Some(mark(self.first)), move |mark_before| {
            mark_before.succ_opt().filter(|from| *from <= self.last).map(mark)
        })
    }

    /// Whether its last day has come.
    pub fn is_over(self, day: NaiveDate) -> bool {
        self.last <= day
    }
}

/// How many days lie between two days: 1 from today to tomorrow.
pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// The day so many days later, earlier where negative. None at the end of the calendar.
pub(super) fn days_after(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let distance = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) }
}

/// A day of a month, its last one where the month is shorter.
pub(super) fn day_of_month(month: NaiveDate, day: u8) -> Option<NaiveDate> {
    let last = Window::of_months(month, 1)?.last();
    last.with_day(u32::from(day).clamp(1, last.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn window(first: &str, last: &str) -> Option<Window> {
        Window::new(day(first), day(last))
    }

    #[test]
    fn a_window_counts_both_its_ends() {
        let quarter = window("2026-01-01", "2026-03-31");
        let elapsed = |on| quarter.map(|window| window.elapsed(day(on)));
        assert_eq!(quarter.map(Window::days), Some(90));
        assert_eq!(elapsed("2025-12-31"), Some(0));
        assert_eq!(elapsed("2026-01-01"), Some(1));
        assert_eq!(elapsed("2026-03-31"), Some(90));
        assert_eq!(elapsed("2027-01-01"), Some(90));
        assert_eq!(quarter.map(|window| window.is_over(day("2026-03-30"))), Some(false));
        assert_eq!(quarter.map(|window| window.is_over(day("2026-03-31"))), Some(true));
        assert_eq!(window("2026-01-02", "2026-01-01"), None);
    }

    #[test]
    fn a_line_goes_through_sundays_or_months_ends_and_the_last_day() {
        let days = window("2026-01-30", "2026-03-04");
        let marks = |interval| -> Vec<String> {
            days.into_iter()
                .flat_map(|days| days.marks(interval))
                .map(|mark| mark.format("%m-%d").to_string())
                .collect()
        };
        assert_eq!(marks(Interval::Day).len(), 34);
        assert_eq!(marks(Interval::Week), ["02-01", "02-08", "02-15", "02-22", "03-01", "03-04"]);
        assert_eq!(marks(Interval::Month), ["01-31", "02-28", "03-04"]);
        let one = window("2026-03-01", "2026-03-01").map(|day| day.marks(Interval::Week).count());
        assert_eq!(one, Some(1));
    }

    #[test]
    fn a_fiscal_year_splits_into_quarters() {
        let quarters = window("2026-04-01", "2027-03-31").and_then(|year| year.split(3)).unwrap_or_default();
        let firsts: Vec<String> = quarters.iter().map(|quarter| quarter.first().to_string()).collect();
        assert_eq!(firsts, ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"]);
        assert_eq!(window("2026-04-01", "2027-03-30").and_then(|year| year.split(3)), None);
        assert_eq!(window("2026-04-02", "2026-07-01").and_then(|year| year.split(3)), None);
    }

    #[test]
    fn a_shorter_month_has_its_last_day_for_a_later_one() {
        assert_eq!(day_of_month(day("2026-02-10"), 31), Some(day("2026-02-28")));
        assert_eq!(day_of_month(day("2028-02-10"), 30), Some(day("2028-02-29")));
        assert_eq!(day_of_month(day("2026-04-01"), 15), Some(day("2026-04-15")));
    }
}

//! The days over which a metric is aggregated, and the same length of time before.

use crate::domain::calendar::{Window, days_after};
use crate::domain::period::{FiscalYear, months_of};
use crate::domain::words::CycleKind;
use chrono::{Months, NaiveDate};

/// A window's days up to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    window: Window,
    until: NaiveDate,
}

impl Period {
    /// A window's days up to and including a day.
    pub fn of(window: Window, day: NaiveDate) -> Self {
        Self { window, until: day.min(window.last()) }
    }

    /// The days of which it is a part.
    pub const fn window(self) -> Window {
        self.window
    }

    /// Its last day; before its window's first day while it has not begun.
    pub const fn until(self) -> NaiveDate {
        self.until
    }

    /// Its first day.
    pub const fn first(self) -> NaiveDate {
        self.window.first()
    }

    /// Whether the window's first day has come.
    pub fn has_begun(self) -> bool {
        self.window.first() <= self.until
    }

    /// Whether it is the same days' part and goes further.
    pub(super) fn goes_on(self, earlier: Self) -> bool {
        self.window == earlier.window && self.until > earlier.until
    }

    /// Whether a day is one of its own.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.window.first() <= day && day <= self.until
    }

    /// The period before: the calendar one of a calendar month, quarter, half or year, else as many days right before.
    ///
    /// While the window runs, only as many of its days as have gone by (at most all), so that the fifteenth is compared
    /// with the fifteenth; none before it begins.
    pub fn before(self) -> Option<Self> {
        let window = window_before(self.window)?;
        let gone = self.window.elapsed(self.until);
        let until = if self.until == self.window.last() {
            window.last()
        } else {
            days_after(window.first(), gone - 1)?.min(window.last())
        };
        self.has_begun().then_some(Self { window, until })
    }
}

fn window_before(window: Window) -> Option<Window> {
    let kinds = [CycleKind::Month, CycleKind::Quarter, CycleKind::Half, CycleKind::Year];
    let kind = kinds.into_iter().find(|kind| FiscalYear::CALENDAR.has(*kind, window));
    match kind.and_then(months_of) {
        Some(months) => Window::of_months(window.first().checked_sub_months(Months::new(months))?, months),
        None => Window::new(days_after(window.first(), -window.days())?, window.first().pred_opt()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(first: &str, last: &str, day: &str) -> Option<String> {
        let window = Window::new(first.parse().unwrap(), last.parse().unwrap()).unwrap();
        let before = Period::of(window, day.parse().unwrap()).before()?;
        Some(format!("{} {} up to {}", before.window.first(), before.window.last(), before.until))
    }

    #[test]
    fn the_period_before_is_the_calendar_one_or_as_many_days() {
        for (first, last, day, expected) in [
            ("2026-01-01", "2026-03-31", "2026-02-14", "2025-10-01 2025-12-31 up to 2025-11-14"),
            ("2026-01-01", "2026-03-31", "2026-03-30", "2025-10-01 2025-12-31 up to 2025-12-28"),
            ("2026-01-01", "2026-03-31", "2026-03-31", "2025-10-01 2025-12-31 up to 2025-12-31"),
            ("2026-01-01", "2026-03-31", "2026-07-01", "2025-10-01 2025-12-31 up to 2025-12-31"),
            ("2026-03-01", "2026-03-31", "2026-03-30", "2026-02-01 2026-02-28 up to 2026-02-28"),
            ("2026-07-01", "2026-12-31", "2026-07-01", "2026-01-01 2026-06-30 up to 2026-01-01"),
            ("2025-01-01", "2025-12-31", "2025-12-30", "2024-01-01 2024-12-31 up to 2024-12-29"),
            ("2026-01-11", "2026-01-20", "2026-01-12", "2026-01-01 2026-01-10 up to 2026-01-02"),
            ("2026-02-01", "2026-04-30", "2026-04-30", "2025-11-04 2026-01-31 up to 2026-01-31"),
            ("2026-04-01", "2027-03-31", "2026-04-01", "2025-04-01 2026-03-31 up to 2025-04-01"),
        ] {
            assert_eq!(before(first, last, day).as_deref(), Some(expected));
        }
        assert_eq!(before("2026-01-01", "2026-03-31", "2025-12-31"), None);
    }
}

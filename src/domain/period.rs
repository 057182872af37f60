//! The periods of a fiscal year: where its years, halves, quarters and months lie, and what they are called.

use super::calendar::Window;
use super::words::{CycleKind, Locale};
use chrono::{Datelike, Months, NaiveDate};

/// The first and the last calendar year that a period may touch.
pub const YEARS: (i32, i32) = (1970, 2199);

/// The most months that a period may last.
pub const MOST_MONTHS: u32 = 60;

/// How many months a period of a kind lasts; a custom one has its own dates.
pub const fn months_of(kind: CycleKind) -> Option<u32> {
    match kind {
        CycleKind::Year => Some(12),
        CycleKind::Half => Some(6),
        CycleKind::Quarter => Some(3),
        CycleKind::Month => Some(1),
        CycleKind::Custom => None,
    }
}

/// Whether a window is as long as a period of a kind: so many months from its first day, whatever day that is, since
/// a company's year begins when it says. Custom dates are any.
pub fn lasts(kind: CycleKind, window: Window) -> bool {
    let end = |months| window.first().checked_add_months(Months::new(months)).and_then(|after| after.pred_opt());
    months_of(kind).is_none_or(|months| end(months) == Some(window.last()))
}

/// Whether a day lies in the years that can be planned for.
pub fn is_plannable(day: NaiveDate) -> bool {
    (YEARS.0..=YEARS.1).contains(&day.year())
}

/// Whether a window lasts at most [`MOST_MONTHS`].
pub fn is_short_enough(window: Window) -> bool {
    window.first().checked_add_months(Months::new(MOST_MONTHS)).is_some_and(|end| window.last() < end)
}

/// A way of dividing time into years: from the first day of one month to the day before it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear {
    first_month: u32,
}

impl FiscalYear {
    /// From January to December.
    pub const CALENDAR: Self = Self { first_month: 1 };

    /// Years that begin in a month, 1 January to 12 December.
    pub fn beginning_in(month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { first_month: month })
    }

    /// The year that begins in this calendar year: it is called after it.
    pub fn window(self, year: i32) -> Option<Window> {
        Window::of_months(NaiveDate::from_ymd_opt(year, self.first_month, 1)?, 12)
    }

    /// The period of a kind in which a day lies: its year, half, quarter or month. None of custom dates, and at the ends
    /// of the calendar.
    pub fn around(self, kind: CycleKind, day: NaiveDate) -> Option<Window> {
        let months = months_of(kind)?;
        let first = day.with_day(1)?.checked_sub_months(Months::new(self.months_into(day) % months))?;
        Window::of_months(first, months)
    }

    /// Whether a window is one whole period of a kind: twelve months of this year, one of its halves, quarters or
    /// months. Custom dates are any.
    pub fn has(self, kind: CycleKind, window: Window) -> bool {
        months_of(kind).is_none_or(|months| {
            Window::of_months(window.first(), months) == Some(window)
                && self.months_into(window.first()).is_multiple_of(months)
        })
    }

    /// The year that a window is one whole period of: this one, or else the calendar year.
    pub fn or_calendar(self, kind: CycleKind, window: Window) -> Option<Self> {
        [self, Self::CALENDAR].into_iter().find(|year| year.has(kind, window))
    }

    /// What a period is called: `Q1 2026`, in a year that does not begin in January `Q1 2026/27`. None for custom
    /// dates and for what is no period of this year.
    pub fn name(self, kind: CycleKind, window: Window, locale: Locale) -> Option<String> {
        let months = months_of(kind).filter(|_| self.has(kind, window))?;
        let number = self.months_into(window.first()) / months + 1;
        let year = self.year_name(window.first());
        let fiscal = self != Self::CALENDAR;
        Some(match (kind, locale) {
            (CycleKind::Year, Locale::En) if fiscal => format!("FY {year}"),
            (CycleKind::Year, Locale::En) => year,
            (CycleKind::Year, Locale::Vi) if fiscal => format!("Năm tài chính {year}"),
            (CycleKind::Year, Locale::Vi) => format!("Năm {year}"),
            (CycleKind::Half, Locale::En) => format!("H{number} {year}"),
            (CycleKind::Half, Locale::Vi) if number == 1 => format!("Nửa đầu năm {year}"),
            (CycleKind::Half, Locale::Vi) => format!("Nửa cuối năm {year}"),
            (CycleKind::Quarter, Locale::En) => format!("Q{number} {year}"),
            (CycleKind::Quarter, Locale::Vi) => format!("Quý {number} {year}"),
            (CycleKind::Month, Locale::En) => window.first().format("%B %Y").to_string(),
            (CycleKind::Month, Locale::Vi) => window.first().format("Tháng %-m/%Y").to_string(),
            (CycleKind::Custom, _) => return None,
        })
    }

    /// How many months after this year's beginning a day's month is.
    fn months_into(self, day: NaiveDate) -> u32 {
        (day.month() + 12 - self.first_month) % 12
    }

    /// The year that a day lies in: `2026`, or `2026/27` where it runs over two calendar years.
    fn year_name(self, day: NaiveDate) -> String {
        let began = if day.month() < self.first_month { day.year() - 1 } else { day.year() };
        if self == Self::CALENDAR { began.to_string() } else { format!("{began}/{:02}", (began + 1).rem_euclid(100)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(first: &str, last: &str) -> Window {
        Window::new(first.parse().unwrap(), last.parse().unwrap()).unwrap()
    }

    fn from_april() -> FiscalYear {
        FiscalYear::beginning_in(4).unwrap()
    }

    #[test]
    fn a_year_and_its_parts_cover_every_day_once() {
        for month in 1..=12 {
            let year = FiscalYear::beginning_in(month).unwrap();
            let whole = year.window(2027).unwrap();
            for kind in [CycleKind::Half, CycleKind::Quarter, CycleKind::Month] {
                let parts = whole.split(months_of(kind).unwrap()).unwrap();
                assert_eq!(parts.first().unwrap().first(), whole.first());
                assert_eq!(parts.last().unwrap().last(), whole.last());
                assert!(parts.windows(2).all(|pair| pair[0].last().succ_opt() == Some(pair[1].first())));
                assert!(parts.iter().all(|part| year.has(kind, *part)), "{kind} of a year from month {month}");
                assert_eq!(parts.iter().map(|part| part.days()).sum::<i64>(), whole.days());
            }
        }
    }

    #[test]
    fn a_year_from_march_ends_on_the_last_of_february() {
        let year = FiscalYear::beginning_in(3).unwrap();
        assert_eq!(year.window(2027).unwrap(), window("2027-03-01", "2028-02-29"));
        assert_eq!(year.window(2028).unwrap(), window("2028-03-01", "2029-02-28"));
    }

    #[test]
    fn only_whole_periods_of_the_year_count() {
        let calendar = FiscalYear::CALENDAR;
        assert!(calendar.has(CycleKind::Quarter, window("2026-01-01", "2026-03-31")));
        assert!(!calendar.has(CycleKind::Quarter, window("2026-02-01", "2026-04-30")));
        assert!(!calendar.has(CycleKind::Quarter, window("2026-01-01", "2026-03-30")));
        assert!(!calendar.has(CycleKind::Month, window("2026-02-02", "2026-03-01")));
        assert!(calendar.has(CycleKind::Custom, window("2026-02-02", "2026-03-01")));
        assert!(!from_april().has(CycleKind::Half, window("2026-01-01", "2026-06-30")));
        assert!(from_april().has(CycleKind::Half, window("2026-10-01", "2027-03-31")));
        assert!(!from_april().has(CycleKind::Year, window("2026-01-01", "2026-12-31")));
        let of_calendar = from_april().or_calendar(CycleKind::Year, window("2026-01-01", "2026-12-31"));
        assert_eq!(of_calendar, Some(calendar));
    }

    #[test]
    fn a_period_may_begin_on_any_day_and_lasts_its_months() {
        assert!(lasts(CycleKind::Quarter, window("2026-02-16", "2026-05-15")));
        assert!(lasts(CycleKind::Year, window("2026-02-16", "2027-02-15")));
        assert!(!lasts(CycleKind::Quarter, window("2026-01-01", "2026-03-30")));
        assert!(lasts(CycleKind::Custom, window("2026-01-01", "2026-03-30")));
        assert!(lasts(CycleKind::Month, window("2028-02-01", "2028-02-29")));
    }

    #[test]
    fn periods_are_called_what_people_call_them() {
        use CycleKind::{Half, Month, Quarter, Year};
        let name = |year: FiscalYear, kind, first, last, locale| year.name(kind, window(first, last), locale).unwrap();
        let calendar = FiscalYear::CALENDAR;
        let names = |year: FiscalYear, kind, first, last| {
            (name(year, kind, first, last, Locale::En), name(year, kind, first, last, Locale::Vi))
        };
        let both = |en: &str, vi: &str| (en.to_owned(), vi.to_owned());
        assert_eq!(names(calendar, Year, "2026-01-01", "2026-12-31"), both("2026", "Năm 2026"));
        assert_eq!(names(calendar, Half, "2026-07-01", "2026-12-31"), both("H2 2026", "Nửa cuối năm 2026"));
        assert_eq!(names(calendar, Quarter, "2026-01-01", "2026-03-31"), both("Q1 2026", "Quý 1 2026"));
        assert_eq!(names(calendar, Month, "2026-02-01", "2026-02-28"), both("February 2026", "Tháng 2/2026"));
        let fiscal = from_april();
        assert_eq!(names(fiscal, Year, "2026-04-01", "2027-03-31"), both("FY 2026/27", "Năm tài chính 2026/27"));
        assert_eq!(names(fiscal, Quarter, "2027-01-01", "2027-03-31"), both("Q4 2026/27", "Quý 4 2026/27"));
        assert_eq!(names(fiscal, Half, "2099-04-01", "2099-09-30"), both("H1 2099/00", "Nửa đầu năm 2099/00"));
        assert_eq!(calendar.name(CycleKind::Custom, window("2026-01-01", "2026-02-01"), Locale::En), None);
    }

    #[test]
    fn a_period_lasts_five_years_at_most() {
        assert!(is_short_enough(window("2026-01-01", "2030-12-31")));
        assert!(!is_short_enough(window("2026-01-01", "2031-01-01")));
        assert!(is_short_enough(window("2026-05-16", "2031-05-15")));
        assert!(!is_short_enough(window("2026-05-16", "2031-05-16")));
        assert!(is_short_enough(window("2028-02-29", "2033-02-27")));
    }
}

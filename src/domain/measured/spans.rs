//! The days that a series tells of: its points, all of it, and its fiscal year beside the one before.

use super::Period;
use crate::domain::calendar::Window;
use crate::domain::period::FiscalYear;
use crate::domain::words::{CycleKind, SeriesInterval};
use chrono::{Months, NaiveDate, Weekday};

/// A point of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Its days, those outside of the span cut off.
    pub days: Window,
    /// What it is aggregated over. Where the span ends before it does, it is a period that still runs, so that the one
    /// before it has as many days.
    pub period: Period,
}

/// A fiscal year up to a day, and the one before up to the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    /// The fiscal year.
    pub to_date: Period,
    /// The one before; none at the beginning of the calendar.
    pub before: Option<Period>,
}

/// The points of a series over a span, the earliest first: calendar days, weeks from Monday to Sunday, calendar months,
/// the quarters and years of the organization.
pub fn buckets(
    span: Window,
    interval: SeriesInterval,
    fiscal: FiscalYear,
    today: NaiveDate,
) -> impl Iterator<Item = Bucket> {
    let bucket = move |first: NaiveDate| {
        let whole = whole_bucket(first, interval, fiscal).unwrap_or(span);
        let last = whole.last().min(span.last());
        let period = Period::of(Window::new(first, whole.last())?, span.last().min(today));
        Some(Bucket { days: Window::new(first, last)?, period })
    };
    std::iter::successors(bucket(span.first()), move |before| {
        before.days.last().succ_opt().filter(|first| *first <= span.last()).and_then(bucket)
    })
}

fn whole_bucket(day: NaiveDate, interval: SeriesInterval, fiscal: FiscalYear) -> Option<Window> {
    match interval {
        SeriesInterval::Day => Window::new(day, day),
        SeriesInterval::Week => {
            let week = day.week(Weekday::Mon);
            Window::new(week.checked_first_day()?, week.checked_last_day()?)
        }
        SeriesInterval::Month => Window::of_months(day, 1),
        SeriesInterval::Quarter => fiscal.around(CycleKind::Quarter, day),
        SeriesInterval::Year => fiscal.around(CycleKind::Year, day),
    }
}

impl Years {
    /// The fiscal year in which a day lies, up to it. The year before goes up to the same day of it, to its end where
    /// the year is over.
    pub fn up_to(day: NaiveDate, fiscal: FiscalYear) -> Option<Self> {
        let year = fiscal.around(CycleKind::Year, day)?;
        let before = || {
            let year_before = Window::of_months(a_year_before(year.first())?, 12)?;
            let same_day = if day == year.last() { year_before.last() } else { a_year_before(day)? };
            Some(Period::of(year_before, same_day))
        };
        Some(Self { to_date: Period::of(year, day), before: before() })
    }
}

/// The same day a year before; of the 29 of February the 28.
fn a_year_before(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_months(Months::new(12))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn told(first: &str, last: &str, interval: SeriesInterval, month: u32, today: &str) -> Vec<String> {
        let fiscal = FiscalYear::beginning_in(month).unwrap();
        let span = Window::new(day(first), day(last)).unwrap();
        let told = |bucket: Bucket| {
            let (days, until) = (bucket.days, bucket.period.until());
            format!("{} {} up to {until}", days.first(), days.last())
        };
        buckets(span, interval, fiscal, day(today)).map(told).collect()
    }

    #[test]
    fn points_are_calendar_periods_cut_at_the_ends_of_the_span() {
        use SeriesInterval::{Day, Month, Quarter, Week, Year};
        assert_eq!(told("2026-02-27", "2026-03-01", Day, 1, "2026-12-31").len(), 3);
        assert_eq!(
            told("2026-02-11", "2026-02-24", Week, 1, "2026-12-31"),
            [
                "2026-02-11 2026-02-15 up to 2026-02-15",
                "2026-02-16 2026-02-22 up to 2026-02-22",
                "2026-02-23 2026-02-24 up to 2026-02-24"
            ]
        );
        assert_eq!(
            told("2026-01-31", "2026-03-15", Month, 1, "2026-03-10"),
            [
                "2026-01-31 2026-01-31 up to 2026-01-31",
                "2026-02-01 2026-02-28 up to 2026-02-28",
                "2026-03-01 2026-03-15 up to 2026-03-10"
            ]
        );
        assert_eq!(
            told("2026-01-01", "2026-06-30", Quarter, 2, "2026-12-31"),
            [
                "2026-01-01 2026-01-31 up to 2026-01-31",
                "2026-02-01 2026-04-30 up to 2026-04-30",
                "2026-05-01 2026-06-30 up to 2026-06-30"
            ]
        );
        assert_eq!(
            told("2026-03-01", "2026-05-01", Year, 4, "2026-12-31"),
            ["2026-03-01 2026-03-31 up to 2026-03-31", "2026-04-01 2026-05-01 up to 2026-05-01"]
        );
    }

    #[test]
    fn a_point_that_the_span_ends_in_the_middle_of_still_runs() {
        let span = Window::new(day("2026-02-01"), day("2026-03-15")).unwrap();
        let last = buckets(span, SeriesInterval::Month, FiscalYear::CALENDAR, day("2026-12-31")).last().unwrap();
        let before = last.period.before().unwrap();
        assert_eq!((before.first(), before.until()), (day("2026-02-01"), day("2026-02-15")));
    }

    #[test]
    fn a_fiscal_year_is_set_beside_the_same_days_of_the_one_before() {
        let years = |on: &str, month: u32| {
            let years = Years::up_to(day(on), FiscalYear::beginning_in(month).unwrap()).unwrap();
            let days = |period: Period| format!("{} {}", period.first(), period.until());
            (days(years.to_date), years.before.map(days).unwrap())
        };
        let both = |to_date: &str, before: &str| (to_date.to_owned(), before.to_owned());
        assert_eq!(years("2026-02-14", 1), both("2026-01-01 2026-02-14", "2025-01-01 2025-02-14"));
        assert_eq!(years("2026-02-14", 4), both("2025-04-01 2026-02-14", "2024-04-01 2025-02-14"));
        assert_eq!(years("2028-02-29", 1), both("2028-01-01 2028-02-29", "2027-01-01 2027-02-28"));
        assert_eq!(years("2029-02-28", 3), both("2028-03-01 2029-02-28", "2027-03-01 2028-02-29"));
    }
}

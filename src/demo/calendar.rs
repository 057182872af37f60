//! When things happen in the demo: all days follow the day that it is loaded on.

use crate::domain::calendar::Window;
use crate::domain::instant::Instant;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;

/// Where the company is.
pub(super) const ZONE: Tz = Tz::Asia__Ho_Chi_Minh;

/// How many days of the quarter have gone by before the day of loading: two thirds of it.
const GONE: u64 = 60;

/// The days of the story.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    /// The day that the demo is loaded on.
    today: NaiveDate,
    /// The first day of the year, and of its first quarter.
    first: NaiveDate,
}

impl Calendar {
    /// The days around the moment of loading.
    pub(super) fn around(now: Instant) -> Self {
        let today = now.day_in(ZONE);
        let first = earlier(today, GONE);
        // The same day is in every month up to the 28th.
        Self { today, first: first.with_day(first.day().min(28)).unwrap_or(first) }
    }

    /// The year.
    pub(super) fn year(self) -> Option<Window> {
        self.period(0, 12)
    }

    /// A quarter of the year, 0 to 3. The first one is under way.
    pub(super) fn quarter(self, number: u32) -> Option<Window> {
        self.period(number * 3, 3)
    }

    fn period(self, from: u32, months: u32) -> Option<Window> {
        let first = self.first.checked_add_months(Months::new(from))?;
        Window::new(first, self.first.checked_add_months(Months::new(from + months))?.pred_opt()?)
    }

    /// The month that the year begins in.
    pub(super) fn first_month(self) -> u32 {
        self.first.month()
    }

    /// What the year is called: `2026/27`, or `2026` where it is a calendar year.
    pub(super) fn year_name(self) -> String {
        let began = self.first.year();
        let of_calendar = self.first.month() == 1 && self.first.day() == 1;
        if of_calendar { began.to_string() } else { format!("{began}/{:02}", (began + 1).rem_euclid(100)) }
    }

    /// A moment on a day so many days after the quarter's first; before it where negative.
    pub(super) fn at(self, days: i64, hour: u32, minute: u32) -> Instant {
        let distance = Days::new(days.unsigned_abs());
        let day = if days < 0 { self.first.checked_sub_days(distance) } else { self.first.checked_add_days(distance) };
        moment(day.unwrap_or(self.first), hour, minute)
    }

    /// The Friday of a week, 1 to `last`; that of the last week is the last one before the day of loading.
    pub(super) fn friday(self, week: u32, last: u32) -> NaiveDate {
        let yesterday = earlier(self.today, 1);
        let past = u64::from(yesterday.weekday().days_since(Weekday::Fri));
        earlier(yesterday, past + 7 * u64::from(last.saturating_sub(week)))
    }
}

/// A moment of a day where the company is.
pub(super) fn moment(day: NaiveDate, hour: u32, minute: u32) -> Instant {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    // Its clocks have run without a change since 1975.
    let local = ZONE.from_local_datetime(&day.and_time(time)).earliest();
    local.map_or_else(|| day.and_time(time).and_utc().into(), |local| local.to_utc().into())
}

/// The day so many days earlier.
pub(super) fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story::WEEKS;

    fn every_day() -> impl Iterator<Item = NaiveDate> {
        NaiveDate::default().with_year(2027).into_iter().flat_map(|day| day.iter_days().take(800))
    }

    #[test]
    fn the_quarter_is_two_thirds_gone_whatever_the_day() {
        for today in every_day() {
            let calendar = Calendar::around(moment(today, 10, 0));
            let quarter = calendar.quarter(0).unwrap();
            let (gone, days) = (quarter.elapsed(today), quarter.days());
            assert!(gone * 100 >= days * 60 && gone * 100 <= days * 72, "{today}: {gone} of {days}");
            let year = calendar.year().unwrap();
            assert!((0..4).all(|number| calendar.quarter(number).is_some_and(|part| year.encloses(part))));
            assert_eq!(calendar.quarter(3).map(Window::last), Some(year.last()));
        }
    }

    #[test]
    fn fridays_are_fridays_of_the_quarter_that_are_past() {
        for today in every_day() {
            let calendar = Calendar::around(moment(today, 10, 0));
            let (first, last) = (calendar.friday(1, WEEKS), calendar.friday(WEEKS, WEEKS));
            assert_eq!((first.weekday(), last.weekday()), (Weekday::Fri, Weekday::Fri));
            assert!(last < today && earlier(today, 7) <= last, "{today}: {last}");
            assert!(calendar.quarter(0).is_some_and(|quarter| quarter.first() < first), "{today}: {first}");
        }
    }
}

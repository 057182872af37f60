//! How what was reached stands against what was planned, interval by interval.

use crate::domain::calendar::{Window, days_between};
use crate::domain::decimal::proportion;
use crate::domain::derived::Derived;
use crate::domain::measure::Measure;
use chrono::NaiveDate;

/// An interval of a plan: what it is to add to the value, and what it did up to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Its days.
    pub days: Window,
    /// What it is to add.
    pub target: Derived,
    /// The value planned for its end.
    pub planned: Derived,
    /// What it was to add up to the day; none while it has not begun.
    pub target_to_date: Option<Derived>,
    /// The value planned for the day, or for its own last one where that is gone; none while it has not begun.
    pub planned_to_date: Option<Derived>,
    /// What it added up to the day; none without data.
    pub actual: Option<Derived>,
    /// The value then; none without data.
    pub value: Option<Derived>,
    /// What is still needed in it after the day, so that the target is reached in proportion to the plan; none once it
    /// is gone.
    pub required: Option<Derived>,
}

/// The intervals of a goal's window up to a day, given the value at the end of each one that has begun (that of the
/// day, for the one that runs), none where there were no data. None for directions that go nowhere.
pub fn paces(
    measure: &Measure,
    window: Window,
    intervals: &[Window],
    day: NaiveDate,
    values: &[Option<Derived>],
) -> Option<Vec<Pace>> {
    let way = Way::of(measure, window, day, values)?;
    let mut before = way.start;
    let mut pace = |(index, days): (usize, &Window)| {
        let value = values.get(index).copied().flatten().filter(|_| days.first() <= day);
        let pace = way.pace(*days, before, value);
        before = value.unwrap_or(before);
        pace
    };
    intervals.iter().enumerate().map(&mut pace).collect()
}

/// The way that a goal has still to go on a day.
struct Way<'a> {
    measure: &'a Measure,
    window: Window,
    day: NaiveDate,
    start: Derived,
    /// From the value to the target.
    missing: Derived,
    /// The same from the value planned.
    unplanned: Derived,
    days_left: i64,
}

impl<'a> Way<'a> {
    fn of(measure: &'a Measure, window: Window, day: NaiveDate, values: &[Option<Derived>]) -> Option<Self> {
        let start = measure.start().map(Derived::from)?;
        let target = measure.target().map(Derived::from)?;
        let reached = values.iter().rev().find_map(|value| *value).unwrap_or(start);
        Some(Self {
            measure,
            window,
            day,
            start,
            missing: target.less(reached)?,
            unplanned: target.less(measure.planned(window, day)?)?,
            days_left: window.days() - window.elapsed(day),
        })
    }

    fn pace(&self, days: Window, before: Derived, value: Option<Derived>) -> Option<Pace> {
        let (eve, until) = (days.first().pred_opt()?, days.last().min(self.day));
        let begun = days.first() <= self.day;
        let (at_eve, by_day) = (self.planned(eve)?, self.planned(until).filter(|_| begun));
        let planned = self.planned(days.last())?;
        Some(Pace {
            days,
            target: planned.less(at_eve)?,
            planned,
            target_to_date: by_day.and_then(|by_day| by_day.less(at_eve)),
            planned_to_date: by_day,
            actual: value.and_then(|value| value.less(before)),
            value,
            required: self.required(days, eve.max(self.day)),
        })
    }

    /// What is missing goes to the intervals in proportion to what is planned for the days left of each; by their number
    /// where the plan has nothing left to bring.
    fn required(&self, days: Window, after: NaiveDate) -> Option<Derived> {
        let days_left = days_between(after, days.last());
        let still = self.planned(days.last())?.less(self.planned(after)?)?;
        let required = if self.unplanned == Derived::ZERO {
            proportion(self.missing.units(), days_left.into(), self.days_left.into())
        } else {
            proportion(self.missing.units(), still.units(), self.unplanned.units())
        };
        required.filter(|_| days_left > 0).and_then(Derived::from_units)
    }

    fn planned(&self, day: NaiveDate) -> Option<Derived> {
        self.measure.planned(self.window, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amount::Amount;
    use crate::domain::measure::PlanPoint;
    use crate::domain::target_plan::intervals;
    use crate::domain::words::PlanInterval;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    fn quarter() -> (Window, Vec<Window>) {
        let window = Window::new(day("2026-01-01"), day("2026-03-31")).unwrap();
        (window, intervals(window, PlanInterval::Month))
    }

    fn plan(points: &[(&str, &str)]) -> Box<[PlanPoint]> {
        points.iter().map(|(date, value)| PlanPoint { date: day(date), value: amount(value) }).collect()
    }

    fn value(text: &str) -> Derived {
        amount(text).into()
    }

    fn shown(value: Option<Derived>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| value.to_string())
    }

    fn table(paces: &[Pace]) -> Vec<String> {
        let line = |pace: &Pace| {
            let [to_date, actual, value, required] =
                [pace.target_to_date, pace.actual, pace.value, pace.required].map(shown);
            format!("{} {} | {to_date} {actual} {value} | {required}", pace.target, pace.planned)
        };
        paces.iter().map(line).collect()
    }

    #[test]
    fn this_months_sales_so_far_stand_against_its_target_so_far() {
        let (window, months) = quarter();
        let plan = plan(&[("2026-01-31", "100"), ("2026-02-28", "240")]);
        let up = Measure::Increase { start: amount("0"), target: amount("600"), plan };
        let paces = paces(&up, window, &months, day("2026-02-14"), &[Some(value("90")), Some(value("150"))]).unwrap();
        assert_eq!(
            table(&paces),
            [
                "100 100 | 100 90 90 | –",
                // Half of February's 140 was due; of the 450 that are missing it takes 70 of 430.
                "140 240 | 70 60 150 | 73.2558",
                "360 600 | – – – | 376.7442",
            ]
        );
    }

    #[test]
    fn a_way_down_counts_alike() {
        let (window, months) = quarter();
        let plan = plan(&[("2026-01-31", "70"), ("2026-02-28", "50")]);
        let down = Measure::Decrease { start: amount("100"), target: amount("40"), plan };
        let paces = paces(&down, window, &months, day("2026-01-31"), &[Some(value("80"))]).unwrap();
        assert_eq!(
            table(&paces),
            ["-30 70 | -30 -20 80 | –", "-20 50 | – – – | -26.6667", "-10 40 | – – – | -13.3333"]
        );
    }

    #[test]
    fn a_month_without_data_adds_nothing_and_the_next_one_all() {
        let (window, months) = quarter();
        let up = Measure::Increase { start: amount("10"), target: amount("100"), plan: Box::default() };
        let values = [None, Some(value("40")), Some(value("40"))];
        let paces = paces(&up, window, &months, day("2026-03-31"), &values).unwrap();
        assert_eq!(
            table(&paces),
            ["31 41 | 31 – – | –", "28 69 | 28 30 40 | –", "31 100 | 31 0 40 | –"],
            "without a plan it is linear"
        );
    }

    #[test]
    fn where_the_plan_has_nothing_left_to_bring_days_share_what_is_missing() {
        let (window, months) = quarter();
        let up = Measure::Increase { start: amount("0"), target: amount("60"), plan: plan(&[("2026-01-31", "60")]) };
        let paces = paces(&up, window, &months, day("2026-01-31"), &[Some(value("1"))]).unwrap();
        assert_eq!(table(&paces), ["60 60 | 60 1 1 | –", "0 60 | – – – | 28", "0 60 | – – – | 31"]);
    }

    #[test]
    fn what_is_to_be_kept_has_no_pace() {
        let (window, months) = quarter();
        let kept = Measure::AtLeast { start: None, target: amount("1"), floor: None };
        assert_eq!(paces(&kept, window, &months, day("2026-01-31"), &[]), None);
    }
}

//! Target plans by intervals: a goal's way from start to target laid out over the months or weeks of its window.

mod pace;

pub use pace::{Pace, paces};

use super::amount::Amount;
use super::calendar::Window;
use super::measure::PlanPoint;
use super::share::share;
use super::words::{Interval, PlanInterval};
use chrono::{Days, Months, NaiveDate};

/// The months or weeks of a window, one after the other: together they are the window, its first and last one being
/// cut off where the window begins or ends within them.
pub fn intervals(window: Window, interval: PlanInterval) -> Vec<Window> {
    let marks = window.marks(match interval {
        PlanInterval::Week => Interval::Week,
        PlanInterval::Month => Interval::Month,
    });
    between(window, marks)
}

/// The parts of a window that a plan's own points make.
pub fn parts(window: Window, plan: &[PlanPoint]) -> Vec<Window> {
    between(window, plan.iter().map(|point| point.date).chain([window.last()]))
}

/// What a plan is laid out in: the months or weeks on whose last days all its points lie; none where there is no such,
/// months where there is no plan.
pub fn interval_of(window: Window, plan: &[PlanPoint]) -> Option<PlanInterval> {
    let fits = |interval: &PlanInterval| {
        let mut ends = intervals(window, *interval).into_iter().map(Window::last);
        plan.iter().all(|point| ends.any(|end| end == point.date))
    };
    [PlanInterval::Month, PlanInterval::Week].into_iter().find(fits)
}

/// The parts of a window that end on these days, which ascend.
fn between(window: Window, ends: impl Iterator<Item = NaiveDate>) -> Vec<Window> {
    let mut first = window.first();
    let part = |last: NaiveDate| {
        let part = Window::new(first, last);
        first = last.succ_opt().unwrap_or(last);
        part
    };
    ends.filter_map(part).collect()
}

/// The same days so many years before: the same days of the same month, all of it for a whole one; of weeks those that
/// lie 52 weeks a year before, so that Mondays are Mondays.
pub fn years_before(days: Window, interval: PlanInterval, years: u32) -> Option<Window> {
    match interval {
        PlanInterval::Week => {
            let back = Days::new(u64::from(years).checked_mul(364)?);
            Window::new(days.first().checked_sub_days(back)?, days.last().checked_sub_days(back)?)
        }
        PlanInterval::Month => {
            let back = Months::new(years.checked_mul(12)?);
            let first = days.first().checked_sub_months(back)?;
            let ends_its_month = Window::of_months(days.last(), 1)?.last() == days.last();
            let last = days.last().checked_sub_months(back)?;
            let last = if ends_its_month { Window::of_months(last, 1)?.last() } else { last };
            Window::new(first, last)
        }
    }
}

/// What each interval is to add to the value, in proportion to weights that are not below zero: the way shared out in
/// whole smallest units, exact to the last one; nothing where the weight is zero.
///
/// Of equal remainders the larger weight comes first, then the earlier interval. None where no weight is above zero or
/// the way is no whole number of units.
pub fn increments(way: Amount, unit: Amount, weights: &[Amount]) -> Option<Vec<Amount>> {
    let counted = weights.iter().copied().enumerate().filter(|(_, weight)| *weight > Amount::ZERO);
    let counted: Vec<(usize, Amount)> = counted.collect();
    let mut increments = vec![Amount::ZERO; weights.len()];
    for ((place, _), share) in counted.iter().zip(share(way, unit, &counted)?) {
        *increments.get_mut(*place)? = share;
    }
    Some(increments)
}

/// The way from start to target; none beyond an amount's bounds.
pub fn way(start: Amount, target: Amount) -> Option<Amount> {
    Amount::from_units(target.units().checked_sub(start.units())?)
}

/// A plan's points: the cumulative value at the end of each interval but the last one, where it is the target. None
/// beyond an amount's bounds.
pub fn points(start: Amount, intervals: &[Window], increments: &[Amount]) -> Option<Vec<PlanPoint>> {
    let mut value = start.units();
    let mut points = Vec::with_capacity(intervals.len());
    for (days, increment) in intervals.iter().zip(increments) {
        value = value.checked_add(increment.units())?;
        points.push(PlanPoint { date: days.last(), value: Amount::from_units(value)? });
    }
    points.pop();
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::days_after;
    use crate::domain::share::smallest_unit;
    use chrono::{Datelike, Weekday};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn window(first: &str, last: &str) -> Window {
        Window::new(day(first), day(last)).unwrap()
    }

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    fn firsts(intervals: &[Window]) -> Vec<String> {
        intervals.iter().map(|days| days.first().format("%m-%d").to_string()).collect()
    }

    #[test]
    fn the_first_and_the_last_interval_are_cut_off_by_the_window() {
        let days = window("2026-01-30", "2026-03-04");
        assert_eq!(firsts(&intervals(days, PlanInterval::Month)), ["01-30", "02-01", "03-01"]);
        assert_eq!(
            firsts(&intervals(days, PlanInterval::Week)),
            ["01-30", "02-02", "02-09", "02-16", "02-23", "03-02"]
        );
        assert_eq!(intervals(window("2026-03-04", "2026-03-04"), PlanInterval::Week).len(), 1);
    }

    #[test]
    fn a_plan_is_laid_out_in_what_its_points_end() {
        let quarter = window("2026-01-01", "2026-03-31");
        let plan = |dates: &[&str]| -> Vec<PlanPoint> {
            dates.iter().map(|date| PlanPoint { date: day(date), value: Amount::ONE }).collect()
        };
        assert_eq!(interval_of(quarter, &plan(&["2026-01-31", "2026-02-28"])), Some(PlanInterval::Month));
        assert_eq!(interval_of(quarter, &plan(&["2026-01-04", "2026-03-29"])), Some(PlanInterval::Week));
        assert_eq!(interval_of(quarter, &plan(&["2026-01-31", "2026-02-01"])), None);
        assert_eq!(interval_of(quarter, &[]), Some(PlanInterval::Month));
        assert_eq!(
            firsts(&parts(quarter, &plan(&["2026-01-15", "2026-03-01"]))),
            ["01-01", "01-16", "03-02"],
            "a plan of its own days has their parts"
        );
    }

    #[test]
    fn a_year_before_months_are_whole_and_mondays_are_mondays() {
        let before = |first, last, interval, years| {
            let days = years_before(window(first, last), interval, years).unwrap();
            format!("{} {}", days.first(), days.last())
        };
        assert_eq!(before("2025-02-01", "2025-02-28", PlanInterval::Month, 1), "2024-02-01 2024-02-29");
        assert_eq!(before("2024-02-01", "2024-02-29", PlanInterval::Month, 1), "2023-02-01 2023-02-28");
        assert_eq!(before("2026-03-16", "2026-03-20", PlanInterval::Month, 2), "2024-03-16 2024-03-20");
        assert_eq!(before("2026-01-05", "2026-01-11", PlanInterval::Week, 1), "2025-01-06 2025-01-12");
    }

    #[test]
    fn the_way_is_shared_out_exactly_and_what_weighs_nothing_gets_nothing() {
        let shares = |way: &str, weights: &[&str]| {
            let weights: Vec<_> = weights.iter().map(|text| amount(text)).collect();
            increments(amount(way), Amount::ONE, &weights)
                .map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(shares("100", &["1", "1", "1"]).unwrap(), ["34", "33", "33"]);
        assert_eq!(shares("-100", &["1", "0", "3"]).unwrap(), ["-25", "0", "-75"]);
        assert_eq!(shares("100", &["0", "0"]), None);
        assert_eq!(way(amount("-900000000000000"), amount("1")), None);
    }

    #[test]
    fn points_are_cumulative_and_the_last_interval_ends_at_the_target() {
        let months = intervals(window("2026-01-01", "2026-03-31"), PlanInterval::Month);
        let plan = points(amount("10"), &months, &[amount("5"), amount("0"), amount("85")]).unwrap();
        let said: Vec<_> = plan.iter().map(|point| format!("{} {}", point.date, point.value)).collect();
        assert_eq!(said, ["2026-01-31 15", "2026-02-28 15"]);
    }

    fn windows() -> impl Strategy<Value = Window> {
        (0_i64..4_000, 0_i64..1_900).prop_map(|(from, length)| {
            let first = days_after(day("2020-01-01"), from).unwrap();
            Window::new(first, days_after(first, length).unwrap()).unwrap()
        })
    }

    proptest! {
        #[test]
        fn intervals_cover_the_window_without_gap_and_begin_on_mondays_or_firsts(
            window in windows(),
            interval in prop_oneof![Just(PlanInterval::Week), Just(PlanInterval::Month)],
        ) {
            let all = intervals(window, interval);
            prop_assert_eq!(all.first().map(|days| days.first()), Some(window.first()));
            prop_assert_eq!(all.last().map(|days| days.last()), Some(window.last()));
            for pair in all.windows(2) {
                prop_assert_eq!(pair[0].last().succ_opt(), Some(pair[1].first()));
                let first = pair[1].first();
                let begins = match interval {
                    PlanInterval::Week => first.weekday() == Weekday::Mon,
                    PlanInterval::Month => first.day() == 1,
                };
                prop_assert!(begins);
            }
        }

        #[test]
        fn a_laid_out_plan_totals_the_way_exactly(
            window in windows(),
            start in -1_000_000_000_i64..1_000_000_000,
            target in -1_000_000_000_i64..1_000_000_000,
            decimals in 0_u32..=4,
            seed in proptest::collection::vec(0_i64..50_000, 70),
        ) {
            let (start, target) = (Amount::from_units(start).unwrap(), Amount::from_units(target).unwrap());
            let months = intervals(window, PlanInterval::Month);
            let weights: Vec<_> = months.iter().zip(&seed).filter_map(|(_, units)| Amount::from_units(*units)).collect();
            prop_assume!(weights.iter().any(|weight| *weight > Amount::ZERO));
            let way = way(start, target).unwrap();
            let shares = increments(way, smallest_unit(decimals, &[way]), &weights).unwrap();
            prop_assert_eq!(shares.len(), months.len());
            prop_assert_eq!(shares.iter().map(|share| share.units()).sum::<i64>(), way.units());
            let plan = points(start, &months, &shares).unwrap();
            prop_assert_eq!(plan.len() + 1, months.len());
            prop_assert!(plan.iter().all(|point| window.contains(point.date) && point.date < window.last()));
            let last = plan.last().map_or(start, |point| point.value);
            prop_assert_eq!(last.units() + shares.last().unwrap().units(), target.units());
        }
    }
}

//! Days cut so that every period that is asked for is made of whole slices: measurements are tallied once for each
//! slice, however many periods they count in.

use crate::domain::calendar::Window;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Days one after the other, all of which are asked for, cut into slices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// All of its days.
    pub days: Window,
    /// The first day of each slice, the earliest first; the first one is the run's own.
    pub starts: Vec<NaiveDate>,
}

/// The days of some periods, each once, cut where a period begins or ends.
pub fn runs(periods: impl IntoIterator<Item = Window>) -> Vec<Run> {
    let mut opening: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for period in periods {
        *opening.entry(period.first()).or_default() += 1;
        *opening.entry(period.last().succ_opt().unwrap_or(NaiveDate::MAX)).or_default() -= 1;
    }
    let (mut runs, mut starts, mut open) = (vec![], vec![], 0);
    for (day, more) in opening {
        open += more;
        if open > 0 {
            starts.push(day);
        } else {
            let days = starts.first().copied().zip(day.pred_opt()).and_then(|(first, last)| Window::new(first, last));
            runs.extend(days.map(|days| Run { days, starts: std::mem::take(&mut starts) }));
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(first: &str, last: &str) -> Window {
        Window::new(first.parse().unwrap(), last.parse().unwrap()).unwrap()
    }

    fn told(periods: &[Window]) -> Vec<String> {
        let starts = |run: &Run| run.starts.iter().map(|day| day.format(" %m-%d").to_string()).collect::<String>();
        runs(periods.iter().copied()).iter().map(|run| format!("{}{}", run.days.last(), starts(run))).collect()
    }

    #[test]
    fn each_day_asked_for_lies_in_one_slice_and_no_slice_in_a_part_of_a_period() {
        let (january, february) = (window("2026-01-01", "2026-01-31"), window("2026-02-01", "2026-02-28"));
        let to_the_tenth = window("2026-01-01", "2026-02-10");
        assert_eq!(told(&[january, february, to_the_tenth]), ["2026-02-28 01-01 02-01 02-11"]);
        let a_year_before = window("2025-01-01", "2025-02-10");
        assert_eq!(told(&[to_the_tenth, a_year_before]), ["2025-02-10 01-01", "2026-02-10 01-01"]);
        assert_eq!(told(&[january, january]), ["2026-01-31 01-01"]);
        assert_eq!(told(&[window("2026-01-10", "2026-01-20"), january]), ["2026-01-31 01-01 01-10 01-21"]);
        assert!(told(&[]).is_empty());
    }
}

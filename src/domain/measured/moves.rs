//! When the value that is measured of a scope moved, and by what was measured when: the automatic check-ins.

use super::compute::measure;
use super::followed::followed;
use super::ledger::Ledger;
use super::{Metrics, Period, Question};
use crate::domain::calendar::Window;
use crate::domain::derived::Derived;
use crate::domain::ids::MetricId;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// A day on which what is measured came to another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The day.
    pub on: NaiveDate,
    /// The value before it; none without any.
    pub before: Option<Derived>,
    /// The value at its end.
    pub after: Option<Derived>,
    /// What came in on it: of a metric what was measured from a first day to a last one. It is the day itself, or one of
    /// the period before that is compared with it.
    pub measured: Vec<(MetricId, NaiveDate, NaiveDate)>,
    /// How many measurements that are. None may be left: with `last`, what is measured of someone elsewhere supersedes
    /// what was measured of them here.
    pub count: usize,
}

/// Every day of a question's period on which its value moved, the earliest first. It costs as much as there are
/// measurements and days, not their product.
pub(in crate::domain) fn moves(metrics: &Metrics, ledger: &Ledger, question: Question) -> Vec<Move> {
    let window = question.period.window();
    let until = question.period.until();
    let mut walk = ledger.fresh();
    let mut value_on = |day| {
        walk.begin_day();
        let found = measure(metrics, &mut walk, Question { period: Period::of(window, day), ..question });
        walk.end_day();
        found.value.ok()
    };
    let mut known = Known { ledger, question, days: HashMap::new() };
    let mut reached: HashMap<(MetricId, Window), NaiveDate> = HashMap::new();
    let mut before = None;
    let mut found: Vec<Move> = vec![];
    for on in window.first().iter_days().take_while(|day| *day <= until) {
        let (mut measured, mut count) = (vec![], 0);
        for (metric, period) in followed(metrics, question.metric, Period::of(window, on)) {
            let was = reached.insert((metric, period.window()), period.until());
            let first = was.map_or(Some(period.first()), |was| was.succ_opt());
            if let Some((first, last, rows)) = first.and_then(|first| known.span(metric, first, period.until())) {
                measured.push((metric, first, last));
                count += rows;
            }
        }
        if measured.is_empty() {
            continue;
        }
        measured.sort_unstable();
        if let Some(day_before) = on.pred_opt().filter(|day| found.is_empty() && window.contains(*day)) {
            before = value_on(day_before);
        }
        let after = value_on(on);
        if after != before {
            found.push(Move { on, before, after, measured, count });
        }
        before = after;
    }
    found
}

/// The days on which something was measured of those who count in a scope.
struct Known<'a> {
    ledger: &'a Ledger,
    question: Question,
    days: HashMap<MetricId, BTreeMap<NaiveDate, usize>>,
}

impl Known<'_> {
    /// The first and the last of them among some days, and how much was measured on them.
    fn span(&mut self, metric: MetricId, first: NaiveDate, last: NaiveDate) -> Option<(NaiveDate, NaiveDate, usize)> {
        let (ledger, scope) = (self.ledger, self.question.scope);
        let days = self.days.entry(metric).or_insert_with(|| ledger.counts_in(metric, scope));
        let inside = (first <= last).then(|| days.range(first..=last))?;
        Some((*inside.clone().next()?.0, *inside.clone().next_back()?.0, inside.map(|(_, count)| count).sum()))
    }
}

//! What a metric's subjects come to over one scope and period: subject by subject, with running sums, so that neither an
//! arriving measurement nor a new day puts a company together anew.

use super::days::{MeasuredDays, Series};
use super::tally::{Aggregate, Counted, Tally};
use super::units::Units;
use super::{Aggregation, Measurement, Period, Question, Subject};
use crate::domain::decimal::quotient;
use crate::domain::derived::Derived;
use crate::domain::ids::MetricId;
use crate::domain::words::{PeopleAggregation, TimeAggregation};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What answers a question.
#[derive(Debug, Clone)]
pub(in crate::domain) struct View {
    question: Question,
    parts: BTreeMap<Subject, Counted>,
    total: Total,
    /// Who was measured on the days of the window that are still to come.
    ahead: BTreeMap<NaiveDate, BTreeSet<Subject>>,
}

/// The facts that views are put together from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Basis<'a> {
    pub(super) days: &'a MeasuredDays,
    pub(super) units: &'a Units,
}

impl Basis<'_> {
    /// Whether a subject's measurement counts in a scope.
    pub(super) fn is_inside(&self, scope: Subject, subject: Subject, row: &Measurement) -> bool {
        match scope {
            Subject::Person(_) => subject == scope,
            Subject::Unit(outer) => self.units.is_within(row.unit, outer),
        }
    }

    /// Those of whom something may have been measured in a scope.
    pub(super) fn candidates(&self, metric: MetricId, scope: Subject) -> BTreeSet<Subject> {
        match scope {
            Subject::Person(_) => BTreeSet::from([scope]),
            Subject::Unit(outer) => self.days.measured_in(metric, |unit| self.units.is_within(unit, outer)),
        }
    }
}

impl View {
    /// Puts it together from all that was measured.
    pub(super) fn new(basis: Basis<'_>, question: Question, rule: Aggregation) -> Self {
        let mut view = Self { question, parts: BTreeMap::new(), total: Total::new(rule), ahead: BTreeMap::new() };
        let window = question.period.window();
        for subject in basis.candidates(question.metric, question.scope) {
            let Some(series) = basis.days.of(question.metric, subject) else { continue };
            view.count(basis, subject, series);
            let later = question.period.until().succ_opt().map(|next| next.max(window.first()));
            for day in later.into_iter().flat_map(|next| series.days_between(next, window.last())) {
                view.ahead.entry(day).or_default().insert(subject);
            }
        }
        view
    }

    pub(super) const fn period(&self) -> Period {
        self.question.period
    }

    /// What it comes to.
    pub(super) fn aggregate(&self) -> Option<Aggregate> {
        self.total.aggregate()
    }

    /// Those with a measurement, what each comes to over time, and the day of the last one in it.
    pub(in crate::domain) fn values(&self) -> impl Iterator<Item = (Subject, Option<Derived>, NaiveDate)> {
        self.parts.iter().filter_map(|(subject, counted)| {
            let tally = counted.tally()?;
            Some((*subject, tally.value(self.total.rule.time), tally.last_on))
        })
    }

    /// Takes up what is there now of a subject's days.
    pub(super) fn touch(&mut self, basis: Basis<'_>, subject: Subject, days: &[NaiveDate]) {
        let Question { metric, period, .. } = self.question;
        let ahead = |day: &&NaiveDate| period.until() < **day && period.window().contains(**day);
        for day in days.iter().filter(ahead) {
            self.ahead.entry(*day).or_default().insert(subject);
        }
        if let Some(series) = basis.days.of(metric, subject).filter(|_| days.iter().any(|day| period.contains(*day))) {
            self.count(basis, subject, series);
        }
    }

    /// Goes on to a later day of the same window: whoever was not measured meanwhile stays as they are.
    pub(super) fn go_on(&mut self, basis: Basis<'_>, period: Period) {
        self.question.period = period;
        let Question { metric, scope, .. } = self.question;
        while let Some(entry) = self.ahead.first_entry().filter(|entry| *entry.key() <= period.until()) {
            let (day, subjects) = entry.remove_entry();
            for subject in subjects {
                let Some(series) = basis.days.of(metric, subject) else { continue };
                let mut counted = self.take_out(subject);
                for (on, row) in series.between(day, day) {
                    counted.take(on, row, basis.is_inside(scope, subject, row));
                }
                self.put_in(subject, counted);
            }
        }
    }

    /// Counts all of a subject's measurements anew.
    fn count(&mut self, basis: Basis<'_>, subject: Subject, series: &Series) {
        let Question { scope, period, .. } = self.question;
        drop(self.take_out(subject));
        let mut counted = Counted::nothing(self.total.rule.time);
        for (on, row) in series.between(period.first(), period.until()) {
            counted.take(on, row, basis.is_inside(scope, subject, row));
        }
        self.put_in(subject, counted);
    }

    fn take_out(&mut self, subject: Subject) -> Counted {
        let counted = self.parts.remove(&subject).unwrap_or(Counted::nothing(self.total.rule.time));
        if let Some(tally) = counted.tally() {
            self.total.less(&tally);
        }
        counted
    }

    fn put_in(&mut self, subject: Subject, counted: Counted) {
        if let Some(tally) = counted.tally() {
            self.total.add(&tally);
        }
        // With `last`, what was measured elsewhere may be superseded in here.
        if counted.tally().is_some() || self.total.rule.time == TimeAggregation::Last {
            self.parts.insert(subject, counted);
        }
    }
}

/// What the subjects come to, one more and one less at a time. All of it is exact.
#[derive(Debug, Clone)]
struct Total {
    rule: Aggregation,
    count: usize,
    sum: i128,
    /// How many of the subjects have no value, since it would be beyond a derived value's bounds.
    beyond: usize,
    /// How many have each value; kept for the smallest and the largest.
    values: BTreeMap<i128, usize>,
    /// How many were last measured on each day.
    last_on: BTreeMap<NaiveDate, usize>,
}

impl Total {
    const fn new(rule: Aggregation) -> Self {
        Self { rule, count: 0, sum: 0, beyond: 0, values: BTreeMap::new(), last_on: BTreeMap::new() }
    }

    fn add(&mut self, tally: &Tally) {
        self.count += 1;
        *self.last_on.entry(tally.last_on).or_default() += 1;
        match tally.value(self.rule.time).map(Derived::units) {
            None => self.beyond += 1,
            Some(value) => {
                // Values within a derived value's bounds: 10^12 of them fit.
                self.sum = self.sum.saturating_add(value);
                if self.orders() {
                    *self.values.entry(value).or_default() += 1;
                }
            }
        }
    }

    fn less(&mut self, tally: &Tally) {
        self.count -= 1;
        one_less(&mut self.last_on, tally.last_on);
        match tally.value(self.rule.time).map(Derived::units) {
            None => self.beyond -= 1,
            Some(value) => {
                self.sum = self.sum.saturating_sub(value);
                if self.orders() {
                    one_less(&mut self.values, value);
                }
            }
        }
    }

    const fn orders(&self) -> bool {
        matches!(self.rule.people, PeopleAggregation::Min | PeopleAggregation::Max)
    }

    fn aggregate(&self) -> Option<Aggregate> {
        let last_on = *self.last_on.last_key_value()?.0;
        let together = match self.rule.people {
            _ if self.beyond > 0 => None,
            PeopleAggregation::Sum => Some(self.sum),
            PeopleAggregation::Average => i128::try_from(self.count).ok().and_then(|count| quotient(self.sum, count)),
            PeopleAggregation::Min => self.values.first_key_value().map(|(value, _)| *value),
            PeopleAggregation::Max => self.values.last_key_value().map(|(value, _)| *value),
        };
        Some(Aggregate { value: together.and_then(Derived::from_units), last_on })
    }
}

fn one_less<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K) {
    if let std::collections::btree_map::Entry::Occupied(mut entry) = counts.entry(key) {
        *entry.get_mut() -= 1;
        if *entry.get() == 0 {
            entry.remove();
        }
    }
}

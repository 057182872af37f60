//! Measurements as the forest keeps them, with partial sums: what one scope comes to over one period is kept subject by
//! subject, and an arriving measurement changes its own subject's part alone.

use super::compute::Aggregates;
use super::tally::{Aggregate, Tally, counted, over_people};
use super::units::Units;
use super::{Aggregation, MeasuredDay, Measurement, Period, Question, Subject};
use crate::domain::ids::{MetricId, UnitId};
use crate::domain::words::TimeAggregation;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// All measurements of a forest.
#[derive(Debug, Clone, Default)]
pub(in crate::domain) struct Ledger {
    units: Units,
    series: HashMap<(MetricId, Subject), Series>,
    /// Who was ever measured in a unit.
    measured_in: HashMap<MetricId, HashMap<UnitId, BTreeSet<Subject>>>,
    views: HashMap<(MetricId, Subject), Vec<View>>,
}

/// One subject's measurements of a metric.
#[derive(Debug, Clone, Default)]
struct Series {
    days: BTreeMap<NaiveDate, Box<[Measurement]>>,
    /// The units in which it was ever measured.
    units: BTreeSet<UnitId>,
}

/// What a metric's subjects come to over a scope and a period.
#[derive(Debug, Clone)]
struct View {
    period: Period,
    time: TimeAggregation,
    /// Those with a measurement.
    tallies: BTreeMap<Subject, Tally>,
}

impl Ledger {
    /// Takes up how the units lie.
    pub(in crate::domain) fn arrange(&mut self, units: &[(UnitId, Option<UnitId>)]) {
        self.units = Units::new(units.iter().copied());
        self.forget();
    }

    /// Forgets every partial sum: another day has begun, or metrics or units are otherwise.
    pub(in crate::domain) fn forget(&mut self) {
        self.views.clear();
    }

    /// Forgets the partial sums of a scope that nobody asks for any more.
    pub(in crate::domain) fn forget_scope(&mut self, metric: MetricId, scope: Subject) {
        self.views.remove(&(metric, scope));
    }

    /// Puts what was measured on days, and tells the scopes in which that counts, each with its metric.
    pub(in crate::domain) fn put(&mut self, days: Vec<MeasuredDay>) -> BTreeSet<(MetricId, Subject)> {
        let mut touched = BTreeSet::new();
        for MeasuredDay { metric, subject, on, measurements } in days {
            let series = self.series.entry((metric, subject)).or_default();
            for row in &measurements {
                if series.units.insert(row.unit) {
                    self.measured_in.entry(metric).or_default().entry(row.unit).or_default().insert(subject);
                }
            }
            if measurements.is_empty() {
                series.days.remove(&on);
            } else {
                series.days.insert(on, measurements);
            }
            touched.insert((metric, subject));
        }
        touched.into_iter().flat_map(|(metric, subject)| self.retally(metric, subject)).collect()
    }

    /// Puts together anew what one subject's measurements come to in every view that is kept, and tells the scopes in
    /// which they count: the subject's own, and the units in which it was ever measured with all above them.
    fn retally(&mut self, metric: MetricId, subject: Subject) -> BTreeSet<(MetricId, Subject)> {
        let Some(series) = self.series.get(&(metric, subject)) else { return BTreeSet::new() };
        let units = series.units.iter().flat_map(|unit| self.units.upward(*unit)).map(Subject::Unit);
        let scopes: BTreeSet<_> = units.chain([subject]).map(|scope| (metric, scope)).collect();
        for key in &scopes {
            for view in self.views.get_mut(key).into_iter().flatten() {
                view.retally(series, subject, key.1, &self.units);
            }
        }
        scopes
    }

    /// All of them again.
    pub(in crate::domain) fn days(&self) -> impl Iterator<Item = MeasuredDay> {
        self.series.iter().flat_map(|((metric, subject), series)| {
            series.days.iter().map(|(on, measurements)| MeasuredDay {
                metric: *metric,
                subject: *subject,
                on: *on,
                measurements: measurements.clone(),
            })
        })
    }

    /// The subjects that may have measurements in a scope.
    fn candidates(&self, metric: MetricId, scope: Subject) -> BTreeSet<Subject> {
        match scope {
            Subject::Person(_) => BTreeSet::from([scope]),
            Subject::Unit(outer) => {
                let seen = self.measured_in.get(&metric).into_iter().flatten();
                let inside = seen.filter(|(unit, _)| self.units.is_within(**unit, outer));
                inside.flat_map(|(_, subjects)| subjects).copied().collect()
            }
        }
    }

    /// What a question is answered by; it is put together where nobody asked before.
    fn view(&mut self, question: Question, time: TimeAggregation) -> Option<&View> {
        let Question { metric, scope, period } = question;
        let is_it = |view: &View| view.period == period;
        if !self.views.get(&(metric, scope)).is_some_and(|views| views.iter().any(is_it)) {
            let mut view = View { period, time, tallies: BTreeMap::new() };
            for subject in self.candidates(metric, scope) {
                if let Some(series) = self.series.get(&(metric, subject)) {
                    view.retally(series, subject, scope, &self.units);
                }
            }
            self.views.entry((metric, scope)).or_default().push(view);
        }
        self.views.get(&(metric, scope))?.iter().find(|view| is_it(view))
    }
}

impl View {
    /// Puts together anew what one subject's measurements come to.
    fn retally(&mut self, series: &Series, subject: Subject, scope: Subject, units: &Units) {
        let days = series.days.range(self.period.first()..=self.period.until());
        let rows = days.flat_map(|(on, rows)| rows.iter().map(|row| (*on, row)));
        let tally = counted(self.time, rows, |row| match scope {
            Subject::Person(_) => subject == scope,
            Subject::Unit(outer) => units.is_within(row.unit, outer),
        });
        match tally {
            Some(tally) => self.tallies.insert(subject, tally),
            None => self.tallies.remove(&subject),
        };
    }
}

impl Aggregates for Ledger {
    fn aggregate(&mut self, question: Question, rule: Aggregation) -> Option<Aggregate> {
        if !question.period.has_begun() {
            return None;
        }
        over_people(rule, self.view(question, rule.time)?.tallies.values())
    }
}

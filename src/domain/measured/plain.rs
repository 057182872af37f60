//! Measurements aggregated each time anew from all of them: what the plain evaluator asks.

use super::compute::Aggregates;
use super::tally::{Aggregate, Tally, counted, over_people};
use super::units::Units;
use super::{Aggregation, MeasuredDay, Measurement, Question, Subject};
use crate::domain::facts::ForestFacts;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// All measurements, and the units.
pub(in crate::domain) struct Plain<'a> {
    days: Vec<&'a MeasuredDay>,
    units: Units,
}

impl<'a> Plain<'a> {
    pub(in crate::domain) fn new(facts: &'a ForestFacts) -> Self {
        let mut days: Vec<&MeasuredDay> = facts.measured.iter().collect();
        days.sort_by_key(|day| day.on);
        Self { days, units: Units::new(facts.units.iter().copied()) }
    }
}

impl Aggregates for Plain<'_> {
    fn aggregate(&mut self, question: Question, rule: Aggregation) -> Option<Aggregate> {
        let Question { metric, scope, period } = question;
        let mut of_subjects: BTreeMap<Subject, Vec<(NaiveDate, &Measurement)>> = BTreeMap::new();
        for day in self.days.iter().filter(|day| day.metric == metric && period.contains(day.on)) {
            of_subjects.entry(day.subject).or_default().extend(day.measurements.iter().map(|row| (day.on, row)));
        }
        let tally = |(subject, rows): (&Subject, &Vec<(NaiveDate, &Measurement)>)| {
            counted(rule.time, rows.iter().copied(), |row| match scope {
                Subject::Person(_) => *subject == scope,
                Subject::Unit(outer) => self.units.is_within(row.unit, outer),
            })
        };
        let tallies: Vec<Tally> = of_subjects.iter().filter_map(tally).collect();
        over_people(rule, tallies.iter())
    }
}

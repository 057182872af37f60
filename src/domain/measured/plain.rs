//! Measurements aggregated each time anew from all of them: what the plain evaluator asks.

use super::compute::Aggregates;
use super::tally::{Aggregate, Tally, counted, over_people};
use super::units::Units;
use super::{Aggregation, MeasuredDay, Question, Subject};
use crate::domain::facts::ForestFacts;
use crate::domain::ids::MetricId;
use std::collections::{BTreeMap, HashMap};

/// All measurements, and the units.
pub(in crate::domain) struct Plain<'a> {
    /// Of each metric, by subject, in the order of the days.
    days: HashMap<MetricId, BTreeMap<Subject, Vec<&'a MeasuredDay>>>,
    units: Units,
}

impl<'a> Plain<'a> {
    pub(in crate::domain) fn new(facts: &'a ForestFacts) -> Self {
        let mut in_order: Vec<&MeasuredDay> = facts.measured.iter().collect();
        in_order.sort_by_key(|day| day.on);
        let mut days: HashMap<_, BTreeMap<_, Vec<_>>> = HashMap::new();
        for day in in_order {
            days.entry(day.metric).or_default().entry(day.subject).or_default().push(day);
        }
        Self { days, units: Units::new(facts.units.iter().copied()) }
    }
}

impl Aggregates for Plain<'_> {
    fn aggregate(&mut self, question: Question, rule: Aggregation) -> Option<Aggregate> {
        let Question { metric, scope, period } = question;
        let of_metric = self.days.get(&metric)?;
        let meant = of_metric.iter().filter(|(subject, _)| matches!(scope, Subject::Unit(_)) || **subject == scope);
        let tally = |(_, days): (&Subject, &Vec<&MeasuredDay>)| {
            let days = days.iter().filter(|day| period.contains(day.on));
            let rows = days.flat_map(|day| day.measurements.iter().map(|row| (day.on, row)));
            counted(rule.time, rows, |row| match scope {
                Subject::Person(_) => true,
                Subject::Unit(outer) => self.units.is_within(row.unit, outer),
            })
        };
        let tallies: Vec<Tally> = meant.filter_map(tally).collect();
        over_people(rule, tallies.iter())
    }
}

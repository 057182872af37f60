//! A metric's value: its measurements aggregated, or its formula over inputs aggregated first.

use super::tally::Aggregate;
use super::{Aggregation, Measured, Metrics, Origin, Period, Question, Subject};
use crate::domain::derived::Derived;
use crate::domain::formula::{Formula, Null, Term};
use crate::domain::ids::MetricId;
use crate::domain::limits;
use std::collections::HashMap;

/// What aggregates measurements, by whatever means.
pub(in crate::domain) trait Aggregates {
    /// What a metric's measurements come to over a scope and a period; none without any.
    fn aggregate(&mut self, question: Question, rule: Aggregation) -> Option<Aggregate>;
}

/// What a metric comes to over a scope and a period.
pub(in crate::domain) fn measure(metrics: &Metrics, source: &mut impl Aggregates, question: Question) -> Measured {
    let Question { metric, scope, period } = question;
    Measuring { metrics, source, scope, known: HashMap::new() }.value(metric, period, limits::FORMULA_CHAIN)
}

/// One question on its way through formulas.
struct Measuring<'a, S> {
    metrics: &'a Metrics,
    source: &'a mut S,
    scope: Subject,
    /// What was already found, so that an input is computed once however many formulas have it.
    known: HashMap<(MetricId, Period), Measured>,
}

impl<'a, S: Aggregates> Measuring<'a, S> {
    /// A metric over a period, computed through at most so many formulas.
    fn value(&mut self, metric: MetricId, period: Period, formulas_left: usize) -> Measured {
        match self.metrics.get(&metric).map(|rules| &rules.origin) {
            Some(Origin::Measured(rule)) => self.measured(metric, *rule, period),
            Some(Origin::Computed(formula)) => {
                if let Some(known) = self.known.get(&(metric, period)) {
                    return *known;
                }
                let left = formulas_left.checked_sub(1);
                let computed = left.map_or(Measured::NOTHING, |left| self.computed(formula, period, left));
                self.known.insert((metric, period), computed);
                computed
            }
            Some(Origin::Typed) | None => Measured::NOTHING,
        }
    }

    /// Nothing measured is null, or zero from the window's first day on where the metric says so; then every day says
    /// something.
    fn measured(&mut self, metric: MetricId, rule: Aggregation, period: Period) -> Measured {
        let found = self.source.aggregate(Question { metric, scope: self.scope, period }, rule);
        let value = found.map(|found| found.value.ok_or(Null::OutOfRange));
        if rule.empty_is_zero && period.has_begun() {
            return Measured { value: value.unwrap_or(Ok(Derived::ZERO)), last_data_on: Some(period.until()) };
        }
        let last_data_on = found.map(|found| found.last_on);
        Measured { value: value.unwrap_or(Err(Null::Missing)), last_data_on }
    }

    fn computed(&mut self, formula: &'a Formula<Term<MetricId>>, period: Period, left: usize) -> Measured {
        let mut inputs = HashMap::new();
        let mut last_data_on = None;
        for term in formula.inputs() {
            let of = if term.before { period.before() } else { Some(period) };
            let input = of.map_or(Measured::NOTHING, |of| self.value(term.metric, of, left));
            if !term.before {
                last_data_on = last_data_on.max(input.last_data_on);
            }
            inputs.insert(*term, input.value);
        }
        let value =
            formula.value(&mut |term| inputs.get(term).copied().unwrap_or(Err(Null::Missing)).map_err(Null::of_input));
        Measured { value: value.map_err(|null| null.reason), last_data_on }
    }
}

//! Which measurements a metric's value comes from.

use super::{Metrics, Origin, Period};
use crate::domain::ids::MetricId;
use crate::domain::limits;
use std::collections::HashSet;

/// The measured metrics that a metric over a period comes from, through formulas and the periods before too, each with
/// its period; one that has not begun is left out.
pub(in crate::domain) fn followed(metrics: &Metrics, metric: MetricId, period: Period) -> HashSet<(MetricId, Period)> {
    let mut met = HashSet::from([(metric, period)]);
    let mut level = vec![(metric, period)];
    let mut found = HashSet::new();
    for _ in 0..=limits::FORMULA_CHAIN {
        let mut next = vec![];
        for (metric, period) in level {
            match metrics.get(&metric).map(|rules| &rules.origin) {
                Some(Origin::Measured(_)) => drop(found.insert((metric, period))),
                Some(Origin::Computed(formula)) => {
                    let inputs = formula.inputs().into_iter();
                    let of = inputs
                        .filter_map(|term| Some((term.metric, if term.before { period.before()? } else { period })));
                    next.extend(of.filter(|input| met.insert(*input)));
                }
                Some(Origin::Typed) | None => {}
            }
        }
        level = next;
    }
    found
}

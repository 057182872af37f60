//! What a metric's definition must be like.

use super::model::Metric;
use crate::domain::formula;
use crate::domain::limits;
use crate::domain::words::{Direction, PeopleAggregation, TimeAggregation};
use crate::error::{Code, Faults};
use std::collections::BTreeSet;

/// The most decimals that values are shown with: those that they have.
const MOST_DECIMALS: i32 = 4;

/// `[a-z][a-z0-9_]*`: what formulas can name.
pub(super) fn check_code(code: &str, faults: &mut Faults) {
    let short: String = code.chars().take(limits::CODE).collect();
    faults.check(formula::Code::has_form(&short), "/code", Code::BadMetricCode);
    faults.check(!formula::Code::is_reserved(code), "/code", Code::ReservedMetricCode);
    faults.check(code.chars().count() <= limits::CODE, "/code", Code::TooLong.with("most", limits::CODE));
}

/// Everything but its formulas' texts.
pub(super) fn check(metric: &Metric, faults: &mut Faults) {
    let decimals = 0..=MOST_DECIMALS;
    let range = Code::OutOfRange.with("least", decimals.start()).with("most", decimals.end());
    faults.check(decimals.contains(&metric.decimals), "/decimals", range);
    faults.check(metric.direction != Direction::Milestone, "/direction", Code::NoMetricDirection);
    dimensions(metric.dimensions(), faults);
    if metric.formula.is_some() {
        computed(metric, faults);
    } else {
        measured(metric, faults);
    }
}

/// A computed metric has nothing measured of its own.
fn computed(metric: &Metric, faults: &mut Faults) {
    let own = [
        (metric.time_aggregation.is_some(), "/time_aggregation"),
        (metric.people_aggregation.is_some(), "/people_aggregation"),
        (metric.measured_for.is_some(), "/measured_for"),
        (metric.empty_is_zero, "/empty_is_zero"),
        (!metric.dimensions().is_empty(), "/dimensions"),
    ];
    for (is_said, pointer) in own {
        faults.check(!is_said, pointer, Code::NotWithFormula);
    }
}

/// A measured metric says all of how it is measured; one that is only typed in says nothing of it.
fn measured(metric: &Metric, faults: &mut Faults) {
    let how = [
        (metric.time_aggregation.is_some(), "/time_aggregation"),
        (metric.people_aggregation.is_some(), "/people_aggregation"),
        (metric.measured_for.is_some(), "/measured_for"),
    ];
    let is_measured = how.iter().any(|(is_said, _)| *is_said);
    for (is_said, pointer) in how {
        faults.check(is_said || !is_measured, pointer, Code::Required);
    }
    let sums = metric.time_aggregation == Some(TimeAggregation::Sum)
        && metric.people_aggregation == Some(PeopleAggregation::Sum);
    faults.check(sums || !metric.empty_is_zero, "/empty_is_zero", Code::EmptyNeedsSums);
}

fn dimensions(dimensions: &[String], faults: &mut Faults) {
    let fits = dimensions.len() <= limits::DIMENSIONS;
    faults.check(fits, "/dimensions", Code::TooMany.with("most", limits::DIMENSIONS));
    let mut met = BTreeSet::new();
    for (index, dimension) in dimensions.iter().enumerate().take(limits::DIMENSIONS) {
        let pointer = format!("/dimensions/{index}");
        faults.check(formula::Code::has_form(dimension), &pointer, Code::BadDimension.with("most", limits::CODE));
        faults.check(met.insert(dimension), &pointer, Code::Duplicate);
    }
}

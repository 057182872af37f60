//! Measurements: dated values of a metric for people or units, and what they come to over a scope and a period.
//!
//! Per subject they are put together over time, then the subjects are put together; a formula metric is computed from
//! its inputs, each of which is aggregated first.

mod compute;
mod days;
mod followed;
mod ledger;
mod made_of;
mod moves;
mod period;
mod plain;
mod sliced;
mod slices;
mod spans;
mod tally;
mod units;
mod view;

pub use days::MeasuredDays;
pub use moves::Move;
pub use period::Period;
pub use sliced::{Cell, Sliced, Told, needed};
pub use slices::{Run, runs};
pub use spans::{Bucket, Years, buckets};
pub use tally::Tally;

pub(super) use compute::measure;
pub(super) use followed::followed;
pub(super) use ledger::Ledger;
pub(super) use made_of::made_of;
pub(super) use moves::moves;
pub(super) use plain::Plain;

use super::amount::Amount;
use super::calendar::Window;
use super::derived::Derived;
use super::formula::{Formula, Null, ProgressFormula, Term};
use super::ids::{MetricId, PersonId, UnitId};
use super::words::{PeopleAggregation, TimeAggregation};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// Whom measurements are of; as a goal's scope, whose measurements count in it: a person's own, or those of a unit and
/// of all below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
}

/// One measurement of a subject on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// The unit that the person belonged to on that day, or the unit itself.
    pub unit: UnitId,
    /// What was measured.
    pub value: Amount,
    /// The combination of its dimensions, in one canonical text; empty without any.
    pub dimensions: Box<str>,
}

/// All that was measured of one subject of a metric on a day, in the order of entry; empty where nothing is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredDay {
    /// What was measured.
    pub metric: MetricId,
    /// Of whom.
    pub subject: Subject,
    /// The day.
    pub on: NaiveDate,
    /// The measurements, the one that was entered last at the end.
    pub measurements: Arc<[Measurement]>,
}

/// What a metric sets for the figures of goals on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricRules {
    /// Where its values come from.
    pub origin: Origin,
    /// What makes a goal's progress of its value, in place of the goal's direction.
    pub progress: Option<ProgressFormula>,
}

/// Where a metric's values come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is measured.
    Measured(Aggregation),
    /// It is computed from other metrics, each aggregated first over the same scope and period.
    Computed(Formula<Term<MetricId>>),
    /// It is neither: goals on it get their values from check-ins alone.
    Typed,
}

/// How a metric's measurements are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aggregation {
    /// Those of one subject, over time.
    pub time: TimeAggregation,
    /// The subjects.
    pub people: PeopleAggregation,
    /// Whether nothing measured is zero.
    pub empty_is_zero: bool,
}

/// Metrics by their ids.
pub type Metrics = HashMap<MetricId, MetricRules>;

/// The measured metrics that a goal on a metric with these days reads, through formulas and the periods before too, each
/// with the days of which it may read some.
pub fn reads(metrics: &Metrics, metric: MetricId, window: Window) -> Vec<(MetricId, Window)> {
    let all = followed(metrics, metric, Period::of(window, window.last()));
    all.into_iter().map(|(metric, period)| (metric, period.window())).collect()
}

/// A metric's value over a scope and a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The value, or why there is none.
    pub value: Result<Derived, Null>,
    /// The last day of the period that the value knows of: of the last measurement in it, of each day where nothing
    /// measured is zero; of a formula the latest of its inputs.
    pub last_data_on: Option<NaiveDate>,
}

impl Measured {
    /// Nothing was measured.
    pub(super) const NOTHING: Self = Self { value: Err(Null::Missing), last_data_on: None };
}

/// What one metric comes to over a scope and a period: what a goal with source `measurements` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) metric: MetricId,
    pub(super) scope: Subject,
    pub(super) period: Period,
}

#[cfg(test)]
mod tests;

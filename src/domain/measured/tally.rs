//! Measurements put together over time, and subjects put together.

use super::{Aggregation, Measurement};
use crate::domain::amount::{Amount, Weight};
use crate::domain::decimal::quotient;
use crate::domain::derived::Derived;
use crate::domain::mean::Mean;
use crate::domain::rollup::sum;
use crate::domain::words::{PeopleAggregation, TimeAggregation};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What some measurements of one subject come to, as far as any aggregation needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// How many there are: one at least.
    pub count: i128,
    /// Their sum, in the units of an amount.
    pub sum: i128,
    /// The least of them.
    pub least: Amount,
    /// The greatest of them.
    pub most: Amount,
    /// The day of the last of them.
    pub last_on: NaiveDate,
}

impl Tally {
    /// That of dated measurements; none without any.
    pub(super) fn of<'a>(rows: impl Iterator<Item = (NaiveDate, &'a Measurement)>) -> Option<Self> {
        rows.map(|(on, row)| Self::one(on, row.value)).reduce(Self::and)
    }

    /// That of a single one.
    pub fn one(on: NaiveDate, value: Amount) -> Self {
        Self { count: 1, sum: value.units().into(), least: value, most: value, last_on: on }
    }

    /// That of these and of others of the same subject.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            sum: self.sum + other.sum,
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            last_on: self.last_on.max(other.last_on),
        }
    }

    /// Over time, rounded as a derived value; none where it is beyond its bounds. Of `last` these are the latest ones
    /// of each combination of dimensions, which are added.
    pub(super) fn value(&self, time: TimeAggregation) -> Option<Derived> {
        match time {
            TimeAggregation::Sum | TimeAggregation::Last => Derived::from_amount_units(self.sum),
            TimeAggregation::Average => {
                Derived::from_units(quotient(self.sum.checked_mul(Derived::UNITS_OF_AN_AMOUNTS)?, self.count)?)
            }
            TimeAggregation::Min => Some(self.least.into()),
            TimeAggregation::Max => Some(self.most.into()),
        }
    }
}

/// What counts of one subject's measurements in a scope, as they are taken one after the other in the order of day and
/// entry. It comes to the same as [`counted`] over all of them.
#[derive(Debug, Clone)]
pub(super) enum Counted {
    /// All that were measured in there.
    Every(Option<Tally>),
    /// With `last` the latest of each combination of dimensions, wherever it was measured.
    Latest(BTreeMap<Box<str>, Latest>),
}

/// The latest measurement of a combination of dimensions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Latest {
    tally: Tally,
    is_inside: bool,
}

impl Counted {
    pub(super) const fn nothing(time: TimeAggregation) -> Self {
        match time {
            TimeAggregation::Last => Self::Latest(BTreeMap::new()),
            _ => Self::Every(None),
        }
    }

    /// Takes the next measurement in.
    pub(super) fn take(&mut self, on: NaiveDate, row: &Measurement, is_inside: bool) {
        let tally = Tally::one(on, row.value);
        match self {
            Self::Every(_) if !is_inside => {}
            Self::Every(before) => *before = Some(before.map_or(tally, |before| before.and(tally))),
            Self::Latest(latest) => match latest.get_mut(&row.dimensions) {
                Some(before) => *before = Latest { tally, is_inside },
                None => drop(latest.insert(row.dimensions.clone(), Latest { tally, is_inside })),
            },
        }
    }

    /// What counts; none where nothing does.
    pub(super) fn tally(&self) -> Option<Tally> {
        match self {
            Self::Every(tally) => *tally,
            Self::Latest(latest) => {
                latest.values().filter(|latest| latest.is_inside).map(|latest| latest.tally).reduce(Tally::and)
            }
        }
    }
}

/// Of one subject's measurements in the order of day and entry those that count in a scope: with `last` the latest of
/// each combination of dimensions, where it was measured in there; else all that were.
pub(super) fn counted<'a>(
    time: TimeAggregation,
    rows: impl Iterator<Item = (NaiveDate, &'a Measurement)>,
    is_inside: impl Fn(&Measurement) -> bool,
) -> Option<Tally> {
    if time != TimeAggregation::Last {
        return Tally::of(rows.filter(|(_, row)| is_inside(row)));
    }
    let latest: BTreeMap<&str, (NaiveDate, &Measurement)> =
        rows.map(|(on, row)| (&*row.dimensions, (on, row))).collect();
    Tally::of(latest.into_values().filter(|(_, row)| is_inside(row)))
}

/// What the subjects come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) struct Aggregate {
    /// The value; none where it, or a subject's, is beyond a derived value's bounds.
    pub(super) value: Option<Derived>,
    /// The day of the last measurement in it.
    pub(super) last_on: NaiveDate,
}

/// The subjects with a measurement put together, rounded as a derived value; none without any.
pub(super) fn over_people<'a>(
    rule: Aggregation,
    tallies: impl Iterator<Item = &'a Tally> + Clone,
) -> Option<Aggregate> {
    let last_on = tallies.clone().map(|tally| tally.last_on).max()?;
    let values: Option<Vec<i128>> = tallies.map(|tally| tally.value(rule.time).map(Derived::units)).collect();
    let together = |values: Vec<i128>| match rule.people {
        PeopleAggregation::Sum => Some(sum(values.into_iter())),
        PeopleAggregation::Average => Mean::of(values.into_iter().map(|value| (value, Weight::ONE))).rounded(),
        PeopleAggregation::Min => values.into_iter().min(),
        PeopleAggregation::Max => values.into_iter().max(),
    };
    Some(Aggregate { value: values.and_then(together).and_then(Derived::from_units), last_on })
}

//! What a series is answered with.

use crate::domain::comparison::Change;
use crate::domain::derived::{Derived, Fraction};
use crate::domain::ids::{GoalId, MetricId};
use crate::domain::measured::Told;
use crate::domain::words::{Direction, Locale, SeriesInterval, Word};
use crate::metrics::model::Metric;
use crate::org::{PersonRef, UnitRef};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What a metric comes to over days.
#[derive(Debug, Serialize, ToSchema)]
pub struct Series {
    /// The metric.
    pub metric: SeriesMetric,
    /// The unit that it is told of, with all below it; null where it is told of a person.
    pub unit: Option<UnitRef>,
    /// The person that it is told of; null where it is told of a unit.
    pub person: Option<PersonRef>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How long the points are.
    pub interval: SeriesInterval,
    /// What its groups are: `unit`, `person` or `dimension:<name>`; null without groups.
    #[schema(example = "dimension:product")]
    pub group_by: Option<String>,
    /// The measured goal whose plan the points carry, where one was named.
    pub goal_id: Option<GoalId>,
    /// All of it.
    #[serde(flatten)]
    pub figures: SeriesFigures,
    /// Its parts, each with a figure of its own, in the order asked for; null without `group_by`. Parts that the caller
    /// may not see are not among them.
    pub groups: Option<Vec<SeriesGroup>>,
    /// How many more groups there are than `limit`.
    pub more_groups: usize,
}

/// The metric of a series, as its values are shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesMetric {
    /// The metric.
    pub id: MetricId,
    /// Its code.
    pub code: String,
    /// Its name in the caller's language, in the other where it has none in that one.
    pub label: String,
    /// The unit as it is written beside values.
    pub display_unit: Option<String>,
    /// With how many decimals its values are shown, 0 to 4.
    pub decimals: i32,
    /// Which way is good: the order of ranks.
    pub direction: Direction,
}

/// What a metric comes to, point by point, over all days, and this year beside the last.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesFigures {
    /// The points, the earliest first: together all days from `from` to `to`, each once.
    pub points: Vec<SeriesPoint>,
    /// Over all days from `from` to `to`, aggregated over them as a whole and not from the points.
    pub total: SeriesSpan,
    /// Over the fiscal year in which `to` lies (today, where that is earlier), from its first day up to that day. Null
    /// with `years=false`.
    pub year_to_date: Option<SeriesSpan>,
    /// Over the fiscal year before, up to the same day of it. Null with `years=false`.
    pub year_before: Option<SeriesSpan>,
    /// How the year to date differs from the year before; null where either has no value.
    pub change: Option<SeriesChange>,
}

/// A value over some days.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesPoint {
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// What the metric comes to.
    #[serde(flatten)]
    pub figure: SeriesFigure,
    /// The goal's plan at the end of these days; left out where no goal was named or the days lie outside of its
    /// window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<SeriesPlan>,
}

/// A value over a span of days.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesSpan {
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// What the metric comes to.
    #[serde(flatten)]
    pub figure: SeriesFigure,
}

/// A value, and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeriesFigure {
    /// The value, a decimal string; null where there is none.
    pub value: Option<Derived>,
    /// Why there is no value, in the caller's language; null where there is one.
    #[schema(example = "It would divide by zero")]
    pub reason: Option<String>,
    /// How many measurements count in it, those of a formula's inputs and of `prev` included; of `last` the latest ones
    /// alone. Null where the value is held back.
    pub measurements: Option<i64>,
    /// How many people or units they are of. Null where the value is held back.
    pub subjects: Option<usize>,
}

/// Actual against plan, up to the last of some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeriesPlan {
    /// The value planned to be reached by then: on the goal's target plan, without one on the line from its start to its
    /// target. Null for directions without a plan.
    pub planned_to_date: Option<Derived>,
    /// The value reached by then, over the goal's window up to that day. Null where there is none, for days to come, and
    /// in all points where one of them would tell a figure that is held back.
    pub actual_to_date: Option<Derived>,
    /// How much of the plan lies on these days: what is planned by their end less what is planned by the day before
    /// them. Null for directions without a plan.
    pub planned: Option<Derived>,
}

/// How one value differs from an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeriesChange {
    /// By how much, a decimal string.
    pub difference: Derived,
    /// The difference as a share of the size of the earlier value, a number with 4 decimals; null where that is zero.
    pub fraction: Option<Fraction>,
}

/// A part of a series.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesGroup {
    /// Its place by `total`, the best one first in the metric's direction. Values shown alike share a place; null
    /// without a value.
    pub rank: Option<usize>,
    /// The unit, of `group_by=unit`; null of others.
    pub unit: Option<UnitRef>,
    /// Of `group_by=unit`: whether it is what was measured in the unit itself, not in one below it.
    pub directly: bool,
    /// The person, of `group_by=person`; null of others.
    pub person: Option<PersonRef>,
    /// The dimension's value, of `group_by=dimension:<name>`; null for what was measured without that dimension, and of
    /// other groups.
    #[schema(example = "GTX Pro")]
    pub dimension_value: Option<String>,
    /// What it comes to: aggregated as the whole is, over what was measured in this part.
    #[serde(flatten)]
    pub figures: SeriesFigures,
}

impl SeriesMetric {
    pub(super) fn of(metric: &Metric, locale: Locale) -> Self {
        Self {
            id: metric.id,
            label: metric.name(locale).to_owned(),
            code: metric.code.clone(),
            display_unit: metric.display_unit.clone(),
            decimals: metric.decimals,
            direction: metric.direction,
        }
    }
}

impl SeriesFigure {
    pub(super) fn of(told: &Told, locale: Locale) -> Self {
        Self {
            value: told.value.ok(),
            reason: told.value.err().map(|null| null.label(locale).to_owned()),
            measurements: i64::try_from(told.measurements).ok(),
            subjects: Some(told.subjects),
        }
    }

    /// That of days to come.
    pub(super) fn to_come(locale: Locale) -> Self {
        let reason = match locale {
            Locale::En => "These days have not come yet",
            Locale::Vi => "Chưa đến những ngày này",
        };
        Self { value: None, reason: Some(reason.to_owned()), measurements: Some(0), subjects: Some(0) }
    }

    /// One that would tell the reader what a single person reached whose figures they may not see.
    pub(super) fn held_back(locale: Locale) -> Self {
        let reason = match locale {
            Locale::En => "Held back: it would show the figures of a single person, which you may not see",
            Locale::Vi => "Không hiển thị: số liệu này để lộ kết quả của một người mà bạn không được xem",
        };
        Self { value: None, reason: Some(reason.to_owned()), measurements: None, subjects: None }
    }
}

impl SeriesChange {
    /// From the year before to this one, where both are shown.
    pub(super) fn of(before: Option<&SeriesSpan>, now: Option<&SeriesSpan>) -> Option<Self> {
        let Change { difference, fraction } = Change::between(before?.figure.value?, now?.figure.value?)?;
        Some(Self { difference, fraction })
    }
}

//! What is said about metrics: by clients, and by whoever defines them in code.

use crate::domain::words::{Direction, MeasuredFor, MetricUnit, PeopleAggregation, TimeAggregation};
use crate::http::{Patch, not_null};
use serde::Deserialize;

/// A text in English and in Vietnamese; in a change, a language that is left out stays.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextsIn {
    /// In English; null empties it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub en: Patch<String>,
    /// In Vietnamese; null empties it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub vi: Patch<String>,
}

/// A metric to be defined.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricIn {
    /// Its code, for good: a small letter, then small letters, digits and underscores; at most 50. Not the name of a
    /// function of formulas (`if`, `min`, `max`, `round`, `abs`, `clamp`, `coalesce`, `prev`), nor `value`, `target` or
    /// `start`.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,49}$", examples("won_value"))]
    pub code: String,
    /// Its name, at most 120 characters; in one language at least, the other then shows the same.
    pub name: TextsIn,
    /// What it means, at most 10 000 characters in each language.
    #[serde(default)]
    pub description: TextsIn,
    /// What sort of quantity it measures.
    pub unit: MetricUnit,
    /// The unit as it is written beside values, at most 30 characters: `VND`, `deals`.
    #[serde(default)]
    pub display_unit: Option<String>,
    /// With how many decimals its values are shown, 0 to 4.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 4)]
    pub decimals: i32,
    /// The direction of new goals on it; `increase` unless said, never `milestone`.
    #[serde(default = "increase")]
    pub direction: Direction,
    /// How measurements of one subject are put together over time.
    #[serde(default)]
    pub time_aggregation: Option<TimeAggregation>,
    /// How subjects are put together.
    #[serde(default)]
    pub people_aggregation: Option<PeopleAggregation>,
    /// Whom it is measured for.
    #[serde(default)]
    pub measured_for: Option<MeasuredFor>,
    /// Whether nothing measured is zero; only where both aggregations are `sum`.
    #[serde(default)]
    pub empty_is_zero: bool,
}

const fn increase() -> Direction {
    Direction::Increase
}

/// A change of a metric; what is left out stays. Once a goal past draft uses it, `unit`, the aggregations,
/// `measured_for` and `empty_is_zero` are fixed.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricPatch {
    /// Its name; a language without one shows the other's.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub name: Option<TextsIn>,
    /// What it means.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub description: Option<TextsIn>,
    /// What sort of quantity it measures.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub unit: Option<MetricUnit>,
    /// The unit as it is written beside values, at most 30 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub display_unit: Patch<String>,
    /// With how many decimals its values are shown, 0 to 4.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false, minimum = 0, maximum = 4)]
    pub decimals: Option<i32>,
    /// The direction of new goals on it, never `milestone`.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub direction: Option<Direction>,
    /// How measurements of one subject are put together over time.
    #[serde(default)]
    #[schema(value_type = Option<TimeAggregation>)]
    pub time_aggregation: Patch<TimeAggregation>,
    /// How subjects are put together.
    #[serde(default)]
    #[schema(value_type = Option<PeopleAggregation>)]
    pub people_aggregation: Patch<PeopleAggregation>,
    /// Whom it is measured for.
    #[serde(default)]
    #[schema(value_type = Option<MeasuredFor>)]
    pub measured_for: Patch<MeasuredFor>,
    /// Whether nothing measured is zero; only where both aggregations are `sum`.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub empty_is_zero: Option<bool>,
    /// Whether it is retired: not offered for new goals any more.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub retired: Option<bool>,
}

//! What is said about metrics: by clients, and by whoever defines them in code.

use crate::domain::amount::Amount;
use crate::domain::words::{Direction, FormulaKind, MeasuredFor, MetricUnit, PeopleAggregation, TimeAggregation};
use crate::http::{Patch, not_null};
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// How measurements of one subject are put together over time. With `people_aggregation` and `measured_for` it makes a
    /// metric that is measured; without all three (and without a formula) its values are typed in at check-ins alone.
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
    /// The formula over other metrics, at most 2 000 characters: such a metric is computed, not measured. It is kept in
    /// its canonical form. The page on formulas has the language.
    #[serde(default)]
    #[schema(examples("deals_won / (deals_won + deals_lost) * 100"))]
    pub formula: Option<String>,
    /// The formula that makes a goal's progress of `value`, `target` and `start`, at most 2 000 characters; 1 is 100 %.
    /// One in Base Goal's notation (`$percent = ($value-$target)*100/$target`) is translated.
    #[serde(default)]
    #[schema(examples("(value - start) / (target - start)"))]
    pub progress_formula: Option<String>,
    /// By what its measurements may be split, such as `product`; at most 10, each a small letter, then small letters,
    /// digits and underscores, at most 50. A formula metric has those that all of its inputs have.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub dimensions: Vec<String>,
}

const fn increase() -> Direction {
    Direction::Increase
}

/// A change of a metric; what is left out stays. Once a goal past draft uses it, directly or through formulas, what
/// figures depend on is fixed.
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
    /// The formula over other metrics; null makes it a metric that is not computed.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub formula: Patch<String>,
    /// The formula that makes a goal's progress of `value`, `target` and `start`; null: the goal's direction does.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub progress_formula: Patch<String>,
    /// By what its measurements may be split, all of them; none is taken away once it has measurements.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false, max_items = 10)]
    pub dimensions: Option<Vec<String>>,
    /// Whether it is retired: not offered for new goals any more.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub retired: Option<bool>,
}

/// A formula that someone writes.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormulaIn {
    /// What it makes: a metric of other metrics, or a goal's progress of `value`, `target` and `start`.
    pub kind: FormulaKind,
    /// Its text, at most 2 000 characters.
    #[schema(max_length = 2000, examples("deals_won / (deals_won + deals_lost) * 100"))]
    pub formula: String,
    /// The code of the metric that gets it, one that is there or a new one; of no matter to a progress formula. With it
    /// loops are found.
    #[serde(default)]
    #[schema(examples("win_rate"))]
    pub code: Option<String>,
}

/// A formula with values to try it on.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormulaPreviewIn {
    /// What it makes.
    pub kind: FormulaKind,
    /// Its text, at most 2 000 characters.
    #[schema(max_length = 2000, examples("(revenue - prev(revenue)) / prev(revenue) * 100"))]
    pub formula: String,
    /// The code of the metric that gets it, one that is there or a new one; of no matter to a progress formula.
    #[serde(default)]
    pub code: Option<String>,
    /// Its inputs by name: `revenue`, `prev(revenue)`; `value`, `target`, `start` of a progress formula; at most 500. An
    /// input that is computed itself may be given, or else what it is computed from: `prev(win_rate)` is computed from
    /// `prev(deals_won)` and `prev(deals_lost)`. What is left out is missing.
    #[serde(default)]
    #[schema(value_type = std::collections::HashMap<String, Amount>, examples(json!({ "revenue": "1000", "prev(revenue)": "800" })))]
    pub values: BTreeMap<String, Amount>,
}

//! A metric's definition.

use crate::db::columns::Json;
use crate::db::schema::metrics;
use crate::domain::ids::{MetricId, OrganizationId};
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use crate::domain::words::{Direction, Locale, MeasuredFor, MetricUnit, PeopleAggregation, TimeAggregation};
use diesel::prelude::*;
use serde_json::{Value, json};

/// A standard measure, defined once for the organization.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = metrics, treat_none_as_null = true)]
pub struct Metric {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: MetricId,
    /// Its code, fixed from the start.
    pub code: String,
    /// Its name in English, where it has one.
    pub name_en: Option<String>,
    /// Its name in Vietnamese, where it has one.
    pub name_vi: Option<String>,
    /// Its code and names as people search for them.
    pub names_folded: String,
    /// What it means, in English.
    pub description_en: Option<String>,
    /// What it means, in Vietnamese.
    pub description_vi: Option<String>,
    /// What sort of quantity it measures.
    pub unit: MetricUnit,
    /// The unit as it is written beside values: `VND`, `deals`.
    pub display_unit: Option<String>,
    /// With how many decimals its values are shown, 0 to 4.
    pub decimals: i32,
    /// The direction of new goals on it.
    pub direction: Direction,
    /// How measurements of one subject are put together over time.
    pub time_aggregation: Option<TimeAggregation>,
    /// How subjects are put together.
    pub people_aggregation: Option<PeopleAggregation>,
    /// Whom it is measured for.
    pub measured_for: Option<MeasuredFor>,
    /// Whether nothing measured is zero.
    pub empty_is_zero: bool,
    /// The formula over other metrics.
    pub formula: Option<String>,
    /// The formula of progress.
    pub progress_formula: Option<String>,
    /// When it was retired: it is not offered for new goals any more.
    pub retired_at: Option<Instant>,
    /// Moves with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// By what its measurements may be split.
    pub dimensions: Option<Json<Vec<String>>>,
    /// The standard metric of the library that it was made from.
    pub library_code: Option<String>,
}

impl Metric {
    /// Its name in a language; where it has none there, the one in the other.
    pub fn name(&self, locale: Locale) -> &str {
        let (own, other) = match locale {
            Locale::En => (&self.name_en, &self.name_vi),
            Locale::Vi => (&self.name_vi, &self.name_en),
        };
        own.as_deref().or(other.as_deref()).unwrap_or(&self.code)
    }

    /// What its values depend on, and those of all that is computed from it.
    pub(super) fn makes_values(&self) -> impl PartialEq {
        let aggregated = (self.time_aggregation, self.people_aggregation, self.measured_for, self.empty_is_zero);
        (aggregated, self.formula.clone())
    }

    /// What else the figures of its own goals depend on.
    pub(super) fn makes_figures(&self) -> impl PartialEq {
        (self.unit, self.progress_formula.clone())
    }

    /// Whether it has values without check-ins.
    pub(super) const fn has_values(&self) -> bool {
        self.formula.is_some() || self.measured_for.is_some()
    }

    /// By what its measurements may be split.
    pub fn dimensions(&self) -> &[String] {
        self.dimensions.as_ref().map(|dimensions| dimensions.0.as_slice()).unwrap_or_default()
    }

    /// Keeps its code and names as people search for them.
    pub(super) fn fold_names(&mut self) {
        let names = [Some(self.code.as_str()), self.name_en.as_deref(), self.name_vi.as_deref()];
        self.names_folded = fold(&names.into_iter().flatten().collect::<Vec<_>>().join("\n"));
    }

    /// What the event log keeps of it.
    pub(super) fn noted(&self) -> Value {
        json!({
            "code": self.code,
            "name": { "en": self.name_en, "vi": self.name_vi },
            "description": { "en": self.description_en, "vi": self.description_vi },
            "unit": self.unit,
            "display_unit": self.display_unit,
            "decimals": self.decimals,
            "direction": self.direction,
            "time_aggregation": self.time_aggregation,
            "people_aggregation": self.people_aggregation,
            "measured_for": self.measured_for,
            "empty_is_zero": self.empty_is_zero,
            "formula": self.formula,
            "progress_formula": self.progress_formula,
            "dimensions": self.dimensions(),
            "library_code": self.library_code,
            "retired_at": self.retired_at,
        })
    }
}

//! A metric's row as it is said to be.

use super::input::{MetricIn, MetricPatch, TextsIn};
use super::model::Metric;
use crate::db::Tx;
use crate::db::columns::Json;
use crate::domain::limits;
use crate::error::{Code, Faults};
use crate::http::Patch;

/// A text in English and in Vietnamese.
type Texts = (Option<String>, Option<String>);

pub(super) fn drafted(tx: &Tx<'_>, new: &MetricIn, faults: &mut Faults) -> Metric {
    let (name_en, name_vi) = names((None, None), &new.name, faults);
    let (description_en, description_vi) = descriptions((None, None), &new.description, faults);
    let mut metric = Metric {
        organization_id: tx.organization(),
        id: tx.new_id(),
        code: new.code.clone(),
        name_en,
        name_vi,
        names_folded: String::new(),
        description_en,
        description_vi,
        unit: new.unit,
        display_unit: faults.optional_line("/display_unit", new.display_unit.as_deref(), limits::DISPLAY_UNIT),
        decimals: new.decimals,
        direction: new.direction,
        time_aggregation: new.time_aggregation,
        people_aggregation: new.people_aggregation,
        measured_for: new.measured_for,
        empty_is_zero: new.empty_is_zero,
        formula: new.formula.clone(),
        progress_formula: new.progress_formula.clone(),
        retired_at: None,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
        dimensions: listed(&new.dimensions),
        library_code: None,
    };
    metric.fold_names();
    metric
}

pub(super) fn patched(tx: &Tx<'_>, before: &Metric, patch: &MetricPatch, faults: &mut Faults) -> Metric {
    let mut after = before.clone();
    if let Some(name) = &patch.name {
        (after.name_en, after.name_vi) = names((before.name_en.clone(), before.name_vi.clone()), name, faults);
        after.fold_names();
    }
    if let Some(description) = &patch.description {
        let was = (before.description_en.clone(), before.description_vi.clone());
        (after.description_en, after.description_vi) = descriptions(was, description, faults);
    }
    let over = |patch: &Patch<String>, before: &Option<String>| patch.clone().over(before.clone());
    let display_unit = over(&patch.display_unit, &before.display_unit);
    after.display_unit = faults.optional_line("/display_unit", display_unit.as_deref(), limits::DISPLAY_UNIT);
    after.unit = patch.unit.unwrap_or(before.unit);
    after.decimals = patch.decimals.unwrap_or(before.decimals);
    after.direction = patch.direction.unwrap_or(before.direction);
    after.time_aggregation = patch.time_aggregation.over(before.time_aggregation);
    after.people_aggregation = patch.people_aggregation.over(before.people_aggregation);
    after.measured_for = patch.measured_for.over(before.measured_for);
    after.empty_is_zero = patch.empty_is_zero.unwrap_or(before.empty_is_zero);
    after.formula = over(&patch.formula, &before.formula);
    after.progress_formula = over(&patch.progress_formula, &before.progress_formula);
    if let Some(dimensions) = &patch.dimensions {
        after.dimensions = listed(dimensions);
    }
    after.retired_at = match patch.retired {
        Some(true) => before.retired_at.or(Some(tx.now)),
        Some(false) => None,
        None => before.retired_at,
    };
    after
}

/// Nothing is kept of no dimensions.
pub(super) fn listed(dimensions: &[String]) -> Option<Json<Vec<String>>> {
    Some(dimensions.to_vec()).filter(|dimensions| !dimensions.is_empty()).map(Json)
}

/// The names in English and Vietnamese: one at least.
fn names(before: Texts, said: &TextsIn, faults: &mut Faults) -> Texts {
    let en = said.en.clone().over(before.0);
    let vi = said.vi.clone().over(before.1);
    let en = faults.optional_line("/name/en", en.as_deref(), limits::NAME);
    let vi = faults.optional_line("/name/vi", vi.as_deref(), limits::NAME);
    faults.check(en.is_some() || vi.is_some(), "/name", Code::Blank);
    (en, vi)
}

fn descriptions(before: Texts, said: &TextsIn, faults: &mut Faults) -> Texts {
    let en = said.en.clone().over(before.0);
    let vi = said.vi.clone().over(before.1);
    let en = faults.optional_text("/description/en", en.as_deref(), limits::DESCRIPTION);
    let vi = faults.optional_text("/description/vi", vi.as_deref(), limits::DESCRIPTION);
    (en, vi)
}

//! Taking metrics from the library.

use super::catalogue::Catalogue;
use super::define::{add, must_be_admin};
use super::draft::listed;
use super::library::{self, LibraryMetric};
use super::model::Metric;
use crate::db::Tx;
use crate::domain::formula;
use crate::domain::ids::MetricId;
use crate::domain::limits;
use crate::domain::words::LibraryOutcome;
use crate::error::{Code, Error, Faults, Result};
use crate::org::organization;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What came of a standard metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// The organization's metric.
    pub metric: MetricId,
    /// Whether it is new.
    pub outcome: LibraryOutcome,
    /// Whether it was chosen, or comes along since others are computed from it.
    pub chosen: bool,
}

/// Adds chosen standard metrics with all that they are computed from, those that are there already aside.
pub fn from_library(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<Adopted>> {
    must_be_admin(tx)?;
    let catalogue = Catalogue::held(tx)?;
    let there: BTreeMap<String, Metric> =
        super::all(tx)?.into_iter().map(|metric| (metric.code.clone(), metric)).collect();
    let chosen = checked(codes, &there, &catalogue)?;
    let mut adopted = vec![];
    for standard in library::with_inputs(&chosen) {
        let (metric, outcome) = match there.get(standard.code.as_str()) {
            Some(metric) => (metric.id, LibraryOutcome::Present),
            None => (adopt(tx, standard)?, LibraryOutcome::Added),
        };
        adopted.push(Adopted { metric, outcome, chosen: chosen.contains(&standard.code) });
    }
    Ok(adopted)
}

/// The chosen codes, each of the library, and its own and its inputs' codes free or taken by the same standard metric.
fn checked(
    codes: &[String],
    there: &BTreeMap<String, Metric>,
    catalogue: &Catalogue,
) -> Result<BTreeSet<formula::Code>> {
    let mut faults = Faults::new();
    faults.check(!codes.is_empty(), "/codes", Code::Blank);
    faults.check(codes.len() <= limits::BATCH, "/codes", Code::TooMany.with("most", limits::BATCH));
    let mut chosen = BTreeSet::new();
    for (index, text) in codes.iter().take(limits::BATCH).enumerate() {
        let pointer = format!("/codes/{index}");
        let Some(standard) = library::find(text) else {
            faults.add(pointer, Code::NoSuchReference);
            continue;
        };
        let needed = library::with_inputs(&BTreeSet::from([standard.code.clone()]));
        let own = |one: &&&LibraryMetric| there.get(one.code.as_str()).is_some_and(|own| own.library_code.is_none());
        let taken: Vec<&str> = needed.iter().filter(own).map(|one| one.code.as_str()).collect();
        faults.check(taken.is_empty(), &pointer, Code::LibraryCodeTaken.with("codes", taken.join(", ")));
        for retired in retired_inputs(&needed, there, catalogue) {
            faults.add(&pointer, Code::InputRetired.with("code", retired));
        }
        chosen.insert(standard.code.clone());
    }
    faults.finish()?;
    Ok(chosen)
}

/// Retired metrics are not taken into new formulas.
fn retired_inputs(
    needed: &[&LibraryMetric],
    there: &BTreeMap<String, Metric>,
    catalogue: &Catalogue,
) -> BTreeSet<formula::Code> {
    let new = needed.iter().filter(|one| !there.contains_key(one.code.as_str()));
    let inputs = new.flat_map(|one| one.inputs());
    inputs.filter(|input| catalogue.find(input).is_some_and(|(_, known)| known.is_retired)).collect()
}

fn adopt(tx: &mut Tx<'_>, standard: &LibraryMetric) -> Result<MetricId> {
    let organization = organization::get(tx)?;
    let formula = standard.formula().transpose().map_err(|_faults| Error::internal("a formula of the library"))?;
    let mut metric = Metric {
        organization_id: tx.organization(),
        id: tx.new_id(),
        code: standard.code.to_string(),
        name_en: Some(standard.name.en.clone()),
        name_vi: Some(standard.name.vi.clone()),
        names_folded: String::new(),
        description_en: Some(standard.description.en.clone()),
        description_vi: Some(standard.description.vi.clone()),
        unit: standard.unit,
        display_unit: Some(standard.display_unit(organization.locale, &organization.currency)),
        decimals: standard.decimals,
        direction: standard.direction,
        time_aggregation: standard.time_aggregation,
        people_aggregation: standard.people_aggregation,
        measured_for: standard.measured_for,
        empty_is_zero: standard.empty_is_zero,
        formula: formula.map(|formula| formula.to_string()),
        progress_formula: None,
        retired_at: None,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
        dimensions: listed(&standard.dimensions),
        library_code: Some(standard.code.to_string()),
    };
    metric.fold_names();
    add(tx, &metric)?;
    Ok(metric.id)
}

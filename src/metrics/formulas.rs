//! The formulas of metrics, read among all metrics of the organization.

mod preview;
mod validate;

pub use preview::{NoResult, Outcome, Preview, Step, preview};
pub use validate::{Input, Verdict, validate};

use super::catalogue::Catalogue;
use super::model::Metric;
use crate::domain::formula::{self, DefinitionFault, MetricFormula, ProgressFormula, check_definitions};
use crate::domain::limits;
use crate::domain::measured::Origin;
use crate::domain::words::Locale;
use crate::error::{Code, Faults, Said};
use serde_json::json;
use std::collections::BTreeSet;

/// What is wrong with a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A part of its text.
    Text(formula::Fault),
    /// What it is computed from.
    Inputs(Said),
}

impl Flaw {
    /// The fault of the field that the formula stands in.
    pub fn said(&self) -> Said {
        let fault = match self {
            Self::Text(fault) => fault,
            Self::Inputs(said) => return said.clone(),
        };
        let said = Code::BadFormula.with("place", fault.at + 1);
        let said = said.bilingual("sentence", fault.sentence(Locale::En), fault.sentence(Locale::Vi));
        said.member(
            "formula",
            json!({
                "kind": fault.kind.code(),
                "position": fault.at,
                "length": fault.length,
                "found": fault.found,
                "suggestion": fault.suggestion,
            }),
        )
    }
}

/// Reads a metric's formulas and keeps them in their canonical form.
pub(super) fn settle(metric: &mut Metric, catalogue: &Catalogue, faults: &mut Faults) {
    let own = formula::Code::new(&metric.code);
    if let Some(text) = metric.formula.take() {
        let read = of_metric(&text, own.as_ref(), catalogue);
        told("/formula", &read.flaws, faults);
        metric.formula = read.formula.map(|formula| formula.to_string());
    }
    if let Some(text) = metric.progress_formula.take() {
        let read = of_progress(&text);
        told("/progress_formula", &read.flaws, faults);
        metric.progress_formula = read.formula.map(|formula| formula.to_string());
    }
}

pub(super) fn told(pointer: &str, flaws: &[Flaw], faults: &mut Faults) {
    for flaw in flaws {
        faults.add(pointer, flaw.said());
    }
}

/// A formula, where its text is one, and what is wrong.
#[derive(Debug)]
pub(super) struct Read<F> {
    pub(super) formula: Option<F>,
    pub(super) flaws: Vec<Flaw>,
}

impl<F> Read<F> {
    fn of(parsed: Result<F, Vec<formula::Fault>>) -> Self {
        match parsed {
            Ok(formula) => Self { formula: Some(formula), flaws: vec![] },
            Err(faults) => Self { formula: None, flaws: faults.into_iter().map(Flaw::Text).collect() },
        }
    }
}

/// The formula of a goal's progress.
pub(super) fn of_progress(text: &str) -> Read<ProgressFormula> {
    Read::of(ProgressFormula::parse(text))
}

/// The formula of a metric, of the one with a code or of one that has none yet.
pub(super) fn of_metric(text: &str, own: Option<&formula::Code>, catalogue: &Catalogue) -> Read<MetricFormula> {
    let known = catalogue.codes().chain(own).cloned().collect();
    let mut read = Read::of(MetricFormula::parse(text, &known));
    if let Some(formula) = &read.formula {
        read.flaws.extend(flaws_of_inputs(formula, own, catalogue).into_iter().map(Flaw::Inputs));
    }
    read
}

fn flaws_of_inputs(formula: &MetricFormula, own: Option<&formula::Code>, catalogue: &Catalogue) -> Vec<Said> {
    let inputs: BTreeSet<formula::Code> = formula.codes().into_iter().cloned().collect();
    if inputs.is_empty() {
        return vec![Code::FormulaWithoutMetric.into()];
    }
    let mut definitions = catalogue.definitions();
    let had = own.and_then(|own| definitions.remove(own)).unwrap_or_default();
    let mut flaws = vec![];
    for code in inputs.iter().filter(|code| Some(*code) != own) {
        let Some((_, input)) = catalogue.find(code) else { continue };
        if input.is_retired && !had.contains(code) {
            flaws.push(Code::InputRetired.with("code", code));
        }
        if input.rules.origin == Origin::Typed {
            flaws.push(Code::InputNotMeasured.with("code", code));
        }
    }
    if let Some(own) = own {
        definitions.insert(own.clone(), inputs);
        flaws.extend(check_definitions(&definitions).err().map(|fault| way(&fault)));
    }
    flaws
}

/// The way through formulas that can't be.
fn way(fault: &DefinitionFault) -> Said {
    let named = |codes: &[formula::Code]| codes.iter().map(formula::Code::as_str).collect::<Vec<_>>().join(" → ");
    match fault {
        DefinitionFault::Loop(codes) => {
            let first = codes.first().map(formula::Code::as_str).unwrap_or_default();
            Code::FormulaLoop.with("way", format!("{} → {first}", named(codes)))
        }
        DefinitionFault::TooLong(codes) => {
            Code::FormulaChain.with("most", limits::FORMULA_CHAIN).with("way", named(codes))
        }
    }
}

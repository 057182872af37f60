//! What a formula comes to on values that are made up: for whoever writes one.

use super::validate::own_code;
use super::{of_metric, of_progress, told};
use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::derived::{Derived, Fraction};
use crate::domain::formula::{Formula, MetricFormula, Null, NullAt, ProgressFormula, Term, Variable};
use crate::domain::ids::MetricId;
use crate::domain::limits;
use crate::domain::measured::Origin;
use crate::domain::words::FormulaKind;
use crate::error::{Code, Faults, Result};
use crate::metrics::catalogue::Catalogue;
use crate::metrics::input::FormulaPreviewIn;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Display;

/// What a formula comes to.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its canonical text.
    pub canonical: String,
    /// What it comes to, or why it comes to nothing.
    pub outcome: Result<Outcome, NoResult>,
    /// Its inputs and what they are computed from, each after its own inputs.
    pub steps: Vec<Step>,
}

/// A result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A metric's value.
    Value(Derived),
    /// A goal's attainment.
    Attainment(Fraction),
}

/// Why there is no result, and in which part that comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoResult {
    /// Why.
    pub reason: Null,
    /// The part of the formula.
    pub part: String,
}

/// An input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How it is written: `revenue`, `prev(revenue)`.
    pub name: String,
    /// The metric; none in a progress formula.
    pub metric: Option<MetricId>,
    /// Whether its value was given.
    pub is_given: bool,
    /// Its value, or why there is none.
    pub value: Result<Derived, Null>,
}

/// Tries a formula on values.
pub fn preview(tx: &mut Tx<'_>, asked: &FormulaPreviewIn) -> Result<Preview> {
    let mut faults = Faults::new();
    let few = asked.values.len() <= limits::FORMULA_PARTS;
    faults.check(few, "/values", Code::TooMany.with("most", limits::FORMULA_PARTS));
    faults.finish()?;
    match asked.kind {
        FormulaKind::Progress => of_a_goal(asked),
        FormulaKind::Metric => of_metrics(asked, &Catalogue::load(tx.conn, tx.organization())?),
    }
}

impl NoResult {
    fn of<I: Display>(null: NullAt<'_, I>) -> Self {
        Self { reason: null.reason, part: null.at.to_string() }
    }
}

fn of_a_goal(asked: &FormulaPreviewIn) -> Result<Preview> {
    let read = of_progress(&asked.formula);
    let formula: ProgressFormula =
        sound(read, &asked.values, |_| Variable::ALL.map(|one| one.name().to_owned()).into())?;
    let value = |variable: &Variable| asked.values.get(variable.name()).map(|given| Derived::from(*given));
    let outcome = formula.fraction(&mut |variable| value(variable).ok_or(Null::Missing));
    let used: BTreeSet<&Variable> = formula.inputs().into_iter().collect();
    let step = |variable: &Variable| {
        let (name, given) = (variable.name().to_owned(), value(variable));
        Step { name, metric: None, is_given: given.is_some(), value: given.ok_or(Null::Missing) }
    };
    Ok(Preview {
        canonical: formula.to_string(),
        outcome: outcome.map(Outcome::Attainment).map_err(NoResult::of),
        steps: used.into_iter().map(step).collect(),
    })
}

fn of_metrics(asked: &FormulaPreviewIn, catalogue: &Catalogue) -> Result<Preview> {
    let own = own_code(asked.code.as_deref())?;
    let read = of_metric(&asked.formula, own.as_ref(), catalogue);
    let formula: MetricFormula = sound(read, &asked.values, |formula| names_in(formula, catalogue))?;
    let mut sample = Sample { catalogue, values: &asked.values, known: HashMap::new(), steps: vec![] };
    let inputs = formula.inputs().into_iter();
    let values: HashMap<&Term<_>, _> = inputs
        .filter_map(|term| Some((term, sample.value(catalogue.find(&term.metric)?.0, usize::from(term.before)))))
        .collect();
    let of = |term: &Term<_>| values.get(term).copied().unwrap_or(Err(Null::Missing));
    let outcome = formula.value(&mut |term| of(term).map_err(Null::of_input));
    Ok(Preview {
        canonical: formula.to_string(),
        outcome: outcome.map(Outcome::Value).map_err(NoResult::of),
        steps: sample.steps,
    })
}

/// The formula, if it is one, given nothing but what it is computed from.
fn sound<F>(
    read: super::Read<F>,
    values: &BTreeMap<String, Amount>,
    names: impl FnOnce(&F) -> BTreeSet<String>,
) -> Result<F> {
    let mut faults = Faults::new();
    told("/formula", &read.flaws, &mut faults);
    if let Some(formula) = &read.formula {
        let names = names(formula);
        for name in values.keys().filter(|name| !names.contains(*name)) {
            faults.add(format!("/values/{}", name.replace('~', "~0").replace('/', "~1")), Code::NotAnInput);
        }
    }
    faults.finish()?;
    read.formula.ok_or_else(|| Code::BadFormula.into())
}

/// Everything that may be given to a formula: its inputs, and what they are computed from.
fn names_in(formula: &MetricFormula, catalogue: &Catalogue) -> BTreeSet<String> {
    let named = formula.inputs().into_iter();
    let mut open: Vec<(MetricId, usize)> =
        named.filter_map(|term| Some((catalogue.find(&term.metric)?.0, usize::from(term.before)))).collect();
    let mut met: BTreeSet<(MetricId, usize)> = open.iter().copied().collect();
    while let Some((metric, back)) = open.pop() {
        let inputs = formula_of(catalogue, metric).into_iter().flat_map(Formula::inputs);
        let inputs = inputs.map(|term| (term.metric, back + usize::from(term.before)));
        open.extend(inputs.filter(|input| met.insert(*input)));
    }
    met.into_iter().map(|(metric, back)| name_of(catalogue, metric, back)).collect()
}

fn formula_of(catalogue: &Catalogue, metric: MetricId) -> Option<&Formula<Term<MetricId>>> {
    match catalogue.rules(metric).map(|rules| &rules.origin) {
        Some(Origin::Computed(formula)) => Some(formula),
        _ => None,
    }
}

/// How a metric is written, so many periods before.
fn name_of(catalogue: &Catalogue, metric: MetricId, back: usize) -> String {
    let code = catalogue.code(metric).map(ToString::to_string).unwrap_or_default();
    format!("{}{code}{}", "prev(".repeat(back), ")".repeat(back))
}

/// Values that are made up, and what follows from them.
struct Sample<'a> {
    catalogue: &'a Catalogue,
    values: &'a BTreeMap<String, Amount>,
    /// By metric, so many periods before.
    known: HashMap<(MetricId, usize), Result<Derived, Null>>,
    steps: Vec<Step>,
}

impl Sample<'_> {
    /// What is given of a metric, or what it is computed to be. Formulas make no loop.
    fn value(&mut self, metric: MetricId, back: usize) -> Result<Derived, Null> {
        if let Some(known) = self.known.get(&(metric, back)) {
            return *known;
        }
        let name = name_of(self.catalogue, metric, back);
        let given = self.values.get(&name).map(|given| Derived::from(*given));
        let value = match (given, formula_of(self.catalogue, metric)) {
            (Some(given), _) => Ok(given),
            (None, Some(formula)) => self.computed(formula, back),
            (None, None) => Err(Null::Missing),
        };
        self.known.insert((metric, back), value);
        self.steps.push(Step { name, metric: Some(metric), is_given: given.is_some(), value });
        value
    }

    fn computed(&mut self, formula: &Formula<Term<MetricId>>, back: usize) -> Result<Derived, Null> {
        let inputs = formula.inputs().into_iter();
        let values: HashMap<_, _> =
            inputs.map(|term| (*term, self.value(term.metric, back + usize::from(term.before)))).collect();
        let of = |term: &Term<MetricId>| values.get(term).copied().unwrap_or(Err(Null::Missing));
        formula.value(&mut |term| of(term).map_err(Null::of_input)).map_err(|null| null.reason)
    }
}

//! Whether a text is a formula, and what it would make: for whoever writes one.

use super::{Flaw, of_metric, of_progress};
use crate::db::Tx;
use crate::domain::formula::{Code, MetricFormula, Term, Variable};
use crate::domain::words::FormulaKind;
use crate::error::{Faults, Result};
use crate::metrics::catalogue::{Catalogue, Feeding};
use crate::metrics::check::check_code;
use crate::metrics::input::FormulaIn;
use std::collections::BTreeSet;

/// What there is to say of a formula.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// Its canonical text, where its text is a formula.
    pub canonical: Option<String>,
    /// Whether it came in Base Goal's notation.
    pub is_translated: bool,
    /// What it is computed from, where its text is a formula.
    pub inputs: Vec<Input>,
    /// What the metric's values would come from.
    pub feeding: Feeding,
    /// What is wrong.
    pub flaws: Vec<Flaw>,
}

/// What a formula is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A metric, over the period or over the one before.
    Metric(Term<Code>),
    /// What a goal is asked.
    Goal(Variable),
}

/// Reads a formula as the metric would that gets it.
pub fn validate(tx: &mut Tx<'_>, asked: &FormulaIn) -> Result<Verdict> {
    if asked.kind == FormulaKind::Progress {
        return Ok(of_a_goal(&asked.formula));
    }
    let own = own_code(asked.code.as_deref())?;
    Ok(of_metrics(&asked.formula, own.as_ref(), &Catalogue::load(tx.conn, tx.organization())?))
}

/// The code of the metric that gets a formula.
pub(super) fn own_code(text: Option<&str>) -> Result<Option<Code>> {
    let mut faults = Faults::new();
    if let Some(text) = text {
        check_code(text, &mut faults);
    }
    faults.finish()?;
    Ok(text.and_then(Code::new))
}

fn of_a_goal(text: &str) -> Verdict {
    let read = of_progress(text);
    let Some(formula) = read.formula else { return Verdict { flaws: read.flaws, ..Verdict::default() } };
    let inputs: BTreeSet<Variable> = formula.inputs().into_iter().copied().collect();
    Verdict {
        canonical: Some(formula.to_string()),
        // Nothing else has a dollar.
        is_translated: text.contains('$'),
        inputs: inputs.into_iter().map(Input::Goal).collect(),
        ..Verdict::default()
    }
}

fn of_metrics(text: &str, own: Option<&Code>, catalogue: &Catalogue) -> Verdict {
    let read = of_metric(text, own, catalogue);
    let Some(formula) = read.formula else { return Verdict { flaws: read.flaws, ..Verdict::default() } };
    let metrics = formula.codes().into_iter().filter_map(|code| Some(catalogue.find(code)?.0));
    Verdict {
        canonical: Some(formula.to_string()),
        is_translated: false,
        inputs: terms(&formula).into_iter().map(Input::Metric).collect(),
        feeding: catalogue.feeding_of(metrics.collect()),
        flaws: read.flaws,
    }
}

/// Its inputs, each once.
fn terms(formula: &MetricFormula) -> BTreeSet<Term<Code>> {
    formula.inputs().into_iter().cloned().collect()
}

//! What the names in a formula stand for.

use super::code::{Code, RESERVED};
use super::fault::{Fault, FaultKind};
use super::near::nearest;
use super::tree::Expr;
use std::collections::BTreeSet;

/// A name as it is written, with how many characters come before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) at: usize,
    /// Whether it stands in `prev`.
    pub(super) before: bool,
}

/// A metric, over the period or over the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term<M> {
    /// The metric.
    pub metric: M,
    /// Whether it is that of the period before: `prev(code)`.
    pub before: bool,
}

/// What a progress formula asks of its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// Its value.
    Value,
    /// Its target.
    Target,
    /// Its start.
    Start,
}

impl Variable {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Value, Self::Target, Self::Start];

    /// How it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Target => "target",
            Self::Start => "start",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.name() == name)
    }
}

/// The formula over the metrics of these codes, or every name that is none of them.
pub(super) fn of_metrics(named: &Expr<Name>, known: &BTreeSet<Code>) -> Result<Expr<Term<Code>>, Vec<Fault>> {
    let term = |name: &Name| {
        let metric = Code::new(&name.text).filter(|code| known.contains(code))?;
        Some(Term { metric, before: name.before })
    };
    resolved(named, term, |name| {
        if RESERVED.contains(&name.text.as_str()) {
            return Fault::of(FaultKind::OnlyInProgress, name.at, &name.text);
        }
        let fault = Fault::of(FaultKind::UnknownMetric, name.at, &name.text);
        fault.meant(nearest(&name.text, known.iter().map(Code::as_str)))
    })
}

/// The formula over a goal's value, target and start, or every name that is none of them.
pub(super) fn of_progress(named: &Expr<Name>) -> Result<Expr<Variable>, Vec<Fault>> {
    let variable = |name: &Name| Variable::named(&name.text).filter(|_| !name.before);
    resolved(named, variable, |name| {
        let fault = Fault::of(FaultKind::NotInProgress, name.at, &name.text);
        fault.meant(nearest(&name.text, Variable::ALL.map(Variable::name)))
    })
}

/// The formula over what its names stand for, or every fault among them.
pub(super) fn resolved<I>(
    named: &Expr<Name>,
    of: impl Fn(&Name) -> Option<I>,
    fault: impl Fn(&Name) -> Fault,
) -> Result<Expr<I>, Vec<Fault>> {
    let faults = || named.inputs().into_iter().filter(|name| of(name).is_none()).map(&fault).collect();
    named.map(&of).ok_or_else(faults)
}

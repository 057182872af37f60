//! Formulas: how a metric is computed from other metrics, and how a goal's value becomes its progress.
//!
//! A formula is a number made of numbers, names and `+ - * /`, with unary minus and parentheses, `if(c, a, b)`,
//! `min max round abs clamp coalesce`. `*` and `/` bind tighter than `+` and `-`, all of them left to right. A name is
//! a metric's code, or `prev(code)` for the period before; in a progress formula `value`, `target` or `start`.
//!
//! A comparison (`= != < <= > >=`) is no number: it is the condition of an `if` and stands nowhere else, so that nobody
//! adds up truths. Whoever wants 1 and 0 writes `if(a > b, 1, 0)`.
//!
//! It is evaluated exactly, as a ratio of whole numbers, and rounded once at its end. Where it has no result it is null,
//! with the reason: a division by zero or a missing input makes all of it null, but for what `coalesce` replaces and
//! for the branch of an `if` that is not taken.

mod base_goal;
mod code;
mod definitions;
mod evaluate;
mod fault;
mod lexer;
mod names;
mod near;
mod parser;
mod print;
mod tree;

pub use super::words::Null;
pub use code::Code;
pub use definitions::{DefinitionFault, check_definitions};
pub use evaluate::NullAt;
pub use fault::{Fault, FaultKind};
pub use names::{Term, Variable};
pub use tree::{Comparison, Condition, Expr, Function, Number, Operator};

use std::collections::BTreeSet;

/// A formula over inputs of a kind. Its text is the canonical one, which reads back as the same formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula<I>(Expr<I>);

/// A formula that makes a metric of other metrics.
pub type MetricFormula = Formula<Term<Code>>;

/// A formula that makes a goal's progress of its value, target and start: 1 is 100 %.
pub type ProgressFormula = Formula<Variable>;

impl MetricFormula {
    /// Reads a formula over the metrics of these codes.
    pub fn parse(text: &str, known: &BTreeSet<Code>) -> Result<Self, Vec<Fault>> {
        names::of_metrics(&parser::parse(text)?, known).map(Self)
    }

    /// The metrics that it is computed from.
    pub fn codes(&self) -> BTreeSet<&Code> {
        self.0.inputs().into_iter().map(|term| &term.metric).collect()
    }

    /// The same formula over what the codes stand for; none where one stands for nothing.
    pub fn resolve<M>(&self, of: impl Fn(&Code) -> Option<M>) -> Option<Formula<Term<M>>> {
        let term = |term: &Term<Code>| Some(Term { metric: of(&term.metric)?, before: term.before });
        self.0.map(&term).map(Formula)
    }
}

impl ProgressFormula {
    /// Reads a formula over `value`, `target` and `start`, or one in Base Goal's notation
    /// (`$percent = ($value-$target)*100/$target`, with `$value`, `$target` and `$initial`), which is translated.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let Some(body) = base_goal::body_of(text)? else { return names::of_progress(&parser::parse(text)?).map(Self) };
        let translated = base_goal::translate(&parser::parse_after(text, body)?)?;
        // The translation is a little larger: it too has to keep within the limits.
        names::of_progress(&parser::parse(&translated.to_string())?).map(Self)
    }
}

impl<I> Formula<I> {
    /// What it is made of.
    pub const fn tree(&self) -> &Expr<I> {
        &self.0
    }

    /// Its text with the inputs written in another way.
    pub fn written<J: std::fmt::Display>(&self, as_what: impl Fn(&I) -> J) -> String {
        self.0.map(&|input| Some(as_what(input))).map_or_else(String::new, |written| written.to_string())
    }

    /// Every input, each as often as it is named.
    pub fn inputs(&self) -> Vec<&I> {
        self.0.inputs()
    }
}

#[cfg(test)]
mod tests;

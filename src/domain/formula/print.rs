//! The canonical text of a formula: one space around signs, parentheses only where they are needed.

use super::Formula;
use super::names::{Term, Variable};
use super::tree::{Condition, Expr, Number};
use crate::domain::decimal::write_shortest;
use std::fmt::{self, Display};

impl<I: Display> Display for Formula<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<I: Display> Display for Expr<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Input(input) => input.fmt(f),
            Self::Negative(inner) => {
                f.write_str("-")?;
                inside(f, inner, matches!(**inner, Self::Arithmetic(..)))
            }
            Self::Arithmetic(operator, sides) => {
                let [left, right] = &**sides;
                let binds = |side: &Self| match side {
                    Self::Arithmetic(inner, _) => inner.tightness(),
                    _ => u8::MAX,
                };
                inside(f, left, binds(left) < operator.tightness())?;
                write!(f, " {} ", operator.sign())?;
                inside(f, right, binds(right) <= operator.tightness())
            }
            Self::If(condition, branches) => {
                let [then, otherwise] = &**branches;
                write!(f, "if({condition}, {then}, {otherwise})")
            }
            Self::Round(inner, 0) => write!(f, "round({inner})"),
            Self::Round(inner, decimals) => write!(f, "round({inner}, {decimals})"),
            Self::Call(function, parts) => {
                write!(f, "{}(", function.name())?;
                for (at, part) in parts.iter().enumerate() {
                    write!(f, "{}{part}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str(")")
            }
        }
    }
}

/// Writes a part, in parentheses where it needs them.
fn inside<I: Display>(f: &mut fmt::Formatter<'_>, part: &Expr<I>, needs_them: bool) -> fmt::Result {
    if needs_them { write!(f, "({part})") } else { part.fmt(f) }
}

impl<I: Display> Display for Condition<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [left, right] = &self.sides;
        write!(f, "{left} {} {right}", self.comparison.sign())
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_shortest(f, self.units, self.decimals.into())
    }
}

impl<M: Display> Display for Term<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.before { write!(f, "prev({})", self.metric) } else { self.metric.fmt(f) }
    }
}

impl Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

//! What a formula comes to: exact until it is rounded once at its end.

use super::Formula;
use super::tree::{Comparison, Condition, Expr, Function, Number, Operator};
use crate::domain::derived::{Derived, Fraction};
use crate::domain::words::Null;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// Why there is no result, with the part of the formula in which that comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NullAt<'a, I> {
    /// Why.
    pub reason: Null,
    /// The missing input, the divisor, or else what could not be computed.
    pub at: &'a Expr<I>,
}

impl Null {
    /// Why what is computed from this has no result: its input is missing, or beyond.
    #[must_use]
    pub const fn of_input(self) -> Self {
        if matches!(self, Self::OutOfRange) { self } else { Self::Missing }
    }
}

/// The longest numerator or denominator on the way, in bits: 1 000 digits and more.
const MOST_BITS: u64 = 4_096;

type Evaluated<'a, I> = Result<BigRational, NullAt<'a, I>>;

impl<I> Formula<I> {
    /// Its result as a value, rounded once to 8 decimals, its inputs being values.
    pub fn value(&self, of: &mut impl FnMut(&I) -> Result<Derived, Null>) -> Result<Derived, NullAt<'_, I>> {
        let exact = evaluate(self.tree(), of)?;
        let units = rounded(&exact, 8).to_i128().and_then(Derived::from_units);
        units.ok_or(NullAt { reason: Null::OutOfRange, at: self.tree() })
    }

    /// Its result as a fraction, rounded once to 12 decimals and held in ±10^9, its inputs being values.
    pub fn fraction(&self, of: &mut impl FnMut(&I) -> Result<Derived, Null>) -> Result<Fraction, NullAt<'_, I>> {
        let exact = evaluate(self.tree(), of)?;
        let beyond = if exact.is_negative() { i128::MIN } else { i128::MAX };
        Ok(Fraction::from_units(rounded(&exact, 12).to_i128().unwrap_or(beyond)))
    }
}

/// A part of a formula, exactly.
fn evaluate<'a, I>(part: &'a Expr<I>, of: &mut impl FnMut(&I) -> Result<Derived, Null>) -> Evaluated<'a, I> {
    let null = |reason| NullAt { reason, at: part };
    let exact = match part {
        Expr::Number(Number { units, decimals }) => scaled(*units, u32::from(*decimals)),
        Expr::Input(input) => scaled(of(input).map_err(null)?.units(), 8),
        Expr::Negative(inner) => -evaluate(inner, of)?,
        Expr::Arithmetic(operator, sides) => {
            let [left, right] = &**sides;
            let (first, second) = (evaluate(left, of)?, evaluate(right, of)?);
            match operator {
                Operator::Plus => first + second,
                Operator::Minus => first - second,
                Operator::Times => first * second,
                Operator::By if second.is_zero() => {
                    return Err(NullAt { reason: Null::DivisionByZero, at: right });
                }
                Operator::By => first / second,
            }
        }
        Expr::If(condition, branches) => {
            let [then, otherwise] = &**branches;
            return evaluate(if holds(condition, of)? { then } else { otherwise }, of);
        }
        Expr::Round(inner, decimals) => {
            let places = u32::from(*decimals);
            BigRational::new(rounded(&evaluate(inner, of)?, places), ten_to(places))
        }
        Expr::Call(Function::Coalesce, parts) => return first_known(parts, of, null(Null::Missing)),
        Expr::Call(function, parts) => {
            let parts = parts.iter().map(|part| evaluate(part, of)).collect::<Result<Vec<_>, _>>()?;
            call(*function, parts).map_err(null)?
        }
    };
    let is_short = exact.numer().bits() <= MOST_BITS && exact.denom().bits() <= MOST_BITS;
    if is_short { Ok(exact) } else { Err(null(Null::TooManyDigits)) }
}

/// The first part that is not null; where all are, the last one's reason.
fn first_known<'a, I>(
    parts: &'a [Expr<I>],
    of: &mut impl FnMut(&I) -> Result<Derived, Null>,
    none: NullAt<'a, I>,
) -> Evaluated<'a, I> {
    let mut null = none;
    for part in parts {
        match evaluate(part, of) {
            Ok(known) => return Ok(known),
            Err(reason) => null = reason,
        }
    }
    Err(null)
}

fn call(function: Function, parts: Vec<BigRational>) -> Result<BigRational, Null> {
    let mut parts = parts.into_iter();
    let first = parts.next().ok_or(Null::Missing)?;
    match function {
        Function::Abs => Ok(first.abs()),
        Function::Min => Ok(parts.fold(first, Ord::min)),
        Function::Max => Ok(parts.fold(first, Ord::max)),
        Function::Coalesce => Ok(first),
        Function::Clamp => match (parts.next(), parts.next()) {
            (Some(low), Some(high)) if low <= high => Ok(first.clamp(low, high)),
            _ => Err(Null::BoundsCrossed),
        },
    }
}

fn holds<'a, I>(
    condition: &'a Condition<I>,
    of: &mut impl FnMut(&I) -> Result<Derived, Null>,
) -> Result<bool, NullAt<'a, I>> {
    let [left, right] = &condition.sides;
    let order = evaluate(left, of)?.cmp(&evaluate(right, of)?);
    Ok(match condition.comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::AtLeast => order != Ordering::Less,
    })
}

fn ten_to(places: u32) -> BigInt {
    BigInt::from(10).pow(places)
}

/// So many units of 10^-`places`.
fn scaled(units: i128, places: u32) -> BigRational {
    BigRational::new(units.into(), ten_to(places))
}

/// In units of 10^-`places`, rounded once, half away from zero.
fn rounded(exact: &BigRational, places: u32) -> BigInt {
    let twice = exact.numer().abs() * ten_to(places) * 2 + exact.denom();
    let size: BigInt = twice / (exact.denom() * 2);
    if exact.is_negative() { -size } else { size }
}

//! Stored values and weights: exact decimals with at most 4 decimals.

use super::decimal::{Packed64, write_shortest};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A stored value (check-in, start, target, measurement): an exact decimal with at most 4 decimals, between
/// −9·10^14 and 9·10^14. More decimals or a larger value is refused, never rounded.
///
/// Its text, in JSON a string, is the shortest: `"12.5"`, `"0"`, `"-0.0001"`. JSON numbers of at most 15
/// significant digits are accepted too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Packed64);

/// Why a text or number is no [`Amount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not digits with an optional sign before and an optional point between.
    #[error("is not a decimal number")]
    NotANumber,
    /// More than 4 decimals.
    #[error("has more than 4 decimals")]
    TooManyDecimals,
    /// Beyond ±9·10^14, or beyond what a weight may be.
    #[error("is out of range")]
    OutOfRange,
    /// A JSON number of more than 15 significant digits: such a value is sent as a string.
    #[error("is a number of more than 15 significant digits: send it as a string")]
    TooManyDigits,
}

impl Amount {
    /// How many decimals there are.
    pub const DECIMALS: u32 = 4;
    /// Zero.
    pub const ZERO: Self = Self(Packed64::new(0));
    /// One.
    pub const ONE: Self = Self(Packed64::new(Self::UNITS_OF_ONE));
    /// The largest, 9·10^14.
    pub const MAX: Self = Self(Packed64::new(9_000_000_000_000_000_000));

    const UNITS_OF_ONE: i64 = 10_000;

    /// The amount of so many units of 10^-4, if it is in range.
    pub const fn from_units(units: i64) -> Option<Self> {
        if units.unsigned_abs() <= Self::MAX.units().unsigned_abs() { Some(Self(Packed64::new(units))) } else { None }
    }

    /// How many units of 10^-4 it has: what the databases keep.
    pub const fn units(self) -> i64 {
        self.0.get()
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = match unsigned.split_once('.') {
            Some((_, "")) => return Err(AmountError::NotANumber),
            Some(parts) => parts,
            None => (unsigned, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(AmountError::NotANumber);
        }
        if part.len() > 4 {
            return Err(AmountError::TooManyDecimals);
        }
        let units: i64 = format!("{whole}{part:0<4}").parse().map_err(|_beyond_64_bits| AmountError::OutOfRange)?;
        let signed = if unsigned.len() < text.len() { -units } else { units };
        Self::from_units(signed).ok_or(AmountError::OutOfRange)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_shortest(f, self.units().into(), Self::DECIMALS)
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

/// Takes an amount from a JSON string or number.
struct AmountVisitor;

impl de::Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal as a string, or as a number of at most 15 significant digits")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Amount, E> {
        of_number(&number.to_string()).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Amount, E> {
        of_number(&number.to_string()).map_err(E::custom)
    }

    /// A binary number stands for the shortest decimal that it is nearest to; up to 15 digits that is the one
    /// that was sent.
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Amount, E> {
        of_number(&number.to_string()).map_err(E::custom)
    }
}

/// The amount of a JSON number's text, if it has at most 15 significant digits.
fn of_number(text: &str) -> Result<Amount, AmountError> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.len() > 15 { Err(AmountError::TooManyDigits) } else { text.parse() }
}

impl ToSchema for Amount {}

impl PartialSchema for Amount {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^-?\d{1,15}(\.\d{1,4})?$"))
            .description(Some(
                "An exact decimal with at most 4 decimals, from -900000000000000 to 900000000000000, written in \
                 shortest form. Accepted as a JSON number too, of at most 15 significant digits.",
            ))
            .examples(["12.5", "0", "-0.0001"])
            .into()
    }
}

/// How much a link or a step counts: an amount from 0 to 1 000 000. At 0 it is there for the picture alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Weight(Amount);

impl Weight {
    /// No weight.
    pub const ZERO: Self = Self(Amount::ZERO);
    /// The weight where none is given.
    pub const ONE: Self = Self(Amount::ONE);

    const MAX_UNITS: i64 = 10_000_000_000;

    /// The weight of so many units of 10^-4, if it is in range.
    pub const fn from_units(units: i64) -> Option<Self> {
        match Amount::from_units(units) {
            Some(amount) if units >= 0 && units <= Self::MAX_UNITS => Some(Self(amount)),
            _ => None,
        }
    }

    /// How many units of 10^-4 it has.
    pub const fn units(self) -> i64 {
        self.0.units()
    }

    /// Whether it counts at all.
    pub const fn is_zero(self) -> bool {
        self.units() == 0
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self::ONE
    }
}

impl TryFrom<Amount> for Weight {
    type Error = AmountError;

    fn try_from(amount: Amount) -> Result<Self, AmountError> {
        Self::from_units(amount.units()).ok_or(AmountError::OutOfRange)
    }
}

impl FromStr for Weight {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        text.parse::<Amount>()?.try_into()
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Amount::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
    }
}

impl ToSchema for Weight {}

impl PartialSchema for Weight {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^\d{1,7}(\.\d{1,4})?$"))
            .description(Some(
                "How much a link or a step counts: an exact decimal with at most 4 decimals from 0 to 1000000. At 0 \
                 it is there for the picture alone. Accepted as a JSON number too.",
            ))
            .default(Some("1".into()))
            .examples(["1", "2.5", "0"])
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, AmountError> {
        text.parse::<Amount>().map(|amount| amount.to_string())
    }

    fn of_json<T: de::DeserializeOwned + fmt::Display>(json: &str) -> Result<String, String> {
        serde_json::from_str::<T>(json).map(|read| read.to_string()).map_err(|fault| fault.to_string())
    }

    #[test]
    fn texts_are_exact_and_leave_in_shortest_form() {
        for (text, shortest) in [
            ("12.5000", "12.5"),
            ("0", "0"),
            ("-0", "0"),
            ("-0.0001", "-0.0001"),
            ("007", "7"),
            ("900000000000000", "900000000000000"),
            ("-900000000000000.0000", "-900000000000000"),
            ("899999999999999.9999", "899999999999999.9999"),
        ] {
            assert_eq!(parse(text), Ok(shortest.to_owned()));
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_by_its_reason() {
        for text in ["", "-", "+1", ".5", "5.", "1e3", " 1", "1 000", "1,5", "--1", "1.2.3", "٣"] {
            assert_eq!(parse(text), Err(AmountError::NotANumber), "{text}");
        }
        for text in ["0.00001", "1.00000"] {
            assert_eq!(parse(text), Err(AmountError::TooManyDecimals), "{text}");
        }
        for text in ["900000000000000.0001", "-900000000000001", "99999999999999999999999999"] {
            assert_eq!(parse(text), Err(AmountError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn json_numbers_of_15_digits_are_taken_by_their_text() {
        for (json, shortest) in [
            ("12.5", "12.5"),
            ("0.1", "0.1"),
            ("-0.0", "0"),
            ("1e3", "1000"),
            ("900000000000000", "900000000000000"),
            ("12345678901.2345", "12345678901.2345"),
            ("\"123456789012345.6789\"", "123456789012345.6789"),
        ] {
            assert_eq!(of_json::<Amount>(json), Ok(shortest.to_owned()));
        }
        for (json, reason) in [
            ("123456789012.3456", "15 significant digits"),
            ("0.00001", "more than 4 decimals"),
            ("1e300", "out of range"),
            ("true", "a decimal as a string"),
            ("\"x\"", "not a decimal number"),
        ] {
            let fault = of_json::<Amount>(json).err().unwrap_or_default();
            assert!(fault.contains(reason), "{json}: {fault}");
        }
    }

    #[test]
    fn a_weight_is_from_0_to_a_million() {
        assert_eq!(of_json::<Weight>("\"1000000\""), Ok("1000000".to_owned()));
        assert_eq!(of_json::<Weight>("0"), Ok("0".to_owned()));
        assert_eq!("-1".parse::<Weight>(), Err(AmountError::OutOfRange));
        assert_eq!("1000000.0001".parse::<Weight>(), Err(AmountError::OutOfRange));
        assert_eq!(Weight::default().to_string(), "1");
    }
}

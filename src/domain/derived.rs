//! What figures are made of: derived values and fractions, both exact to a fixed number of decimals.

use super::amount::Amount;
use super::decimal::{Packed128, quotient, read_shortest, write_shortest};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{KnownFormat, RefOr, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

/// A derived value (an aggregation, a planned value, a forecast): 8 decimals inside, 4 when it leaves, as a string
/// in shortest form. It may be up to 9·10^17; beyond, there is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Derived(Packed128);

impl Derived {
    /// Zero.
    pub const ZERO: Self = Self(Packed128::new(0));

    const MAX_UNITS: u128 = 90_000_000_000_000_000_000_000_000;
    /// How many units an amount's unit has.
    pub(super) const UNITS_OF_AN_AMOUNTS: i128 = 10_000;

    /// The value of so many units of 10^-8, if it is in range.
    pub const fn from_units(units: i128) -> Option<Self> {
        if units.unsigned_abs() <= Self::MAX_UNITS { Some(Self(Packed128::new(units))) } else { None }
    }

    /// The value of so many units of 10^-4, if it is in range: what sums of stored values come to.
    pub fn from_amount_units(units: i128) -> Option<Self> {
        Self::from_units(units.checked_mul(Self::UNITS_OF_AN_AMOUNTS)?)
    }

    /// How many units of 10^-8 it has.
    pub const fn units(self) -> i128 {
        self.0.get()
    }

    /// What is left of it without another one, if that is in range.
    pub const fn less(self, other: Self) -> Option<Self> {
        Self::from_units(self.units() - other.units())
    }
}

impl From<Amount> for Derived {
    fn from(amount: Amount) -> Self {
        Self(Packed128::new(i128::from(amount.units()) * Self::UNITS_OF_AN_AMOUNTS))
    }
}

impl fmt::Display for Derived {
    /// To 4 decimals, rounded once, half away from zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_shortest(f, quotient(self.units(), 10_000).unwrap_or_default(), 4)
    }
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_shortest(f, self.units(), 8)
    }
}

impl Serialize for Derived {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Derived {
    /// As it left: with 4 decimals. What was kept is read so.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let units = read_shortest(&text, 8).and_then(Self::from_units);
        units.ok_or_else(|| de::Error::custom("is not a derived value"))
    }
}

impl ToSchema for Derived {}

impl PartialSchema for Derived {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^-?\d{1,18}(\.\d{1,4})?$"))
            .description(Some("A derived value, rounded to 4 decimals, in shortest form."))
            .examples(["390000000", "53.3333"])
            .into()
    }
}

/// A fraction (a goal's attainment, progress, expected): 1 is 100 %. 12 decimals inside, 4 when it leaves, as a JSON
/// number. Held in ±10^9.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(Packed128);

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self(Packed128::new(0));
    /// All of it.
    pub const ONE: Self = Self(Packed128::new(Self::UNITS_OF_ONE));

    pub(super) const UNITS_OF_ONE: i128 = 1_000_000_000_000;
    const MAX_UNITS: i128 = 1_000_000_000 * Self::UNITS_OF_ONE;

    /// The fraction of so many units of 10^-12, held in ±10^9.
    pub fn from_units(units: i128) -> Self {
        Self(Packed128::new(units.clamp(-Self::MAX_UNITS, Self::MAX_UNITS)))
    }

    /// The exact ratio of two numbers, rounded once to 12 decimals, and held. None where `whole` is zero.
    ///
    /// The numbers are at most two derived values apart, so that the product stays within 128 bits; a larger one
    /// would be held all the same.
    pub(super) fn ratio(part: i128, whole: i128) -> Option<Self> {
        quotient(part.saturating_mul(Self::UNITS_OF_ONE), whole).map(Self::from_units)
    }

    /// Held in [0, 1].
    #[must_use]
    pub fn held_in_one(self) -> Self {
        self.clamp(Self::ZERO, Self::ONE)
    }

    /// How many units of 10^-12 it has.
    pub const fn units(self) -> i128 {
        self.0.get()
    }

    /// Units of 10^-10, rounded once: how fractions are compared with thresholds, marks and 1.
    pub(super) fn to_compare(self) -> i128 {
        comparable(self.units())
    }
}

/// Units of 10^-12 rounded once to units of 10^-10.
pub(super) fn comparable(units: i128) -> i128 {
    quotient(units, 100).unwrap_or_default()
}

impl fmt::Display for Fraction {
    /// To 4 decimals, rounded once, half away from zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_shortest(f, quotient(self.units(), 100_000_000).unwrap_or_default(), 4)
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_shortest(f, self.units(), 12)
    }
}

impl Serialize for Fraction {
    /// The JSON number of its text: at most 14 digits, which every reader gives back as they are. The quotient of two
    /// whole numbers below 2^53 is the number nearest to it, as reading the text would be.
    #[expect(clippy::cast_precision_loss, reason = "a fraction has at most 10^13 ten-thousandths")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ten_thousandths = quotient(self.units(), 100_000_000).unwrap_or_default();
        serializer.serialize_f64(ten_thousandths as f64 / 10_000.0)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    /// As it left: with 4 decimals. What was kept is read so.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = format!("{:.4}", f64::deserialize(deserializer)?);
        read_shortest(&text, 12).map(Self::from_units).ok_or_else(|| de::Error::custom("is not a fraction"))
    }
}

impl ToSchema for Fraction {}

impl PartialSchema for Fraction {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
            .description(Some("A fraction, 1 being 100 %, rounded to 4 decimals."))
            .examples([0.7625])
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_value_leaves_with_4_decimals_and_none_is_beyond_its_bound() {
        let leaves = |units| Derived::from_units(units).map(|value| value.to_string());
        assert_eq!(leaves(123_450_000), Some("1.2345".to_owned()));
        assert_eq!(leaves(5_000), Some("0.0001".to_owned()));
        assert_eq!(leaves(-5_000), Some("-0.0001".to_owned()));
        assert_eq!(leaves(-4_999), Some("0".to_owned()));
        assert_eq!(leaves(90_000_000_000_000_000_000_000_000), Some("900000000000000000".to_owned()));
        assert_eq!(leaves(90_000_000_000_000_000_000_000_001), None);
    }

    #[test]
    fn a_fraction_leaves_as_the_json_number_of_its_4_decimals() {
        for (units, json) in [
            (762_500_000_000, "0.7625"),
            (1_000_000_000_000, "1.0"),
            (-49_999_999, "0.0"),
            (50_000_000, "0.0001"),
            (999_999_999_123_450_000_000, "999999999.1235"),
        ] {
            assert_eq!(serde_json::to_string(&Fraction::from_units(units)).ok().as_deref(), Some(json));
        }
    }

    #[test]
    fn what_was_kept_is_read_as_it_left() {
        for json in ["\"-12.5\"", "\"0\"", "\"900000000000000000\"", "\"0.0001\""] {
            let read: Derived = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        for json in ["0.7625", "-0.05", "1.0", "999999999.1235"] {
            let read: Fraction = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        assert!(serde_json::from_str::<Derived>("\"1e3\"").is_err());
    }

    #[test]
    fn a_fraction_is_held() {
        assert_eq!(
            Fraction::ratio(90_009_000_000_000_000_000_000_000, 1).map(|held| held.to_string()),
            Some("1000000000".to_owned())
        );
        assert_eq!(Fraction::ratio(-3, 2).map(Fraction::held_in_one), Some(Fraction::ZERO));
        assert_eq!(Fraction::ratio(1, 0), None);
    }
}

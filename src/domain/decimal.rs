//! The ground that exact numbers stand on: integers of a fixed power of ten, one rounding, one text.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use std::fmt;

/// Defines integers that are never their type's smallest one, so that an `Option` of them takes no more room.
macro_rules! packed {
    ($($(#[$doc:meta])* $name:ident($non_zero:ident of $int:ident);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) struct $name(std::num::$non_zero);

        impl $name {
            /// Packs a number; the type's smallest one stands as the one above it.
            pub(super) const fn new(number: $int) -> Self {
                match std::num::$non_zero::new(number ^ $int::MIN) {
                    Some(bits) => Self(bits),
                    None => Self(std::num::$non_zero::MIN.saturating_pow(0)),
                }
            }

            /// The number.
            pub(super) const fn get(self) -> $int {
                self.0.get() ^ $int::MIN
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.get().cmp(&other.get())
            }
        }
    )*};
}

packed! {
    /// 64 bits.
    Packed64(NonZeroI64 of i64);
    /// 128 bits.
    Packed128(NonZeroI128 of i128);
}

/// The exact quotient rounded once to an integer, half away from zero. None where the divisor is zero or the
/// quotient is beyond the type.
pub(super) fn quotient(dividend: i128, divisor: i128) -> Option<i128> {
    let whole = dividend.checked_div(divisor)?;
    let rest = dividend.checked_rem(divisor)?.unsigned_abs();
    let up = rest >= divisor.unsigned_abs() - rest;
    if up { whole.checked_add(dividend.signum() * divisor.signum()) } else { Some(whole) }
}

/// The exact `number`·`part`/`whole` rounded once to an integer, half away from zero, however large the product is. None
/// where `whole` is zero or the result is beyond the type.
pub(super) fn proportion(number: i128, part: i128, whole: i128) -> Option<i128> {
    let product = BigInt::from(number) * part;
    let divisor = BigInt::from(whole.unsigned_abs());
    let half_up: BigInt = product.abs() * 2 + &divisor;
    let size = half_up.checked_div(&(divisor * 2))?.to_i128()?;
    let below_zero = product.is_negative() != whole.is_negative();
    if below_zero { size.checked_neg() } else { Some(size) }
}

/// Writes `units` of 10^-`decimals` in shortest form: no exponent, no trailing zeros, no `-0`.
pub(super) fn write_shortest(f: &mut fmt::Formatter<'_>, units: i128, decimals: u32) -> fmt::Result {
    let one = 10_u128.pow(decimals);
    let size = units.unsigned_abs();
    if units < 0 {
        f.write_str("-")?;
    }
    write!(f, "{}", size / one)?;
    let (mut part, mut width) = (size % one, usize::try_from(decimals).unwrap_or(0));
    if part == 0 {
        return Ok(());
    }
    while part % 10 == 0 {
        (part, width) = (part / 10, width - 1);
    }
    write!(f, ".{part:0width$}")
}

/// Reads what [`write_shortest`] wrote: units of 10^-`decimals`. None where it is no such text.
pub(super) fn read_shortest(text: &str, decimals: usize) -> Option<i128> {
    let (unsigned, sign) = text.strip_prefix('-').map_or((text, 1), |unsigned| (unsigned, -1));
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits || part.len() > decimals {
        return None;
    }
    format!("{whole}{part:0<decimals$}").parse::<i128>().ok()?.checked_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_number_comes_out_as_it_went_in_and_its_option_takes_no_more_room() {
        for number in [0, 1, -1, i128::MAX, i128::MIN + 1] {
            assert_eq!(Packed128::new(number).get(), number);
        }
        assert_eq!(Packed64::new(i64::MIN).get(), i64::MIN + 1);
        assert!(Packed64::new(-2) < Packed64::new(1));
        assert_eq!(size_of::<Option<Packed64>>(), 8);
        assert_eq!(size_of::<Option<Packed128>>(), 16);
    }

    #[test]
    fn a_quotient_is_rounded_half_away_from_zero() {
        let cases = [(5, 2, 3), (-5, 2, -3), (5, -2, -3), (-5, -2, 3), (4, 3, 1), (-4, 3, -1), (0, 7, 0), (-1, 3, 0)];
        for (dividend, divisor, rounded) in cases {
            assert_eq!(quotient(dividend, divisor), Some(rounded), "{dividend}/{divisor}");
        }
        assert_eq!(quotient(1, 0), None);
        assert_eq!(quotient(i128::MIN, -1), None);
        assert_eq!(quotient(i128::MAX, i128::MAX), Some(1));
    }

    #[test]
    fn a_proportion_is_exact_beyond_128_bits() {
        let large = 90_000_000_000_000_000_000_000_000;
        assert_eq!(proportion(large, large, large), Some(large));
        assert_eq!(proportion(-large, large - 1, large), Some(-(large - 1)));
        assert_eq!(proportion(1, 1, 2), Some(1));
        assert_eq!(proportion(-1, 1, 2), Some(-1));
        assert_eq!(proportion(1, 1, -3), Some(0));
        assert_eq!(proportion(1, 1, 0), None);
        assert_eq!(proportion(i128::MAX, 2, 1), None);
    }
}

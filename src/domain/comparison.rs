//! Figures beside each other: places by value, and the change against an earlier one.

use super::decimal::quotient;
use super::derived::{Derived, Fraction};
use super::words::Direction;
use std::cmp::Ordering;

/// The place of each value, the best one first in its direction (the greatest where the direction does not say). Values
/// that are shown alike share a place, and as many places after it are left out; what has no value has no place.
pub fn places(values: &[Option<Derived>], direction: Direction) -> Vec<Option<usize>> {
    let shown = |value: &Derived| quotient(value.units(), 10_000).unwrap_or_default();
    let better = |one: i128, other: i128| match direction {
        Direction::Decrease | Direction::AtMost => other.cmp(&one),
        Direction::Increase | Direction::AtLeast | Direction::Between | Direction::Milestone => one.cmp(&other),
    };
    let mut best_first: Vec<i128> = values.iter().flatten().map(shown).collect();
    best_first.sort_unstable_by(|one, other| better(*other, *one));
    let ahead = |value: i128| best_first.partition_point(|other| better(*other, value) == Ordering::Greater);
    values.iter().map(|value| value.as_ref().map(|value| ahead(shown(value)) + 1)).collect()
}

/// How a value differs from an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// By how much.
    pub difference: Derived,
    /// The difference as a share of the size of the earlier one; none of zero.
    pub fraction: Option<Fraction>,
}

impl Change {
    /// From an earlier value to a later one; none where their difference is beyond a derived value's bounds.
    pub fn between(earlier: Derived, later: Derived) -> Option<Self> {
        let difference = Derived::from_units(later.units() - earlier.units())?;
        Some(Self { difference, fraction: Fraction::ratio(difference.units(), earlier.units().abs()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(units: i128) -> Option<Derived> {
        Derived::from_units(units)
    }

    #[test]
    fn values_shown_alike_share_a_place_and_the_next_ones_come_after_all_of_them() {
        let values = [value(3_0000), value(9_0000), value(9_0001), None, value(-1_0000), value(3_4999)];
        let up = [Some(3), Some(1), Some(1), None, Some(5), Some(3)];
        assert_eq!(places(&values, Direction::Increase), up);
        assert_eq!(places(&values, Direction::Between), up);
        let down = [Some(2), Some(4), Some(4), None, Some(1), Some(2)];
        assert_eq!(places(&values, Direction::AtMost), down);
        assert!(places(&[], Direction::Increase).is_empty());
    }

    #[test]
    fn a_change_is_told_as_a_share_of_the_size_of_what_was_before() {
        let change = |earlier, later| {
            let change = Change::between(value(earlier)?, value(later)?)?;
            Some((change.difference.units(), change.fraction.map(|fraction| fraction.to_string())))
        };
        assert_eq!(change(4_000, 5_000), Some((1_000, Some("0.25".to_owned()))));
        assert_eq!(change(-4_000, 5_000), Some((9_000, Some("2.25".to_owned()))));
        assert_eq!(change(4_000, 0), Some((-4_000, Some("-1".to_owned()))));
        assert_eq!(change(0, 5), Some((5, None)));
        let most = 90_000_000_000_000_000_000_000_000;
        assert_eq!(change(-most, most), None);
    }
}

//! The weighted mean of values and of fractions.

use super::amount::Weight;
use super::decimal::quotient;

/// Σ wᵢ·xᵢ / Σ wᵢ, exact until it is rounded once, half away from zero.
///
/// A weighted sum of values does not fit in 128 bits, so it is kept as `high`·2^64 + `low`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mean {
    high: i128,
    low: i128,
    weight: i128,
}

impl Mean {
    /// The mean of weighted numbers.
    pub(super) fn of(numbers: impl Iterator<Item = (i128, Weight)>) -> Self {
        let mut mean = Self::default();
        for (number, weight) in numbers {
            mean.add(number, i128::from(weight.units()));
        }
        mean
    }

    /// Takes one number in. `low` stays short of 2^127 for half a billion of them.
    fn add(&mut self, number: i128, weight: i128) {
        self.high = self.high.saturating_add((number >> 64).saturating_mul(weight));
        self.low = self.low.saturating_add((number & i128::from(u64::MAX)).saturating_mul(weight));
        self.weight = self.weight.saturating_add(weight);
    }

    /// The mean rounded to an integer; none without weight.
    pub(super) fn rounded(self) -> Option<i128> {
        let high = self.high.checked_add(self.low >> 64)?;
        let low = self.low & i128::from(u64::MAX);
        let above = high.checked_div_euclid(self.weight)?;
        let rest = high.checked_rem_euclid(self.weight)?.checked_mul(1 << 64)?.checked_add(low)?;
        let whole = above.checked_mul(1 << 64)?;
        if high >= 0 {
            return whole.checked_add(quotient(rest, self.weight)?);
        }
        // Below zero: what is missing up to the next multiple is rounded instead, so that halves go away from zero.
        let missing = self.weight.checked_mul(1 << 64)?.checked_sub(rest)?;
        whole.checked_add(1 << 64)?.checked_sub(quotient(missing, self.weight)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(numbers: &[(i128, i64)]) -> Option<i128> {
        let weighted = numbers.iter().filter_map(|(number, weight)| Some((*number, Weight::from_units(*weight)?)));
        Mean::of(weighted).rounded()
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(mean(&[(1, 1), (2, 1)]), Some(2));
        assert_eq!(mean(&[(-1, 1), (-2, 1)]), Some(-2));
        assert_eq!(mean(&[(-1, 2), (-2, 1)]), Some(-1));
        assert_eq!(mean(&[(-1, 1), (1, 1)]), Some(0));
        assert_eq!(mean(&[(-1, 1), (0, 1)]), Some(-1));
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn the_largest_values_with_the_largest_weights_stay_exact() {
        let largest = 90_000_000_000_000_000_000_000_000;
        assert_eq!(mean(&[(largest, 10_000_000_000); 400]), Some(largest));
        assert_eq!(mean(&[(-largest, 10_000_000_000); 400]), Some(-largest));
        assert_eq!(mean(&[(largest, 10_000_000_000), (-largest, 9_999_999_999)]), Some(4_500_000_000_225_000));
    }
}

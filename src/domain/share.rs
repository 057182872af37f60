//! Sharing a number out: exact to the last unit.

use super::amount::Amount;
use super::decimal::quotient;
use super::derived::Derived;

/// The number of units of 10^-4 in one.
const ONE: i64 = 10_000;

/// The smallest unit that amounts are shared out in: that of so many decimals (0 to 4), or 0.0001 where one of the
/// amounts is finer than that.
pub fn smallest_unit(decimals: u32, amounts: &[Amount]) -> Amount {
    let unit = ONE.checked_div(10_i64.saturating_pow(decimals)).unwrap_or_default().max(1);
    let fits = amounts.iter().all(|amount| amount.units() % unit == 0);
    Amount::from_units(if fits { unit } else { 1 }).unwrap_or(Amount::ONE)
}

/// Shares a total out in proportion to weights, all above zero, in whole smallest units: the sum is exactly the total,
/// and each share is less than one unit off its exact one.
///
/// The largest remainder decides who gets the units that are left over; of equal ones the larger weight, then the
/// smaller key. So shares do not depend on the order of the weights. None without weights, where one is not above zero,
/// where a key is there twice, or where the total is no whole number of units.
pub fn share<K: Ord>(total: Amount, unit: Amount, weights: &[(K, Amount)]) -> Option<Vec<Amount>> {
    let whole = total.units().checked_div(unit.units()).filter(|_| total.units() % unit.units() == 0)?;
    let sum: i128 = weights.iter().map(|(_, weight)| i128::from(weight.units())).sum();
    if sum <= 0 || weights.iter().any(|(_, weight)| weight.units() <= 0) {
        return None;
    }
    let size = i128::from(whole.unsigned_abs());
    // At most 9·10^18 units by 9·10^18: within 128 bits.
    let exact = |weight: &Amount| size * i128::from(weight.units());
    let mut shares: Vec<i128> = weights.iter().map(|(_, weight)| exact(weight) / sum).collect();
    let mut places: Vec<usize> = (0..weights.len()).collect();
    let rank = |place: &usize| {
        let (key, weight) = weights.get(*place)?;
        Some((std::cmp::Reverse((exact(weight) % sum, *weight)), key))
    };
    places.sort_by(|one, other| rank(one).cmp(&rank(other)));
    if places.windows(2).any(|pair| matches!(pair, [one, other] if rank(one) == rank(other))) {
        return None;
    }
    let left_over = usize::try_from(size - shares.iter().sum::<i128>()).ok()?;
    for place in places.into_iter().take(left_over) {
        if let Some(share) = shares.get_mut(place) {
            *share += 1;
        }
    }
    let units = |share: i128| i64::try_from(share).ok()?.checked_mul(unit.units())?.checked_mul(whole.signum());
    shares.into_iter().map(|share| Amount::from_units(units(share)?)).collect()
}

/// A result as a weight for shares: the sum of some values, rounded to an amount; none where it is not above zero.
pub fn weight_of(results: impl IntoIterator<Item = Derived>) -> Option<Amount> {
    let sum = results.into_iter().try_fold(0_i128, |sum, value| sum.checked_add(value.units()))?;
    let units = i64::try_from(quotient(sum, ONE.into())?).ok()?;
    Amount::from_units(units).filter(|weight| *weight > Amount::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    fn shared(total: &str, unit: &str, weights: &[&str]) -> Option<Vec<String>> {
        let weights: Vec<_> = weights.iter().enumerate().map(|(key, weight)| (key, amount(weight))).collect();
        let shares = share(amount(total), amount(unit), &weights)?;
        Some(shares.into_iter().map(|share| share.to_string()).collect())
    }

    #[test]
    fn what_is_left_over_goes_to_the_largest_remainders() {
        assert_eq!(shared("100", "1", &["1", "1", "1"]).unwrap(), ["34", "33", "33"]);
        assert_eq!(shared("10", "1", &["1", "2", "4"]).unwrap(), ["1", "3", "6"]);
        assert_eq!(shared("0.01", "0.0001", &["1", "1", "1"]).unwrap(), ["0.0034", "0.0033", "0.0033"]);
        assert_eq!(shared("-100", "1", &["1", "1", "1"]).unwrap(), ["-34", "-33", "-33"]);
        assert_eq!(shared("3", "1", &["1", "1", "2", "2"]).unwrap(), ["1", "0", "1", "1"]);
    }

    #[test]
    fn what_can_not_be_shared_out_is_refused() {
        assert_eq!(shared("1", "1", &[]), None);
        assert_eq!(shared("1", "1", &["1", "0"]), None);
        assert_eq!(shared("1", "1", &["1", "-1"]), None);
        assert_eq!(shared("1.5", "1", &["1"]), None);
        assert_eq!(share(amount("2"), amount("1"), &[("a", amount("1")), ("a", amount("1"))]), None);
    }

    #[test]
    fn the_unit_is_that_of_the_decimals_unless_an_amount_is_finer() {
        let unit = |decimals, amounts: &[&str]| {
            let amounts: Vec<_> = amounts.iter().map(|text| amount(text)).collect();
            smallest_unit(decimals, &amounts).to_string()
        };
        assert_eq!(unit(0, &["100", "0"]), "1");
        assert_eq!(unit(2, &["100.25"]), "0.01");
        assert_eq!(unit(0, &["100.5"]), "0.0001");
        assert_eq!(unit(4, &["100"]), "0.0001");
    }

    #[test]
    fn results_make_weights_above_zero() {
        let value = |text: &str| Derived::from(amount(text));
        assert_eq!(weight_of([value("1.5"), value("2")]), Some(amount("3.5")));
        assert_eq!(weight_of([value("-1"), value("1")]), None);
        assert_eq!(weight_of([]), None);
    }

    fn weights() -> impl Strategy<Value = Vec<(u32, Amount)>> {
        let units = prop_oneof![Just(10_000_i64), 1..=50_000_i64, 1..=Amount::MAX.units()];
        let weights = proptest::collection::vec(units, 1..40);
        weights.prop_map(|units| (0..).zip(units.into_iter().filter_map(Amount::from_units)).collect())
    }

    proptest! {
        #[test]
        fn the_sum_is_exact_and_each_share_is_less_than_a_unit_off(
            weights in weights(),
            whole in prop_oneof![-200_i64..=200, -Amount::MAX.units() / 10_000..=Amount::MAX.units() / 10_000],
            decimals in 0_u32..=4,
        ) {
            let unit = smallest_unit(decimals, &[]);
            let total = Amount::from_units(whole * unit.units()).unwrap();
            let shares = share(total, unit, &weights).unwrap();
            prop_assert_eq!(shares.iter().map(|share| share.units()).sum::<i64>(), total.units());
            let sum: i128 = weights.iter().map(|(_, weight)| i128::from(weight.units())).sum();
            for (share, (_, weight)) in shares.iter().zip(&weights) {
                let off = i128::from(share.units() / unit.units()) * sum - i128::from(whole) * i128::from(weight.units());
                prop_assert!(off.abs() < sum, "{} of {:?}", share, weight);
            }
        }

        #[test]
        fn the_order_of_the_weights_does_not_matter(
            (straight, shuffled) in weights().prop_flat_map(|weights| (Just(weights.clone()), Just(weights).prop_shuffle())),
            whole in 0_i64..=1_000,
        ) {
            let total = Amount::from_units(whole * 10_000).unwrap();
            let by_key = |weights: &[(u32, Amount)]| {
                let shares = share(total, Amount::ONE, weights).unwrap();
                let mut by_key: Vec<_> = weights.iter().map(|(key, _)| *key).zip(shares).collect();
                by_key.sort_unstable();
                by_key
            };
            prop_assert_eq!(by_key(&straight), by_key(&shuffled));
        }
    }
}

//! The points that each goal adds to the one above, rounded so that what is shown adds up to what is shown.

use crate::domain::amount::Weight;
use crate::domain::decimal::quotient;
use crate::domain::derived::{Derived, Fraction};
use crate::domain::figures::Standing;
use crate::domain::rollup::{Contributor, put_in, told_value};
use crate::domain::words::Source;

/// What a goal adds to the figures of the goal above, each with the 4 decimals that it is shown with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Points {
    /// To its value: of a value rollup.
    pub value: Option<Derived>,
    /// To its progress: through links.
    pub progress: Option<Fraction>,
    /// To its attainment: through links.
    pub attainment: Option<Fraction>,
    /// To what is expected of it: through links.
    pub expected: Option<Fraction>,
}

/// Units of 10^-8 in one of the 4th decimal that a value is shown with.
const VALUE_SHOWN: i128 = 10_000;
/// Units of 10^-12 in one of the 4th decimal that a fraction is shown with.
const FRACTION_SHOWN: i128 = 100_000_000;

/// The points of the goals that count in a value rollup that stands at a value made of theirs; nothing where it does
/// not.
pub(super) fn of_values(source: Source, counted: &[Contributor<'_>], above: &Standing) -> Vec<Points> {
    let nothing = vec![Points::default(); counted.len()];
    let made_of_theirs = counted.iter().any(|child| told_value(child).is_some());
    let Some(value) = above.value.filter(|_| made_of_theirs) else { return nothing };
    let parts: Vec<_> = counted.iter().map(|child| (put_in(source, child).unwrap_or(0), child.weight)).collect();
    let shares = match source {
        Source::Min | Source::Max => the_one_that_decides(&parts, value),
        Source::Sum => shares_of(&parts, |_| 1, 1, VALUE_SHOWN, value.units()),
        Source::Average => {
            shares_of(&parts, |_| 1, i128::try_from(parts.len()).unwrap_or(1), VALUE_SHOWN, value.units())
        }
        _ => weighted(&parts, VALUE_SHOWN, value.units()),
    };
    let point = |share: i128| Points { value: Derived::from_units(share * VALUE_SHOWN), ..Points::default() };
    shares.into_iter().map(point).collect()
}

/// The points of the goals that count in one whose figures are the means of theirs.
pub(super) fn of_means(counted: &[Contributor<'_>], above: &Standing) -> Vec<Points> {
    let shares = |figure: fn(&Standing) -> Option<Fraction>| {
        let parts: Vec<_> =
            counted.iter().map(|child| (figure(child.standing).map_or(0, Fraction::units), child.weight)).collect();
        figure(above).map(|mean| weighted(&parts, FRACTION_SHOWN, mean.units())).unwrap_or_default()
    };
    let point =
        |shares: &[i128], place| shares.get(place).map(|share: &i128| Fraction::from_units(share * FRACTION_SHOWN));
    let progress = shares(|standing| standing.progress);
    let attainment = shares(|standing| standing.attainment);
    let expected = shares(|standing| standing.expected);
    let points = |place| Points {
        value: None,
        progress: point(&progress, place),
        attainment: point(&attainment, place),
        expected: point(&expected, place),
    };
    (0..counted.len()).map(points).collect()
}

/// All points for the first of those that stand where the smallest or largest does.
fn the_one_that_decides(parts: &[(i128, Weight)], value: Derived) -> Vec<i128> {
    let decides = parts.iter().position(|(part, _)| *part == value.units());
    let shown = quotient(value.units(), VALUE_SHOWN).unwrap_or_default();
    (0..parts.len()).map(|place| if Some(place) == decides { shown } else { 0 }).collect()
}

/// wᵢ·xᵢ / Σ wᵢ.
fn weighted(parts: &[(i128, Weight)], shown: i128, total: i128) -> Vec<i128> {
    let weights = parts.iter().map(|(_, weight)| i128::from(weight.units())).sum();
    shares_of(parts, |weight| weight.units().into(), weights, shown, total)
}

/// Each part's share of a total, times its factor and over a divisor, in units that are shown: rounded down, and then,
/// by largest remainder, as many of them one up as bring the sum to the total as it is shown. So no share is further
/// from the exact one than one unit, and what adds nothing is shown as nothing.
fn shares_of(
    parts: &[(i128, Weight)],
    factor: impl Fn(Weight) -> i128,
    divisor: i128,
    shown: i128,
    total: i128,
) -> Vec<i128> {
    let divisor = divisor.saturating_mul(shown).max(1);
    let exact = parts.iter().map(|(part, weight)| part.saturating_mul(factor(*weight)));
    let (mut shares, rests): (Vec<_>, Vec<_>) =
        exact.map(|exact| (exact.div_euclid(divisor), exact.rem_euclid(divisor))).unzip();
    let missing = quotient(total, shown).unwrap_or_default() - shares.iter().sum::<i128>();
    let mut by_rest: Vec<usize> = (0..shares.len()).collect();
    by_rest.sort_by_key(|place| std::cmp::Reverse(rests.get(*place).copied()));
    for place in by_rest.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        if let Some(share) = shares.get_mut(place) {
            *share += 1;
        }
    }
    shares
}

/// The points of several goals together.
pub(super) fn together(points: impl Iterator<Item = Points> + Clone) -> Points {
    let fraction = |of: fn(&Points) -> Option<Fraction>| {
        let units: Option<i128> = points.clone().map(|one| of(&one).map(Fraction::units)).sum();
        units.map(Fraction::from_units)
    };
    let value: Option<i128> = points.clone().map(|one| one.value.map(Derived::units)).sum();
    Points {
        value: value.and_then(Derived::from_units),
        progress: fraction(|one| one.progress),
        attainment: fraction(|one| one.attainment),
        expected: fraction(|one| one.expected),
    }
}

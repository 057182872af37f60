//! The rating scale.

use super::template::Text;
use crate::domain::amount::Amount;
use crate::domain::decimal::quotient;
use crate::domain::derived::Derived;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A point of a rating scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewScalePoint)]
pub struct ScalePoint {
    /// Its number, from -1000 to 1000.
    pub score: Amount,
    /// What it is called, at most 120 characters.
    pub label: Text,
}

/// The lowest and the highest number of a scale.
pub fn ends(scale: &[ScalePoint]) -> Option<(Amount, Amount)> {
    Some((scale.first()?.score, scale.last()?.score))
}

/// The place of the point that a rating is nearest to; of two, the higher.
pub fn nearest(scale: &[ScalePoint], rating: Amount) -> Option<usize> {
    let distance = |point: &ScalePoint| point.score.units().abs_diff(rating.units());
    let places = scale.iter().enumerate().rev();
    places.min_by_key(|(_, point)| distance(point)).map(|(place, _)| place)
}

/// A rating of one scale on another: as far between its ends as it was.
pub fn convert(rating: Amount, (low, high): (Amount, Amount), to: (Amount, Amount)) -> Option<Derived> {
    let units = |amount: Amount| Derived::from(amount).units();
    let (part, whole) = (units(rating).checked_sub(units(low))?, units(high).checked_sub(units(low))?);
    let reach = units(to.1).checked_sub(units(to.0))?;
    Derived::from_units(units(to.0).checked_add(quotient(part.checked_mul(reach)?, whole)?)?)
}

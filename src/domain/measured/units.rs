//! The tree of units.

use crate::domain::ids::UnitId;
use std::collections::HashMap;
use std::iter::successors;

/// Each unit with the one above it.
#[derive(Debug, Clone, Default)]
pub(in crate::domain) struct Units(HashMap<UnitId, UnitId>);

impl Units {
    pub(in crate::domain) fn new(units: impl IntoIterator<Item = (UnitId, Option<UnitId>)>) -> Self {
        Self(units.into_iter().filter_map(|(unit, above)| Some((unit, above?))).collect())
    }

    /// A unit and all above it. A tree has no loop; should there be one, this ends all the same.
    pub(in crate::domain) fn upward(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        successors(Some(unit), |unit| self.0.get(unit).copied()).take(self.0.len() + 1)
    }

    /// Whether a unit is another one or lies below it.
    pub(super) fn is_within(&self, unit: UnitId, outer: UnitId) -> bool {
        self.upward(unit).any(|unit| unit == outer)
    }
}

//! How cycles lie inside each other.

use super::model::Cycle;
use crate::domain::ids::CycleId;
use std::iter::successors;

/// Cycles, as they lie inside each other; in the order of their first days.
#[derive(Debug)]
pub(super) struct Family(Vec<Cycle>);

impl Family {
    pub(super) const fn new(cycles: Vec<Cycle>) -> Self {
        Self(cycles)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Cycle> {
        self.0.iter()
    }

    /// One of them.
    pub(super) fn find(&self, id: CycleId) -> Option<&Cycle> {
        self.0.iter().find(|cycle| cycle.id == id)
    }

    /// Those directly inside one, or the outermost ones.
    pub(super) fn children(&self, parent: Option<CycleId>) -> impl Iterator<Item = &Cycle> {
        self.0.iter().filter(move |cycle| cycle.parent_id == parent)
    }

    /// Those around a place, from the nearest outwards.
    pub(super) fn around(&self, parent: Option<CycleId>) -> impl Iterator<Item = &Cycle> {
        successors(parent.and_then(|id| self.find(id)), |cycle| cycle.parent_id.and_then(|id| self.find(id)))
    }

    /// All those inside one, enclosing ones before those inside them.
    pub(super) fn inside(&self, id: CycleId) -> Vec<&Cycle> {
        let mut found: Vec<&Cycle> = self.children(Some(id)).collect();
        let mut next = 0;
        while let Some(cycle) = found.get(next) {
            found.extend(self.children(Some(cycle.id)));
            next += 1;
        }
        found
    }

    /// How many levels a cycle has, itself included.
    pub(super) fn levels(&self, id: CycleId) -> usize {
        1 + self.children(Some(id)).map(|child| self.levels(child.id)).max().unwrap_or(0)
    }
}

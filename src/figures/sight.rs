//! A forest as one person sees it: what is hidden from them is absent, and what hangs under it hangs higher up.

use super::cache::Scene;
use super::picture::Card;
use crate::cycles::model::Cycle;
use crate::db::Tx;
use crate::domain::access::{self, Action, Actor};
use crate::domain::facts::GoalFacts;
use crate::domain::ids::{CycleId, GoalId, PersonId, UnitId};
use crate::domain::words::Visibility;
use std::cell::RefCell;
use std::collections::HashMap;

/// One person's view of a forest.
pub(super) struct Sight<'a> {
    pub(super) actor: Actor,
    pub(super) scene: Scene<'a>,
    /// Whether it is a day gone by.
    pub(super) is_past: bool,
    /// Most goals have nobody beside their owner: those of one owner, unit and visibility are decided on once.
    decided: RefCell<HashMap<(PersonId, UnitId, Visibility), bool>>,
}

/// Where a goal hangs in the tree that someone sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The nearest goal above it by primary links that they see.
    pub(super) parent: Option<GoalId>,
    /// Whether goals between them are hidden.
    pub(super) through_hidden: bool,
}

impl<'a> Sight<'a> {
    pub(super) fn new(tx: &Tx<'_>, scene: &Scene<'a>) -> Self {
        let is_past = scene.now.forest.day() < tx.today();
        Self { actor: tx.actor.clone(), scene: *scene, is_past, decided: RefCell::default() }
    }

    /// A goal with what is shown of it, if the actor may see it.
    pub(super) fn goal(&self, goal: GoalId) -> Option<(&'a GoalFacts, &'a Card)> {
        let facts = self.scene.now.forest.goal(goal)?;
        let card = self.scene.now.cards.get(&goal)?;
        self.may_see(facts, card).then_some((facts, card))
    }

    /// Whether the actor may see a goal.
    pub(super) fn sees(&self, goal: GoalId) -> bool {
        self.goal(goal).is_some()
    }

    /// Every goal that the actor may see, oldest first.
    pub(super) fn goals(&self) -> Vec<GoalId> {
        let mut seen: Vec<_> = self.scene.now.cards.keys().copied().filter(|goal| self.sees(*goal)).collect();
        seen.sort_unstable();
        seen
    }

    /// A cycle of the forest, if the actor may see it.
    pub(super) fn cycle(&self, cycle: CycleId) -> Option<&'a Cycle> {
        let cycle = self.scene.now.cycles.get(&cycle)?;
        (self.actor.is_admin() || access::seen_by_all(cycle.phase)).then_some(cycle)
    }

    /// Where a goal hangs.
    pub(super) fn place(&self, goal: GoalId) -> Place {
        let mut place = Place { parent: self.scene.now.forest.primary_parent(goal), through_hidden: false };
        while let Some(hidden) = place.parent.filter(|parent| !self.sees(*parent)) {
            place = Place { parent: self.scene.now.forest.primary_parent(hidden), through_hidden: true };
        }
        place
    }

    /// The goals that hang under one, oldest first.
    pub(super) fn hanging_under(&self, goal: GoalId) -> Vec<GoalId> {
        let mut found = Vec::new();
        let mut open = vec![goal];
        while let Some(above) = open.pop() {
            for below in self.scene.now.forest.children(above).filter(|below| below.primary) {
                if self.sees(below.child) {
                    found.push(below.child);
                } else {
                    open.push(below.child);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// How many goals a goal hangs under, one under the other.
    pub(super) fn depth(&self, goal: GoalId) -> u32 {
        let mut depth = 0;
        let mut above = self.place(goal).parent;
        while let Some(goal) = above {
            depth += 1;
            above = self.place(goal).parent;
        }
        depth
    }

    /// Every goal above one by any link, the nearest first.
    pub(super) fn above(&self, goal: GoalId) -> Vec<GoalId> {
        let mut above = self.scene.now.forest.ancestors(goal);
        above.retain(|goal| self.sees(*goal));
        above
    }

    fn may_see(&self, facts: &GoalFacts, card: &Card) -> bool {
        if self.cycle(facts.cycle).is_none() {
            return false;
        }
        let access = card.access.of(facts.kind);
        let decide = || access::allows(&self.actor, Action::See, &access).is_some();
        if access.visibility == Visibility::Public || !access.people.is_empty() {
            return decide();
        }
        *self.decided.borrow_mut().entry((access.owner, access.unit, access.visibility)).or_insert_with(decide)
    }
}

//! A forest as one person sees it: what is hidden from them is absent, and what hangs under it hangs higher up.

use super::cache::Scene;
use super::picture::Card;
use crate::cycles::model::Cycle;
use crate::db::Tx;
use crate::domain::access::{self, Action, Actor, GoalAccess};
use crate::domain::facts::GoalFacts;
use crate::domain::ids::{CycleId, GoalId, MetricId, PersonId, UnitId};
use crate::domain::words::{GoalKind, Locale, Visibility};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// One person's view of a forest.
pub(super) struct Sight<'a> {
    pub(super) actor: Actor,
    pub(super) locale: Locale,
    pub(super) scene: Scene<'a>,
    /// Whether it is a day gone by.
    pub(super) is_past: bool,
    /// Most goals have nobody beside their owner: those of one kind, owner, unit and visibility are decided on once.
    seen: RefCell<FxHashMap<Alike, bool>>,
    allowed: RefCell<FxHashMap<Alike, Rc<[Action]>>>,
}

/// What goals have in common that the policy decides on alike, where nobody takes part beside the owner.
type Alike = (GoalKind, PersonId, UnitId, Visibility);

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
        Self::of(tx.actor.clone(), tx.locale, scene, tx.today())
    }

    /// The view of someone else than whose transaction it is.
    pub(super) fn of(actor: Actor, locale: Locale, scene: &Scene<'a>, today: NaiveDate) -> Self {
        let is_past = scene.now.forest.day() < today;
        Self { actor, locale, scene: *scene, is_past, seen: RefCell::default(), allowed: RefCell::default() }
    }

    /// A goal's metric, whoever may see the goal.
    pub(super) fn metric(&self, goal: GoalId) -> Option<MetricId> {
        self.scene.now.forest.goal(goal)?.metric
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

    /// All that the actor may do with a goal by the policy.
    pub(super) fn allowed(&self, facts: &GoalFacts, card: &Card) -> Rc<[Action]> {
        let access = card.access.of(facts.kind);
        let decide = || access::permissions(&self.actor, &access).into_iter().map(|(action, _)| action).collect();
        match alike(&access) {
            Some(alike) => Rc::clone(self.allowed.borrow_mut().entry(alike).or_insert_with(decide)),
            None => decide(),
        }
    }

    fn may_see(&self, facts: &GoalFacts, card: &Card) -> bool {
        if self.cycle(facts.cycle).is_none() {
            return false;
        }
        let access = card.access.of(facts.kind);
        let decide = || access::allows(&self.actor, Action::See, &access).is_some();
        match alike(&access).filter(|_| access.visibility != Visibility::Public) {
            Some(alike) => *self.seen.borrow_mut().entry(alike).or_insert_with(decide),
            None => decide(),
        }
    }
}

fn alike(access: &GoalAccess<'_>) -> Option<Alike> {
    access.people.is_empty().then_some((access.kind, access.owner, access.unit, access.visibility))
}

//! One forest in memory: its facts, and where every goal stands on one day. It moves only forward, change by change,
//! and recomputes only what a change reaches.
//!
//! It promises what the plain evaluator gives for the same facts and day, bit for bit.

mod changes;
mod completion;
mod course;
mod lookups;
pub(super) mod loops;
mod measured;
mod measuring;
mod what_if;

pub use changes::{Changes, Refusal};
pub use course::{Course, GoalSaid, LinkSaid};
pub use lookups::{Below, Place};
pub use loops::closing;
pub use measured::{Input, Part};
pub use what_if::WhatIf;

use super::amount::Weight;
use super::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use super::figures::Standing;
use super::ids::{CycleId, GoalId, MetricId};
use super::measured::{Measured, MeasuredDays, MetricRules};
use super::rollup::{self, Contributor, Ground};
use super::words::Source;
use chrono::NaiveDate;
use measuring::Measuring;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::{BTreeMap, HashMap};

/// A forest's facts with where every goal stands on its day.
#[derive(Debug, Clone)]
pub struct Forest {
    day: NaiveDate,
    cycles: HashMap<CycleId, CycleRules>,
    slots: FxHashMap<GoalId, Slot>,
    nodes: Vec<Node>,
    standings: Vec<Option<Standing>>,
    free: Vec<Slot>,
    measuring: Measuring,
}

/// A goal's place in the lists.
type Slot = u32;

/// A goal with its links.
#[derive(Debug, Clone)]
struct Node {
    facts: GoalFacts,
    above: Box<[Edge]>,
    /// The goals linked under it, by id.
    below: Vec<Slot>,
}

/// A link upward.
#[derive(Debug, Clone, Copy)]
struct Edge {
    parent: Slot,
    primary: bool,
    weight: Weight,
}

/// What settling still has to do at a goal.
#[derive(Debug, Clone, Copy)]
struct Settling {
    /// 1 when it may be reached, and 1 for each goal below that comes first.
    awaits: u32,
    /// Whether its own facts or what it stands on changed.
    dirty: bool,
}

impl Forest {
    /// Loads a forest whole.
    pub fn new(mut facts: ForestFacts, day: NaiveDate) -> Result<Self, Refusal> {
        let measured = std::mem::take(&mut facts.measured).into_iter().collect();
        Self::over(measured, facts, day)
    }

    /// The same over measurements that other forests may stand on too.
    pub fn over(measured: MeasuredDays, facts: ForestFacts, day: NaiveDate) -> Result<Self, Refusal> {
        let count = facts.goals.len();
        let mut forest = Self {
            day,
            cycles: HashMap::new(),
            slots: FxHashMap::with_capacity_and_hasher(count, FxBuildHasher),
            nodes: Vec::with_capacity(count),
            standings: Vec::with_capacity(count),
            free: vec![],
            measuring: Measuring::over(measured),
        };
        let mut links: BTreeMap<GoalId, Vec<Link>> = BTreeMap::new();
        for (child, link) in facts.links {
            links.entry(child).or_default().push(link);
        }
        let links = links.into_iter().collect();
        let ForestFacts { cycles, goals, metrics, units, measured, links: _ } = facts;
        let units = Some(units);
        forest.apply(Changes { cycles, goals, links, metrics, units, measured, ..Changes::default() })?;
        Ok(forest)
    }

    /// Moves the forest forward by changed facts, and tells which goals stand elsewhere than before. A change that is
    /// refused leaves it as it was.
    pub fn apply(&mut self, changes: Changes) -> Result<Vec<GoalId>, Refusal> {
        changes.check(self)?;
        let mut dirty = vec![];
        for goal in changes.gone {
            self.remove(goal, &mut dirty);
        }
        let begun = changes.day.filter(|day| *day != self.day);
        if let Some(day) = begun {
            self.day = day;
            self.measuring.begin_day();
            dirty.extend(self.slots.values());
        }
        self.define(changes.metrics, &mut dirty);
        if let Some(units) = changes.units {
            self.measuring.arrange(units);
            dirty.extend(self.slots.values().filter(|slot| self.is_measured(**slot)));
        }
        for (cycle, rules) in changes.cycles {
            if self.cycles.insert(cycle, rules) != Some(rules) {
                dirty.extend(self.slots.values().filter(|slot| self.is_of(**slot, cycle)));
            }
        }
        for facts in changes.goals {
            self.put(facts, &mut dirty);
        }
        dirty.extend(self.measuring.put(changes.measured));
        for (child, links) in changes.links {
            self.link(child, &links, &mut dirty);
        }
        let moved = self.settle(dirty);
        if begun.is_some() {
            self.measuring.end_day();
        }
        Ok(moved)
    }

    /// Takes up that metrics are defined so.
    fn define(&mut self, metrics: Vec<(MetricId, MetricRules)>, dirty: &mut Vec<Slot>) {
        if metrics.is_empty() {
            return;
        }
        for (metric, rules) in metrics {
            self.measuring.define(metric, rules);
        }
        for slot in self.slots.values().copied() {
            if let Some(node) = self.nodes.get(slot as usize).filter(|node| node.facts.metric.is_some()) {
                self.measuring.follow(slot, &node.facts);
                dirty.push(slot);
            }
        }
    }

    /// Puts a goal's facts; the links that it has stay.
    fn put(&mut self, facts: GoalFacts, dirty: &mut Vec<Slot>) {
        let Some(slot) = self.slots.get(&facts.id).copied() else {
            dirty.push(self.add(facts));
            return;
        };
        let Some(node) = self.nodes.get_mut(slot as usize).filter(|node| node.facts != facts) else { return };
        self.measuring.unfollow(slot, &node.facts);
        self.measuring.follow(slot, &facts);
        node.facts = facts;
        dirty.push(slot);
        dirty.extend(node.above.iter().map(|edge| edge.parent));
    }

    /// Finds a place for a new goal.
    fn add(&mut self, facts: GoalFacts) -> Slot {
        let id = facts.id;
        let node = Node { facts, above: Box::default(), below: vec![] };
        let free = self.free.pop();
        let slot = free.unwrap_or_else(|| Slot::try_from(self.nodes.len()).unwrap_or(Slot::MAX));
        self.measuring.follow(slot, &node.facts);
        if let Some(place) = self.nodes.get_mut(slot as usize) {
            *place = node;
        } else {
            self.nodes.push(node);
            self.standings.push(None);
        }
        self.slots.insert(id, slot);
        slot
    }

    /// Takes a goal out with all its links.
    fn remove(&mut self, goal: GoalId, dirty: &mut Vec<Slot>) {
        let Some(slot) = self.slots.get(&goal).copied() else { return };
        self.link(goal, &[], dirty);
        if let Some(node) = self.nodes.get(slot as usize) {
            self.measuring.unfollow(slot, &node.facts);
            self.measuring.answer(slot, None);
        }
        let below = self.nodes.get_mut(slot as usize).map(|node| std::mem::take(&mut node.below));
        for child in below.unwrap_or_default() {
            if let Some(node) = self.nodes.get_mut(child as usize) {
                node.above = node.above.iter().copied().filter(|edge| edge.parent != slot).collect();
            }
        }
        if let Some(standing) = self.standings.get_mut(slot as usize) {
            *standing = None;
        }
        self.slots.remove(&goal);
        self.free.push(slot);
    }

    /// Replaces all links of a goal.
    fn link(&mut self, child: GoalId, links: &[Link], dirty: &mut Vec<Slot>) {
        let Some(slot) = self.slots.get(&child).copied() else { return };
        let edge = |link: &Link| {
            let parent = *self.slots.get(&link.parent)?;
            Some(Edge { parent, primary: link.primary, weight: link.weight })
        };
        let edges: Box<[Edge]> = links.iter().filter_map(edge).collect();
        let before = self.nodes.get_mut(slot as usize).map(|node| std::mem::replace(&mut node.above, edges.clone()));
        for edge in before.unwrap_or_default() {
            if let Some(parent) = self.nodes.get_mut(edge.parent as usize) {
                parent.below.retain(|below| *below != slot);
            }
            dirty.push(edge.parent);
        }
        for edge in edges {
            let place = self.nodes.get(edge.parent as usize).map(|parent| {
                parent.below.partition_point(|below| self.node(*below).is_some_and(|node| node.facts.id < child))
            });
            if let (Some(place), Some(parent)) = (place, self.nodes.get_mut(edge.parent as usize)) {
                parent.below.insert(place, slot);
            }
            dirty.push(edge.parent);
        }
    }

    /// Recomputes the goals that changed, and above them those that stand on what came out otherwise: each after all
    /// goals below it.
    fn settle(&mut self, dirty: Vec<Slot>) -> Vec<GoalId> {
        let (mut settling, mut ready) = self.gather(dirty);
        ready.retain(|slot| settling.get(slot).is_some_and(|settling| settling.awaits == 1));
        let mut moved = vec![];
        while let Some(slot) = ready.pop() {
            let changed = settling.get(&slot).is_some_and(|was| was.dirty) && self.recompute(slot);
            let Some(node) = self.nodes.get(slot as usize) else { continue };
            if changed {
                moved.push(node.facts.id);
            }
            for edge in &node.above {
                if let Some(parent) = settling.get_mut(&edge.parent) {
                    parent.awaits -= 1;
                    parent.dirty |= changed;
                    if parent.awaits == 1 {
                        ready.push(edge.parent);
                    }
                }
            }
        }
        moved
    }

    /// The goals to recompute and all above them, each knowing how many of them come before it.
    fn gather(&self, dirty: Vec<Slot>) -> (FxHashMap<Slot, Settling>, Vec<Slot>) {
        let mut settling: FxHashMap<Slot, Settling> = FxHashMap::default();
        let mut reached = vec![];
        for slot in dirty {
            settling.entry(slot).or_insert_with(|| {
                reached.push(slot);
                Settling { awaits: 1, dirty: true }
            });
        }
        let mut next = 0;
        while let Some(slot) = reached.get(next).copied() {
            next += 1;
            for edge in self.nodes.get(slot as usize).map_or(&[][..], |node| &node.above) {
                let parent = settling.entry(edge.parent).or_insert_with(|| {
                    reached.push(edge.parent);
                    Settling { awaits: 1, dirty: false }
                });
                parent.awaits += 1;
            }
        }
        (settling, reached)
    }

    /// Computes where a goal stands, and tells whether that is elsewhere than before.
    fn recompute(&mut self, slot: Slot) -> bool {
        let measured = self.measure(slot);
        let Some((facts, rules)) = self.facts_at(slot) else { return false };
        let ground = Ground { rules, progress: self.measuring.progress(facts), measured, day: self.day };
        let standing = rollup::standing(facts, &ground, self.below(slot));
        self.standings.get_mut(slot as usize).is_some_and(|before| before.replace(standing) != Some(standing))
    }

    /// What a goal's metric comes to, where measurements are its source.
    fn measure(&mut self, slot: Slot) -> Option<Measured> {
        let question = self.facts_at(slot).and_then(|(facts, rules)| facts.question(rules, self.day));
        self.measuring.answer(slot, question)
    }

    /// Whether measurements are a goal's source.
    fn is_measured(&self, slot: Slot) -> bool {
        self.node(slot).is_some_and(|node| node.facts.source == Source::Measurements)
    }

    /// A goal that is in the forest, with its links.
    fn node(&self, slot: Slot) -> Option<&Node> {
        self.nodes.get(slot as usize)
    }

    /// A goal's facts and its cycle's rules.
    fn facts_at(&self, slot: Slot) -> Option<(&GoalFacts, &CycleRules)> {
        let facts = &self.node(slot)?.facts;
        (self.slots.get(&facts.id) == Some(&slot)).then_some(())?;
        Some((facts, self.cycles.get(&facts.cycle)?))
    }

    /// Whether a goal is of a cycle.
    fn is_of(&self, slot: Slot, cycle: CycleId) -> bool {
        self.node(slot).is_some_and(|node| node.facts.cycle == cycle)
    }

    /// The goals linked under one, with where they stand.
    fn below(&self, slot: Slot) -> impl Iterator<Item = Contributor<'_>> + Clone {
        let below = self.node(slot).map_or(&[][..], |node| &node.below);
        below.iter().filter_map(move |child| {
            let node = self.node(*child)?;
            let edge = node.above.iter().find(|edge| edge.parent == slot)?;
            let standing = self.standings.get(*child as usize)?.as_ref()?;
            Some(Contributor { goal: &node.facts, standing, weight: edge.weight, primary: edge.primary })
        })
    }
}

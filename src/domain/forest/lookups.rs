//! What one can ask a forest.

use super::{Forest, Slot};
use crate::domain::amount::Weight;
use crate::domain::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use crate::domain::figures::{Figures, Standing};
use crate::domain::formula::ProgressFormula;
use crate::domain::ids::{CycleId, GoalId};
use crate::domain::outlook;
use crate::domain::rollup::{Contributor, Ground};
use chrono::NaiveDate;

/// A goal linked under another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Below {
    /// The goal below.
    pub child: GoalId,
    /// The weight of its link.
    pub weight: Weight,
    /// Whether its link is its primary one.
    pub primary: bool,
}

/// A goal in the tree of primary links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The goal.
    pub goal: GoalId,
    /// How many goals are above it, up to the one that the walk began with.
    pub depth: u32,
}

impl Forest {
    /// The day that the figures are those of.
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    /// How many goals there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is no goal.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// A cycle's rules.
    pub fn rules(&self, cycle: CycleId) -> Option<&CycleRules> {
        self.cycles.get(&cycle)
    }

    /// A goal's facts.
    pub fn goal(&self, goal: GoalId) -> Option<&GoalFacts> {
        self.node(self.slot(goal)?).map(|node| &node.facts)
    }

    /// Where a goal stands.
    pub fn standing(&self, goal: GoalId) -> Option<&Standing> {
        self.standings.get(self.slot(goal)? as usize)?.as_ref()
    }

    /// All figures of a goal.
    pub fn figures(&self, goal: GoalId) -> Option<Figures> {
        let slot = self.slot(goal)?;
        let (facts, rules) = self.facts_at(slot)?;
        let ground = Ground { rules, progress: self.measuring.progress(facts), measured: None, day: self.day };
        Some(outlook::figures(facts, &ground, self.below(slot), *self.standing(goal)?))
    }

    /// The formula that makes a goal's progress in place of its direction, if its metric has one.
    pub fn progress_formula(&self, goal: GoalId) -> Option<&ProgressFormula> {
        self.measuring.progress(self.goal(goal)?)
    }

    /// Every goal with where it stands, in no particular order.
    pub fn goals(&self) -> impl Iterator<Item = (&GoalFacts, &Standing)> {
        let all = self.nodes.iter().zip(&self.standings);
        all.filter_map(|(node, standing)| Some((&node.facts, standing.as_ref()?)))
    }

    /// The links by which a goal goes up.
    pub fn links(&self, goal: GoalId) -> impl Iterator<Item = Link> {
        let edges = self.slot(goal).and_then(|slot| self.node(slot)).map_or(&[][..], |node| &node.above);
        edges.iter().filter_map(|edge| {
            let parent = self.node(edge.parent)?.facts.id;
            Some(Link { parent, weight: edge.weight, primary: edge.primary })
        })
    }

    /// The goal's primary parent: its place in the tree.
    pub fn primary_parent(&self, goal: GoalId) -> Option<GoalId> {
        self.links(goal).find(|link| link.primary).map(|link| link.parent)
    }

    /// The goals linked under one, primary or not, by id.
    pub fn children(&self, goal: GoalId) -> impl Iterator<Item = Below> {
        self.contributors(goal).map(|child| Below {
            child: child.goal.id,
            weight: child.weight,
            primary: child.primary,
        })
    }

    /// The goals linked under one with their facts and where they stand: what explains its figures, with
    /// [`left_out`](crate::domain::rollup::left_out).
    pub fn contributors(&self, goal: GoalId) -> impl Iterator<Item = Contributor<'_>> + Clone {
        self.slot(goal).into_iter().flat_map(|slot| self.below(slot))
    }

    /// The goals without a primary parent, by id.
    pub fn roots(&self) -> Vec<GoalId> {
        let mut roots: Vec<GoalId> =
            self.slots.keys().copied().filter(|goal| self.primary_parent(*goal).is_none()).collect();
        roots.sort_unstable();
        roots
    }

    /// The tree of primary links from some goals down, depth first, children by id.
    pub fn depth_first(&self, from: impl IntoIterator<Item = GoalId>) -> Vec<Place> {
        let mut places = vec![];
        for start in from {
            let mut next = vec![Place { goal: start, depth: 0 }];
            while let Some(place) = next.pop() {
                places.push(place);
                let depth = place.depth + 1;
                let first = next.len();
                next.extend(
                    self.children(place.goal)
                        .filter(|below| below.primary)
                        .map(|below| Place { goal: below.child, depth }),
                );
                next.get_mut(first..).unwrap_or_default().reverse();
            }
        }
        places
    }

    /// Every goal above one, by any link, the nearest first.
    pub fn ancestors(&self, goal: GoalId) -> Vec<GoalId> {
        let mut way = vec![goal];
        let mut next = 0;
        while let Some(goal) = way.get(next).copied() {
            next += 1;
            for link in self.links(goal) {
                // A way up is short: looking through it costs less than a set.
                if !way.contains(&link.parent) {
                    way.push(link.parent);
                }
            }
        }
        way.split_off(1)
    }

    /// All its facts again: what the plain evaluator takes.
    pub fn facts(&self) -> ForestFacts {
        let links = |goal: &GoalFacts| {
            let child = goal.id;
            self.links(child).map(move |link| (child, link)).collect::<Vec<_>>()
        };
        ForestFacts {
            cycles: self.cycles.iter().map(|(cycle, rules)| (*cycle, *rules)).collect(),
            goals: self.goals().map(|(goal, _)| goal.clone()).collect(),
            links: self.goals().flat_map(|(goal, _)| links(goal)).collect(),
            metrics: self.measuring.metrics().iter().map(|(metric, rules)| (*metric, rules.clone())).collect(),
            units: self.measuring.units().to_vec(),
            measured: self.measured_days().iter().collect(),
        }
    }

    pub(super) fn slot(&self, goal: GoalId) -> Option<Slot> {
        self.slots.get(&goal).copied()
    }
}

//! A forest's course through the days: what was said of its goals and links, each from the day on that it speaks for,
//! taken up day by day. A trend needs one load by it.
//!
//! It promises on every day what a forest gives that is loaded as of that day.

use super::{Changes, Forest, Refusal, loops};
use crate::domain::facts::{ForestFacts, GoalFacts, Link};
use crate::domain::ids::GoalId;
use crate::domain::instant::Instant;
use crate::domain::measured::MeasuredDays;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::iter::Peekable;
use std::vec::IntoIter;
use uuid::Uuid;

/// What was said of a goal. On a day holds, of those that speak for it, the one with the highest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalSaid {
    /// The first day that it speaks for.
    pub holds_from: NaiveDate,
    /// From 1 up.
    pub version: i64,
    /// The goal, with its check-ins of all days.
    pub facts: GoalFacts,
}

/// What was said of a link. On a day holds, of those that speak for it, the one with the highest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSaid {
    /// The first day that it speaks for.
    pub holds_from: NaiveDate,
    /// From 1 up.
    pub version: i64,
    /// When it was recorded: of links that close a loop the one recorded last is left out.
    pub recorded_at: Instant,
    /// The goal that it goes up from.
    pub child: GoalId,
    /// The link.
    pub link: Link,
    /// Whether it was gone from then on.
    pub removed: bool,
}

/// A forest that goes from day to day.
#[derive(Debug)]
pub struct Course {
    forest: Forest,
    /// What is still to come, by day.
    goals: Peekable<IntoIter<GoalSaid>>,
    links: Peekable<IntoIter<LinkSaid>>,
    /// The version of each goal that holds.
    versions: HashMap<GoalId, i64>,
    /// What holds of each link: from a goal to the one that it serves.
    held: BTreeMap<(GoalId, GoalId), LinkSaid>,
    /// The goals that are linked under each at any time.
    ever_under: HashMap<GoalId, Vec<GoalId>>,
    /// The links that would close a loop.
    left_out: HashSet<(GoalId, GoalId)>,
}

impl Course {
    /// A course that has not begun, over what is measured and the ground (cycles, metrics, units) that goals stand on.
    pub fn new(
        ground: ForestFacts,
        measured: MeasuredDays,
        mut goals: Vec<GoalSaid>,
        mut links: Vec<LinkSaid>,
    ) -> Result<Self, Refusal> {
        goals.sort_by_key(|said| said.holds_from);
        links.sort_by_key(|said| said.holds_from);
        let mut ever_under: HashMap<GoalId, Vec<GoalId>> = HashMap::new();
        for said in &links {
            ever_under.entry(said.link.parent).or_default().push(said.child);
        }
        Ok(Self {
            forest: Forest::over(measured, ground, NaiveDate::MIN)?,
            goals: goals.into_iter().peekable(),
            links: links.into_iter().peekable(),
            versions: HashMap::new(),
            held: BTreeMap::new(),
            ever_under,
            left_out: HashSet::new(),
        })
    }

    /// The forest at the end of a later day.
    pub fn at(&mut self, day: NaiveDate) -> Result<&Forest, Refusal> {
        let appeared = self.take_goals(day)?;
        let mut touched = self.take_links(day);
        for goal in appeared {
            touched.extend(self.ever_under.get(&goal).into_iter().flatten().copied().chain([goal]));
        }
        let sound = self.left_out.is_empty() || touched.is_empty();
        let moved = if sound { self.link(day, &touched) } else { Err(Refusal::Loop(vec![])) };
        if let Err(Refusal::Loop(_)) = moved {
            self.left_out = self.closing();
            let all = self.held.keys().map(|(child, _)| *child).collect();
            self.link(day, &all)?;
        } else {
            moved?;
        }
        Ok(&self.forest)
    }

    /// Takes up what was said of goals up to a day, and tells which were not there before.
    fn take_goals(&mut self, day: NaiveDate) -> Result<Vec<GoalId>, Refusal> {
        let mut changed: BTreeMap<GoalId, GoalFacts> = BTreeMap::new();
        while let Some(said) = self.goals.next_if(|said| said.holds_from <= day) {
            let version = self.versions.entry(said.facts.id).or_default();
            if *version < said.version {
                *version = said.version;
                changed.insert(said.facts.id, said.facts);
            }
        }
        let appeared = changed.keys().copied().filter(|goal| self.forest.goal(*goal).is_none()).collect();
        self.forest.apply(Changes { goals: changed.into_values().collect(), ..Changes::default() })?;
        Ok(appeared)
    }

    /// Takes up what was said of links up to a day, and tells from which goals.
    fn take_links(&mut self, day: NaiveDate) -> BTreeSet<GoalId> {
        let mut touched = BTreeSet::new();
        while let Some(said) = self.links.next_if(|said| said.holds_from <= day) {
            let ends = (said.child, said.link.parent);
            if self.held.get(&ends).is_none_or(|held| held.version < said.version) {
                touched.insert(said.child);
                self.held.insert(ends, said);
            }
        }
        touched
    }

    /// Links some goals as it holds now, and begins the day.
    fn link(&mut self, day: NaiveDate, children: &BTreeSet<GoalId>) -> Result<(), Refusal> {
        let there = children.iter().filter(|child| self.forest.goal(**child).is_some());
        let links = there.map(|child| (*child, self.links_of(*child))).collect();
        self.forest.apply(Changes { day: Some(day), links, ..Changes::default() }).map(drop)
    }

    /// The links of a goal to goals that are there.
    fn links_of(&self, child: GoalId) -> Vec<Link> {
        let ends = (child, GoalId(Uuid::nil()))..=(child, GoalId(Uuid::max()));
        let holding = self.held.range(ends).filter(|(ends, said)| self.stands(said) && !self.left_out.contains(ends));
        holding.map(|(_, said)| said.link).collect()
    }

    fn stands(&self, said: &LinkSaid) -> bool {
        !said.removed && self.forest.goal(said.link.parent).is_some() && self.forest.goal(said.child).is_some()
    }

    /// The links that close a loop with those recorded before them.
    fn closing(&self) -> HashSet<(GoalId, GoalId)> {
        let standing = self.held.iter().filter(|(_, said)| self.stands(said));
        loops::closing(standing.map(|((child, parent), said)| (said.recorded_at, *child, *parent)).collect())
    }
}

//! One forest in memory with all that is shown of it.

use super::load::{self, Basis, CheckInRow, Known, Loaded, ReadDays, Reads, Since, Told, Which};
use crate::cycles::model::Cycle;
use crate::db::Conn;
use crate::domain::access::{Directory, GoalAccess};
use crate::domain::facts::{ForestFacts, GoalFacts, Link};
use crate::domain::forest::{Changes, Forest, Refusal, closing};
use crate::domain::ids::{CycleId, ForestId, GoalId, MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::measured::MetricRules;
use crate::domain::words::{Confidence, GoalKind, Participation, Scope, Visibility};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What is shown of a goal beside its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) version: i64,
    pub(super) scope: Scope,
    pub(super) unit: UnitId,
    pub(super) owner: PersonId,
    pub(super) title: String,
    pub(super) title_folded: String,
    pub(super) visibility: Visibility,
    pub(super) created_at: Instant,
    /// The owner's word in the last check-in.
    pub(super) confidence: Option<Confidence>,
    pub(super) access: Access,
    /// Those who contributed, where on that day others did than today.
    pub(super) contributors_then: Option<Box<[PersonId]>>,
}

impl Card {
    /// Whether someone contributes to it, or did on that day.
    pub(super) fn is_contributor(&self, person: PersonId) -> bool {
        match &self.contributors_then {
            Some(then) => then.contains(&person),
            None => self.access.people.contains(&(person, Participation::Contributor)),
        }
    }
}

/// What decides on who may see a goal: as it is today, for past days too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Access {
    pub(super) unit: UnitId,
    pub(super) owner: PersonId,
    pub(super) visibility: Visibility,
    pub(super) people: Vec<(PersonId, Participation)>,
}

impl Access {
    pub(super) fn of(&self, kind: GoalKind) -> GoalAccess<'_> {
        GoalAccess { kind, unit: self.unit, owner: self.owner, visibility: self.visibility, people: &self.people }
    }
}

/// Whose forest is read, on which day, by which connection: one that sees only what is committed.
pub(super) struct Reading<'a> {
    pub(super) conn: &'a mut Conn,
    pub(super) organization: OrganizationId,
    pub(super) today: NaiveDate,
    /// The units, as they lie now.
    pub(super) directory: Arc<Directory>,
    /// What was read before.
    pub(super) known: Known,
}

/// A forest at one revision: its figures, and what is shown beside.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) revision: i64,
    pub(super) forest: Forest,
    /// Which measurements its goals follow; of all these days it has what is measured.
    pub(super) reads: Reads,
    /// The revision of what is measured.
    measured_at: i64,
    /// The revision of the directory that its units are of.
    directory: i64,
    pub(super) cycles: HashMap<CycleId, Cycle>,
    pub(super) cards: FxHashMap<GoalId, Card>,
}

/// So many measurements take about the room of a goal.
const MEASUREMENTS_OF_A_GOAL: usize = 8;

/// How a picture moves forward.
#[derive(Debug)]
pub(super) struct Step {
    revision: i64,
    reads: Reads,
    measured_at: i64,
    directory: i64,
    changes: Changes,
    cards: Vec<(GoalId, Card)>,
}

impl Picture {
    /// Loads a forest whole.
    ///
    /// A link that an activation dates back may close a loop with one that stood on that day: those that do so with
    /// links recorded before them are left out.
    pub(super) fn load(reading: &mut Reading<'_>, forest: ForestId, basis: Basis, revision: i64) -> Result<Self> {
        Self::load_by(reading, forest, basis, revision, false)
    }

    /// The same from the versions that were kept, whatever the rows say now.
    pub(super) fn load_from_versions(reading: &mut Reading<'_>, forest: ForestId, basis: Basis) -> Result<Self> {
        // Nothing is taken from what is served.
        reading.known = Known::default();
        Self::load_by(reading, forest, basis, 0, true)
    }

    fn load_by(
        reading: &mut Reading<'_>,
        forest: ForestId,
        basis: Basis,
        revision: i64,
        mut versions_alone: bool,
    ) -> Result<Self> {
        let cycles = load::cycles(reading.conn, reading.organization, forest)?;
        let mut left_out = HashSet::new();
        loop {
            let which = Which::Forest(forest);
            let mut loaded = load::goals(reading, forest, which, basis, versions_alone, &cycles)?;
            let links = links_among(&loaded, &left_out, |goal| loaded.has(goal));
            let links = links.into_iter().flat_map(|(child, links)| links.into_iter().map(move |link| (child, link)));
            let (goals, cards) = loaded.take_goals();
            let rules = cycles.values().filter_map(|cycle| Some((cycle.id, load::rules(cycle)?))).collect();
            let ReadDays { reads, days, revision: measured_at } = reading.measured(&Vec::from_iter(&goals), &cycles)?;
            let facts = ForestFacts {
                cycles: rules,
                links: links.collect(),
                metrics: reading.metrics(goals.iter())?.iter().map(|(id, rules)| (*id, rules.clone())).collect(),
                units: reading.units(&reads),
                goals,
                measured: Vec::new(),
            };
            match Forest::over(days, facts, reading.day(basis)) {
                Ok(forest) => {
                    let (cards, directory) = (cards.into_iter().collect(), reading.directory.revision);
                    return Ok(Self { revision, forest, reads, measured_at, directory, cycles, cards });
                }
                Err(Refusal::Loop(_)) if basis != Basis::Now && left_out.is_empty() => {
                    let there: HashSet<GoalId> = cards.iter().map(|(goal, _)| *goal).collect();
                    // When links were recorded their versions alone say.
                    if versions_alone {
                        left_out = closing(dated_ends(&loaded, &there));
                    }
                    versions_alone = true;
                }
                Err(refusal) => return Err(Error::internal(refusal)),
            }
        }
    }

    /// What leads from here to a revision; none where it has to be loaded whole.
    pub(super) fn step_to(
        &self,
        revision: i64,
        reading: &mut Reading<'_>,
        forest: ForestId,
        basis: Basis,
    ) -> Result<Option<Step>> {
        let day = reading.day(basis);
        let begun = Changes { day: Some(day), ..Changes::default() };
        let mut step = Step {
            revision: revision.max(self.revision),
            reads: self.reads.clone(),
            measured_at: self.measured_at,
            directory: self.directory,
            changes: begun,
            cards: Vec::new(),
        };
        if revision <= self.revision {
            self.measure(&mut step, reading)?;
            return Ok(Some(step));
        }
        let Reading { conn, organization, known, .. } = reading;
        let Since::Goals { changed, checked_in } = known.since(conn, *organization, forest, self.revision)? else {
            return Ok(None);
        };
        let (changed, told) = (changed.clone(), self.told(checked_in, basis.until()));
        if !changed.is_empty() {
            let loaded = load::goals(reading, forest, Which::These(&changed), basis, false, &self.cycles)?;
            // On a past day goals come and go together with links of others, which were not read.
            let came_or_went = |goal: &GoalId| loaded.has(*goal) != self.cards.contains_key(goal);
            if basis != Basis::Now && changed.iter().any(came_or_went) {
                return Ok(None);
            }
            step = self.step_by(loaded, changed, step);
        }
        for (facts, card) in told {
            step.changes.goals.push(facts);
            step.cards.push(card);
        }
        self.measure(&mut step, reading)?;
        Ok(Some(step))
    }

    /// Takes up what is measured: metrics and days that goals follow from now on, and what came or changed of those that
    /// were followed before. Without any measured goal nothing is asked.
    fn measure(&self, step: &mut Step, reading: &mut Reading<'_>) -> Result<()> {
        let goals = &step.changes.goals;
        let has_other = |goal: &&GoalFacts| self.forest.goal(goal.id).is_none_or(|was| was.metric != goal.metric);
        let rules = reading.metrics(goals.iter().filter(has_other))?;
        // One that was defined otherwise before any goal here was on it, did not move this forest.
        let otherwise = rules.iter().filter(|(metric, rules)| self.forest.metric(**metric) != Some(*rules));
        step.changes.metrics = otherwise.map(|(metric, rules)| (*metric, rules.clone())).collect();
        let metrics = if step.changes.metrics.is_empty() { self.forest.metrics() } else { rules };
        let lacking = self.reads.lacking(&Reads::of(goals.iter(), metrics, &self.cycles));
        step.reads = self.reads.and(&lacking);
        if step.reads.is_empty() {
            return Ok(());
        }
        let now = reading.measured_at()?;
        let Reading { conn, organization, known, directory, .. } = reading;
        if now > self.measured_at && !self.reads.is_empty() {
            step.changes.measured = known.measured_since(conn, *organization, self.measured_at, &self.reads)?;
        }
        step.measured_at = now.max(self.measured_at);
        step.changes.measured.append(&mut lacking.read(conn, *organization)?);
        if directory.revision > self.directory || self.reads.is_empty() {
            step.directory = directory.revision;
            step.changes.units = Some(load::units(directory)).filter(|units| units != self.forest.units());
        }
        Ok(())
    }

    /// Whether it stands as a transaction sees all that its goals depend on, or later.
    pub(super) fn is_there(&self, revision: i64, basis: Basis, reading: &mut Reading<'_>) -> Result<bool> {
        if self.revision < revision || self.forest.day() != reading.day(basis) {
            return Ok(false);
        }
        let follows = !self.reads.is_empty();
        Ok(!follows || (self.directory >= reading.directory.revision && self.measured_at >= reading.measured_at()?))
    }

    /// How much room it takes: as much as so many goals.
    pub(super) fn size(&self) -> usize {
        self.forest.len() + self.forest.measured_days().len() / MEASUREMENTS_OF_A_GOAL
    }

    /// What is measured, for others to stand on.
    pub(super) fn lend(&self) -> Option<ReadDays> {
        let (revision, reads, days) = (self.measured_at, self.reads.clone(), self.forest.measured_days().clone());
        (!reads.is_empty()).then_some(ReadDays { revision, reads, days })
    }

    /// The goals whose check-ins changed and nothing else, with those up to a day.
    fn told(
        &self,
        checked_in: &HashMap<GoalId, Vec<CheckInRow>>,
        until: NaiveDate,
    ) -> Vec<(GoalFacts, (GoalId, Card))> {
        let told = checked_in.iter().filter_map(|(goal, rows)| {
            let (facts, card) = (self.forest.goal(*goal)?, self.cards.get(goal)?);
            let Told { check_ins, confidence } = load::told(rows, until);
            let card = Card { confidence, ..card.clone() };
            Some((GoalFacts { check_ins, ..facts.clone() }, (*goal, card)))
        });
        told.collect()
    }

    fn step_by(&self, mut loaded: Loaded, touched: Vec<GoalId>, step: Step) -> Step {
        let known = |goal: GoalId| loaded.has(goal) || self.cards.contains_key(&goal);
        let mut links = links_among(&loaded, &HashSet::new(), known);
        let (there, gone): (Vec<_>, Vec<_>) = touched.into_iter().partition(|goal| loaded.has(*goal));
        for goal in there {
            links.entry(goal).or_default();
        }
        let (goals, cards) = loaded.take_goals();
        let changes = Changes { goals, links: links.into_iter().collect(), gone, ..step.changes };
        Step { changes, cards, ..step }
    }

    /// Moves forward; whether that could be done. What is refused leaves it as it was.
    pub(super) fn take(&mut self, step: Step) -> bool {
        let gone = step.changes.gone.clone();
        if let Err(refusal) = self.forest.apply(step.changes) {
            tracing::warn!(%refusal, "a forest in memory is loaded anew");
            return false;
        }
        for goal in gone {
            self.cards.remove(&goal);
        }
        self.cards.extend(step.cards);
        (self.revision, self.reads) = (step.revision, step.reads);
        (self.measured_at, self.directory) = (step.measured_at, step.directory);
        true
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        conn: &'a mut Conn,
        directory: Arc<Directory>,
        organization: OrganizationId,
        today: NaiveDate,
    ) -> Self {
        Self { conn, organization, today, directory, known: Known::default() }
    }

    /// The rules of all metrics, where one of these goals is on one.
    pub(super) fn metrics<'g>(
        &mut self,
        goals: impl Iterator<Item = &'g GoalFacts>,
    ) -> Result<&HashMap<MetricId, MetricRules>> {
        Ok(self.known.metrics(self.conn, self.organization, goals)?)
    }

    /// The revision that all measured is at.
    pub(super) fn measured_at(&mut self) -> Result<i64> {
        Ok(self.known.measured_at(self.conn, self.organization)?)
    }

    /// What is measured that goals follow.
    pub(super) fn measured(&mut self, goals: &[&GoalFacts], cycles: &HashMap<CycleId, Cycle>) -> Result<ReadDays> {
        let reads = Reads::of(goals.iter().copied(), self.metrics(goals.iter().copied())?, cycles);
        Ok(self.known.measured(self.conn, self.organization, &reads)?)
    }

    /// The units, where something is measured in them.
    pub(super) fn units(&self, reads: &Reads) -> Vec<(UnitId, Option<UnitId>)> {
        if reads.is_empty() { Vec::new() } else { load::units(&self.directory) }
    }

    /// The day whose figures are meant.
    pub(super) const fn day(&self, basis: Basis) -> NaiveDate {
        match basis {
            Basis::Now => self.today,
            Basis::AsOf(day) => day,
        }
    }
}

/// The links between goals that are there, those left out taken away.
fn links_among(
    loaded: &Loaded,
    left_out: &HashSet<(GoalId, GoalId)>,
    there: impl Fn(GoalId) -> bool,
) -> HashMap<GoalId, Vec<Link>> {
    let those_of = |child: GoalId, links: &[(Link, Instant)]| {
        let stays = |link: &Link| there(link.parent) && !left_out.contains(&(child, link.parent));
        links.iter().map(|(link, _)| *link).filter(stays).collect::<Vec<_>>()
    };
    let children = loaded.links.iter().filter(|(child, _)| there(**child));
    children.map(|(child, links)| (*child, those_of(*child, links))).collect()
}

/// Each link between goals that are there: when it was recorded, from which goal it goes up, and to which.
fn dated_ends(loaded: &Loaded, there: &HashSet<GoalId>) -> Vec<(Instant, GoalId, GoalId)> {
    let children = loaded.links.iter().filter(|(child, _)| there.contains(child));
    let ends = children.flat_map(|(child, links)| links.iter().map(|(link, at)| (*at, *child, link.parent)));
    ends.filter(|(_, _, parent)| there.contains(parent)).collect()
}

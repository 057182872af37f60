//! One forest in memory with all that is shown of it.

use super::load::{self, Basis, CheckInRow, Known, Loaded, Since, Told, Which};
use crate::cycles::model::Cycle;
use crate::db::Conn;
use crate::domain::access::GoalAccess;
use crate::domain::facts::{ForestFacts, GoalFacts, Link};
use crate::domain::forest::{Changes, Forest, Refusal, closing};
use crate::domain::ids::{CycleId, ForestId, GoalId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::words::{Confidence, GoalKind, Participation, Scope, Visibility};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};

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
    /// What was read before.
    pub(super) known: Known,
}

/// A forest at one revision: its figures, and what is shown beside.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) revision: i64,
    pub(super) forest: Forest,
    pub(super) cycles: HashMap<CycleId, Cycle>,
    pub(super) cards: FxHashMap<GoalId, Card>,
}

/// How a picture moves forward.
#[derive(Debug)]
pub(super) struct Step {
    revision: i64,
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
            let facts = ForestFacts { cycles: rules, goals, links: links.collect(), ..ForestFacts::default() };
            match Forest::new(facts, reading.day(basis)) {
                Ok(forest) => return Ok(Self { revision, forest, cycles, cards: cards.into_iter().collect() }),
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
        if revision <= self.revision {
            return Ok(Some(Step { revision: self.revision, changes: begun, cards: Vec::new() }));
        }
        let Reading { conn, organization, known, .. } = reading;
        let Since::Goals { changed, checked_in } = known.since(conn, *organization, forest, self.revision)? else {
            return Ok(None);
        };
        let (changed, told) = (changed.clone(), self.told(checked_in, basis.until()));
        let mut step = Step { revision, changes: begun, cards: Vec::new() };
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
        Ok(Some(step))
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
        self.revision = step.revision;
        true
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(conn: &'a mut Conn, organization: OrganizationId, today: NaiveDate) -> Self {
        Self { conn, organization, today, known: Known::default() }
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

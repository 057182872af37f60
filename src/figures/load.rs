//! Loading goals with all that figures and pictures depend on: as they stand now, or as they stood on a past day.
//! Both ways meet in one form, so that today is no other function than any past day.

mod course;
mod events;
mod rows;
mod versions;

pub(super) use course::course;
pub(super) use events::{Since, since};
pub(super) use rows::Which;

use super::picture::{Access, Card};
use crate::cycles::model::Cycle;
use crate::db::Conn;
use crate::domain::calendar::Window;
use crate::domain::check_ins::CheckIns;
use crate::domain::facts::{CycleRules, GoalFacts};
use crate::domain::ids::{CycleId, ForestId, GoalId, OrganizationId, PersonId};
use crate::domain::text::fold;
use crate::domain::words::{Commitment, Participation};
use crate::goals::model::{Goal, GoalBody};
use chrono::NaiveDate;
use diesel::QueryResult;
use rows::{DatedLink, Told};
use std::collections::{BTreeMap, HashMap};

/// Which state of the goals is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Basis {
    /// The present one.
    Now,
    /// That at the end of a day.
    AsOf(NaiveDate),
}

/// What is read of a forest's goals. A goal that was not there on the day is not among them.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// Each goal's facts, and what is shown of it beside.
    goals: BTreeMap<GoalId, (GoalFacts, Card)>,
    /// Each goal's links upward.
    pub(super) links: BTreeMap<GoalId, Vec<DatedLink>>,
}

impl Loaded {
    /// Whether a goal is among them.
    pub(super) fn has(&self, goal: GoalId) -> bool {
        self.goals.contains_key(&goal)
    }

    /// Takes the goals out: their facts, and their cards.
    pub(super) fn take_goals(&mut self) -> (Vec<GoalFacts>, Vec<(GoalId, Card)>) {
        std::mem::take(&mut self.goals).into_iter().map(|(goal, (facts, card))| (facts, (goal, card))).unzip()
    }
}

/// The cycles of a forest.
pub(super) fn cycles(
    conn: &mut Conn,
    organization: OrganizationId,
    forest: ForestId,
) -> QueryResult<HashMap<CycleId, Cycle>> {
    Ok(rows::cycles(conn, organization, forest)?.into_iter().map(|cycle| (cycle.id, cycle)).collect())
}

/// What a cycle sets for its goals' figures.
pub(super) fn rules(cycle: &Cycle) -> Option<CycleRules> {
    Window::new(cycle.starts_on, cycle.ends_on).map(|window| cycle.settings.0.rules(window))
}

/// Goals of a forest with their links.
pub(super) fn goals(
    conn: &mut Conn,
    organization: OrganizationId,
    forest: ForestId,
    which: Which<'_>,
    basis: Basis,
    cycles: &HashMap<CycleId, Cycle>,
) -> QueryResult<Loaded> {
    let rows = rows::goals(conn, organization, forest, which)?;
    let mut people = rows::people(conn, organization, which)?;
    let (mut bodies, links, until) = match basis {
        Basis::Now => (HashMap::new(), rows::links(conn, organization, which)?, None),
        Basis::AsOf(day) => (
            versions::bodies(conn, organization, which, day)?,
            versions::links(conn, organization, which, day)?,
            Some(day),
        ),
    };
    let mut told = rows::check_ins(conn, organization, which, until)?;
    let goals = rows.into_iter().filter_map(|row| {
        let people = people.remove(&row.id).unwrap_or_default();
        let body = match basis {
            Basis::Now => row.body(&people),
            Basis::AsOf(_) => bodies.remove(&row.id)?,
        };
        let cycle = cycles.get(&row.cycle_id).and_then(rules)?;
        let told = told.remove(&row.id).unwrap_or_default();
        Some((row.id, goal(&row, &body, people, told, &cycle)))
    });
    Ok(Loaded { goals: goals.collect(), links: links.into_iter().collect() })
}

/// What a goal says, or said at the end of a day.
pub(super) fn body(conn: &mut Conn, row: &Goal, basis: Basis) -> QueryResult<Option<GoalBody>> {
    let (organization, which) = (row.organization_id, [row.id]);
    let which = Which::These(&which);
    match basis {
        Basis::Now => {
            let people = rows::people(conn, organization, which)?.remove(&row.id).unwrap_or_default();
            Ok(Some(row.body(&people)))
        }
        Basis::AsOf(day) => Ok(versions::bodies(conn, organization, which, day)?.remove(&row.id)),
    }
}

fn goal(
    row: &Goal,
    body: &GoalBody,
    people: Vec<(PersonId, Participation)>,
    told: Told,
    rules: &CycleRules,
) -> (GoalFacts, Card) {
    let card = Card {
        version: row.version,
        scope: body.scope,
        unit: body.unit_id,
        owner: body.owner_id,
        title_folded: fold(&body.title),
        title: body.title.clone(),
        visibility: body.visibility,
        created_at: row.created_at,
        confidence: told.confidence,
        access: Access { unit: row.unit_id, owner: row.owner_id, visibility: row.visibility, people },
    };
    (facts((row.id, row.cycle_id), body, told.check_ins, rules), card)
}

/// What figures depend on of a goal of a cycle that says so.
fn facts((id, cycle): (GoalId, CycleId), body: &GoalBody, check_ins: CheckIns, rules: &CycleRules) -> GoalFacts {
    // Whoever writes a goal makes its measure first: one that can't be made is not stored.
    let measure = body.measure(rules.window).unwrap_or_else(|faults| {
        tracing::error!(goal = %id, ?faults, "a stored goal has no measure");
        None
    });
    GoalFacts {
        id,
        cycle,
        kind: body.kind,
        state: body.state,
        source: body.source,
        measure,
        metric: body.metric_id,
        window: body.own_window(),
        aspirational: body.commitment == Commitment::Aspirational,
        completed_on: body.completed_on,
        check_ins,
    }
}

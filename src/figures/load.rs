//! Loading goals with all that figures and pictures depend on: as they stand now, or as they stood on a past day.
//! Both ways meet in one form, so that today is no other function than any past day.

mod course;
mod events;
mod measured;
mod rows;
mod versions;

pub(super) use course::course;
pub(super) use events::Since;
use events::since;
pub(super) use measured::{ReadDays, Reads, units};
pub(super) use rows::{CheckInRow, Told, Which, told};

use super::picture::{Access, Card, Reading};
use crate::cycles::model::Cycle;
use crate::db::Conn;
use crate::domain::calendar::{LAST_DAY, Window};
use crate::domain::check_ins::CheckIns;
use crate::domain::facts::{CycleRules, GoalFacts};
use crate::domain::ids::{CycleId, ForestId, GoalId, MetricId, OrganizationId, PersonId};
use crate::domain::measured::{MeasuredDay, MetricRules};
use crate::domain::text::fold;
use crate::domain::words::{Commitment, Participation};
use crate::goals::model::{Goal, GoalBody};
use chrono::NaiveDate;
use diesel::QueryResult;
use rows::{DatedLink, Rows};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use versions::Then;

/// Which state of the goals is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Basis {
    /// The present one.
    Now,
    /// That at the end of a day.
    AsOf(NaiveDate),
}

impl Basis {
    /// The last day whose check-ins and versions are taken. Now takes all: what was said ahead of midnight is not
    /// forgotten where the day has turned, or the organization has moved to another time zone.
    pub(super) const fn until(self) -> NaiveDate {
        match self {
            Self::Now => LAST_DAY,
            Self::AsOf(day) => day,
        }
    }
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

/// What was read already by a transaction: it is read once for a forest on several bases.
#[derive(Debug, Default)]
pub(super) struct Known {
    rows: Option<(ForestId, Rows)>,
    news: Option<(ForestId, i64, Since)>,
    /// The rules of all metrics, once a goal is met that is on one.
    metrics: HashMap<MetricId, MetricRules>,
    knows_metrics: bool,
    measured_at: Option<i64>,
    /// What a forest in memory stands on.
    pub(super) lent: Option<ReadDays>,
    again: Option<(i64, Reads, Vec<MeasuredDay>)>,
}

impl Known {
    /// The rows of all goals of a forest.
    fn rows(&mut self, conn: &mut Conn, organization: OrganizationId, forest: ForestId) -> QueryResult<&Rows> {
        let rows = match self.rows.take().filter(|(of, _)| *of == forest) {
            Some(known) => known,
            None => (forest, Rows::read(conn, organization, forest, Which::Forest(forest))?),
        };
        Ok(&self.rows.insert(rows).1)
    }

    /// What happened to a forest after a revision.
    pub(super) fn since(
        &mut self,
        conn: &mut Conn,
        organization: OrganizationId,
        forest: ForestId,
        revision: i64,
    ) -> QueryResult<&Since> {
        let news = match self.news.take().filter(|(of, after, _)| (*of, *after) == (forest, revision)) {
            Some(known) => known,
            None => (forest, revision, since(conn, organization, forest, revision)?),
        };
        Ok(&self.news.insert(news).2)
    }
}

/// Goals of a forest with their links. Unless versions alone are to be believed, what did not change since a past day
/// is taken as it is now.
pub(super) fn goals(
    reading: &mut Reading<'_>,
    forest: ForestId,
    which: Which<'_>,
    basis: Basis,
    versions_alone: bool,
    cycles: &HashMap<CycleId, Cycle>,
) -> QueryResult<Loaded> {
    let organization = reading.organization;
    let conn = &mut *reading.conn;
    let (mut bodies, mut linked) = match basis {
        Basis::Now if !versions_alone => (Then::as_now(), Then::as_now()),
        _ => (
            versions::then(conn, organization, which, basis.until(), versions_alone)?,
            versions::linked_then(conn, organization, which, basis.until(), versions_alone)?,
        ),
    };
    let mut links_now = rows::links(conn, organization, which)?;
    let these;
    let rows = match which {
        Which::Forest(_) => reading.known.rows(conn, organization, forest)?,
        Which::These(_) => {
            these = Rows::read(conn, organization, forest, which)?;
            &these
        }
    };
    let mut loaded = Loaded::default();
    for row in &rows.goals {
        let people = rows.people.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let body = bodies.take(row.id, || Some(row.body(people)));
        let (Some(body), Some(cycle)) = (body, cycles.get(&row.cycle_id).and_then(rules)) else { continue };
        let told = rows::told(rows.check_ins.get(&row.id).map(Vec::as_slice).unwrap_or_default(), basis.until());
        loaded.goals.insert(row.id, goal(row, &body, people.to_vec(), told, &cycle));
        loaded.links.extend(linked.take(row.id, || links_now.remove(&row.id)).map(|links| (row.id, links)));
    }
    Ok(loaded)
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
        contributors_then: contributors_then(body, &people),
        access: Access { unit: row.unit_id, owner: row.owner_id, visibility: row.visibility, people },
    };
    (facts((row.id, row.cycle_id), body, told.check_ins, rules), card)
}

/// Those who contributed as the goal says, where they are others than those who do today.
fn contributors_then(body: &GoalBody, today: &[(PersonId, Participation)]) -> Option<Box<[PersonId]>> {
    let contributors = today.iter().filter(|(_, how)| *how == Participation::Contributor).map(|(person, _)| *person);
    let (then, now) = (body.contributors.iter().copied().collect::<BTreeSet<_>>(), contributors.collect());
    (then != now).then(|| then.into_iter().collect())
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
        scope: body.measured_scope().map(Box::new),
        window: body.own_window(),
        aspirational: body.commitment == Commitment::Aspirational,
        completed_on: body.completed_on,
        check_ins,
    }
}

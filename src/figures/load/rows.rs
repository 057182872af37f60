//! The rows of a forest, or of some goals of it, as they stand now.

use crate::cycles::model::Cycle;
use crate::db::columns::Json;
use crate::db::schema::{check_ins, cycles, goal_links, goal_people, goals};
use crate::db::{Conn, MultiBackend};
use crate::domain::amount::Amount;
use crate::domain::check_ins::{CheckInFact, CheckIns, Statement, StepIds};
use crate::domain::facts::Link;
use crate::domain::ids::{CheckInId, ForestId, GoalId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::{CheckInKind, Confidence, Participation};
use crate::goals::model::{Goal, GoalLink, GoalPerson};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// Whose rows are read.
#[derive(Debug, Clone, Copy)]
pub(in crate::figures) enum Which<'a> {
    /// Those of all goals of a forest.
    Forest(ForestId),
    /// Those of these goals.
    These(&'a [GoalId]),
}

/// Keeps the rows whose goal (in this column) is meant.
macro_rules! of_these {
    ($which:expr, $organization:expr, $query:expr, $goal:expr) => {
        match $which {
            Which::These(ids) => $query.filter($goal.eq_any(ids)),
            Which::Forest(forest) => $query.filter(
                $goal.eq_any(
                    goals::table
                        .filter(goals::organization_id.eq($organization).and(goals::forest_id.eq(forest)))
                        .select(goals::id),
                ),
            ),
        }
    };
}
pub(super) use of_these;

/// A link, with when it was recorded.
pub(super) type DatedLink = (Link, Instant);

/// What a goal's check-ins come to.
#[derive(Debug, Clone, Default)]
pub(in crate::figures) struct Told {
    /// Those that count.
    pub(in crate::figures) check_ins: CheckIns,
    /// The owner's word in the last one.
    pub(in crate::figures) confidence: Option<Confidence>,
}

/// What is read of goals whatever day is meant.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) goals: Vec<Goal>,
    pub(super) people: HashMap<GoalId, Vec<(PersonId, Participation)>>,
    pub(super) check_ins: HashMap<GoalId, Vec<CheckInRow>>,
}

impl Rows {
    /// Reads them.
    pub(super) fn read(
        conn: &mut Conn,
        organization: OrganizationId,
        forest: ForestId,
        which: Which<'_>,
    ) -> QueryResult<Self> {
        Ok(Self {
            goals: goals(conn, organization, forest, which)?,
            people: people(conn, organization, which)?,
            check_ins: check_ins(conn, organization, which, None)?,
        })
    }
}

/// A check-in, as far as figures and pictures depend on it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = check_ins)]
pub(in crate::figures) struct CheckInRow {
    id: CheckInId,
    goal_id: GoalId,
    kind: CheckInKind,
    value: Option<Amount>,
    increment: Option<Amount>,
    completed_steps: Option<Json<Vec<String>>>,
    effective_on: NaiveDate,
    confidence: Option<Confidence>,
    entered_at: Instant,
}

impl CheckInRow {
    /// A row always has what its kind says; without, it states that nothing moved.
    fn fact(&self) -> CheckInFact {
        let statement = match self.kind {
            CheckInKind::Value => self.value.map(Statement::Value),
            CheckInKind::Increment => self.increment.map(Statement::Increment),
            CheckInKind::Steps => {
                self.completed_steps.as_ref().map(|steps| Statement::Steps(Box::new(StepIds(steps.0.clone()))))
            }
            CheckInKind::Unchanged => None,
        };
        CheckInFact { effective_on: self.effective_on, statement: statement.unwrap_or(Statement::Unchanged) }
    }
}

/// The cycles of a forest.
pub(super) fn cycles(conn: &mut Conn, organization: OrganizationId, forest: ForestId) -> QueryResult<Vec<Cycle>> {
    cycles::table
        .filter(cycles::organization_id.eq(organization).and(cycles::forest_id.eq(forest)))
        .select(Cycle::as_select())
        .load(conn)
}

/// Goals of a forest.
pub(super) fn goals(
    conn: &mut Conn,
    organization: OrganizationId,
    forest: ForestId,
    which: Which<'_>,
) -> QueryResult<Vec<Goal>> {
    let query = goals::table.filter(goals::organization_id.eq(organization)).select(Goal::as_select());
    match which {
        Which::Forest(_) => query.filter(goals::forest_id.eq(forest)).load(conn),
        // By their ids alone: asked for both, SQLite would go through the whole forest.
        Which::These(ids) => {
            let mut rows: Vec<Goal> = query.filter(goals::id.eq_any(ids)).load(conn)?;
            rows.retain(|row| row.forest_id == forest);
            Ok(rows)
        }
    }
}

/// Those who take part in each goal.
pub(super) fn people(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
) -> QueryResult<HashMap<GoalId, Vec<(PersonId, Participation)>>> {
    let query = goal_people::table
        .filter(goal_people::organization_id.eq(organization))
        .order((goal_people::participation, goal_people::person_id))
        .select(GoalPerson::as_select())
        .into_boxed::<MultiBackend>();
    let rows: Vec<GoalPerson> = of_these!(which, organization, query, goal_people::goal_id).load(conn)?;
    let mut people: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        people.entry(row.goal_id).or_default().push((row.person_id, row.participation));
    }
    Ok(people)
}

/// The links by which each goal goes up.
pub(super) fn links(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
) -> QueryResult<HashMap<GoalId, Vec<DatedLink>>> {
    let query = goal_links::table
        .filter(goal_links::organization_id.eq(organization))
        .order((goal_links::child_id, goal_links::parent_id))
        .select(GoalLink::as_select())
        .into_boxed::<MultiBackend>();
    let rows: Vec<GoalLink> = of_these!(which, organization, query, goal_links::child_id).load(conn)?;
    let mut links: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        links.entry(row.child_id).or_default().push((row.fact(), row.created_at));
    }
    Ok(links)
}

/// Each goal's check-ins, those up to a day where one is given; the voided ones are left out.
pub(super) fn check_ins(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
    until: Option<NaiveDate>,
) -> QueryResult<HashMap<GoalId, Vec<CheckInRow>>> {
    let mut query = check_ins::table
        .filter(check_ins::organization_id.eq(organization).and(check_ins::voided_at.is_null()))
        .select(CheckInRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(until) = until {
        query = query.filter(check_ins::effective_on.le(until));
    }
    let rows: Vec<CheckInRow> = of_these!(which, organization, query, check_ins::goal_id).load(conn)?;
    let mut by_goal: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        by_goal.entry(row.goal_id).or_default().push(row);
    }
    Ok(by_goal)
}

/// What check-ins come to on a day.
pub(in crate::figures) fn told(rows: &[CheckInRow], until: NaiveDate) -> Told {
    let order = |row: &&CheckInRow| (row.effective_on, row.entered_at, row.id);
    let rows = || rows.iter().filter(|row| row.effective_on <= until);
    let confidence = rows().max_by_key(order).and_then(|last| last.confidence);
    let entries = rows().map(|row| ((row.entered_at, row.id), row.fact()));
    Told { check_ins: CheckIns::in_order(entries), confidence }
}

//! All that was ever said of a goal and of those linked under it: what a trend is drawn from, in one load.

use super::rows::{self, Which, of_these};
use super::{Basis, cycles, facts, rules};
use crate::db::columns::Json;
use crate::db::schema::{goal_link_versions, goal_versions, goals};
use crate::db::{Conn, MultiBackend, find_forest};
use crate::domain::facts::{ForestFacts, GoalFacts, Link};
use crate::domain::forest::{Course, GoalSaid, LinkSaid};
use crate::domain::ids::{CycleId, ForestId, GoalId, OrganizationId};
use crate::error::{Error, Result};
use crate::figures::cache::Forests;
use crate::figures::picture::Reading;
use crate::goals::model::{GoalBody, LinkVersion};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// More goals than this are not named one by one: the whole forest is read.
const MOST_NAMED: usize = 1_000;

/// The course of a goal's figures up to a day: the goal with all that were linked under it at any time.
pub(in crate::figures) fn course(
    reading: &mut Reading<'_>,
    forests: &Forests,
    (forest, goal): (ForestId, GoalId),
    until: NaiveDate,
) -> Result<Course> {
    let (conn, organization) = (&mut *reading.conn, reading.organization);
    let cycles = cycles(conn, organization, forest)?;
    let named = ever_under(conn, organization, goal)?;
    let which = named.as_deref().map_or(Which::Forest(forest), Which::These);
    let links = links(conn, organization, which, until)?;
    let meant = under(goal, &links);
    let cycle_of: HashMap<GoalId, CycleId> =
        rows::goals(conn, organization, forest, which)?.into_iter().map(|row| (row.id, row.cycle_id)).collect();
    let told = rows::check_ins(conn, organization, which, Some(until))?;
    let said = bodies(conn, organization, which, until)?.into_iter().filter_map(|(id, version, holds_from, body)| {
        let cycle = *cycle_of.get(&id).filter(|_| meant.contains(&id))?;
        let check_ins = told.get(&id).map(|rows| rows::told(rows, until).check_ins).unwrap_or_default();
        let facts = facts((id, cycle), &body.0, check_ins, &cycles.get(&cycle).and_then(rules)?);
        Some(GoalSaid { holds_from, version, facts })
    });
    let said: Vec<GoalSaid> = said.collect();
    let links = links.into_iter().filter(|link| meant.contains(&link.child) && meant.contains(&link.link.parent));
    let goals: Vec<&GoalFacts> = said.iter().map(|said| &said.facts).collect();
    if goals.iter().any(|goal| goal.measured_by().is_some()) {
        // What is measured stands in memory already, or will be needed there.
        let row = find_forest(reading.conn, organization, forest)?.ok_or_else(Error::not_found)?;
        forests.bring(reading, row, [Basis::Now])?;
    }
    let read = reading.measured(&goals, &cycles)?;
    let metrics = reading.metrics(goals.iter().copied())?;
    let ground = ForestFacts {
        cycles: cycles.values().filter_map(|cycle| Some((cycle.id, rules(cycle)?))).collect(),
        metrics: metrics.iter().map(|(id, rules)| (*id, rules.clone())).collect(),
        units: reading.units(&read.reads),
        ..ForestFacts::default()
    };
    Course::new(ground, read.days, said, links.collect()).map_err(Error::internal)
}

/// A goal with all that were ever linked under it, directly or not; none where they are too many.
fn ever_under(conn: &mut Conn, organization: OrganizationId, goal: GoalId) -> QueryResult<Option<Vec<GoalId>>> {
    let mut met = HashSet::from([goal]);
    let mut level = vec![goal];
    while !level.is_empty() {
        let below: Vec<GoalId> = goal_link_versions::table
            .filter(goal_link_versions::organization_id.eq(organization))
            .filter(goal_link_versions::parent_id.eq_any(&level))
            .select(goal_link_versions::child_id)
            .distinct()
            .load(conn)?;
        level = below.into_iter().filter(|below| met.insert(*below)).collect();
        if met.len() > MOST_NAMED {
            return Ok(None);
        }
    }
    Ok(Some(met.into_iter().collect()))
}

/// The same by links that were read.
fn under(goal: GoalId, links: &[LinkSaid]) -> HashSet<GoalId> {
    let mut below: HashMap<GoalId, Vec<GoalId>> = HashMap::new();
    for said in links {
        below.entry(said.link.parent).or_default().push(said.child);
    }
    let mut met = HashSet::from([goal]);
    let mut open = vec![goal];
    while let Some(goal) = open.pop() {
        open.extend(below.get(&goal).into_iter().flatten().filter(|below| met.insert(**below)));
    }
    met
}

/// A goal, its version, the day from which that holds, and what it says.
type BodyRow = (GoalId, i64, NaiveDate, Json<GoalBody>);

/// What was said of each goal that speaks for days up to one.
fn bodies(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
    until: NaiveDate,
) -> QueryResult<Vec<BodyRow>> {
    let query = goal_versions::table
        .filter(goal_versions::organization_id.eq(organization).and(goal_versions::holds_from.le(until).eq(true)))
        .select((goal_versions::goal_id, goal_versions::version, goal_versions::holds_from, goal_versions::body))
        .into_boxed::<MultiBackend>();
    of_these!(which, organization, query, goal_versions::goal_id).load(conn)
}

/// What was said of each link upward that speaks for days up to one.
fn links(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
    until: NaiveDate,
) -> QueryResult<Vec<LinkSaid>> {
    let query = goal_link_versions::table
        .filter(
            goal_link_versions::organization_id.eq(organization).and(goal_link_versions::holds_from.le(until).eq(true)),
        )
        .select(LinkVersion::as_select())
        .into_boxed::<MultiBackend>();
    let rows: Vec<LinkVersion> = of_these!(which, organization, query, goal_link_versions::child_id).load(conn)?;
    let said = |row: LinkVersion| LinkSaid {
        holds_from: row.holds_from,
        version: row.version,
        recorded_at: row.recorded_at,
        child: row.child_id,
        link: Link { parent: row.parent_id, weight: row.weight, primary: row.is_primary },
        removed: row.removed,
    };
    Ok(rows.into_iter().map(said).collect())
}

//! What goals and links said on a day: of the versions that speak for it, the last one.
//!
//! Versions are found by their goal or link. Where one has to be of a day too, the query says so as a truth to be equal
//! to: `holds_from <= day` itself would make SQLite go through all versions of the organization by that day's index,
//! once for each goal.

use super::rows::{DatedLink, Which, of_these};
use crate::db::columns::Json;
use crate::db::schema::{goal_link_versions, goal_versions, goals};
use crate::db::{Conn, MultiBackend};
use crate::domain::facts::Link;
use crate::domain::ids::{GoalId, OrganizationId};
use crate::goals::model::{GoalBody, LinkVersion};
use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// What was said on a day, goal by goal.
#[derive(Debug)]
pub(super) struct Then<T> {
    /// The goals of which more was said since: the others said what they say now. None: it is not known of any.
    changed: Option<HashSet<GoalId>>,
    said: HashMap<GoalId, T>,
}

impl<T> Then<T> {
    /// The same as now, all of it.
    pub(super) fn as_now() -> Self {
        Self { changed: Some(HashSet::new()), said: HashMap::new() }
    }

    /// What a goal said, given what it says now.
    pub(super) fn take(&mut self, goal: GoalId, now: impl FnOnce() -> Option<T>) -> Option<T> {
        let is_as_now = self.changed.as_ref().is_some_and(|changed| !changed.contains(&goal));
        if is_as_now { now() } else { self.said.remove(&goal) }
    }
}

/// More goals than this are not named one by one.
const MOST_NAMED: usize = 1_000;

/// What each goal said on a day; a goal that was not there says nothing. Unless versions alone are to be believed, only
/// those are read of goals that said more since.
pub(super) fn then(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
    day: NaiveDate,
    versions_alone: bool,
) -> QueryResult<Then<GoalBody>> {
    let query = goal_versions::table
        .filter(goal_versions::organization_id.eq(organization).and(goal_versions::holds_from.gt(day)))
        .select(goal_versions::goal_id)
        .distinct()
        .into_boxed::<MultiBackend>();
    let changed = if versions_alone {
        None
    } else {
        few(of_these!(which, organization, query, goal_versions::goal_id).load(conn)?)
    };
    let said = bodies(conn, organization, changed.as_deref().map_or(which, Which::These), day)?;
    Ok(Then { changed: changed.map(HashSet::from_iter), said })
}

/// The links by which each goal went up on a day, likewise.
pub(super) fn linked_then(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
    day: NaiveDate,
    versions_alone: bool,
) -> QueryResult<Then<Vec<DatedLink>>> {
    let query = goal_link_versions::table
        .filter(goal_link_versions::organization_id.eq(organization).and(goal_link_versions::holds_from.gt(day)))
        .select(goal_link_versions::child_id)
        .distinct()
        .into_boxed::<MultiBackend>();
    let changed = if versions_alone {
        None
    } else {
        few(of_these!(which, organization, query, goal_link_versions::child_id).load(conn)?)
    };
    let said = links(conn, organization, changed.as_deref().map_or(which, Which::These), day)?;
    Ok(Then { changed: changed.map(HashSet::from_iter), said })
}

/// Goals that are few enough to be named.
fn few(goals: Vec<GoalId>) -> Option<Vec<GoalId>> {
    Some(goals).filter(|goals| goals.len() <= MOST_NAMED)
}

/// What each goal said on a day; a goal that was not there says nothing.
pub(super) fn bodies(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
    day: NaiveDate,
) -> QueryResult<HashMap<GoalId, GoalBody>> {
    let later = diesel::alias!(goal_versions as later);
    let supersedes = later
        .filter(later.field(goal_versions::organization_id).eq(goal_versions::organization_id))
        .filter(later.field(goal_versions::goal_id).eq(goal_versions::goal_id))
        .filter(later.field(goal_versions::version).gt(goal_versions::version))
        .filter(later.field(goal_versions::holds_from).le(day).eq(true));
    let query = goal_versions::table
        .filter(goal_versions::organization_id.eq(organization).and(goal_versions::holds_from.le(day).eq(true)))
        .filter(not(exists(supersedes)))
        .select((goal_versions::goal_id, goal_versions::body))
        .into_boxed::<MultiBackend>();
    let rows: Vec<(GoalId, Json<GoalBody>)> =
        of_these!(which, organization, query, goal_versions::goal_id).load(conn)?;
    Ok(rows.into_iter().map(|(goal, body)| (goal, body.0)).collect())
}

/// The links by which each goal went up on a day.
fn links(
    conn: &mut Conn,
    organization: OrganizationId,
    which: Which<'_>,
    day: NaiveDate,
) -> QueryResult<HashMap<GoalId, Vec<DatedLink>>> {
    let later = diesel::alias!(goal_link_versions as later);
    let supersedes = later
        .filter(later.field(goal_link_versions::organization_id).eq(goal_link_versions::organization_id))
        .filter(later.field(goal_link_versions::child_id).eq(goal_link_versions::child_id))
        .filter(later.field(goal_link_versions::parent_id).eq(goal_link_versions::parent_id))
        .filter(later.field(goal_link_versions::version).gt(goal_link_versions::version))
        .filter(later.field(goal_link_versions::holds_from).le(day).eq(true));
    let query = goal_link_versions::table
        .filter(
            goal_link_versions::organization_id.eq(organization).and(goal_link_versions::holds_from.le(day).eq(true)),
        )
        .filter(not(exists(supersedes)))
        .order((goal_link_versions::child_id, goal_link_versions::parent_id))
        .select(LinkVersion::as_select())
        .into_boxed::<MultiBackend>();
    let rows: Vec<LinkVersion> = of_these!(which, organization, query, goal_link_versions::child_id).load(conn)?;
    let mut links: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows.into_iter().filter(|row| !row.removed) {
        let link = Link { parent: row.parent_id, weight: row.weight, primary: row.is_primary };
        links.entry(row.child_id).or_default().push((link, row.recorded_at));
    }
    Ok(links)
}

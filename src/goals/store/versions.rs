//! `goal_versions` and `goal_link_versions`.

use crate::db::Conn;
use crate::db::schema::{change_requests, goal_link_versions, goal_links, goal_people, goal_versions};
use crate::domain::ids::{GoalId, OrganizationId};
use crate::goals::model::{GoalVersion, LinkVersion};
use diesel::dsl::max;
use diesel::prelude::*;

/// Keeps a version of a goal.
pub(in crate::goals) fn insert_version(conn: &mut Conn, version: &GoalVersion) -> QueryResult<()> {
    diesel::insert_into(goal_versions::table).values(version).execute(conn).map(drop)
}

/// Keeps a version of a link.
pub(in crate::goals) fn insert_link_version(conn: &mut Conn, version: &LinkVersion) -> QueryResult<()> {
    diesel::insert_into(goal_link_versions::table).values(version).execute(conn).map(drop)
}

/// The number of a link's last version; 0 where it never was.
pub(in crate::goals) fn last_link_version(
    conn: &mut Conn,
    organization: OrganizationId,
    child: GoalId,
    parent: GoalId,
) -> QueryResult<i64> {
    goal_link_versions::table
        .filter(goal_link_versions::organization_id.eq(organization))
        .filter(goal_link_versions::child_id.eq(child).and(goal_link_versions::parent_id.eq(parent)))
        .select(max(goal_link_versions::version))
        .first::<Option<i64>>(conn)
        .map(Option::unwrap_or_default)
}

/// Deletes all that hangs on a goal alone: people, links, versions, requests.
pub(in crate::goals) fn forget(conn: &mut Conn, organization: OrganizationId, goal: GoalId) -> QueryResult<()> {
    let people = goal_people::organization_id.eq(organization).and(goal_people::goal_id.eq(goal));
    diesel::delete(goal_people::table.filter(people)).execute(conn)?;
    let links = goal_links::organization_id.eq(organization).and(goal_links::child_id.eq(goal));
    diesel::delete(goal_links::table.filter(links)).execute(conn)?;
    let either_end = goal_link_versions::child_id.eq(goal).or(goal_link_versions::parent_id.eq(goal));
    let versions = goal_link_versions::organization_id.eq(organization).and(either_end);
    diesel::delete(goal_link_versions::table.filter(versions)).execute(conn)?;
    let requests = change_requests::organization_id.eq(organization).and(change_requests::goal_id.eq(goal));
    diesel::delete(change_requests::table.filter(requests)).execute(conn)?;
    let versions = goal_versions::organization_id.eq(organization).and(goal_versions::goal_id.eq(goal));
    diesel::delete(goal_versions::table.filter(versions)).execute(conn).map(drop)
}

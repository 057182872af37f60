//! `goal_links`.

use crate::db::Conn;
use crate::db::schema::{goal_links, goals};
use crate::domain::ids::{GoalId, OrganizationId};
use crate::goals::model::{Goal, GoalLink};
use diesel::prelude::*;

/// One link.
pub(in crate::goals) fn find_link(
    conn: &mut Conn,
    organization: OrganizationId,
    child: GoalId,
    parent: GoalId,
) -> QueryResult<Option<GoalLink>> {
    goal_links::table.find((organization, child, parent)).select(GoalLink::as_select()).first(conn).optional()
}

/// The links by which a goal goes up, the primary one first.
pub(in crate::goals) fn links_above(
    conn: &mut Conn,
    organization: OrganizationId,
    child: GoalId,
) -> QueryResult<Vec<GoalLink>> {
    goal_links::table
        .filter(goal_links::organization_id.eq(organization).and(goal_links::child_id.eq(child)))
        .order((goal_links::is_primary.desc(), goal_links::created_at, goal_links::parent_id))
        .select(GoalLink::as_select())
        .load(conn)
}

/// The links by which others are linked under a goal.
pub(in crate::goals) fn links_below(
    conn: &mut Conn,
    organization: OrganizationId,
    parent: GoalId,
) -> QueryResult<Vec<GoalLink>> {
    goal_links::table
        .filter(goal_links::organization_id.eq(organization).and(goal_links::parent_id.eq(parent)))
        .order((goal_links::created_at, goal_links::child_id))
        .select(GoalLink::as_select())
        .load(conn)
}

/// The goals linked under one, with their links, by id.
pub(in crate::goals) fn children(
    conn: &mut Conn,
    organization: OrganizationId,
    parent: GoalId,
) -> QueryResult<Vec<(GoalLink, Goal)>> {
    let child = goals::organization_id.eq(goal_links::organization_id).and(goals::id.eq(goal_links::child_id));
    goal_links::table
        .inner_join(goals::table.on(child))
        .filter(goal_links::organization_id.eq(organization).and(goal_links::parent_id.eq(parent)))
        .order(goal_links::child_id)
        .select((GoalLink::as_select(), Goal::as_select()))
        .load(conn)
}

/// How many goals are linked under one.
pub(in crate::goals) fn count_below(conn: &mut Conn, organization: OrganizationId, parent: GoalId) -> QueryResult<i64> {
    goal_links::table
        .filter(goal_links::organization_id.eq(organization).and(goal_links::parent_id.eq(parent)))
        .count()
        .get_result(conn)
}

/// The links that go up from some goals: child and parent of each.
pub(in crate::goals) fn above(
    conn: &mut Conn,
    organization: OrganizationId,
    of: &[GoalId],
) -> QueryResult<Vec<(GoalId, GoalId)>> {
    goal_links::table
        .filter(goal_links::organization_id.eq(organization).and(goal_links::child_id.eq_any(of)))
        .select((goal_links::child_id, goal_links::parent_id))
        .load(conn)
}

/// The links that come up to some goals: child and parent of each.
pub(in crate::goals) fn below(
    conn: &mut Conn,
    organization: OrganizationId,
    of: &[GoalId],
) -> QueryResult<Vec<(GoalId, GoalId)>> {
    goal_links::table
        .filter(goal_links::organization_id.eq(organization).and(goal_links::parent_id.eq_any(of)))
        .select((goal_links::child_id, goal_links::parent_id))
        .load(conn)
}

/// Adds a link.
pub(in crate::goals) fn insert_link(conn: &mut Conn, link: &GoalLink) -> QueryResult<()> {
    diesel::insert_into(goal_links::table).values(link).execute(conn).map(drop)
}

/// Changes a link.
pub(in crate::goals) fn update_link(conn: &mut Conn, link: &GoalLink) -> QueryResult<()> {
    diesel::update(goal_links::table.find((link.organization_id, link.child_id, link.parent_id)))
        .set(link)
        .execute(conn)
        .map(drop)
}

/// Takes a link away.
pub(in crate::goals) fn delete_link(conn: &mut Conn, link: &GoalLink) -> QueryResult<()> {
    diesel::delete(goal_links::table.find((link.organization_id, link.child_id, link.parent_id)))
        .execute(conn)
        .map(drop)
}

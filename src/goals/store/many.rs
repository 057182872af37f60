//! Many goals in few queries.

use crate::db::Conn;
use crate::db::schema::{goal_people, goals};
use crate::domain::ids::{ForestId, GoalId, OrganizationId};
use crate::goals::model::{Goal, GoalPerson};
use diesel::prelude::*;

/// The forests that goals belong to, in the order of their ids.
pub(in crate::goals) fn forests_of(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[GoalId],
) -> QueryResult<Vec<ForestId>> {
    goals::table
        .filter(goals::organization_id.eq(organization))
        .filter(goals::id.eq_any(ids))
        .select(goals::forest_id)
        .distinct()
        .order(goals::forest_id)
        .load(conn)
}

/// The goals with these ids, in no order.
pub(in crate::goals) fn by_ids(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[GoalId],
) -> QueryResult<Vec<Goal>> {
    goals::table
        .filter(goals::organization_id.eq(organization))
        .filter(goals::id.eq_any(ids))
        .select(Goal::as_select())
        .load(conn)
}

/// Those who take part in goals.
pub(in crate::goals) fn people_by_goal(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[GoalId],
) -> QueryResult<Vec<GoalPerson>> {
    goal_people::table
        .filter(goal_people::organization_id.eq(organization))
        .filter(goal_people::goal_id.eq_any(ids))
        .select(GoalPerson::as_select())
        .load(conn)
}

//! The only SQL on `goals` and `goal_people`.

use crate::db::Conn;
use crate::db::schema::{goal_people, goals};
use crate::domain::ids::{GoalId, OrganizationId, PersonId};
use crate::domain::words::Participation;
use crate::goals::model::Goal;
use diesel::prelude::*;

/// A goal.
pub(in crate::goals) fn find(conn: &mut Conn, organization: OrganizationId, id: GoalId) -> QueryResult<Option<Goal>> {
    goals::table.find((organization, id)).select(Goal::as_select()).first(conn).optional()
}

/// Those who take part in a goal.
pub(in crate::goals) fn people(
    conn: &mut Conn,
    organization: OrganizationId,
    id: GoalId,
) -> QueryResult<Vec<(PersonId, Participation)>> {
    goal_people::table
        .filter(goal_people::organization_id.eq(organization).and(goal_people::goal_id.eq(id)))
        .order((goal_people::participation, goal_people::person_id))
        .select((goal_people::person_id, goal_people::participation))
        .load(conn)
}

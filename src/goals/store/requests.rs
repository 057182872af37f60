//! `change_requests`.

use crate::db::Conn;
use crate::db::schema::change_requests;
use crate::domain::ids::{ChangeRequestId, GoalId, OrganizationId};
use crate::goals::model::ChangeRequest;
use diesel::prelude::*;

/// A change request.
pub(in crate::goals) fn find_request(
    conn: &mut Conn,
    organization: OrganizationId,
    id: ChangeRequestId,
) -> QueryResult<Option<ChangeRequest>> {
    change_requests::table.find((organization, id)).select(ChangeRequest::as_select()).first(conn).optional()
}

/// The change requests of a goal.
pub(in crate::goals) fn requests_of(
    conn: &mut Conn,
    organization: OrganizationId,
    goal: GoalId,
) -> QueryResult<Vec<ChangeRequest>> {
    change_requests::table
        .filter(change_requests::organization_id.eq(organization).and(change_requests::goal_id.eq(goal)))
        .select(ChangeRequest::as_select())
        .load(conn)
}

/// Adds a change request.
pub(in crate::goals) fn insert_request(conn: &mut Conn, request: &ChangeRequest) -> QueryResult<()> {
    diesel::insert_into(change_requests::table).values(request).execute(conn).map(drop)
}

/// Changes a change request that still has the version before; 0 rows where it has not.
pub(in crate::goals) fn update_request(conn: &mut Conn, request: &ChangeRequest, before: i64) -> QueryResult<usize> {
    diesel::update(change_requests::table.find((request.organization_id, request.id)))
        .filter(change_requests::version.eq(before))
        .set(request)
        .execute(conn)
}

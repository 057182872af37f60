//! The only SQL on `check_ins`.

use super::model::CheckIn;
use crate::db::schema::check_ins::{self, dsl};
use crate::db::{Conn, insert_rows};
use crate::domain::ids::{CheckInId, GoalId, OrganizationId};
use diesel::prelude::*;

/// A check-in, voided or not.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: CheckInId) -> QueryResult<Option<CheckIn>> {
    dsl::check_ins.find((organization, id)).select(CheckIn::as_select()).first(conn).optional()
}

/// All check-ins of some goals, the voided ones included, in the order in which they count.
pub(super) fn all_of(conn: &mut Conn, organization: OrganizationId, goals: &[GoalId]) -> QueryResult<Vec<CheckIn>> {
    check_ins::table
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::goal_id.eq_any(goals))
        .order((dsl::goal_id, dsl::effective_on, dsl::entered_at, dsl::id))
        .select(CheckIn::as_select())
        .load(conn)
}

/// Adds check-ins.
pub(super) fn insert(conn: &mut Conn, rows: &[CheckIn]) -> QueryResult<()> {
    insert_rows!(conn, check_ins::table, rows);
    Ok(())
}

/// Changes a check-in whose version was this; 0 where it is another by now.
pub(super) fn update(conn: &mut Conn, before: i64, row: &CheckIn) -> QueryResult<usize> {
    diesel::update(dsl::check_ins.find((row.organization_id, row.id)))
        .filter(dsl::version.eq(before))
        .set(row)
        .execute(conn)
}

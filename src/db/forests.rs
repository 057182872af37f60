//! The revisions of forests: the row that writers of one forest meet on.

use super::conn::{Conn, Locked};
use super::schema::events;
use super::schema::forests::{self, dsl};
use crate::domain::ids::{ForestId, OrganizationId};
use diesel::dsl::max;
use diesel::prelude::*;

/// The revisions of a forest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = forests)]
pub struct ForestRow {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The forest: its outermost cycle's id.
    pub id: ForestId,
    /// Moves with every change that figures depend on.
    pub revision: i64,
    /// Moves with changes of structure alone: what check-ins are validated against.
    pub structure_revision: i64,
}

/// A forest's revisions.
pub fn find(conn: &mut Conn, organization: OrganizationId, id: ForestId) -> QueryResult<Option<ForestRow>> {
    dsl::forests.find((organization, id)).first(conn).optional()
}

/// Some forests' revisions.
pub fn some(conn: &mut Conn, organization: OrganizationId, ids: &[ForestId]) -> QueryResult<Vec<ForestRow>> {
    dsl::forests.filter(dsl::organization_id.eq(organization)).filter(dsl::id.eq_any(ids)).load(conn)
}

/// All forests of an organization, oldest first.
pub fn all(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<ForestRow>> {
    dsl::forests.filter(dsl::organization_id.eq(organization)).order(dsl::id).load(conn)
}

/// Makes a forest's row, with its outermost cycle. One that was a forest before goes on after its last revision, so
/// that nobody takes what they remember of it for newer.
pub fn insert(conn: &mut Conn, organization_id: OrganizationId, id: ForestId) -> QueryResult<()> {
    let last: Option<i64> = events::table
        .filter(events::organization_id.eq(organization_id).and(events::forest_id.eq(id)))
        .select(max(events::revision))
        .first(conn)?;
    let revision = last.unwrap_or(0) + 1;
    let row = ForestRow { organization_id, id, revision, structure_revision: revision };
    diesel::insert_into(dsl::forests).values(row).execute(conn).map(drop)
}

/// Removes a forest's row, with its outermost cycle: that one was deleted, or lies in another now.
pub fn delete(conn: &mut Conn, organization: OrganizationId, id: ForestId) -> QueryResult<()> {
    diesel::delete(dsl::forests.find((organization, id))).execute(conn).map(drop)
}

/// Takes the forest's row: other changes of structure wait until this transaction ends.
pub(super) fn lock(conn: &mut Conn, organization: OrganizationId, id: ForestId) -> QueryResult<Option<ForestRow>> {
    Locked(dsl::forests.find((organization, id))).get_result(conn).optional()
}

/// Moves the forest's revisions on, and answers what they are now.
pub(super) fn bump(
    conn: &mut Conn,
    organization: OrganizationId,
    id: ForestId,
    structure: bool,
) -> QueryResult<ForestRow> {
    diesel::update(dsl::forests.find((organization, id)))
        .set((
            dsl::revision.eq(dsl::revision + 1),
            dsl::structure_revision.eq(dsl::structure_revision + i64::from(structure)),
        ))
        .get_result(conn)
}

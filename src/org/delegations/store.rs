//! The only SQL on `delegations`.

use super::Delegation;
use crate::db::Conn;
use crate::db::schema::delegations::{self, dsl};
use crate::domain::ids::{DelegationId, OrganizationId, PersonId};
use diesel::prelude::*;

/// A delegation.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: DelegationId) -> QueryResult<Option<Delegation>> {
    dsl::delegations.find((organization, id)).select(Delegation::as_select()).first(conn).optional()
}

/// All delegations.
pub(super) fn all(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Delegation>> {
    dsl::delegations.filter(dsl::organization_id.eq(organization)).select(Delegation::as_select()).load(conn)
}

/// Those of a lead's rights.
pub(super) fn of_lead(conn: &mut Conn, organization: OrganizationId, lead: PersonId) -> QueryResult<Vec<Delegation>> {
    dsl::delegations
        .filter(dsl::organization_id.eq(organization).and(dsl::lead_id.eq(lead)))
        .select(Delegation::as_select())
        .load(conn)
}

/// Adds a delegation.
pub(super) fn insert(conn: &mut Conn, new: &Delegation) -> QueryResult<()> {
    diesel::insert_into(delegations::table).values(new).execute(conn).map(drop)
}

/// Writes a delegation.
pub(super) fn update(conn: &mut Conn, after: &Delegation) -> QueryResult<()> {
    diesel::update(dsl::delegations.find((after.organization_id, after.id))).set(after).execute(conn).map(drop)
}

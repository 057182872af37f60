//! Whether the instance has an organization.

use crate::db::Conn;
use crate::db::schema::organizations::dsl;
use crate::db::schema::people;
use crate::domain::ids::{OrganizationId, PersonId};
use crate::domain::words::Role;
use diesel::prelude::*;

/// Whether somebody owns the instance: it has an organization.
pub fn is_owned(conn: &mut Conn) -> QueryResult<bool> {
    let first: Option<OrganizationId> = dsl::organizations.select(dsl::id).first(conn).optional()?;
    Ok(first.is_some())
}

/// The organization of an instance that has one alone.
pub fn only_organization(conn: &mut Conn) -> QueryResult<Option<OrganizationId>> {
    let found: Vec<OrganizationId> = dsl::organizations.select(dsl::id).order(dsl::id).limit(2).load(conn)?;
    Ok(match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

/// The first active owner of an organization.
pub(super) fn an_owner(conn: &mut Conn, organization: OrganizationId) -> QueryResult<PersonId> {
    people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::role.eq(Role::Owner))
        .filter(people::deactivated_at.is_null())
        .order(people::id)
        .select(people::id)
        .first(conn)
}

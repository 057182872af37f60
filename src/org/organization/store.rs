//! The only SQL on `organizations`, but for the directory's revision.

use super::model::Organization;
use crate::db::Conn;
use crate::db::schema::organizations::dsl;
use crate::domain::ids::OrganizationId;
use diesel::prelude::*;

/// The organization.
pub(super) fn find(conn: &mut Conn, id: OrganizationId) -> QueryResult<Organization> {
    dsl::organizations.find(id).select(Organization::as_select()).first(conn)
}

/// Adds an organization.
pub(super) fn insert(conn: &mut Conn, new: &Organization) -> QueryResult<()> {
    diesel::insert_into(dsl::organizations).values(new).execute(conn).map(drop)
}

/// Writes what can be changed, if nobody else did since this version was read; whether that was so. The directory's
/// revision is not touched.
pub(super) fn update(conn: &mut Conn, after: &Organization, version: i64) -> QueryResult<bool> {
    let same = dsl::organizations.find(after.id).filter(dsl::version.eq(version));
    diesel::update(same)
        .set((
            dsl::name.eq(&after.name),
            dsl::time_zone.eq(&after.time_zone),
            dsl::locale.eq(after.locale),
            dsl::currency.eq(&after.currency),
            dsl::fiscal_year_start.eq(after.fiscal_year_start),
            dsl::cycle_defaults.eq(&after.cycle_defaults),
            dsl::ranking_visibility.eq(after.ranking_visibility),
            dsl::version.eq(after.version),
            dsl::updated_at.eq(after.updated_at),
        ))
        .execute(conn)
        .map(|rows| rows == 1)
}

//! The only SQL on `cycles`.

use super::model::Cycle;
use crate::db::Conn;
use crate::db::schema::cycles::{self, dsl};
use crate::domain::ids::{CycleId, ForestId, OrganizationId};
use diesel::prelude::*;

/// A cycle.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: CycleId) -> QueryResult<Option<Cycle>> {
    dsl::cycles.find((organization, id)).select(Cycle::as_select()).first(conn).optional()
}

/// The cycles with these ids, in no order.
pub(super) fn by_ids(conn: &mut Conn, organization: OrganizationId, ids: &[CycleId]) -> QueryResult<Vec<Cycle>> {
    cycles::table
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::id.eq_any(ids))
        .select(Cycle::as_select())
        .load(conn)
}

/// The cycles of a forest, enclosing ones before those inside them, earlier ones before later ones.
pub(super) fn in_forest(conn: &mut Conn, organization: OrganizationId, forest: ForestId) -> QueryResult<Vec<Cycle>> {
    cycles::table
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::forest_id.eq(forest))
        .order((dsl::starts_on, dsl::ends_on.desc(), dsl::id))
        .select(Cycle::as_select())
        .load(conn)
}

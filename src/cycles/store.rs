//! The only SQL on `cycles`.

use super::model::Cycle;
use crate::db::Conn;
use crate::db::schema::{cycles, cycles::dsl, goals};
use crate::domain::calendar::Window;
use crate::domain::ids::{CycleId, ForestId, OrganizationId};
use diesel::prelude::*;

/// A cycle.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: CycleId) -> QueryResult<Option<Cycle>> {
    dsl::cycles.find((organization, id)).select(Cycle::as_select()).first(conn).optional()
}

/// The cycles with these ids, in no order.
pub(super) fn by_ids(conn: &mut Conn, organization: OrganizationId, ids: &[CycleId]) -> QueryResult<Vec<Cycle>> {
    dsl::cycles
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::id.eq_any(ids))
        .select(Cycle::as_select())
        .load(conn)
}

/// The cycles of a forest, earlier ones first, enclosing ones before those inside them.
pub(super) fn in_forest(conn: &mut Conn, organization: OrganizationId, forest: ForestId) -> QueryResult<Vec<Cycle>> {
    dsl::cycles
        .filter(dsl::organization_id.eq(organization).and(dsl::forest_id.eq(forest)))
        .order((dsl::starts_on, dsl::ends_on.desc(), dsl::id))
        .select(Cycle::as_select())
        .load(conn)
}

/// The outermost cycles.
pub(super) fn outermost(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Cycle>> {
    dsl::cycles
        .filter(dsl::organization_id.eq(organization).and(dsl::parent_id.is_null()))
        .order((dsl::starts_on, dsl::id))
        .select(Cycle::as_select())
        .load(conn)
}

/// All cycles, earlier ones first, enclosing ones before those inside them.
pub(super) fn all(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Cycle>> {
    dsl::cycles
        .filter(dsl::organization_id.eq(organization))
        .order((dsl::starts_on, dsl::ends_on.desc(), dsl::id))
        .select(Cycle::as_select())
        .load(conn)
}

/// A new cycle.
pub(super) fn insert(conn: &mut Conn, cycle: &Cycle) -> QueryResult<()> {
    diesel::insert_into(cycles::table).values(cycle).execute(conn).map(drop)
}

/// A cycle as it is now.
pub(super) fn update(conn: &mut Conn, cycle: &Cycle) -> QueryResult<()> {
    diesel::update(dsl::cycles.find((cycle.organization_id, cycle.id))).set(cycle).execute(conn).map(drop)
}

/// Cycles that now belong to another forest.
pub(super) fn move_to_forest(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[CycleId],
    forest: ForestId,
) -> QueryResult<()> {
    diesel::update(dsl::cycles.filter(dsl::organization_id.eq(organization).and(dsl::id.eq_any(ids))))
        .set(dsl::forest_id.eq(forest))
        .execute(conn)
        .map(drop)
}

/// A cycle that is no more.
pub(super) fn delete(conn: &mut Conn, organization: OrganizationId, id: CycleId) -> QueryResult<()> {
    diesel::delete(dsl::cycles.find((organization, id))).execute(conn).map(drop)
}

// Goals are to the right of cycles: what they are is no matter here, but a cycle's shape is fixed by their being
// there, which is a question to their table alone.

/// How many goals cycles have.
pub(super) fn count_goals(conn: &mut Conn, organization: OrganizationId, ids: &[CycleId]) -> QueryResult<i64> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::cycle_id.eq_any(ids)))
        .count()
        .get_result(conn)
}

/// How many goals of a cycle run over days outside a window, or over the days that the cycle has.
pub(super) fn count_goals_outside(
    conn: &mut Conn,
    organization: OrganizationId,
    id: CycleId,
    window: Window,
) -> QueryResult<i64> {
    let runs_on_the_cycles_days = goals::window_first.is_null().or(goals::window_last.is_null());
    let reaches_out = goals::window_first.lt(window.first()).or(goals::window_last.gt(window.last()));
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::cycle_id.eq(id)))
        .filter(runs_on_the_cycles_days.or(reaches_out))
        .count()
        .get_result(conn)
}

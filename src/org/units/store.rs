//! The only SQL on `units` and `unit_members`.

use super::model::Unit;
use crate::db::Conn;
use crate::db::schema::{goals, home_units, measurements, people, unit_members, units};
use crate::domain::ids::{OrganizationId, PersonId, UnitId};
use crate::domain::words::UnitRole;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;

/// A unit.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: UnitId) -> QueryResult<Option<Unit>> {
    units::table.find((organization, id)).first(conn).optional()
}

/// All units, in no order.
pub(super) fn all(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Unit>> {
    units::table.filter(units::organization_id.eq(organization)).load(conn)
}

/// Adds a unit.
pub(super) fn insert(conn: &mut Conn, new: &Unit) -> QueryResult<()> {
    diesel::insert_into(units::table).values(new).execute(conn).map(drop)
}

/// Writes a unit.
pub(super) fn update(conn: &mut Conn, after: &Unit) -> QueryResult<()> {
    diesel::update(units::table.find((after.organization_id, after.id))).set(after).execute(conn).map(drop)
}

/// Takes a unit away.
pub(super) fn delete(conn: &mut Conn, organization: OrganizationId, id: UnitId) -> QueryResult<()> {
    diesel::delete(units::table.find((organization, id))).execute(conn).map(drop)
}

/// How many people have a unit as home or as further membership.
pub(super) fn count_people(conn: &mut Conn, organization: OrganizationId, id: UnitId) -> QueryResult<i64> {
    let placed = unit_members::table
        .filter(unit_members::organization_id.eq(organization))
        .filter(unit_members::unit_id.eq(id))
        .select(unit_members::person_id);
    people::table
        .filter(people::organization_id.eq(organization))
        .filter(people::unit_id.eq(id).or(people::id.eq_any(placed)))
        .select(count_star())
        .first(conn)
}

/// How many goals a unit has. Goals lie to the right of this feature; what is asked here is only whether something
/// still stands on the unit, which the foreign key asks as well.
pub(super) fn count_goals(conn: &mut Conn, organization: OrganizationId, id: UnitId) -> QueryResult<i64> {
    goals::table
        .filter(goals::organization_id.eq(organization))
        .filter(goals::unit_id.eq(id))
        .select(count_star())
        .first(conn)
}

/// Whether anything was measured in a unit. Measurements lie to the right of this feature as well.
pub(super) fn was_measured(conn: &mut Conn, organization: OrganizationId, id: UnitId) -> QueryResult<bool> {
    let measured =
        measurements::table.filter(measurements::organization_id.eq(organization).and(measurements::unit_id.eq(id)));
    diesel::select(exists(measured)).get_result(conn)
}

/// Who was at home in a unit on days gone by, was so in the one above: what is still to be measured for those days
/// counts there.
pub(super) fn move_homes(
    conn: &mut Conn,
    organization: OrganizationId,
    from: UnitId,
    above: UnitId,
) -> QueryResult<()> {
    let homes =
        home_units::table.filter(home_units::organization_id.eq(organization).and(home_units::unit_id.eq(from)));
    diesel::update(homes).set(home_units::unit_id.eq(above)).execute(conn).map(drop)
}

/// The place that a person has in a unit beside having it as home.
pub(super) fn role_of(
    conn: &mut Conn,
    organization: OrganizationId,
    unit: UnitId,
    person: PersonId,
) -> QueryResult<Option<UnitRole>> {
    unit_members::table.find((organization, unit, person)).select(unit_members::role).first(conn).optional()
}

/// Gives a person a place in a unit.
pub(super) fn add_member(
    conn: &mut Conn,
    organization: OrganizationId,
    unit: UnitId,
    person: PersonId,
    role: UnitRole,
) -> QueryResult<()> {
    let row = (
        unit_members::organization_id.eq(organization),
        unit_members::unit_id.eq(unit),
        unit_members::person_id.eq(person),
        unit_members::role.eq(role),
    );
    diesel::insert_into(unit_members::table).values(row).execute(conn).map(drop)
}

/// Takes a person's place in a unit away.
pub(super) fn remove_member(
    conn: &mut Conn,
    organization: OrganizationId,
    unit: UnitId,
    person: PersonId,
) -> QueryResult<()> {
    diesel::delete(unit_members::table.find((organization, unit, person))).execute(conn).map(drop)
}

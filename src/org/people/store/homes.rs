//! The only SQL on `home_units`: where people were at home, and since when.

use crate::db::schema::home_units::{self, dsl};
use crate::db::{Conn, insert_rows};
use crate::domain::calendar::FIRST_DAY;
use crate::domain::ids::{OrganizationId, PersonId, UnitId};
use crate::org::people::Person;
use chrono::NaiveDate;
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = home_units)]
struct Row {
    organization_id: OrganizationId,
    person_id: PersonId,
    holds_from: NaiveDate,
    unit_id: UnitId,
}

impl Row {
    const fn of(person: &Person, holds_from: NaiveDate) -> Self {
        Self { organization_id: person.organization_id, person_id: person.id, holds_from, unit_id: person.unit_id }
    }
}

/// New people have always been at home where they begin.
pub(in crate::org::people) fn settle(conn: &mut Conn, new: &[&Person]) -> QueryResult<()> {
    let rows: Vec<Row> = new.iter().map(|person| Row::of(person, FIRST_DAY)).collect();
    insert_rows!(conn, home_units::table, rows);
    Ok(())
}

/// From a day on a person is at home where they are now; where else they were to be from that day does not hold.
pub(in crate::org::people) fn move_to(conn: &mut Conn, person: &Person, from: NaiveDate) -> QueryResult<()> {
    diesel::delete(dsl::home_units.find((person.organization_id, person.id, from))).execute(conn)?;
    diesel::insert_into(home_units::table).values(Row::of(person, from)).execute(conn).map(drop)
}

/// Where some people were at home and from when on: of each, the earliest first.
pub(in crate::org::people) fn of(
    conn: &mut Conn,
    organization: OrganizationId,
    people: &[PersonId],
) -> QueryResult<Vec<(PersonId, NaiveDate, UnitId)>> {
    dsl::home_units
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::person_id.eq_any(people))
        .order((dsl::person_id, dsl::holds_from))
        .select((dsl::person_id, dsl::holds_from, dsl::unit_id))
        .load(conn)
}

//! The only SQL on `review_setups` and `reviews`.

use super::model::{Listed, Review};
use super::setup::SetupRow;
use crate::db::schema::review_setups;
use crate::db::schema::reviews::{self, dsl};
use crate::db::{Conn, insert_rows};
use crate::domain::ids::{CycleId, OrganizationId, PersonId, ReviewId};
use diesel::prelude::*;

/// How a cycle is set up.
pub(super) fn setup(conn: &mut Conn, organization: OrganizationId, cycle: CycleId) -> QueryResult<Option<SetupRow>> {
    review_setups::table.find((organization, cycle)).select(SetupRow::as_select()).first(conn).optional()
}

/// A cycle's first set-up.
pub(super) fn insert_setup(conn: &mut Conn, new: &SetupRow) -> QueryResult<()> {
    diesel::insert_into(review_setups::table).values(new).execute(conn).map(drop)
}

/// A cycle's set-up as it is now.
pub(super) fn update_setup(conn: &mut Conn, after: &SetupRow) -> QueryResult<()> {
    diesel::update(review_setups::table.find((after.organization_id, after.cycle_id)))
        .set(after)
        .execute(conn)
        .map(drop)
}

/// A review.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: ReviewId) -> QueryResult<Option<Review>> {
    dsl::reviews.find((organization, id)).select(Review::as_select()).first(conn).optional()
}

/// A person's review in a cycle.
pub(super) fn of_person(
    conn: &mut Conn,
    organization: OrganizationId,
    cycle: CycleId,
    person: PersonId,
) -> QueryResult<Option<Review>> {
    dsl::reviews
        .filter(dsl::organization_id.eq(organization).and(dsl::cycle_id.eq(cycle)).and(dsl::person_id.eq(person)))
        .select(Review::as_select())
        .first(conn)
        .optional()
}

/// The reviews with these ids, in no order.
pub(super) fn by_ids(conn: &mut Conn, organization: OrganizationId, ids: &[ReviewId]) -> QueryResult<Vec<Review>> {
    dsl::reviews
        .filter(dsl::organization_id.eq(organization).and(dsl::id.eq_any(ids)))
        .select(Review::as_select())
        .load(conn)
}

/// The reviews of cycles, as lists go by them.
pub(super) fn in_cycles(conn: &mut Conn, organization: OrganizationId, cycles: &[CycleId]) -> QueryResult<Vec<Listed>> {
    dsl::reviews
        .filter(dsl::organization_id.eq(organization).and(dsl::cycle_id.eq_any(cycles)))
        .select(Listed::as_select())
        .load(conn)
}

/// The reviews of people in cycles, as lists go by them.
pub(super) fn of_people(
    conn: &mut Conn,
    organization: OrganizationId,
    cycles: &[CycleId],
    people: &[PersonId],
) -> QueryResult<Vec<Listed>> {
    dsl::reviews
        .filter(dsl::organization_id.eq(organization).and(dsl::cycle_id.eq_any(cycles)))
        .filter(dsl::person_id.eq_any(people))
        .select(Listed::as_select())
        .load(conn)
}

/// Those who have a review in a cycle, left out or not.
pub(super) fn people_in(conn: &mut Conn, organization: OrganizationId, cycle: CycleId) -> QueryResult<Vec<PersonId>> {
    dsl::reviews
        .filter(dsl::organization_id.eq(organization).and(dsl::cycle_id.eq(cycle)))
        .select(dsl::person_id)
        .load(conn)
}

/// New reviews.
pub(super) fn insert(conn: &mut Conn, rows: &[Review]) -> QueryResult<()> {
    insert_rows!(conn, reviews::table, rows);
    Ok(())
}

/// A review as it is now; whether it was still at the version before.
pub(super) fn update(conn: &mut Conn, after: &Review, version: i64) -> QueryResult<bool> {
    let at_version = dsl::reviews.find((after.organization_id, after.id)).filter(dsl::version.eq(version));
    diesel::update(at_version).set(after).execute(conn).map(|rows| rows == 1)
}

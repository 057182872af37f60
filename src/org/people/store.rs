//! The only SQL on `people` that changes them, and the reads of this feature.

pub(super) mod homes;

use super::model::Person;
use crate::db::schema::organizations;
use crate::db::schema::people::{self, dsl};
use crate::db::{Conn, Locked, native};
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::Role;
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A person.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: PersonId) -> QueryResult<Option<Person>> {
    dsl::people.find((organization, id)).first(conn).optional()
}

/// A person who is about to be changed: other changes of them wait.
pub(super) fn find_for_update(
    conn: &mut Conn,
    organization: OrganizationId,
    id: PersonId,
) -> QueryResult<Option<Person>> {
    Locked(dsl::people.find((organization, id))).get_result(conn).optional()
}

/// The people of these ids, in no order.
pub(super) fn of_ids(conn: &mut Conn, organization: OrganizationId, ids: &[PersonId]) -> QueryResult<Vec<Person>> {
    dsl::people.filter(dsl::organization_id.eq(organization)).filter(dsl::id.eq_any(ids)).load(conn)
}

/// What lists find and order people by.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Entry {
    pub(super) id: PersonId,
    pub(super) name_folded: String,
    pub(super) email_folded: Option<String>,
    pub(super) employee_code_folded: Option<String>,
    pub(super) joined_on: Option<NaiveDate>,
}

/// Everyone, as lists find and order them.
pub(super) fn entries(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Entry>> {
    dsl::people
        .filter(dsl::organization_id.eq(organization))
        .select((dsl::id, dsl::name_folded, dsl::email_folded, dsl::employee_code_folded, dsl::joined_on))
        .load(conn)
}

/// Those who have one of these email addresses, with it.
pub(super) fn with_emails(
    conn: &mut Conn,
    organization: OrganizationId,
    folded: &[String],
) -> QueryResult<Vec<(Option<String>, PersonId)>> {
    dsl::people
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::email_folded.eq_any(folded))
        .select((dsl::email_folded, dsl::id))
        .load(conn)
}

/// Those who have one of these employee codes, with it.
pub(super) fn with_codes(
    conn: &mut Conn,
    organization: OrganizationId,
    folded: &[String],
) -> QueryResult<Vec<(Option<String>, PersonId)>> {
    dsl::people
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::employee_code_folded.eq_any(folded))
        .select((dsl::employee_code_folded, dsl::id))
        .load(conn)
}

/// A person with their first and last day, and when they were deactivated, where there is any.
type DaysOf = (PersonId, Option<NaiveDate>, Option<NaiveDate>, Option<Instant>);

/// The days of some people.
pub(super) fn days_of(conn: &mut Conn, organization: OrganizationId, ids: &[PersonId]) -> QueryResult<Vec<DaysOf>> {
    dsl::people
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::id.eq_any(ids))
        .select((dsl::id, dsl::joined_on, dsl::left_on, dsl::deactivated_at))
        .load(conn)
}

/// How many owners there are who can sign in, beside one.
pub(super) fn other_owners(conn: &mut Conn, organization: OrganizationId, but: PersonId) -> QueryResult<i64> {
    dsl::people
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::role.eq(Role::Owner))
        .filter(dsl::deactivated_at.is_null())
        .filter(dsl::account_id.is_not_null())
        .filter(dsl::id.ne(but))
        .select(count_star())
        .first(conn)
}

/// The name of the organization.
pub(super) fn organization_name(conn: &mut Conn, organization: OrganizationId) -> QueryResult<String> {
    organizations::table.find(organization).select(organizations::name).first(conn)
}

/// Whether an account belongs to someone of the organization already.
pub(super) fn has_account(conn: &mut Conn, organization: OrganizationId, account: AccountId) -> QueryResult<bool> {
    let same = dsl::people.filter(dsl::organization_id.eq(organization)).filter(dsl::account_id.eq(account));
    same.select(count_star()).first(conn).map(|found: i64| found > 0)
}

/// Adds people; those of one batch may be each other's managers.
pub(super) fn insert(conn: &mut Conn, new: &[&Person]) -> QueryResult<()> {
    let rows: Vec<&Person> = new.to_vec();
    native!(conn, |each| diesel::insert_into(people::table).values(rows).execute(each)).map(drop)
}

/// Writes a person.
pub(super) fn update(conn: &mut Conn, after: &Person) -> QueryResult<()> {
    diesel::update(dsl::people.find((after.organization_id, after.id))).set(after).execute(conn).map(drop)
}

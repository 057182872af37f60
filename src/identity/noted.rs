//! What happens to an account is noted in each organization that it belongs to, and nowhere else: one that its human has
//! left learns no more of where they sign in.

use crate::clock::Clock;
use crate::db::schema::people::dsl;
use crate::db::{Conn, Event, Origin, Subject, note_event};
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::error::Result;
use diesel::prelude::*;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// The account's own human.
    Themself,
    /// Nobody knows.
    Unknown,
}

/// Notes what the operator did about an account by a command.
pub fn by_operator(
    conn: &mut Conn,
    clock: &Clock,
    account: AccountId,
    command: &str,
    event: impl Fn(Subject) -> Result<Event>,
) -> Result<()> {
    in_all(conn, clock, account, Who::Unknown, &Origin::operator(command), event)
}

/// Notes an event about the person that an account is, in each of its organizations.
pub(super) fn in_all(
    conn: &mut Conn,
    clock: &Clock,
    account: AccountId,
    who: Who,
    origin: &Origin,
    event: impl Fn(Subject) -> Result<Event>,
) -> Result<()> {
    let people: Vec<(OrganizationId, PersonId, String)> = dsl::people
        .filter(dsl::account_id.eq(account))
        .filter(dsl::deactivated_at.is_null())
        .order((dsl::organization_id, dsl::id))
        .select((dsl::organization_id, dsl::id, dsl::display_name))
        .load(conn)?;
    for (organization, person, name) in people {
        let actor = (who == Who::Themself).then_some(person);
        let subject = Subject::new("person", person).called(&name);
        note_event(conn, clock, organization, actor, origin, &event(subject)?)?;
    }
    Ok(())
}

/// A person as what happens to their session is about them.
pub(super) fn subject_of(conn: &mut Conn, organization: OrganizationId, person: PersonId) -> QueryResult<Subject> {
    let name: String = dsl::people.find((organization, person)).select(dsl::display_name).first(conn)?;
    Ok(Subject::new("person", person).called(&name))
}

//! Inviting people: one-time links to their first sign-in.

use super::{Person, store, subject};
use crate::db::{Event, Tx};
use crate::domain::ids::PersonId;
use crate::domain::instant::Instant;
use crate::domain::limits;
use crate::error::{Code, Faults, Result};
use crate::identity::links::{self, Bearer, HOLDS, Purpose};
use crate::org::must_be_admin;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;

/// An invitation that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Invitation {
    /// Who is invited.
    pub person_id: PersonId,
    /// The secret for `POST /invitations/accept`: shown this once, null where the request is repeated.
    // Never serialized with what a request made, so that no secret lies in the database.
    #[serde(skip)]
    pub token: Option<String>,
    /// Until when it works.
    pub expires_at: Instant,
}

/// Invites people who can't sign in yet: each gets a new link, and earlier ones stop working. HR alone; admins and
/// owners are invited by an owner.
pub fn invite(tx: &mut Tx<'_>, ids: &[PersonId]) -> Result<Vec<Invitation>> {
    must_be_admin(tx)?;
    let people = invitees(tx, ids)?;
    if people.iter().any(|person| !tx.actor.may_grant(person.role)) {
        return Err(Code::Forbidden.into());
    }
    people.iter().map(|person| invite_one(tx, person)).collect()
}

fn invite_one(tx: &mut Tx<'_>, person: &Person) -> Result<Invitation> {
    let expires_at = tx.now + HOLDS;
    let bearer = Bearer { person: Some((tx.organization(), person.id)), account: None };
    let clock = tx.clock();
    let token = links::issue(tx.conn, clock, Purpose::Invitation, bearer, Some(expires_at))?;
    let event = Event::new("person.invited", subject(person));
    tx.note(event.after(&json!({ "email": person.email, "expires_at": expires_at }))?);
    Ok(Invitation { person_id: person.id, token: Some(token), expires_at })
}

/// The people of these ids, or every reason why one can't be invited.
fn invitees(tx: &mut Tx<'_>, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut faults = Faults::new();
    faults.check(!ids.is_empty(), "/person_ids", Code::Required);
    faults.check(ids.len() <= limits::BATCH, "/person_ids", Code::TooMany.with("most", limits::BATCH));
    let named: Vec<PersonId> = ids.iter().copied().take(limits::BATCH).collect();
    let mut found = store::of_ids(tx.conn, tx.organization(), &named)?;
    let mut seen = HashSet::new();
    for (index, id) in named.iter().enumerate() {
        let pointer = format!("/person_ids/{index}");
        faults.check(seen.insert(*id), &pointer, Code::Duplicate);
        match found.iter().find(|person| person.id == *id) {
            None => faults.add(pointer, Code::NoSuchReference),
            Some(person) => {
                faults.check(person.is_active(), &pointer, Code::PersonDeactivated);
                faults.check(person.account_id.is_none(), &pointer, Code::AlreadyJoined);
                faults.check(person.email.is_some(), &pointer, Code::NoEmail);
            }
        }
    }
    faults.finish()?;
    found.sort_by_key(|person| named.iter().position(|id| *id == person.id));
    Ok(found)
}

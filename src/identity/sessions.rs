//! Sessions: what a sign-in opens, and what every request is checked against.

use super::accounts::Account;
use super::gate::Principal;
use super::noted::subject_of;
use super::refresh;
use super::throttle::network;
use crate::clock::Clock;
use crate::db::schema::{organizations, people, sessions};
use crate::db::{Conn, Event, Locked, Origin, note_event};
use crate::domain::ids::{AccountId, OrganizationId, PersonId, SessionId};
use crate::domain::instant::Instant;
use crate::domain::words::Role;
use crate::error::Result;
use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;
use sessions::dsl;
use std::collections::HashMap;
use std::net::IpAddr;
use uuid::Uuid;

/// How long a session lives without being refreshed.
pub(super) const IDLE: Duration = Duration::days(30);

/// How long an address is known as one that an account is used at.
const KNOWN: Duration = Duration::days(90);

/// A session.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = sessions)]
pub(super) struct Session {
    pub(super) organization_id: OrganizationId,
    pub(super) id: SessionId,
    pub(super) person_id: PersonId,
    pub(super) account_id: AccountId,
    pub(super) user_agent: Option<String>,
    pub(super) address: Option<String>,
    pub(super) created_at: Instant,
    pub(super) last_used_at: Instant,
    pub(super) expires_at: Instant,
    revoked_at: Option<Instant>,
}

/// A session that was opened or refreshed, with its refresh token: shown once.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The organization.
    pub organization: OrganizationId,
    /// The person.
    pub person: PersonId,
    /// The session.
    pub session: SessionId,
    /// The refresh token.
    pub refresh_token: String,
}

/// Opens a session.
pub fn open(
    conn: &mut Conn,
    clock: &Clock,
    organization: OrganizationId,
    person: PersonId,
    account: AccountId,
    origin: &Origin,
) -> Result<Opened> {
    let (now, id) = (clock.now(), clock.new_id());
    let session = Session {
        organization_id: organization,
        id,
        person_id: person,
        account_id: account,
        user_agent: origin.user_agent.clone(),
        address: origin.address.clone(),
        created_at: now,
        last_used_at: now,
        expires_at: now + IDLE,
        revoked_at: None,
    };
    diesel::insert_into(dsl::sessions).values(session).execute(conn)?;
    let refresh_token = refresh::issue(conn, organization, id, now)?;
    let subject = subject_of(conn, organization, person)?;
    let event = Event::new("sign_in.succeeded", subject).after(&json!({ "session_id": id }))?;
    note_event(conn, clock, organization, Some(person), &origin.clone().in_session(id), &event)?;
    Ok(Opened { organization, person, session: id, refresh_token })
}

/// A session that stands; others that go on with it wait.
pub(super) fn find_standing(
    conn: &mut Conn,
    organization: OrganizationId,
    id: SessionId,
    now: Instant,
) -> QueryResult<Option<Session>> {
    let standing =
        dsl::sessions.find((organization, id)).filter(dsl::revoked_at.is_null()).filter(dsl::expires_at.gt(now));
    Locked(standing).get_result(conn).optional()
}

/// Whether an account was used at an address lately. It asks as long where there is no account.
pub(super) fn is_known_at(
    conn: &mut Conn,
    account: Option<&Account>,
    address: IpAddr,
    now: Instant,
) -> QueryResult<bool> {
    let account = account.map_or(AccountId(Uuid::nil()), |account| account.id);
    let used: Vec<Option<String>> = dsl::sessions
        .filter(dsl::account_id.eq(account))
        .filter(dsl::created_at.gt(now + -KNOWN))
        .order(dsl::created_at.desc())
        .select(dsl::address)
        .limit(200)
        .load(conn)?;
    let same = |text: &String| text.parse().is_ok_and(|known: IpAddr| network(known) == network(address));
    Ok(used.iter().flatten().any(same))
}

/// The sessions of an organization that stand, with what their callers are known by.
macro_rules! standing {
    ($organization:expr, $now:expr, $which:expr) => {
        sessions::table
            .inner_join(
                people::table
                    .on(people::organization_id.eq(sessions::organization_id).and(people::id.eq(sessions::person_id))),
            )
            .inner_join(organizations::table.on(organizations::id.eq(sessions::organization_id)))
            .filter(sessions::organization_id.eq($organization))
            .filter($which)
            .filter(sessions::revoked_at.is_null())
            .filter(sessions::expires_at.gt($now))
            .filter(people::deactivated_at.is_null())
            .select((
                (sessions::id, sessions::person_id),
                sessions::account_id,
                people::role,
                organizations::time_zone,
                organizations::directory_revision,
            ))
    };
}

/// A session and its person, and what they are known by.
type Standing = ((SessionId, PersonId), AccountId, Role, String, i64);

fn principal_of((_, account, role, time_zone, directory_revision): Standing) -> Principal {
    Principal { account: Some(account), role, time_zone, directory_revision }
}

/// The caller, if the session stands and the person is with the organization.
pub(super) fn principal(
    conn: &mut Conn,
    organization: OrganizationId,
    person: PersonId,
    session: SessionId,
    now: Instant,
) -> QueryResult<Option<Principal>> {
    let which = sessions::id.eq(session).and(sessions::person_id.eq(person));
    let found: Option<Standing> = standing!(organization, now, which).first(conn).optional()?;
    Ok(found.map(principal_of))
}

/// The callers whose sessions stand and who are with the organization.
pub(super) fn principals(
    conn: &mut Conn,
    organization: OrganizationId,
    sessions: &[SessionId],
    now: Instant,
) -> QueryResult<HashMap<(SessionId, PersonId), Principal>> {
    let found: Vec<Standing> = standing!(organization, now, sessions::id.eq_any(sessions)).load(conn)?;
    Ok(found.into_iter().map(|standing| (standing.0, principal_of(standing))).collect())
}

/// A person's sessions that stand, the last used first.
pub(super) fn of_person(
    conn: &mut Conn,
    organization: OrganizationId,
    person: PersonId,
    now: Instant,
) -> QueryResult<Vec<Session>> {
    dsl::sessions
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::person_id.eq(person))
        .filter(dsl::revoked_at.is_null())
        .filter(dsl::expires_at.gt(now))
        .order((dsl::last_used_at.desc(), dsl::id))
        .limit(100)
        .load(conn)
}

/// Ends one of a person's sessions; whether there was one.
pub(super) fn revoke(
    conn: &mut Conn,
    organization: OrganizationId,
    person: PersonId,
    id: SessionId,
    now: Instant,
) -> QueryResult<bool> {
    let standing =
        dsl::sessions.find((organization, id)).filter(dsl::person_id.eq(person)).filter(dsl::revoked_at.is_null());
    diesel::update(standing).set(dsl::revoked_at.eq(now)).execute(conn).map(|ended| ended > 0)
}

/// Ends all of a person's sessions.
pub(super) fn revoke_all(
    conn: &mut Conn,
    organization: OrganizationId,
    person: PersonId,
    now: Instant,
) -> QueryResult<()> {
    let standing = dsl::sessions
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::person_id.eq(person))
        .filter(dsl::revoked_at.is_null());
    diesel::update(standing).set(dsl::revoked_at.eq(now)).execute(conn).map(drop)
}

/// Ends all sessions of an account, in every organization.
pub(super) fn revoke_account(conn: &mut Conn, account: AccountId, now: Instant) -> QueryResult<()> {
    let standing = dsl::sessions.filter(dsl::account_id.eq(account)).filter(dsl::revoked_at.is_null());
    diesel::update(standing).set(dsl::revoked_at.eq(now)).execute(conn).map(drop)
}

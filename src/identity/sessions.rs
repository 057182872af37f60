//! Sessions: what a sign-in opens, and what every request is checked against.

use super::gate::Principal;
use super::links::{hash, secret};
use crate::clock::Clock;
use crate::db::schema::{organizations, people, sessions};
use crate::db::{Conn, Origin};
use crate::domain::ids::{AccountId, OrganizationId, PersonId, SessionId};
use crate::domain::instant::Instant;
use crate::domain::words::Role;
use crate::error::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use diesel::prelude::*;
use sessions::dsl;
use uuid::Uuid;

/// How long a session lives without being refreshed.
const IDLE: Duration = Duration::days(30);

/// How long the refresh token before the last one still works: a phone that lost the answer tries again.
const GRACE: Duration = Duration::seconds(30);

/// A session.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = sessions)]
pub(super) struct Session {
    pub(super) organization_id: OrganizationId,
    pub(super) id: SessionId,
    pub(super) person_id: PersonId,
    pub(super) account_id: AccountId,
    refresh_hash: String,
    previous_refresh_hash: Option<String>,
    rotated_at: Option<Instant>,
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

/// A refresh token names its session, so that it is found without a search over secrets.
fn compose(organization: OrganizationId, session: SessionId, secret: &str) -> String {
    let ids = [organization.0.as_bytes().as_slice(), session.0.as_bytes().as_slice()].concat();
    format!("gtr_{}.{secret}", URL_SAFE_NO_PAD.encode(ids))
}

fn dissect(token: &str) -> Option<(OrganizationId, SessionId, &str)> {
    let (ids, secret) = token.trim().strip_prefix("gtr_")?.split_once('.')?;
    let ids = URL_SAFE_NO_PAD.decode(ids).ok()?;
    let (organization, session) = ids.split_at_checked(16)?;
    let organization = Uuid::from_slice(organization).ok()?;
    Some((OrganizationId(organization), SessionId(Uuid::from_slice(session).ok()?), secret))
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
    let (now, id, secret) = (clock.now(), clock.new_id(), secret()?);
    let session = Session {
        organization_id: organization,
        id,
        person_id: person,
        account_id: account,
        refresh_hash: hash(&secret),
        previous_refresh_hash: None,
        rotated_at: None,
        user_agent: origin.user_agent.clone(),
        address: origin.address.clone(),
        created_at: now,
        last_used_at: now,
        expires_at: now + IDLE,
        revoked_at: None,
    };
    diesel::insert_into(dsl::sessions).values(session).execute(conn)?;
    Ok(Opened { organization, person, session: id, refresh_token: compose(organization, id, &secret) })
}

/// What presenting a refresh token comes to.
pub(super) enum Refresh {
    /// The session goes on with a new refresh token.
    Goes(Opened),
    /// The token is none, has ended, or was used before; in the last case its session ends with this.
    Ends,
}

/// Changes a refresh token for the next one. A token that was used before ends the session: someone has a copy.
pub(super) fn refresh(conn: &mut Conn, token: &str, now: Instant) -> Result<Refresh> {
    let Some((organization, id, presented)) = dissect(token) else { return Ok(Refresh::Ends) };
    let found: Option<Session> = dsl::sessions.find((organization, id)).first(conn).optional()?;
    let Some(session) = found.filter(|session| session.revoked_at.is_none() && session.expires_at > now) else {
        return Ok(Refresh::Ends);
    };
    let presented = hash(presented);
    let is_last = presented == session.refresh_hash;
    let is_retry = session.previous_refresh_hash.as_ref() == Some(&presented)
        && session.rotated_at.is_some_and(|at| at + GRACE > now);
    if !is_last && !is_retry {
        revoke(conn, organization, session.person_id, id, now)?;
        return Ok(Refresh::Ends);
    }
    let admissible = principal(conn, organization, session.person_id, id, now)?.is_some();
    if !admissible {
        return Ok(Refresh::Ends);
    }
    let secret = secret()?;
    // Two refreshes at once: the second finds another hash here and changes nothing.
    let same = dsl::sessions.find((organization, id)).filter(dsl::refresh_hash.eq(&session.refresh_hash));
    let previous = if is_last { Some(presented) } else { session.previous_refresh_hash };
    let changed = diesel::update(same)
        .set((
            dsl::previous_refresh_hash.eq(previous),
            dsl::refresh_hash.eq(hash(&secret)),
            dsl::rotated_at.eq(now),
            dsl::last_used_at.eq(now),
            dsl::expires_at.eq(now + IDLE),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Err(Error::Again);
    }
    let refresh_token = compose(organization, id, &secret);
    Ok(Refresh::Goes(Opened { organization, person: session.person_id, session: id, refresh_token }))
}

/// The caller, if the session stands and the person is with the organization.
pub(super) fn principal(
    conn: &mut Conn,
    organization: OrganizationId,
    person: PersonId,
    session: SessionId,
    now: Instant,
) -> QueryResult<Option<Principal>> {
    let found: Option<(AccountId, Role, String, i64)> = sessions::table
        .inner_join(
            people::table
                .on(people::organization_id.eq(sessions::organization_id).and(people::id.eq(sessions::person_id))),
        )
        .inner_join(organizations::table.on(organizations::id.eq(sessions::organization_id)))
        .filter(sessions::organization_id.eq(organization))
        .filter(sessions::id.eq(session))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(people::deactivated_at.is_null())
        .select((sessions::account_id, people::role, organizations::time_zone, organizations::directory_revision))
        .first(conn)
        .optional()?;
    Ok(found.map(|(account, role, time_zone, directory_revision)| Principal {
        account: Some(account),
        role,
        time_zone,
        directory_revision,
    }))
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
pub fn revoke_all(conn: &mut Conn, organization: OrganizationId, person: PersonId, now: Instant) -> QueryResult<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refresh_token_names_its_session() {
        let (organization, session) = (OrganizationId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
        let token = compose(organization, session, "s3cret");
        assert_eq!(dissect(&token), Some((organization, session, "s3cret")));
        for broken in ["", "gtr_", "gtr_AA.x", "gtr_!.x", &token[..20]] {
            assert_eq!(dissect(broken), None, "{broken}");
        }
    }
}

//! Refresh tokens: each is changed for the next one and works once. One that comes again was copied: its session
//! ends, with all tokens of it, whoever has them.
//!
//! A phone that lost the answer tries again within half a minute and gets another token. Of the two, the one that is
//! used first makes the other one worthless, at once: two holders of one token don't live beside each other unnoticed,
//! whoever of them waits for the other to go first.

use super::links::{hash, secret};
use super::noted::subject_of;
use super::sessions::{self, IDLE, Opened};
use crate::clock::Clock;
use crate::db::schema::refresh_tokens::{self, dsl};
use crate::db::schema::sessions::dsl as of_session;
use crate::db::{Conn, Event, Origin, note_event};
use crate::domain::ids::{OrganizationId, SessionId};
use crate::domain::instant::Instant;
use crate::error::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use diesel::prelude::*;
use uuid::Uuid;

/// How long a used token still works: a phone that lost the answer tries again.
const GRACE: Duration = Duration::seconds(30);

/// How long used tokens are remembered.
const REMEMBERED: Duration = Duration::days(7);

#[derive(Queryable, Insertable)]
#[diesel(table_name = refresh_tokens)]
struct Row {
    organization_id: OrganizationId,
    hash: String,
    session_id: SessionId,
    issued_at: Instant,
    used_at: Option<Instant>,
}

/// What presenting a refresh token comes to.
pub(super) enum Refresh {
    /// The session goes on with a new refresh token.
    Goes(Opened),
    /// The token is none, has ended, or was used before; in the last case its session ends with this.
    Ends,
}

/// A refresh token names its session, so that it is found without a search over secrets.
fn compose(organization: OrganizationId, session: SessionId, secret: &str) -> String {
    let ids = [organization.0.as_bytes().as_slice(), session.0.as_bytes().as_slice()].concat();
    format!("gtr_{}.{secret}", URL_SAFE_NO_PAD.encode(ids))
}

/// The organization that a token names: nothing of it is proven before the database has been asked.
pub(super) fn organization_of(token: &str) -> Option<OrganizationId> {
    dissect(token).map(|(organization, ..)| organization)
}

fn dissect(token: &str) -> Option<(OrganizationId, SessionId, &str)> {
    let (ids, secret) = token.trim().strip_prefix("gtr_")?.split_once('.')?;
    let ids = URL_SAFE_NO_PAD.decode(ids).ok()?;
    let (organization, session) = ids.split_at_checked(16)?;
    let organization = Uuid::from_slice(organization).ok()?;
    Some((OrganizationId(organization), SessionId(Uuid::from_slice(session).ok()?), secret))
}

/// A new token of a session; its text is shown once.
pub(super) fn issue(conn: &mut Conn, organization: OrganizationId, session: SessionId, now: Instant) -> Result<String> {
    let secret = secret()?;
    let row =
        Row { organization_id: organization, hash: hash(&secret), session_id: session, issued_at: now, used_at: None };
    diesel::insert_into(dsl::refresh_tokens).values(row).execute(conn)?;
    Ok(compose(organization, session, &secret))
}

/// Changes a refresh token for the next one.
pub(super) fn refresh(conn: &mut Conn, clock: &Clock, origin: &Origin, token: &str) -> Result<Refresh> {
    let now = clock.now();
    let Some((organization, id, presented)) = dissect(token) else { return Ok(Refresh::Ends) };
    let Some(session) = sessions::find_standing(conn, organization, id, now)? else { return Ok(Refresh::Ends) };
    let known = dsl::refresh_tokens.find((organization, hash(presented))).filter(dsl::session_id.eq(id));
    let Some(row) = known.first::<Row>(conn).optional()? else { return Ok(Refresh::Ends) };
    if row.used_at.is_some_and(|used| used + GRACE <= now) {
        sessions::revoke(conn, organization, session.person_id, id, now)?;
        let subject = subject_of(conn, organization, session.person_id)?;
        let event = Event::new("session.refresh_reused", subject);
        let event = event.after(&serde_json::json!({ "session_id": id }))?;
        note_event(conn, clock, organization, None, origin, &event)?;
        return Ok(Refresh::Ends);
    }
    if sessions::principal(conn, organization, session.person_id, id, now)?.is_none() {
        return Ok(Refresh::Ends);
    }
    if row.used_at.is_none() {
        use_up(conn, row, now)?;
    }
    let refresh_token = issue(conn, organization, id, now)?;
    diesel::update(of_session::sessions.find((organization, id)))
        .set((of_session::last_used_at.eq(now), of_session::expires_at.eq(now + IDLE)))
        .execute(conn)?;
    Ok(Refresh::Goes(Opened { organization, person: session.person_id, session: id, refresh_token }))
}

/// A token is used, and with it what else the session was given: no phone that lost an answer comes with that, so it has
/// no time left. What is of long ago leaves.
fn use_up(conn: &mut Conn, used: Row, now: Instant) -> QueryResult<()> {
    let (organization, session) = (used.organization_id, used.session_id);
    diesel::update(dsl::refresh_tokens.find((organization, used.hash))).set(dsl::used_at.eq(now)).execute(conn)?;
    let own = dsl::organization_id.eq(organization).and(dsl::session_id.eq(session));
    let others = dsl::refresh_tokens.filter(own).filter(dsl::used_at.is_null());
    diesel::update(others).set(dsl::used_at.eq(now + -GRACE)).execute(conn)?;
    let long_ago = dsl::refresh_tokens.filter(own).filter(dsl::used_at.lt(now + -REMEMBERED));
    diesel::delete(long_ago).execute(conn).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_refresh_token_names_its_session(organization: u128, session: u128, secret in "[A-Za-z0-9_-]{43}") {
            let (organization, session) = (Uuid::from_u128(organization).into(), Uuid::from_u128(session).into());
            let token = compose(organization, session, &secret);
            prop_assert_eq!(dissect(&token), Some((organization, session, secret.as_str())));
            prop_assert_eq!(dissect(&token[..20]), None);
        }

        #[test]
        fn no_text_breaks_the_reading(text in "(gtr_)?[A-Za-z0-9_-]{0,60}.{0,40}") {
            let said = dissect(&text);
            prop_assert!(said.is_none_or(|(_, _, secret)| text.trim().ends_with(secret)));
        }
    }
}

//! One-time links: for the setup of an instance, invitations and password resets. The secret is shown once; its hash
//! is kept.

use super::throttle::{self, Key};
use crate::clock::Clock;
use crate::db::schema::one_time_links::{self, dsl};
use crate::db::{Conn, Origin, Scope};
use crate::domain::ids::{AccountId, OneTimeLinkId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Result};
use crate::http::Service;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use diesel::prelude::*;
use std::net::IpAddr;

/// How long an invitation or a password reset holds.
pub const HOLDS: Duration = Duration::days(7);

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Taking the instance at its first start.
    Setup,
    /// A person's first sign-in.
    Invitation,
    /// A new password.
    PasswordReset,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
        }
    }
}

/// Whom a link is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bearer {
    /// The person, in their organization.
    pub person: Option<(OrganizationId, PersonId)>,
    /// The account.
    pub account: Option<AccountId>,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = one_time_links)]
struct Row {
    id: OneTimeLinkId,
    purpose: String,
    secret_hash: String,
    organization_id: Option<OrganizationId>,
    person_id: Option<PersonId>,
    account_id: Option<AccountId>,
    created_at: Instant,
    expires_at: Option<Instant>,
    used_at: Option<Instant>,
}

/// A secret of 256 random bits, as text.
pub(super) fn secret() -> Result<String> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Error::internal("no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a secret.
pub(super) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, secret.as_bytes()))
}

/// Makes a link; earlier ones of the same purpose for the same person or account stop working. Answers the secret.
pub fn issue(
    conn: &mut Conn,
    clock: &Clock,
    purpose: Purpose,
    bearer: Bearer,
    expires_at: Option<Instant>,
) -> Result<String> {
    if let Some(person) = bearer.person {
        end_of(conn, purpose, person, clock.now())?;
    }
    if let Some(account) = bearer.account {
        let earlier = dsl::one_time_links
            .filter(dsl::account_id.eq(account))
            .filter(dsl::purpose.eq(purpose.as_str()))
            .filter(dsl::used_at.is_null());
        diesel::update(earlier).set(dsl::used_at.eq(clock.now())).execute(conn)?;
    }
    let secret = secret()?;
    let row = Row {
        id: clock.new_id(),
        purpose: purpose.as_str().to_owned(),
        secret_hash: hash(&secret),
        organization_id: bearer.person.map(|(organization, _)| organization),
        person_id: bearer.person.map(|(_, person)| person),
        account_id: bearer.account,
        created_at: clock.now(),
        expires_at,
        used_at: None,
    };
    diesel::insert_into(dsl::one_time_links).values(row).execute(conn)?;
    Ok(secret)
}

/// Whom a link that still works is for. It goes on working until [`redeem`]ed.
fn look_up(conn: &mut Conn, purpose: Purpose, secret: &str, now: Instant) -> Result<Option<Bearer>> {
    Ok(find(conn, purpose, secret, now)?.map(|row| row.bearer()))
}

/// Whom a link that someone presents is for. A secret that is none counts as a failed try of their address.
pub async fn present(service: &Service, purpose: Purpose, secret: String, origin: &Origin) -> Result<Option<Bearer>> {
    let address: Option<IpAddr> = origin.address.as_deref().and_then(|address| address.parse().ok());
    let (key, clock) = (address.map(Key::address), service.clock.clone());
    let looked_up = move |conn: &mut Conn| {
        let now = clock.now();
        if let Some(key) = &key {
            throttle::refuse_if_waiting(conn, key, now)?;
        }
        let bearer = look_up(conn, purpose, &secret, now)?;
        if let (None, Some(key)) = (bearer, &key) {
            throttle::count(conn, std::slice::from_ref(key), now)?;
        }
        Ok(bearer)
    };
    service.db.write(Scope::System, move |conn, _| looked_up(conn)).await
}

/// Uses a link up: it works once.
pub fn redeem(conn: &mut Conn, purpose: Purpose, secret: &str, now: Instant) -> Result<Bearer> {
    let row = find(conn, purpose, secret, now)?.ok_or(Code::LinkUsed)?;
    let unused = dsl::one_time_links.filter(dsl::id.eq(row.id)).filter(dsl::used_at.is_null());
    let used = diesel::update(unused).set(dsl::used_at.eq(now)).execute(conn)?;
    if used == 1 { Ok(row.bearer()) } else { Err(Code::LinkUsed.into()) }
}

/// Ends a person's links of a purpose.
pub fn end_of(
    conn: &mut Conn,
    purpose: Purpose,
    (organization, person): (OrganizationId, PersonId),
    now: Instant,
) -> QueryResult<()> {
    let unused = dsl::one_time_links
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::person_id.eq(person))
        .filter(dsl::purpose.eq(purpose.as_str()))
        .filter(dsl::used_at.is_null());
    diesel::update(unused).set(dsl::used_at.eq(now)).execute(conn).map(drop)
}

/// Ends all links of a purpose.
pub fn end_all(conn: &mut Conn, purpose: Purpose, now: Instant) -> QueryResult<()> {
    let unused = dsl::one_time_links.filter(dsl::purpose.eq(purpose.as_str())).filter(dsl::used_at.is_null());
    diesel::update(unused).set(dsl::used_at.eq(now)).execute(conn).map(drop)
}

fn find(conn: &mut Conn, purpose: Purpose, secret: &str, now: Instant) -> Result<Option<Row>> {
    let row: Option<Row> = dsl::one_time_links
        .filter(dsl::secret_hash.eq(hash(secret.trim())))
        .filter(dsl::purpose.eq(purpose.as_str()))
        .first(conn)
        .optional()?;
    Ok(row.filter(|row| row.used_at.is_none() && row.expires_at.is_none_or(|end| end > now)))
}

impl Row {
    fn bearer(&self) -> Bearer {
        Bearer { person: self.organization_id.zip(self.person_id), account: self.account_id }
    }
}

//! The same request sent twice does its thing once.
//!
//! What a request made (its ids) is kept with the change itself, in one transaction; a repetition finds it and
//! answers the things as they are now. One that comes while the first still runs is told so.

use super::service::Credential;
use crate::db::schema::idempotency_keys::{self, dsl};
use crate::db::{Conn, Native};
use crate::domain::ids::{OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Result};
use actix_web::HttpRequest;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a key is remembered.
const REMEMBERED: Duration = Duration::hours(24);

/// What a request's body says, in short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(super) fn of_body(body: &[u8]) -> Self {
        let mut short = [0; 32];
        short.copy_from_slice(digest(&SHA256, body).as_ref());
        Self(short)
    }

    /// This body sent to that address.
    pub(super) fn of_request(self, request: &HttpRequest) -> String {
        let mut whole = format!("{} {}\n", request.method(), request.uri()).into_bytes();
        whole.extend_from_slice(&self.0);
        URL_SAFE_NO_PAD.encode(digest(&SHA256, &whole))
    }
}

/// A caller's key, and what the request that carries it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    organization: OrganizationId,
    person: PersonId,
    text: String,
    fingerprint: String,
}

impl Key {
    pub(super) fn new(caller: &Credential, text: &str, fingerprint: String) -> Self {
        Self { organization: caller.organization, person: caller.person, text: text.to_owned(), fingerprint }
    }

    fn name(&self) -> (OrganizationId, PersonId, String) {
        (self.organization, self.person, self.text.clone())
    }

    /// A number for PostgreSQL's advisory lock.
    fn lock(&self) -> i64 {
        let text = format!("{} {} {}", self.organization, self.person, self.text);
        let mut short = [0; 8];
        short.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref().get(..8).unwrap_or(&[0; 8]));
        i64::from_le_bytes(short)
    }
}

/// The keys of requests that run in this process.
#[derive(Debug, Clone, Default)]
pub struct InFlight {
    keys: Arc<Mutex<HashSet<(OrganizationId, PersonId, String)>>>,
}

impl InFlight {
    /// Enters a key until the guard is dropped; 409 if it is there.
    pub fn enter(&self, key: &Key) -> Result<Running> {
        if self.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(key.name()) {
            Ok(Running { keys: self.clone(), name: key.name() })
        } else {
            Err(Code::StillRunning.into())
        }
    }
}

/// A request with a key that is running.
#[derive(Debug)]
pub struct Running {
    keys: InFlight,
    name: (OrganizationId, PersonId, String),
}

impl Drop for Running {
    fn drop(&mut self) {
        self.keys.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = idempotency_keys)]
struct Row {
    organization_id: OrganizationId,
    person_id: PersonId,
    key: String,
    fingerprint: String,
    result: String,
    expires_at: Instant,
}

#[derive(QueryableByName)]
struct Lock {
    #[diesel(sql_type = Bool)]
    free: bool,
}

/// Before a request is done: what it made when it was done before, if it was.
pub fn begin<T: DeserializeOwned>(conn: &mut Conn, key: &Key, now: Instant) -> Result<Option<T>> {
    if let Conn::Postgres(_) = conn {
        let lock: Lock = diesel::sql_query("SELECT pg_try_advisory_xact_lock($1) AS free")
            .bind::<BigInt, _>(key.lock())
            .get_result(conn)?;
        if !lock.free {
            return Err(Code::StillRunning.into());
        }
    }
    let found: Option<Row> =
        dsl::idempotency_keys.find((key.organization, key.person, &key.text)).first(conn).optional()?;
    match found {
        Some(row) if row.expires_at <= now => Ok(None),
        Some(row) if row.fingerprint != key.fingerprint => Err(Code::KeyReused.into()),
        Some(row) => serde_json::from_str(&row.result).map(Some).map_err(Error::internal),
        None => Ok(None),
    }
}

/// After it is done, in the same transaction: what it made. Keys whose time is over leave on the way.
pub fn finish<T: Serialize>(conn: &mut Conn, key: &Key, made: &T, now: Instant) -> Result<()> {
    diesel::delete(dsl::idempotency_keys.filter(dsl::expires_at.le(now))).execute(conn)?;
    let row = Row {
        organization_id: key.organization,
        person_id: key.person,
        key: key.text.clone(),
        fingerprint: key.fingerprint.clone(),
        result: serde_json::to_string(made).map_err(Error::internal)?,
        expires_at: now + REMEMBERED,
    };
    let insert = diesel::insert_into(dsl::idempotency_keys).values(row);
    Native(insert.on_conflict_do_nothing()).execute(conn)?;
    Ok(())
}

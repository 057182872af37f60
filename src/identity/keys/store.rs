//! The keys of the database: the only SQL on `signing_keys`.

use super::RETIRING;
use crate::clock::Clock;
use crate::db::columns::AnyId;
use crate::db::schema::signing_keys::{self, dsl};
use crate::db::{Conn, Vault};
use crate::domain::instant::Instant;
use crate::error::{Error, Result};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use diesel::prelude::*;
use uuid::Uuid;

/// What a key is sealed for.
const PURPOSE: &str = "signing key";

#[derive(Queryable, Insertable)]
#[diesel(table_name = signing_keys)]
pub(super) struct Row {
    pub(super) id: AnyId,
    secret: String,
    created_at: Instant,
    pub(super) retired_at: Option<Instant>,
}

impl Row {
    fn make(clock: &Clock, vault: &Vault) -> Result<Self> {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .map_err(|_| Error::internal("no randomness for a signing key"))?;
        let secret = vault.seal(PURPOSE, made.as_ref())?;
        Ok(Self { id: AnyId(clock.new_id()), secret, created_at: clock.now(), retired_at: None })
    }

    /// The key itself (PKCS#8).
    pub(super) fn secret(&self, vault: &Vault) -> Result<Vec<u8>> {
        vault.open(PURPOSE, &self.secret)
    }
}

/// A key as the operator sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Its id, which tokens name.
    pub id: Uuid,
    /// When it was made.
    pub created_at: Instant,
    /// Since when it signs no more.
    pub retired_at: Option<Instant>,
}

/// The keys that sign or still verify, the oldest first.
pub(super) fn usable(conn: &mut Conn, now: Instant) -> QueryResult<Vec<Row>> {
    dsl::signing_keys
        .filter(dsl::retired_at.is_null().or(dsl::retired_at.gt(now + -RETIRING)))
        .order(dsl::id)
        .load(conn)
}

/// The usable keys; one is made where none signs.
pub(super) fn stored_or_new(conn: &mut Conn, clock: &Clock, vault: &Vault) -> Result<Vec<Row>> {
    drop_ended(conn, clock.now())?;
    let stored = usable(conn, clock.now())?;
    if stored.iter().any(|row| row.retired_at.is_none()) {
        return Ok(stored);
    }
    diesel::insert_into(dsl::signing_keys).values(Row::make(clock, vault)?).execute(conn)?;
    Ok(usable(conn, clock.now())?)
}

/// Makes a key that signs from now on. The others are retired: they verify until their tokens have ended.
pub fn rotate(conn: &mut Conn, clock: &Clock, vault: &Vault) -> Result<Kept> {
    let now = clock.now();
    drop_ended(conn, now)?;
    diesel::update(dsl::signing_keys.filter(dsl::retired_at.is_null())).set(dsl::retired_at.eq(now)).execute(conn)?;
    let row = Row::make(clock, vault)?;
    let made = Kept { id: row.id.0, created_at: row.created_at, retired_at: None };
    diesel::insert_into(dsl::signing_keys).values(row).execute(conn)?;
    Ok(made)
}

/// Every key, the oldest first.
pub fn list(conn: &mut Conn) -> QueryResult<Vec<Kept>> {
    let rows: Vec<Row> = dsl::signing_keys.order(dsl::id).load(conn)?;
    let kept = |row: Row| Kept { id: row.id.0, created_at: row.created_at, retired_at: row.retired_at };
    Ok(rows.into_iter().map(kept).collect())
}

/// Keys whose last token has ended leave.
fn drop_ended(conn: &mut Conn, now: Instant) -> QueryResult<()> {
    diesel::delete(dsl::signing_keys.filter(dsl::retired_at.le(now + -RETIRING))).execute(conn).map(drop)
}

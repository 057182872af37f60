//! The only SQL on second factors.

use crate::db::schema::account_totp::{self, dsl};
use crate::db::schema::recovery_codes::{self, dsl as codes};
use crate::db::{Conn, Locked, native};
use crate::domain::ids::AccountId;
use crate::domain::instant::Instant;
use diesel::prelude::*;

/// An account's second factor.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = account_totp)]
pub(super) struct Factor {
    pub(super) account_id: AccountId,
    pub(super) secret: String,
    pub(super) created_at: Instant,
    pub(super) confirmed_at: Option<Instant>,
    pub(super) last_step: Option<i64>,
}

/// The factor, one that waits to be confirmed too; other uses of it wait.
pub(super) fn find(conn: &mut Conn, account: AccountId) -> QueryResult<Option<Factor>> {
    Locked(dsl::account_totp.find(account)).get_result(conn).optional()
}

/// Whether an account has one that is on, since when, and how many recovery codes are left.
pub(super) fn state(conn: &mut Conn, account: AccountId) -> QueryResult<(Option<Instant>, i64)> {
    let on: Option<Option<Instant>> =
        dsl::account_totp.find(account).select(dsl::confirmed_at).first(conn).optional()?;
    let left = codes::recovery_codes.filter(codes::account_id.eq(account)).filter(codes::used_at.is_null());
    Ok((on.flatten(), left.count().get_result(conn)?))
}

/// Keeps a factor that waits to be confirmed, in place of an earlier one.
pub(super) fn replace(conn: &mut Conn, factor: &Factor) -> QueryResult<()> {
    remove(conn, factor.account_id)?;
    diesel::insert_into(dsl::account_totp).values(factor).execute(conn).map(drop)
}

/// Turns it on, with these recovery codes.
pub(super) fn confirm(
    conn: &mut Conn,
    account: AccountId,
    step: i64,
    hashes: &[String],
    now: Instant,
) -> QueryResult<()> {
    diesel::update(dsl::account_totp.find(account))
        .set((dsl::confirmed_at.eq(now), dsl::last_step.eq(step)))
        .execute(conn)?;
    let rows: Vec<_> = hashes.iter().map(|hash| (codes::account_id.eq(account), codes::code_hash.eq(hash))).collect();
    native!(conn, |each| diesel::insert_into(recovery_codes::table).values(rows).execute(each)).map(drop)
}

/// Notes the step of a code that was used.
pub(super) fn use_step(conn: &mut Conn, account: AccountId, step: i64) -> QueryResult<()> {
    diesel::update(dsl::account_totp.find(account)).set(dsl::last_step.eq(step)).execute(conn).map(drop)
}

/// Uses a recovery code up; whether there was one.
pub(super) fn use_recovery_code(conn: &mut Conn, account: AccountId, hash: &str, now: Instant) -> QueryResult<bool> {
    let unused = codes::recovery_codes.find((account, hash)).filter(codes::used_at.is_null());
    diesel::update(unused).set(codes::used_at.eq(now)).execute(conn).map(|used| used > 0)
}

/// Takes the factor away; whether one was on.
pub(super) fn remove(conn: &mut Conn, account: AccountId) -> QueryResult<bool> {
    let was_on = state(conn, account)?.0.is_some();
    diesel::delete(codes::recovery_codes.filter(codes::account_id.eq(account))).execute(conn)?;
    diesel::delete(dsl::account_totp.find(account)).execute(conn)?;
    Ok(was_on)
}

//! Accounts: how a human signs in, over all organizations. They belong to no organization, so their queries run in
//! the system scope.

use crate::db::Conn;
use crate::db::schema::accounts::{self, dsl};
use crate::domain::ids::AccountId;
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use diesel::prelude::*;

/// An account. It can exist without a password: invited, or signing in elsewhere later.
#[derive(Clone, Queryable, Insertable)]
#[diesel(table_name = accounts)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The email address as written.
    pub email: String,
    /// The email address as compared.
    pub email_folded: String,
    /// The password's hash (argon2id).
    pub password_hash: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// The account of an email address.
pub fn find_by_email(conn: &mut Conn, email: &str) -> QueryResult<Option<Account>> {
    dsl::accounts.filter(dsl::email_folded.eq(fold(email.trim()))).first(conn).optional()
}

pub(super) fn find(conn: &mut Conn, id: AccountId) -> QueryResult<Option<Account>> {
    dsl::accounts.find(id).first(conn).optional()
}

/// Makes an account.
pub fn create(
    conn: &mut Conn,
    id: AccountId,
    email: &str,
    password_hash: Option<String>,
    now: Instant,
) -> QueryResult<AccountId> {
    let email = email.trim().to_owned();
    let account = Account { id, email_folded: fold(&email), email, password_hash, created_at: now, updated_at: now };
    diesel::insert_into(dsl::accounts).values(account).execute(conn)?;
    Ok(id)
}

/// Gives an account a new password.
pub fn set_password(conn: &mut Conn, id: AccountId, hash: &str, now: Instant) -> QueryResult<()> {
    diesel::update(dsl::accounts.find(id))
        .set((dsl::password_hash.eq(hash), dsl::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

//! Accounts: how a human signs in, over all organizations. They belong to no organization, so their queries run in
//! the system scope.
//!
//! An account is entered by its sources: today a password under the email address that it was made with; sign-in by
//! others (OIDC) adds sources of another kind beside it. A person can be there without an account, and an account
//! without a password.

use crate::db::schema::account_sources::dsl as sources;
use crate::db::schema::accounts::{self, dsl};
use crate::db::schema::{organizations, people};
use crate::db::{Conn, Locked};
use crate::domain::ids::AccountId;
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use diesel::prelude::*;

/// The kind of the source that is a password: its subject is the email address as compared.
const PASSWORD: &str = "password";

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

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Account").field(&self.id).finish()
    }
}

/// The account that an email address and a password enter.
pub fn find_by_email(conn: &mut Conn, email: &str) -> QueryResult<Option<Account>> {
    dsl::accounts
        .inner_join(sources::account_sources.on(sources::account_id.eq(dsl::id)))
        .filter(sources::kind.eq(PASSWORD))
        .filter(sources::subject.eq(fold(email.trim())))
        .select(dsl::accounts::all_columns())
        .first(conn)
        .optional()
}

pub(super) fn find(conn: &mut Conn, id: AccountId) -> QueryResult<Option<Account>> {
    dsl::accounts.find(id).first(conn).optional()
}

/// An account about to be entered or changed: others that do so wait.
pub(super) fn hold(conn: &mut Conn, id: AccountId) -> QueryResult<Option<Account>> {
    Locked(dsl::accounts.find(id)).get_result(conn).optional()
}

/// Makes an account, entered by a password.
pub fn create(
    conn: &mut Conn,
    id: AccountId,
    email: &str,
    password_hash: Option<String>,
    now: Instant,
) -> QueryResult<AccountId> {
    let email = email.trim().to_owned();
    let account = Account { id, email_folded: fold(&email), email, password_hash, created_at: now, updated_at: now };
    let source = (
        sources::kind.eq(PASSWORD),
        sources::subject.eq(account.email_folded.clone()),
        sources::account_id.eq(id),
        sources::created_at.eq(now),
    );
    diesel::insert_into(dsl::accounts).values(account).execute(conn)?;
    diesel::insert_into(sources::account_sources).values(source).execute(conn)?;
    Ok(id)
}

/// Gives an account a new password.
pub fn set_password(conn: &mut Conn, id: AccountId, hash: &str, now: Instant) -> QueryResult<()> {
    diesel::update(dsl::accounts.find(id))
        .set((dsl::password_hash.eq(hash), dsl::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// What is known of whom an account is: its email address, and names of people and organizations.
pub(super) fn about(conn: &mut Conn, account: &Account) -> QueryResult<Vec<String>> {
    let names: Vec<(String, String)> = people::table
        .inner_join(organizations::table.on(organizations::id.eq(people::organization_id)))
        .filter(people::account_id.eq(account.id))
        .select((people::display_name, organizations::name))
        .load(conn)?;
    let names = names.into_iter().flat_map(|(person, organization)| [person, organization]);
    Ok(std::iter::once(account.email.clone()).chain(names).collect())
}

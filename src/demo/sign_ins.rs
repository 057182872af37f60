//! Who can sign in to the demo, and whether a database holds it.

use super::company::DemoAccount;
use super::people::{self, PersonPlan, SIGN_INS, SignInPlan};
use crate::db::{Conn, Scope};
use crate::error::{Error, Result};
use crate::http::Service;
use crate::identity::{self, Account};
use crate::setup;
use aws_lc_rs::digest::{SHA256, digest};

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// No organization.
    Nothing,
    /// The demo.
    Whole,
    /// The demo, and other organizations that came after it.
    Shared,
    /// The demo, not loaded to its end.
    Unfinished,
    /// Organizations that are not the demo's.
    SomethingElse,
}

/// Looks at what the database holds.
pub(super) fn look(service: &Service) -> Result<Found> {
    service.db.read_now(Scope::System, |conn| {
        if !setup::is_owned(conn)? {
            return Ok(Found::Nothing);
        }
        let founder = people::find(people::FOUNDER).map(PersonPlan::email).unwrap_or_default();
        let whole = identity::find_by_email(conn, &founder)?.map(|account| account.password_hash.is_some());
        let alone = setup::only_organization(conn)?.is_some();
        Ok(match (whole, alone) {
            (Some(true), true) => Found::Whole,
            (Some(true), false) => Found::Shared,
            (Some(false), true) => Found::Unfinished,
            _ => Found::SomethingElse,
        })
    })
}

/// Gives those who can sign in their passwords: the last thing that is done.
pub(super) fn set_passwords(service: &Service) -> Result<()> {
    let now = service.clock.now();
    let accounts = service.db.read_now(Scope::System, |conn| each(conn, |_, _, account| account))?;
    let hashed = accounts.into_iter().map(|account| {
        let hash = identity::hash_password_now(&password(&account))?;
        Ok((account.id, hash))
    });
    let hashed = hashed.collect::<Result<Vec<_>>>()?;
    service.db.write_now(Scope::System, |conn, _| {
        hashed.iter().try_for_each(|(id, hash)| Ok(identity::set_password(conn, *id, hash, now)?))
    })
}

/// The sign-ins.
pub(super) fn all(service: &Service) -> Result<Vec<DemoAccount>> {
    service.db.read_now(Scope::System, |conn| {
        each(conn, |plan, person, account| DemoAccount::new(plan, person, password(&account)))
    })
}

fn each<T>(conn: &mut Conn, make: impl Fn(&SignInPlan, &PersonPlan, Account) -> T) -> Result<Vec<T>> {
    let account_of = |plan: &SignInPlan| {
        let person = people::find(plan.code).ok_or_else(Error::not_found)?;
        let account = identity::find_by_email(conn, &person.email())?.ok_or_else(Error::not_found)?;
        Ok(make(plan, person, account))
    };
    SIGN_INS.iter().map(account_of).collect()
}

/// An account's password: three groups of letters and digits that are told apart, from a hash of the account's id.
fn password(account: &Account) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let secret = digest(&SHA256, format!("goaltree demo {}", uuid::Uuid::from(account.id)).as_bytes());
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter));
    let letters: Vec<char> = secret.as_ref().iter().filter_map(letter).take(12).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

//! Tries at a password, a code or a link, counted until one succeeds. After some free ones each further one has to
//! wait, twice as long as the one before, up to a quarter of an hour: guessing becomes hopeless, and nobody is ever
//! locked out for good.
//!
//! The counts lie in the database: all instances share them, and they outlive a restart. A try is counted before the
//! password is looked at, so that a hundred at once are a hundred tries; whoever succeeds gets it back.

use crate::db::schema::sign_in_tries::{self, dsl};
use crate::db::{Conn, Locked, Native};
use crate::domain::ids::AccountId;
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use crate::error::{Code, Error, Result};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use diesel::prelude::*;
use std::net::IpAddr;

/// The longest wait.
const LONGEST: Duration = Duration::minutes(15);

/// How tries are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rule {
    /// How many in a row cost nothing.
    free: i32,
    /// How long the next one waits then.
    first: Duration,
    /// How long after the last one all are forgotten.
    forgotten: Duration,
}

/// A person who mistypes a few times notices nothing.
const ACCOUNT: Rule = Rule { free: 5, first: Duration::seconds(30), forgotten: Duration::hours(24) };

/// A whole office behind one address notices nothing either.
const ADDRESS: Rule = Rule { free: 100, first: Duration::seconds(10), forgotten: Duration::hours(1) };

impl Rule {
    /// How long the next try waits after so many.
    fn wait_after(&self, tries: i32) -> Option<Duration> {
        let beyond = u32::try_from(tries - self.free).ok()?;
        let doubled = 2_i32.checked_pow(beyond).and_then(|times| self.first.checked_mul(times));
        Some(doubled.unwrap_or(LONGEST).min(LONGEST))
    }
}

/// What tries are counted for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(String);

impl Key {
    /// An email address, whether or not it has an account. From an address that the account was used at before they
    /// are counted by themselves, so that strangers elsewhere keep nobody from their account.
    pub(super) fn email(email: &str, known_address: Option<IpAddr>) -> Self {
        let hashed = URL_SAFE_NO_PAD.encode(digest(&SHA256, fold(email.trim()).as_bytes()));
        Self(known_address.map_or_else(|| format!("email:{hashed}"), |at| format!("email:{hashed}@{}", network(at))))
    }

    /// Someone who is signed in and says their password again.
    pub(super) fn account(account: AccountId) -> Self {
        Self(format!("account:{account}"))
    }

    /// A network address.
    pub(super) fn address(address: IpAddr) -> Self {
        Self(format!("address:{}", network(address)))
    }

    /// Whether it is one account's; an address is many people's.
    pub(super) fn is_of_one(&self) -> bool {
        !self.0.starts_with("address:")
    }

    fn rule(&self) -> Rule {
        if self.is_of_one() { ACCOUNT } else { ADDRESS }
    }
}

/// What counts as one address: of IPv6 the 64 bits that one household has.
pub(super) fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = sign_in_tries, treat_none_as_null = true)]
struct Row {
    key: String,
    tries: i32,
    last_at: Instant,
    blocked_until: Option<Instant>,
    forgotten_at: Instant,
}

impl Row {
    fn new(key: &Key, now: Instant) -> Self {
        let forgotten_at = now + key.rule().forgotten;
        Self { key: key.0.clone(), tries: 0, last_at: now, blocked_until: None, forgotten_at }
    }
}

/// Counts a try for each key; refuses it where one of them has to wait. Whether some have to from now on.
pub(super) fn count(conn: &mut Conn, keys: &[Key], now: Instant) -> Result<bool> {
    let mut rows = held(conn, keys, now)?;
    if let Some(until) = rows.iter().filter_map(|(_, row)| row.blocked_until).filter(|until| *until > now).max() {
        return Err(wait(until, now));
    }
    let mut blocks = false;
    for (key, row) in &mut rows {
        row.tries += 1;
        row.last_at = now;
        row.forgotten_at = now + key.rule().forgotten;
        row.blocked_until = key.rule().wait_after(row.tries).map(|wait| now + wait);
        blocks |= row.blocked_until.is_some();
        diesel::update(dsl::sign_in_tries.find(&row.key)).set(&*row).execute(conn)?;
    }
    diesel::delete(dsl::sign_in_tries.filter(dsl::forgotten_at.le(now))).execute(conn)?;
    Ok(blocks)
}

/// Gives a try back: it was none that failed.
pub(super) fn give_back(conn: &mut Conn, keys: &[Key], now: Instant) -> Result<()> {
    for (key, mut row) in held(conn, keys, now)? {
        row.tries = (row.tries - 1).max(0);
        row.blocked_until = key.rule().wait_after(row.tries).and(row.blocked_until);
        diesel::update(dsl::sign_in_tries.find(&row.key)).set(&row).execute(conn)?;
    }
    Ok(())
}

/// Forgets the tries for a key: whoever it was got in.
pub(super) fn forget(conn: &mut Conn, key: &Key) -> QueryResult<()> {
    diesel::delete(dsl::sign_in_tries.find(&key.0)).execute(conn).map(drop)
}

/// Writes that tries ended now: what a failure costs is the same, whether or not there is more to note.
pub(super) fn touch(conn: &mut Conn, keys: &[Key], now: Instant) -> QueryResult<()> {
    let keys = keys.iter().map(|key| &key.0);
    diesel::update(dsl::sign_in_tries.filter(dsl::key.eq_any(keys))).set(dsl::last_at.eq(now)).execute(conn).map(drop)
}

/// Refuses where an address has to wait.
pub(super) fn refuse_if_waiting(conn: &mut Conn, key: &Key, now: Instant) -> Result<()> {
    let row: Option<Row> = dsl::sign_in_tries.find(&key.0).first(conn).optional()?;
    let until = row.and_then(|row| row.blocked_until).filter(|until| *until > now);
    until.map_or(Ok(()), |until| Err(wait(until, now)))
}

/// The rows of keys, in the order of the keys, held until the transaction ends; what is long ago counts no more.
fn held<'k>(conn: &mut Conn, keys: &'k [Key], now: Instant) -> Result<Vec<(&'k Key, Row)>> {
    let mut sorted: Vec<_> = keys.iter().collect();
    sorted.sort();
    sorted
        .into_iter()
        .map(|key| {
            let insert = diesel::insert_into(dsl::sign_in_tries).values(Row::new(key, now));
            Native(insert.on_conflict_do_nothing()).execute(conn)?;
            let row: Row = Locked(dsl::sign_in_tries.find(&key.0)).get_result(conn)?;
            Ok((key, if row.forgotten_at > now { row } else { Row::new(key, now) }))
        })
        .collect()
}

fn wait(until: Instant, now: Instant) -> Error {
    let seconds = (until.utc() - now.utc()).num_seconds().max(0) + 1;
    Code::TooManyTries.with("seconds", seconds).member("retry_after", seconds.into()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_tries_are_free_and_each_further_one_waits_twice_as_long() {
        let seconds = |tries| ACCOUNT.wait_after(tries).map(|wait| wait.num_seconds());
        assert_eq!([4, 5, 6, 7, 8].map(seconds), [None, Some(30), Some(60), Some(120), Some(240)]);
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_a_quarter_of_an_hour_nor_shorter_than_the_one_before(tries in 0..i32::MAX - 1) {
            let (this, next) = (ACCOUNT.wait_after(tries), ACCOUNT.wait_after(tries + 1));
            prop_assert!(next >= this && next.is_none_or(|wait| wait <= LONGEST));
        }

        #[test]
        fn a_household_is_one_address(prefix: u64, one: u64, other: u64) {
            let at = |rest: u64| IpAddr::from(((u128::from(prefix) << 64) | u128::from(rest)).to_be_bytes());
            prop_assert_eq!(Key::address(at(one)), Key::address(at(other)));
        }
    }
}

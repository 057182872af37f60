//! Someone at the door: an address that they name, a password, perhaps a code. One way for all places that ask for a
//! password, so that each is throttled and noted alike, and none tells whether an account exists.

use super::accounts::{self, Account};
use super::noted::{self, Who};
use super::throttle::{self, Key};
use super::{password, sessions, totp};
use crate::db::{Conn, Event, Origin, Scope};
use crate::domain::ids::AccountId;
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Result};
use crate::http::Service;
use std::net::IpAddr;
use std::sync::Arc;

/// A try that is counted, and whom it is at.
#[derive(Debug, Clone)]
pub struct Knock {
    account: Option<Account>,
    keys: Vec<Key>,
    /// Whether the next one has to wait unless this one succeeds.
    blocks: bool,
    origin: Arc<Origin>,
}

impl Knock {
    /// Someone who names an email address. Refused where there were too many tries.
    pub async fn at_email(service: &Service, email: String, origin: Arc<Origin>) -> Result<Self> {
        let now = service.clock.now();
        let counted = move |conn: &mut Conn| {
            let account = accounts::find_by_email(conn, &email)?;
            let address = address_of(&origin);
            let known = match address {
                Some(address) => sessions::is_known_at(conn, account.as_ref(), address, now)?,
                None => false,
            };
            let mut keys = vec![Key::email(&email, address.filter(|_| known))];
            keys.extend(address.map(Key::address));
            let blocks = throttle::count(conn, &keys, now)?;
            Ok(Self { account, keys, blocks, origin: Arc::clone(&origin) })
        };
        service.db.write(Scope::System, move |conn, _| counted(conn)).await
    }

    /// Someone who is signed in and has to say their password again.
    pub async fn at_account(service: &Service, id: AccountId, origin: Arc<Origin>) -> Result<Self> {
        let now = service.clock.now();
        let counted = move |conn: &mut Conn| {
            let account = accounts::find(conn, id)?;
            let keys = vec![Key::account(id)];
            let blocks = throttle::count(conn, &keys, now)?;
            Ok(Self { account, keys, blocks, origin: Arc::clone(&origin) })
        };
        service.db.write(Scope::System, move |conn, _| counted(conn)).await
    }

    /// The account, once the password is right. A wrong one is noted; it takes as long where there is no account.
    pub async fn with_password(&self, service: &Service, password: String) -> Result<Option<&Account>> {
        let hash = self.account.as_ref().and_then(|account| account.password_hash.clone());
        if password::matches(password, hash).await? {
            return Ok(self.account.as_ref());
        }
        self.failed(service, "password").await?;
        Ok(None)
    }

    /// Goes in: what is done with the account, if its second factor is satisfied too, all in one transaction. The
    /// try is given back, or noted as failed.
    pub async fn enter<T: Send + 'static>(
        &self,
        service: &Service,
        code: Option<String>,
        run: impl Fn(&mut Conn, crate::db::Patience, &Account) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let account = self.account.clone().ok_or(Code::WrongCredentials)?;
        let (knock, inner) = (self.clone(), service.clone());
        let entered = service.db.write(Scope::System, move |conn, patience| {
            knock.hold_account(conn)?;
            totp::satisfy(conn, &inner, &account, code.as_deref(), &knock.origin)?;
            let done = run(conn, patience, &account)?;
            knock.succeeded(conn, inner.clock.now())?;
            Ok(done)
        });
        let error = match entered.await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        match error.code() {
            Code::WrongTotpCode => self.failed(service, "totp").await?,
            Code::WrongCredentials => self.failed(service, "no organization").await?,
            // The password was right: whatever else is in the way is no guess.
            _ => self.given_back(service).await?,
        }
        Err(error)
    }

    /// Holds the account still, if its password is the one that was looked at, which takes a while: whoever came with an
    /// old one as a new one was set is not let in after all sessions have ended.
    pub(super) fn hold_account(&self, conn: &mut Conn) -> Result<()> {
        let known = self.account.as_ref().ok_or(Code::WrongCredentials)?;
        let now = accounts::hold(conn, known.id)?.ok_or(Code::WrongCredentials)?;
        if now.password_hash == known.password_hash { Ok(()) } else { Err(Error::Busy) }
    }

    fn succeeded(&self, conn: &mut Conn, now: Instant) -> Result<()> {
        let (own, others): (Vec<Key>, Vec<Key>) = self.keys.iter().cloned().partition(Key::is_of_one);
        own.iter().try_for_each(|key| throttle::forget(conn, key))?;
        throttle::give_back(conn, &others, now)
    }

    /// Gives the try back where the password was right, whatever comes of it.
    pub(super) async fn given_back(&self, service: &Service) -> Result<()> {
        let (keys, now) = (self.keys.clone(), service.clock.now());
        service.db.write(Scope::System, move |conn, _| throttle::give_back(conn, &keys, now)).await
    }

    /// Notes a try that failed, in every organization of the account; of no account in the log alone. Both write, so
    /// that both take as long.
    async fn failed(&self, service: &Service, what: &'static str) -> Result<()> {
        let (knock, clock) = (self.clone(), service.clock.clone());
        if self.account.is_none() {
            tracing::info!(address = self.origin.address, "a sign-in failed: no such account");
        }
        let note = move |conn: &mut Conn| {
            throttle::touch(conn, &knock.keys, clock.now())?;
            let Some(account) = &knock.account else { return Ok(()) };
            let failed = |subject| Event::new("sign_in.failed", subject).after(&serde_json::json!({ "wrong": what }));
            noted::in_all(conn, &clock, account.id, Who::Unknown, &knock.origin, failed)?;
            if knock.blocks {
                let blocked =
                    |subject| Event::new("sign_in.throttled", subject).after(&serde_json::json!({ "wrong": what }));
                noted::in_all(conn, &clock, account.id, Who::Unknown, &knock.origin, blocked)?;
            }
            Ok(())
        };
        service.db.write(Scope::System, move |conn, _| note(conn)).await
    }
}

fn address_of(origin: &Origin) -> Option<IpAddr> {
    origin.address.as_deref()?.parse().ok()
}

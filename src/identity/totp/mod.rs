//! The second factor, for those who want one: a code by the time from an authenticator app, or one of ten recovery
//! codes. Each works once. It belongs to the account: no organization can take it away, the operator can.

mod api;
mod code;
mod store;

pub(super) use api::routes;

use super::accounts::{self, Account};
use super::knock::Knock;
use super::links::hash;
use super::noted::{self, Who};
use crate::db::{Conn, Event, Origin, Scope};
use crate::domain::ids::AccountId;
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Faults, Result};
use crate::http::Service;
use serde_json::json;
use std::sync::Arc;
use store::Factor;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// What the secret is sealed for.
const PURPOSE: &str = "totp";

/// A secret that waits to be confirmed.
pub(super) struct Started {
    pub(super) secret: String,
    pub(super) url: String,
}

/// Whether it is on, and how many recovery codes are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) since: Option<Instant>,
    pub(super) recovery_codes_left: i64,
}

/// Someone who says their password again, to touch their second factor.
pub(super) async fn knock(service: &Service, id: AccountId, password: String, origin: Arc<Origin>) -> Result<Knock> {
    let knock = Knock::at_account(service, id, origin).await?;
    let mut faults = Faults::new();
    faults.check(knock.with_password(service, password).await?.is_some(), "/current_password", Code::WrongPassword);
    faults.finish().map(|()| knock)
}

/// How an account stands.
pub(super) async fn state(service: &Service, account: AccountId) -> Result<State> {
    let read = move |conn: &mut Conn| store::state(conn, account);
    let (since, recovery_codes_left) = service.db.read(Scope::System, move |conn| Ok(read(conn)?)).await?;
    Ok(State { since, recovery_codes_left })
}

/// Makes a secret for an app. It asks for nothing before it is confirmed.
pub(super) async fn start(service: &Service, id: AccountId, knock: Knock) -> Result<Started> {
    knock.given_back(service).await?;
    let inner = service.clone();
    let begun = move |conn: &mut Conn| {
        let account = accounts::find(conn, id)?.ok_or_else(Error::not_found)?;
        if store::find(conn, account.id)?.is_some_and(|factor| factor.confirmed_at.is_some()) {
            return Err(Code::TotpIsOn.into());
        }
        let secret: [u8; 20] = random()?;
        let kept = inner.vault.seal(PURPOSE, &secret)?;
        let (account_id, created_at) = (account.id, inner.clock.now());
        let factor = Factor { account_id, secret: kept, created_at, confirmed_at: None, last_step: None };
        store::replace(conn, &factor)?;
        let secret = code::base32(&secret);
        let url = format!("otpauth://totp/goaltree:{}?secret={secret}&issuer=goaltree", escaped(&account.email));
        Ok(Started { secret, url })
    };
    service.db.write(Scope::System, move |conn, _| begun(conn)).await
}

/// Turns it on with a code of the app; answers the recovery codes, shown once.
pub(super) async fn confirm(
    service: &Service,
    id: AccountId,
    given: String,
    origin: Arc<Origin>,
) -> Result<Vec<String>> {
    let inner = service.clone();
    let confirmed = move |conn: &mut Conn| {
        let now = inner.clock.now();
        let factor = store::find(conn, id)?.ok_or(Code::TotpNotStarted)?;
        if factor.confirmed_at.is_some() {
            return Err(Code::TotpIsOn.into());
        }
        let secret = inner.vault.open(PURPOSE, &factor.secret)?;
        let Some(step) = code::step_of(&secret, &given, now.utc().timestamp(), None) else {
            let mut faults = Faults::new();
            faults.add("/code", Code::WrongTotpCode);
            return Err(faults.into());
        };
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<_>>()?;
        let hashes: Vec<String> = codes.iter().map(|code| hash(&bare(code))).collect();
        store::confirm(conn, id, step, &hashes, now)?;
        noted::in_all(conn, &inner.clock, id, Who::Themself, &origin, |person| {
            Event::new("totp.enabled", person).after(&json!({ "totp": true }))
        })?;
        Ok(codes)
    };
    service.db.write(Scope::System, move |conn, _| confirmed(conn)).await
}

/// Turns it off, with a code of it.
pub(super) async fn disable(service: &Service, knock: Knock, given: String, origin: Arc<Origin>) -> Result<()> {
    let clock = service.clock.clone();
    let off = move |conn: &mut Conn, account: &Account| {
        if !store::remove(conn, account.id)? {
            return Err(Error::from(Code::TotpIsOff));
        }
        let event = |person| Event::new("totp.disabled", person).after(&json!({ "totp": false }));
        noted::in_all(conn, &clock, account.id, Who::Themself, &origin, event)
    };
    let done = knock.enter(service, Some(given), move |conn, _, account| off(conn, account)).await;
    done.map_err(|error| match error.code() {
        // Whoever is signed in is told of the field; 401 would say that they are not.
        code @ (Code::WrongTotpCode | Code::TotpRequired) => {
            let mut faults = Faults::new();
            faults.add("/code", code);
            faults.into()
        }
        _ => error,
    })
}

/// Takes an account's second factor away, by the operator; whether one was on.
pub fn reset(conn: &mut Conn, service: &Service, account: AccountId) -> Result<bool> {
    let was_on = store::remove(conn, account)?;
    if was_on {
        let event = |person| Event::new("totp.disabled", person).after(&json!({ "totp": false }));
        noted::by_operator(conn, &service.clock, account, "user reset-totp", event)?;
    }
    Ok(was_on)
}

/// Lets pass whoever needs no code, or has a right one, which is used up with the transaction.
pub(super) fn satisfy(
    conn: &mut Conn,
    service: &Service,
    account: &Account,
    given: Option<&str>,
    origin: &Origin,
) -> Result<()> {
    let Some(factor) = store::find(conn, account.id)?.filter(|factor| factor.confirmed_at.is_some()) else {
        return Ok(());
    };
    let given = given.map(str::trim).filter(|code| !code.is_empty()).ok_or(Code::TotpRequired)?;
    let now = service.clock.now();
    let secret = service.vault.open(PURPOSE, &factor.secret)?;
    if let Some(step) = code::step_of(&secret, given, now.utc().timestamp(), factor.last_step) {
        return Ok(store::use_step(conn, account.id, step)?);
    }
    if !store::use_recovery_code(conn, account.id, &hash(&bare(given)), now)? {
        return Err(Code::WrongTotpCode.into());
    }
    let event = |person| Event::new("totp.recovery_code_used", person).after(&json!({ "totp": true }));
    noted::in_all(conn, &service.clock, account.id, Who::Themself, origin, event)
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Error::internal("no randomness"))?;
    Ok(bytes)
}

/// Sixteen letters and digits, 80 random bits, in groups of four.
fn recovery_code() -> Result<String> {
    let letters: Vec<char> = code::base32(&random::<10>()?).to_ascii_lowercase().chars().collect();
    Ok(letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// A recovery code as it is compared: however it was typed.
fn bare(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A text in a URL's path.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

//! Signing in: from email and password to a session.

use super::knock::Knock;
use super::links::{self, Purpose};
use super::noted::{self, Who};
use super::refresh::{self, Refresh};
use super::sessions::{self, Opened};
use super::throttle::{self, Key};
use super::{accounts, password};
use crate::db::schema::{organizations, people};
use crate::db::{Conn, Event, Origin, Scope};
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Faults, Result};
use crate::http::Service;
use diesel::prelude::*;
use serde_json::json;
use std::sync::Arc;

/// Email, password, a code where a second factor is on, and the organization where there are several.
pub(super) struct Credentials {
    pub(super) email: String,
    pub(super) password: String,
    pub(super) totp_code: Option<String>,
    pub(super) organization: Option<OrganizationId>,
}

/// Where an account belongs: the person, and the organization with its name.
type Belonging = (PersonId, OrganizationId, String);

/// Signs in. A wrong password and an unknown email get the same answer in the same time; a right password with
/// several organizations to choose from is answered with the choice.
pub(super) async fn sign_in(service: &Service, credentials: Credentials, origin: Arc<Origin>) -> Result<Opened> {
    let Credentials { email, password, totp_code, organization } = credentials;
    let knock = Knock::at_email(service, email, Arc::clone(&origin)).await?;
    if knock.with_password(service, password).await?.is_none() {
        return Err(Code::WrongCredentials.into());
    }
    let clock = service.clock.clone();
    knock
        .enter(service, totp_code, move |conn, _, account| {
            let (person, organization) = choose(belongings(conn, account.id)?, organization)?;
            sessions::open(conn, &clock, organization, person, account.id, &origin)
        })
        .await
}

fn choose(belongings: Vec<Belonging>, named: Option<OrganizationId>) -> Result<(PersonId, OrganizationId)> {
    if let Some(named) = named {
        let found = belongings.into_iter().find(|(_, organization, _)| *organization == named);
        return found.map(|(person, organization, _)| (person, organization)).ok_or(Code::WrongCredentials.into());
    }
    match belongings.as_slice() {
        [] => Err(Code::WrongCredentials.into()),
        [(person, organization, _)] => Ok((*person, *organization)),
        several => {
            let choice = several.iter().map(|(_, id, name)| json!({ "id": id, "name": name })).collect();
            Err(Error::from(crate::error::Said::from(Code::ChooseOrganization).member("organizations", choice)))
        }
    }
}

fn belongings(conn: &mut Conn, account: AccountId) -> QueryResult<Vec<Belonging>> {
    people::table
        .inner_join(organizations::table.on(organizations::id.eq(people::organization_id)))
        .filter(people::account_id.eq(account))
        .filter(people::deactivated_at.is_null())
        .order((organizations::name, organizations::id))
        .select((people::id, people::organization_id, organizations::name))
        .load(conn)
}

/// Goes on with a session by its refresh token.
pub(super) async fn refresh(service: &Service, token: String, origin: Origin) -> Result<Opened> {
    let clock = service.clock.clone();
    let organization = refresh::organization_of(&token).ok_or(Code::InvalidRefreshToken)?;
    // The end of a session that someone has a copy of must hold although the request is refused.
    let changed = move |conn: &mut Conn| refresh::refresh(conn, &clock, &origin, &token);
    match service.db.write(Scope::Organization(organization), move |conn, _| changed(conn)).await? {
        Refresh::Goes(opened) => Ok(opened),
        Refresh::Ends => Err(Code::InvalidRefreshToken.into()),
    }
}

/// Sets a new password by a one-time link, and ends every session of the account.
pub(super) async fn reset_password(service: &Service, secret: String, new: String, origin: Arc<Origin>) -> Result<()> {
    let bearer = links::present(service, Purpose::PasswordReset, secret.clone(), &origin).await?;
    let id = bearer.and_then(|bearer| bearer.account).ok_or(Code::LinkUsed)?;
    let hash = new_hash(service, id, "/password", new, Faults::new()).await?;
    let clock = service.clock.clone();
    let done = move |conn: &mut Conn| {
        let now = clock.now();
        links::redeem(conn, Purpose::PasswordReset, &secret, now)?;
        let account = accounts::hold(conn, id)?.ok_or(Code::LinkUsed)?;
        // Whoever holds the link is no guesser, wherever they were kept waiting.
        throttle::forget(conn, &Key::email(&account.email, None))?;
        throttle::forget(conn, &Key::account(id))?;
        set_password(conn, id, &hash, now)?;
        let event = |person| Event::new("password.reset", person).after(&json!({ "sessions": "ended" }));
        noted::in_all(conn, &clock, id, Who::Unknown, &origin, event)
    };
    service.db.write(Scope::System, move |conn, _| done(conn)).await
}

/// Changes the password of who is signed in: every session of the account ends.
pub(super) async fn change_password(
    service: &Service,
    id: AccountId,
    current: String,
    new: String,
    origin: Arc<Origin>,
) -> Result<()> {
    let knock = Knock::at_account(service, id, Arc::clone(&origin)).await?;
    let mut faults = Faults::new();
    let right = knock.with_password(service, current).await?.is_some();
    faults.check(right, "/current_password", Code::WrongPassword);
    if right {
        knock.given_back(service).await?;
    }
    let hash = new_hash(service, id, "/new_password", new, faults).await?;
    let clock = service.clock.clone();
    let done = move |conn: &mut Conn| {
        knock.hold_account(conn)?;
        set_password(conn, id, &hash, clock.now())?;
        let event = |person| Event::new("password.changed", person).after(&json!({ "sessions": "ended" }));
        noted::in_all(conn, &clock, id, Who::Themself, &origin, event)
    };
    service.db.write(Scope::System, move |conn, _| done(conn)).await
}

/// The hash of a new password, or everything that is wrong.
async fn new_hash(
    service: &Service,
    id: AccountId,
    pointer: &'static str,
    new: String,
    mut faults: Faults,
) -> Result<String> {
    let look = move |conn: &mut Conn| {
        let account = accounts::find(conn, id)?.ok_or_else(Error::not_found)?;
        Ok(accounts::about(conn, &account)?)
    };
    let about = service.db.read(Scope::System, look).await?;
    faults.nest("", password::check(pointer, new.clone(), about).await?);
    faults.finish()?;
    password::hash(new).await
}

fn set_password(conn: &mut Conn, id: AccountId, hash: &str, now: Instant) -> Result<()> {
    accounts::set_password(conn, id, hash, now)?;
    Ok(sessions::revoke_account(conn, id, now)?)
}

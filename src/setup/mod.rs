//! The first run: an instance that nobody owns yet is taken by whoever holds the token that it printed, and the
//! operator's ways in when nobody can sign in.

mod api;
mod store;

pub(crate) use api::routes;
pub use store::{is_owned, only_organization};

use crate::clock::Clock;
use crate::db::{Conn, Event, Origin, Scope};
use crate::domain::ids::{AccountId, OrganizationId};
use crate::domain::words::{Locale, Role};
use crate::error::{Code, Error, Result};
use crate::http::Service;
use crate::identity::links::{self, Bearer, Purpose};
use crate::identity::{self, Opened};
use crate::org::people::PersonIn;
use crate::org::{self, Founded, NewOrganization};
use chrono_tz::Tz;
use serde_json::json;
use std::sync::Arc;

/// An organization to be, with its first owner.
#[derive(Debug, Clone)]
pub struct NewCompany {
    /// The organization's name.
    pub name: String,
    /// Its time zone.
    pub time_zone: Tz,
    /// Its language.
    pub locale: Locale,
    /// Its currency; none: that of its language.
    pub currency: Option<String>,
    /// The owner's email address.
    pub email: String,
    /// The owner's password, hashed.
    pub password_hash: String,
    /// The owner's name.
    pub display_name: String,
}

/// A one-time setup token, as long as nobody owns the instance.
pub fn token_if_unowned(service: &Service) -> Result<Option<String>> {
    service.db.write_now(Scope::System, |conn, _| {
        if store::is_owned(conn)? {
            return Ok(None);
        }
        links::issue(conn, &service.clock, Purpose::Setup, Bearer::default(), None).map(Some)
    })
}

/// Refuses the setup of an instance that somebody owns.
pub async fn refuse_owned(service: &Service) -> Result<()> {
    let owned = service.db.read(Scope::System, |conn| Ok(store::is_owned(conn)?)).await?;
    if owned { Err(Code::SetupDone.into()) } else { Ok(()) }
}

/// Refuses whoever does not hold the setup token of an instance that nobody owns.
pub async fn check_token(service: &Service, token: String, origin: &Origin) -> Result<()> {
    let bearer = links::present(service, Purpose::Setup, token, origin).await?;
    bearer.map(drop).ok_or_else(|| Code::WrongSetupToken.into())
}

/// Takes an instance that nobody owns: its first organization, its owner, signed in. The token is used up.
pub fn set_up(conn: &mut Conn, clock: &Clock, token: &str, new: &NewCompany, origin: &Arc<Origin>) -> Result<Opened> {
    if store::is_owned(conn)? {
        return Err(Code::SetupDone.into());
    }
    let redeemed = links::redeem(conn, Purpose::Setup, token, clock.now());
    redeemed.map_err(|error| if error.code() == Code::LinkUsed { Code::WrongSetupToken.into() } else { error })?;
    links::end_all(conn, Purpose::Setup, clock.now())?;
    sign_up(conn, clock, new, origin)
}

/// A new organization with its owner, signed in. The email address must be new to the instance: whoever has an
/// account proves it by signing in, not here.
pub fn sign_up(conn: &mut Conn, clock: &Clock, new: &NewCompany, origin: &Arc<Origin>) -> Result<Opened> {
    let (founded, account) = found(conn, clock, origin, new)?;
    identity::open_session(conn, clock, founded.organization, founded.owner, account, origin)
}

/// A new organization with its owner.
pub fn found(conn: &mut Conn, clock: &Clock, origin: &Arc<Origin>, new: &NewCompany) -> Result<(Founded, AccountId)> {
    if identity::find_by_email(conn, &new.email)?.is_some() {
        let mut faults = crate::error::Faults::new();
        faults.add("/email", Code::Taken);
        faults.finish()?;
    }
    let hash = Some(new.password_hash.clone());
    let account = identity::create_account(conn, clock.new_id(), &new.email, hash, clock.now())?;
    let organization = NewOrganization {
        name: new.name.clone(),
        time_zone: new.time_zone,
        locale: new.locale,
        currency: new.currency.clone(),
        account,
        owner_name: new.display_name.clone(),
        owner_email: new.email.clone(),
    };
    Ok((org::found(conn, clock, origin, &organization)?, account))
}

/// Someone whom the operator lets in.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The email address.
    pub email: String,
    /// The name.
    pub display_name: String,
    /// The role.
    pub role: Role,
}

/// Makes a person in an organization (the only one unless named), and the invitation that they sign in by for the
/// first time. An owner of the organization stands in for the operator.
pub fn create_user(service: &Service, organization: Option<OrganizationId>, new: &NewUser) -> Result<String> {
    let (organization, owner) = service.db.read_now(Scope::System, |conn| {
        let organization = match organization {
            Some(organization) => organization,
            None => store::only_organization(conn)?.ok_or(Code::NameOrganization)?,
        };
        Ok((organization, store::an_owner(conn, organization)?))
    })?;
    let person = PersonIn {
        display_name: new.display_name.clone(),
        email: Some(new.email.clone()),
        role: Some(new.role),
        ..PersonIn::default()
    };
    let (token, _) = service.write_as(organization, owner, "command", |tx| {
        let id = org::people::add(tx, &person)?;
        let invited = org::people::invite(tx, &[id])?;
        invited.into_iter().find_map(|invitation| invitation.token).ok_or_else(Error::not_found)
    })?;
    Ok(token)
}

/// A link that sets a new password for an account.
pub fn reset_password(service: &Service, email: &str) -> Result<String> {
    service.db.write_now(Scope::System, |conn, _| {
        let account = identity::find_by_email(conn, email)?.ok_or_else(Error::not_found)?;
        password_link(conn, &service.clock, account.id)
    })
}

/// Takes the second factor of an account away; whether one was on.
pub fn reset_totp(service: &Service, email: &str) -> Result<bool> {
    service.db.write_now(Scope::System, |conn, _| {
        let account = identity::find_by_email(conn, email)?.ok_or_else(Error::not_found)?;
        identity::reset_totp(conn, service, account.id)
    })
}

fn password_link(conn: &mut Conn, clock: &Clock, account: AccountId) -> Result<String> {
    let (bearer, expires_at) = (Bearer { account: Some(account), person: None }, clock.now() + links::HOLDS);
    let event = |person| Event::new("password.link_made", person).after(&json!({ "expires_at": expires_at }));
    identity::note_by_operator(conn, clock, account, "user reset-password", event)?;
    links::issue(conn, clock, Purpose::PasswordReset, bearer, Some(expires_at))
}

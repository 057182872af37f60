//! Signing in: from email and password to a session.

use super::accounts::{self, Account};
use super::links::{self, Purpose};
use super::sessions::{self, Opened, Refresh};
use super::{Keys, password};
use crate::clock::Clock;
use crate::db::schema::{organizations, people};
use crate::db::{Conn, Db, Origin, Scope};
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Faults, Result};
use diesel::prelude::*;
use serde_json::json;

/// Email, password, and the organization where there are several.
pub(super) struct Credentials {
    pub(super) email: String,
    pub(super) password: String,
    pub(super) organization: Option<OrganizationId>,
}

/// Where an account belongs: the person, and the organization with its name.
type Belonging = (PersonId, OrganizationId, String);

/// Signs in. A wrong password and an unknown email get the same answer in the same time; a right password with
/// several organizations to choose from is answered with the choice.
pub(super) async fn sign_in(db: &Db, clock: &Clock, credentials: Credentials, origin: Origin) -> Result<Opened> {
    let email = credentials.email;
    let account = db.read(Scope::System, move |conn| Ok(accounts::find_by_email(conn, &email)?)).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    if !password::matches(credentials.password, hash).await? {
        return Err(Code::WrongCredentials.into());
    }
    let Account { id: account, .. } = account.ok_or(Code::WrongCredentials)?;
    let belongings = db.read(Scope::System, move |conn| Ok(belongings(conn, account)?)).await?;
    let (person, organization) = choose(belongings, credentials.organization)?;
    let clock = clock.clone();
    let scope = Scope::Organization(organization);
    db.write(scope, move |conn, _| sessions::open(conn, &clock, organization, person, account, &origin)).await
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
pub(super) async fn refresh(db: &Db, clock: &Clock, token: String) -> Result<Opened> {
    let now = clock.now();
    // The end of a session that someone has a copy of must hold although the request is refused.
    match db.write(Scope::System, move |conn, _| sessions::refresh(conn, &token, now)).await? {
        Refresh::Goes(opened) => Ok(opened),
        Refresh::Ends => Err(Code::InvalidRefreshToken.into()),
    }
}

/// Sets a new password by a one-time link, and ends every session of the account.
pub(super) async fn reset_password(db: &Db, clock: &Clock, secret: String, new: String) -> Result<()> {
    let (now, looked_up) = (clock.now(), secret.clone());
    let found =
        db.read(Scope::System, move |conn| links::look_up(conn, Purpose::PasswordReset, &looked_up, now)).await?;
    let account = found.and_then(|bearer| bearer.account).ok_or(Code::LinkUsed)?;
    let known = db.read(Scope::System, move |conn| Ok(accounts::find(conn, account)?)).await?;
    let email = known.map(|account| account.email).unwrap_or_default();
    let mut faults = Faults::new();
    password::check(&mut faults, "/password", &new, &email, "");
    faults.finish()?;
    let hash = password::hash(new).await?;
    db.write(Scope::System, move |conn, _| {
        links::redeem(conn, Purpose::PasswordReset, &secret, now)?;
        accounts::set_password(conn, account, &hash, now)?;
        Ok(sessions::revoke_account(conn, account, now)?)
    })
    .await
}

/// Changes the password of who is signed in: every session of the account ends.
pub(super) async fn change_password(
    db: &Db,
    account: AccountId,
    now: Instant,
    current: String,
    new: String,
) -> Result<()> {
    let known = db.read(Scope::System, move |conn| Ok(accounts::find(conn, account)?)).await?;
    let known = known.ok_or_else(Error::not_found)?;
    let mut faults = Faults::new();
    faults.check(password::matches(current, known.password_hash).await?, "/current_password", Code::WrongPassword);
    password::check(&mut faults, "/new_password", &new, &known.email, "");
    faults.finish()?;
    let hash = password::hash(new).await?;
    db.write(Scope::System, move |conn, _| {
        accounts::set_password(conn, account, &hash, now)?;
        Ok(sessions::revoke_account(conn, account, now)?)
    })
    .await
}

/// The answer to a sign-in: what the following requests send.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct SignedIn {
    /// Sent as `Authorization: Bearer …` with every request.
    pub access_token: String,
    /// `Bearer`.
    #[schema(examples("Bearer"))]
    pub token_type: &'static str,
    /// Seconds until the access token ends.
    #[schema(examples(900))]
    pub expires_in: i64,
    /// Changed for a new pair at `POST /auth/refresh`; each works once.
    pub refresh_token: String,
    /// The organization that was signed in to.
    pub organization_id: OrganizationId,
    /// The person that the caller is there.
    pub person_id: PersonId,
}

impl SignedIn {
    /// The tokens of a session that was opened.
    pub fn new(keys: &Keys, opened: Opened, now: Instant) -> Result<Self> {
        Ok(Self {
            access_token: keys.sign(opened.organization, opened.person, opened.session, now)?,
            token_type: "Bearer",
            expires_in: super::keys::ACCESS_TOKEN.num_seconds(),
            refresh_token: opened.refresh_token,
            organization_id: opened.organization,
            person_id: opened.person,
        })
    }
}

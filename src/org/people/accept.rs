//! Accepting an invitation: a person gets the account that they sign in with, and is signed in.

use super::{Person, store, subject};
use crate::db::{Conn, Event, Origin, Patience, Scope, Tx};
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Admitted, Service};
use crate::identity::links::{self, Purpose};
use crate::identity::{self, Account, Knock, Opened};
use serde_json::json;
use std::sync::Arc;

/// Someone with an invitation.
struct Guest {
    organization: OrganizationId,
    person: PersonId,
    name: String,
    organization_name: String,
    email: String,
    /// The account of their email address, where there is one.
    account: Option<Account>,
}

/// What lets a guest in.
enum Key {
    /// The password of the account that they have already.
    Known(AccountId),
    /// The hash of the password that they chose.
    Chosen(String),
}

/// An invitation that someone accepts.
pub struct Acceptance {
    /// The secret of the link.
    pub secret: String,
    /// The password of the account that they have, or of the one that is made.
    pub password: String,
    /// A code, where the account that they have asks for one.
    pub totp_code: Option<String>,
}

/// Accepts an invitation. Whoever has an account of that email address already proves it with its password (and code)
/// and joins with it: the link alone, which others have seen, opens nothing that was there before. Else the password
/// is their new account's.
pub async fn accept(service: &Service, given: Acceptance, origin: Arc<Origin>) -> Result<Opened> {
    let Acceptance { secret, password, totp_code } = given;
    let bearer = links::present(service, Purpose::Invitation, secret.clone(), &origin).await?;
    let who = bearer.and_then(|bearer| bearer.person);
    let guest = service.db.read(Scope::System, move |conn| guest(conn, who)).await?;
    let inner = service.clone();
    if guest.account.is_none() {
        let key = Key::Chosen(chosen(&guest, password).await?);
        let enter = move |conn: &mut Conn, patience| enter(&inner, conn, patience, &secret, &key, &origin);
        return service.db.write(Scope::System, enter).await;
    }
    let knock = Knock::at_email(service, guest.email, Arc::clone(&origin)).await?;
    let mut faults = Faults::new();
    faults.check(knock.with_password(service, password).await?.is_some(), "/password", Code::WrongPassword);
    faults.finish()?;
    knock
        .enter(service, totp_code, move |conn, patience, account| {
            enter(&inner, conn, patience, &secret, &Key::Known(account.id), &origin)
        })
        .await
}

fn guest(conn: &mut Conn, who: Option<(OrganizationId, PersonId)>) -> Result<Guest> {
    let (organization, person) = who.ok_or(Code::LinkUsed)?;
    let found = store::find(conn, organization, person)?.filter(may_join).ok_or(Code::LinkUsed)?;
    let email = found.email.ok_or(Code::NoEmail)?;
    let account = identity::find_by_email(conn, &email)?;
    let organization_name = store::organization_name(conn, organization)?;
    Ok(Guest { organization, person, name: found.display_name, organization_name, email, account })
}

/// Whoever is with the organization and can't sign in yet.
const fn may_join(person: &Person) -> bool {
    person.account_id.is_none() && person.is_active()
}

/// The hash of the password that a guest chose, or everything that is wrong with it.
async fn chosen(guest: &Guest, password: String) -> Result<String> {
    let about = vec![guest.email.clone(), guest.name.clone(), guest.organization_name.clone()];
    identity::check_password("/password", password.clone(), about).await?.finish()?;
    identity::hash_password(password).await
}

/// Uses the link up, joins, signs in.
fn enter(
    service: &Service,
    conn: &mut Conn,
    patience: Patience,
    secret: &str,
    key: &Key,
    origin: &Arc<Origin>,
) -> Result<Opened> {
    let (clock, now) = (&service.clock, service.clock.now());
    let bearer = links::redeem(conn, Purpose::Invitation, secret, now)?;
    let guest = guest(conn, bearer.person)?;
    let account = match (key, guest.account) {
        (Key::Known(proven), Some(account)) if account.id == *proven => account.id,
        (Key::Chosen(hash), None) => {
            identity::create_account(conn, clock.new_id(), &guest.email, Some(hash.clone()), now)?
        }
        // The account came or changed since the password was looked at.
        _ => return Err(Error::Busy),
    };
    let Admitted { actor, zone } = service.gate.stand_in(conn, guest.organization, guest.person, now)?;
    let mut tx = Tx::new(conn, actor, zone, now, clock, Arc::clone(origin), patience);
    join(&mut tx, account)?;
    tx.finish()?;
    identity::open_session(conn, clock, guest.organization, guest.person, account, origin)
}

/// Gives the actor the account that they sign in with from now on.
pub fn join(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    let (organization, person) = (tx.organization(), tx.actor.person);
    let found = store::find_for_update(tx.conn, organization, person)?.filter(may_join);
    let mut after = found.ok_or(Code::LinkUsed)?;
    if store::has_account(tx.conn, organization, account)? {
        return Err(Code::AlreadyJoined.into());
    }
    after.account_id = Some(account);
    after.version += 1;
    after.updated_at = tx.now;
    store::update(tx.conn, &after)?;
    let account = |account: Option<AccountId>| json!({ "account_id": account });
    let event = Event::new("person.joined", subject(&after)).before(&account(None))?;
    tx.note(event.after(&account(after.account_id))?);
    Ok(())
}

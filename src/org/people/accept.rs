//! Accepting an invitation: a person gets the account that they sign in with, and is signed in.

use super::{Person, store, subject};
use crate::db::{Conn, Event, Origin, Patience, Scope, Tx};
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Admitted, Service};
use crate::identity::links::{self, Purpose};
use crate::identity::{self, Account, Opened};
use serde_json::json;
use std::sync::Arc;

/// Someone with an invitation.
struct Guest {
    organization: OrganizationId,
    person: PersonId,
    name: String,
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

/// Accepts an invitation. Whoever has an account of that email address already proves it with its password and joins
/// with it; else the password is their new account's.
pub async fn accept(service: &Service, secret: String, password: String, origin: Arc<Origin>) -> Result<Opened> {
    let (now, looked_up) = (service.clock.now(), secret.clone());
    let look_up = move |conn: &mut Conn| {
        let bearer = links::look_up(conn, Purpose::Invitation, &looked_up, now)?;
        guest(conn, bearer.and_then(|bearer| bearer.person))
    };
    let guest = service.db.read(Scope::System, look_up).await?;
    let key = key(&guest, password).await?;
    let inner = service.clone();
    service.db.write(Scope::System, move |conn, patience| enter(&inner, conn, patience, &secret, &key, &origin)).await
}

fn guest(conn: &mut Conn, who: Option<(OrganizationId, PersonId)>) -> Result<Guest> {
    let (organization, person) = who.ok_or(Code::LinkUsed)?;
    let found = store::find(conn, organization, person)?.filter(may_join).ok_or(Code::LinkUsed)?;
    let email = found.email.ok_or(Code::NoEmail)?;
    let account = identity::find_by_email(conn, &email)?;
    Ok(Guest { organization, person, name: found.display_name, email, account })
}

/// Whoever is with the organization and can't sign in yet.
const fn may_join(person: &Person) -> bool {
    person.account_id.is_none() && person.is_active()
}

async fn key(guest: &Guest, password: String) -> Result<Key> {
    let mut faults = Faults::new();
    if let Some(Account { id, password_hash: Some(hash), .. }) = &guest.account {
        let right = identity::password_matches(password, Some(hash.clone())).await?;
        faults.check(right, "/password", Code::WrongPassword);
        return faults.finish().map(|()| Key::Known(*id));
    }
    identity::check_password(&mut faults, "/password", &password, &guest.email, &guest.name);
    faults.finish()?;
    identity::hash_password(password).await.map(Key::Chosen)
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
        (Key::Chosen(hash), Some(account)) if account.password_hash.is_none() => {
            identity::set_password(conn, account.id, hash, now)?;
            account.id
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

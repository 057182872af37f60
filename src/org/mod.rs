//! The organization, its units, its people, and who stands for whom.
//!
//! Whoever changes units, people, memberships or delegations first holds the directory still ([`hold_directory`]): changes come
//! one after the other, so what was decided (no loop, nothing taken, a last owner) still holds when it is written.

pub mod delegations;
pub mod organization;
pub mod people;
mod refs;
pub mod units;

pub use organization::{Founded, NewOrganization, found};
pub use refs::{PersonRef, UnitRef};

use crate::db::Tx;
use crate::directory::Directories;
use crate::error::{Code, Error, Result};

/// Before a change of units, people or memberships: the directory as it is now, and stays until the change is done.
fn hold_directory(tx: &mut Tx<'_>) -> Result<()> {
    let revision = tx.lock_directory()?;
    if revision != tx.actor.directory.revision {
        tx.actor.directory = Directories::default().at(tx.conn, tx.organization(), revision)?;
        let actor = tx.actor.directory.person(tx.actor.person).filter(|person| person.active).ok_or(Error::Again)?;
        tx.actor.role = actor.role;
    }
    Ok(())
}

/// After changes of units, people or memberships in this very transaction: the directory as they made it.
fn reread_directory(tx: &mut Tx<'_>) -> Result<()> {
    let revision = tx.actor.directory.revision;
    tx.actor.directory = Directories::default().at(tx.conn, tx.organization(), revision)?;
    Ok(())
}

/// For what HR alone may do.
fn must_be_admin(tx: &Tx<'_>) -> Result<()> {
    if tx.actor.is_admin() { Ok(()) } else { Err(Code::Forbidden.into()) }
}

pub(crate) fn routes(services: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    organization::routes(services);
    units::routes(services);
    people::routes(services);
    delegations::routes(services);
}

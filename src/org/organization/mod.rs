//! The organization itself: founded with its company unit and its first owner, then changed by HR.

mod api;
mod found;
mod model;
mod store;

pub(super) use api::routes;
pub use found::{Founded, NewOrganization, found};
pub use model::{Organization, OrganizationPatch};

use super::must_be_admin;
use crate::db::{Event, Subject, Tx};
use crate::error::{Error, Result};

/// The actor's organization.
pub fn get(tx: &mut Tx<'_>) -> Result<Organization> {
    Ok(store::find(tx.conn, tx.organization())?)
}

/// Changes the organization. HR alone.
pub fn change(tx: &mut Tx<'_>, patch: &OrganizationPatch, if_match: Option<i64>) -> Result<()> {
    must_be_admin(tx)?;
    let before = get(tx)?;
    Error::unless_current(if_match, before.version)?;
    let mut after = patch.over(&before)?;
    if after == before {
        return Ok(());
    }
    after.version += 1;
    after.updated_at = tx.now;
    if !store::update(tx.conn, &after, before.version)? {
        return Err(Error::Again);
    }
    let subject = Subject::new("organization", after.id).called(&after.name);
    tx.note(Event::new("organization.changed", subject).before(&before.noted())?.after(&after.noted())?);
    Ok(())
}

//! The goals that people own in cycles, whoever may see them: what reviews are about.

use super::model::Goal;
use super::store;
use crate::db::Tx;
use crate::domain::ids::{CycleId, PersonId};
use crate::error::Result;

/// The goals of cycles that people own and that were agreed upon: active, on hold, completed, cancelled.
pub fn owned(tx: &mut Tx<'_>, cycles: &[CycleId], owners: &[PersonId]) -> Result<Vec<Goal>> {
    Ok(store::owned(tx.conn, tx.organization(), cycles, owners)?)
}

/// Those who own a goal of a cycle that is agreed upon and not cancelled.
pub fn owners_in(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<PersonId>> {
    Ok(store::owners_in(tx.conn, tx.organization(), cycle)?)
}

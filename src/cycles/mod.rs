//! Cycles: the dated periods of goals.

pub mod model;
mod store;

use crate::db::Tx;
use crate::domain::access::{self, Actor};
use crate::domain::ids::{CycleId, ForestId};
use crate::error::{Error, Result};
use model::Cycle;

/// A cycle that the actor may see: a draft one is there for HR alone.
pub fn find(tx: &mut Tx<'_>, id: CycleId) -> Result<Cycle> {
    let cycle = store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)?;
    if is_visible(tx, &cycle) { Ok(cycle) } else { Err(Error::not_found()) }
}

/// A cycle whose structure is about to change: its forest is locked before anything is decided.
pub fn find_for_update(tx: &mut Tx<'_>, id: CycleId) -> Result<Cycle> {
    let forest = find(tx, id)?.forest_id;
    tx.lock_forest(forest)?;
    let cycle = find(tx, id)?;
    // It moved to another forest while this waited for the lock.
    if cycle.forest_id == forest { Ok(cycle) } else { Err(Error::Again) }
}

/// The cycles of a forest that the actor may see, enclosing ones before those inside them.
pub fn in_forest(tx: &mut Tx<'_>, forest: ForestId) -> Result<Vec<Cycle>> {
    let mut found = store::in_forest(tx.conn, tx.organization(), forest)?;
    found.retain(|cycle| is_visible(tx, cycle));
    Ok(found)
}

/// The cycles with these ids, whoever may see them.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[CycleId]) -> Result<Vec<Cycle>> {
    Ok(store::by_ids(tx.conn, tx.organization(), ids)?)
}

/// Whether someone may see a cycle: a draft one is there for HR alone.
pub fn is_visible_to(actor: &Actor, cycle: &Cycle) -> bool {
    actor.is_admin() || access::seen_by_all(cycle.phase)
}

fn is_visible(tx: &Tx<'_>, cycle: &Cycle) -> bool {
    is_visible_to(&tx.actor, cycle)
}

//! Cycles: the dated periods of goals.
//!
//! A cycle may lie inside another; an outermost one with all that is inside it is a forest. HR makes and changes
//! them ([`create`], [`create_year`], [`update`], [`delete`]) and moves them from phase to phase ([`move_phase`]);
//! everyone sees those that are no drafts.

mod api;
mod change;
mod create;
mod family;
mod ground;
pub mod input;
pub mod model;
mod phase;
mod place;
mod store;

pub(crate) use api::routes;
pub use change::{delete, update};
pub use create::{create, create_year};
pub use phase::move_phase;

use crate::db::{Subject, Tx};
use crate::domain::access::Actor;
use crate::domain::ids::{CycleId, ForestId};
use crate::error::{Code, Error, Result};
use model::Cycle;

/// A cycle that the actor may see: a draft one is there for HR alone.
pub fn find(tx: &mut Tx<'_>, id: CycleId) -> Result<Cycle> {
    let cycle = store::find(tx.conn, tx.organization(), id)?;
    cycle.filter(|cycle| tx.actor.sees_cycle_in(cycle.phase)).ok_or_else(Error::not_found)
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
    found.retain(|cycle| tx.actor.sees_cycle_in(cycle.phase));
    Ok(found)
}

/// The cycles with these ids, whoever may see them.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[CycleId]) -> Result<Vec<Cycle>> {
    Ok(store::by_ids(tx.conn, tx.organization(), ids)?)
}

/// Whether someone may see a cycle: a draft one is there for HR alone.
pub const fn is_visible_to(actor: &Actor, cycle: &Cycle) -> bool {
    actor.sees_cycle_in(cycle.phase)
}

/// All cycles that the actor may see, earlier ones first, enclosing ones before those inside them.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Cycle>> {
    let mut found = store::all(tx.conn, tx.organization())?;
    found.retain(|cycle| tx.actor.sees_cycle_in(cycle.phase));
    Ok(found)
}

fn must_be_admin(tx: &Tx<'_>) -> Result<()> {
    if tx.actor.is_admin() { Ok(()) } else { Err(Code::Forbidden.into()) }
}

fn subject(cycle: &Cycle) -> Subject {
    Subject::new("cycle", cycle.id).called(&cycle.name)
}

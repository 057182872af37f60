//! Units: the tree of company, departments and teams, with those who lead, supervise and work in them.

mod api;
mod change;
mod input;
mod members;
mod model;
mod rules;
mod store;
mod tree;

pub(super) use api::routes;
pub(super) use change::insert_company;
pub use change::{add, change, remove};
pub use input::{UnitIn, UnitPatch};
pub use members::{displace, hand_over_leads, place};
pub use model::Unit;
pub use tree::{UnitNode, tree};

use crate::db::Tx;
use crate::domain::ids::UnitId;
use crate::error::{Error, Result};

/// A unit. Everyone sees all units.
pub fn get(tx: &mut Tx<'_>, id: UnitId) -> Result<Unit> {
    store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)
}

/// All units, in no order.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Unit>> {
    Ok(store::all(tx.conn, tx.organization())?)
}

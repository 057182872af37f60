//! Metrics: the standard measures, defined once for the organization. HR defines, changes, retires and deletes them
//! ([`create`], [`update`], [`delete`]); everyone sees them.

mod api;
mod catalogue;
mod define;
pub mod input;
pub mod library;
pub mod model;
mod store;

pub(crate) use api::routes;
pub use catalogue::{Catalogue, Feeding, feeding, rules};
pub use define::{create, delete, update};

use crate::db::Tx;
use crate::domain::ids::MetricId;
use crate::error::{Error, Result};
use model::Metric;

/// A metric of the organization, a retired one too.
pub fn find(tx: &mut Tx<'_>, id: MetricId) -> Result<Metric> {
    store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)
}

/// All metrics of the organization, retired ones too, by code.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Metric>> {
    Ok(store::all(tx.conn, tx.organization())?)
}

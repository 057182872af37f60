//! Metrics: the standard measures, defined once for the organization. HR takes them from the library
//! ([`from_library`]), defines, changes, retires and deletes them ([`create`], [`update`], [`delete`]); everyone sees
//! them, and may try the formulas that they are computed by ([`validate`], [`preview`]). What they set for figures is
//! told by [`rules`], what their values come from by [`feeding`].

mod adopt;
mod api;
mod catalogue;
mod check;
mod define;
mod draft;
mod formulas;
pub mod input;
pub mod library;
pub mod model;
mod store;

pub use adopt::{Adopted, from_library};
pub(crate) use api::routes;
pub use catalogue::{Catalogue, Feeding, feeding, rules};
pub use define::{create, delete, update};
pub use formulas::{Flaw, preview, validate};

use crate::db::Tx;
use crate::domain::ids::MetricId;
use crate::error::{Error, Result};
use model::Metric;

/// A metric of the organization, a retired one too.
pub fn find(tx: &mut Tx<'_>, id: MetricId) -> Result<Metric> {
    store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)
}

/// The metrics of the organization as formulas see them.
pub fn catalogue(tx: &mut Tx<'_>) -> Result<Catalogue> {
    Ok(Catalogue::load(tx.conn, tx.organization())?)
}

/// All metrics of the organization, retired ones too, by code.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Metric>> {
    Ok(store::all(tx.conn, tx.organization())?)
}

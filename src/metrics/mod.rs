//! Metrics: the standard measures, defined once for the organization.

pub mod model;
mod store;

use crate::db::Tx;
use crate::domain::ids::MetricId;
use crate::error::{Error, Result};
use model::Metric;

/// A metric of the organization, a retired one too.
pub fn find(tx: &mut Tx<'_>, id: MetricId) -> Result<Metric> {
    store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)
}

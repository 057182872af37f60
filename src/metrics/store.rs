//! The only SQL on `metrics`.

use super::model::Metric;
use crate::db::Conn;
use crate::db::schema::metrics::dsl;
use crate::domain::ids::{MetricId, OrganizationId};
use diesel::prelude::*;

/// A metric.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: MetricId) -> QueryResult<Option<Metric>> {
    dsl::metrics.find((organization, id)).select(Metric::as_select()).first(conn).optional()
}

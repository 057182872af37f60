//! The only SQL on `metrics`.

use super::catalogue::Defined;
use super::model::Metric;

use crate::db::schema::{goals, measurements, metrics, metrics::dsl};
use crate::db::{Conn, Locked};
use crate::domain::ids::{ForestId, MetricId, OrganizationId};
use crate::domain::words::State;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// A metric.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: MetricId) -> QueryResult<Option<Metric>> {
    dsl::metrics.find((organization, id)).select(Metric::as_select()).first(conn).optional()
}

/// The metric with a code.
pub(super) fn find_by_code(conn: &mut Conn, organization: OrganizationId, code: &str) -> QueryResult<Option<Metric>> {
    dsl::metrics
        .filter(dsl::organization_id.eq(organization).and(dsl::code.eq(code)))
        .select(Metric::as_select())
        .first(conn)
        .optional()
}

/// All metrics, by code.
pub(super) fn all(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Metric>> {
    dsl::metrics.filter(dsl::organization_id.eq(organization)).order(dsl::code).select(Metric::as_select()).load(conn)
}

/// What all metrics' rows say of their values.
pub(super) fn defined(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Defined>> {
    dsl::metrics
        .filter(dsl::organization_id.eq(organization))
        .order(dsl::id)
        .select((
            dsl::id,
            dsl::code,
            dsl::time_aggregation,
            dsl::people_aggregation,
            dsl::measured_for,
            dsl::empty_is_zero,
            dsl::formula,
            dsl::progress_formula,
            dsl::dimensions,
            dsl::retired_at.is_not_null(),
        ))
        .load(conn)
}

/// A new metric.
pub(super) fn insert(conn: &mut Conn, metric: &Metric) -> QueryResult<()> {
    diesel::insert_into(metrics::table).values(metric).execute(conn).map(drop)
}

/// A metric as it is now.
pub(super) fn update(conn: &mut Conn, metric: &Metric) -> QueryResult<()> {
    diesel::update(dsl::metrics.find((metric.organization_id, metric.id))).set(metric).execute(conn).map(drop)
}

/// Has all metrics stay as they are for others until the transaction ends.
pub(super) fn lock_all(conn: &mut Conn, organization: OrganizationId) -> QueryResult<()> {
    let all = dsl::metrics.filter(dsl::organization_id.eq(organization)).order(dsl::id).select(dsl::id);
    Locked(all).get_results::<MetricId>(conn).map(drop)
}

/// A metric that is no more.
pub(super) fn delete(conn: &mut Conn, organization: OrganizationId, id: MetricId) -> QueryResult<()> {
    diesel::delete(dsl::metrics.find((organization, id))).execute(conn).map(drop)
}

// Goals and measurements are to the right of metrics: what they are is no matter here, but a metric is fixed by their
// using it and its name is shown beside goals, which are questions to their tables alone.

/// How many goals use a metric.
pub(super) fn count_goals(conn: &mut Conn, organization: OrganizationId, id: MetricId) -> QueryResult<i64> {
    goals::table.filter(goals::organization_id.eq(organization).and(goals::metric_id.eq(id))).count().get_result(conn)
}

/// How many goals that are past draft, or were, use metrics.
pub(super) fn count_goals_past_draft(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &BTreeSet<MetricId>,
) -> QueryResult<i64> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::metric_id.eq_any(ids.iter().copied())))
        .filter(goals::state.ne(State::Draft).or(goals::ever_active))
        .count()
        .get_result(conn)
}

/// How many measurements there are of a metric, removed ones too.
pub(super) fn count_measurements(conn: &mut Conn, organization: OrganizationId, id: MetricId) -> QueryResult<i64> {
    measurements::table
        .filter(measurements::organization_id.eq(organization).and(measurements::metric_id.eq(id)))
        .count()
        .get_result(conn)
}

/// The forests with goals on metrics, in the order of their ids.
pub(super) fn forests_with(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &BTreeSet<MetricId>,
) -> QueryResult<Vec<ForestId>> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::metric_id.eq_any(ids.iter().copied())))
        .select(goals::forest_id)
        .distinct()
        .order(goals::forest_id)
        .load(conn)
}

//! The only SQL on `measurements` and `measurement_versions`.

pub(super) mod days;
pub(super) mod list;

use super::model::{ExternalKey, Measurement, MeasurementVersion};
use crate::db::schema::{measurement_versions, measurements, organizations};
use crate::db::{Conn, Locked, insert_rows, native};
use crate::domain::ids::{MeasurementId, OrganizationId};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel::upsert::excluded;
use std::collections::BTreeSet;

/// How many rows a large statement writes: within the bounds of both databases, prepared once a connection.
const AT_ONCE: usize = 256;

/// How many external ids one query asks for.
const KEYS_AT_ONCE: usize = 1_000;

/// Before anything measured is written: the revision that it gets. Whoever else writes waits until this transaction
/// ends, so that revisions come in the order of commits and what a source calls alike is never there twice.
pub(super) fn hold_revision(conn: &mut Conn, organization: OrganizationId) -> QueryResult<i64> {
    let row = organizations::table.find(organization).select(organizations::measurement_revision);
    Locked(row).get_result::<i64>(conn).map(|revision| revision + 1)
}

/// Something measured is written: the revision that was held is the organization's. What writes nothing moves nothing.
pub(super) fn move_revision(conn: &mut Conn, organization: OrganizationId, revision: i64) -> QueryResult<()> {
    diesel::update(organizations::table.find(organization))
        .set(organizations::measurement_revision.eq(revision))
        .execute(conn)
        .map(drop)
}

/// A measurement, removed or not.
pub(super) fn find(
    conn: &mut Conn,
    organization: OrganizationId,
    id: MeasurementId,
) -> QueryResult<Option<Measurement>> {
    measurements::table.find((organization, id)).first(conn).optional()
}

/// What is there already of what sources call like this, removed or not.
pub(super) fn called(
    conn: &mut Conn,
    organization: OrganizationId,
    keys: &BTreeSet<ExternalKey>,
) -> QueryResult<Vec<Measurement>> {
    use measurements::dsl;
    let mut found = Vec::new();
    let keys: Vec<&ExternalKey> = keys.iter().collect();
    for of_source in keys.chunk_by(|a, b| (a.metric, &a.source) == (b.metric, &b.source)) {
        for some in of_source.chunks(KEYS_AT_ONCE) {
            let Some(first) = some.first() else { continue };
            let query = dsl::measurements
                .filter(dsl::organization_id.eq(organization))
                .filter(dsl::metric_id.eq(first.metric))
                .filter(dsl::source.eq(&first.source))
                .filter(dsl::external_id.eq_any(some.iter().map(|key| &key.external_id)))
                // Written out, it is planned anew each time: a plan that PostgreSQL made while the table was small reads
                // all that was ever measured by the metric, and compares each with every key.
                .filter(diesel::dsl::sql::<Bool>("external_id IS NOT NULL"));
            found.append(&mut query.load(conn)?);
        }
    }
    Ok(found)
}

/// Adds measurements.
pub(super) fn insert(conn: &mut Conn, rows: &[Measurement]) -> QueryResult<()> {
    let (many, rest) = rows.as_chunks::<AT_ONCE>();
    for rows in many {
        native!(conn, |each| diesel::insert_into(measurements::table).values(rows).execute(each))?;
    }
    insert_rows!(conn, measurements::table, rest);
    Ok(())
}

/// Puts what measurements say now in the place of what they said.
pub(super) fn replace(conn: &mut Conn, rows: &[Measurement]) -> QueryResult<()> {
    use measurements::dsl;
    for rows in rows.chunks(AT_ONCE) {
        native!(conn, |each| diesel::insert_into(measurements::table)
            .values(rows)
            .on_conflict((dsl::organization_id, dsl::id))
            .do_update()
            .set((
                dsl::person_id.eq(excluded(dsl::person_id)),
                dsl::unit_id.eq(excluded(dsl::unit_id)),
                dsl::measured_on.eq(excluded(dsl::measured_on)),
                dsl::value.eq(excluded(dsl::value)),
                dsl::dimensions.eq(excluded(dsl::dimensions)),
                dsl::updated_at.eq(excluded(dsl::updated_at)),
                dsl::removed_at.eq(excluded(dsl::removed_at)),
                dsl::revision.eq(excluded(dsl::revision)),
                dsl::version.eq(excluded(dsl::version)),
            ))
            .execute(each))?;
    }
    Ok(())
}

/// Keeps what measurements said before.
pub(super) fn insert_versions(conn: &mut Conn, rows: &[MeasurementVersion]) -> QueryResult<()> {
    let (many, rest) = rows.as_chunks::<AT_ONCE>();
    for rows in many {
        native!(conn, |each| diesel::insert_into(measurement_versions::table).values(rows).execute(each))?;
    }
    insert_rows!(conn, measurement_versions::table, rest);
    Ok(())
}

/// What a measurement said before, the newest first.
pub(super) fn versions(
    conn: &mut Conn,
    organization: OrganizationId,
    id: MeasurementId,
) -> QueryResult<Vec<MeasurementVersion>> {
    use measurement_versions::dsl;
    dsl::measurement_versions
        .filter(dsl::organization_id.eq(organization).and(dsl::measurement_id.eq(id)))
        .order(dsl::version.desc())
        .load(conn)
}

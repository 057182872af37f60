//! What the event log says of measurements: of a batch that so many came and for which days, of a correction what was
//! before and after.

use super::known::Known;
use super::model::{Measurement, MeasurementVersion, dimensions_in};
use crate::db::{Event, Subject, Tx};
use crate::domain::amount::Amount;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::error::Result;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many sources of a batch are named.
const SOURCES: usize = 20;

/// What came in with a batch, as the log keeps it.
#[derive(Serialize)]
struct Batch<'a> {
    /// The measurement revision that it made: what it left can be found by it.
    revision: i64,
    created: usize,
    replaced: usize,
    metrics: BTreeSet<&'a str>,
    sources: Vec<&'a str>,
    /// The days that something was measured on, those that it was taken away from included.
    days: usize,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

/// A batch, or a single one, was recorded.
pub(super) fn recorded(
    tx: &Tx<'_>,
    known: &Known,
    revision: i64,
    created: &[Measurement],
    replaced: &[Measurement],
    before: &[MeasurementVersion],
) -> Result<Event> {
    let rows = || created.iter().chain(replaced);
    let code = |row: &Measurement| known.metric(row.metric_id).map(|metric| metric.code.as_str());
    let metrics: BTreeSet<&str> = rows().filter_map(code).collect();
    let sources: BTreeSet<&str> = rows().map(|row| row.source.as_str()).collect();
    let days: BTreeSet<NaiveDate> =
        rows().map(|row| row.measured_on).chain(before.iter().map(|said| said.measured_on)).collect();
    let label = metrics.iter().take(SOURCES).copied().collect::<Vec<_>>().join(", ");
    let batch = Batch {
        revision,
        created: created.len(),
        replaced: replaced.len(),
        metrics,
        sources: sources.into_iter().take(SOURCES).collect(),
        days: days.len(),
        first: days.first().copied(),
        last: days.last().copied(),
    };
    Event::new("measurements.recorded", Subject::new("measurements", tx.organization()).called(&label)).after(&batch)
}

/// A measurement as the log keeps it.
#[derive(Serialize)]
struct Body<'a> {
    metric: &'a str,
    person_id: Option<PersonId>,
    unit_id: UnitId,
    date: NaiveDate,
    value: Amount,
    dimensions: BTreeMap<String, String>,
    source: &'a str,
    external_id: Option<&'a str>,
    removed_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

fn body<'a>(row: &'a Measurement, metric: &'a str, reason: Option<&'a str>) -> Body<'a> {
    Body {
        metric,
        person_id: row.person_id,
        unit_id: row.unit_id,
        date: row.measured_on,
        value: row.value,
        dimensions: dimensions_in(&row.dimensions),
        source: &row.source,
        external_id: row.external_id.as_deref(),
        removed_at: row.removed_at,
        reason,
    }
}

/// A measurement was corrected or removed.
pub(super) fn changed(
    kind: &'static str,
    known: &Known,
    before: &Measurement,
    after: &Measurement,
    reason: Option<&str>,
) -> Result<Event> {
    let metric = known.metric(before.metric_id).map_or("", |metric| metric.code.as_str());
    Event::new(kind, Subject::new("measurement", before.id).called(metric))
        .before(&body(before, metric, None))?
        .after(&body(after, metric, reason))
}

//! How measurements are shown.

use crate::db::Tx;
use crate::domain::access::Directory;
use crate::domain::amount::Amount;
use crate::domain::ids::{MeasurementId, MetricId};
use crate::domain::instant::Instant;
use crate::domain::words::Locale;
use crate::error::Result;
use crate::http::{Listing, SortKey, Versioned, page};
use crate::measurements::model::{Measurement, MeasurementVersion, dimensions_in};
use crate::measurements::read::{self, Found, MeasurementFilter};
use crate::metrics::{self, model::Metric};
use crate::org::{PersonRef, UnitRef};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A measurement: a dated value of a metric for a person or a unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MeasurementOut {
    /// Its id.
    pub id: MeasurementId,
    /// Moves with every change; the `ETag`.
    pub version: i64,
    /// What was measured.
    pub metric: MeasuredMetric,
    /// The person that it is of; null where a unit was measured.
    pub person: Option<PersonRef>,
    /// The unit that it is of, or the one that the person belonged to on that day: it counts in this unit and in all above
    /// it.
    pub unit: UnitRef,
    /// The day, in the organization's time zone.
    pub date: NaiveDate,
    /// The value.
    pub value: Amount,
    /// What it is split by: the value of each dimension that was told.
    pub dimensions: BTreeMap<String, String>,
    /// Where it comes from.
    pub source: String,
    /// What it is called there; null where that was not told.
    pub external_id: Option<String>,
    /// Who entered it first; an API token enters as the person who made it.
    pub entered_by: PersonRef,
    /// When it was entered first: of two on one day the later entered counts as the later.
    pub entered_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// When it was removed and counted no more; null while it counts.
    pub removed_at: Option<Instant>,
}

/// The metric of a measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MeasuredMetric {
    /// The metric.
    pub id: MetricId,
    /// Its code.
    pub code: String,
    /// Its name in the caller's language.
    pub name: String,
    /// The unit as it is written beside values: `VND`, `deals`.
    pub display_unit: Option<String>,
    /// With how many decimals its values are shown, 0 to 4.
    pub decimals: i32,
}

impl Versioned for MeasurementOut {
    fn version(&self) -> i64 {
        self.version
    }
}

/// What a measurement says, or said before.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MeasurementVersionOut {
    /// Its version then.
    pub version: i64,
    /// The person that it was of; null where a unit was measured.
    pub person: Option<PersonRef>,
    /// The unit that it counted in.
    pub unit: UnitRef,
    /// The day.
    pub date: NaiveDate,
    /// The value.
    pub value: Amount,
    /// What it was split by.
    pub dimensions: BTreeMap<String, String>,
    /// Whether it was removed and counted for nothing.
    pub removed: bool,
    /// Since when it said so.
    pub said_at: Instant,
    /// When something else took its place; null of what it says now.
    pub superseded_at: Option<Instant>,
    /// Who put something else in its place; null of what it says now.
    pub superseded_by: Option<PersonRef>,
    /// Why, where that was said.
    pub reason: Option<String>,
}

page! {
    /// A page of measurements.
    MeasurementPage of MeasurementOut
}

page! {
    /// A page of what a measurement said.
    MeasurementHistoryPage of MeasurementVersionOut
}

/// The metrics as measurements name them.
struct Metrics {
    by_id: HashMap<MetricId, Metric>,
    locale: Locale,
}

impl Metrics {
    fn read(tx: &mut Tx<'_>) -> Result<Self> {
        let by_id = metrics::all(tx)?.into_iter().map(|metric| (metric.id, metric)).collect();
        Ok(Self { by_id, locale: tx.locale })
    }

    fn named(&self, id: MetricId) -> MeasuredMetric {
        let metric = self.by_id.get(&id);
        MeasuredMetric {
            id,
            code: metric.map(|metric| metric.code.clone()).unwrap_or_default(),
            name: metric.map(|metric| metric.name(self.locale).to_owned()).unwrap_or_default(),
            display_unit: metric.and_then(|metric| metric.display_unit.clone()),
            decimals: metric.map_or(0, |metric| metric.decimals),
        }
    }
}

impl MeasurementOut {
    fn of(row: Measurement, metrics: &Metrics, directory: &Directory) -> Self {
        Self {
            id: row.id,
            version: row.version,
            metric: metrics.named(row.metric_id),
            person: row.person_id.map(|id| PersonRef::of(directory, id)),
            unit: UnitRef::of(directory, row.unit_id),
            date: row.measured_on,
            value: row.value,
            dimensions: dimensions_in(&row.dimensions),
            source: row.source,
            external_id: row.external_id,
            entered_by: PersonRef::of(directory, row.entered_by),
            entered_at: row.entered_at,
            updated_at: row.updated_at,
            removed_at: row.removed_at,
        }
    }
}

impl MeasurementVersionOut {
    fn now(row: &Measurement, directory: &Directory) -> Self {
        Self {
            version: row.version,
            person: row.person_id.map(|id| PersonRef::of(directory, id)),
            unit: UnitRef::of(directory, row.unit_id),
            date: row.measured_on,
            value: row.value,
            dimensions: dimensions_in(&row.dimensions),
            removed: !row.counts(),
            said_at: row.updated_at,
            superseded_at: None,
            superseded_by: None,
            reason: None,
        }
    }

    fn before(row: MeasurementVersion, directory: &Directory) -> Self {
        Self {
            version: row.version,
            person: row.person_id.map(|id| PersonRef::of(directory, id)),
            unit: UnitRef::of(directory, row.unit_id),
            date: row.measured_on,
            value: row.value,
            dimensions: dimensions_in(&row.dimensions),
            removed: row.removed,
            said_at: row.said_at,
            superseded_at: Some(row.superseded_at),
            superseded_by: Some(PersonRef::of(directory, row.superseded_by)),
            reason: row.reason,
        }
    }
}

/// A measurement as it is shown.
pub(super) fn one(tx: &mut Tx<'_>, id: MeasurementId) -> Result<MeasurementOut> {
    let row = read::find(tx, id)?;
    let metrics = Metrics::read(tx)?;
    Ok(MeasurementOut::of(row, &metrics, &tx.actor.directory))
}

/// A page of measurements as they are shown.
pub(super) fn page(tx: &mut Tx<'_>, filter: &MeasurementFilter, listing: &Listing) -> Result<MeasurementPage> {
    let Found { measurements, next_cursor, total } = read::list(tx, filter, listing)?;
    let metrics = Metrics::read(tx)?;
    let directory = &tx.actor.directory;
    let items = measurements.into_iter().map(|row| MeasurementOut::of(row, &metrics, directory)).collect();
    Ok(MeasurementPage { items, next_cursor, total })
}

/// What a measurement says and said before.
pub(super) fn history(tx: &mut Tx<'_>, id: MeasurementId, listing: &Listing) -> Result<MeasurementHistoryPage> {
    let (_, oldest_first) = listing.order(&["newest"])?;
    let (now, before) = read::history(tx, id)?;
    let directory = &tx.actor.directory;
    let told = before.into_iter().map(|said| MeasurementVersionOut::before(said, directory));
    let all: Vec<_> = told.chain([MeasurementVersionOut::now(&now, directory)]).collect();
    let total = listing.include_total.then_some(all.len());
    let (items, next_cursor) = listing.page_of(all, !oldest_first, |said| (SortKey::from(said.version), now.id.into()));
    Ok(MeasurementHistoryPage { items, next_cursor, total })
}

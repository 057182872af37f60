//! The rows: a measurement, and what it said before.

use crate::db::Tx;
use crate::db::schema::{measurement_versions, measurements};
use crate::domain::amount::Amount;
use crate::domain::ids::{MeasurementId, MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::measured::Subject;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// A dated value of a metric for a person or a unit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(
    table_name = measurements,
    primary_key(organization_id, id),
    treat_none_as_null = true,
    treat_none_as_default_value = false
)]
pub struct Measurement {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: MeasurementId,
    /// What was measured.
    pub metric_id: MetricId,
    /// Of whom; none where a unit was measured.
    pub person_id: Option<PersonId>,
    /// The unit that the person belonged to on that day, or the unit itself.
    pub unit_id: UnitId,
    /// The day.
    pub measured_on: NaiveDate,
    /// The value.
    pub value: Amount,
    /// The combination of its dimensions as one canonical JSON object; empty without any.
    pub dimensions: String,
    /// Where it comes from.
    pub source: String,
    /// What it is called there.
    pub external_id: Option<String>,
    /// Who entered it.
    pub entered_by: PersonId,
    /// When; a correction keeps it, and with it its place among those of its day.
    pub entered_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// When it was removed: it stays and counts for nothing.
    pub removed_at: Option<Instant>,
    /// The organization's measurement revision with which it last changed.
    pub revision: i64,
    /// Moves with every change.
    pub version: i64,
}

impl Measurement {
    /// Whether it counts.
    pub const fn counts(&self) -> bool {
        self.removed_at.is_none()
    }

    /// Whom it is of.
    pub fn subject(&self) -> Subject {
        subject_of(self.person_id, self.unit_id)
    }

    /// What its source calls it.
    pub(super) fn key(&self) -> Option<ExternalKey> {
        let external_id = self.external_id.clone()?;
        Some(ExternalKey { metric: self.metric_id, source: self.source.clone(), external_id })
    }

    /// What was sent, as a new row.
    pub(super) fn new(tx: &Tx<'_>, entry: Entry, revision: i64) -> Self {
        let Entry { statement, source, external_id } = entry;
        Self {
            organization_id: tx.organization(),
            id: tx.new_id(),
            metric_id: statement.metric,
            person_id: person_in(statement.subject),
            unit_id: statement.unit,
            measured_on: statement.on,
            value: statement.value,
            dimensions: statement.dimensions,
            source,
            external_id,
            entered_by: tx.actor.person,
            entered_at: tx.now,
            updated_at: tx.now,
            removed_at: None,
            revision,
            version: 1,
        }
    }

    /// Whether it says this already. The unit that a person belonged to is asked for anew only where they or the day are
    /// others.
    pub(super) fn says(&self, statement: &Statement) -> bool {
        self.is_of(statement) && self.value == statement.value && self.dimensions == statement.dimensions
    }

    fn is_of(&self, statement: &Statement) -> bool {
        self.subject() == statement.subject && self.measured_on == statement.on
    }

    /// The same with something else to say. It keeps its time of entry; removed, it counts again.
    pub(super) fn saying(&self, tx: &Tx<'_>, statement: Statement, revision: i64) -> Self {
        Self {
            person_id: person_in(statement.subject),
            unit_id: if self.is_of(&statement) { self.unit_id } else { statement.unit },
            measured_on: statement.on,
            value: statement.value,
            dimensions: statement.dimensions,
            removed_at: None,
            ..self.changed(tx, revision)
        }
    }

    /// The same, removed.
    pub(super) fn removed(&self, tx: &Tx<'_>, revision: i64) -> Self {
        Self { removed_at: Some(tx.now), ..self.changed(tx, revision) }
    }

    fn changed(&self, tx: &Tx<'_>, revision: i64) -> Self {
        Self { updated_at: tx.now, revision, version: self.version + 1, ..self.clone() }
    }

    /// What it said, for the history, before something else took its place.
    pub(super) fn superseded(&self, tx: &Tx<'_>, revision: i64, reason: Option<&str>) -> MeasurementVersion {
        MeasurementVersion {
            organization_id: self.organization_id,
            measurement_id: self.id,
            version: self.version,
            metric_id: self.metric_id,
            person_id: self.person_id,
            unit_id: self.unit_id,
            measured_on: self.measured_on,
            value: self.value,
            dimensions: self.dimensions.clone(),
            removed: !self.counts(),
            said_at: self.updated_at,
            superseded_in: revision,
            superseded_by: tx.actor.person,
            superseded_at: tx.now,
            reason: reason.map(str::to_owned),
        }
    }
}

/// What a measurement said before it was corrected or removed, and what came after.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = measurement_versions, treat_none_as_default_value = false)]
pub struct MeasurementVersion {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The measurement.
    pub measurement_id: MeasurementId,
    /// Its version then.
    pub version: i64,
    /// What was measured.
    pub metric_id: MetricId,
    /// Of whom; none where a unit was measured.
    pub person_id: Option<PersonId>,
    /// The unit that the person belonged to on that day, or the unit itself.
    pub unit_id: UnitId,
    /// The day.
    pub measured_on: NaiveDate,
    /// The value.
    pub value: Amount,
    /// The combination of its dimensions.
    pub dimensions: String,
    /// Whether it was removed then.
    pub removed: bool,
    /// Since when it said so.
    pub said_at: Instant,
    /// The organization's measurement revision with which it said something else.
    pub superseded_in: i64,
    /// Who changed it.
    pub superseded_by: PersonId,
    /// When.
    pub superseded_at: Instant,
    /// Why, where that was said.
    pub reason: Option<String>,
}

/// What a measurement states, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) metric: MetricId,
    pub(super) subject: Subject,
    /// The unit that it counts in.
    pub(super) unit: UnitId,
    pub(super) on: NaiveDate,
    pub(super) value: Amount,
    pub(super) dimensions: String,
}

/// A measurement that was sent, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) statement: Statement,
    pub(super) source: String,
    pub(super) external_id: Option<String>,
}

impl Entry {
    /// What tells it from all others, where its source has a name for it.
    pub(super) fn key(&self) -> Option<ExternalKey> {
        let external_id = self.external_id.clone()?;
        Some(ExternalKey { metric: self.statement.metric, source: self.source.clone(), external_id })
    }
}

/// What a source calls a measurement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ExternalKey {
    pub(super) metric: MetricId,
    pub(super) source: String,
    pub(super) external_id: String,
}

/// Whom a row is of.
pub(super) fn subject_of(person: Option<PersonId>, unit: UnitId) -> Subject {
    person.map_or(Subject::Unit(unit), Subject::Person)
}

const fn person_in(subject: Subject) -> Option<PersonId> {
    match subject {
        Subject::Person(person) => Some(person),
        Subject::Unit(_) => None,
    }
}

/// Dimensions as they lie in a column: names in their order, nothing where there are none.
pub(super) fn dimensions_text(told: &BTreeMap<&String, String>) -> String {
    if told.is_empty() { String::new() } else { serde_json::json!(told).to_string() }
}

/// The dimensions that lie in a column.
pub(super) fn dimensions_in(text: &str) -> BTreeMap<String, String> {
    serde_json::from_str(text).unwrap_or_default()
}

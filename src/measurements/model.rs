//! The rows: a measurement, and what it said before.

use crate::db::schema::{measurement_versions, measurements};
use crate::domain::amount::Amount;
use crate::domain::ids::{MeasurementId, MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::measured::Subject;
use chrono::NaiveDate;
use diesel::prelude::*;

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

/// Whom a row is of.
pub(super) fn subject_of(person: Option<PersonId>, unit: UnitId) -> Subject {
    person.map_or(Subject::Unit(unit), Subject::Person)
}

//! The measurements behind a goal's value, as one person may see them.

use super::sight::Sight;
use crate::db::schema::measurements;
use crate::db::{MultiBackend, Tx};
use crate::domain::amount::Amount;
use crate::domain::facts::GoalFacts;
use crate::domain::ids::{GoalId, MeasurementId, MetricId, PersonId, UnitId};
use crate::domain::limits;
use crate::domain::measured::Subject;
use crate::error::Result;
use chrono::NaiveDate;
use diesel::prelude::*;

/// A measurement that counts.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = measurements)]
pub(super) struct Behind {
    pub(super) id: MeasurementId,
    pub(super) metric_id: MetricId,
    pub(super) person_id: Option<PersonId>,
    pub(super) unit_id: UnitId,
    pub(super) measured_on: NaiveDate,
    pub(super) value: Amount,
}

impl Behind {
    fn subject(&self) -> Subject {
        self.person_id.map_or(Subject::Unit(self.unit_id), Subject::Person)
    }
}

/// So many are looked through for those that the reader may see.
const MOST_READ: i64 = 500;

/// The latest measurements of a metric that count in a goal on some days and that the reader may see.
pub(super) fn latest(
    tx: &mut Tx<'_>,
    sight: &Sight<'_>,
    goal: GoalId,
    metric: MetricId,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Behind>> {
    let facts = sight.scene.now.forest.goal(goal);
    let Some((_, scope)) = facts.and_then(GoalFacts::measured_by) else { return Ok(Vec::new()) };
    let query = measurements::table
        .filter(measurements::organization_id.eq(tx.organization()).and(measurements::metric_id.eq(metric)))
        .filter(measurements::measured_on.between(first, last).and(measurements::removed_at.is_null()))
        .order((measurements::measured_on.desc(), measurements::entered_at.desc(), measurements::id.desc()))
        .limit(MOST_READ)
        .select(Behind::as_select())
        .into_boxed::<MultiBackend>();
    let mut found: Vec<Behind> = match scope {
        Subject::Person(person) => query.filter(measurements::person_id.eq(person)),
        Subject::Unit(unit) if Some(unit) == tx.actor.directory.root() => query,
        Subject::Unit(unit) => query.filter(measurements::unit_id.eq_any(tx.actor.directory.subtree(unit))),
    }
    .load(tx.conn)?;
    found.retain(|row| sight.actor.sees_measured(row.subject()));
    found.truncate(limits::NAMED_MEASUREMENTS);
    Ok(found)
}

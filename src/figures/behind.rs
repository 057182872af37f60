//! The measurements behind a goal's value, as one person may see them.

use crate::db::schema::measurements as rows;
use crate::db::{MultiBackend, Tx};
use crate::domain::amount::Amount;
use crate::domain::ids::{MeasurementId, MetricId, PersonId, UnitId};
use crate::domain::limits;
use crate::domain::measured::Subject;
use crate::error::Result;
use crate::measurements::{self, Sight};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A measurement that counts.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = rows)]
pub(super) struct Behind {
    pub(super) id: MeasurementId,
    pub(super) metric_id: MetricId,
    pub(super) person_id: Option<PersonId>,
    pub(super) unit_id: UnitId,
    pub(super) measured_on: NaiveDate,
    pub(super) value: Amount,
}

/// A metric's measurements from a first day to a last one.
pub(super) type Span = (MetricId, NaiveDate, NaiveDate);

/// Whose measurements the actor sees. It is decided on once for all that is named.
pub(super) struct Naming(Option<Sight>);

impl Naming {
    pub(super) fn new(tx: &Tx<'_>) -> Self {
        Self(measurements::sight(&tx.actor, None))
    }

    /// The latest measurements of a scope that the actor may see.
    pub(super) fn latest(&self, tx: &mut Tx<'_>, scope: Subject, (metric, first, last): Span) -> Result<Vec<Behind>> {
        let mut query = rows::table
            .filter(rows::organization_id.eq(tx.organization()).and(rows::metric_id.eq(metric)))
            .filter(rows::measured_on.between(first, last).and(rows::removed_at.is_null()))
            .order((rows::measured_on.desc(), rows::entered_at.desc(), rows::id.desc()))
            .limit(i64::try_from(limits::NAMED_MEASUREMENTS).unwrap_or(i64::MAX))
            .select(Behind::as_select())
            .into_boxed::<MultiBackend>();
        query = match scope {
            Subject::Person(person) => query.filter(rows::person_id.eq(person)),
            Subject::Unit(unit) if Some(unit) == tx.actor.directory.root() => query,
            Subject::Unit(unit) => query.filter(rows::unit_id.eq_any(tx.actor.directory.subtree(unit))),
        };
        if let (Subject::Unit(_), Some(Sight { people, units })) = (scope, &self.0) {
            let of_units = rows::person_id.is_null().and(rows::unit_id.eq_any(units));
            query = query.filter(rows::person_id.eq_any(people).or(of_units));
        } else if !tx.actor.sees_measured(scope) {
            return Ok(Vec::new());
        }
        Ok(query.load(tx.conn)?)
    }
}

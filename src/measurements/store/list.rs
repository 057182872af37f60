//! Measurements page by page.

use crate::db::schema::measurements::dsl;
use crate::db::{Conn, MultiBackend};
use crate::domain::ids::{MeasurementId, OrganizationId, PersonId, UnitId};
use crate::measurements::model::Measurement;
use crate::measurements::read::MeasurementFilter;
use chrono::NaiveDate;
use diesel::dsl::{IntoBoxed, count_star};
use diesel::prelude::*;
use diesel::sql_types::Text;

diesel::define_sql_function! {
    /// A text with each place of a part in it taken by another: both databases have it, and tell cases apart.
    fn replace(text: Text, part: Text, by: Text) -> Text;
}

/// Whose measurements a reader sees.
#[derive(Debug)]
pub struct Sight {
    /// Of these people.
    pub people: Vec<PersonId>,
    /// Of these units themselves.
    pub units: Vec<UnitId>,
}

/// Which measurements are asked for, by whom.
#[derive(Debug)]
pub(in crate::measurements) struct Asked<'f> {
    pub(in crate::measurements) filter: &'f MeasurementFilter,
    /// Those counting in these units.
    pub(in crate::measurements) units: Option<Vec<UnitId>>,
    /// As the dimension lies in the column.
    pub(in crate::measurements) dimension: Option<String>,
    /// None: everyone's.
    pub(in crate::measurements) sight: Option<Sight>,
}

/// The order of a list, and whether it begins with the latest.
#[derive(Debug, Clone, Copy)]
pub(in crate::measurements) enum Order {
    /// As they were entered.
    Entry { latest_first: bool },
    /// By the day, those of one day as they were entered.
    Day { latest_first: bool },
}

impl Asked<'_> {
    fn of(&self, organization: OrganizationId) -> IntoBoxed<'_, dsl::measurements, MultiBackend> {
        let filter = self.filter;
        let mut query = dsl::measurements.into_boxed::<MultiBackend>().filter(dsl::organization_id.eq(organization));
        if let Some(metric) = filter.metric_id {
            query = query.filter(dsl::metric_id.eq(metric));
        }
        if let Some(person) = filter.person_id {
            query = query.filter(dsl::person_id.eq(person));
        }
        if let Some(units) = &self.units {
            query = query.filter(dsl::unit_id.eq_any(units));
        }
        if let Some(from) = filter.from {
            query = query.filter(dsl::measured_on.ge(from));
        }
        if let Some(to) = filter.to {
            query = query.filter(dsl::measured_on.le(to));
        }
        if let Some(source) = &filter.source {
            query = query.filter(dsl::source.eq(source));
        }
        if let Some(external_id) = &filter.external_id {
            query = query.filter(dsl::external_id.eq(external_id));
        }
        if let Some(ids) = &filter.ids {
            query = query.filter(dsl::id.eq_any(&ids.0));
        }
        if let Some(part) = &self.dimension {
            query = query.filter(replace(dsl::dimensions, part, "").ne(dsl::dimensions));
        }
        if !filter.include_removed {
            query = query.filter(dsl::removed_at.is_null());
        }
        if let Some(Sight { people, units }) = &self.sight {
            let of_units = dsl::person_id.is_null().and(dsl::unit_id.eq_any(units));
            query = query.filter(dsl::person_id.eq_any(people).or(of_units));
        }
        query
    }
}

/// A page: what comes after a measurement that was seen already.
pub(in crate::measurements) fn page(
    conn: &mut Conn,
    organization: OrganizationId,
    asked: &Asked<'_>,
    order: Order,
    after: Option<(NaiveDate, MeasurementId)>,
    most: i64,
) -> QueryResult<Vec<Measurement>> {
    let mut query = asked.of(organization).limit(most);
    if let Some((day, id)) = after {
        query = match order {
            Order::Entry { latest_first: true } => query.filter(dsl::id.lt(id)),
            Order::Entry { latest_first: false } => query.filter(dsl::id.gt(id)),
            Order::Day { latest_first: true } => {
                query.filter(dsl::measured_on.lt(day).or(dsl::measured_on.eq(day).and(dsl::id.lt(id))))
            }
            Order::Day { latest_first: false } => {
                query.filter(dsl::measured_on.gt(day).or(dsl::measured_on.eq(day).and(dsl::id.gt(id))))
            }
        };
    }
    query = match order {
        Order::Entry { latest_first: true } => query.order(dsl::id.desc()),
        Order::Entry { latest_first: false } => query.order(dsl::id),
        Order::Day { latest_first: true } => query.order((dsl::measured_on.desc(), dsl::id.desc())),
        Order::Day { latest_first: false } => query.order((dsl::measured_on, dsl::id)),
    };
    query.load(conn)
}

/// How many there are.
pub(in crate::measurements) fn count(
    conn: &mut Conn,
    organization: OrganizationId,
    asked: &Asked<'_>,
) -> QueryResult<i64> {
    asked.of(organization).select(count_star()).first(conn)
}

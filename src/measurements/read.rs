//! Reading measurements: what one may not see is not there.

use super::model::{Measurement, MeasurementVersion, subject_of};
use super::store::list::{Asked, Order, Sight};
use super::store::{self, list};
use crate::db::Tx;
use crate::domain::access::Actor;
use crate::domain::ids::{MeasurementId, MetricId, PersonId, UnitId};
use crate::domain::measured::Subject;
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Commas, Listing, SortKey};
use chrono::NaiveDate;
use serde::Deserialize;

/// Which measurements are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct MeasurementFilter {
    /// Those of this metric.
    pub metric_id: Option<MetricId>,
    /// Those of this person.
    pub person_id: Option<PersonId>,
    /// Those that count in this unit or in one below it: its own, and those of people who belonged to it on their day.
    pub unit_id: Option<UnitId>,
    /// With `unit_id`: not in the units below.
    pub unit_only: Option<bool>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Until this day.
    pub to: Option<NaiveDate>,
    /// Those from this source.
    pub source: Option<String>,
    /// What a source calls like this.
    pub external_id: Option<String>,
    /// Those with this value of a dimension: `product:GTX Basic`.
    pub dimension: Option<String>,
    /// The removed ones too.
    pub include_removed: bool,
    /// Only these, separated by commas; at most 200.
    #[param(value_type = Option<String>)]
    pub ids: Option<Commas<MeasurementId>>,
}

/// A page of measurements.
#[derive(Debug)]
pub struct Found {
    /// The measurements, in order.
    pub measurements: Vec<Measurement>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// How many there are in all, where that was asked.
    pub total: Option<usize>,
}

/// A measurement that the actor may see, a removed one too.
pub fn find(tx: &mut Tx<'_>, id: MeasurementId) -> Result<Measurement> {
    let found = store::find(tx.conn, tx.organization(), id)?;
    found.filter(|row| tx.actor.sees_measured(row.subject())).ok_or_else(Error::not_found)
}

/// A measurement and what it said before, the newest first: as far as the actor may see whom that was of.
pub fn history(tx: &mut Tx<'_>, id: MeasurementId) -> Result<(Measurement, Vec<MeasurementVersion>)> {
    let now = find(tx, id)?;
    let mut before = store::versions(tx.conn, tx.organization(), id)?;
    before.retain(|said| tx.actor.sees_measured(subject_of(said.person_id, said.unit_id)));
    Ok((now, before))
}

/// A page of measurements.
pub fn list(tx: &mut Tx<'_>, filter: &MeasurementFilter, listing: &Listing) -> Result<Found> {
    let (sort, reverse) = listing.order(&["newest", "date"])?;
    let order =
        if sort == "date" { Order::Day { latest_first: reverse } } else { Order::Entry { latest_first: !reverse } };
    let asked = asked(&tx.actor, filter)?;
    let after = listing.after().map(place).transpose()?;
    let most = i64::try_from(listing.limit + 1).unwrap_or(i64::MAX);
    let found = list::page(tx.conn, tx.organization(), &asked, order, after, most)?;
    let total = listing.include_total.then(|| list::count(tx.conn, tx.organization(), &asked)).transpose()?;
    let (measurements, next_cursor) = listing.cut(found, |row| (row.measured_on.into(), row.id.into()));
    Ok(Found { measurements, next_cursor, total: total.map(|total| usize::try_from(total).unwrap_or(0)) })
}

/// The day and the id of the measurement that a page comes after.
fn place((key, id): (&SortKey, uuid::Uuid)) -> Result<(NaiveDate, MeasurementId)> {
    let SortKey::Text(day) = key else { return Err(Code::BadCursor.into()) };
    Ok((day.parse().map_err(|_| Error::from(Code::BadCursor))?, id.into()))
}

/// The filter made ready for one actor.
fn asked<'f>(actor: &Actor, filter: &'f MeasurementFilter) -> Result<Asked<'f>> {
    let mut faults = Faults::new();
    let in_order = filter.from.zip(filter.to).is_none_or(|(from, to)| from <= to);
    faults.check(in_order, "?to", Code::DatesReversed);
    let dimension = filter.dimension.as_deref().map(|said| said.split_once(':').map(part));
    faults.check(dimension != Some(None), "?dimension", Code::BadDimensionFilter);
    faults.finish()?;
    let units = filter.unit_id.map(|unit| match filter.unit_only {
        Some(true) => vec![unit],
        _ => actor.directory.subtree(unit).into_iter().collect(),
    });
    Ok(Asked { filter, units, dimension: dimension.flatten(), sight: sight(actor, filter.person_id) })
}

/// A dimension with its value as it lies in the column: its name ends where the value begins, and a quotation mark in
/// either is written otherwise, so that nothing else reads like it.
fn part((name, value): (&str, &str)) -> String {
    format!("{}:{}", serde_json::json!(name.trim()), serde_json::json!(value.trim()))
}

/// Whose measurements an actor sees, of all or of one person's: none where it is everyone's.
pub fn sight(actor: &Actor, only: Option<PersonId>) -> Option<Sight> {
    let directory = &actor.directory;
    let sees = |of: Subject| actor.sees_measured(of);
    let all = directory.people().map(|person| person.id).filter(|id| only.is_none_or(|only| only == *id));
    let people: Vec<PersonId> = all.filter(|id| sees(Subject::Person(*id))).collect();
    let units: Vec<UnitId> = directory.units().map(|unit| unit.id).filter(|id| sees(Subject::Unit(*id))).collect();
    let everyone = people.len() == directory.people().count() && units.len() == directory.units().count();
    (!everyone).then_some(Sight { people, units })
}

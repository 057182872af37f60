//! What a company measures: a million measurements of a thousand people, put into the table at once.

use crate::Outcome;
use crate::client::once;
use crate::forest::{fill, numbered, one_of, unasked};
use crate::world::{Company, World, id};
use chrono::{Days, NaiveDate, NaiveTime};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use goaltree::db::Conn;
use goaltree::db::schema::{measurements, organizations};
use goaltree::domain::amount::Amount;
use goaltree::domain::ids::{MeasurementId, MetricId, PersonId, UnitId};
use goaltree::domain::instant::Instant;
use goaltree::measurements::model::Measurement;
use serde_json::json;

/// What has been measured of the people of a company, up to today.
pub struct Measured {
    /// The metric.
    pub metric: MetricId,
    /// One of the units that the people belong to.
    pub unit: UnitId,
}

/// Of how many people.
pub const PEOPLE: usize = 1_000;
/// On how many days, and how often on each.
const DAYS: usize = 500;
const A_DAY: usize = 2;
/// The organization's measurement revision after it.
const REVISION: i64 = 1_000;

/// Defines a metric that is measured for people and summed up.
pub fn define(world: &World, owner: &str, code: &str) -> Outcome<MetricId> {
    let metric = json!({
        "code": code, "name": { "en": code }, "unit": "currency", "dimensions": ["product"],
        "time_aggregation": "sum", "people_aggregation": "sum", "measured_for": "person",
    });
    id(&once(world.address()?, "POST", "/metrics", owner, &metric)?)
}

/// Measures everyone every day, and each day is written after the one before it, as it comes.
pub fn plant(world: &World) -> Outcome<Measured> {
    let owner = world.owner()?;
    let company = &world.company;
    let members = company.at_home(&world.people(&owner, PEOPLE)?);
    let metric = define(world, &owner, "won_value")?;
    let mut conn = world.connect()?;
    unasked(&mut conn)?;
    for day in 0..DAYS {
        let on = company.today - Days::new((DAYS - 1 - day) as u64);
        let numbered = (day * A_DAY * PEOPLE..(day + 1) * A_DAY * PEOPLE).zip(members.iter().cycle());
        let rows = numbered.map(|(number, member)| a_measurement(company, metric, *member, number, on));
        let rows = rows.collect::<Outcome<Vec<_>>>()?;
        conn.transaction(|conn| rows.chunks(PEOPLE).try_for_each(|some| fill!(conn, measurements, some).map(drop)))?;
    }
    diesel::update(organizations::table.find(company.organization))
        .set(organizations::measurement_revision.eq(REVISION))
        .execute(&mut conn)?;
    if let Conn::Sqlite(_) = conn {
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?;
    }
    Ok(Measured { metric, unit: one_of(&company.units, 1) })
}

/// A measurement of someone in a unit, as a CRM sends it; its number tells it apart.
pub fn a_measurement(
    company: &Company,
    metric_id: MetricId,
    (person, unit_id): (PersonId, UnitId),
    number: usize,
    measured_on: NaiveDate,
) -> Outcome<Measurement> {
    let at = Instant::from(measured_on.and_time(NaiveTime::MIN).and_utc());
    let value = i64::try_from(number * 7_919 % 99_991 % 1_000)? + 1;
    Ok(Measurement {
        organization_id: company.organization,
        id: MeasurementId(numbered(0x0300, number)),
        metric_id,
        person_id: Some(person),
        unit_id,
        measured_on,
        value: Amount::from_units(value * 10_000).ok_or("too much")?,
        dimensions: format!(r#"{{"product":"P{}"}}"#, number % 7),
        source: "crm".to_owned(),
        external_id: Some(format!("deal-{number:08}")),
        entered_by: one_of(&company.people, 0),
        entered_at: at,
        updated_at: at,
        removed_at: None,
        revision: i64::try_from(number / 10_000)? + 1,
        version: 1,
    })
}

//! Measurements without the service: what its own driver and database do for a bare statement.

use crate::Outcome;
use crate::forest::fill;
use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Date, Text};
use goaltree::db::columns::Uid;
use goaltree::db::schema::measurements;
use goaltree::db::{Conn, MultiBackend};
use goaltree::domain::ids::{MetricId, OrganizationId, PersonId, UnitId};
use goaltree::measurements::model::Measurement;
use std::time::{Duration, Instant};

/// How many rows one statement inserts, as the service does; a statement of a fixed length is prepared once.
const AT_ONCE: usize = 256;

/// Makes a connection as durable and as careful as those of the service.
pub fn durable(conn: &mut Conn) -> Outcome<()> {
    if let Conn::Sqlite(_) = conn {
        conn.batch_execute(
            "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -16000",
        )?;
    }
    Ok(())
}

/// Inserts rows in one transaction; how long that took.
pub fn insert(conn: &mut Conn, rows: &[Measurement]) -> Outcome<Duration> {
    let start = Instant::now();
    let (many, rest) = rows.as_chunks::<AT_ONCE>();
    conn.transaction(|conn| {
        many.iter().try_for_each(|rows| fill!(conn, measurements, rows).map(drop))?;
        fill!(conn, measurements, rest)
    })?;
    Ok(start.elapsed())
}

/// Which measurements are summed up.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    pub organization: OrganizationId,
    pub metric: MetricId,
    /// Those measured in these units; in all where none is named.
    pub units: &'a [UnitId],
    pub first: NaiveDate,
    pub last: NaiveDate,
}

type Bound = BoxedSqlQuery<'static, MultiBackend, SqlQuery>;

impl Sought<'_> {
    /// Something selected from them.
    fn query(&self, selected: &str, grouped: &str) -> Bound {
        let places: Vec<String> = (5..).take(self.units.len()).map(|place| format!("${place}")).collect();
        let units = if places.is_empty() { String::new() } else { format!("AND unit_id IN ({})", places.join(", ")) };
        let text = format!(
            "{selected} FROM measurements WHERE organization_id = $1 AND metric_id = $2 AND removed_at IS NULL \
             AND measured_on BETWEEN $3 AND $4 {units} {grouped}"
        );
        let query = diesel::sql_query(text).into_boxed().bind::<Uid, _>(self.organization);
        let query = query.bind::<Uid, _>(self.metric).bind::<Date, _>(self.first).bind::<Date, _>(self.last);
        self.units.iter().fold(query, |query, unit| query.bind::<Uid, _>(*unit))
    }
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    total: i64,
}

/// Their sum, and how long it took.
pub fn sum(conn: &mut Conn, sought: Sought<'_>) -> Outcome<(Duration, i64)> {
    let start = Instant::now();
    let found: Vec<Sum> = sought.query("SELECT CAST(SUM(value) AS BIGINT) AS total", "").load(conn)?;
    let total = found.first().ok_or("no sum")?.total;
    Ok((start.elapsed(), total))
}

/// What was measured of a person in a month.
#[derive(QueryableByName)]
pub struct OfMonth {
    /// Its first day.
    #[diesel(sql_type = Date)]
    pub month: NaiveDate,
    #[diesel(sql_type = Uid)]
    pub person_id: PersonId,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// Their sums by month and person, and how long it took.
pub fn by_month_and_person(conn: &mut Conn, sought: Sought<'_>) -> Outcome<(Duration, Vec<OfMonth>)> {
    let (month, its_first_day) = match conn {
        Conn::Postgres(_) => {
            ("date_trunc('month', measured_on::timestamp)", "date_trunc('month', measured_on::timestamp)::date")
        }
        Conn::Sqlite(_) => ("substr(measured_on, 1, 7)", "substr(measured_on, 1, 7) || '-01'"),
    };
    let start = Instant::now();
    let selected = format!("SELECT {its_first_day} AS month, person_id, CAST(SUM(value) AS BIGINT) AS total");
    let found = sought.query(&selected, &format!("GROUP BY {month}, person_id")).load(conn)?;
    Ok((start.elapsed(), found))
}

/// How the database finds a unit's measurements.
pub enum Found {
    /// So often by the index over units, and so often by reading the whole table, so far.
    Counted { by_index: i64, whole: i64 },
    /// By this way.
    Planned(String),
}

#[derive(QueryableByName)]
struct Scans {
    #[diesel(sql_type = BigInt)]
    by_index: i64,
    #[diesel(sql_type = BigInt)]
    whole: i64,
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// How the database finds measurements by unit, person by person as the service asks for them: PostgreSQL counts what
/// it has done, for whomever; SQLite tells what it would do.
pub fn found(conn: &mut Conn, sought: Sought<'_>) -> Outcome<Found> {
    if let Conn::Postgres(_) = conn {
        let counted: Scans = diesel::sql_query(
            "SELECT indexes.idx_scan AS by_index, tables.seq_scan AS whole FROM pg_stat_user_indexes AS indexes \
             JOIN pg_stat_user_tables AS tables USING (relid) WHERE indexes.indexrelname = 'measurements_unit'",
        )
        .get_result(conn)?;
        return Ok(Found::Counted { by_index: counted.by_index, whole: counted.whole });
    }
    let tallied = "EXPLAIN QUERY PLAN SELECT person_id, COUNT(*), SUM(value), MIN(value), MAX(value), MAX(measured_on)";
    let steps: Vec<Step> = sought.query(tallied, "GROUP BY person_id").load(conn)?;
    let ways = steps.into_iter().map(|step| step.detail).filter(|detail| detail.contains("measurements"));
    Ok(Found::Planned(ways.collect::<Vec<_>>().join("; ")))
}

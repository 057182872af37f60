//! What was measured, tallied by the database: each measurement is read once, however many periods it counts in.
//!
//! Sums are added up in two parts, so that they are exact within the whole numbers that both databases have.

use crate::db::columns::Uid;
use crate::db::{Conn, MultiBackend};
use crate::domain::amount::Amount;
use crate::domain::ids::{MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::measured::{Run, Subject, Tally};
use crate::domain::words::{MeasuredFor, TimeAggregation};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::query_builder::BoxedSqlQuery;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

/// The parts of a sum: whole billions of an amount's units, and what is left of each.
const BILLION: i64 = 1_000_000_000;

/// What is tallied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) organization: OrganizationId,
    pub(super) metric: MetricId,
    /// Whom the metric is measured for.
    pub(super) measured_for: MeasuredFor,
    /// How its measurements are put together over time.
    pub(super) time: TimeAggregation,
    pub(super) within: &'a Within,
    /// On which days, in which slices.
    pub(super) run: &'a Run,
    /// Whether units are told apart.
    pub(super) by_unit: bool,
    /// Whether combinations of dimensions are told apart.
    pub(super) by_dimensions: bool,
}

/// Whose measurements are tallied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Within {
    /// Those measured in these units.
    Units(Vec<UnitId>),
    /// Those of these people, wherever they were measured.
    People(Vec<PersonId>),
}

/// What was measured of one subject over a slice of days, as far apart as is wanted.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Tallied {
    #[diesel(sql_type = BigInt)]
    slice: i64,
    #[diesel(sql_type = Nullable<Uid>)]
    person_id: Option<PersonId>,
    /// Where units are told apart.
    #[diesel(sql_type = Nullable<Uid>)]
    pub(super) unit_id: Option<UnitId>,
    /// Empty where combinations are not told apart.
    #[diesel(sql_type = Text)]
    pub(super) dimensions: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = BigInt)]
    billions: i64,
    #[diesel(sql_type = BigInt)]
    rest: i64,
    #[diesel(sql_type = BigInt)]
    least: Amount,
    #[diesel(sql_type = BigInt)]
    most: Amount,
    #[diesel(sql_type = Date)]
    last_on: NaiveDate,
}

impl Tallied {
    /// The first day of its slice.
    pub(super) fn from(&self, run: &Run) -> NaiveDate {
        let start = usize::try_from(self.slice).ok().and_then(|slice| run.starts.get(slice));
        start.copied().unwrap_or_else(|| run.days.first())
    }

    /// Whom it is of.
    pub(super) fn subject(&self) -> Option<Subject> {
        self.person_id.map(Subject::Person).or(self.unit_id.map(Subject::Unit))
    }

    /// What it comes to.
    pub(super) fn tally(&self) -> Tally {
        let sum = i128::from(self.billions) * i128::from(BILLION) + i128::from(self.rest);
        Tally { count: self.count.into(), sum, least: self.least, most: self.most, last_on: self.last_on }
    }
}

/// The people of whom anything was measured there on those days.
pub(super) fn people(conn: &mut Conn, wanted: Wanted<'_>) -> QueryResult<Vec<PersonId>> {
    let text = format!("SELECT DISTINCT person_id FROM measurements WHERE {} ORDER BY person_id", wanted.condition());
    let found: Vec<Measured> = wanted.bound(diesel::sql_query(text).into_boxed()).load(conn)?;
    Ok(found.into_iter().filter_map(|one| one.person_id).collect())
}

#[derive(QueryableByName)]
struct Measured {
    #[diesel(sql_type = Nullable<Uid>)]
    person_id: Option<PersonId>,
}

/// Tallies a run of days, at most so many of them.
pub(super) fn tallied(conn: &mut Conn, wanted: Wanted<'_>, most: usize) -> QueryResult<Vec<Tallied>> {
    let text = if wanted.time == TimeAggregation::Last { latest(wanted) } else { summed(wanted) };
    wanted.bound(diesel::sql_query(format!("{text} LIMIT {most}")).into_boxed()).load(conn)
}

/// A subject's measurements of a slice in sum.
fn summed(wanted: Wanted<'_>) -> String {
    let (keys, (slice, subject, unit, dimensions)) = (wanted.keys(), wanted.columns());
    format!(
        "SELECT {slice} AS slice, {subject} AS person_id, {unit} AS unit_id, {dimensions} AS dimensions, \
         COUNT(*) AS count, CAST(SUM(value / {BILLION}) AS BIGINT) AS billions, \
         CAST(SUM(value % {BILLION}) AS BIGINT) AS rest, MIN(value) AS least, MAX(value) AS most, \
         MAX(measured_on) AS last_on \
         FROM measurements WHERE {} GROUP BY {keys}",
        wanted.condition()
    )
}

/// The last that was measured of a subject in a slice, of each combination of dimensions: of two on a day the later
/// entered.
fn latest(wanted: Wanted<'_>) -> String {
    let subject = wanted.subject_column();
    format!(
        "SELECT slice, person_id, unit_id, dimensions, CAST(1 AS BIGINT) AS count, value / {BILLION} AS billions, \
         value % {BILLION} AS rest, value AS least, value AS most, measured_on AS last_on FROM (\
         SELECT {slice} AS slice, person_id, unit_id, dimensions, value, measured_on, ROW_NUMBER() OVER (\
         PARTITION BY {slice}, {subject}, dimensions ORDER BY measured_on DESC, entered_at DESC, id DESC) AS place \
         FROM measurements WHERE {}) AS ordered WHERE place = 1",
        wanted.condition(),
        slice = wanted.slice(),
    )
}

impl<'a> Wanted<'a> {
    fn subject_column(&self) -> &'static str {
        match self.measured_for {
            MeasuredFor::Person => "person_id",
            MeasuredFor::Unit => "unit_id",
        }
    }

    fn tells_units(&self) -> bool {
        self.by_unit || self.measured_for == MeasuredFor::Unit
    }

    /// Slice, person, unit and dimensions, as far as they are told apart.
    fn columns(&self) -> (String, &'static str, &'static str, &'static str) {
        let none = "CAST(NULL AS UUID)";
        let person = if self.measured_for == MeasuredFor::Person { "person_id" } else { none };
        let unit = if self.tells_units() { "unit_id" } else { none };
        (self.slice(), person, unit, if self.by_dimensions { "dimensions" } else { "''" })
    }

    /// What is grouped by: none of what is not told apart.
    fn keys(&self) -> String {
        let person = (self.measured_for == MeasuredFor::Person).then_some("2");
        let unit = self.tells_units().then_some("3");
        let dimensions = self.by_dimensions.then_some("4");
        [Some("1"), person, unit, dimensions].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The number of the slice in which a measurement lies.
    fn slice(&self) -> String {
        format!("CAST({} AS BIGINT)", halved(&self.run.starts, 0))
    }

    /// Which measurements count; `$1` to `$4` are the organization, the metric and the days.
    fn condition(&self) -> String {
        let dated = "organization_id = $1 AND metric_id = $2 AND removed_at IS NULL AND measured_on BETWEEN $3 AND $4";
        let (column, places) = match self.within {
            Within::Units(units) => ("unit_id", units.len()),
            Within::People(people) => ("person_id", people.len()),
        };
        let places = (5..).take(places).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        format!("{dated} AND {column} IN ({places})")
    }

    fn bound(&self, query: BoxedSqlQuery<'a, MultiBackend, diesel::query_builder::SqlQuery>) -> Bound<'a> {
        let days = self.run.days;
        let query = query.bind::<Uid, _>(self.organization).bind::<Uid, _>(self.metric);
        let query = query.bind::<Date, _>(days.first()).bind::<Date, _>(days.last());
        match self.within {
            Within::People(people) => people.iter().fold(query, |query, person| query.bind::<Uid, _>(*person)),
            Within::Units(units) => units.iter().fold(query, |query, unit| query.bind::<Uid, _>(*unit)),
        }
    }
}

type Bound<'a> = BoxedSqlQuery<'a, MultiBackend, diesel::query_builder::SqlQuery>;

/// Finds the slice by halves, so that a day is compared a few times however many slices there are.
fn halved(starts: &[NaiveDate], before: usize) -> String {
    let (low, high) = starts.split_at(starts.len() / 2);
    match high {
        [first, ..] if !low.is_empty() => {
            let (under, above) = (halved(low, before), halved(high, before + low.len()));
            format!("CASE WHEN measured_on < '{first}' THEN {under} ELSE {above} END")
        }
        _ => before.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_is_found_by_halves() {
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        assert_eq!(halved(&[day(1)], 0), "0");
        assert_eq!(
            halved(&[day(1), day(2), day(3)], 0),
            "CASE WHEN measured_on < '2026-02-01' THEN 0 ELSE CASE WHEN measured_on < '2026-03-01' THEN 1 ELSE 2 END END"
        );
    }
}

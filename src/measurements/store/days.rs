//! What figures are computed from: all that counts of a subject's days, in the order of entry, and the days that
//! changed.

use crate::db::schema::{measurement_versions, measurements, organizations};
use crate::db::{Conn, MultiBackend};
use crate::domain::amount::Amount;
use crate::domain::ids::{MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::measured::{MeasuredDay, Measurement, Subject};
use crate::measurements::model::subject_of;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many subjects one query names: fewer than any database's most, and enough that few queries do.
const SUBJECTS_AT_ONCE: usize = 1_000;

/// A day of a subject and a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayKey {
    /// What was measured.
    pub metric: MetricId,
    /// Of whom.
    pub subject: Subject,
    /// The day.
    pub on: NaiveDate,
}

/// Which days are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of these metrics.
    pub metrics: &'a [MetricId],
    /// Of these subjects; none: of all.
    pub subjects: Option<&'a [Subject]>,
    /// From this day on.
    pub first: NaiveDate,
    /// Up to and including this day.
    pub last: NaiveDate,
}

/// The revision that all measured of an organization is at: it moves with every change.
pub fn revision(conn: &mut Conn, organization: OrganizationId) -> QueryResult<i64> {
    organizations::table.find(organization).select(organizations::measurement_revision).first(conn)
}

/// All that counts, day by day: by metric, subject and day, that of a day in the order of entry. Days on which nothing
/// counts are left out.
pub fn days(conn: &mut Conn, organization: OrganizationId, wanted: Wanted<'_>) -> QueryResult<Vec<MeasuredDay>> {
    let rows = match wanted.subjects {
        None => rows(conn, organization, wanted, Whose::Everyones)?,
        Some(subjects) => rows_of(conn, organization, wanted, subjects)?,
    };
    Ok(by_day(rows))
}

/// The same for these days alone, in their order; a day on which nothing counts any more is there without
/// measurements.
pub fn days_again(
    conn: &mut Conn,
    organization: OrganizationId,
    keys: &BTreeSet<DayKey>,
) -> QueryResult<Vec<MeasuredDay>> {
    let mut found: BTreeMap<DayKey, MeasuredDay> = BTreeMap::new();
    for of_metric in keys.iter().collect::<Vec<_>>().chunk_by(|a, b| a.metric == b.metric) {
        // By subject, so that a chunk spans the days of its own subjects alone.
        for keys in of_metric.chunks(SUBJECTS_AT_ONCE) {
            let on = keys.iter().map(|key| key.on);
            let (Some(first), Some(last)) = (on.clone().min(), on.max()) else { continue };
            let metrics: Vec<MetricId> = keys.iter().take(1).map(|key| key.metric).collect();
            let mut subjects: Vec<Subject> = keys.iter().map(|key| key.subject).collect();
            subjects.dedup();
            let wanted = Wanted { metrics: &metrics, subjects: Some(&subjects), first, last };
            found.extend(days(conn, organization, wanted)?.into_iter().map(|day| (key_of(&day), day)));
        }
    }
    let again = |key: &DayKey| found.remove(key).unwrap_or_else(|| nothing_on(*key));
    Ok(keys.iter().map(again).collect())
}

/// The days on which something of these metrics came, changed or went after a revision.
pub fn touched_since(
    conn: &mut Conn,
    organization: OrganizationId,
    revision: i64,
    metrics: &[MetricId],
) -> QueryResult<BTreeSet<DayKey>> {
    type Touched = Vec<(MetricId, Option<PersonId>, UnitId, NaiveDate)>;
    let now: Touched = {
        use measurements::dsl;
        dsl::measurements
            .filter(dsl::organization_id.eq(organization).and(dsl::revision.gt(revision)))
            .filter(dsl::metric_id.eq_any(metrics))
            .select((dsl::metric_id, dsl::person_id, dsl::unit_id, dsl::measured_on))
            .load(conn)?
    };
    let before: Touched = {
        use measurement_versions::dsl;
        dsl::measurement_versions
            .filter(dsl::organization_id.eq(organization).and(dsl::superseded_in.gt(revision)))
            .filter(dsl::metric_id.eq_any(metrics))
            .select((dsl::metric_id, dsl::person_id, dsl::unit_id, dsl::measured_on))
            .load(conn)?
    };
    let key = |(metric, person, unit, on)| DayKey { metric, subject: subject_of(person, unit), on };
    Ok(now.into_iter().chain(before).map(key).collect())
}

/// A measurement that counts, as far as figures depend on it.
#[derive(Queryable)]
struct Row {
    metric: MetricId,
    person: Option<PersonId>,
    unit: UnitId,
    on: NaiveDate,
    value: Amount,
    dimensions: String,
}

impl Row {
    fn key(&self) -> DayKey {
        DayKey { metric: self.metric, subject: subject_of(self.person, self.unit), on: self.on }
    }
}

/// Whose measurements a query reads.
enum Whose<'a> {
    Everyones,
    Peoples(&'a [PersonId]),
    Units(&'a [UnitId]),
}

fn rows_of(
    conn: &mut Conn,
    organization: OrganizationId,
    wanted: Wanted<'_>,
    subjects: &[Subject],
) -> QueryResult<Vec<Row>> {
    let (mut people, mut units) = (Vec::new(), Vec::new());
    for subject in subjects {
        match *subject {
            Subject::Person(person) => people.push(person),
            Subject::Unit(unit) => units.push(unit),
        }
    }
    let mut found = Vec::new();
    for some in people.chunks(SUBJECTS_AT_ONCE) {
        found.append(&mut rows(conn, organization, wanted, Whose::Peoples(some))?);
    }
    for some in units.chunks(SUBJECTS_AT_ONCE) {
        found.append(&mut rows(conn, organization, wanted, Whose::Units(some))?);
    }
    Ok(found)
}

/// The rows that count, those of one subject and day in the order of entry.
fn rows(conn: &mut Conn, organization: OrganizationId, wanted: Wanted<'_>, whose: Whose<'_>) -> QueryResult<Vec<Row>> {
    use measurements::dsl;
    let mut query = dsl::measurements
        .into_boxed::<MultiBackend>()
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::metric_id.eq_any(wanted.metrics))
        .filter(dsl::measured_on.between(wanted.first, wanted.last))
        .filter(dsl::removed_at.is_null());
    query = match whose {
        Whose::Everyones => query,
        Whose::Peoples(people) => query.filter(dsl::person_id.eq_any(people)),
        Whose::Units(units) => query.filter(dsl::unit_id.eq_any(units).and(dsl::person_id.is_null())),
    };
    query
        // As the index by person has them: little is left to sort.
        .order((dsl::metric_id, dsl::person_id, dsl::measured_on, dsl::entered_at, dsl::id))
        .select((dsl::metric_id, dsl::person_id, dsl::unit_id, dsl::measured_on, dsl::value, dsl::dimensions))
        .load(conn)
}

fn by_day(mut rows: Vec<Row>) -> Vec<MeasuredDay> {
    // Stable: those of one day stay in the order of entry.
    rows.sort_by_key(Row::key);
    let mut days: Vec<(DayKey, Vec<Measurement>)> = Vec::new();
    for row in rows {
        let key = row.key();
        let measurement = Measurement { unit: row.unit, value: row.value, dimensions: row.dimensions.into() };
        match days.last_mut() {
            Some((last, of_day)) if *last == key => of_day.push(measurement),
            _ => days.push((key, vec![measurement])),
        }
    }
    let day = |(key, measurements): (DayKey, Vec<Measurement>)| MeasuredDay {
        measurements: measurements.into(),
        ..nothing_on(key)
    };
    days.into_iter().map(day).collect()
}

const fn key_of(day: &MeasuredDay) -> DayKey {
    DayKey { metric: day.metric, subject: day.subject, on: day.on }
}

fn nothing_on(key: DayKey) -> MeasuredDay {
    MeasuredDay { metric: key.metric, subject: key.subject, on: key.on, measurements: Arc::default() }
}

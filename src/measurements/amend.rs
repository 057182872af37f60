//! Correcting and removing a measurement: what it said stays in its history.

use super::input::MeasurementPatch;
use super::known::Known;
use super::model::{Measurement, dimensions_in};
use super::{noted, read, rules, store};
use crate::db::Tx;
use crate::domain::ids::MeasurementId;
use crate::domain::limits;
use crate::domain::measured::Subject;
use crate::error::{Code, Error, Faults, Result};
use crate::http::Patch;
use std::collections::BTreeMap;

/// Corrects a measurement. It keeps its time of entry, and so its place among those of its day.
pub fn correct(tx: &mut Tx<'_>, id: MeasurementId, patch: &MeasurementPatch, if_match: Option<i64>) -> Result<()> {
    let revision = store::hold_revision(tx.conn, tx.organization())?;
    let before = open(tx, id, if_match)?;
    let people: Vec<_> = before.person_id.into_iter().chain(patch.person_id).collect();
    let known = Known::of_people(tx, &people)?;
    let mut faults = Faults::new();
    let reason = faults.optional_text("/reason", patch.reason.as_deref(), limits::REASON);
    let subject = subject_after(&known, &before, patch, &mut faults);
    if subject.is_some_and(|(subject, _)| !tx.actor.may_measure(subject)) {
        return Err(Code::Forbidden.into());
    }
    let said = (patch.date.unwrap_or(before.measured_on), patch.value.unwrap_or(before.value));
    let dimensions = dimensions_after(&before, &patch.dimensions);
    let metric = known.metric(before.metric_id);
    let statement = rules::statement(&known, metric, subject, said, &dimensions, &mut faults);
    faults.finish()?;
    let statement = statement.ok_or_else(Error::not_found)?;
    if before.says(&statement) {
        return Ok(());
    }
    let after = before.saying(tx, statement, revision);
    save(tx, ("measurement.corrected", &known), &before, after, reason.as_deref())
}

/// Removes a measurement: it stays, and counts for nothing.
pub fn remove(tx: &mut Tx<'_>, id: MeasurementId, if_match: Option<i64>, reason: Option<&str>) -> Result<()> {
    let revision = store::hold_revision(tx.conn, tx.organization())?;
    let before = open(tx, id, if_match)?;
    let known = Known::of_people(tx, &[])?;
    let after = before.removed(tx, revision);
    save(tx, ("measurement.removed", &known), &before, after, reason)
}

/// The measurement, if the actor may amend it and it counts.
fn open(tx: &mut Tx<'_>, id: MeasurementId, if_match: Option<i64>) -> Result<Measurement> {
    let before = read::find(tx, id)?;
    if !tx.actor.may_measure(before.subject()) {
        return Err(Code::Forbidden.into());
    }
    Error::unless_current(if_match, before.version)?;
    if before.counts() { Ok(before) } else { Err(Code::MeasurementRemoved.into()) }
}

/// Whom it is of afterwards, with the field that says so.
fn subject_after(
    known: &Known,
    before: &Measurement,
    patch: &MeasurementPatch,
    faults: &mut Faults,
) -> Option<(Subject, &'static str)> {
    let (pointer, found) = match (patch.person_id, patch.unit_id) {
        (None, None) => return Some((before.subject(), "")),
        (Some(person), unit) => {
            faults.check(unit.is_none(), "/unit_id", Code::OneSubject);
            ("/person_id", known.person(person))
        }
        (None, Some(unit)) => ("/unit_id", known.unit(unit)),
    };
    faults.check(found.is_some(), pointer, Code::NoSuchReference);
    found.map(|subject| (subject, pointer))
}

fn dimensions_after(before: &Measurement, patch: &Patch<BTreeMap<String, Option<String>>>) -> BTreeMap<String, String> {
    let mut after = if matches!(patch, Patch::Clear) { BTreeMap::new() } else { dimensions_in(&before.dimensions) };
    for (name, value) in patch.set().into_iter().flatten() {
        match value {
            Some(value) => after.insert(name.clone(), value.clone()),
            None => after.remove(name),
        };
    }
    after
}

fn save(
    tx: &mut Tx<'_>,
    (kind, known): (&'static str, &Known),
    before: &Measurement,
    after: Measurement,
    reason: Option<&str>,
) -> Result<()> {
    let event = noted::changed(kind, known, before, &after, reason)?;
    store::move_revision(tx.conn, tx.organization(), after.revision)?;
    store::insert_versions(tx.conn, &[before.superseded(tx, after.revision, reason)])?;
    store::replace(tx.conn, &[after])?;
    tx.note(event);
    Ok(())
}

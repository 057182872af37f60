//! Recording measurements: one path for a single one and for a batch.

use super::input::MeasurementIn;
use super::known::Known;
use super::model::{Entry, ExternalKey, Measurement, MeasurementVersion};
use super::{noted, rules, store};
use crate::db::Tx;
use crate::domain::ids::MeasurementId;
use crate::error::{Code, Error, Fault, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// What became of a measurement that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordedAs {
    /// It is new.
    Created,
    /// It took the place of what its source had called alike, or of what had been removed.
    Replaced,
    /// It said what was there already: nothing changed.
    Unchanged,
}

/// A measurement that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The measurement.
    pub id: MeasurementId,
    /// Its version now.
    pub version: i64,
    /// What became of it.
    pub outcome: RecordedAs,
}

/// Records measurements, each on its own, or `atomic`: all or none. All are checked before any is written; the outcomes
/// come in their order.
///
/// What its source has called alike before is replaced, and counts again if it had been removed; what says the same is
/// left as it is. Two of one batch that are called alike are no order of events: the second is refused.
pub fn record(
    tx: &mut Tx<'_>,
    sent: &[Result<MeasurementIn, Vec<Fault>>],
    atomic: bool,
) -> Result<Vec<Result<Recorded>>> {
    if !tx.actor.may_measure_at_all() {
        return Err(Code::Forbidden.into());
    }
    // Held before anything is read that decides: whose home a unit is and how a metric is defined stay as they are.
    let revision = store::hold_revision(tx.conn, tx.organization())?;
    let known = Known::of_batch(tx, sent.iter().filter_map(|one| one.as_ref().ok()))?;
    let entries = checked(&known, sent);
    if entries.iter().all(Result::is_err) || (atomic && entries.iter().any(Result::is_err)) {
        return Ok(undone(entries));
    }
    let mut standing = standing(tx, &entries)?;
    let decided: Vec<Result<Change>> =
        entries.into_iter().map(|entry| decide(tx, entry?, &mut standing, revision)).collect();
    if atomic && decided.iter().any(Result::is_err) {
        // All alike: which of them someone else's source has called so already is not told.
        return Ok(decided.into_iter().map(|_| Err(Code::BatchUndone.into())).collect());
    }
    write(tx, &known, decided, revision)
}

/// Every measurement as it is sent, or what is wrong with it.
fn checked(known: &Known, sent: &[Result<MeasurementIn, Vec<Fault>>]) -> Vec<Result<Entry>> {
    let mut seen = BTreeSet::new();
    let one = |said: &Result<MeasurementIn, Vec<Fault>>| {
        let said = said.as_ref().map_err(|faults| Error::Invalid(faults.clone()))?;
        let entry = rules::entry(known, said)?;
        let is_first = entry.key().is_none_or(|key| seen.insert(key));
        let twice = || vec![Fault { pointer: "/external_id".to_owned(), said: Code::Duplicate.into() }];
        if is_first { Ok(entry) } else { Err(Error::Invalid(twice())) }
    };
    sent.iter().map(one).collect()
}

/// Nothing is done: what was well is undone for the sake of the others.
fn undone<T>(all: Vec<Result<T>>) -> Vec<Result<Recorded>> {
    all.into_iter().map(|one| one.and_then(|_| Err(Code::BatchUndone.into()))).collect()
}

/// What is there already, by what its source calls it.
fn standing(tx: &mut Tx<'_>, entries: &[Result<Entry>]) -> Result<HashMap<ExternalKey, Measurement>> {
    let keys: BTreeSet<ExternalKey> = entries.iter().flatten().filter_map(Entry::key).collect();
    let found = store::called(tx.conn, tx.organization(), &keys)?;
    Ok(found.into_iter().filter_map(|row| Some((row.key()?, row))).collect())
}

/// What is to be done for a measurement.
enum Change {
    Create(Measurement),
    Replace { before: MeasurementVersion, after: Measurement },
    Leave(Measurement),
}

fn decide(
    tx: &Tx<'_>,
    entry: Entry,
    standing: &mut HashMap<ExternalKey, Measurement>,
    revision: i64,
) -> Result<Change> {
    let Some(row) = entry.key().and_then(|key| standing.remove(&key)) else {
        return Ok(Change::Create(Measurement::new(tx, entry, revision)));
    };
    // Whose it was is not for everyone to take away.
    if !tx.actor.may_measure(row.subject()) {
        return Err(Code::Forbidden.into());
    }
    if row.counts() && row.says(&entry.statement) {
        return Ok(Change::Leave(row));
    }
    let before = row.superseded(tx, revision, None);
    Ok(Change::Replace { before, after: row.saying(tx, entry.statement, revision) })
}

fn write(tx: &mut Tx<'_>, known: &Known, decided: Vec<Result<Change>>, revision: i64) -> Result<Vec<Result<Recorded>>> {
    let (mut created, mut replaced, mut before) = (Vec::new(), Vec::new(), Vec::new());
    let mut outcome = |change: Change| {
        let (row, outcome) = match &change {
            Change::Create(row) => (row, RecordedAs::Created),
            Change::Replace { after, .. } => (after, RecordedAs::Replaced),
            Change::Leave(row) => (row, RecordedAs::Unchanged),
        };
        let recorded = Recorded { id: row.id, version: row.version, outcome };
        match change {
            Change::Create(row) => created.push(row),
            Change::Replace { before: said, after } => {
                before.push(said);
                replaced.push(after);
            }
            Change::Leave(_) => {}
        }
        recorded
    };
    let outcomes = decided.into_iter().map(|one| one.map(&mut outcome)).collect();
    if !created.is_empty() || !replaced.is_empty() {
        store::move_revision(tx.conn, tx.organization(), revision)?;
    }
    store::insert(tx.conn, &created)?;
    store::replace(tx.conn, &replaced)?;
    store::insert_versions(tx.conn, &before)?;
    if !created.is_empty() || !replaced.is_empty() {
        tx.note(noted::recorded(tx, known, revision, &created, &replaced, &before)?);
    }
    Ok(outcomes)
}

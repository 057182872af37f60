//! Voiding and correcting a check-in: what follows it is checked anew, and nothing is deleted.

use super::history::History;
use super::model::{CheckIn, Entry, Place};
use super::record::Recorded;
use super::{noted, rules, store};
use crate::db::{Event, Tx};
use crate::domain::access::{self, Action};
use crate::domain::ids::CheckInId;
use crate::error::{Code, Error, Faults, Result};
use crate::goals::{self, Watched};

/// Voids a check-in: it stays, and counts for nothing.
pub fn void(tx: &mut Tx<'_>, id: CheckInId, if_match: Option<i64>, reason: Option<&str>) -> Result<()> {
    let Open { watched, before, mut history } = open(tx, id, if_match)?;
    history.forget(id);
    if let Some(day) = history.beyond_bounds_on() {
        return Err(Code::BeyondBounds.with("date", day).into());
    }
    let mut row = before.clone();
    (row.voided_at, row.voided_by) = (Some(tx.now), Some(tx.actor.person));
    row.void_reason = reason.map(str::to_owned);
    row.version += 1;
    let event = noted::voided(&before, &row, &watched.goal)?;
    save(tx, &before, &row, event)
}

/// Corrects a check-in. It keeps its time of entry, and so its place among those of its day.
pub fn correct(
    tx: &mut Tx<'_>,
    id: CheckInId,
    if_match: Option<i64>,
    change: impl FnOnce(Entry) -> Entry,
) -> Result<Recorded> {
    let Open { watched, before, history } = open(tx, id, if_match)?;
    let entry = change(before.entry());
    let place = Place { effective_on: entry.effective_on.unwrap_or(before.effective_on), ..before.place() };
    let mut faults = Faults::new();
    if place.effective_on != before.effective_on {
        rules::day_fits(place.effective_on, &watched, tx.today(), &mut faults);
    }
    let (statement, remarks, _) = rules::fitting(&history, place, entry, &watched.goal, faults)?;
    let mut row = before.clone();
    row.effective_on = place.effective_on;
    row.state(statement);
    row.remark(remarks);
    if row != before {
        (row.corrected_at, row.version) = (Some(tx.now), before.version + 1);
        let event = noted::corrected(&before, &row, &watched.goal)?;
        save(tx, &before, &row, event)?;
    }
    Ok(Recorded { check_in: id, goal: before.goal_id })
}

/// A check-in about to be amended.
struct Open {
    watched: Watched,
    before: CheckIn,
    history: History,
}

/// The check-in with its goal, if the actor may amend it and the goal takes check-ins.
fn open(tx: &mut Tx<'_>, id: CheckInId, if_match: Option<i64>) -> Result<Open> {
    let goal = store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)?.goal_id;
    let watched = goals::watch(tx, &[goal])?.remove(&goal).ok_or_else(Error::not_found)?;
    let rows = store::all_of(tx.conn, tx.organization(), &[goal])?;
    let before = rows.iter().find(|row| row.id == id).cloned().ok_or_else(Error::not_found)?;
    watched.must(&tx.actor, Action::See)?;
    if !before.counts() && watched.must(&tx.actor, Action::CheckIn).is_err() {
        return Err(Error::not_found());
    }
    access::may_amend_check_in(&tx.actor, &watched.access(), before.author_id).ok_or(Code::Forbidden)?;
    tx.delegate_of = access::delegated_by(&tx.actor, Action::CheckIn, &watched.access());
    if if_match.is_some_and(|version| version != before.version) {
        return Err(Error::Stale { current: before.version });
    }
    if !before.counts() {
        return Err(Code::CheckInVoided.into());
    }
    rules::takes_check_ins(&watched)?;
    let history = History::of(&watched.goal, &rows);
    Ok(Open { watched, before, history })
}

fn save(tx: &mut Tx<'_>, before: &CheckIn, row: &CheckIn, event: Event) -> Result<()> {
    // Someone amended it between being read and now: it is read again.
    if store::update(tx.conn, before.version, row)? == 0 {
        return Err(Error::Again);
    }
    tx.note(event);
    Ok(())
}

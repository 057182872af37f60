//! Recording check-ins: one path for a single one, a batch, imports and automatic ones.

use super::history::History;
use super::model::{Author, CheckIn, Entry, Place};
use super::read::Shown;
use super::{noted, rules, store};
use crate::db::{Event, Origin, Tx};
use crate::domain::access::{self, Action, Actor};
use crate::domain::ids::{CheckInId, GoalId};
use crate::error::{Code, Error, Faults, Result};
use crate::goals::{self, Watched};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// Someone's wish to check in a goal.
#[derive(Debug, Clone)]
pub struct Command {
    /// Who.
    pub actor: Actor,
    /// Where it came from.
    pub origin: Arc<Origin>,
    /// Which goal.
    pub goal: GoalId,
    /// What they say.
    pub entry: Entry,
}

/// A check-in that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its id.
    pub check_in: CheckInId,
    /// The goal that it speaks of.
    pub goal: GoalId,
}

impl From<&Shown> for Recorded {
    fn from(shown: &Shown) -> Self {
        Self { check_in: shown.row.id, goal: shown.row.goal_id }
    }
}

/// What became of a command: the check-in, with what the goal stood at after it.
pub type Outcome = Result<Shown>;

/// Records check-ins of one organization, each by its own actor: all is read in few queries, all is checked before
/// anything is written, and one that is refused harms no other. Several of one goal are taken in their order.
///
/// An error of the whole is the database's: nothing was written.
pub fn record(tx: &mut Tx<'_>, commands: &[Command]) -> Result<Vec<Outcome>> {
    let decided = decide_all(tx, commands)?;
    write(tx, commands, decided)
}

/// The same, all or none: where one is refused, the others are not done either.
pub fn record_all_or_none(tx: &mut Tx<'_>, commands: &[Command]) -> Result<Vec<Outcome>> {
    let mut decided = decide_all(tx, commands)?;
    if decided.iter().any(Result::is_err) {
        for made in &mut decided {
            if made.is_ok() {
                *made = Err(Code::BatchUndone.into());
            }
        }
    }
    write(tx, commands, decided)
}

/// What commands come to: a check-in to be written and what the log will say of it, or a refusal.
fn decide_all(tx: &mut Tx<'_>, commands: &[Command]) -> Result<Vec<Result<(Shown, Event)>>> {
    let mut open = Open::load(tx, commands)?;
    Ok(commands.iter().map(|command| open.decide(tx, command)).collect())
}

fn write(tx: &mut Tx<'_>, commands: &[Command], decided: Vec<Result<(Shown, Event)>>) -> Result<Vec<Outcome>> {
    let mut rows = Vec::new();
    let outcomes = commands.iter().zip(decided).map(|(command, made)| {
        let (shown, event) = made?;
        tx.acting_as(&command.actor, &command.origin, |tx| {
            tx.delegate_of = shown.row.delegate_of;
            tx.note(event);
        });
        rows.push(shown.row.clone());
        Ok(shown)
    });
    let outcomes = outcomes.collect();
    // A refusal by the database here is a goal that was deleted meanwhile: read again, it is not there.
    store::insert(tx.conn, &rows).map_err(|error| match error.into() {
        Error::Refused(_) => Error::Again,
        other => other,
    })?;
    Ok(outcomes)
}

/// The goals that commands speak of, with their check-ins so far.
struct Open {
    goals: HashMap<GoalId, Watched>,
    histories: HashMap<GoalId, History>,
}

impl Open {
    fn load(tx: &mut Tx<'_>, commands: &[Command]) -> Result<Self> {
        let mut ids: Vec<GoalId> = commands.iter().map(|command| command.goal).collect();
        ids.sort_unstable();
        ids.dedup();
        let goals = goals::watch(tx, &ids)?;
        let mut rows: HashMap<GoalId, Vec<CheckIn>> = HashMap::new();
        for row in store::all_of(tx.conn, tx.organization(), &ids)? {
            rows.entry(row.goal_id).or_default().push(row);
        }
        let history = |watched: &Watched| {
            let told = rows.remove(&watched.goal.id).unwrap_or_default();
            (watched.goal.id, History::of(&watched.goal, &told))
        };
        let histories = goals.values().map(history).collect();
        Ok(Self { goals, histories })
    }

    fn decide(&mut self, tx: &Tx<'_>, command: &Command) -> Result<(Shown, Event)> {
        let watched = self.goals.get(&command.goal).ok_or_else(Error::not_found)?;
        let history = self.histories.entry(command.goal).or_default();
        let row = decide(tx, command, watched, history)?;
        let event = noted::recorded(&row, &watched.goal)?;
        let standing = history.standings().remove(&row.id).unwrap_or_default();
        Ok((Shown { row, standing }, event))
    }
}

/// The row that a command comes to: it must be allowed, the goal must take check-ins, and what is said must fit.
fn decide(tx: &Tx<'_>, command: &Command, watched: &Watched, history: &mut History) -> Result<CheckIn> {
    let rule = watched.must(&command.actor, Action::CheckIn)?;
    rules::takes_check_ins(watched)?;
    let today = tx.today();
    let effective_on = command.entry.effective_on.unwrap_or(today);
    let place = Place { effective_on, entered_at: tx.now, id: tx.new_id() };
    let mut faults = Faults::new();
    rules::day_fits(effective_on, watched, today, &mut faults);
    let (statement, remarks, after) = rules::fitting(history, place, command.entry.clone(), &watched.goal, faults)?;
    *history = after;
    let delegate_of = access::delegated_by(&command.actor, Action::CheckIn, &watched.access());
    let author = Author { person: command.actor.person, on_behalf: access::is_on_behalf(rule), delegate_of };
    Ok(CheckIn::new(&watched.goal, author, place, statement, remarks))
}

//! Reading check-ins.

use super::desk::ToShow;
use super::history::{History, Standing};
use super::model::CheckIn;
use super::record::Recorded;
use super::store;
use crate::db::Tx;
use crate::domain::access::Action;
use crate::domain::ids::{CheckInId, GoalId};
use crate::error::{Code, Error, Result};
use crate::goals::model::Goal;
use crate::goals::{self, Watched};
use std::collections::HashMap;

/// A check-in with what the goal stood at after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The check-in.
    pub row: CheckIn,
    /// What it came to; nothing where it is voided.
    pub standing: Standing,
}

/// A check-in of a goal that the actor may see. A voided one is there for those who may check in.
pub fn find(tx: &mut Tx<'_>, id: CheckInId) -> Result<Shown> {
    let goal_id = store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)?.goal_id;
    let goal = goals::find(tx, goal_id)?;
    let found = shown(tx, &goal)?.into_iter().find(|shown| shown.row.id == id).ok_or_else(Error::not_found)?;
    if found.row.counts() || may_check_in(tx, &goal)? { Ok(found) } else { Err(Error::not_found()) }
}

/// The check-ins of a goal; with the voided ones for those who may check in.
pub fn of_goal(tx: &mut Tx<'_>, id: GoalId, include_voided: bool) -> Result<Vec<Shown>> {
    let goal = goals::find(tx, id)?;
    if include_voided && !may_check_in(tx, &goal)? {
        return Err(Code::Forbidden.into());
    }
    let mut all = shown(tx, &goal)?;
    all.retain(|shown| include_voided || shown.row.counts());
    Ok(all)
}

/// The check-ins of several goals that the actor may see, in the order in which they count; with the voided ones of
/// those goals that they may check in.
pub fn of_goals(tx: &mut Tx<'_>, ids: &[GoalId]) -> Result<HashMap<GoalId, Vec<Shown>>> {
    let mut goals = with_check_ins(tx, ids.to_vec())?;
    goals.retain(|_, (goal, _)| goal.must(&tx.actor, Action::See).is_ok());
    let of_each = goals.into_iter().map(|(id, (goal, mut all))| {
        let with_voided = goal.must(&tx.actor, Action::CheckIn).is_ok();
        all.retain(|shown| with_voided || shown.row.counts());
        (id, all)
    });
    Ok(of_each.collect())
}

/// Several check-ins, as far as the actor may see their goals.
pub fn by_ids(tx: &mut Tx<'_>, recorded: &[Recorded]) -> Result<HashMap<CheckInId, Shown>> {
    let mut found = with_check_ins(tx, recorded.iter().map(|one| one.goal).collect())?;
    found.retain(|_, (goal, _)| goal.must(&tx.actor, Action::See).is_ok());
    Ok(found.into_values().flat_map(|(_, all)| all).map(|shown| (shown.row.id, shown)).collect())
}

/// Several check-ins, each as [`find`] gives it to its own reader; one that was just made as it was made.
pub fn each_to_its_reader(tx: &mut Tx<'_>, asked: &[ToShow]) -> Result<Vec<Result<Shown>>> {
    let to_read = asked.iter().filter(|one| one.shown.is_none()).map(|one| one.recorded.goal);
    let found = with_check_ins(tx, to_read.collect())?;
    let one = |ToShow { reader, recorded, shown, .. }: &ToShow| {
        if let Some(shown) = shown {
            return Ok(shown.clone());
        }
        let (goal, all) = found.get(&recorded.goal).ok_or_else(Error::not_found)?;
        goal.must(reader, Action::See)?;
        let shown = all.iter().find(|shown| shown.row.id == recorded.check_in).ok_or_else(Error::not_found)?;
        let is_there = shown.row.counts() || goal.must(reader, Action::CheckIn).is_ok();
        if is_there { Ok(shown.clone()) } else { Err(Error::not_found()) }
    };
    Ok(asked.iter().map(one).collect())
}

/// Goals with all their check-ins, whoever may see them.
fn with_check_ins(tx: &mut Tx<'_>, mut ids: Vec<GoalId>) -> Result<HashMap<GoalId, (Watched, Vec<Shown>)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    ids.sort_unstable();
    ids.dedup();
    let mut rows: HashMap<GoalId, Vec<CheckIn>> = HashMap::new();
    for row in store::all_of(tx.conn, tx.organization(), &ids)? {
        rows.entry(row.goal_id).or_default().push(row);
    }
    let with_theirs = |(id, watched): (GoalId, Watched)| {
        let all = standing(&watched.goal, rows.remove(&id).unwrap_or_default());
        (id, (watched, all))
    };
    Ok(goals::many(tx, &ids)?.into_iter().map(with_theirs).collect())
}

fn shown(tx: &mut Tx<'_>, goal: &Goal) -> Result<Vec<Shown>> {
    let rows = store::all_of(tx.conn, tx.organization(), &[goal.id])?;
    Ok(standing(goal, rows))
}

/// All check-ins of a goal, each with what it came to.
fn standing(goal: &Goal, rows: Vec<CheckIn>) -> Vec<Shown> {
    let mut standings = History::of(goal, &rows).standings();
    let with_standing = |row: CheckIn| Shown { standing: standings.remove(&row.id).unwrap_or_default(), row };
    rows.into_iter().map(with_standing).collect()
}

fn may_check_in(tx: &mut Tx<'_>, goal: &Goal) -> Result<bool> {
    match goals::must(tx, Action::CheckIn, goal) {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

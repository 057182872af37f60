//! Finding a goal, and whether the actor may do something with it.

use super::model::Goal;
use super::store;
use crate::cycles;
use crate::db::Tx;
use crate::domain::access::{self, Action, Rule};
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::words::Participation;
use crate::error::{Code, Error, Result};

/// A goal that the actor may see: one of a draft cycle is there for HR alone.
pub fn find(tx: &mut Tx<'_>, id: GoalId) -> Result<Goal> {
    let goal = store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)?;
    cycles::find(tx, goal.cycle_id)?;
    must(tx, Action::See, &goal)?;
    Ok(goal)
}

/// A goal about to change in a way that figures depend on: its forest is locked before anything is decided.
pub fn find_for_update(tx: &mut Tx<'_>, id: GoalId) -> Result<Goal> {
    let forest = find(tx, id)?.forest_id;
    tx.lock_forest(forest)?;
    let goal = find(tx, id)?;
    // Its cycle went to another forest while this waited for the lock.
    if goal.forest_id == forest { Ok(goal) } else { Err(Error::Again) }
}

/// The rule by which the actor may do this with a goal. Not found where they may not even see it; else forbidden.
pub fn must(tx: &mut Tx<'_>, action: Action, goal: &Goal) -> Result<Rule> {
    let people = people_of(tx, goal)?;
    let access = goal.access(&people);
    access::allows(&tx.actor, Action::See, &access).ok_or_else(Error::not_found)?;
    access::allows(&tx.actor, action, &access).ok_or_else(|| Code::Forbidden.into())
}

/// Those who take part in a goal beside its owner.
pub fn people_of(tx: &mut Tx<'_>, goal: &Goal) -> Result<Vec<(PersonId, Participation)>> {
    Ok(store::people(tx.conn, tx.organization(), goal.id)?)
}

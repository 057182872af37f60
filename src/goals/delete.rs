//! Deleting goals: drafts, and an admin's mistakes. All else is cancelled, so that history stays.

use super::find::{Named, take};
use super::{record, store};
use crate::db::Tx;
use crate::domain::access::{Action, PhaseAct};
use crate::domain::ids::GoalId;
use crate::domain::words::State;
use crate::error::{Code, Result, Said};

/// Deletes a draft; for HR also another goal, as long as it has no check-ins. Nothing may be linked under it.
pub fn delete(tx: &mut Tx<'_>, id: GoalId, version: Option<i64>) -> Result<()> {
    let known = take(tx, id)?;
    known.must(tx, Action::Delete)?;
    known.at_version(version)?;
    if known.goal.state != State::Draft && !tx.actor.is_admin() {
        return Err(Code::NotADraft.word("state", known.goal.state).into());
    }
    known.in_phase(tx, PhaseAct::MakeGoals)?;
    let below: Vec<GoalId> =
        store::links_below(tx.conn, tx.organization(), id)?.into_iter().map(|link| link.child_id).collect();
    if !below.is_empty() {
        let named = Named::all(tx, &below)?;
        return Err(Said::from(Code::LinkedUnder).member("goals", named.json()).into());
    }
    let event = record::event("goal.deleted", &known.goal).before(&known.body())?;
    store::forget(tx.conn, tx.organization(), id)?;
    // Check-ins hold on to their goal: the database refuses while there are any.
    store::delete(tx.conn, tx.organization(), id)?;
    tx.note(event);
    Ok(())
}

//! Handing goals over from one person to another: when someone leaves, moves or takes a long leave.

use super::check::people::unfit_to_act;
use super::find::look;
use super::model::GoalBody;
use super::{record, store};
use crate::db::Tx;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::words::Phase;
use crate::error::{Error, Faults, Result};
use std::collections::BTreeSet;

/// Makes another person the owner of all goals that someone owns and that are neither completed nor cancelled, closed
/// cycles left out. Whether the actor may hand this person's goals over is decided by the caller; goals that the actor
/// can't see stay.
pub fn hand_over(tx: &mut Tx<'_>, from: PersonId, to: PersonId) -> Result<Vec<GoalId>> {
    let mut faults = Faults::new();
    if let Some(said) = unfit_to_act(tx, to) {
        faults.add("/to", said);
    }
    faults.finish()?;
    let forests: BTreeSet<_> = owned(tx, from)?.into_iter().map(|goal| goal.forest_id).collect();
    for forest in &forests {
        tx.lock_forest(*forest)?;
    }
    let mut handed = Vec::new();
    for goal in owned(tx, from)? {
        // A goal that came meanwhile, in a forest that is not locked.
        if !forests.contains(&goal.forest_id) {
            return Err(Error::Again);
        }
        let Some(known) = super::check::found(look(tx, goal.id))? else { continue };
        if known.cycle.phase == Phase::Closed {
            continue;
        }
        let before = known.body();
        let mut body = GoalBody { state: before.state_under(to), ..before };
        body.hand_to(to, &tx.actor.directory);
        record::change(tx, &known, &body, "goal.handed_over", None)?;
        handed.push(goal.id);
    }
    Ok(handed)
}

fn owned(tx: &mut Tx<'_>, owner: PersonId) -> Result<Vec<super::model::Goal>> {
    Ok(store::open_of_owner(tx.conn, tx.organization(), owner)?)
}

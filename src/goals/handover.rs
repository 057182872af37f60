//! Handing goals over from one person to another: when someone leaves, moves or takes a long leave.

use super::check::people::unfit_to_act;
use super::find::{Known, look};
use super::model::{Goal, GoalBody};
use super::{measured, record, store};
use crate::db::Tx;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::words::Phase;
use crate::error::{Error, Faults, Result};
use std::collections::{BTreeMap, BTreeSet};

/// What of someone's part in goals is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalParts {
    /// The goals that they own.
    pub owned: bool,
    /// Their work on goals of others.
    pub contributions: bool,
}

/// What was handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandedGoals {
    /// The goals that have another owner now.
    pub owned: Vec<GoalId>,
    /// The goals that someone else works on now.
    pub contributing: Vec<GoalId>,
}

/// Gives someone's part in all goals that are neither completed nor cancelled, closed cycles left out, to another
/// person. Whether the actor may hand this person's part over is decided by the caller; goals that the actor can't see
/// stay.
pub fn hand_over(tx: &mut Tx<'_>, from: PersonId, to: PersonId, parts: GoalParts) -> Result<HandedGoals> {
    let mut faults = Faults::new();
    if let Some(said) = unfit_to_act(tx, to) {
        faults.add("/to", said);
    }
    faults.finish()?;
    let forests: BTreeSet<_> = touched(tx, from, parts)?.into_iter().map(|goal| goal.forest_id).collect();
    for forest in &forests {
        tx.lock_forest(*forest)?;
    }
    let mut handed = HandedGoals::default();
    for goal in touched(tx, from, parts)? {
        // A goal that came meanwhile, in a forest that is not locked.
        if !forests.contains(&goal.forest_id) {
            return Err(Error::Again);
        }
        if let Some(known) = super::check::found(look(tx, goal.id))?.filter(|known| known.cycle.phase != Phase::Closed)
        {
            hand_one(tx, &known, (from, to), parts, &mut handed)?;
        }
    }
    Ok(handed)
}

fn hand_one(
    tx: &mut Tx<'_>,
    known: &Known,
    (from, to): (PersonId, PersonId),
    parts: GoalParts,
    handed: &mut HandedGoals,
) -> Result<()> {
    let before = known.body();
    let mut body = before.clone();
    if parts.owned && before.owner_id == from {
        body.state = before.state_under(to);
        body.hand_to(to, &tx.actor.directory);
        handed.owned.push(known.goal.id);
    }
    if parts.contributions && before.contributors.contains(&from) {
        contribute_instead(&mut body, from, to);
        handed.contributing.push(known.goal.id);
    }
    measured::may_be_measured_anew(tx, &before, &body)?;
    record::change(tx, known, &body, "goal.handed_over", None).map(drop)
}

/// The successor works on it in their place, unless they own it.
fn contribute_instead(body: &mut GoalBody, from: PersonId, to: PersonId) {
    body.contributors.retain(|person| *person != from && *person != to);
    if body.owner_id != to {
        body.contributors.push(to);
        body.contributors.sort_unstable();
    }
}

/// The open goals that someone has such a part in, by id.
fn touched(tx: &mut Tx<'_>, person: PersonId, parts: GoalParts) -> Result<Vec<Goal>> {
    let organization = tx.organization();
    let mut found = BTreeMap::new();
    if parts.owned {
        found.extend(store::open_of_owner(tx.conn, organization, person)?.into_iter().map(|goal| (goal.id, goal)));
    }
    if parts.contributions {
        let contributing = store::open_of_contributor(tx.conn, organization, person)?;
        found.extend(contributing.into_iter().map(|goal| (goal.id, goal)));
    }
    Ok(found.into_values().collect())
}

/// The goals that wait for someone as their owner's manager: submitted, or with a change that waits. By id; those that
/// the actor can't see are left out.
pub fn waiting_for(tx: &mut Tx<'_>, manager: PersonId) -> Result<Vec<GoalId>> {
    let waiting = store::waiting(tx.conn, tx.organization())?;
    let directory = tx.actor.directory.clone();
    let asked = waiting.into_iter().filter(|(_, owner)| directory.manager_of(*owner) == Some(manager));
    let mut seen = Vec::new();
    for (goal, _) in asked.collect::<Vec<_>>() {
        seen.extend(super::check::found(look(tx, goal))?.map(|known| known.goal.id));
    }
    Ok(seen)
}

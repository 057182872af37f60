//! The weights of the goals linked under one, given by those who may edit it.

use super::check::found;
use super::find::{Known, look, take};
use super::model::{Goal, GoalLink};
use super::{approval, record, store};
use crate::db::Tx;
use crate::domain::access::{Action, PhaseAct};
use crate::domain::amount::Weight;
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::error::{Code, Faults, Result, Said};
use serde::Deserialize;
use std::collections::HashSet;

/// The weight of one goal linked under another.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChildWeightIn)]
pub struct ChildWeight {
    /// The goal below.
    pub goal_id: GoalId,
    /// How much it counts; a proposal is answered by it.
    pub weight: Weight,
}

/// Sets the weights of goals linked under one, all or none. What they propose is answered.
pub fn weigh(tx: &mut Tx<'_>, parent: GoalId, version: Option<i64>, weights: &[ChildWeight]) -> Result<()> {
    let above = take(tx, parent)?;
    above.must(tx, Action::Weigh)?;
    above.at_version(version)?;
    if !above.goal.is_open() {
        return Err(Code::ParentOver.word("state", above.goal.state).into());
    }
    let mut faults = Faults::new();
    faults.check(weights.len() <= limits::LINKS_DOWN, "", Code::TooMany.with("most", limits::LINKS_DOWN));
    let mut links = Vec::new();
    let mut met = HashSet::new();
    for (index, wanted) in weights.iter().enumerate().take(limits::LINKS_DOWN) {
        let pointer = format!("/{index}/goal_id");
        faults.check(met.insert(wanted.goal_id), &pointer, Code::Duplicate);
        match weighable(tx, parent, wanted)? {
            Ok(found) => links.push(found),
            Err(said) => faults.add(pointer, said),
        }
    }
    faults.finish()?;
    for (child, was, is) in links.into_iter().filter(|(_, was, is)| was != is) {
        record::link(tx, &child, Some(&was), Some(&is), None)?;
        store::touch(tx.conn, &child, tx.now)?;
    }
    Ok(())
}

/// A child with its link as it is and as it is to be, or why it can't be weighed.
fn weighable(
    tx: &mut Tx<'_>,
    parent: GoalId,
    wanted: &ChildWeight,
) -> Result<std::result::Result<(Goal, GoalLink, GoalLink), Said>> {
    let Some(below) = found(look(tx, wanted.goal_id))? else { return Ok(Err(Code::NoSuchReference.into())) };
    let Some(was) = store::find_link(tx.conn, tx.organization(), wanted.goal_id, parent)? else {
        return Ok(Err(Code::NoSuchReference.into()));
    };
    if below.in_phase(tx, PhaseAct::ChangeGoals).is_err() {
        return Ok(Err(Code::PhaseForbids.word("phase", below.cycle.phase)));
    }
    if was.weight != wanted.weight && approval::waits(tx, &below) {
        return Ok(Err(Code::ChangeWaits.into()));
    }
    let is = GoalLink { weight: wanted.weight, proposed_weight: None, proposed_by: None, ..was.clone() };
    Ok(Ok((below.goal, was, is)))
}

/// The links under a goal that ask for a weight, with the goals below, those that the actor may see.
pub(super) fn proposed(tx: &mut Tx<'_>, parent: GoalId) -> Result<Vec<(GoalLink, Known)>> {
    look(tx, parent)?;
    let mut proposals = Vec::new();
    for link in store::links_below(tx.conn, tx.organization(), parent)? {
        if link.proposed_weight.is_some()
            && let Some(below) = found(look(tx, link.child_id))?
        {
            proposals.push((link, below));
        }
    }
    Ok(proposals)
}

//! Completing goals. A rolled-up goal is completed only when no goal counting in it is active, so that it keeps what it
//! reached.

use super::find::{Known, Named, look};
use super::links::rolls_values_up;
use super::model::{Goal, GoalBody, GoalLink};
use super::{record, store};
use crate::db::Tx;
use crate::domain::access::{Action, PhaseAct};
use crate::domain::ids::GoalId;
use crate::domain::words::{GoalKind, Source, State};
use crate::error::{Code, Result, Said};
use std::collections::HashSet;

/// Completes a goal today; with `cascade` the active goals that count in it too, each after those that count in it.
pub(super) fn complete(tx: &mut Tx<'_>, known: &Known, cascade: bool, reason: Option<&str>) -> Result<()> {
    let mut below = Vec::new();
    gather(tx, &known.goal, cascade, &mut HashSet::new(), &mut below)?;
    let mut in_the_way = Vec::new();
    let mut completing = Vec::new();
    for id in &below {
        match completable(tx, *id)?.filter(|_| cascade) {
            Some(child) => completing.push(child),
            None => in_the_way.push(*id),
        }
    }
    if !in_the_way.is_empty() {
        let named = Named::all(tx, &in_the_way)?;
        return Err(Said::from(Code::StillActive).member("goals", named.json()).into());
    }
    for child in completing.iter().chain([known]) {
        let body = GoalBody { state: State::Completed, completed_on: Some(tx.today()), ..child.body() };
        record::change(tx, child, &body, "goal.completed", reason)?;
    }
    Ok(())
}

/// The active goals that count in a goal; if it is to be at any depth, each after those that count in it.
fn gather(
    tx: &mut Tx<'_>,
    parent: &Goal,
    at_any_depth: bool,
    met: &mut HashSet<GoalId>,
    found: &mut Vec<GoalId>,
) -> Result<()> {
    for (link, child) in store::children(tx.conn, parent.organization_id, parent.id)? {
        if child.state == State::Active && counts(parent, &child, &link) && met.insert(child.id) {
            if at_any_depth {
                gather(tx, &child, true, met, found)?;
            }
            found.push(child.id);
        }
    }
    Ok(())
}

/// A goal that the actor may complete together with one above it.
fn completable(tx: &mut Tx<'_>, id: GoalId) -> Result<Option<Known>> {
    let child = super::check::found(look(tx, id))?;
    Ok(child.filter(|child| {
        child.rule(tx, Action::Complete).is_some() && child.in_phase(tx, PhaseAct::ChangeGoals).is_ok()
    }))
}

/// The completed goals that a goal would move if it became active.
pub(super) fn completed_above(tx: &mut Tx<'_>, child: &Goal) -> Result<Vec<GoalId>> {
    let mut moved = Vec::new();
    for link in store::links_above(tx.conn, child.organization_id, child.id)? {
        let parent = store::find(tx.conn, child.organization_id, link.parent_id)?;
        moved.extend(
            parent
                .filter(|parent| parent.state == State::Completed && counts(parent, child, &link))
                .map(|parent| parent.id),
        );
    }
    Ok(moved)
}

/// Whether a goal counts in the one that it is linked under as long as it is active: also one in which there is nothing
/// to measure yet, since that may come.
fn counts(parent: &Goal, child: &Goal, link: &GoalLink) -> bool {
    let by_value = || link.is_primary && parent.metric_id.is_some() && parent.metric_id == child.metric_id;
    !link.weight.is_zero()
        && match parent.source {
            Source::CheckIns | Source::Measurements => false,
            Source::Children => true,
            Source::KeyResults => child.kind == GoalKind::KeyResult,
            rollup => rolls_values_up(rollup) && by_value(),
        }
}

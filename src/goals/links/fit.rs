//! Whether a link may stand between two goals.

use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::ids::{CycleId, GoalId};
use crate::domain::limits;
use crate::domain::words::{GoalKind, Phase, State};
use crate::error::{Code, Error, Result, Said};
use crate::goals::find::{Known, Named, title_of};
use crate::goals::model::{Goal, GoalLink};
use crate::goals::{store, ways};

/// Why a goal of a cycle can't be linked under another; none where it can.
pub(in crate::goals) fn misfit(
    tx: &mut Tx<'_>,
    child: &Goal,
    cycle: &Cycle,
    above: &Known,
    primary: bool,
) -> Result<Option<Said>> {
    let parent = &above.goal;
    if parent.forest_id != cycle.forest_id {
        let title = if above.is_seen(tx) { parent.title.as_str() } else { "…" };
        let said = Code::OutsideForest.with("title", title).with("cycle", &above.cycle.name);
        return Ok(Some(said));
    }
    if lies_inside(tx, &above.cycle, cycle.id)? {
        return Ok(Some(Code::ParentCycleInside.with("cycle", &above.cycle.name)));
    }
    if above.cycle.phase == Phase::Closed {
        return Ok(Some(Code::PhaseForbids.word("phase", Phase::Closed)));
    }
    if !parent.is_open() {
        return Ok(Some(Code::ParentOver.word("state", parent.state)));
    }
    if primary && child.kind == GoalKind::KeyResult && parent.kind != GoalKind::Objective {
        return Ok(Some(Code::KeyResultNeedsObjective.into()));
    }
    Ok(None)
}

/// Why no further goal can be linked under one; none where it can.
pub(in crate::goals) fn full(tx: &mut Tx<'_>, parent: &Goal, levels: usize) -> Result<Option<Said>> {
    let most = i64::try_from(limits::LINKS_DOWN).unwrap_or(i64::MAX);
    if store::count_below(tx.conn, parent.organization_id, parent.id)? >= most {
        return Ok(Some(Code::TooManyLinks.with("most", limits::LINKS_DOWN)));
    }
    let too_deep = ways::too_deep(tx, parent.id, levels)?;
    Ok(too_deep.then(|| Code::TooDeep.with("most", limits::GOAL_DEPTH)))
}

/// Whether a cycle lies inside another one, at any depth.
fn lies_inside(tx: &mut Tx<'_>, inner: &Cycle, outer: CycleId) -> Result<bool> {
    let Some(mut around) = inner.parent_id else { return Ok(false) };
    let cycles = cycles::in_forest(tx, inner.forest_id)?;
    for _ in 0..=cycles.len() {
        if around == outer {
            return Ok(true);
        }
        match cycles.iter().find(|cycle| cycle.id == around).and_then(|cycle| cycle.parent_id) {
            Some(next) => around = next,
            None => return Ok(false),
        }
    }
    Ok(false)
}

/// A new link closes no loop, and makes neither too many links nor too many levels.
pub(super) fn may_be_made(tx: &mut Tx<'_>, child: &Goal, above: &Known, takes_a_place: bool) -> Result<()> {
    if let Some(ring) = ways::would_loop(tx, child.id, above.goal.id)? {
        return Err(loop_of(tx, &ring)?);
    }
    let levels = ways::levels_below(tx, child.id)?;
    if let Some(said) = full(tx, &above.goal, levels)? {
        return Err(said.into());
    }
    let links = store::links_above(tx.conn, child.organization_id, child.id)?.len();
    if links >= limits::LINKS_UP + usize::from(takes_a_place) {
        return Err(Code::TooManyLinks.with("most", limits::LINKS_UP).into());
    }
    Ok(())
}

/// Names a loop from its goals: those hidden from the actor without their titles.
fn loop_of(tx: &mut Tx<'_>, ring: &[GoalId]) -> Result<Error> {
    let mut titles = Vec::new();
    for id in ring {
        titles.push(title_of(tx, *id)?.unwrap_or_else(|| "…".to_owned()));
    }
    titles.extend(titles.first().cloned().filter(|_| ring.len() == 1));
    let named = Named::all(tx, ring)?;
    Ok(Code::GoalLoop.with("loop", titles.join(" → ")).member("goals", named.json()).into())
}

/// Whether a link may be taken away: a key result keeps its objective, a completed goal what it reached.
pub(in crate::goals) fn may_go(below: &Known, above: &Known, was: &GoalLink) -> Result<()> {
    if was.is_primary && below.goal.kind == GoalKind::KeyResult {
        return Err(Code::KeyResultNeedsObjective.into());
    }
    if above.goal.state == State::Completed && !was.weight.is_zero() {
        return Err(Code::ParentOver.word("state", State::Completed).into());
    }
    Ok(())
}

//! What people and units reached in the cycle before: what a target is split in proportion to.

use super::cache::Forests;
use super::one::only;
use super::sight::Sight;
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::ids::{CycleId, GoalId, MetricId};
use crate::domain::share::weight_of;
use crate::domain::words::{Scope, SplitHow};
use crate::error::Result;
use crate::goals::{self, LastResults, Split, SplitPart};

/// What each part of a split reached on the goal's metric in the cycle that is named, or in the one of the same kind
/// right before: the sum over the goals that the actor sees. None unless the split is in proportion to that.
pub fn last_results(tx: &mut Tx<'_>, forests: &Forests, goal: GoalId, split: &Split) -> Result<LastResults> {
    if split.how != SplitHow::Proportional {
        return Ok(None);
    }
    let goal = goals::find(tx, goal)?;
    let (Some(metric), Some(cycle)) = (goal.metric_id, cycle_before(tx, goal.cycle_id, split.previous_cycle_id)?)
    else {
        return Ok(None);
    };
    forests.look(tx, &[cycle.forest_id], None, |tx, scenes| {
        let sight = Sight::new(tx, only(scenes)?);
        Ok(Some(split.parts.iter().map(|part| reached(&sight, &cycle, metric, part)).collect()))
    })
}

fn cycle_before(tx: &mut Tx<'_>, cycle: CycleId, named: Option<CycleId>) -> Result<Option<Cycle>> {
    let all = cycles::all(tx)?;
    let Some(own) = all.iter().find(|one| one.id == cycle) else { return Ok(None) };
    let is_before = |one: &&Cycle| match named {
        Some(named) => one.id == named,
        None => one.kind == own.kind && one.ends_on.succ_opt() == Some(own.starts_on),
    };
    Ok(all.iter().find(is_before).cloned())
}

fn reached(sight: &Sight<'_>, cycle: &Cycle, metric: MetricId, part: &SplitPart) -> Option<Amount> {
    let values = sight.goals().into_iter().filter_map(|goal| {
        let (facts, card) = sight.goal(goal)?;
        let theirs = match part.unit_id {
            Some(unit) => card.scope != Scope::Person && card.unit == unit,
            None => card.scope == Scope::Person && Some(card.owner) == part.owner_id,
        };
        let counts = facts.cycle == cycle.id && facts.metric == Some(metric) && facts.contributes();
        let standing = sight.scene.now.forest.standing(goal)?;
        standing.value.filter(|_| theirs && counts && standing.has_data)
    });
    weight_of(values)
}

//! What people and units reached in the cycle before: what a target is split in proportion to.

use super::cache::Forests;
use super::one::only;
use super::sight::Sight;
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::forest::Forest;
use crate::domain::ids::{CycleId, GoalId, MetricId, PersonId, UnitId};
use crate::domain::rollup::left_out;
use crate::domain::share::weight_of;
use crate::domain::words::{Scope, SplitHow, TargetsBy};
use crate::error::Result;
use crate::goals::{self, Bulk, LastResults, MembersResults, Split};

/// What each part of a split reached on the goal's metric in the cycle that is named, or in the one of the same kind
/// right before: the sum over the goals that the actor sees, one whose value is within another's taken once. None
/// unless the split is in proportion to that.
pub fn last_results(tx: &mut Tx<'_>, forests: &Forests, goal: GoalId, split: &Split) -> Result<LastResults> {
    if split.how != SplitHow::Proportional {
        return Ok(None);
    }
    let goal = goals::find(tx, goal)?;
    let Some(metric) = goal.metric_id else { return Ok(None) };
    let parts: Vec<Part> = split.parts.iter().map(|part| (part.unit_id, part.owner_id)).collect();
    results(tx, forests, (goal.cycle_id, split.previous_cycle_id), metric, &parts)
}

/// The same for the members of a unit, by their own goals.
pub fn members_results(tx: &mut Tx<'_>, forests: &Forests, bulk: &Bulk) -> Result<MembersResults> {
    if bulk.by != TargetsBy::Proportional {
        return Ok(None);
    }
    let members = goals::bulk_members(tx, bulk);
    let parts: Vec<Part> = members.iter().map(|member| (None, Some(*member))).collect();
    let reached = results(tx, forests, (bulk.cycle_id, bulk.previous_cycle_id), bulk.metric_id, &parts)?;
    let by_member = |all: Vec<Option<Amount>>| members.into_iter().zip(all).filter_map(|(who, one)| Some((who, one?)));
    Ok(reached.map(|all| by_member(all).collect()))
}

/// Whose results are meant: a unit's own, or a person's.
type Part = (Option<UnitId>, Option<PersonId>);

fn results(
    tx: &mut Tx<'_>,
    forests: &Forests,
    (cycle, before): (CycleId, Option<CycleId>),
    metric: MetricId,
    parts: &[Part],
) -> Result<LastResults> {
    let Some(cycle) = cycle_before(tx, cycle, before)? else { return Ok(None) };
    forests.look(tx, &[cycle.forest_id], None, |tx, scenes| {
        let sight = Sight::new(tx, only(scenes)?);
        Ok(Some(parts.iter().map(|part| reached(&sight, &cycle, metric, *part)).collect()))
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

fn reached(sight: &Sight<'_>, cycle: &Cycle, metric: MetricId, (unit, owner): Part) -> Option<Amount> {
    let is_meant = |goal: GoalId| {
        sight.goal(goal).is_some_and(|(facts, card)| {
            let theirs = match unit {
                Some(unit) => card.scope != Scope::Person && card.unit == unit,
                None => card.scope == Scope::Person && Some(card.owner) == owner,
            };
            theirs && facts.cycle == cycle.id && facts.metric == Some(metric) && facts.contributes()
        })
    };
    let forest = &sight.scene.now.forest;
    let meant = sight.goals().into_iter().filter(|goal| is_meant(*goal) && !is_within(forest, *goal, is_meant));
    weight_of(meant.filter_map(|goal| forest.standing(goal).filter(|standing| standing.has_data)?.value))
}

/// Whether a goal's value is part of that of one above it that is meant too.
fn is_within(forest: &Forest, goal: GoalId, is_meant: impl Fn(GoalId) -> bool) -> bool {
    let counts_in = |above: &GoalId, below: GoalId| {
        let mut counted = forest.contributors(*above).filter(|child| child.goal.id == below);
        forest.goal(*above).is_some_and(|facts| counted.any(|child| left_out(facts, &child).is_none()))
    };
    let mut below = goal;
    while let Some(above) = forest.primary_parent(below).filter(|above| counts_in(above, below)) {
        if is_meant(above) {
            return true;
        }
        below = above;
    }
    false
}

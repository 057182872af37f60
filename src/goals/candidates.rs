//! The goals that one might be linked under, for pickers.

use super::find::look;
use super::model::Goal;
use super::{store, ways};
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::{self, Action};
use crate::domain::ids::{GoalId, PersonId, UnitId};
use crate::domain::text::fold;
use crate::domain::words::{GoalKind, Participation, Phase, Scope};
use crate::error::Result;
use std::collections::HashMap;

/// A goal that might be served, with how near it is: the lower the better.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The goal.
    pub goal: Goal,
    /// Its cycle's name.
    pub cycle_name: String,
    /// How near it is.
    pub distance: usize,
}

/// The goals of the forest that the actor sees and that this goal may be linked under: open, not below it (no loop),
/// not of a cycle inside its own. A key result's place is under an objective, so it is offered these alone.
pub fn parent_candidates(tx: &mut Tx<'_>, id: GoalId, search: Option<&str>) -> Result<Vec<Candidate>> {
    let known = look(tx, id)?;
    let below = ways::all_below(tx, id)?;
    let cycles: HashMap<_, _> =
        cycles::in_forest(tx, known.goal.forest_id)?.into_iter().map(|cycle| (cycle.id, cycle)).collect();
    let people = people_of_forest(tx, &known.goal)?;
    let search = fold(search.unwrap_or_default().trim());
    let line: Vec<UnitId> = tx.actor.directory.line_of(known.goal.unit_id).map(|unit| unit.id).collect();
    let mut candidates = Vec::new();
    for goal in store::in_forest(tx.conn, known.goal.organization_id, known.goal.forest_id)? {
        let Some(cycle) = cycles.get(&goal.cycle_id) else { continue };
        let nobody = Vec::new();
        let people = people.get(&goal.id).unwrap_or(&nobody);
        let fits = goal.is_open()
            && cycle.phase != Phase::Closed
            && tx.actor.sees_cycle_in(cycle.phase)
            && !below.contains(&goal.id)
            && goal.title_folded.contains(&search)
            && (known.goal.kind != GoalKind::KeyResult || goal.kind == GoalKind::Objective)
            && !lies_inside(cycle, &known.cycle, &cycles)
            && access::allows(&tx.actor, Action::See, &goal.access(people)).is_some();
        if fits {
            let distance = distance(&goal, &line);
            candidates.push(Candidate { cycle_name: cycle.name.clone(), goal, distance });
        }
    }
    Ok(candidates)
}

type Takers = Vec<(PersonId, Participation)>;

fn people_of_forest(tx: &mut Tx<'_>, goal: &Goal) -> Result<HashMap<GoalId, Takers>> {
    let mut people: HashMap<GoalId, Takers> = HashMap::new();
    for (goal, person, how) in store::people_of_forest(tx.conn, goal.organization_id, goal.forest_id)? {
        people.entry(goal).or_default().push((person, how));
    }
    Ok(people)
}

/// First the goals of the unit itself and of those above it, the nearest first; then all others. Persons' goals come
/// after their unit's.
fn distance(goal: &Goal, line: &[UnitId]) -> usize {
    let steps = line.iter().position(|unit| *unit == goal.unit_id).unwrap_or(line.len());
    2 * steps + usize::from(goal.scope == Scope::Person)
}

fn lies_inside(inner: &Cycle, outer: &Cycle, cycles: &HashMap<crate::domain::ids::CycleId, Cycle>) -> bool {
    let around = std::iter::successors(inner.parent_id, |id| cycles.get(id).and_then(|cycle| cycle.parent_id));
    around.take(cycles.len() + 1).any(|id| id == outer.id)
}

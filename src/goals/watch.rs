//! Goals about to be given facts, many at once and by several people.

use super::model::Goal;
use super::store;
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::{self, Action, Actor, GoalAccess, Rule};
use crate::domain::calendar::Window;
use crate::domain::ids::{CycleId, GoalId, PersonId};
use crate::domain::words::Participation;
use crate::error::{Code, Error, Result};
use std::collections::HashMap;

/// A goal with all that decisions about its facts need.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The goal.
    pub goal: Goal,
    /// Its cycle.
    pub cycle: Cycle,
    people: Vec<(PersonId, Participation)>,
}

impl Watched {
    /// The days that the goal runs over: its own, else its cycle's.
    pub fn window(&self) -> Option<Window> {
        self.goal.own_window().or_else(|| Window::new(self.cycle.starts_on, self.cycle.ends_on))
    }

    /// What decisions about it need to know.
    pub fn access(&self) -> GoalAccess<'_> {
        self.goal.access(&self.people)
    }

    /// The rule by which someone may do this with the goal. Not found where they may not even see it; else forbidden.
    pub fn must(&self, actor: &Actor, action: Action) -> Result<Rule> {
        let seen =
            cycles::is_visible_to(actor, &self.cycle) && access::allows(actor, Action::See, &self.access()).is_some();
        if !seen {
            return Err(Error::not_found());
        }
        access::allows(actor, action, &self.access()).ok_or_else(|| Code::Forbidden.into())
    }
}

/// Goals about to be given facts: their forests are watched before anything is read that is decided by. A goal that
/// does not exist is left out; who may see one is asked of each.
pub fn watch(tx: &mut Tx<'_>, ids: &[GoalId]) -> Result<HashMap<GoalId, Watched>> {
    let forests = store::forests_of(tx.conn, tx.organization(), ids)?;
    for forest in &forests {
        tx.watch_forest(*forest)?;
    }
    let watched = many(tx, ids)?;
    // A cycle went to another forest meanwhile.
    let moved = watched.values().any(|watched| !forests.contains(&watched.goal.forest_id));
    if moved { Err(Error::Again) } else { Ok(watched) }
}

/// The same to be looked at alone.
pub fn many(tx: &mut Tx<'_>, ids: &[GoalId]) -> Result<HashMap<GoalId, Watched>> {
    let goals = store::by_ids(tx.conn, tx.organization(), ids)?;
    let cycle_ids: Vec<CycleId> = goals.iter().map(|goal| goal.cycle_id).collect();
    let cycles: HashMap<_, _> = cycles::by_ids(tx, &cycle_ids)?.into_iter().map(|cycle| (cycle.id, cycle)).collect();
    let mut people: HashMap<GoalId, Vec<_>> = HashMap::new();
    for row in store::people_by_goal(tx.conn, tx.organization(), ids)? {
        people.entry(row.goal_id).or_default().push((row.person_id, row.participation));
    }
    let watched = goals.into_iter().filter_map(|goal| {
        let cycle = cycles.get(&goal.cycle_id)?.clone();
        let people = people.remove(&goal.id).unwrap_or_default();
        Some((goal.id, Watched { goal, cycle, people }))
    });
    Ok(watched.collect())
}

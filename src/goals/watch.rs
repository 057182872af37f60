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

/// Goals about to be given facts: their forests are watched. A goal that does not exist is left out; who may see one is
/// asked of each.
pub fn watch(tx: &mut Tx<'_>, ids: &[GoalId]) -> Result<HashMap<GoalId, Watched>> {
    if tx.locks_first() {
        for forest in store::forests_of(tx.conn, tx.organization(), ids)? {
            tx.watch_forest(forest)?;
        }
    }
    let found = store::with_forests(tx.conn, tx.organization(), ids)?;
    let goals = found.into_iter().map(|(goal, forest)| {
        tx.watch_as_read(forest);
        goal
    });
    let goals = goals.collect();
    with_theirs(tx, goals)
}

/// The same to be looked at alone.
pub fn many(tx: &mut Tx<'_>, ids: &[GoalId]) -> Result<HashMap<GoalId, Watched>> {
    let goals = store::by_ids(tx.conn, tx.organization(), ids)?;
    with_theirs(tx, goals)
}

/// Goals with their cycles and those who take part in them.
fn with_theirs(tx: &mut Tx<'_>, goals: Vec<Goal>) -> Result<HashMap<GoalId, Watched>> {
    let ids: Vec<GoalId> = goals.iter().map(|goal| goal.id).collect();
    let mut cycle_ids: Vec<CycleId> = goals.iter().map(|goal| goal.cycle_id).collect();
    cycle_ids.sort_unstable();
    cycle_ids.dedup();
    let cycles: HashMap<_, _> = cycles::by_ids(tx, &cycle_ids)?.into_iter().map(|cycle| (cycle.id, cycle)).collect();
    let mut people: HashMap<GoalId, Vec<_>> = HashMap::new();
    for row in store::people_by_goal(tx.conn, tx.organization(), &ids)? {
        people.entry(row.goal_id).or_default().push((row.person_id, row.participation));
    }
    let watched = goals.into_iter().filter_map(|goal| {
        let cycle = cycles.get(&goal.cycle_id)?.clone();
        let people = people.remove(&goal.id).unwrap_or_default();
        Some((goal.id, Watched { goal, cycle, people }))
    });
    Ok(watched.collect())
}

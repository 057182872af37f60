//! When a rolled-up goal may be completed.

use super::Forest;
use crate::domain::ids::GoalId;
use crate::domain::rollup::left_out;
use crate::domain::words::State;
use std::collections::HashSet;

impl Forest {
    /// The active goals that count in a rolled-up goal, by id. While there are any it is not completed, so that it
    /// keeps what it reached. A goal with its own value has none.
    pub fn active_contributors(&self, goal: GoalId) -> Vec<GoalId> {
        let Some(parent) = self.goal(goal) else { return vec![] };
        let counted = self.contributors(goal).filter(|child| left_out(parent, child).is_none());
        counted.filter(|child| child.goal.state == State::Active).map(|child| child.goal.id).collect()
    }

    /// The active goals that are completed with a goal when its completion cascades, each after those that count in
    /// it, the goal itself left out.
    pub fn completion_cascade(&self, goal: GoalId) -> Vec<GoalId> {
        let mut met = HashSet::from([goal]);
        let mut cascade = vec![];
        let mut way = vec![(goal, self.active_contributors(goal))];
        while let Some((current, below)) = way.last_mut() {
            match below.pop() {
                Some(child) if met.insert(child) => way.push((child, self.active_contributors(child))),
                Some(_) => {}
                None => {
                    cascade.push(*current);
                    way.pop();
                }
            }
        }
        cascade.pop();
        cascade
    }
}

//! Loops among goals that serve each other.

use crate::domain::ids::GoalId;
use std::collections::HashSet;

/// The first loop that is met on the ways up from some goals: each goal serves the next one, the last one the first.
pub(super) fn find(starts: impl Iterator<Item = GoalId>, above: impl Fn(GoalId) -> Vec<GoalId>) -> Option<Vec<GoalId>> {
    let mut free_of_loops = HashSet::new();
    for start in starts {
        let mut way = vec![(start, above(start))];
        while let Some((goal, parents)) = way.last_mut() {
            let Some(parent) = parents.pop() else {
                free_of_loops.insert(*goal);
                way.pop();
                continue;
            };
            if free_of_loops.contains(&parent) {
                continue;
            }
            if let Some(met) = way.iter().position(|(goal, _)| *goal == parent) {
                return Some(way.into_iter().skip(met).map(|(goal, _)| goal).collect());
            }
            way.push((parent, above(parent)));
        }
    }
    None
}

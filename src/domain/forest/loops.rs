//! Loops among goals that serve each other, and among whatever else leads to one another.

use crate::domain::ids::GoalId;
use crate::domain::instant::Instant;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The first loop that is met on the ways up from some goals: each goal serves the next one, the last one the first.
pub(in crate::domain) fn find<T: Copy + Eq + Hash>(
    starts: impl Iterator<Item = T>,
    above: impl Fn(T) -> Vec<T>,
) -> Option<Vec<T>> {
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

/// Of links (when recorded, from which goal, to which) those that close a loop with ones recorded before them: an
/// activation that is dated back may have them do so on a past day. The others make no loop.
pub fn closing(mut links: Vec<(Instant, GoalId, GoalId)>) -> HashSet<(GoalId, GoalId)> {
    links.sort_unstable();
    let mut above: HashMap<GoalId, Vec<GoalId>> = HashMap::new();
    let mut closing = HashSet::new();
    for (_, child, parent) in links {
        if leads_to(&above, parent, child) {
            closing.insert((child, parent));
        } else {
            above.entry(child).or_default().push(parent);
        }
    }
    closing
}

fn leads_to(above: &HashMap<GoalId, Vec<GoalId>>, from: GoalId, to: GoalId) -> bool {
    let mut met = HashSet::from([from]);
    let mut open = vec![from];
    while let Some(goal) = open.pop() {
        if goal == to {
            return true;
        }
        open.extend(above.get(&goal).into_iter().flatten().filter(|parent| met.insert(**parent)));
    }
    false
}

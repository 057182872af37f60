//! Ways through the links: no loops, and not too many levels.

use super::store;
use crate::db::{Conn, Tx};
use crate::domain::ids::{GoalId, OrganizationId};
use crate::domain::limits;
use crate::error::Result;
use diesel::QueryResult;
use std::collections::{HashMap, HashSet};

/// The links met on all ways from a goal, each goal with those that come next.
type Ways = HashMap<GoalId, Vec<GoalId>>;

/// The loop that linking `child` under `parent` would close: from the child up, each goal serving the next one, and
/// the last one the child. None where the link may be made.
pub(super) fn would_loop(tx: &mut Tx<'_>, child: GoalId, parent: GoalId) -> Result<Option<Vec<GoalId>>> {
    if child == parent {
        return Ok(Some(vec![child]));
    }
    let up = up_from(tx, parent)?;
    Ok(way(&up, parent, child).map(|way| [vec![child], way].concat()))
}

/// Whether linking a goal with so many levels under `parent` would make more levels than there may be.
pub(super) fn too_deep(tx: &mut Tx<'_>, parent: GoalId, levels: usize) -> Result<bool> {
    let up = up_from(tx, parent)?;
    Ok(longest(&up, parent, &mut HashMap::new()) + levels > limits::GOAL_DEPTH)
}

/// How many levels there are from a goal down, its own included.
pub(super) fn levels_below(tx: &mut Tx<'_>, goal: GoalId) -> Result<usize> {
    let down = down_from(tx, goal)?;
    Ok(longest(&down, goal, &mut HashMap::new()))
}

/// Every goal linked under one, at any depth; itself included.
pub(super) fn all_below(tx: &mut Tx<'_>, goal: GoalId) -> Result<HashSet<GoalId>> {
    let down = down_from(tx, goal)?;
    Ok(down.into_values().flatten().chain([goal]).collect())
}

fn up_from(tx: &mut Tx<'_>, goal: GoalId) -> Result<Ways> {
    walk(tx, goal, store::above)
}

fn down_from(tx: &mut Tx<'_>, goal: GoalId) -> Result<Ways> {
    walk(tx, goal, |conn, organization, of| {
        let links = store::below(conn, organization, of)?;
        Ok(links.into_iter().map(|(child, parent)| (parent, child)).collect())
    })
}

/// How many goals one statement asks for.
const AT_ONCE: usize = 1_000;

fn walk(
    tx: &mut Tx<'_>,
    from: GoalId,
    next: impl Fn(&mut Conn, OrganizationId, &[GoalId]) -> QueryResult<Vec<(GoalId, GoalId)>>,
) -> Result<Ways> {
    let mut ways = Ways::new();
    let mut met = HashSet::from([from]);
    let mut level = vec![from];
    while !level.is_empty() {
        let mut further = Vec::new();
        for part in level.chunks(AT_ONCE) {
            for (here, there) in next(tx.conn, tx.actor.organization, part)? {
                ways.entry(here).or_default().push(there);
                if met.insert(there) {
                    further.push(there);
                }
            }
        }
        level = further;
    }
    Ok(ways)
}

/// The shortest way from one goal to another, both ends included.
fn way(ways: &Ways, from: GoalId, to: GoalId) -> Option<Vec<GoalId>> {
    let mut came_from: HashMap<GoalId, GoalId> = HashMap::new();
    let mut open = std::collections::VecDeque::from([from]);
    while let Some(here) = open.pop_front() {
        if here == to {
            let mut back = vec![here];
            back.extend(std::iter::successors(came_from.get(&here).copied(), |goal| came_from.get(goal).copied()));
            back.reverse();
            return Some(back);
        }
        for there in ways.get(&here).into_iter().flatten() {
            if *there != from && !came_from.contains_key(there) {
                came_from.insert(*there, here);
                open.push_back(*there);
            }
        }
    }
    None
}

/// How many goals lie on the longest way from one on.
fn longest(ways: &Ways, from: GoalId, known: &mut HashMap<GoalId, usize>) -> usize {
    if let Some(length) = known.get(&from) {
        return *length;
    }
    let next = ways.get(&from).map_or(&[][..], Vec::as_slice);
    let length = 1 + next.iter().map(|goal| longest(ways, *goal, known)).max().unwrap_or(0);
    known.insert(from, length);
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn goal(number: u128) -> GoalId {
        GoalId(Uuid::from_u128(number))
    }

    #[test]
    fn the_way_is_the_shortest_and_the_levels_are_the_most() {
        let ways: Ways = [(1, vec![2, 4]), (2, vec![3]), (3, vec![4]), (4, vec![5])]
            .map(|(from, to)| (goal(from), to.into_iter().map(goal).collect()))
            .into();
        assert_eq!(way(&ways, goal(1), goal(5)), Some(vec![goal(1), goal(4), goal(5)]));
        assert_eq!(way(&ways, goal(5), goal(1)), None);
        assert_eq!(longest(&ways, goal(1), &mut HashMap::new()), 5);
    }
}

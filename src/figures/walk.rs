//! The walk through a cycle's tree.

use super::sight::Sight;
use super::wanted::Wanted;
use crate::domain::ids::{CycleId, GoalId};
use crate::error::{Code, Error, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::HashSet;
use uuid::Uuid;

/// A goal on the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop {
    pub(super) goal: GoalId,
    pub(super) depth: u32,
    /// Where the goal that it hangs under is in the walk.
    pub(super) above: Option<usize>,
    /// Whether the goal itself is wanted.
    pub(super) matched: bool,
    /// Whether the walk was asked to begin with it.
    pub(super) is_asked_root: bool,
}

/// The goals of a tree, depth first.
pub(super) struct Walk {
    stops: Vec<Stop>,
    /// Which of them are shown: those wanted, and those above them.
    shown: Vec<usize>,
}

impl Walk {
    /// Walks a cycle's tree so many levels down, from its roots or from one goal.
    pub(super) fn of(
        sight: &Sight<'_>,
        cycle: CycleId,
        root: Option<GoalId>,
        levels: u32,
        wanted: &Wanted,
    ) -> Result<Self> {
        let inside = cycles_inside(sight, cycle);
        let is_of = |goal: GoalId, cycles: &HashSet<CycleId>| {
            sight.goal(goal).is_some_and(|(facts, _)| cycles.contains(&facts.cycle))
        };
        let roots = match root {
            Some(root) if is_of(root, &inside) => vec![root],
            Some(_) => return Err(Error::not_found()),
            None => roots(sight, cycle, &inside),
        };
        let stop = |goal, depth, above| {
            let matched = wanted.fits(sight, goal);
            Stop { goal, depth, above, matched, is_asked_root: root == Some(goal) }
        };
        let mut stops = Vec::new();
        let mut open: Vec<_> = roots.into_iter().rev().map(|goal| (goal, 0, None)).collect();
        while let Some((goal, depth, above)) = open.pop() {
            let here = stops.len();
            stops.push(stop(goal, depth, above));
            if depth + 1 < levels {
                let below = sight.hanging_under(goal).into_iter().rev().filter(|below| is_of(*below, &inside));
                open.extend(below.map(|below| (below, depth + 1, Some(here))));
            }
        }
        let shown = shown(&stops);
        Ok(Self { stops, shown })
    }

    /// A page of the goals that are shown, after the one with this path; the path of its end where more follow.
    pub(super) fn page(&self, after: Option<&[GoalId]>, limit: usize) -> (Vec<Stop>, Option<Vec<GoalId>>) {
        let first = after.map_or(0, |path| self.shown.partition_point(|stop| self.path(*stop).as_slice() <= path));
        let rest = self.shown.get(first..).unwrap_or_default();
        let page = rest.get(..limit).unwrap_or(rest);
        let next = page.last().filter(|_| rest.len() > limit).map(|last| self.path(*last));
        (page.iter().filter_map(|stop| self.stops.get(*stop).copied()).collect(), next)
    }

    /// The goals from the root down to a stop: walking depth first, oldest first, is the order of these paths.
    fn path(&self, stop: usize) -> Vec<GoalId> {
        let mut path = Vec::new();
        let mut next = Some(stop);
        while let Some(stop) = next.and_then(|stop| self.stops.get(stop)) {
            path.push(stop.goal);
            next = stop.above;
        }
        path.reverse();
        path
    }
}

/// A cycle with those inside it, as far as the viewer sees them.
pub(super) fn cycles_inside(sight: &Sight<'_>, cycle: CycleId) -> HashSet<CycleId> {
    let all = &sight.scene.now.cycles;
    let mut inside = HashSet::from([cycle]);
    loop {
        let more = all.values().filter(|one| one.parent_id.is_some_and(|parent| inside.contains(&parent)));
        let more: Vec<_> = more.map(|one| one.id).filter(|id| !inside.contains(id)).collect();
        if more.is_empty() {
            return inside;
        }
        inside.extend(more);
    }
}

/// The cycle's own goals with none of its goals above them.
fn roots(sight: &Sight<'_>, cycle: CycleId, inside: &HashSet<CycleId>) -> Vec<GoalId> {
    let cycle_of = |goal: GoalId| sight.goal(goal).map(|(facts, _)| facts.cycle);
    let is_root = |goal: &GoalId| {
        let mut above = sight.place(*goal).parent;
        while let Some(parent) = above {
            match cycle_of(parent) {
                Some(of) if of == cycle => return false,
                Some(of) if inside.contains(&of) => above = sight.place(parent).parent,
                _ => return true,
            }
        }
        true
    };
    sight.goals().into_iter().filter(|goal| cycle_of(*goal) == Some(cycle)).filter(is_root).collect()
}

/// The places of the goals that are wanted, and of those above them.
fn shown(stops: &[Stop]) -> Vec<usize> {
    let mut keep: Vec<_> = stops.iter().map(|stop| stop.matched).collect();
    for (place, stop) in stops.iter().enumerate().rev() {
        if keep.get(place) == Some(&true)
            && let Some(above) = stop.above.and_then(|above| keep.get_mut(above))
        {
            *above = true;
        }
    }
    keep.iter().enumerate().filter(|(_, keep)| **keep).map(|(place, _)| place).collect()
}

/// A path as a cursor.
pub(super) fn cursor_of(path: &[GoalId]) -> String {
    URL_SAFE_NO_PAD.encode(path.iter().flat_map(|goal| *goal.0.as_bytes()).collect::<Vec<_>>())
}

/// The path that a cursor holds.
pub(super) fn path_of(cursor: &str) -> Result<Vec<GoalId>> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Error::from(Code::BadCursor))?;
    let ids = bytes.chunks(16).map(|id| Uuid::from_slice(id).map(GoalId));
    ids.collect::<Result<_, _>>().map_err(|_| Code::BadCursor.into())
}

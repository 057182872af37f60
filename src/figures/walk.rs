//! The walk through a cycle's tree.

use super::sight::Sight;
use super::wanted::Wanted;
use crate::domain::ids::{CycleId, GoalId};
use crate::error::{Code, Error, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::HashSet;
use uuid::Uuid;

/// Which page of a cycle's tree is walked to.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) cycle: CycleId,
    /// The goal that it begins with; else all that have none above them.
    pub(super) root: Option<GoalId>,
    /// How many levels.
    pub(super) depth: u32,
    pub(super) wanted: Wanted,
    pub(super) limit: usize,
    /// The goals above and at the end of the page before.
    pub(super) after: Option<Vec<GoalId>>,
}

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

/// A page of a cycle's tree, depth first, the goals beside each other oldest first; the path of its end where more
/// follow.
pub(super) fn page(sight: &Sight<'_>, route: &Route) -> Result<(Vec<Stop>, Option<Vec<GoalId>>)> {
    let after = route.after.as_deref().unwrap_or_default();
    let mut walk = Walk::new(sight, route)?;
    let shown = if route.wanted.is_filter() { walk.all_shown(after) } else { walk.some(after, route.limit + 1) };
    let page = shown.get(..route.limit).unwrap_or(&shown);
    let next = page.last().filter(|_| shown.len() > route.limit).map(|last| walk.path(*last));
    Ok((page.iter().filter_map(|stop| walk.stops.get(*stop).copied()).collect(), next))
}

/// A walk through a tree.
struct Walk<'a> {
    sight: &'a Sight<'a>,
    route: &'a Route,
    /// The cycle with those inside it.
    inside: HashSet<CycleId>,
    stops: Vec<Stop>,
    /// Where it goes next, the next one last: a goal, how deep it is, the stop above it.
    open: Vec<(GoalId, u32, Option<usize>)>,
}

impl<'a> Walk<'a> {
    fn new(sight: &'a Sight<'a>, route: &'a Route) -> Result<Self> {
        let inside = cycles_inside(sight, route.cycle);
        let walk = Self { sight, route, inside, stops: Vec::new(), open: Vec::new() };
        let is_there = route.root.is_none_or(|root| walk.is_inside(root));
        if is_there { Ok(walk) } else { Err(Error::not_found()) }
    }

    /// With a filter, goals are shown because of what is below them: the whole tree is walked. The places of those
    /// that are shown after a path.
    fn all_shown(&mut self, after: &[GoalId]) -> Vec<usize> {
        self.enter(self.roots(), 0, None);
        self.go(usize::MAX);
        let shown = shown(&self.stops);
        let first = shown.partition_point(|stop| self.path(*stop).as_slice() <= after);
        shown.get(first..).unwrap_or_default().to_vec()
    }

    /// Without a filter all are shown: the places of at most so many after a path, and no more is walked.
    fn some(&mut self, after: &[GoalId], most: usize) -> Vec<usize> {
        self.come_to(after);
        let first = self.stops.len();
        self.go(first + most);
        if self.stops.len() < first + most {
            let later = self.roots().into_iter().filter(|root| after.first().is_none_or(|before| root > before));
            self.enter(later.collect(), 0, None);
            self.go(first + most);
        }
        (first..self.stops.len()).collect()
    }

    /// Comes to the end of a path, as far as it is still there: what is left open is all that comes after it below its
    /// root.
    fn come_to(&mut self, path: &[GoalId]) {
        let mut beside: Vec<_> = path.first().copied().filter(|root| self.is_root(*root)).into_iter().collect();
        let mut above = None;
        for (depth, goal) in (0..).zip(path) {
            let is_there = beside.contains(goal);
            beside.retain(|beside| beside > goal);
            self.enter(std::mem::take(&mut beside), depth, above);
            if !is_there {
                return;
            }
            self.stops.push(self.stop(*goal, depth, above));
            above = Some(self.stops.len() - 1);
            beside = self.below(*goal, depth);
        }
        self.enter(beside, u32::try_from(path.len()).unwrap_or(u32::MAX), above);
    }

    /// Walks on until there are so many stops.
    fn go(&mut self, most: usize) {
        while self.stops.len() < most
            && let Some((goal, depth, above)) = self.open.pop()
        {
            self.stops.push(self.stop(goal, depth, above));
            self.enter(self.below(goal, depth), depth + 1, Some(self.stops.len() - 1));
        }
    }

    /// These come next.
    fn enter(&mut self, goals: Vec<GoalId>, depth: u32, above: Option<usize>) {
        self.open.extend(goals.into_iter().rev().map(|goal| (goal, depth, above)));
    }

    fn stop(&self, goal: GoalId, depth: u32, above: Option<usize>) -> Stop {
        let matched = self.route.wanted.fits(self.sight, goal);
        Stop { goal, depth, above, matched, is_asked_root: self.route.root == Some(goal) }
    }

    /// What is walked under a goal, oldest first.
    fn below(&self, goal: GoalId, depth: u32) -> Vec<GoalId> {
        if depth + 1 >= self.route.depth {
            return Vec::new();
        }
        let mut below = self.sight.hanging_under(goal);
        below.retain(|below| self.is_inside(*below));
        below
    }

    /// Where the walk begins, oldest first.
    fn roots(&self) -> Vec<GoalId> {
        if let Some(root) = self.route.root {
            return vec![root];
        }
        let all = self.sight.scene.now.cards.keys().copied();
        let mut roots: Vec<_> = all.filter(|goal| self.is_root(*goal)).collect();
        roots.sort_unstable();
        roots
    }

    /// Whether the walk begins with a goal: the one asked for, else the cycle's own ones with none of its goals above
    /// them.
    fn is_root(&self, goal: GoalId) -> bool {
        if let Some(root) = self.route.root {
            return root == goal;
        }
        if self.cycle_of(goal) != Some(self.route.cycle) {
            return false;
        }
        let mut above = self.sight.place(goal).parent;
        while let Some(parent) = above {
            match self.cycle_of(parent) {
                Some(of) if of == self.route.cycle => return false,
                Some(of) if self.inside.contains(&of) => above = self.sight.place(parent).parent,
                _ => return true,
            }
        }
        true
    }

    fn is_inside(&self, goal: GoalId) -> bool {
        self.cycle_of(goal).is_some_and(|cycle| self.inside.contains(&cycle))
    }

    /// The cycle of a goal that the viewer sees.
    fn cycle_of(&self, goal: GoalId) -> Option<CycleId> {
        self.sight.goal(goal).map(|(facts, _)| facts.cycle)
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

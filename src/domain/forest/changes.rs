//! What changes in a forest, and what is refused.

use super::{Forest, loops};
use crate::domain::facts::{CycleRules, GoalFacts, Link};
use crate::domain::ids::{CycleId, GoalId, MetricId, UnitId};
use crate::domain::measured::{MeasuredDay, MetricRules};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// Changed facts. They hold together: goals first, then links, so that two goals may change places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The day that has begun.
    pub day: Option<NaiveDate>,
    /// Cycles, new or with other rules.
    pub cycles: Vec<(CycleId, CycleRules)>,
    /// Goals, new or with other facts; they keep their links.
    pub goals: Vec<GoalFacts>,
    /// Goals with all the links that they go up by from now on, at most one to each parent.
    pub links: Vec<(GoalId, Vec<Link>)>,
    /// Goals deleted, with every link to and from them.
    pub gone: Vec<GoalId>,
    /// Metrics, new or defined otherwise.
    pub metrics: Vec<(MetricId, MetricRules)>,
    /// All units, each with the one above it, where they lie otherwise.
    pub units: Option<Vec<(UnitId, Option<UnitId>)>>,
    /// Days of a subject's metric with all that was measured then: arrived, corrected or removed.
    pub measured: Vec<MeasuredDay>,
}

/// Why facts make no forest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A goal's cycle is not in the forest.
    #[error("cycle {0} is not in the forest")]
    UnknownCycle(CycleId),
    /// A link goes from or to a goal that is not in the forest.
    #[error("goal {0} is not in the forest")]
    UnknownGoal(GoalId),
    /// Links would make a loop: each of these goals serves the next one, and the last one the first.
    #[error("{} goals would serve each other in a loop", .0.len())]
    Loop(Vec<GoalId>),
}

impl Changes {
    /// Whether the forest would still be one: goals and cycles known, no loops.
    pub(super) fn check(&self, forest: &Forest) -> Result<(), Refusal> {
        let new_cycles: HashSet<CycleId> = self.cycles.iter().map(|(cycle, _)| *cycle).collect();
        let new_goals: HashSet<GoalId> = self.goals.iter().map(|goal| goal.id).collect();
        let gone: HashSet<GoalId> = self.gone.iter().copied().collect();
        let knows_cycle = |cycle| new_cycles.contains(&cycle) || forest.cycles.contains_key(&cycle);
        if let Some(goal) = self.goals.iter().find(|goal| !knows_cycle(goal.cycle)) {
            return Err(Refusal::UnknownCycle(goal.cycle));
        }
        let stays = |goal| forest.slots.contains_key(&goal) && !gone.contains(&goal);
        let ends = self.links.iter().flat_map(|(child, links)| links.iter().map(|link| link.parent).chain([*child]));
        if let Some(unknown) = ends.into_iter().find(|goal| !new_goals.contains(goal) && !stays(*goal)) {
            return Err(Refusal::UnknownGoal(unknown));
        }
        let relinked: HashMap<GoalId, &[Link]> =
            self.links.iter().map(|(child, links)| (*child, links.as_slice())).collect();
        let above = |goal: GoalId| match relinked.get(&goal) {
            Some(links) => links.iter().map(|link| link.parent).collect(),
            None if gone.contains(&goal) => vec![],
            None => forest.links(goal).map(|link| link.parent).collect(),
        };
        loops::find(relinked.keys().copied(), above).map_or(Ok(()), |path| Err(Refusal::Loop(path)))
    }
}

impl Forest {
    /// The loop that linking `child` under `parent` would close: from the child up, each goal serving the next one
    /// and the last one the child. None where the link may be made.
    pub fn would_loop(&self, child: GoalId, parent: GoalId) -> Option<Vec<GoalId>> {
        let above = |goal: GoalId| {
            let parents = self.links(goal).map(|link| link.parent);
            parents.chain((goal == child).then_some(parent)).collect()
        };
        loops::find([child].into_iter(), above)
    }
}

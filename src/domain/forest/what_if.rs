//! A forest with some facts replaced, beside the real one: that one stays as it is, and only what is above the
//! replaced goals is computed.

use super::Forest;
use crate::domain::amount::Amount;
use crate::domain::explain::hides_each_other;
use crate::domain::facts::{CycleRules, GoalFacts};
use crate::domain::figures::{Figures, Standing};
use crate::domain::ids::GoalId;
use crate::domain::measured::Measured;
use crate::domain::outlook;
use crate::domain::rollup::{self, Contributor, Ground, left_out};
use crate::domain::words::Source;
use std::collections::{HashMap, HashSet};

/// A forest as it would be.
#[derive(Debug, Clone)]
pub struct WhatIf<'a> {
    forest: &'a Forest,
    replaced: HashMap<GoalId, GoalFacts>,
    /// What of these is measured instead.
    measured: HashMap<GoalId, Amount>,
    /// Where the replaced goals and all above them would stand.
    standings: HashMap<GoalId, Standing>,
    /// These goals, each after all of them that are below it.
    reached: Vec<GoalId>,
}

impl Forest {
    /// The forest as it would be with other facts of some goals. Goals that are not in it are left out.
    pub fn what_if(&self, replaced: impl IntoIterator<Item = GoalFacts>) -> WhatIf<'_> {
        self.what_if_measured(replaced, HashMap::new())
    }

    /// The same where of some of these goals other values are measured.
    pub fn what_if_measured(
        &self,
        replaced: impl IntoIterator<Item = GoalFacts>,
        measured: HashMap<GoalId, Amount>,
    ) -> WhatIf<'_> {
        let known = replaced.into_iter().filter(|facts| self.goal(facts.id).is_some());
        let replaced: HashMap<GoalId, GoalFacts> = known.map(|facts| (facts.id, facts)).collect();
        let reached = self.upward_from(replaced.keys().copied());
        let mut what_if = WhatIf { forest: self, replaced, measured, standings: HashMap::new(), reached };
        for goal in what_if.reached.clone() {
            if let Some(standing) = what_if.recomputed(goal) {
                what_if.standings.insert(goal, standing);
            }
        }
        what_if
    }

    /// Some goals and all above them by any link, each after all of them that are below it.
    fn upward_from(&self, starts: impl Iterator<Item = GoalId>) -> Vec<GoalId> {
        let parents = |goal| self.links(goal).map(|link| link.parent).collect::<Vec<_>>();
        let (mut met, mut done) = (HashSet::new(), Vec::new());
        for start in starts {
            let mut way: Vec<_> = met.insert(start).then(|| (start, parents(start))).into_iter().collect();
            while let Some((goal, above)) = way.last_mut() {
                match above.pop() {
                    Some(parent) if met.insert(parent) => way.push((parent, parents(parent))),
                    Some(_) => {}
                    None => {
                        done.push(*goal);
                        way.pop();
                    }
                }
            }
        }
        done.reverse();
        done
    }
}

impl WhatIf<'_> {
    /// A goal's facts, as they would be.
    pub fn goal(&self, goal: GoalId) -> Option<&GoalFacts> {
        self.replaced.get(&goal).or_else(|| self.forest.goal(goal))
    }

    /// A goal's figures, as they would be.
    pub fn figures(&self, goal: GoalId) -> Option<Figures> {
        let Some(standing) = self.standings.get(&goal) else { return self.forest.figures(goal) };
        let facts = self.goal(goal)?;
        Some(outlook::figures(facts, &self.ground(facts)?, self.below(goal), *standing))
    }

    /// The goals that could stand elsewhere, each after all of them that are below it: those replaced, and all above.
    pub fn reached(&self) -> &[GoalId] {
        &self.reached
    }

    /// Those of the goals reached that may be told to someone who sees some of the goals.
    ///
    /// Moving what one sees must not give away what is hidden: where a goal is reached through one that is not told, or
    /// counts hidden goals whose figures its movement would single out, it is not told, nor is what follows above. A
    /// `sum` moves by as much as what is added, which tells nothing, once there is data; a mean tells how much the
    /// hidden ones weigh and add together, so at least two of them have to hide each other; a smallest or largest can
    /// be driven until it stands where the hidden one does.
    pub fn told(&self, sees: &dyn Fn(GoalId) -> bool) -> HashSet<GoalId> {
        let mut told = HashSet::new();
        for goal in &self.reached {
            if sees(*goal) && self.is_safe(*goal, &told, sees) {
                told.insert(*goal);
            }
        }
        told
    }

    fn is_safe(&self, goal: GoalId, told: &HashSet<GoalId>, sees: &dyn Fn(GoalId) -> bool) -> bool {
        let Some(facts) = self.goal(goal) else { return false };
        let below = self.forest.children(goal).map(|below| below.child);
        let touched: Vec<GoalId> = below.filter(|child| self.standings.contains_key(child)).collect();
        if facts.has_own_value() || touched.is_empty() {
            return true;
        }
        if !touched.iter().all(|child| told.contains(child)) {
            return false;
        }
        let below: Vec<_> = self.forest.contributors(goal).filter(|child| left_out(facts, child).is_none()).collect();
        let hidden: Vec<_> = below.iter().filter(|child| !sees(child.goal.id)).collect();
        let had_data = self.forest.standing(goal).is_some_and(|standing| standing.has_data);
        hidden.is_empty()
            || match facts.source {
                Source::Min | Source::Max => false,
                Source::Sum => had_data,
                _ => hides_each_other(hidden.into_iter()),
            }
    }

    /// Where a goal would stand. What is linked under it does not move one with its own value.
    fn recomputed(&self, goal: GoalId) -> Option<Standing> {
        let facts = self.goal(goal)?;
        if facts.has_own_value() && !self.replaced.contains_key(&goal) {
            return self.forest.standing(goal).copied();
        }
        let mut ground = self.ground(facts)?;
        ground.measured = self.answer(facts, ground.rules);
        Some(rollup::standing(facts, &ground, self.below(goal)))
    }

    /// What would be measured: what is said, else what is there. Where other facts ask the same as before, the answer
    /// is known.
    fn answer(&self, facts: &GoalFacts, rules: &CycleRules) -> Option<Measured> {
        let question = facts.question(rules, self.forest.day)?;
        if let Some(value) = self.measured.get(&facts.id) {
            return Some(Measured { value: Ok((*value).into()), last_data_on: Some(question.period.until()) });
        }
        let asked = self.forest.goal(facts.id).and_then(|before| before.question(rules, self.forest.day));
        let known = self.forest.measured(facts.id).filter(|_| asked == Some(question));
        Some(known.unwrap_or_else(|| self.forest.measuring.measure(question)))
    }

    fn ground(&self, facts: &GoalFacts) -> Option<Ground<'_>> {
        let rules = self.forest.rules(facts.cycle)?;
        Some(Ground { rules, progress: self.forest.measuring.progress(facts), measured: None, day: self.forest.day })
    }

    /// The goals linked under one, as they would stand.
    fn below(&self, goal: GoalId) -> impl Iterator<Item = Contributor<'_>> + Clone {
        self.forest.contributors(goal).map(move |child| Contributor {
            goal: self.replaced.get(&child.goal.id).unwrap_or(child.goal),
            standing: self.standings.get(&child.goal.id).unwrap_or(child.standing),
            ..child
        })
    }
}

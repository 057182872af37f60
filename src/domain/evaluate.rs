//! The plain evaluator: all figures of a forest from its facts, nothing kept and nothing clever. What `verify` and
//! the tests hold the forest in memory against; it shares with it only the rule for one goal.

use super::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use super::figures::Figures;
use super::ids::{CycleId, GoalId};
use super::measured::{Metrics, Plain, measure};
use super::outlook::figures;
use super::rollup::{Contributor, Ground, standing};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The figures of every goal as of a day. A goal on a loop, or above one, has none.
pub fn evaluate(facts: &ForestFacts, day: NaiveDate) -> BTreeMap<GoalId, Figures> {
    let cycles: BTreeMap<CycleId, CycleRules> = facts.cycles.iter().copied().collect();
    let goals: BTreeMap<GoalId, &GoalFacts> = facts.goals.iter().map(|goal| (goal.id, goal)).collect();
    let mut links: BTreeMap<GoalId, Vec<(&GoalFacts, &Link)>> = BTreeMap::new();
    for (child, link) in &facts.links {
        links.entry(link.parent).or_default().extend(goals.get(child).map(|child| (*child, link)));
    }
    let metrics: Metrics = facts.metrics.iter().cloned().collect();
    let mut measurements = Plain::new(facts);
    let mut known: BTreeMap<GoalId, Figures> = BTreeMap::new();
    loop {
        let mut next = vec![];
        for goal in goals.values().filter(|goal| !known.contains_key(&goal.id)) {
            let links = links.get(&goal.id).map_or(&[][..], Vec::as_slice);
            let below: Vec<_> = links.iter().filter_map(|(child, link)| contributor(child, link, &known)).collect();
            if let (true, Some(rules)) = (below.len() == links.len(), cycles.get(&goal.cycle)) {
                let question = goal.question(rules, day);
                let measured = question.map(|question| measure(&metrics, &mut measurements, question));
                let progress = goal.metric.and_then(|metric| metrics.get(&metric)?.progress.as_ref());
                let ground = Ground { rules, progress, measured, day };
                let standing = standing(goal, &ground, below.iter().copied());
                next.push((goal.id, figures(goal, &ground, below.iter().copied(), standing)));
            }
        }
        if next.is_empty() {
            return known;
        }
        known.extend(next);
    }
}

/// A child as it contributes, once its figures are known.
fn contributor<'a>(goal: &'a GoalFacts, link: &Link, known: &'a BTreeMap<GoalId, Figures>) -> Option<Contributor<'a>> {
    let standing = &known.get(&goal.id)?.standing;
    Some(Contributor { goal, standing, weight: link.weight, primary: link.primary })
}

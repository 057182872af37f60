//! What if: a cycle's tree as it would be with other values and targets. Nothing is stored.

use super::cache::Forests;
use super::one::only;
use super::paint::Painter;
use super::sight::Sight;
use super::tree::{self, CycleRef, TreeLink, TreeNode};
use super::walk::{self, Route, Stop, cursor_of, cycles_inside};
use crate::cycles;
use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::check_ins::{Statement, StepIds};
use crate::domain::derived::{Derived, Fraction};
use crate::domain::facts::GoalFacts;
use crate::domain::figures::Figures;
use crate::domain::forest::WhatIf;
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::domain::measure::{Measure, MeasureParts};
use crate::domain::words::{Attention, Outcome, Source, Status};
use crate::error::{Code, Error, Faults, Result};
use crate::goals;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use utoipa::ToSchema;

/// A cycle's tree as it would be.
#[derive(Debug, Serialize, ToSchema)]
pub struct Simulation {
    /// The cycle.
    pub cycle: CycleRef,
    /// The day that the figures are those of.
    pub as_of: NaiveDate,
    /// The revision of the cycle's forest that all this is beside.
    pub revision: i64,
    /// Every goal that the caller sees whose figures would be others, the nearest to what was replaced first; also
    /// those of enclosing cycles.
    pub moved: Vec<MovedGoal>,
    /// The goals above what was replaced that stand here as they are, since their movement could give away the figures
    /// of goals that the caller may not see.
    pub kept_back: Vec<GoalId>,
    /// The goals as they would be, depth first, each after the one that it hangs under.
    pub nodes: Vec<TreeNode>,
    /// The links by which these goals go up.
    pub links: Vec<TreeLink>,
    /// The `cursor` of the next page; null on the last one.
    pub next_cursor: Option<String>,
}

/// A goal whose figures would be others.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedGoal {
    /// The goal.
    pub goal_id: GoalId,
    /// What it says.
    pub title: String,
    /// Its figures as they are.
    pub before: MovedFigures,
    /// Its figures as they would be.
    pub after: MovedFigures,
}

/// The figures of a goal.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedFigures {
    /// Its value.
    pub value: Option<Derived>,
    /// Its target.
    pub target: Option<Amount>,
    /// Its progress.
    pub progress: Option<Fraction>,
    /// Its attainment.
    pub attainment: Option<Fraction>,
    /// What is expected of it.
    pub expected: Option<Fraction>,
    /// The day that it is judged on.
    pub judged_on: NaiveDate,
    /// Its status.
    pub status: Status,
    /// Why someone should look at it.
    pub attention: Vec<Attention>,
    /// How it ended; null until it is over.
    pub result: Option<Outcome>,
    /// Where it ends if it goes on so.
    pub forecast: Option<Derived>,
    /// What it needs a day to reach its target.
    pub required_pace: Option<Derived>,
    /// The value planned for the day.
    pub planned: Option<Derived>,
    /// Of a `sum`: what is allocated below it.
    pub allocated: Option<Derived>,
    /// Of a `sum`: its target less that.
    pub allocation_gap: Option<Derived>,
}

/// What is replaced.
#[derive(Debug, Clone, Default)]
pub(super) struct Replaced {
    pub(super) values: BTreeMap<GoalId, Amount>,
    pub(super) completed_steps: BTreeMap<GoalId, Vec<String>>,
    pub(super) targets: BTreeMap<GoalId, Amount>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) route: Route,
    pub(super) replaced: Replaced,
    pub(super) as_of: Option<NaiveDate>,
}

/// A cycle's tree as it would be. Whoever sees the cycle may ask, about the goals of its tree that they see.
pub(super) fn simulate(tx: &mut Tx<'_>, forests: &Forests, asked: &Question) -> Result<Simulation> {
    let cycle = cycles::find(tx, asked.route.cycle)?;
    forests.look(tx, &[cycle.forest_id], asked.as_of, |tx, scenes| {
        let sight = Sight::new(tx, only(scenes)?);
        let replaced = facts(&sight, asked)?;
        let is_measured = |goal: &&GoalFacts| goal.source == Source::Measurements;
        let value = |goal: &GoalFacts| Some((goal.id, *asked.replaced.values.get(&goal.id)?));
        let measured = replaced.iter().filter(is_measured).filter_map(value).collect();
        let what_if = sight.scene.now.forest.what_if_measured(replaced, measured);
        show(tx, &sight, asked, &what_if)
    })
}

fn show(tx: &mut Tx<'_>, sight: &Sight<'_>, asked: &Question, what_if: &WhatIf<'_>) -> Result<Simulation> {
    let cycle = sight.cycle(asked.route.cycle).ok_or_else(Error::not_found)?;
    let told = what_if.told(&|goal| sight.sees(goal));
    let (page, next) = walk::page(sight, &asked.route)?;
    let goals: Vec<_> = page.iter().map(|stop| stop.goal).collect();
    let painter = Painter::new(tx, sight, &goals)?;
    let node = |stop: &Stop| {
        let node = tree::node(&painter, stop)?;
        Some(if told.contains(&stop.goal) { as_it_would_be(&painter, node, what_if)? } else { node })
    };
    let kept_back = what_if.reached().iter().copied().filter(|goal| sight.sees(*goal) && !told.contains(goal));
    Ok(Simulation {
        cycle: CycleRef::of(cycle),
        as_of: sight.scene.now.forest.day(),
        revision: sight.scene.now.revision,
        moved: moved(sight, what_if, &told),
        kept_back: kept_back.collect(),
        nodes: page.iter().filter_map(node).collect(),
        links: goals.iter().flat_map(|goal| tree::links(sight, *goal)).collect(),
        next_cursor: next.map(|path| cursor_of(&path)),
    })
}

/// A goal of the tree with other figures.
fn as_it_would_be(painter: &Painter<'_>, node: TreeNode, what_if: &WhatIf<'_>) -> Option<TreeNode> {
    let id = node.node.id;
    let would_be = painter.painted(id, node.node.depth, what_if.goal(id)?, what_if.figures(id)?)?;
    Some(TreeNode { node: would_be, ..node })
}

/// The goals that may be told and stand elsewhere.
fn moved(sight: &Sight<'_>, what_if: &WhatIf<'_>, told: &HashSet<GoalId>) -> Vec<MovedGoal> {
    let of = |id: &GoalId| {
        let (facts, card) = sight.goal(*id)?;
        let (before, after) = (sight.scene.now.forest.figures(*id)?, what_if.figures(*id)?);
        let would_be = what_if.goal(*id)?;
        (before != after || target(facts) != target(would_be)).then(|| MovedGoal {
            goal_id: *id,
            title: card.title.clone(),
            before: MovedFigures::of(facts, before),
            after: MovedFigures::of(would_be, after),
        })
    };
    what_if.reached().iter().filter(|goal| told.contains(goal)).filter_map(of).collect()
}

fn target(goal: &GoalFacts) -> Option<Amount> {
    goal.measure.as_ref().and_then(Measure::target)
}

impl MovedFigures {
    fn of(goal: &GoalFacts, figures: Figures) -> Self {
        let standing = figures.standing;
        Self {
            value: standing.value,
            target: target(goal),
            progress: standing.progress,
            attainment: standing.attainment,
            expected: standing.expected,
            judged_on: standing.judged_on,
            status: standing.status,
            attention: standing.attention.iter().collect(),
            result: standing.result,
            forecast: figures.forecast,
            required_pace: figures.required_pace,
            planned: figures.planned,
            allocated: figures.allocated,
            allocation_gap: figures.allocation_gap,
        }
    }
}

/// The facts that take the place of others, or every fault of what was asked for.
fn facts(sight: &Sight<'_>, asked: &Question) -> Result<Vec<GoalFacts>> {
    let Replaced { values, completed_steps, targets } = &asked.replaced;
    let inside = cycles_inside(sight, asked.route.cycle);
    let mut faults = Faults::new();
    let count = values.len() + completed_steps.len() + targets.len();
    faults.check(count <= limits::SIMULATED, "", Code::TooMany.with("most", limits::SIMULATED));
    let mut replaced: BTreeMap<GoalId, GoalFacts> = BTreeMap::new();
    let mut each = |at: &str, goal: GoalId, replace: &dyn Fn(&Sight<'_>, &mut GoalFacts, &str, &mut Faults)| {
        let pointer = format!("/{at}/{goal}");
        match sight.goal(goal).filter(|(facts, _)| inside.contains(&facts.cycle)) {
            Some((facts, _)) => {
                let facts = replaced.entry(goal).or_insert_with(|| facts.clone());
                replace(sight, facts, &pointer, &mut faults);
            }
            None => faults.add(pointer, Code::NoSuchReference),
        }
    };
    for (goal, value) in values {
        each("values", *goal, &|sight, facts, at, faults| tell_value(sight, facts, *value, at, faults));
    }
    for (goal, steps) in completed_steps {
        each("completed_steps", *goal, &|sight, facts, at, faults| tell_steps(sight, facts, steps, at, faults));
    }
    for (goal, target) in targets {
        each("targets", *goal, &|sight, facts, at, faults| aim(sight, facts, *target, at, faults));
    }
    faults.finish()?;
    Ok(replaced.into_values().collect())
}

/// As if the goal had been checked in with a value; what is measured comes to it instead, beside its facts.
fn tell_value(sight: &Sight<'_>, goal: &mut GoalFacts, value: Amount, at: &str, faults: &mut Faults) {
    let is_milestone = matches!(goal.measure, Some(Measure::Milestone { .. }));
    if !goal.has_own_value() {
        faults.add(at, Code::ValueNotItsOwn.word("source", goal.source));
    } else if is_milestone {
        faults.add(at, Code::CheckedInBySteps);
    } else if goal.source == Source::CheckIns {
        tell(sight, goal, Statement::Value(value));
    }
}

/// As if the goal had been checked in with these steps complete.
fn tell_steps(sight: &Sight<'_>, goal: &mut GoalFacts, completed: &[String], at: &str, faults: &mut Faults) {
    let Some(Measure::Milestone { steps }) = &goal.measure else {
        faults.add(at, Code::CheckedInByValue);
        return;
    };
    let known: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    let mut all_known = true;
    for (index, id) in completed.iter().enumerate() {
        let is_known = known.contains(&id.as_str());
        all_known &= is_known;
        faults.check(is_known, &format!("{at}/{index}"), Code::UnknownStep.with("steps", known.join(", ")));
    }
    if goal.source != Source::CheckIns {
        faults.add(at, Code::ValueNotItsOwn.word("source", goal.source));
    } else if all_known {
        tell(sight, goal, Statement::Steps(Box::new(StepIds(completed.to_vec()))));
    }
}

/// On the day itself; of a completed goal on the day on which its facts end.
fn tell(sight: &Sight<'_>, goal: &mut GoalFacts, statement: Statement) {
    let day = goal.facts_until(sight.scene.now.forest.day());
    goal.check_ins = goal.check_ins.with_last(day, statement);
}

/// Gives the goal another target, as it may be given one.
fn aim(sight: &Sight<'_>, goal: &mut GoalFacts, target: Amount, at: &str, faults: &mut Faults) {
    let Some(rules) = sight.scene.now.forest.rules(goal.cycle) else { return };
    let Some(measure) = &goal.measure else {
        faults.add(at, Code::NotWithSource.word("source", goal.source));
        return;
    };
    match Measure::new(MeasureParts { target: Some(target), ..measure.parts() }, goal.window(rules)) {
        Ok(measure) => goal.measure = Some(measure),
        Err(found) => found.into_iter().for_each(|fault| faults.add(at, goals::measure_fault(fault.kind))),
    }
}

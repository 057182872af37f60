//! The golden vectors of the contract: every figure exactly, by the plain evaluator and by the forest in memory,
//! loaded whole and built up goal by goal.

#![expect(clippy::expect_used, reason = "a test ends where its own data is wrong")]

use goaltree::domain::amount::Amount;
use goaltree::domain::calendar::Window;
use goaltree::domain::check_ins::{CheckInFact, CheckIns, Statement, StepIds};
use goaltree::domain::evaluate::evaluate;
use goaltree::domain::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use goaltree::domain::figures::Figures;
use goaltree::domain::forest::{Changes, Forest};
use goaltree::domain::ids::{CycleId, GoalId, MetricId};
use goaltree::domain::measure::{Measure, MeasureParts, PlanPoint, Step};
use goaltree::domain::words::{Direction, GoalKind, Source, State};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::Path;
use uuid::Uuid;

type Day = chrono::NaiveDate;

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    day: Day,
    cycle: Cycle,
    metrics: Vec<Metric>,
    goals: Vec<Goal>,
    links: Vec<CaseLink>,
    check_ins: Vec<CheckIn>,
    measurements: Vec<Value>,
    expect: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Cycle {
    start: Day,
    end: Day,
    on_track_gap: Option<Amount>,
    at_risk_gap: Option<Amount>,
}

#[derive(Deserialize)]
struct Metric {
    code: String,
    formula: Option<String>,
    progress_formula: Option<String>,
}

#[derive(Deserialize)]
struct Goal {
    id: String,
    kind: GoalKind,
    status: State,
    source: Source,
    direction: Option<Direction>,
    start: Option<Amount>,
    target: Option<Amount>,
    floor: Option<Amount>,
    ceiling: Option<Amount>,
    lo: Option<Amount>,
    hi: Option<Amount>,
    tolerance: Option<Amount>,
    steps: Option<Vec<Step>>,
    target_plan: Option<Vec<PlanPoint>>,
    metric: Option<String>,
    window: Option<Days>,
    aspirational: Option<bool>,
}

#[derive(Deserialize)]
struct Days {
    start: Day,
    end: Day,
}

#[derive(Deserialize)]
struct CaseLink {
    child: String,
    parent: String,
    weight: Amount,
    primary: bool,
}

#[derive(Deserialize)]
struct CheckIn {
    goal: String,
    value: Option<Amount>,
    increment: Option<Amount>,
    completed_steps: Option<Vec<String>>,
    effective_date: Day,
    seq: u32,
    voided: Option<bool>,
}

/// A number that names the thing of this name in this case.
fn id_of<'a>(name: &str, names: impl IntoIterator<Item = &'a String>) -> Uuid {
    let at = names.into_iter().position(|other| other == name).expect("a name of the case");
    Uuid::from_u128(at as u128 + 1)
}

impl Case {
    fn goal_id(&self, name: &str) -> GoalId {
        id_of(name, self.goals.iter().map(|goal| &goal.id)).into()
    }

    /// The goals whose figures depend on measurements or formulas, which other vectors' runs will cover: those that
    /// are measured so, and all above them.
    fn measured(&self) -> BTreeSet<&str> {
        let by_formula = |code: &String| {
            let metric = self.metrics.iter().find(|metric| metric.code == *code).expect("a metric of the case");
            metric.formula.is_some() || metric.progress_formula.is_some()
        };
        let is_measured =
            |goal: &&Goal| goal.source == Source::Measurements || goal.metric.as_ref().is_some_and(by_formula);
        let mut measured: BTreeSet<&str> = self.goals.iter().filter(is_measured).map(|goal| goal.id.as_str()).collect();
        loop {
            let count = measured.len();
            let above = self.links.iter().filter(|link| measured.contains(link.child.as_str()));
            measured.extend(above.map(|link| link.parent.as_str()).collect::<Vec<_>>());
            if measured.len() == count {
                return measured;
            }
        }
    }

    fn facts(&self) -> ForestFacts {
        let window = Window::new(self.cycle.start, self.cycle.end).expect("a window");
        let mut rules = CycleRules::of(window);
        rules.on_track_gap = self.cycle.on_track_gap.unwrap_or(rules.on_track_gap);
        rules.at_risk_gap = self.cycle.at_risk_gap.unwrap_or(rules.at_risk_gap);
        let cycle = CycleId(Uuid::from_u128(1));
        ForestFacts {
            cycles: vec![(cycle, rules)],
            goals: self.goals.iter().map(|goal| self.goal_facts(goal, cycle, window)).collect(),
            links: self.links.iter().map(|link| self.link(link)).collect(),
        }
    }

    fn link(&self, link: &CaseLink) -> (GoalId, Link) {
        let weight = link.weight.try_into().expect("a weight");
        (self.goal_id(&link.child), Link { parent: self.goal_id(&link.parent), weight, primary: link.primary })
    }

    fn goal_facts(&self, goal: &Goal, cycle: CycleId, cycle_window: Window) -> GoalFacts {
        let window = goal.window.as_ref().map(|days| Window::new(days.start, days.end).expect("a window"));
        let parts = MeasureParts {
            direction: goal.direction,
            start: goal.start,
            target: goal.target,
            floor: goal.floor,
            ceiling: goal.ceiling,
            lo: goal.lo,
            hi: goal.hi,
            tolerance: goal.tolerance,
            steps: goal.steps.clone().unwrap_or_default(),
            target_plan: goal.target_plan.clone().unwrap_or_default(),
        };
        let measure = |_| Measure::new(parts, window.unwrap_or(cycle_window)).expect("a measure");
        let codes = self.metrics.iter().map(|metric| &metric.code);
        GoalFacts {
            id: self.goal_id(&goal.id),
            cycle,
            kind: goal.kind,
            state: goal.status,
            source: goal.source,
            measure: goal.direction.map(measure),
            metric: goal.metric.as_ref().map(|code| MetricId(id_of(code, codes))),
            window,
            aspirational: goal.aspirational.unwrap_or(false),
            completed_on: None,
            check_ins: CheckIns::in_order(
                self.check_ins
                    .iter()
                    .filter(|check_in| check_in.goal == goal.id && check_in.voided != Some(true))
                    .map(|check_in| (check_in.seq, check_in.fact())),
            ),
        }
    }
}

impl CheckIn {
    fn fact(&self) -> CheckInFact {
        let steps = || Statement::Steps(Box::new(StepIds(self.completed_steps.clone().expect("a statement"))));
        let told = self.value.map(Statement::Value).or(self.increment.map(Statement::Increment));
        CheckInFact { effective_on: self.effective_date, statement: told.unwrap_or_else(steps) }
    }
}

/// Figures in the vectors' form.
fn shown(figures: &Figures) -> Value {
    let standing = figures.standing;
    json!({
        "value": standing.value,
        "attainment": standing.attainment,
        "progress": standing.progress,
        "expected": standing.expected,
        "status": standing.status,
        "result": standing.result,
        "forecast": figures.forecast,
        "allocated": figures.allocated,
        "allocation_gap": figures.allocation_gap,
    })
}

fn compare(case: &Case, way: impl Display, figures_of: impl Fn(GoalId) -> Option<Figures>) -> usize {
    let measured = case.measured();
    let settled = case.expect.iter().filter(|(goal, _)| !measured.contains(goal.as_str()));
    let compared = settled.map(|(goal, expected)| {
        let figures = figures_of(case.goal_id(goal)).expect("figures of every goal");
        assert_eq!(shown(&figures), *expected, "{}: {goal}, {way}", case.name);
    });
    compared.count()
}

/// The forest made by adding one goal after the other, links as soon as both their ends are there.
fn built_up(facts: &ForestFacts, day: Day) -> Forest {
    let nothing = ForestFacts { cycles: facts.cycles.clone(), ..ForestFacts::default() };
    let mut forest = Forest::new(nothing, day).expect("an empty forest");
    for goal in &facts.goals {
        let goals = vec![goal.clone()];
        forest.apply(Changes { goals, ..Changes::default() }).expect("a goal");
        let touching = facts.links.iter().filter(|(child, link)| *child == goal.id || link.parent == goal.id);
        for child in touching.map(|(child, _)| *child).collect::<BTreeSet<_>>() {
            let links =
                facts.links.iter().filter(|(other, link)| *other == child && forest.goal(link.parent).is_some());
            let links = vec![(child, links.map(|(_, link)| *link).collect())];
            if forest.goal(child).is_some() {
                forest.apply(Changes { links, ..Changes::default() }).expect("links");
            }
        }
    }
    forest
}

#[test]
fn every_figure_of_the_vectors_is_met_exactly() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/rollup.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no vectors at {}", path.display());
        return;
    };
    let vectors: Vectors = serde_json::from_str(&text).expect("vectors");
    let (mut whole, mut in_part, mut compared) = (0, 0, 0);
    for case in &vectors.cases {
        let facts = case.facts();
        let plain = evaluate(&facts, case.day);
        let loaded = Forest::new(facts.clone(), case.day).expect("a forest");
        let built = built_up(&facts, case.day);
        compared += compare(case, "evaluated", |goal| plain.get(&goal).copied());
        compare(case, "loaded whole", |goal| loaded.figures(goal));
        compare(case, "built up", |goal| built.figures(goal));
        if case.measured().is_empty() && case.measurements.is_empty() { whole += 1 } else { in_part += 1 }
    }
    let by_their_content = |case: &&Case| {
        case.goals.iter().all(|goal| goal.source != Source::Measurements)
            && case.metrics.iter().all(|metric| metric.formula.is_none() && metric.progress_formula.is_none())
    };
    eprintln!("{whole} cases compared whole, {in_part} without what measurements move: {compared} goals");
    assert_eq!(whole, vectors.cases.iter().filter(by_their_content).count());
    assert_eq!(whole + in_part, vectors.cases.len());
    assert!(compared > vectors.cases.len(), "every case has goals to compare");
}

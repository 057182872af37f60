//! The golden vectors of the contract: every figure exactly, by the plain evaluator and by the forest in memory,
//! loaded whole and built up goal by goal.

#![expect(clippy::expect_used, clippy::panic, reason = "a test ends where its own data is wrong")]

use goaltree::domain::amount::Amount;
use goaltree::domain::calendar::Window;
use goaltree::domain::check_ins::{CheckInFact, CheckIns, Statement, StepIds};
use goaltree::domain::evaluate::evaluate;
use goaltree::domain::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use goaltree::domain::figures::Figures;
use goaltree::domain::forest::{Changes, Forest};
use goaltree::domain::formula::{Code, MetricFormula, ProgressFormula};
use goaltree::domain::ids::{CycleId, GoalId, MetricId, PersonId, UnitId};
use goaltree::domain::measure::{Measure, MeasureParts, PlanPoint, Step};
use goaltree::domain::measured::{Aggregation, MeasuredDay, Measurement, MetricRules, Origin, Subject};
use goaltree::domain::words::{Direction, GoalKind, PeopleAggregation, Source, State, TimeAggregation};
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
    units: Vec<Unit>,
    people: Vec<Person>,
    metrics: Vec<Metric>,
    goals: Vec<Goal>,
    links: Vec<CaseLink>,
    check_ins: Vec<CheckIn>,
    measurements: Vec<Measured>,
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
struct Unit {
    id: String,
    parent_id: Option<String>,
}

#[derive(Deserialize)]
struct Person {
    id: String,
    unit_id: String,
}

#[derive(Deserialize)]
struct Whose {
    person_id: Option<String>,
    unit_id: Option<String>,
}

#[derive(Deserialize)]
struct Measured {
    metric: String,
    #[serde(flatten)]
    whose: Whose,
    unit_at_date: Option<String>,
    date: Day,
    value: Amount,
    dimensions: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Metric {
    code: String,
    time_aggregation: TimeAggregation,
    people_aggregation: PeopleAggregation,
    empty_is_zero: Option<bool>,
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
    scope: Option<Whose>,
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

    fn metric_id(&self, code: &str) -> MetricId {
        id_of(code, self.metrics.iter().map(|metric| &metric.code)).into()
    }

    fn unit_id(&self, name: &str) -> UnitId {
        id_of(name, self.units.iter().map(|unit| &unit.id)).into()
    }

    fn person_id(&self, name: &str) -> PersonId {
        id_of(name, self.people.iter().map(|person| &person.id)).into()
    }

    fn subject(&self, subject: &Whose) -> Subject {
        match (&subject.person_id, &subject.unit_id) {
            (Some(person), None) => Subject::Person(self.person_id(person)),
            (None, Some(unit)) => Subject::Unit(self.unit_id(unit)),
            _ => panic!("a person or a unit"),
        }
    }

    fn metric_rules(&self, metric: &Metric) -> MetricRules {
        let codes = self.metrics.iter().filter_map(|metric| Code::new(&metric.code)).collect();
        let origin = match &metric.formula {
            None => Origin::Measured(Aggregation {
                time: metric.time_aggregation,
                people: metric.people_aggregation,
                empty_is_zero: metric.empty_is_zero.unwrap_or(false),
            }),
            Some(formula) => {
                let formula = MetricFormula::parse(formula, &codes).expect("a formula");
                Origin::Computed(formula.resolve(|code| Some(self.metric_id(code.as_str()))).expect("known metrics"))
            }
        };
        let progress = metric.progress_formula.as_ref().map(|text| ProgressFormula::parse(text).expect("a formula"));
        MetricRules { origin, progress }
    }

    /// What was measured, day by day; of one day in the order of the case.
    fn measured(&self) -> Vec<MeasuredDay> {
        let mut days: BTreeMap<_, Vec<Measurement>> = BTreeMap::new();
        for measured in &self.measurements {
            let subject = self.subject(&measured.whose);
            let home = |person: &String| {
                let person = self.people.iter().find(|other| other.id == *person).expect("a person of the case");
                person.unit_id.as_str()
            };
            let unit = measured.unit_at_date.as_deref().or(measured.whose.person_id.as_ref().map(home));
            let unit = unit.or(measured.whose.unit_id.as_deref()).expect("a unit");
            let row = Measurement {
                unit: self.unit_id(unit),
                value: measured.value,
                dimensions: measured.dimensions.as_ref().map(|all| json!(all).to_string()).unwrap_or_default().into(),
            };
            days.entry((self.metric_id(&measured.metric), subject, measured.date)).or_default().push(row);
        }
        days.into_iter()
            .map(|((metric, subject, on), rows)| MeasuredDay { metric, subject, on, measurements: rows.into() })
            .collect()
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
            metrics: self.metrics.iter().map(|one| (self.metric_id(&one.code), self.metric_rules(one))).collect(),
            units: self
                .units
                .iter()
                .map(|unit| (self.unit_id(&unit.id), unit.parent_id.as_ref().map(|above| self.unit_id(above))))
                .collect(),
            measured: self.measured(),
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
        GoalFacts {
            id: self.goal_id(&goal.id),
            cycle,
            kind: goal.kind,
            state: goal.status,
            source: goal.source,
            measure: goal.direction.map(measure),
            metric: goal.metric.as_ref().map(|code| self.metric_id(code)),
            scope: goal.scope.as_ref().map(|scope| Box::new(self.subject(scope))),
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
    for (goal, expected) in &case.expect {
        let figures = figures_of(case.goal_id(goal)).expect("figures of every goal");
        assert_eq!(shown(&figures), *expected, "{}: {goal}, {way}", case.name);
    }
    case.expect.len()
}

/// The forest made by adding one goal after the other, links as soon as both their ends are there, while measurements
/// arrive.
fn built_up(facts: &ForestFacts, day: Day) -> Forest {
    let units = facts.units.clone();
    let nothing = ForestFacts { cycles: facts.cycles.clone(), units, ..ForestFacts::default() };
    let mut forest = Forest::new(nothing, day).expect("an empty forest");
    let mut measured = facts.measured.iter().cloned();
    for (at, goal) in facts.goals.iter().enumerate() {
        let (goals, measured) = (vec![goal.clone()], measured.by_ref().take(1).collect());
        forest.apply(Changes { goals, measured, ..Changes::default() }).expect("a goal");
        if at == facts.goals.len() / 2 {
            let metrics = facts.metrics.clone();
            forest.apply(Changes { metrics, ..Changes::default() }).expect("metrics");
        }
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
    for day in measured {
        forest.apply(Changes { measured: vec![day], ..Changes::default() }).expect("measurements");
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
    let mut compared = 0;
    for case in &vectors.cases {
        let facts = case.facts();
        let plain = evaluate(&facts, case.day);
        let loaded = Forest::new(facts.clone(), case.day).expect("a forest");
        let built = built_up(&facts, case.day);
        compared += compare(case, "evaluated", |goal| plain.get(&goal).copied());
        compare(case, "loaded whole", |goal| loaded.figures(goal));
        compare(case, "built up", |goal| built.figures(goal));
    }
    eprintln!("{} cases, {compared} goals", vectors.cases.len());
    assert_eq!(compared, vectors.cases.iter().map(|case| case.goals.len()).sum::<usize>());
    assert!(vectors.cases.len() > 100);
}

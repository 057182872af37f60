//! Hand-checked cases of what the golden vectors leave out: reasons, last data, cadences, completion, formulas without
//! end.

use super::*;
use crate::domain::amount::Weight;
use crate::domain::calendar::Window;
use crate::domain::check_ins::CheckIns;
use crate::domain::evaluate::evaluate;
use crate::domain::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use crate::domain::figures::Figures;
use crate::domain::formula::{Code, MetricFormula};
use crate::domain::ids::{CycleId, GoalId};
use crate::domain::measure::Measure;
use crate::domain::rhythm::Rhythm;
use crate::domain::words::{Attention, Cadence, GoalKind, Source, State, Status};
use uuid::Uuid;

const CYCLE: CycleId = CycleId(Uuid::from_u128(1));
const AN: Subject = Subject::Person(PersonId(Uuid::from_u128(1)));
const TEAM: UnitId = UnitId(Uuid::from_u128(1));

/// A day of the first quarter of 2026: 90 days.
fn day(text: &str) -> NaiveDate {
    format!("2026-{text}").parse().unwrap()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// `m0`, `m1`, `m2`, …
fn id(number: u128) -> MetricId {
    MetricId(Uuid::from_u128(number))
}

fn sums(empty_is_zero: bool) -> MetricRules {
    let (time, people) = (TimeAggregation::Sum, PeopleAggregation::Sum);
    MetricRules { origin: Origin::Measured(Aggregation { time, people, empty_is_zero }), progress: None }
}

fn computed(text: &str) -> MetricRules {
    let codes = (0..30).map(|number| Code::new(&format!("m{number}")).unwrap()).collect();
    let metric = |code: &Code| code.as_str().strip_prefix('m')?.parse().ok().map(id);
    let formula = MetricFormula::parse(text, &codes).unwrap().resolve(metric).unwrap();
    MetricRules { origin: Origin::Computed(formula), progress: None }
}

fn progress(text: &str) -> MetricRules {
    MetricRules { progress: Some(ProgressFormula::parse(text).unwrap()), ..sums(false) }
}

fn measured(metric: u128, on: &str, values: &[&str]) -> MeasuredDay {
    let row = |value: &&str| Measurement { unit: TEAM, value: amount(value), dimensions: "".into() };
    let measurements = values.iter().map(row).collect();
    MeasuredDay { metric: id(metric), subject: AN, on: day(on), measurements }
}

/// An's goal from 0 to 90 on a metric.
fn goal(metric: u128) -> GoalFacts {
    GoalFacts {
        id: GoalId(Uuid::from_u128(metric)),
        cycle: CYCLE,
        kind: GoalKind::Kpi,
        state: State::Active,
        source: Source::Measurements,
        measure: Some(Measure::Increase { start: Amount::ZERO, target: amount("90"), plan: Box::default() }),
        metric: Some(id(metric)),
        scope: Some(Box::new(AN)),
        window: None,
        aspirational: false,
        completed_on: None,
        check_ins: CheckIns::default(),
    }
}

fn facts(cadence: Cadence, goals: Vec<GoalFacts>, rules: &[MetricRules], measured: Vec<MeasuredDay>) -> ForestFacts {
    let window = Window::of_months(day("01-01"), 3).unwrap();
    let rhythm = Rhythm { cadence, ..Rhythm::default() };
    ForestFacts {
        cycles: vec![(CYCLE, CycleRules { rhythm, ..CycleRules::of(window) })],
        goals,
        metrics: (0..).map(id).zip(rules.iter().cloned()).collect(),
        measured,
        ..ForestFacts::default()
    }
}

fn figures(facts: &ForestFacts, on: &str) -> Figures {
    evaluate(facts, day(on)).into_values().next_back().unwrap()
}

/// What the last of the metrics comes to for An, and why it may come to nothing.
fn asked(rules: &[MetricRules], measured: &[MeasuredDay], on: &str) -> Measured {
    let facts = facts(Cadence::None, vec![], rules, measured.to_vec());
    let metrics: Metrics = facts.metrics.iter().cloned().collect();
    let metric = facts.metrics.last().unwrap().0;
    let period = Period::of(facts.cycles.first().unwrap().1.window, day(on));
    measure(&metrics, &mut Plain::new(&facts), Question { metric, scope: AN, period })
}

#[test]
fn why_there_is_no_value_is_told() {
    let days = [measured(0, "01-10", &["5"]), measured(1, "01-11", &["0"])];
    let reason = |rules: &[MetricRules], on: &str| asked(rules, &days, on).value.err();
    let (raw, ratio) = (sums(false), computed("m0 / m1"));
    assert_eq!(reason(std::slice::from_ref(&raw), "01-10"), None);
    assert_eq!(reason(std::slice::from_ref(&raw), "01-09"), Some(Null::Missing));
    assert_eq!(reason(&[raw.clone(), raw.clone(), ratio.clone()], "01-10"), Some(Null::Missing));
    assert_eq!(reason(&[raw.clone(), raw.clone(), ratio.clone()], "01-11"), Some(Null::DivisionByZero));
    assert_eq!(reason(&[raw.clone(), raw, ratio, computed("m2 + 1")], "01-11"), Some(Null::Missing));
    assert_eq!(reason(&[computed("m7")], "01-11"), Some(Null::Missing));
}

#[test]
fn beyond_its_bound_a_value_is_null_and_so_is_what_is_computed_from_it() {
    let days = [MeasuredDay {
        measurements: vec![Measurement { unit: TEAM, value: Amount::MAX, dimensions: "".into() }; 1_001].into(),
        ..measured(0, "01-10", &[])
    }];
    assert_eq!(asked(&[sums(false)], &days, "01-10").value, Err(Null::OutOfRange));
    assert_eq!(asked(&[sums(false), computed("m0 / 2")], &days, "01-10").value, Err(Null::OutOfRange));
    let standing = figures(&facts(Cadence::None, vec![goal(0)], &[sums(false)], days.to_vec()), "01-10").standing;
    assert_eq!((standing.value, standing.value_out_of_range, standing.status), (None, true, Status::NoData));
}

#[test]
fn formulas_without_end_come_to_nothing() {
    let days = [measured(0, "01-10", &["5"])];
    for text in ["m1 + 1", "prev(m1)", "m1 + m1 + prev(m1)"] {
        assert_eq!(asked(&[sums(false), computed(text)], &days, "01-10").value, Err(Null::Missing), "{text}");
    }
    let chain = |length: usize| {
        let doubled = (0..length).map(|before| computed(&format!("m{before} + m{before}")));
        std::iter::once(sums(false)).chain(doubled).collect::<Vec<_>>()
    };
    assert_eq!(asked(&chain(20), &days, "01-10").value.map(|value| value.to_string()), Ok("5242880".to_owned()));
    assert_eq!(asked(&chain(21), &days, "01-10").value, Err(Null::Missing));
}

#[test]
fn the_last_data_is_the_latest_of_all_inputs_in_the_period() {
    let days = [measured(0, "01-10", &["5"]), measured(1, "01-12", &["0"]), measured(1, "02-01", &["1"])];
    let last = |text: &str, on: &str| asked(&[sums(false), sums(false), computed(text)], &days, on).last_data_on;
    assert_eq!(last("m0 / m1", "01-31"), Some(day("01-12")));
    assert_eq!(last("if(m0 > 0, m0, m1)", "01-31"), Some(day("01-12")));
    assert_eq!(last("m0 + prev(m1)", "02-20"), Some(day("01-10")));
    assert_eq!(last("m0 / m1", "01-09"), None);
}

#[test]
fn silence_is_stale_unless_nothing_measured_is_zero() {
    let at = |rules: MetricRules, days: &[MeasuredDay], on: &str| {
        let standing = figures(&facts(Cadence::Week, vec![goal(0)], &[rules], days.to_vec()), on).standing;
        (standing.value.unwrap().to_string(), standing.has_data, standing.last_data_on, standing.is_stale())
    };
    let days = [measured(0, "01-09", &["9"])];
    assert_eq!(at(sums(false), &days, "01-23"), ("9".to_owned(), true, Some(day("01-09")), false));
    assert_eq!(at(sums(false), &days, "01-24"), ("9".to_owned(), true, Some(day("01-09")), true));
    assert_eq!(at(sums(false), &[], "01-16"), ("0".to_owned(), false, None, true));
    assert_eq!(at(sums(true), &[], "03-01"), ("0".to_owned(), true, Some(day("03-01")), false));
    assert_eq!(at(sums(true), &days, "03-01"), ("9".to_owned(), true, Some(day("03-01")), false));
    let before = facts(Cadence::Week, vec![goal(0)], &[sums(true)], vec![]);
    let before = evaluate(&before, "2025-12-31".parse().unwrap()).into_values().next().unwrap();
    assert!(!before.standing.has_data);
}

#[test]
fn a_measured_goal_is_judged_today_whatever_the_cadence() {
    let facts = facts(Cadence::Month, vec![goal(0)], &[sums(false)], vec![measured(0, "01-09", &["9"])]);
    let standing = figures(&facts, "02-14").standing;
    assert_eq!((standing.judged_on, standing.next_due_on), (day("02-14"), None));
    assert_eq!(standing.attention.iter().collect::<Vec<_>>(), [Attention::OffTrack]);
    assert_eq!(figures(&facts, "02-14").required_pace.unwrap().to_string(), "1.8");
}

#[test]
fn measurements_after_its_completion_do_not_count() {
    let completed = GoalFacts { state: State::Completed, completed_on: Some(day("01-15")), ..goal(2) };
    let days = vec![
        measured(0, "01-10", &["10"]),
        measured(0, "01-20", &["70"]),
        MeasuredDay { on: "2025-10-15".parse().unwrap(), ..measured(0, "01-01", &["4"]) },
        MeasuredDay { on: "2025-10-16".parse().unwrap(), ..measured(0, "01-01", &["9"]) },
    ];
    let rules = [sums(false), sums(false), computed("m0 - prev(m0)")];
    let value =
        |goal: GoalFacts, on| figures(&facts(Cadence::None, vec![goal], &rules, days.clone()), on).standing.value;
    assert_eq!(value(completed.clone(), "02-14").unwrap().to_string(), "6");
    assert_eq!(value(GoalFacts { state: State::Active, ..completed }, "02-14").unwrap().to_string(), "67");
}

#[test]
fn without_a_result_of_its_progress_formula_a_goal_has_no_data_though_the_value_shows() {
    let child = GoalFacts {
        measure: Some(Measure::Increase { start: amount("3"), target: amount("90"), plan: Box::default() }),
        ..goal(0)
    };
    let parent = GoalFacts { id: GoalId(Uuid::from_u128(9)), source: Source::Sum, scope: None, ..goal(0) };
    let sibling = GoalFacts { id: GoalId(Uuid::from_u128(5)), ..child.clone() };
    let rules = [progress("10 / (value - 5) / target")];
    let days = vec![
        measured(0, "01-10", &["5"]),
        MeasuredDay { subject: Subject::Unit(TEAM), ..measured(0, "01-10", &["15"]) },
    ];
    let sibling = GoalFacts { scope: Some(Box::new(Subject::Unit(TEAM))), ..sibling };
    let mut facts = facts(Cadence::None, vec![child.clone(), sibling.clone(), parent.clone()], &rules, days);
    let link = Link { parent: parent.id, weight: Weight::ONE, primary: true };
    facts.links = vec![(child.id, link), (sibling.id, link)];
    let all = evaluate(&facts, day("02-14"));
    let of = |goal: &GoalFacts| all.get(&goal.id).unwrap().standing;
    assert_eq!((of(&child).value.unwrap().to_string(), of(&child).has_data), ("5".to_owned(), false));
    assert_eq!((of(&child).progress.unwrap().to_string(), of(&child).status), ("0".to_owned(), Status::NoData));
    // The unit's own 15 and An's 5, measured in the same unit.
    assert_eq!(of(&sibling).value.unwrap().to_string(), "20");
    // The one without data stands at its start.
    assert_eq!(of(&parent).value.unwrap().to_string(), "23");
}

#[test]
fn between_has_no_target_for_a_progress_formula() {
    let between = || Measure::Between { start: None, lo: amount("1"), hi: amount("9"), tolerance: None };
    let standing = |rules: MetricRules| {
        let goal = GoalFacts { measure: Some(between()), ..goal(0) };
        figures(&facts(Cadence::None, vec![goal], &[rules], vec![measured(0, "01-10", &["5"])]), "02-14").standing
    };
    let without = standing(progress("value / target"));
    assert_eq!((without.value.unwrap().to_string(), without.has_data), ("5".to_owned(), false));
    let with = standing(progress("value / coalesce(target, 10)"));
    assert_eq!((with.progress.unwrap().to_string(), with.expected.unwrap().to_string()), ("0.5".into(), "0.5".into()));
}

//! Hand-checked cases of what the golden vectors leave out: cadences, what needs attention, the required pace,
//! completion days, values beyond bounds.

use crate::domain::amount::{Amount, Weight};
use crate::domain::calendar::Window;
use crate::domain::check_ins::{CheckInFact, CheckIns, Statement};
use crate::domain::evaluate::evaluate;
use crate::domain::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use crate::domain::figures::Figures;
use crate::domain::ids::{CycleId, GoalId, MetricId};
use crate::domain::measure::Measure;
use crate::domain::rhythm::Rhythm;
use crate::domain::words::{Attention, Cadence, GoalKind, Outcome, Source, State, Status};
use chrono::NaiveDate;
use uuid::Uuid;

/// A day of the first quarter of 2026, from Thursday 1 January to Tuesday 31 March: 90 days.
fn day(text: &str) -> NaiveDate {
    format!("2026-{text}").parse().unwrap_or_default()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap_or(Amount::ZERO)
}

fn id(number: u128) -> GoalId {
    GoalId(Uuid::from_u128(number))
}

const CYCLE: CycleId = CycleId(Uuid::from_u128(1));

/// An active goal from 0 to 90 with check-ins: on plan with one a day.
fn goal(number: u128, check_ins: &[(&str, &str)]) -> GoalFacts {
    let facts = check_ins.iter().map(|(on, value)| {
        let statement = Statement::Value(amount(value));
        (0, CheckInFact { effective_on: day(on), statement })
    });
    GoalFacts {
        id: id(number),
        cycle: CYCLE,
        kind: GoalKind::Kpi,
        state: State::Active,
        source: Source::CheckIns,
        measure: Some(Measure::Increase { start: Amount::ZERO, target: amount("90"), plan: Box::default() }),
        metric: Some(MetricId(Uuid::from_u128(1))),
        scope: None,
        window: None,
        aspirational: false,
        completed_on: None,
        check_ins: CheckIns::in_order(facts),
    }
}

fn rolled_up(number: u128, source: Source, children: u128) -> GoalFacts {
    let target = Amount::from_units(i64::try_from(children).unwrap_or_default() * 900_000).unwrap_or(Amount::ZERO);
    let measure = Some(Measure::Increase { start: Amount::ZERO, target, plan: Box::default() });
    GoalFacts { source, measure, ..goal(number, &[]) }
}

/// Figures of goals under cycles of one cadence; every goal but the last is linked under the last one.
fn figures(cadence: Cadence, goals: Vec<GoalFacts>, on: &str) -> Vec<Figures> {
    let window = Window::of_months(day("01-01"), 3).unwrap_or_else(|| unreachable!());
    let mut rules = CycleRules::of(window);
    rules.rhythm = Rhythm { cadence, ..Rhythm::default() };
    let parent = goals.last().map_or(id(0), |goal| goal.id);
    let link = Link { parent, weight: Weight::ONE, primary: true };
    let links = goals.iter().filter(|goal| goal.id != parent).map(|goal| (goal.id, link)).collect();
    evaluate(&ForestFacts { cycles: vec![(CYCLE, rules)], goals, links, ..ForestFacts::default() }, day(on))
        .into_values()
        .collect()
}

fn alone(cadence: Cadence, goal: GoalFacts, on: &str) -> Option<Figures> {
    figures(cadence, vec![goal], on).pop()
}

/// Day judged on, expected, status.
fn judged(figures: Option<Figures>) -> Option<(NaiveDate, String, Status)> {
    let standing = figures?.standing;
    Some((standing.judged_on, standing.expected?.to_string(), standing.status))
}

fn attention(figures: Option<Figures>) -> Vec<Attention> {
    figures.map(|figures| figures.standing.attention.iter().collect()).unwrap_or_default()
}

#[test]
fn a_monthly_kpi_exactly_on_plan_is_not_off_track_on_the_twentieth() {
    let on_plan = || goal(1, &[("01-31", "31")]);
    let at = |on| judged(alone(Cadence::Month, on_plan(), on));
    assert_eq!(at("02-20"), Some((day("01-31"), "0.3444".to_owned(), Status::OnTrack)));
    // Due on 28 February with two days of grace: judged on it from 3 March.
    assert_eq!(at("03-02"), Some((day("01-31"), "0.3444".to_owned(), Status::OnTrack)));
    assert_eq!(at("03-03"), Some((day("02-28"), "0.6556".to_owned(), Status::OffTrack)));
    let without = judged(alone(Cadence::None, on_plan(), "02-20"));
    assert_eq!(without, Some((day("02-20"), "0.5667".to_owned(), Status::AtRisk)));
}

#[test]
fn a_later_check_in_is_judged_on_its_own_day_and_one_of_the_future_not_yet() {
    let late = || goal(1, &[("02-10", "41"), ("02-25", "90")]);
    assert_eq!(
        judged(alone(Cadence::Month, late(), "02-20")),
        Some((day("02-10"), "0.4556".to_owned(), Status::OnTrack))
    );
    let achieved = judged(alone(Cadence::Month, late(), "02-25"));
    assert_eq!(achieved, Some((day("02-25"), "0.6222".to_owned(), Status::Achieved)));
}

#[test]
fn before_any_check_in_or_due_day_a_goal_is_judged_today() {
    let at = |on| judged(alone(Cadence::Month, goal(1, &[]), on));
    assert_eq!(at("01-20"), Some((day("01-20"), "0.2222".to_owned(), Status::NoData)));
    assert_eq!(at("02-20"), Some((day("01-31"), "0.3444".to_owned(), Status::NoData)));
}

#[test]
fn the_forecast_is_that_of_the_day_judged_on_and_the_pace_runs_from_today() {
    let monthly = alone(Cadence::Month, goal(1, &[("01-30", "40")]), "02-19");
    let forecast = monthly.and_then(|figures| figures.forecast).map(|value| value.to_string());
    let pace = monthly.and_then(|figures| figures.required_pace).map(|value| value.to_string());
    // Judged on 31 January, day 31 of 90; 50 of 90 days have gone.
    assert_eq!(forecast.as_deref(), Some("116.129"));
    assert_eq!(pace.as_deref(), Some("1.25"));
}

#[test]
fn the_required_pace_ends_with_the_window_and_begins_with_data() {
    let pace = |goal, on| {
        alone(Cadence::None, goal, on).and_then(|figures| figures.required_pace).map(|pace| pace.to_string())
    };
    let told = || goal(1, &[("01-05", "30")]);
    assert_eq!(pace(told(), "03-30").as_deref(), Some("60"));
    assert_eq!(pace(told(), "03-31"), None);
    assert_eq!(pace(goal(1, &[]), "02-14"), None);
    assert_eq!(pace(told(), "01-08"), None);
    assert_eq!(pace(told(), "01-09").as_deref(), Some("0.7407"));
    let down = Measure::Decrease { start: amount("90"), target: Amount::ZERO, plan: Box::default() };
    assert_eq!(pace(GoalFacts { measure: Some(down), ..told() }, "03-01").as_deref(), Some("-1"));
    let kept = Measure::AtMost { start: None, target: amount("90"), ceiling: None };
    assert_eq!(pace(GoalFacts { measure: Some(kept), ..told() }, "03-01"), None);
}

#[test]
fn a_value_rollup_is_judged_on_the_latest_day_of_the_children_that_count() {
    let children = || vec![goal(1, &[("01-31", "31")]), goal(2, &[("02-10", "41")]), goal(3, &[])];
    let sum = |mut goals: Vec<GoalFacts>| {
        goals.push(rolled_up(9, Source::Sum, 3));
        judged(figures(Cadence::Month, goals, "02-20").pop())
    };
    assert_eq!(sum(children()), Some((day("02-10"), "0.4556".to_owned(), Status::AtRisk)));
    let mut held = children();
    if let Some(child) = held.get_mut(1) {
        child.state = State::OnHold;
    }
    assert_eq!(sum(held), Some((day("01-31"), "0.3444".to_owned(), Status::AtRisk)));
    assert_eq!(sum(vec![]), Some((day("02-20"), "0.5667".to_owned(), Status::NoData)));
    let measured = GoalFacts { source: Source::Measurements, ..goal(1, &[]) };
    assert_eq!(sum(vec![measured]).map(|(on, ..)| on), Some(day("02-20")));
    // A child that has neither reported nor been due says nothing of the day; the others do.
    let early = |on: &str| {
        judged(
            figures(
                Cadence::Month,
                vec![goal(1, &[("01-10", "10")]), goal(2, &[]), rolled_up(9, Source::Average, 1)],
                on,
            )
            .pop(),
        )
    };
    assert_eq!(early("01-20"), Some((day("01-10"), "0.1111".to_owned(), Status::OnTrack)));
}

#[test]
fn an_objective_is_judged_today_over_what_its_goals_are_judged_by() {
    let objective = GoalFacts { measure: None, ..rolled_up(9, Source::Children, 1) };
    let found = judged(figures(Cadence::Month, vec![goal(1, &[("01-31", "31")]), objective], "02-20").pop());
    assert_eq!(found, Some((day("02-20"), "0.3444".to_owned(), Status::OnTrack)));
}

#[test]
fn whether_a_goal_is_over_is_decided_by_today() {
    let budget = Measure::AtMost { start: None, target: amount("100"), ceiling: None };
    let kept = || GoalFacts { measure: Some(budget.clone()), ..goal(1, &[("01-31", "31")]) };
    let at = |on| alone(Cadence::Month, kept(), on).map(|figures| (figures.standing.status, figures.standing.result));
    assert_eq!(at("03-30"), Some((Status::OnTrack, None)));
    assert_eq!(at("03-31"), Some((Status::Achieved, Some(Outcome::Succeeded))));
}

#[test]
fn only_an_active_goal_asks_for_attention() {
    let at = |goal, on| attention(alone(Cadence::Week, goal, on));
    // The first due day is Friday 2 January.
    assert_eq!(at(goal(1, &[]), "01-02"), []);
    assert_eq!(at(goal(1, &[]), "01-03"), [Attention::NoData]);
    assert_eq!(at(goal(1, &[]), "01-15"), [Attention::NoData]);
    assert_eq!(at(goal(1, &[]), "01-16"), [Attention::Stale, Attention::NoData]);
    assert_eq!(at(GoalFacts { state: State::Draft, ..goal(1, &[]) }, "01-16"), []);
    let told = || goal(1, &[("01-09", "9")]);
    assert_eq!(at(told(), "01-11"), []);
    // Judged on Friday 16 January from the 19th on: 16/90 − 9/90; on the 23rd from the 26th on: 23/90 − 9/90.
    assert_eq!(at(told(), "01-23"), []);
    assert_eq!(at(told(), "01-24"), [Attention::Stale]);
    assert_eq!(at(told(), "01-26"), [Attention::AtRisk, Attention::Stale]);
    assert_eq!(at(told(), "02-16"), [Attention::OffTrack, Attention::Stale]);
    let stale = alone(Cadence::Week, told(), "02-16").is_some_and(|figures| figures.standing.is_stale());
    assert!(stale && at(GoalFacts { state: State::Completed, ..told() }, "02-16").is_empty());
    assert_eq!(attention(alone(Cadence::None, goal(1, &[]), "03-01")), []);
}

#[test]
fn an_allocation_gap_asks_for_attention_only_with_children() {
    let sum = |children: Vec<GoalFacts>, targets| {
        let mut goals = children;
        goals.push(rolled_up(9, Source::Sum, targets));
        attention(figures(Cadence::None, goals, "01-02").pop())
    };
    let told = || goal(1, &[("01-01", "1")]);
    assert_eq!(sum(vec![told()], 2), [Attention::AllocationGap]);
    assert_eq!(sum(vec![told()], 1), []);
    assert_eq!(sum(vec![], 2), []);
    assert_eq!(sum(vec![GoalFacts { state: State::Draft, ..told() }], 2), []);
}

#[test]
fn the_next_due_day_is_the_first_from_today_on_that_is_not_covered() {
    let next = |goal, on| alone(Cadence::Week, goal, on).and_then(|figures| figures.standing.next_due_on);
    assert_eq!(next(goal(1, &[]), "01-01"), Some(day("01-02")));
    assert_eq!(next(goal(1, &[]), "01-03"), Some(day("01-09")));
    assert_eq!(next(goal(1, &[("01-08", "9")]), "01-08"), Some(day("01-16")));
    assert_eq!(next(goal(1, &[("03-26", "9")]), "03-27"), None);
    assert_eq!(next(GoalFacts { state: State::OnHold, ..goal(1, &[]) }, "01-01"), None);
    assert_eq!(next(rolled_up(1, Source::Sum, 1), "01-01"), None);
}

#[test]
fn a_completed_goals_facts_end_on_its_completion_day() {
    let told = || goal(1, &[("01-10", "10"), ("01-20", "90")]);
    let completed = GoalFacts { state: State::Completed, completed_on: Some(day("01-15")), ..told() };
    let found = alone(Cadence::None, completed, "02-14").map(|figures| figures.standing);
    assert_eq!(found.and_then(|standing| standing.value).map(|value| value.to_string()).as_deref(), Some("10"));
    assert_eq!(
        found.and_then(|standing| standing.expected).map(|expected| expected.to_string()).as_deref(),
        Some("0.5")
    );
    assert_eq!(found.and_then(|standing| standing.result), Some(Outcome::Missed));
    let reopened = GoalFacts { completed_on: Some(day("01-15")), ..told() };
    let value = alone(Cadence::None, reopened, "02-14").and_then(|figures| figures.standing.value);
    assert_eq!(value.map(|value| value.to_string()).as_deref(), Some("90"));
}

#[test]
fn beyond_its_bound_a_value_is_null_with_the_reason_and_so_is_a_sum_over_it() {
    let window = Window::of_months(day("01-01"), 3).unwrap_or_else(|| unreachable!());
    let largest = Measure::Increase { start: Amount::ZERO, target: Amount::MAX, plan: Box::default() };
    let evaluated = |children: u128| {
        let sum = |number| GoalFacts { measure: Some(largest.clone()), ..rolled_up(number, Source::Sum, 1) };
        let link = |parent| Link { parent: id(parent), weight: Weight::ONE, primary: true };
        let (mut goals, mut links) = (vec![sum(1), sum(2)], vec![(id(1), link(2))]);
        for number in 10..10 + children {
            goals.push(GoalFacts { measure: Some(largest.clone()), ..goal(number, &[("01-01", "900000000000000")]) });
            links.push((id(number), link(1)));
        }
        evaluate(
            &ForestFacts { cycles: vec![(CYCLE, CycleRules::of(window))], goals, links, ..ForestFacts::default() },
            day("02-14"),
        )
    };
    let within = evaluated(1_000);
    let first = within.get(&id(1));
    assert_eq!(
        first.and_then(|figures| figures.standing.value).map(|value| value.to_string()).as_deref(),
        Some("900000000000000000")
    );
    assert_eq!(first.map(|figures| (figures.forecast, figures.out_of_range.forecast)), Some((None, true)));
    let beyond = evaluated(1_001);
    for number in [1, 2] {
        let standing = beyond.get(&id(number)).map(|figures| figures.standing);
        assert_eq!(standing.map(|standing| (standing.value, standing.value_out_of_range)), Some((None, true)));
        assert_eq!(standing.map(|standing| (standing.has_data, standing.status)), Some((false, Status::NoData)));
    }
    assert!(
        beyond.get(&id(1)).is_some_and(|figures| figures.out_of_range.allocated && figures.out_of_range.allocation_gap)
    );
}

#[test]
fn an_average_leaves_out_a_child_beyond_its_bound() {
    let mut goals = vec![goal(1, &[("01-01", "7")]), goal(2, &[])];
    let largest = || Statement::Increment(Amount::MAX);
    if let Some(child) = goals.get_mut(1) {
        child.check_ins = CheckIns::in_order(
            (0..1_001).map(|key| (key, CheckInFact { effective_on: day("01-01"), statement: largest() })),
        );
    }
    goals.push(rolled_up(9, Source::Average, 1));
    let found = figures(Cadence::None, goals, "02-14");
    assert_eq!(found.get(1).map(|figures| figures.out_of_range.value), Some(true));
    let average = found.get(2).and_then(|figures| figures.standing.value);
    assert_eq!(average.map(|value| value.to_string()).as_deref(), Some("7"));
}

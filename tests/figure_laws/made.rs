//! Random forests, and random changes of them.

use chrono::{Days, NaiveDate, Weekday};
use goaltree::domain::amount::{Amount, Weight};
use goaltree::domain::calendar::Window;
use goaltree::domain::check_ins::{CheckInFact, CheckIns, Statement, StepIds};
use goaltree::domain::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use goaltree::domain::forest::Changes;
use goaltree::domain::formula::{Code, MetricFormula, ProgressFormula};
use goaltree::domain::ids::{CycleId, GoalId, MetricId, PersonId, UnitId};
use goaltree::domain::measure::{Measure, PlanPoint, Step};
use goaltree::domain::measured::{Aggregation, MeasuredDay, Measurement, MetricRules, Origin, Subject};
use goaltree::domain::rhythm::Rhythm;
use goaltree::domain::words::{Cadence, GoalKind, PeopleAggregation, Source, State, TimeAggregation};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
pub(crate) const GOALS: u128 = 12;
pub(crate) const CYCLES: u128 = 3;
pub(crate) const METRICS: u128 = 6;
pub(crate) const UNITS: u128 = 5;
pub(crate) const PEOPLE: u128 = 3;

pub(crate) fn goal_id(number: u128) -> GoalId {
    GoalId(Uuid::from_u128(number))
}

pub(crate) fn cycle_id(number: u128) -> CycleId {
    CycleId(Uuid::from_u128(100 + number))
}

pub(crate) fn metric_id(number: u128) -> MetricId {
    MetricId(Uuid::from_u128(200 + number))
}

pub(crate) fn unit_id(number: u128) -> UnitId {
    UnitId(Uuid::from_u128(300 + number))
}

pub(crate) fn person_id(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(400 + number))
}

pub(crate) fn new_year() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
}

pub(crate) fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..130).prop_map(|days| new_year() - Days::new(5) + Days::new(days))
}

/// Small values, fine ones and huge ones.
pub(crate) fn amount() -> impl Strategy<Value = Amount> {
    let largest = Amount::MAX.units();
    let units = prop_oneof![
        6 => (-200_i64..=1_000).prop_map(|whole| whole * 10_000),
        3 => -3_000_000_i64..=3_000_000,
        1 => -largest..=largest,
    ];
    units.prop_map(|units| Amount::from_units(units).expect("in range"))
}

pub(crate) fn weight() -> impl Strategy<Value = Weight> {
    let units = prop_oneof![1 => Just(0_i64), 4 => Just(10_000), 4 => 1_i64..=1_000_000];
    units.prop_map(|units| Weight::from_units(units).expect("in range"))
}

/// Two amounts, the first below the second.
pub(crate) fn ascending() -> impl Strategy<Value = (Amount, Amount)> {
    (amount(), amount()).prop_filter_map("two amounts", |(a, b)| (a != b).then(|| (a.min(b), a.max(b))))
}

pub(crate) fn plan() -> impl Strategy<Value = Box<[PlanPoint]>> {
    let days = subsequence((1_u64..25).collect::<Vec<_>>(), 0..3);
    (days, amount(), amount()).prop_map(|(days, first, second)| {
        let point = |(days, value)| PlanPoint { date: new_year() + Days::new(days), value };
        days.into_iter().zip([first, second]).map(point).collect()
    })
}

pub(crate) fn measure() -> BoxedStrategy<Measure> {
    let some = || proptest::option::of(amount());
    prop_oneof![
        4 => (ascending(), plan()).prop_map(|((start, target), plan)| Measure::Increase { start, target, plan }),
        2 => (ascending(), plan()).prop_map(|((target, start), plan)| Measure::Decrease { start, target, plan }),
        1 => (some(), ascending(), any::<bool>()).prop_map(|(start, (floor, target), given)| Measure::AtLeast {
            start,
            target,
            floor: given.then_some(floor),
        }),
        1 => (some(), ascending(), any::<bool>()).prop_map(|(start, (target, ceiling), given)| Measure::AtMost {
            start,
            target,
            ceiling: given.then_some(ceiling),
        }),
        1 => (some(), ascending(), some()).prop_map(|(start, (lo, hi), tolerance)| Measure::Between {
            start,
            lo,
            hi,
            tolerance: tolerance.filter(|tolerance| *tolerance > Amount::ZERO),
        }),
        1 => (weight(), weight()).prop_map(|(first, second)| {
            let step = |id: &str, weight| Step { id: id.to_owned(), title: String::new(), weight };
            Measure::Milestone { steps: Box::new([step("a", first), step("b", second), step("c", Weight::ONE)]) }
        }),
    ]
    .boxed()
}

pub(crate) fn statement() -> impl Strategy<Value = Statement> {
    let steps = subsequence(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], 0..=3);
    prop_oneof![
        4 => amount().prop_map(Statement::Value),
        2 => amount().prop_map(Statement::Increment),
        2 => steps.prop_map(|steps| Statement::Steps(Box::new(StepIds(steps)))),
        1 => Just(Statement::Unchanged),
    ]
}

pub(crate) fn check_in() -> BoxedStrategy<CheckInFact> {
    (day(), statement()).prop_map(|(effective_on, statement)| CheckInFact { effective_on, statement }).boxed()
}

pub(crate) fn state() -> impl Strategy<Value = State> {
    let rest = [State::Draft, State::PendingApproval, State::OnHold, State::Cancelled, State::Completed];
    prop_oneof![5 => Just(State::Active), 2 => select(rest.to_vec())]
}

pub(crate) fn source() -> impl Strategy<Value = Source> {
    let rolled_up = [Source::Average, Source::WeightedAverage, Source::Min, Source::Max];
    prop_oneof![
        4 => Just(Source::CheckIns),
        2 => Just(Source::Sum),
        2 => select(rolled_up.to_vec()),
        3 => Just(Source::Measurements),
        3 => Just(Source::Children),
        1 => Just(Source::KeyResults),
    ]
}

pub(crate) fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        (0..PEOPLE).prop_map(|person| Subject::Person(person_id(person))),
        (0..UNITS).prop_map(|unit| Subject::Unit(unit_id(unit))),
    ]
}

/// The first three are measured, each of the others is computed from those before it.
pub(crate) fn metric_rules(number: u128) -> BoxedStrategy<(MetricId, MetricRules)> {
    use PeopleAggregation as People;
    use TimeAggregation::{Average, Last, Max, Min, Sum};
    let aggregation = (
        select(vec![Sum, Sum, Last, Last, Average, Min, Max]),
        select(vec![People::Sum, People::Average, People::Min, People::Max]),
        any::<bool>(),
    );
    let measured = aggregation.prop_map(|(time, people, empty)| {
        let empty_is_zero = empty && time == Sum && people == People::Sum;
        Origin::Measured(Aggregation { time, people, empty_is_zero })
    });
    let formulas = match number {
        0..3 => vec![],
        3 => vec!["m0 / m1", "m0 - prev(m1)", "coalesce(m2, 0) + m0", "if(m0 > prev(m0), m1, m0 * 1000000)"],
        4 => vec!["m3 * 3 - m2", "prev(m3) / m3", "max(m3, prev(m0))"],
        _ => vec!["m4 + m3 + prev(m4)", "m0 + m1 + m2"],
    };
    let codes: BTreeSet<Code> = (0..number).filter_map(|code| Code::new(&format!("m{code}"))).collect();
    let computed = move |text: &str| {
        let formula = MetricFormula::parse(text, &codes).expect("a formula");
        let metric = |code: &Code| code.as_str().strip_prefix('m')?.parse().ok().map(metric_id);
        Origin::Computed(formula.resolve(metric).expect("known metrics"))
    };
    let origin = if formulas.is_empty() { measured.boxed() } else { select(formulas).prop_map(computed).boxed() };
    let progress = vec!["value / target", "(value - start) / (coalesce(target, 100) - start)", "value * 0 + 0.5"];
    let progress = proptest::option::weighted(0.2, select(progress));
    (origin, progress)
        .prop_map(move |(origin, progress)| {
            let progress = progress.map(|text| ProgressFormula::parse(text).expect("a formula"));
            (metric_id(number), MetricRules { origin, progress })
        })
        .boxed()
}

/// Each unit under one before it, or under none.
pub(crate) fn units() -> BoxedStrategy<Vec<(UnitId, Option<UnitId>)>> {
    let above: Vec<_> = (0..UNITS).map(|unit| 0..=unit).collect();
    above
        .prop_map(|above| {
            let unit = |(number, above): (u128, u128)| (unit_id(number), above.checked_sub(1).map(unit_id));
            (0..UNITS).zip(above).map(unit).collect()
        })
        .boxed()
}

/// What was measured of someone on a day, in one unit or another; at times nothing any more.
pub(crate) fn measured_day() -> BoxedStrategy<MeasuredDay> {
    let dimensions = select(vec!["", "", "a", "b"]);
    let rows = proptest::collection::vec((0..UNITS, amount(), dimensions), 0..3);
    (0_u128..3, subject(), day(), rows)
        .prop_map(|(metric, subject, on, rows)| {
            let row = |(unit, value, dimensions): (u128, Amount, &str)| {
                let unit = if let Subject::Unit(unit) = subject { unit } else { unit_id(unit) };
                Measurement { unit, value, dimensions: dimensions.into() }
            };
            let measurements = rows.into_iter().map(row).collect();
            MeasuredDay { metric: metric_id(metric), subject, on, measurements }
        })
        .boxed()
}

/// The days as they are when they were told one after the other, those with nothing left out.
pub(crate) fn put_days(days: Vec<MeasuredDay>) -> Vec<MeasuredDay> {
    let told: BTreeMap<_, _> = days.into_iter().map(|day| ((day.metric, day.subject, day.on), day)).collect();
    told.into_values().filter(|day| !day.measurements.is_empty()).collect()
}

pub(crate) fn goal(number: u128) -> BoxedStrategy<GoalFacts> {
    let what = (0..CYCLES, select(vec![GoalKind::Objective, GoalKind::KeyResult, GoalKind::Kpi]), state(), source());
    let days = (proptest::option::weighted(0.3, (day(), 0_u64..60)), proptest::option::of(day()));
    let check_ins = proptest::collection::vec(check_in(), 0..5);
    (what, measure(), (0..=METRICS, proptest::option::weighted(0.9, subject())), days, any::<bool>(), check_ins)
        .prop_map(move |goal| {
            let (what, measure, (metric, scope), (window, completed_on), aspirational, check_ins) = goal;
            let (cycle, kind, state, source) = what;
            GoalFacts {
                id: goal_id(number),
                cycle: cycle_id(cycle),
                kind,
                state,
                source,
                measure: (!matches!(source, Source::Children | Source::KeyResults)).then_some(measure),
                metric: metric.checked_sub(1).map(metric_id),
                scope: scope.map(Box::new),
                window: window.and_then(|(first, days)| Window::new(first, first + Days::new(days))),
                aspirational,
                completed_on: completed_on.filter(|_| state == State::Completed),
                check_ins: CheckIns::in_order(check_ins.into_iter().enumerate()),
            }
        })
        .boxed()
}

pub(crate) fn rules() -> BoxedStrategy<CycleRules> {
    let cadences = vec![Cadence::None, Cadence::Workday, Cadence::Week, Cadence::TwoWeeks, Cadence::Month];
    let rhythm =
        (select(cadences), 0_u8..7, 1_u8..=31, 0_u16..4).prop_map(|(cadence, weekday, month_day, grace_days)| {
            let weekday = Weekday::try_from(weekday).expect("a weekday");
            Rhythm { cadence, weekday, month_day, grace_days }
        });
    (0_u64..40, 1_u64..90, rhythm)
        .prop_map(|(after, days, rhythm)| {
            let first = new_year() + Days::new(after);
            CycleRules { rhythm, ..CycleRules::of(Window::new(first, first + Days::new(days)).expect("a window")) }
        })
        .boxed()
}

/// The links of a goal to some of those that come before it: up to three, the first one primary.
pub(crate) fn links(parents: Vec<u128>) -> BoxedStrategy<Vec<Link>> {
    let most = parents.len().min(3);
    let primary = proptest::bool::weighted(0.8);
    (subsequence(parents, 0..=most).prop_shuffle(), [weight(), weight(), weight()], primary)
        .prop_map(|(parents, weights, primary)| {
            let link = |(at, (parent, weight))| Link { parent: goal_id(parent), weight, primary: primary && at == 0 };
            parents.into_iter().zip(weights).enumerate().map(link).collect()
        })
        .boxed()
}

pub(crate) fn forest() -> BoxedStrategy<ForestFacts> {
    let goals: Vec<_> = (0..GOALS).map(goal).collect();
    let all_links: Vec<_> = (0..GOALS).map(|child| links((0..child).collect())).collect();
    let cycles = proptest::collection::vec(rules(), 3);
    let metrics: Vec<_> = (0..METRICS).map(metric_rules).collect();
    let measured = (metrics, units(), proptest::collection::vec(measured_day(), 0..25));
    (cycles, goals, all_links, measured)
        .prop_map(|(cycles, goals, links, (metrics, units, measured))| ForestFacts {
            metrics,
            units,
            measured: put_days(measured),
            cycles: (0..CYCLES).map(cycle_id).zip(cycles).collect(),
            links: goals
                .iter()
                .zip(links)
                .flat_map(|(goal, links)| links.into_iter().map(|link| (goal.id, link)))
                .collect(),
            goals,
        })
        .boxed()
}

/// One step forward: goals with other facts, other links (anywhere, loops included), goals gone, other rules, a day.
pub(crate) fn changes() -> BoxedStrategy<Changes> {
    let changed_goal = || (0..GOALS + 2).prop_flat_map(goal);
    let changed_links = || {
        let child = (0..GOALS, links((0..GOALS).collect()));
        child.prop_map(|(child, links)| (goal_id(child), links))
    };
    let nothing = Changes::default;
    let metrics = (0..METRICS).prop_flat_map(metric_rules);
    prop_oneof![
        4 => proptest::collection::vec(measured_day(), 1..3).prop_map(move |measured| Changes { measured, ..nothing() }),
        1 => metrics.prop_map(move |metric| Changes { metrics: vec![metric], ..nothing() }),
        1 => units().prop_map(move |units| Changes { units: Some(units), ..nothing() }),
        4 => changed_goal().prop_map(move |goal| Changes { goals: vec![goal], ..nothing() }),
        4 => changed_links().prop_map(move |links| Changes { links: vec![links], ..nothing() }),
        1 => (changed_goal(), changed_links(), changed_links())
            .prop_filter("two goals", |(_, one, other)| one.0 != other.0)
            .prop_map(move |(goal, one, other)| Changes { goals: vec![goal], links: vec![one, other], ..nothing() }),
        1 => (0..GOALS).prop_map(move |goal| Changes { gone: vec![goal_id(goal)], ..nothing() }),
        1 => (0..CYCLES, rules()).prop_map(move |(cycle, rules)| Changes { cycles: vec![(cycle_id(cycle), rules)], ..nothing() }),
        1 => day().prop_map(move |day| Changes { day: Some(day), ..nothing() }),
    ].boxed()
}

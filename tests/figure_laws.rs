//! Laws that hold for the figures of every forest.

#![expect(clippy::expect_used, reason = "a test ends where its own data is wrong")]

use chrono::{Days, NaiveDate, Weekday};
use goaltree::domain::amount::{Amount, Weight};
use goaltree::domain::calendar::Window;
use goaltree::domain::check_ins::{CheckInFact, CheckIns, Statement, StepIds};
use goaltree::domain::derived::Fraction;
use goaltree::domain::evaluate::evaluate;
use goaltree::domain::facts::{CycleRules, ForestFacts, GoalFacts, Link};
use goaltree::domain::figures::Figures;
use goaltree::domain::forest::{Changes, Forest, Refusal};
use goaltree::domain::ids::{CycleId, GoalId, MetricId};
use goaltree::domain::measure::{Measure, PlanPoint, Step};
use goaltree::domain::rhythm::Rhythm;
use goaltree::domain::rollup::{Contributor, left_out};
use goaltree::domain::words::{Cadence, GoalKind, Source, State, Status};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;
use uuid::Uuid;

const GOALS: u128 = 12;
const CYCLES: u128 = 3;

fn goal_id(number: u128) -> GoalId {
    GoalId(Uuid::from_u128(number))
}

fn cycle_id(number: u128) -> CycleId {
    CycleId(Uuid::from_u128(100 + number))
}

fn new_year() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..130).prop_map(|days| new_year() - Days::new(5) + Days::new(days))
}

/// Small values, fine ones and huge ones.
fn amount() -> impl Strategy<Value = Amount> {
    let largest = Amount::MAX.units();
    let units = prop_oneof![
        6 => (-200_i64..=1_000).prop_map(|whole| whole * 10_000),
        3 => -3_000_000_i64..=3_000_000,
        1 => -largest..=largest,
    ];
    units.prop_map(|units| Amount::from_units(units).expect("in range"))
}

fn weight() -> impl Strategy<Value = Weight> {
    let units = prop_oneof![1 => Just(0_i64), 4 => Just(10_000), 4 => 1_i64..=1_000_000];
    units.prop_map(|units| Weight::from_units(units).expect("in range"))
}

/// Two amounts, the first below the second.
fn ascending() -> impl Strategy<Value = (Amount, Amount)> {
    (amount(), amount()).prop_filter_map("two amounts", |(a, b)| (a != b).then(|| (a.min(b), a.max(b))))
}

fn plan() -> impl Strategy<Value = Box<[PlanPoint]>> {
    let days = subsequence((1_u64..25).collect::<Vec<_>>(), 0..3);
    (days, amount(), amount()).prop_map(|(days, first, second)| {
        let point = |(days, value)| PlanPoint { date: new_year() + Days::new(days), value };
        days.into_iter().zip([first, second]).map(point).collect()
    })
}

fn measure() -> BoxedStrategy<Measure> {
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

fn statement() -> impl Strategy<Value = Statement> {
    let steps = subsequence(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], 0..=3);
    prop_oneof![
        4 => amount().prop_map(Statement::Value),
        2 => amount().prop_map(Statement::Increment),
        2 => steps.prop_map(|steps| Statement::Steps(Box::new(StepIds(steps)))),
        1 => Just(Statement::Unchanged),
    ]
}

fn check_in() -> BoxedStrategy<CheckInFact> {
    (day(), statement()).prop_map(|(effective_on, statement)| CheckInFact { effective_on, statement }).boxed()
}

fn state() -> impl Strategy<Value = State> {
    let rest = [State::Draft, State::PendingApproval, State::OnHold, State::Cancelled, State::Completed];
    prop_oneof![5 => Just(State::Active), 2 => select(rest.to_vec())]
}

fn source() -> impl Strategy<Value = Source> {
    let rolled_up = [Source::Average, Source::WeightedAverage, Source::Min, Source::Max, Source::Measurements];
    prop_oneof![
        4 => Just(Source::CheckIns),
        2 => Just(Source::Sum),
        2 => select(rolled_up.to_vec()),
        3 => Just(Source::Children),
        1 => Just(Source::KeyResults),
    ]
}

fn goal(number: u128) -> BoxedStrategy<GoalFacts> {
    let what = (0..CYCLES, select(vec![GoalKind::Objective, GoalKind::KeyResult, GoalKind::Kpi]), state(), source());
    let days = (proptest::option::weighted(0.3, (day(), 0_u64..60)), proptest::option::of(day()));
    let check_ins = proptest::collection::vec(check_in(), 0..5);
    (what, measure(), 0_u128..3, days, any::<bool>(), check_ins)
        .prop_map(move |goal| {
            let ((cycle, kind, state, source), measure, metric, (window, completed_on), aspirational, check_ins) = goal;
            GoalFacts {
                id: goal_id(number),
                cycle: cycle_id(cycle),
                kind,
                state,
                source,
                measure: (!matches!(source, Source::Children | Source::KeyResults)).then_some(measure),
                metric: metric.checked_sub(1).map(|metric| MetricId(Uuid::from_u128(metric))),
                window: window.and_then(|(first, days)| Window::new(first, first + Days::new(days))),
                aspirational,
                completed_on: completed_on.filter(|_| state == State::Completed),
                check_ins: CheckIns::in_order(check_ins.into_iter().enumerate()),
            }
        })
        .boxed()
}

fn rules() -> BoxedStrategy<CycleRules> {
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
fn links(parents: Vec<u128>) -> BoxedStrategy<Vec<Link>> {
    let most = parents.len().min(3);
    let primary = proptest::bool::weighted(0.8);
    (subsequence(parents, 0..=most).prop_shuffle(), [weight(), weight(), weight()], primary)
        .prop_map(|(parents, weights, primary)| {
            let link = |(at, (parent, weight))| Link { parent: goal_id(parent), weight, primary: primary && at == 0 };
            parents.into_iter().zip(weights).enumerate().map(link).collect()
        })
        .boxed()
}

fn forest() -> BoxedStrategy<ForestFacts> {
    let goals: Vec<_> = (0..GOALS).map(goal).collect();
    let all_links: Vec<_> = (0..GOALS).map(|child| links((0..child).collect())).collect();
    let cycles = proptest::collection::vec(rules(), 3);
    (cycles, goals, all_links)
        .prop_map(|(cycles, goals, links)| ForestFacts {
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
fn changes() -> BoxedStrategy<Changes> {
    let changed_goal = || (0..GOALS + 2).prop_flat_map(goal);
    let changed_links = || {
        let child = (0..GOALS, links((0..GOALS).collect()));
        child.prop_map(|(child, links)| (goal_id(child), links))
    };
    let nothing = Changes::default;
    prop_oneof![
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

/// The same change made to plain facts.
fn change(facts: &mut ForestFacts, changes: &Changes) {
    let is_gone = |goal: &GoalId| changes.gone.contains(goal);
    facts.goals.retain(|goal| !is_gone(&goal.id) && changes.goals.iter().all(|changed| changed.id != goal.id));
    facts.goals.extend(changes.goals.iter().cloned());
    facts.links.retain(|(child, link)| !is_gone(child) && !is_gone(&link.parent));
    facts.links.retain(|(child, _)| changes.links.iter().all(|(changed, _)| changed != child));
    let links = changes.links.iter().flat_map(|(child, links)| links.iter().map(|link| (*child, *link)));
    facts.links.extend(links);
    facts.cycles.retain(|(cycle, _)| changes.cycles.iter().all(|(changed, _)| changed != cycle));
    facts.cycles.extend(&changes.cycles);
}

fn all_figures(forest: &Forest) -> BTreeMap<GoalId, Figures> {
    let ids = forest.goals().map(|(goal, _)| goal.id);
    ids.map(|goal| (goal, forest.figures(goal).expect("figures of every goal"))).collect()
}

/// The goals linked under one, as the forest and the evaluator see them.
fn counted<'a>(
    facts: &'a ForestFacts,
    figures: &'a BTreeMap<GoalId, Figures>,
    parent: &'a GoalFacts,
) -> Vec<Contributor<'a>> {
    let links = facts.links.iter().filter(|(_, link)| link.parent == parent.id);
    let contributor = |(child, link): &'a (GoalId, Link)| Contributor {
        goal: facts.goals.iter().find(|goal| goal.id == *child).expect("a goal"),
        standing: &figures.get(child).expect("figures").standing,
        weight: link.weight,
        primary: link.primary,
    };
    links.map(contributor).filter(|child| left_out(parent, child).is_none()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever changes, in whatever order: the forest in memory equals the plain evaluator bit for bit, tells exactly
    /// which goals moved, and refuses loops without a trace.
    #[test]
    fn incremental_equals_full(facts in forest(), first in day(), steps in proptest::collection::vec(changes(), 1..12)) {
        let (mut facts, mut day) = (facts, first);
        let mut forest = Forest::new(facts.clone(), day).expect("no loops");
        prop_assert_eq!(all_figures(&forest), evaluate(&facts, day));
        for changes in steps {
            let before = all_figures(&forest);
            let mut changed = facts.clone();
            change(&mut changed, &changes);
            let then = changes.day.unwrap_or(day);
            let expected = evaluate(&changed, then);
            match forest.apply(changes) {
                Ok(mut moved) => {
                    (facts, day) = (changed, then);
                    let after = all_figures(&forest);
                    prop_assert_eq!(&after, &expected);
                    moved.sort_unstable();
                    let stands = |figures: Option<&Figures>| figures.map(|figures| figures.standing);
                    let elsewhere = after.keys().filter(|goal| stands(after.get(goal)) != stands(before.get(goal)));
                    prop_assert_eq!(moved, elsewhere.copied().collect::<Vec<_>>());
                }
                Err(Refusal::Loop(path)) => {
                    prop_assert!(expected.len() < changed.goals.len(), "a loop has no figures");
                    for (at, goal) in path.iter().enumerate() {
                        let next = path.get(at + 1).or(path.first()).copied();
                        let served = changed.links.iter().any(|(child, link)| child == goal && Some(link.parent) == next);
                        prop_assert!(served, "{goal} serves the next one of the loop");
                    }
                    prop_assert_eq!(all_figures(&forest), before);
                }
                Err(Refusal::UnknownGoal(goal)) => {
                    prop_assert!(facts.goals.iter().all(|known| known.id != goal));
                    prop_assert_eq!(all_figures(&forest), before);
                }
                Err(refusal) => prop_assert!(false, "{refusal}"),
            }
        }
        let mut known = forest.facts();
        known.goals.sort_by_key(|goal| goal.id);
        facts.goals.sort_by_key(|goal| goal.id);
        prop_assert_eq!(known.goals, facts.goals);
    }

    /// Progress and expectation lie in [0, 1] and attainment in ±10^9; a mean lies among what it is the mean of.
    #[test]
    fn bounded(facts in forest(), day in day()) {
        let figures = evaluate(&facts, day);
        prop_assert_eq!(figures.len(), facts.goals.len());
        let held = Fraction::from_units(i128::MAX);
        for goal in &facts.goals {
            let standing = figures.get(&goal.id).expect("figures").standing;
            for fraction in [standing.progress, standing.expected].into_iter().flatten() {
                prop_assert!(Fraction::ZERO <= fraction && fraction <= Fraction::ONE);
            }
            prop_assert!(standing.attainment.is_none_or(|attained| Fraction::from_units(i128::MIN) <= attained && attained <= held));
            if goal.measure.is_none() {
                let parts: Vec<_> = counted(&facts, &figures, goal).iter().map(|child| child.standing.progress).collect();
                prop_assert!(parts.iter().min().copied().flatten() <= standing.progress);
                prop_assert!(standing.progress <= parts.iter().max().copied().flatten());
            }
            prop_assert!(standing.judged_on <= day);
            prop_assert_eq!(standing.result.is_some(), standing.over);
            prop_assert!(standing.has_data || standing.status == Status::NoData);
        }
    }

    /// In which order facts are told changes nothing.
    #[test]
    fn order_independence(
        (facts, shuffled) in forest().prop_flat_map(|facts| {
            let goals = Just(facts.goals.clone()).prop_shuffle();
            let links = Just(facts.links.clone()).prop_shuffle();
            let cycles = facts.cycles.clone();
            let shuffled = (goals, links).prop_map(move |(goals, links)| ForestFacts { cycles: cycles.clone(), goals, links });
            (Just(facts), shuffled)
        }),
        day in day(),
    ) {
        prop_assert_eq!(evaluate(&facts, day), evaluate(&shuffled, day));
    }

    /// All weights times the same factor change nothing.
    #[test]
    fn scale_free_weights(facts in forest(), factor in 2_i64..=1_000, day in day()) {
        let mut scaled = facts.clone();
        for (_, link) in &mut scaled.links {
            link.weight = Weight::from_units(link.weight.units() * factor).expect("in range");
        }
        prop_assert_eq!(evaluate(&facts, day), evaluate(&scaled, day));
    }

    /// A goal in which one goal alone counts stands where that one stands.
    #[test]
    fn one_child_equals_its_parent(facts in forest(), day in day()) {
        let figures = evaluate(&facts, day);
        for goal in &facts.goals {
            let standing = figures.get(&goal.id).expect("figures").standing;
            let counted = counted(&facts, &figures, goal);
            let [child] = counted.as_slice() else { continue };
            if goal.measure.is_none() {
                prop_assert_eq!(standing.progress, child.standing.progress);
                prop_assert_eq!(standing.attainment, child.standing.attainment);
                prop_assert_eq!(standing.expected, child.standing.expected);
                prop_assert_eq!(standing.has_data, child.standing.has_data);
            } else if child.standing.has_data && child.standing.value.is_some() {
                prop_assert_eq!(standing.value, child.standing.value);
            }
        }
    }

    /// A goal that is cancelled, or linked without weight, changes nothing else.
    #[test]
    fn a_cancelled_child_changes_nothing_else(
        facts in forest(),
        added in goal(GOALS),
        up in links((0..GOALS).collect()),
        is_cancelled in any::<bool>(),
        day in day(),
    ) {
        let mut with = facts.clone();
        let state = if is_cancelled { State::Cancelled } else { added.state };
        let weightless = |link: Link| Link { weight: Weight::ZERO, ..link };
        with.links.extend(up.into_iter().map(|link| (added.id, if is_cancelled { link } else { weightless(link) })));
        with.goals.push(GoalFacts { state, ..added });
        let mut figures = evaluate(&with, day);
        figures.remove(&goal_id(GOALS));
        prop_assert_eq!(evaluate(&facts, day), figures);
    }

    /// A link that would close a loop is named with its whole way; any other may be made.
    #[test]
    fn would_loop_tells_what_apply_refuses(facts in forest(), child in 0..GOALS, parent in 0..GOALS) {
        let (child, parent) = (goal_id(child), goal_id(parent));
        let mut forest = Forest::new(facts, new_year()).expect("no loops");
        let mut links: Vec<Link> = forest.links(child).filter(|link| link.parent != parent).collect();
        links.push(Link { parent, weight: Weight::ONE, primary: false });
        let way = forest.would_loop(child, parent);
        let refusal = forest.apply(Changes { links: vec![(child, links)], ..Changes::default() }).err();
        prop_assert_eq!(way.is_some(), refusal.is_some());
        prop_assert!(way.is_none_or(|way| way.first() == Some(&child)));
    }

    /// When the cascade is completed no active goal counts in the goal any more, and it keeps its progress.
    #[test]
    fn a_cascade_leaves_no_active_goal_that_counts(facts in forest(), goal in 0..GOALS, day in day()) {
        let goal = goal_id(goal);
        let mut forest = Forest::new(facts, day).expect("no loops");
        let cascade = forest.completion_cascade(goal);
        prop_assert_eq!(cascade.is_empty(), forest.active_contributors(goal).is_empty());
        for child in cascade {
            prop_assert!(forest.active_contributors(child).is_empty(), "what counts in it is completed before");
            let facts = forest.goal(child).expect("a goal").clone();
            let completed = GoalFacts { state: State::Completed, completed_on: Some(day), ..facts };
            forest.apply(Changes { goals: vec![completed], ..Changes::default() }).expect("completed");
        }
        prop_assert!(forest.active_contributors(goal).is_empty());
    }
}

//! Laws that hold for the figures of every forest.

#![expect(clippy::expect_used, reason = "a test ends where its own data is wrong")]

mod explained;
mod made;
mod measured;

use goaltree::domain::amount::Weight;
use goaltree::domain::check_ins::CheckIns;
use goaltree::domain::derived::Fraction;
use goaltree::domain::evaluate::evaluate;
use goaltree::domain::facts::{ForestFacts, GoalFacts, Link};
use goaltree::domain::figures::Figures;
use goaltree::domain::forest::{Changes, Forest, Refusal};
use goaltree::domain::ids::GoalId;
use goaltree::domain::measured::Subject;
use goaltree::domain::rollup::{Contributor, left_out};
use goaltree::domain::words::{Source, State, Status};
use made::{GOALS, changes, day, forest, goal, goal_id, links, measured_day, new_year, put_days};
use proptest::prelude::*;
use std::collections::BTreeMap;

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
    facts.metrics.retain(|(metric, _)| changes.metrics.iter().all(|(changed, _)| changed != metric));
    facts.metrics.extend(changes.metrics.iter().cloned());
    facts.units = changes.units.clone().unwrap_or_else(|| std::mem::take(&mut facts.units));
    facts.measured.extend(changes.measured.iter().cloned());
    facts.measured = put_days(std::mem::take(&mut facts.measured));
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
        prop_assert_eq!(put_days(known.measured), facts.measured);
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
            let measured = Just(facts.measured.clone()).prop_shuffle();
            let (metrics, units) = (facts.metrics.clone(), facts.units.clone());
            let shuffled = (goals, links, measured).prop_map(move |(goals, links, measured)| ForestFacts {
                cycles: cycles.clone(), goals, links, metrics: metrics.clone(), units: units.clone(), measured,
            });
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

    /// A day's figures are those of the facts up to that day, whatever lies after it; so as of today is now.
    #[test]
    fn what_lies_after_the_day_changes_nothing(facts in forest(), day in day()) {
        let mut until = facts.clone();
        until.measured.retain(|measured| measured.on <= day);
        for goal in &mut until.goals {
            let told = goal.check_ins.up_to(day).iter().cloned().enumerate();
            goal.check_ins = CheckIns::in_order(told.collect::<Vec<_>>());
        }
        prop_assert_eq!(evaluate(&facts, day), evaluate(&until, day));
    }

    /// A forest that went through other days stands where one stands that is loaded as of the day.
    #[test]
    fn whichever_days_it_went_through_as_of_today_equals_now(
        facts in forest(),
        days in proptest::collection::vec(day(), 1..5),
        today in day(),
    ) {
        let mut forest = Forest::new(facts.clone(), today).expect("no loops");
        for day in days.into_iter().chain([today]) {
            forest.apply(Changes { day: Some(day), ..Changes::default() }).expect("another day");
            prop_assert_eq!(all_figures(&forest), evaluate(&facts, day));
        }
    }

    /// What is measured of one person moves nothing that is measured of another alone.
    #[test]
    fn a_measurement_moves_its_own_scopes_alone(facts in forest(), measured in measured_day(), day in day()) {
        let mut with = facts.clone();
        with.measured = put_days(facts.measured.iter().cloned().chain([measured.clone()]).collect());
        let (before, after) = (evaluate(&facts, day), evaluate(&with, day));
        for goal in facts.goals.iter().filter(|goal| goal.source == Source::Measurements) {
            let other_person = matches!(goal.scope.as_deref(), Some(Subject::Person(_)))
                && goal.scope.as_deref() != Some(&measured.subject);
            if other_person || measured.on > day {
                prop_assert_eq!(before.get(&goal.id), after.get(&goal.id));
            }
        }
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

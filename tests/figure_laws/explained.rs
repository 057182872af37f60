//! Laws of explanations and of what would be.

use super::all_figures;
use super::made::{GOALS, day, forest, goal, goal_id};
use goaltree::domain::amount::Amount;
use goaltree::domain::derived::Fraction;
use goaltree::domain::explain::{Explanation, Figure, Points, explain};
use goaltree::domain::facts::GoalFacts;
use goaltree::domain::forest::{Changes, Forest};
use goaltree::domain::ids::GoalId;
use goaltree::domain::words::Locale;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A number as it is shown, in units of its 4th decimal.
fn shown(number: impl ToString) -> i128 {
    let units: Amount = number.to_string().parse().expect("at most 4 decimals");
    units.units().into()
}

/// The sum of what all goals add to a figure as it is shown; none where one adds nothing that is told.
fn sum_of(explanation: &Explanation, of: impl Fn(&Points) -> Option<String>) -> Option<i128> {
    let told = explanation.contributors.iter().map(|share| share.points);
    let hidden = explanation.hidden.iter().map(|hidden| hidden.points);
    told.chain(hidden).map(|points| Some(shown(of(&points?)?))).sum()
}

fn text(number: impl ToString) -> String {
    number.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// What the goals that count add, the hidden ones in one sum, comes exactly to the figure as it is shown; every goal
    /// linked is either among them or left out.
    #[test]
    fn explains_points_add_up(facts in forest(), hidden in proptest::collection::btree_set(0..GOALS, 0..4), day in day()) {
        let forest = Forest::new(facts.clone(), day).expect("no loops");
        let sees = |goal: GoalId| hidden.iter().all(|hidden| goal_id(*hidden) != goal);
        for goal in &facts.goals {
            let standing = *forest.standing(goal.id).expect("it stands");
            let explanation = explain(&forest, goal.id, &sees, Locale::En).expect("a goal");
            let named: Vec<GoalId> = explanation.contributors.iter().map(|share| share.goal)
                .chain(explanation.left_out.iter().map(|one| one.goal)).collect();
            let mut linked: Vec<GoalId> = forest.children(goal.id).map(|below| below.child).filter(|one| sees(*one)).collect();
            linked.retain(|one| !named.contains(one));
            prop_assert!(linked.is_empty() && named.iter().all(|one| sees(*one)), "{linked:?} {named:?}");
            if explanation.keeps_back() {
                prop_assert!(explanation.contributors.iter().all(|share| share.points.is_none()));
            } else if goal.measure.is_none() && !(explanation.contributors.is_empty() && explanation.hidden.is_none()) {
                let added = |of: fn(&Points) -> Option<Fraction>| sum_of(&explanation, |points| of(points).map(text));
                prop_assert_eq!(added(|points| points.progress), standing.progress.map(shown));
                prop_assert_eq!(added(|points| points.attainment), standing.attainment.map(shown));
                prop_assert_eq!(added(|points| points.expected), standing.expected.map(shown));
            } else if !goal.has_own_value() && !explanation.contributors.is_empty() {
                let added = sum_of(&explanation, |points| points.value.map(text));
                prop_assert!(added.is_none() || added == standing.value.map(shown), "{explanation:?} {standing:?}");
                prop_assert!(added.is_some() || !standing.has_data);
            }
        }
    }

    /// What is written out ends with the figure itself, and is not written out where a hidden goal is among its terms.
    #[test]
    fn explains_numbers_are_the_figures(facts in forest(), hidden in proptest::option::of(0..GOALS), day in day()) {
        let forest = Forest::new(facts.clone(), day).expect("no loops");
        for goal in &facts.goals {
            let figures = forest.figures(goal.id).expect("figures");
            let standing = figures.standing;
            let sees = |goal: GoalId| hidden.is_none_or(|hidden| goal_id(hidden) != goal);
            let explanation = explain(&forest, goal.id, &sees, Locale::Vi).expect("a goal");
            for line in explanation.lines {
                let made_of_others = match line.figure {
                    Figure::Value | Figure::Allocated => !goal.has_own_value(),
                    Figure::Attainment | Figure::Progress | Figure::Expected => goal.measure.is_none(),
                    _ => false,
                };
                let Some(numbers) = line.numbers else { continue };
                prop_assert!(explanation.hidden.is_none() || !made_of_others, "{numbers}");
                let figure = match line.figure {
                    Figure::Value => standing.value.map(text),
                    Figure::Attainment => standing.attainment.map(text),
                    Figure::Progress => standing.progress.map(text),
                    Figure::Expected => standing.expected.map(text),
                    Figure::Forecast => figures.forecast.map(text),
                    Figure::RequiredPace => figures.required_pace.map(text),
                    Figure::Allocated => figures.allocated.map(text),
                    Figure::AllocationGap => figures.allocation_gap.map(text),
                    _ => continue,
                };
                prop_assert_eq!(numbers.rsplit(" = ").next().map(str::to_owned), figure, "{:?}: {}", line.figure, numbers);
            }
        }
    }

    /// What would be is what is once the facts are changed so, and the forest itself stays as it is.
    #[test]
    fn what_if_equals_change(facts in forest(), others in proptest::collection::vec((0..GOALS).prop_flat_map(goal), 0..4), day in day()) {
        let forest = Forest::new(facts, day).expect("no loops");
        let before = all_figures(&forest);
        let what_if = forest.what_if(others.clone());
        let mut changed = forest.clone();
        let mut last: BTreeMap<GoalId, GoalFacts> = BTreeMap::new();
        last.extend(others.into_iter().map(|goal| (goal.id, goal)));
        changed.apply(Changes { goals: last.into_values().collect(), ..Changes::default() }).expect("changed");
        for goal in before.keys() {
            prop_assert_eq!(what_if.figures(*goal), changed.figures(*goal));
            prop_assert!(what_if.reached().contains(goal) || changed.figures(*goal) == forest.figures(*goal));
        }
        prop_assert_eq!(all_figures(&forest), before);
    }
}

//! Laws of what is measured.

use super::made::{day, forest};
use goaltree::domain::amount::Amount;
use goaltree::domain::derived::Derived;
use goaltree::domain::forest::Forest;
use goaltree::domain::measured::MeasuredDays;
use goaltree::domain::words::Source;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every day on which a measured value changed is told with what it was and became, but for the zero that a window
    /// begins with where nothing measured is zero; no other day is.
    #[test]
    fn moves_are_the_days_on_which_the_value_changed(facts in forest(), today in day()) {
        let now = Forest::new(facts.clone(), today).expect("no loops");
        let measured: MeasuredDays = facts.measured.iter().cloned().collect();
        let mut forests = BTreeMap::new();
        for goal in facts.goals.iter().filter(|goal| goal.source == Source::Measurements) {
            let moves = now.moves(goal.id);
            let Some(period) = now.period(goal.id).filter(|period| period.has_begun()) else {
                prop_assert!(moves.is_empty());
                continue;
            };
            let mut before: Option<Derived> = None;
            for on in period.first().iter_days().take_while(|on| *on <= period.until()) {
                let forest = forests.entry(on).or_insert_with(|| {
                    Forest::over(measured.clone(), facts.clone(), on).expect("no loops")
                });
                let after = forest.measured(goal.id).and_then(|measured| measured.value.ok());
                match moves.iter().find(|one| one.on == on) {
                    Some(told) => {
                        prop_assert_eq!((told.before, told.after), (before, after));
                        prop_assert!(before != after && !told.measured.is_empty());
                    }
                    None => prop_assert!(before == after || on == period.first(), "{on}: {before:?} {after:?}"),
                }
                before = after;
            }
        }
    }

    /// What is measured of the subjects of a goal, each for itself, is there for each who was measured; what a formula
    /// asks comes to what its metrics come to.
    #[test]
    fn parts_and_inputs_are_what_values_are_made_of(facts in forest(), today in day()) {
        let forest = Forest::new(facts.clone(), today).expect("no loops");
        for goal in facts.goals.iter().filter(|goal| goal.source == Source::Measurements) {
            let Some(measured) = forest.measured(goal.id) else { continue };
            let parts = forest.parts(goal.id);
            if let Some(last) = parts.iter().map(|part| part.last_on).max() {
                prop_assert!(measured.last_data_on >= Some(last));
            }
            let inputs = forest.inputs(goal.id);
            prop_assert!(parts.is_empty() || inputs.is_empty());
            let latest = inputs.iter().filter(|input| !input.term.before).map(|input| input.measured.last_data_on).max();
            prop_assert!(inputs.is_empty() || measured.last_data_on == latest.flatten());
        }
    }

    /// Where another value is measured of a goal, it has that one, and its measurements stay.
    #[test]
    fn another_value_takes_the_place_of_what_is_measured(facts in forest(), today in day()) {
        let forest = Forest::new(facts.clone(), today).expect("no loops");
        for goal in facts.goals.iter().filter(|goal| goal.measured_by().is_some()) {
            let what_if = forest.what_if_measured([goal.clone()], HashMap::from([(goal.id, Amount::ONE)]));
            let figures = what_if.figures(goal.id).expect("figures");
            prop_assert_eq!(figures.standing.value, Some(Amount::ONE.into()).filter(|_| goal.measure.is_some()));
            prop_assert_eq!(forest.measured_days().len(), facts.measured.iter().map(|day| day.measurements.len()).sum::<usize>());
        }
    }
}

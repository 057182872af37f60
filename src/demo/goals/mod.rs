//! Every goal of the demo, each after the one that it hangs under.

mod company;
mod customers;
mod engineering;
mod sales;

use super::plan::Plan;

/// All goals: the company's first.
pub(super) fn all() -> impl Iterator<Item = &'static Plan> {
    [company::GOALS, sales::GOALS, engineering::GOALS, customers::GOALS].into_iter().flatten()
}

/// A goal's plan by its key.
pub(super) fn find(key: &str) -> Option<&'static Plan> {
    all().find(|plan| plan.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{metrics, people};
    use crate::domain::limits;
    use crate::domain::words::{GoalKind, Scope};
    use std::collections::BTreeSet;

    #[test]
    fn every_name_in_a_plan_is_the_name_of_something() {
        let mut met = BTreeSet::new();
        for plan in all() {
            let key = plan.key;
            assert!(plan.parent.is_none_or(|parent| met.contains(parent)), "{key}: its parent comes later");
            assert!(met.insert(key), "{key}: twice");
            for other in plan.serves.iter().chain(plan.proposes) {
                assert!(find(other.0).is_some(), "{key}: serves {}", other.0);
            }
            for person in plan.contributors.iter().chain(plan.watchers).chain([&plan.owner]) {
                assert!(people::find(person).is_some(), "{key}: {person}");
            }
            assert!(plan.metric.is_none_or(|metric| metrics::decimals(metric).is_some()), "{key}: its metric");
            let unit_is_there = |code| code == people::ROOT || people::UNITS.iter().any(|unit| unit.code == code);
            assert!(plan.unit.is_none_or(unit_is_there), "{key}: its unit");
            assert!(plan.title.chars().count() <= limits::TITLE, "{key}: its title");
            let parent = plan.parent.and_then(find);
            let hangs = plan.kind != GoalKind::KeyResult || parent.is_some_and(|up| up.kind == GoalKind::Objective);
            assert!(hangs, "{key}: a key result hangs under an objective");
        }
    }

    #[test]
    fn the_goals_are_about_a_hundred_and_fifty_on_four_levels() {
        let of = |scope| all().filter(|plan| plan.scope() == scope).count();
        let [company, department, team, person] =
            [Scope::Company, Scope::Department, Scope::Team, Scope::Person].map(of);
        assert!((140..=160).contains(&all().count()), "{}", all().count());
        assert!(company >= 12 && department >= 12 && team >= 30 && person >= 45);
    }

    #[test]
    fn everyone_has_a_name_and_a_code_of_their_own() {
        let codes: BTreeSet<_> = people::PEOPLE.iter().map(|person| person.code).collect();
        let emails: BTreeSet<_> = people::PEOPLE.iter().map(people::PersonPlan::email).collect();
        assert!((55..=65).contains(&codes.len()) && codes.len() == people::PEOPLE.len());
        assert_eq!(emails.len(), people::PEOPLE.len());
    }
}

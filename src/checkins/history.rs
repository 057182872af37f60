//! A goal's check-ins in their order, and what each comes to.

use super::model::{CheckIn, Place};
use crate::domain::amount::Amount;
use crate::domain::check_ins::{CheckInFact, CheckIns, Statement};
use crate::domain::derived::Derived;
use crate::domain::ids::CheckInId;
use crate::domain::words::Direction;
use crate::goals::model::Goal;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The check-ins of one goal that are not voided.
#[derive(Debug, Clone, Default)]
pub struct History {
    start: Option<Amount>,
    of_steps: bool,
    told: BTreeMap<Place, Statement>,
}

/// What a goal stands at after a check-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The value; none of a milestone.
    pub value: Option<Derived>,
    /// The difference to the value after the check-in before it; none at first.
    pub change: Option<Derived>,
    /// The completed steps of a milestone.
    pub completed_steps: Option<Vec<String>>,
}

impl History {
    /// The history of a goal, from its check-ins; the voided ones are left out.
    pub fn of<'a>(goal: &Goal, rows: impl IntoIterator<Item = &'a CheckIn>) -> Self {
        let counting = rows.into_iter().filter(|row| row.counts());
        Self {
            start: goal.start_value,
            of_steps: goal.direction == Some(Direction::Milestone),
            told: counting.map(|row| (row.place(), row.statement())).collect(),
        }
    }

    /// Adds a check-in, or puts it in the place of what it stated before.
    pub fn tell(&mut self, place: Place, statement: Statement) {
        self.forget(place.id);
        self.told.insert(place, statement);
    }

    /// Takes a check-in out.
    pub fn forget(&mut self, id: CheckInId) {
        self.told.retain(|place, _| place.id != id);
    }

    /// Whether there is a check-in before a place.
    pub fn has_before(&self, place: Place) -> bool {
        self.told.range(..place).next().is_some()
    }

    /// The day of the first check-in that leads beyond a stored value's bounds.
    pub fn beyond_bounds_on(&self) -> Option<NaiveDate> {
        let first = self.check_ins().first_beyond_bounds(self.start)?;
        self.told.keys().nth(first).map(|place| place.effective_on)
    }

    /// What the goal stands at after each check-in.
    pub fn standings(&self) -> BTreeMap<CheckInId, Standing> {
        if self.of_steps { self.steps_after_each() } else { self.values_after_each() }
    }

    fn steps_after_each(&self) -> BTreeMap<CheckInId, Standing> {
        let mut completed = Vec::new();
        let told = self.told.iter().map(|(place, statement)| {
            if let Statement::Steps(steps) = statement {
                completed.clone_from(&steps.0);
            }
            (place.id, Standing { completed_steps: Some(completed.clone()), ..Standing::default() })
        });
        told.collect()
    }

    fn values_after_each(&self) -> BTreeMap<CheckInId, Standing> {
        let values = self.check_ins().replay(self.start);
        let mut before = None;
        let told = self.told.keys().zip(values).map(|(place, value)| {
            let change = value.zip(before).and_then(|(value, before)| difference(value, before));
            before = value;
            (place.id, Standing { value, change, completed_steps: None })
        });
        told.collect()
    }

    fn check_ins(&self) -> CheckIns {
        let fact = |(place, statement): (&Place, &Statement)| {
            (*place, CheckInFact { effective_on: place.effective_on, statement: statement.clone() })
        };
        CheckIns::in_order(self.told.iter().map(fact))
    }
}

fn difference(value: Derived, before: Derived) -> Option<Derived> {
    Derived::from_units(value.units().checked_sub(before.units())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::check_ins::StepIds;
    use uuid::Uuid;

    fn place(day: u32, entry: u128) -> Place {
        let effective_on = NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        Place { effective_on, entered_at: chrono::DateTime::UNIX_EPOCH.into(), id: CheckInId(Uuid::from_u128(entry)) }
    }

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    fn shown(history: &History) -> Vec<(Option<String>, Option<String>)> {
        let mut after = history.standings();
        let standing = |place: &Place| after.remove(&place.id).unwrap_or_default();
        let standings = history.told.keys().map(standing);
        standings.map(|found| (found.value.map(|v| v.to_string()), found.change.map(|v| v.to_string()))).collect()
    }

    #[test]
    fn an_earlier_one_moves_what_runs_from_it() {
        let told = [(place(3, 1), Statement::Increment(amount("5"))), (place(4, 2), Statement::Unchanged)];
        let mut history = History { start: Some(amount("10")), of_steps: false, told: told.into() };
        let told = |value: &str, change: Option<&str>| (Some(value.to_owned()), change.map(str::to_owned));
        assert_eq!(shown(&history), [told("15", None), told("15", Some("0"))]);
        history.tell(place(1, 3), Statement::Value(amount("100")));
        assert_eq!(shown(&history), [told("100", None), told("105", Some("5")), told("105", Some("0"))]);
        history.forget(place(3, 1).id);
        assert_eq!(shown(&history), [told("100", None), told("100", Some("0"))]);
    }

    #[test]
    fn a_milestone_stands_at_its_steps_and_has_no_value() {
        let done = |ids: &[&str]| Statement::Steps(Box::new(StepIds(ids.iter().map(|id| (*id).to_owned()).collect())));
        let told = [(place(1, 1), done(&["a"])), (place(2, 2), Statement::Unchanged)];
        let history = History { start: None, of_steps: true, told: told.into() };
        let standings = history.standings();
        let after = Standing { completed_steps: Some(vec!["a".to_owned()]), ..Standing::default() };
        assert!(standings.values().all(|standing| *standing == after), "{standings:?}");
    }
}

//! Where people were at home on a day, and whether they were there at all: what is measured of them counts in that unit.

use super::store;
use crate::db::Tx;
use crate::domain::access::Directory;
use crate::domain::ids::{PersonId, UnitId};
use crate::error::Result;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// Where some people were at home, day by day.
#[derive(Debug)]
pub struct Homes {
    /// Of each, since when they were where, the earliest first.
    since: HashMap<PersonId, Vec<(NaiveDate, UnitId)>>,
    stays: HashMap<PersonId, Stay>,
    directory: Arc<Directory>,
}

/// The days that someone was with the organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stay {
    /// Their first day, where it is known.
    pub first: Option<NaiveDate>,
    /// Their last day, where there is one: the one that HR named, or that on which they were deactivated.
    pub last: Option<NaiveDate>,
}

impl Homes {
    /// Looks up where these people were.
    pub fn of(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<Self> {
        let mut since: HashMap<PersonId, Vec<(NaiveDate, UnitId)>> = HashMap::new();
        for (person, from, unit) in store::homes::of(tx.conn, tx.organization(), people)? {
            since.entry(person).or_default().push((from, unit));
        }
        let mut stays = HashMap::new();
        for (person, joined_on, left_on, deactivated_at) in store::days_of(tx.conn, tx.organization(), people)? {
            let deactivated_on = deactivated_at.map(|at| at.day_in(tx.zone));
            let last = [left_on, deactivated_on].into_iter().flatten().min();
            stays.insert(person, Stay { first: joined_on, last });
        }
        Ok(Self { since, stays, directory: Arc::clone(&tx.actor.directory) })
    }

    /// The unit that a person belonged to on a day.
    pub fn on(&self, person: PersonId, day: NaiveDate) -> Option<UnitId> {
        let until = |homes: &Vec<(NaiveDate, UnitId)>| homes.iter().rev().find(|(from, _)| *from <= day).copied();
        let held = self.since.get(&person).and_then(until).map(|(_, unit)| unit);
        held.or_else(|| self.directory.person(person).map(|facts| facts.unit))
    }

    /// The days that a person was with the organization.
    pub fn stay(&self, person: PersonId) -> Stay {
        self.stays.get(&person).copied().unwrap_or_default()
    }
}

//! Loading the demo: its people do what people do, by the use cases themselves and under a clock that walks through
//! the weeks, so that its history is true.

mod cycles;
mod happenings;
mod measuring;
mod organization;
mod planning;
mod weeks;

#[cfg(test)]
pub(super) use planning::parts_of;

use super::calendar::Calendar;
use crate::db::Tx;
use crate::domain::access::{Actor, Directory};
use crate::domain::amount::Amount;
use crate::domain::ids::{CheckInId, CycleId, GoalId, MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::error::{Error, Result};
use crate::http::Service;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the demo's things have become, by their names in the plan.
#[derive(Debug, Default)]
struct Ids {
    people: BTreeMap<&'static str, PersonId>,
    units: BTreeMap<&'static str, UnitId>,
    metrics: BTreeMap<&'static str, MetricId>,
    cycles: BTreeMap<&'static str, CycleId>,
    goals: BTreeMap<&'static str, GoalId>,
    /// By goal and week.
    check_ins: BTreeMap<(&'static str, u32), CheckInId>,
    /// How much was measured of each measured goal so far.
    measured: BTreeMap<&'static str, Amount>,
}

/// Someone at work on the demo's history.
struct Loader<'a> {
    service: &'a Service,
    seed: u64,
    calendar: Calendar,
    organization: OrganizationId,
    ids: Ids,
    /// The company's people and units, once they are all in their places.
    directory: Arc<Directory>,
}

/// Makes the company with all of its history up to now. Afterwards the clock goes as it went before.
pub(super) fn load(service: &Service, seed: u64) -> Result<()> {
    let held = service.clock.held();
    let loaded = Loader::found(service, seed, Calendar::around(service.clock.now())).and_then(|mut loader| {
        loader.open_cycles()?;
        loader.plan_goals()?;
        loader.live_the_weeks()
    });
    match held {
        Some(moment) => service.clock.set(moment),
        None => service.clock.release(),
    }
    loaded
}

impl Loader<'_> {
    /// Someone does something at a moment.
    fn acts<T>(&self, at: Instant, person: &str, run: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.service.clock.set(at);
        let done = self.service.write_as(self.organization, self.person(person)?, super::ORIGIN, run);
        at_step(&format!("{person} at {}", at.utc()), done.map(|(value, _)| value))
    }

    fn person(&self, code: &str) -> Result<PersonId> {
        found(&self.ids.people, code)
    }

    fn all_people(&self, codes: &[&str]) -> Result<Vec<PersonId>> {
        codes.iter().map(|code| self.person(code)).collect()
    }

    fn unit(&self, code: &str) -> Result<UnitId> {
        found(&self.ids.units, code)
    }

    fn cycle(&self, name: &str) -> Result<CycleId> {
        found(&self.ids.cycles, name)
    }

    fn goal(&self, key: &str) -> Result<GoalId> {
        found(&self.ids.goals, key)
    }
}

fn found<T: Copy>(ids: &BTreeMap<&'static str, T>, name: &str) -> Result<T> {
    ids.get(name).copied().ok_or_else(|| Error::internal(format!("the demo's plan names {name}, who is not there")))
}

/// Someone of the organization as an actor, in a transaction that another one opened.
fn as_actor(tx: &Tx<'_>, person: PersonId) -> Result<Actor> {
    tx.actor.in_place_of(person).ok_or_else(Error::not_found)
}

/// Says which step of the plan an error stopped: only a plan that breaks a rule is refused.
fn at_step<T>(step: &str, done: Result<T>) -> Result<T> {
    done.map_err(|error| match error {
        Error::Refused(_) | Error::Invalid(_) | Error::Stale { .. } => Error::internal(format!("{step}: {error:?}")),
        other => other,
    })
}

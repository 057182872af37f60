//! What measurements are checked against, looked up once for all of a batch.

use super::input::MeasurementIn;
use crate::db::Tx;
use crate::domain::access::Actor;
use crate::domain::ids::{MetricId, PersonId, UnitId};
use crate::domain::measured::Subject;
use crate::domain::text::fold;
use crate::error::Result;
use crate::metrics::{self, model::Metric};
use crate::org::people::{self, Homes};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// Metrics, people and units by what they are called, and where people were when.
pub(super) struct Known {
    pub(super) actor: Actor,
    pub(super) today: NaiveDate,
    pub(super) homes: Homes,
    metrics: HashMap<MetricId, Metric>,
    by_code: HashMap<String, MetricId>,
    people: people::Known,
    units: HashMap<String, UnitId>,
}

impl Known {
    /// What a batch mentions.
    pub(super) fn of_batch<'a>(tx: &mut Tx<'_>, said: impl Iterator<Item = &'a MeasurementIn> + Clone) -> Result<Self> {
        let emails = said.clone().filter_map(|one| one.email.as_deref());
        let codes = said.clone().filter_map(|one| one.employee_code.as_deref());
        let people = people::Known::of(tx, emails, codes)?;
        let mentioned: BTreeSet<PersonId> = said.filter_map(|one| one.person_id).chain(people.people()).collect();
        Self::about(tx, people, &mentioned.into_iter().collect::<Vec<_>>())
    }

    /// What is to be known of some people.
    pub(super) fn of_people(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<Self> {
        Self::about(tx, people::Known::default(), people)
    }

    fn about(tx: &mut Tx<'_>, people: people::Known, mentioned: &[PersonId]) -> Result<Self> {
        let metrics = metrics::all(tx)?;
        let units = tx.actor.directory.units().map(|unit| (fold(unit.code.trim()), unit.id)).collect();
        Ok(Self {
            homes: Homes::of(tx, mentioned)?,
            by_code: metrics.iter().map(|metric| (metric.code.clone(), metric.id)).collect(),
            metrics: metrics.into_iter().map(|metric| (metric.id, metric)).collect(),
            actor: tx.actor.clone(),
            today: tx.today(),
            people,
            units,
        })
    }

    /// A metric by its id.
    pub(super) fn metric(&self, id: MetricId) -> Option<&Metric> {
        self.metrics.get(&id)
    }

    /// A metric by its code or its id.
    pub(super) fn metric_called(&self, name: &str) -> Option<&Metric> {
        let name = name.trim();
        let id = self.by_code.get(name).copied().or_else(|| name.parse().ok())?;
        self.metric(id)
    }

    /// A person of the organization.
    pub(super) fn person(&self, id: PersonId) -> Option<Subject> {
        self.actor.directory.person(id).map(|person| Subject::Person(person.id))
    }

    /// A person by their employee code, for those who may know it.
    pub(super) fn person_with_code(&self, code: &str) -> Option<Subject> {
        self.people.with_code(code).filter(|id| self.actor.sees_whole(*id)).map(Subject::Person)
    }

    /// A person by their email address, for those who may know it.
    pub(super) fn person_with_email(&self, email: &str) -> Option<Subject> {
        self.people.with_email(email).filter(|id| self.actor.sees_whole(*id)).map(Subject::Person)
    }

    /// A unit of the organization.
    pub(super) fn unit(&self, id: UnitId) -> Option<Subject> {
        self.actor.directory.unit(id).map(|unit| Subject::Unit(unit.id))
    }

    /// A unit by its code.
    pub(super) fn unit_with_code(&self, code: &str) -> Option<Subject> {
        self.units.get(&fold(code.trim())).copied().map(Subject::Unit)
    }
}

//! The organization's people and units as access is decided on them.

use super::{DelegationFacts, Switches, UnitPolicy};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::{Role, UnitKind, Visibility};
use std::collections::{HashMap, HashSet};

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFacts {
    /// Its id.
    pub id: UnitId,
    /// The unit that it lies in; none for the company.
    pub parent: Option<UnitId>,
    /// Its kind.
    pub kind: UnitKind,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Those who manage it, in the order of their names.
    pub leads: Vec<PersonId>,
    /// Those who follow its goals.
    pub supervisors: Vec<PersonId>,
    /// Those who work in it without having it as home.
    pub members: Vec<PersonId>,
    /// What it sets for its goals.
    pub switches: Switches,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFacts {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their home unit.
    pub unit: UnitId,
    /// Their manager where one is named.
    pub manager: Option<PersonId>,
    /// Their role.
    pub role: Role,
    /// Whether they are with the organization.
    pub active: bool,
}

/// All units and people of an organization at one directory revision.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// The revision that this is the state of.
    pub revision: i64,
    units: HashMap<UnitId, UnitFacts>,
    people: HashMap<PersonId, PersonFacts>,
    children: HashMap<UnitId, Vec<UnitId>>,
    policies: HashMap<UnitId, UnitPolicy>,
    /// By whom they are given to.
    delegations: HashMap<PersonId, Vec<DelegationFacts>>,
    root: Option<UnitId>,
}

impl Directory {
    /// Builds the directory of a revision.
    pub fn new(revision: i64, units: Vec<UnitFacts>, people: Vec<PersonFacts>) -> Self {
        let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
        let mut root = None;
        for unit in &units {
            match unit.parent {
                Some(parent) => children.entry(parent).or_default().push(unit.id),
                None => root = Some(unit.id),
            }
        }
        let units: HashMap<_, _> = units.into_iter().map(|unit| (unit.id, unit)).collect();
        for below in children.values_mut() {
            below.sort_by_key(|id| units.get(id).map(|unit| (unit.name.clone(), unit.id)));
        }
        let people = people.into_iter().map(|person| (person.id, person)).collect();
        let mut directory = Self { revision, units, people, children, root, ..Self::default() };
        directory.policies =
            directory.units.keys().map(|id| (*id, UnitPolicy::along(directory.line_of(*id)))).collect();
        directory
    }

    /// The same with rights of leads in others' hands.
    #[must_use]
    pub fn with_delegations(mut self, delegations: Vec<DelegationFacts>) -> Self {
        for one in delegations {
            self.delegations.entry(one.delegate).or_default().push(one);
        }
        self
    }

    /// What was handed to someone, over all days.
    pub fn delegated_to(&self, someone: PersonId) -> &[DelegationFacts] {
        self.delegations.get(&someone).map_or(&[], Vec::as_slice)
    }

    /// The company unit.
    pub const fn root(&self) -> Option<UnitId> {
        self.root
    }

    /// A unit.
    pub fn unit(&self, id: UnitId) -> Option<&UnitFacts> {
        self.units.get(&id)
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> Option<&PersonFacts> {
        self.people.get(&id)
    }

    /// A person's name; empty for nobody.
    pub fn name_of(&self, id: PersonId) -> &str {
        self.person(id).map_or("", |person| &person.name)
    }

    /// All units, in no order.
    pub fn units(&self) -> impl Iterator<Item = &UnitFacts> {
        self.units.values()
    }

    /// All people, in no order.
    pub fn people(&self) -> impl Iterator<Item = &PersonFacts> {
        self.people.values()
    }

    /// The units right below a unit, by name.
    pub fn units_in(&self, id: UnitId) -> &[UnitId] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// A unit and the units that it lies in, up to the company.
    pub fn line_of(&self, id: UnitId) -> impl Iterator<Item = &UnitFacts> + Clone {
        std::iter::successors(self.unit(id), |unit| unit.parent.and_then(|parent| self.unit(parent)))
            // The unit tree has no loops; the bound keeps a broken one from hanging the service.
            .take(self.units.len())
    }

    /// Whether a unit is another one or lies below it.
    pub fn lies_in(&self, id: UnitId, upper: UnitId) -> bool {
        self.line_of(id).any(|unit| unit.id == upper)
    }

    /// A unit with all units below it.
    pub fn subtree(&self, id: UnitId) -> HashSet<UnitId> {
        let mut found = HashSet::new();
        let mut open = vec![id];
        while let Some(unit) = open.pop() {
            if found.insert(unit) {
                open.extend_from_slice(self.units_in(unit));
            }
        }
        found
    }

    /// Who manages a person: the manager named for them, else a lead of their home unit, else a lead of the nearest
    /// unit above; never the person themself, and nobody who has left.
    pub fn manager_of(&self, id: PersonId) -> Option<PersonId> {
        let person = self.person(id)?;
        let fits = |manager: &PersonId| *manager != id && self.person(*manager).is_some_and(|found| found.active);
        person
            .manager
            .filter(fits)
            .or_else(|| self.line_of(person.unit).find_map(|unit| unit.leads.iter().find(|lead| fits(lead)).copied()))
    }

    /// A person's managers up the line, nearest first, each once.
    pub fn managers_of(&self, id: PersonId) -> Vec<PersonId> {
        let mut line = Vec::new();
        let mut next = self.manager_of(id);
        while let Some(manager) = next {
            if manager == id || line.contains(&manager) {
                break;
            }
            line.push(manager);
            next = self.manager_of(manager);
        }
        line
    }

    /// The people who would stand above each other in a ring if `manager` managed `person`: empty where all is well.
    pub fn manager_loop(&self, person: PersonId, manager: PersonId) -> Vec<PersonId> {
        let mut ring = vec![person];
        let mut next = Some(manager);
        while let Some(above) = next {
            ring.push(above);
            if above == person {
                return ring;
            }
            if ring.len() > self.people.len() + 1 {
                break;
            }
            next = self.person(above).and_then(|facts| facts.manager);
        }
        Vec::new()
    }

    /// Whether someone leads a unit or a unit above it.
    pub fn leads_over(&self, someone: PersonId, unit: UnitId) -> bool {
        self.line_of(unit).any(|unit| unit.leads.contains(&someone))
    }

    /// Whether someone supervises a unit or a unit above it.
    pub fn supervises(&self, someone: PersonId, unit: UnitId) -> bool {
        self.line_of(unit).any(|unit| unit.supervisors.contains(&someone))
    }

    /// Whether someone belongs to a unit or to one below it: by home, as member, lead or supervisor.
    pub fn belongs_to(&self, someone: PersonId, unit: UnitId) -> bool {
        let at_home = self.person(someone).is_some_and(|person| self.lies_in(person.unit, unit));
        at_home
            || self.subtree(unit).iter().filter_map(|id| self.unit(*id)).any(|unit| {
                unit.members.contains(&someone) || unit.leads.contains(&someone) || unit.supervisors.contains(&someone)
            })
    }

    /// Whether someone stands above a person: a manager up the line, or a lead of their unit or of one above it.
    pub fn is_in_lead_line_of(&self, someone: PersonId, person: PersonId) -> bool {
        someone != person
            && (self.managers_of(person).contains(&someone)
                || self.person(person).is_some_and(|facts| self.leads_over(someone, facts.unit)))
    }

    /// Whether someone has anyone to lead: a unit, or people who report to them.
    pub fn is_lead(&self, someone: PersonId) -> bool {
        let mut active = self.people().filter(|person| person.active);
        self.units().any(|unit| unit.leads.contains(&someone))
            || active.any(|person| self.manager_of(person.id) == Some(someone))
    }

    /// Whether someone leads a unit, or people report to them, those who have left too.
    pub fn stands_above_anyone(&self, someone: PersonId) -> bool {
        self.units().any(|unit| unit.leads.contains(&someone))
            || self.people().any(|person| self.manager_of(person.id) == Some(someone))
    }

    /// The units that someone leads, themselves.
    pub fn led_by(&self, someone: PersonId) -> Vec<UnitId> {
        let mut led: Vec<_> = self.units().filter(|unit| unit.leads.contains(&someone)).collect();
        led.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        led.into_iter().map(|unit| unit.id).collect()
    }

    /// What holds for a unit's goals.
    pub fn policy(&self, unit: UnitId) -> UnitPolicy {
        self.policies.get(&unit).copied().unwrap_or_default()
    }

    /// Who sees a new OKR (`okr`) or KPI goal of a unit unless it says otherwise.
    pub fn default_visibility(&self, unit: UnitId, okr: bool) -> Visibility {
        let policy = self.policy(unit);
        if okr { policy.okr_visibility } else { policy.kpi_visibility }
    }

    /// The units that a person's own goals may lie in: their home, and those that they lead or work in beside it.
    pub fn units_of(&self, person: PersonId) -> impl Iterator<Item = UnitId> {
        let home = self.person(person).map(|facts| facts.unit);
        let has_place = move |unit: &&UnitFacts| unit.leads.contains(&person) || unit.members.contains(&person);
        let further = self.units().filter(has_place).map(|unit| unit.id).filter(move |unit| Some(*unit) != home);
        home.into_iter().chain(further)
    }
}

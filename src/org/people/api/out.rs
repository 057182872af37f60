//! How people are shown: name, unit and title to all, the rest to themself, their lead line and HR.

use crate::domain::access::{Actor, Directory};
use crate::domain::ids::PersonId;
use crate::domain::instant::Instant;
use crate::domain::words::{Locale, Role, UnitRole};
use crate::http::{Versioned, page};
use crate::org::people::{Found, Person};
use crate::org::{PersonRef, UnitRef};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

/// A person. To those who may not see all of them, only the fields up to `active` are there.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PersonOut {
    /// Their id.
    pub id: PersonId,
    /// Moves with every change; the `ETag`.
    pub version: i64,
    /// Their name.
    pub display_name: String,
    /// Their job title.
    pub job_title: Option<String>,
    /// Their home unit.
    pub unit: UnitRef,
    /// Their places in units beside the home unit, by the units' names.
    pub memberships: Vec<Membership>,
    /// Whether they are with the organization.
    pub active: bool,
    /// The rest.
    #[serde(flatten)]
    #[schema(value_type = PersonDetails)]
    pub details: Option<PersonDetails>,
}

/// A person's place in a unit.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Membership {
    /// The unit.
    pub unit: UnitRef,
    /// What they are there.
    pub role: UnitRole,
}

/// What the person themself, their lead line and HR see.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PersonDetails {
    /// Where they are written to.
    #[schema(required = false)]
    pub email: Option<String>,
    /// What HR's own system calls them.
    #[schema(required = false)]
    pub employee_code: Option<String>,
    /// Their manager, where one is named.
    #[schema(required = false)]
    pub manager: Option<PersonRef>,
    /// Whom they report to: the named manager, else the lead of the home unit, else of the nearest unit above.
    #[schema(required = false)]
    pub reports_to: Option<PersonRef>,
    /// Their role.
    #[schema(required = false)]
    pub role: Role,
    /// Their first day.
    #[schema(required = false)]
    pub joined_on: Option<NaiveDate>,
    /// Their last day.
    #[schema(required = false)]
    pub left_on: Option<NaiveDate>,
    /// Their time zone (IANA); null: the organization's.
    #[schema(required = false)]
    pub time_zone: Option<String>,
    /// Their language; null: the organization's.
    #[schema(required = false)]
    pub locale: Option<Locale>,
    /// Whether they have an account to sign in with.
    #[schema(required = false)]
    pub has_account: bool,
    /// Since when they are deactivated.
    #[schema(required = false)]
    pub deactivated_at: Option<Instant>,
    /// When they were added.
    #[schema(required = false)]
    pub created_at: Instant,
    /// When they were last changed.
    #[schema(required = false)]
    pub updated_at: Instant,
}

impl PersonOut {
    pub(super) fn of(person: Person, actor: &Actor) -> Self {
        Self::with(person, actor, &memberships(&actor.directory))
    }

    pub(super) fn all(people: Vec<Person>, actor: &Actor) -> Vec<Self> {
        let memberships = memberships(&actor.directory);
        people.into_iter().map(|person| Self::with(person, actor, &memberships)).collect()
    }

    fn with(person: Person, actor: &Actor, memberships: &HashMap<PersonId, Vec<Membership>>) -> Self {
        Self {
            id: person.id,
            version: person.version,
            display_name: person.display_name.clone(),
            job_title: person.job_title.clone(),
            unit: UnitRef::of(&actor.directory, person.unit_id),
            memberships: memberships.get(&person.id).cloned().unwrap_or_default(),
            active: person.is_active(),
            details: actor.sees_whole(person.id).then(|| PersonDetails::of(person, &actor.directory)),
        }
    }
}

impl PersonDetails {
    fn of(person: Person, directory: &Directory) -> Self {
        Self {
            manager: person.manager_id.map(|id| PersonRef::of(directory, id)),
            reports_to: directory.manager_of(person.id).map(|id| PersonRef::of(directory, id)),
            has_account: person.account_id.is_some(),
            email: person.email,
            employee_code: person.employee_code,
            role: person.role,
            joined_on: person.joined_on,
            left_on: person.left_on,
            time_zone: person.time_zone,
            locale: person.locale,
            deactivated_at: person.deactivated_at,
            created_at: person.created_at,
            updated_at: person.updated_at,
        }
    }
}

/// Everyone's places in units, by the units' names.
fn memberships(directory: &Directory) -> HashMap<PersonId, Vec<Membership>> {
    let mut all: HashMap<PersonId, Vec<Membership>> = HashMap::new();
    let mut units: Vec<_> = directory.units().collect();
    units.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    for unit in units {
        let places = [
            (UnitRole::Lead, &unit.leads),
            (UnitRole::Supervisor, &unit.supervisors),
            (UnitRole::Member, &unit.members),
        ];
        for (role, person) in places.into_iter().flat_map(|(role, ids)| ids.iter().map(move |id| (role, id))) {
            all.entry(*person).or_default().push(Membership { unit: UnitRef::of(directory, unit.id), role });
        }
    }
    all
}

impl Versioned for PersonOut {
    fn version(&self) -> i64 {
        self.version
    }
}

page! {
    /// A page of people.
    PersonPage of PersonOut
}

impl PersonPage {
    pub(super) fn of(found: Found, actor: &Actor) -> Self {
        let items = PersonOut::all(found.people, actor);
        Self { items, next_cursor: found.next_cursor, total: found.total }
    }
}

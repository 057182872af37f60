//! Finding people: by what the actor may know of them, and by nothing else.

use super::Person;
use super::store::{self, Entry};
use crate::db::Tx;
use crate::domain::access::{Actor, PersonFacts};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::text::fold;
use crate::domain::words::Role;
use crate::error::Result;
use crate::http::{Commas, Listing, SortKey};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// Whether people are with the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Those who are.
    True,
    /// Those who were deactivated.
    False,
    /// Both.
    All,
}

/// Which people are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PersonFilter {
    /// Those whose name holds this text, whatever its case and accents; also those of whom the caller sees all
    /// fields and whose email or employee code holds it.
    pub q: Option<String>,
    /// Those at home in this unit or a unit below it, or with a place there.
    pub unit_id: Option<UnitId>,
    /// With `unit_id`: not the units below.
    pub unit_only: Option<bool>,
    /// Those with this role, of those of whom the caller sees all fields.
    pub role: Option<Role>,
    /// Those whom this person manages by name, of those of whom the caller sees all fields.
    pub manager_id: Option<PersonId>,
    /// `true` (unless asked), `false` or `all`. With `ids`: `all` unless asked.
    pub active: Option<Activity>,
    /// Only these, separated by commas; at most 200.
    #[param(value_type = Option<String>)]
    pub ids: Option<Commas<PersonId>>,
}

/// A page of people.
#[derive(Debug)]
pub struct Found {
    /// The people, in order.
    pub people: Vec<Person>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// How many there are in all, where that was asked.
    pub total: Option<usize>,
}

/// A page of people. `joined_on` is for HR to sort by: others may not know it.
pub fn list(tx: &mut Tx<'_>, filter: &PersonFilter, listing: &Listing) -> Result<Found> {
    let allowed: &[&str] = if tx.actor.is_admin() { &["name", "created", "joined_on"] } else { &["name", "created"] };
    let (order, reverse) = listing.order(allowed)?;
    let mut entries = store::entries(tx.conn, tx.organization())?;
    let asked = Asked::of(&tx.actor, filter);
    entries.retain(|entry| asked.takes(entry));
    let total = listing.include_total.then_some(entries.len());
    let key = |entry: &Entry| {
        let key = match order {
            "joined_on" => SortKey::from(entry.joined_on),
            "created" => SortKey::Nothing,
            _ => SortKey::from(entry.name_folded.as_str()),
        };
        (key, entry.id.0)
    };
    let (page, next_cursor) = listing.page_of(entries, reverse, key);
    let ids: Vec<PersonId> = page.iter().map(|entry| entry.id).collect();
    let mut rows: HashMap<PersonId, Person> =
        store::of_ids(tx.conn, tx.organization(), &ids)?.into_iter().map(|person| (person.id, person)).collect();
    let people = ids.iter().filter_map(|id| rows.remove(id)).collect();
    Ok(Found { people, next_cursor, total })
}

/// A filter made ready for one actor.
struct Asked<'a> {
    actor: &'a Actor,
    filter: &'a PersonFilter,
    text: Option<String>,
    ids: Option<HashSet<PersonId>>,
    units: Option<(HashSet<UnitId>, HashSet<PersonId>)>,
    activity: Activity,
}

impl<'a> Asked<'a> {
    fn of(actor: &'a Actor, filter: &'a PersonFilter) -> Self {
        let usual = if filter.ids.is_some() { Activity::All } else { Activity::True };
        let units = filter.unit_id.map(|unit| {
            let units = match filter.unit_only {
                Some(true) => HashSet::from([unit]),
                _ => actor.directory.subtree(unit),
            };
            let facts = units.iter().filter_map(|id| actor.directory.unit(*id));
            let placed = facts.flat_map(|unit| [&unit.leads, &unit.supervisors, &unit.members]).flatten().copied();
            let placed = placed.collect();
            (units, placed)
        });
        Self {
            actor,
            filter,
            text: filter.q.as_deref().map(|q| fold(q.trim())),
            ids: filter.ids.as_ref().map(|ids| ids.0.iter().copied().collect()),
            units,
            activity: filter.active.unwrap_or(usual),
        }
    }

    fn takes(&self, entry: &Entry) -> bool {
        let Some(person) = self.actor.directory.person(entry.id) else { return false };
        self.takes_facts(person)
            && self.text.as_ref().is_none_or(|text| self.says(entry, text))
            && (self.filter.role.is_none_or(|role| person.role == role && self.sees_whole(entry.id)))
            && (self.filter.manager_id.is_none_or(|id| person.manager == Some(id) && self.sees_whole(entry.id)))
    }

    fn takes_facts(&self, person: &PersonFacts) -> bool {
        let fits = match self.activity {
            Activity::True => person.active,
            Activity::False => !person.active,
            Activity::All => true,
        };
        fits && self.ids.as_ref().is_none_or(|ids| ids.contains(&person.id))
            && self
                .units
                .as_ref()
                .is_none_or(|(units, placed)| units.contains(&person.unit) || placed.contains(&person.id))
    }

    fn says(&self, entry: &Entry, text: &str) -> bool {
        let hidden = [&entry.email_folded, &entry.employee_code_folded];
        entry.name_folded.contains(text)
            || (hidden.into_iter().flatten().any(|field| field.contains(text)) && self.sees_whole(entry.id))
    }

    fn sees_whole(&self, person: PersonId) -> bool {
        self.actor.sees_whole(person)
    }
}

//! Adding people: one, or a batch whose people may refer to each other.

use super::known::{Known, key};
use super::{Person, PersonIn, store, subject};
use crate::db::{Event, Tx};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::limits;
use crate::domain::words::Role;
use crate::error::{Code, Error, Faults, Result};
use crate::org::{NewOrganization, hold_directory, must_be_admin};
use std::collections::HashMap;

/// Adds the first owner of a new organization.
pub(in crate::org) fn insert_first_owner(tx: &mut Tx<'_>, unit: UnitId, new: &NewOrganization) -> Result<()> {
    let mut owner = Person::new(tx, tx.actor.person, new.owner_name.clone(), unit, Role::Owner);
    owner.account_id = Some(new.account);
    owner.set_email(Some(new.owner_email.clone()));
    insert(tx, &[&owner])
}

/// Adds a person.
pub fn add(tx: &mut Tx<'_>, new: &PersonIn) -> Result<PersonId> {
    let mut outcomes = add_all(tx, std::slice::from_ref(new))?;
    outcomes.pop().ok_or_else(Error::not_found)?
}

/// Adds people, each on its own: one that is refused keeps nobody from being added but those whose manager it is.
/// All are checked before any is written; the outcomes come in the order of the batch.
pub fn add_all(tx: &mut Tx<'_>, batch: &[PersonIn]) -> Result<Vec<Result<PersonId>>> {
    let drafts = draft_all(tx, batch)?;
    write(tx, drafts)
}

/// The same, all or none: where one is refused, the others are not added either.
pub fn add_all_or_none(tx: &mut Tx<'_>, batch: &[PersonIn]) -> Result<Vec<Result<PersonId>>> {
    let drafts = draft_all(tx, batch)?;
    if drafts.iter().all(Draft::is_good) {
        return write(tx, drafts);
    }
    let undone = |draft: Draft| draft.outcome().and(Err(Code::BatchUndone.into()));
    Ok(drafts.into_iter().map(undone).collect())
}

fn draft_all(tx: &mut Tx<'_>, batch: &[PersonIn]) -> Result<Vec<Draft>> {
    must_be_admin(tx)?;
    hold_directory(tx)?;
    let known = Known::of_batch(tx, batch)?;
    let mut drafts: Vec<Draft> = Vec::with_capacity(batch.len());
    let mut codes = HashMap::new();
    for (index, new) in batch.iter().enumerate() {
        let draft = Draft::of(tx, new, &known, &drafts);
        if let Some(code) = &draft.person.employee_code_folded {
            codes.entry(code.clone()).or_insert(index);
        }
        drafts.push(draft);
    }
    for (draft, new) in drafts.iter_mut().zip(batch) {
        draft.name_manager(tx, new, &known, &codes);
    }
    refuse_rings(&mut drafts);
    refuse_managed_by_refused(&mut drafts);
    Ok(drafts)
}

fn write(tx: &mut Tx<'_>, mut drafts: Vec<Draft>) -> Result<Vec<Result<PersonId>>> {
    let ids: Vec<PersonId> = drafts.iter().map(|draft| draft.person.id).collect();
    for draft in &mut drafts {
        if let Some(manager) = draft.manager_in_batch.and_then(|index| ids.get(index)) {
            draft.person.manager_id = Some(*manager);
        }
    }
    let above: Vec<Option<usize>> = drafts.iter().map(|draft| draft.manager_in_batch).collect();
    let mut good: Vec<(usize, &Draft)> = drafts.iter().enumerate().filter(|(_, draft)| draft.is_good()).collect();
    // SQLite adds one row after the other: managers come first.
    good.sort_by_key(|(index, _)| way_up(*index, &above).len());
    let good: Vec<&Person> = good.into_iter().map(|(_, draft)| &draft.person).collect();
    insert(tx, &good)?;
    Ok(drafts.into_iter().map(Draft::outcome).collect())
}

fn insert(tx: &mut Tx<'_>, people: &[&Person]) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    store::insert(tx.conn, people)?;
    store::homes::settle(tx.conn, people)?;
    for person in people {
        tx.note(Event::new("person.added", subject(person)).after(&person.noted())?);
    }
    Ok(())
}

/// A person of a batch before it is written, with what is wrong.
struct Draft {
    person: Person,
    /// The manager's place in the batch, where they are new as well.
    manager_in_batch: Option<usize>,
    faults: Faults,
    /// Whether the actor may not give the role.
    forbidden: bool,
}

impl Draft {
    fn of(tx: &Tx<'_>, new: &PersonIn, known: &Known, earlier: &[Self]) -> Self {
        let mut faults = Faults::new();
        let role = new.role.unwrap_or(Role::Member);
        let name = faults.line("/display_name", &new.display_name, limits::NAME);
        let unit = unit_of(tx, new, &mut faults);
        let mut person = Person::new(tx, tx.new_id(), name, unit, role);
        let email = new.email.as_deref().map(str::trim).filter(|email| !email.is_empty());
        person.set_email(email.map(|email| faults.email("/email", email)));
        person.set_employee_code(faults.optional_line("/employee_code", new.employee_code.as_deref(), limits::CODE));
        person.job_title = faults.optional_line("/job_title", new.job_title.as_deref(), limits::NAME);
        person.time_zone = new.time_zone.as_deref().map(|zone| faults.time_zone("/time_zone", zone).name().to_owned());
        person.locale = new.locale;
        person.joined_on = new.joined_on;
        person.left_on = new.left_on;
        let mut draft = Self { person, manager_in_batch: None, faults, forbidden: !tx.actor.may_grant(role) };
        draft.check(known, earlier);
        draft
    }

    fn check(&mut self, known: &Known, earlier: &[Self]) {
        let Self { person, faults, .. } = self;
        check(person, known, faults);
        let twice = |same: &dyn Fn(&Person) -> bool| earlier.iter().any(|draft| same(&draft.person));
        let email = twice(&|other| person.email_folded.is_some() && other.email_folded == person.email_folded);
        faults.check(!email, "/email", Code::Duplicate);
        let code = twice(&|other| {
            person.employee_code_folded.is_some() && other.employee_code_folded == person.employee_code_folded
        });
        faults.check(!code, "/employee_code", Code::Duplicate);
    }

    fn name_manager(&mut self, tx: &Tx<'_>, new: &PersonIn, known: &Known, batch: &HashMap<String, usize>) {
        if let Some(id) = new.manager_id {
            check_manager(tx, id, "/manager_id", &mut self.faults);
            self.person.manager_id = Some(id);
            self.faults.check(new.manager_employee_code.is_none(), "/manager_employee_code", Code::Duplicate);
        } else if let Some(code) = &new.manager_employee_code {
            if let Some(id) = known.with_code(code) {
                check_manager(tx, id, "/manager_employee_code", &mut self.faults);
                self.person.manager_id = Some(id);
            } else if let Some(index) = batch.get(&key(code)) {
                self.manager_in_batch = Some(*index);
            } else {
                self.faults.add("/manager_employee_code", Code::NoSuchReference);
            }
        }
    }

    fn is_good(&self) -> bool {
        !self.forbidden && self.faults.is_empty()
    }

    fn outcome(self) -> Result<PersonId> {
        if self.forbidden {
            return Err(Code::Forbidden.into());
        }
        self.faults.finish().map(|()| self.person.id)
    }
}

fn unit_of(tx: &Tx<'_>, new: &PersonIn, faults: &mut Faults) -> UnitId {
    let directory = &tx.actor.directory;
    let named = match (new.unit_id, &new.unit_code) {
        (Some(id), code) => {
            faults.check(code.is_none(), "/unit_code", Code::Duplicate);
            faults.check(directory.unit(id).is_some(), "/unit_id", Code::NoSuchReference);
            Some(id)
        }
        (None, Some(code)) => {
            let found = directory.units().find(|unit| key(&unit.code) == key(code)).map(|unit| unit.id);
            faults.check(found.is_some(), "/unit_code", Code::NoSuchReference);
            found
        }
        (None, None) => None,
    };
    named.or_else(|| directory.root()).unwrap_or_else(|| tx.new_id())
}

/// Checks what holds for a person whether new or changed: nothing taken, days in order.
pub(super) fn check(person: &Person, known: &Known, faults: &mut Faults) {
    faults.check(!known.email_taken(person.email_folded.as_ref(), person.id), "/email", Code::Taken);
    faults.check(!known.code_taken(person.employee_code_folded.as_ref(), person.id), "/employee_code", Code::Taken);
    faults.day("/joined_on", person.joined_on);
    faults.day("/left_on", person.left_on);
    let in_order = person.joined_on.zip(person.left_on).is_none_or(|(joined, left)| joined <= left);
    faults.check(in_order, "/left_on", Code::DatesReversed);
}

/// Checks that a manager is there and with the organization.
pub(super) fn check_manager(tx: &Tx<'_>, id: PersonId, pointer: &str, faults: &mut Faults) {
    match tx.actor.directory.person(id) {
        None => faults.add(pointer, Code::NoSuchReference),
        Some(manager) => faults.check(manager.active, pointer, Code::PersonDeactivated),
    }
}

/// Refuses people of a batch who would stand above each other in a ring.
fn refuse_rings(drafts: &mut [Draft]) {
    let above: Vec<Option<usize>> = drafts.iter().map(|draft| draft.manager_in_batch).collect();
    let names: Vec<String> = drafts.iter().map(|draft| draft.person.display_name.clone()).collect();
    for (index, draft) in drafts.iter_mut().enumerate() {
        let way = way_up(index, &above);
        if way.len() > 1 && way.last() == Some(&index) {
            let way: Vec<&str> = way.iter().filter_map(|at| names.get(*at)).map(String::as_str).collect();
            draft.faults.add("/manager_employee_code", Code::ManagerLoop.with("loop", way.join(" → ")));
        }
    }
}

/// The way from a place in the batch up its managers, to one whose manager is not in the batch or is on the way.
fn way_up(start: usize, above: &[Option<usize>]) -> Vec<usize> {
    let mut way = vec![start];
    let mut next = above.get(start).copied().flatten();
    while let Some(index) = next {
        let met = way.contains(&index);
        way.push(index);
        if met {
            break;
        }
        next = above.get(index).copied().flatten();
    }
    way
}

/// Refuses those whose manager of the same batch is refused, until nothing more follows.
fn refuse_managed_by_refused(drafts: &mut [Draft]) {
    loop {
        let good: Vec<bool> = drafts.iter().map(Draft::is_good).collect();
        let hangs = |draft: &&mut Draft| {
            draft.is_good() && draft.manager_in_batch.is_some_and(|index| !good.get(index).copied().unwrap_or(false))
        };
        let mut settled = true;
        for draft in drafts.iter_mut().filter(hangs) {
            draft.faults.add("/manager_employee_code", Code::NoSuchReference);
            settled = false;
        }
        if settled {
            return;
        }
    }
}

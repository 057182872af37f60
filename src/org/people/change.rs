//! Changing, deactivating and reactivating people. HR alone; admins and owners are for an owner to touch.

use super::add::{check, check_manager};
use super::known::Known;
use super::{Person, PersonPatch, store, subject};
use crate::db::{Event, Tx};
use crate::domain::access::Directory;
use crate::domain::ids::PersonId;
use crate::domain::limits;
use crate::domain::words::Role;
use crate::error::{Code, Error, Faults, Result};
use crate::http::Patch;
use crate::identity;
use crate::identity::links::{self, Purpose};
use crate::org::{hold_directory, must_be_admin};

/// Changes a person.
pub fn change(tx: &mut Tx<'_>, id: PersonId, patch: &PersonPatch, if_match: Option<i64>) -> Result<()> {
    hold_directory(tx)?;
    let before = store::find_for_update(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)?;
    must_be_admin(tx)?;
    Error::unless_current(if_match, before.version)?;
    may_touch(tx, &before, patch)?;
    may_change_standing(tx, &before, patch)?;
    let after = changed(tx, &before, patch)?;
    if after == before {
        return Ok(());
    }
    write(tx, &before, after)
}

/// Writes a changed person, and ends what let in one who was deactivated.
pub(super) fn write(tx: &mut Tx<'_>, before: &Person, mut after: Person) -> Result<()> {
    after.version += 1;
    after.updated_at = tx.now;
    store::update(tx.conn, &after)?;
    if after.unit_id != before.unit_id {
        store::homes::move_to(tx.conn, &after, tx.now.day_in(tx.zone))?;
    }
    end_outdated_invitations(tx, before, &after)?;
    let kind = match (before.is_active(), after.is_active()) {
        (true, false) => {
            identity::shut_out(tx, after.id)?;
            "person.deactivated"
        }
        (false, true) => "person.reactivated",
        _ => "person.changed",
    };
    let event = Event::new(kind, subject(&after));
    tx.note(event.before(&before.noted())?.after(&after.noted())?);
    Ok(())
}

/// An invitation went to an address and was made for a role: with another of either it opens nothing any more. Nor does
/// it wait for one who was deactivated to come back.
fn end_outdated_invitations(tx: &mut Tx<'_>, before: &Person, after: &Person) -> Result<()> {
    if before.role == after.role && before.email_folded == after.email_folded && after.is_active() {
        return Ok(());
    }
    let person = (after.organization_id, after.id);
    Ok(links::end_of(tx.conn, Purpose::Invitation, person, tx.now)?)
}

/// An owner's email and manager are for owners to change: whoever could, could become them.
fn may_touch(tx: &Tx<'_>, before: &Person, patch: &PersonPatch) -> Result<()> {
    let email = patch.email.clone().over(before.email.clone()) != before.email;
    let manager = patch.manager_id.over(before.manager_id) != before.manager_id;
    let untouched = !email && !manager;
    if untouched || tx.actor.may_touch_account_of(before.role) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Roles are given and taken, and people deactivated, by those who may give the role; nobody deactivates themself,
/// and the last owner stays.
fn may_change_standing(tx: &mut Tx<'_>, before: &Person, patch: &PersonPatch) -> Result<()> {
    let role = patch.role.unwrap_or(before.role);
    let active = patch.active.unwrap_or_else(|| before.is_active());
    if role == before.role && active == before.is_active() {
        return Ok(());
    }
    if !tx.actor.may_grant(before.role) || !tx.actor.may_grant(role) {
        return Err(Code::Forbidden.into());
    }
    if !active && before.id == tx.actor.person {
        return Err(Code::OwnDeactivation.into());
    }
    let was_owner = before.role == Role::Owner && before.is_active();
    let stays_owner = role == Role::Owner && active;
    if was_owner && !stays_owner && store::other_owners(tx.conn, tx.organization(), before.id)? == 0 {
        return Err(Code::LastOwner.into());
    }
    Ok(())
}

/// The person after a patch, or everything that is wrong with it.
fn changed(tx: &mut Tx<'_>, before: &Person, patch: &PersonPatch) -> Result<Person> {
    let email = patch.email.set().map(String::as_str);
    let code = patch.employee_code.set().map(String::as_str);
    let known = Known::of(tx, email.into_iter(), code.into_iter())?;
    let mut after = before.clone();
    let mut faults = Faults::new();
    texts(&mut after, patch, &mut faults);
    after.role = patch.role.unwrap_or(before.role);
    after.joined_on = patch.joined_on.over(before.joined_on);
    after.left_on = patch.left_on.over(before.left_on);
    after.locale = patch.locale.over(before.locale);
    match patch.active {
        Some(true) => after.deactivated_at = None,
        Some(false) => after.deactivated_at = after.deactivated_at.or(Some(tx.now)),
        None => {}
    }
    if let Some(unit) = patch.unit_id {
        faults.check(tx.actor.directory.unit(unit).is_some(), "/unit_id", Code::NoSuchReference);
        after.unit_id = unit;
    }
    after.manager_id = patch.manager_id.over(before.manager_id);
    if let Some(manager) = patch.manager_id.set() {
        check_manager(tx, *manager, "/manager_id", &mut faults);
        check_no_ring(&tx.actor.directory, before.id, *manager, "/manager_id", &mut faults);
    }
    check(&after, &known, &mut faults);
    faults.finish().map(|()| after)
}

fn texts(after: &mut Person, patch: &PersonPatch, faults: &mut Faults) {
    if let Some(name) = &patch.display_name {
        after.set_name(faults.line("/display_name", name, limits::NAME));
    }
    if patch.email.is_said() {
        after.set_email(patch.email.set().map(|email| faults.email("/email", email)));
    }
    if patch.employee_code.is_said() {
        let code = patch.employee_code.set().map(String::as_str);
        after.set_employee_code(faults.optional_line("/employee_code", code, limits::CODE));
    }
    if patch.job_title.is_said() {
        let title = patch.job_title.set().map(String::as_str);
        after.job_title = faults.optional_line("/job_title", title, limits::NAME);
    }
    match &patch.time_zone {
        Patch::Keep => {}
        Patch::Clear => after.time_zone = None,
        Patch::Set(zone) => after.time_zone = Some(faults.time_zone("/time_zone", zone).name().to_owned()),
    }
}

/// Checks that nobody becomes their own manager, naming the way round.
pub(super) fn check_no_ring(
    directory: &Directory,
    person: PersonId,
    manager: PersonId,
    pointer: &str,
    faults: &mut Faults,
) {
    let ring = directory.manager_loop(person, manager);
    if !ring.is_empty() {
        let way: Vec<&str> = ring.iter().map(|id| directory.name_of(*id)).collect();
        faults.add(pointer, Code::ManagerLoop.with("loop", way.join(" → ")));
    }
}

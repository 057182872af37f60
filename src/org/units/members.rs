//! Who leads, supervises and works in a unit, beside those who have it as home.

use super::{get, store};
use crate::db::{Event, Subject, Tx};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::UnitRole;
use crate::error::{Code, Error, Result};
use crate::org::hold_directory;
use serde_json::json;

/// Gives a person a place in a unit, or another one than they have. HR; leads of the unit or of one above, but no
/// lead's place.
pub fn place(tx: &mut Tx<'_>, unit: UnitId, person: PersonId, role: UnitRole, if_match: Option<i64>) -> Result<()> {
    let before = begin(tx, unit, person, if_match)?;
    let active = tx.actor.directory.person(person).is_some_and(|person| person.active);
    may_place(tx, unit, before, Some(role))?;
    if !active {
        return Err(Code::PersonDeactivated.into());
    }
    settle(tx, unit, person, before, Some(role))
}

/// Takes a person's place in a unit away. Who may give it may take it.
pub fn displace(tx: &mut Tx<'_>, unit: UnitId, person: PersonId, if_match: Option<i64>) -> Result<()> {
    let before = begin(tx, unit, person, if_match)?;
    let role = before.ok_or_else(Error::not_found)?;
    may_place(tx, unit, Some(role), None)?;
    settle(tx, unit, person, before, None)
}

/// Gives the units that one person leads to another, by id: those that have another lead now. Whether the actor may is
/// decided by the caller.
pub fn hand_over_leads(tx: &mut Tx<'_>, from: PersonId, to: PersonId) -> Result<Vec<UnitId>> {
    hold_directory(tx)?;
    let mut led = tx.actor.directory.led_by(from);
    led.sort_unstable();
    for unit in &led {
        let has = store::role_of(tx.conn, tx.organization(), *unit, to)?;
        settle(tx, *unit, to, has, Some(UnitRole::Lead))?;
        settle(tx, *unit, from, Some(UnitRole::Lead), None)?;
    }
    Ok(led)
}

/// The place that the person has, with the directory held still.
fn begin(tx: &mut Tx<'_>, unit: UnitId, person: PersonId, if_match: Option<i64>) -> Result<Option<UnitRole>> {
    hold_directory(tx)?;
    let found = get(tx, unit)?;
    tx.actor.directory.person(person).ok_or_else(Error::not_found)?;
    Error::unless_current(if_match, found.version)?;
    Ok(store::role_of(tx.conn, tx.organization(), unit, person)?)
}

fn may_place(tx: &Tx<'_>, unit: UnitId, before: Option<UnitRole>, after: Option<UnitRole>) -> Result<()> {
    let allowed = before.into_iter().chain(after).all(|role| tx.actor.may_place(unit, role));
    if allowed { Ok(()) } else { Err(Code::Forbidden.into()) }
}

fn settle(
    tx: &mut Tx<'_>,
    unit: UnitId,
    person: PersonId,
    before: Option<UnitRole>,
    after: Option<UnitRole>,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let organization = tx.organization();
    store::remove_member(tx.conn, organization, unit, person)?;
    if let Some(role) = after {
        store::add_member(tx.conn, organization, unit, person, role)?;
    }
    let mut changed = get(tx, unit)?;
    changed.version += 1;
    changed.updated_at = tx.now;
    store::update(tx.conn, &changed)?;
    let name = tx.actor.directory.name_of(person).to_owned();
    let noted = |role: Option<UnitRole>| json!({ "person_id": person, "name": name, "role": role });
    let event = Event::new("unit.member_changed", Subject::new("unit", unit).called(&changed.name));
    tx.note(event.before(&noted(before))?.after(&noted(after))?);
    Ok(())
}

//! Delegations: a lead on leave hands check-ins, approvals and reviews to someone else, from a day to a day.
//!
//! The delegate acts for the lead within these days, with what the lead may do by leading and nothing more, and is
//! named as who stood for whom. What is over stays, for the record.

mod api;
mod model;
mod store;

pub(super) use api::routes;
pub use model::{Delegation, DelegationIn};

use crate::db::{Event, Subject, Tx};
use crate::domain::access::PersonFacts;
use crate::domain::ids::{DelegationId, PersonId};
use crate::domain::limits;
use crate::domain::words::DelegationState;
use crate::error::{Code, Error, Faults, Result};
use crate::org::hold_directory;
use std::collections::HashSet;

/// Hands a lead's rights to someone: the lead themself, and HR for them.
pub fn add(tx: &mut Tx<'_>, new: &DelegationIn) -> Result<DelegationId> {
    hold_directory(tx)?;
    let lead = new.lead_id.unwrap_or(tx.actor.person);
    if !tx.actor.may_delegate_for(lead) {
        return Err(Code::Forbidden.into());
    }
    let mut faults = Faults::new();
    let row = Delegation::new(tx, lead, new, faults.optional_text("/note", new.note.as_deref(), limits::REASON));
    check_people(tx, &row, &mut faults);
    check_rights(new, &mut faults);
    check_days(tx, &row, &mut faults);
    check_number(tx, lead, &mut faults)?;
    faults.finish()?;
    store::insert(tx.conn, &row)?;
    let event = Event::new("delegation.added", subject(tx, &row));
    tx.note(event.after(&row.noted())?);
    Ok(row.id)
}

/// Ends a delegation at once: whoever may give it, and the delegate who gives it back.
pub fn end(tx: &mut Tx<'_>, id: DelegationId, if_match: Option<i64>) -> Result<()> {
    hold_directory(tx)?;
    let before = get(tx, id)?;
    if !tx.actor.may_end_delegation(before.lead_id, before.delegate_id) {
        return Err(Code::Forbidden.into());
    }
    Error::unless_current(if_match, before.version)?;
    if before.state(tx.today()) == DelegationState::Over {
        return Err(Code::DelegationOver.into());
    }
    let mut after = before.clone();
    (after.ended_by, after.ended_at) = (Some(tx.actor.person), Some(tx.now));
    after.version += 1;
    store::update(tx.conn, &after)?;
    let event = Event::new("delegation.ended", subject(tx, &after));
    tx.note(event.before(&before.noted())?.after(&after.noted())?);
    Ok(())
}

/// What events speak of: whose rights are in whose hands.
fn subject(tx: &Tx<'_>, one: &Delegation) -> Subject {
    let [lead, delegate] = [one.lead_id, one.delegate_id].map(|id| tx.actor.directory.name_of(id));
    Subject::new("delegation", one.id).called(&format!("{lead} → {delegate}"))
}

/// A delegation that the actor may know of: its two ends, and HR.
pub fn get(tx: &mut Tx<'_>, id: DelegationId) -> Result<Delegation> {
    let found = store::find(tx.conn, tx.organization(), id)?;
    let seen = found.filter(|found| tx.actor.sees_delegation(found.lead_id, found.delegate_id));
    seen.ok_or_else(Error::not_found)
}

/// All delegations that the actor may know of, in no order.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Delegation>> {
    let mut all = store::all(tx.conn, tx.organization())?;
    all.retain(|one| tx.actor.sees_delegation(one.lead_id, one.delegate_id));
    Ok(all)
}

/// The lead is there and leads someone; the delegate is there, another one, and may act.
fn check_people(tx: &Tx<'_>, row: &Delegation, faults: &mut Faults) {
    let directory = &tx.actor.directory;
    match directory.person(row.lead_id) {
        None => faults.add("/lead_id", Code::NoSuchReference),
        Some(PersonFacts { active, .. }) => {
            faults.check(*active, "/lead_id", Code::PersonDeactivated);
            faults.check(directory.is_lead(row.lead_id), "/lead_id", Code::LeadsNobody);
        }
    }
    faults.check(row.lead_id != row.delegate_id, "/delegate_id", Code::OwnDelegate);
    match directory.person(row.delegate_id) {
        None => faults.add("/delegate_id", Code::NoSuchReference),
        Some(PersonFacts { active, role, .. }) => {
            faults.check(*active, "/delegate_id", Code::PersonDeactivated);
            faults.check(role.may_write(), "/delegate_id", Code::ViewerAsDelegate);
        }
    }
}

fn check_rights(new: &DelegationIn, faults: &mut Faults) {
    faults.check(!new.rights.is_empty(), "/rights", Code::Required);
    let mut met = HashSet::new();
    for (index, right) in new.rights.iter().enumerate() {
        faults.check(met.insert(right), &format!("/rights/{index}"), Code::Duplicate);
    }
}

/// It is for a time: ahead or running, and not for ever.
fn check_days(tx: &Tx<'_>, row: &Delegation, faults: &mut Faults) {
    let most = limits::DELEGATION_DAYS;
    faults.day("/first", Some(row.first_on));
    faults.day("/last", Some(row.last_on));
    let in_order = row.first_on <= row.last_on;
    faults.check(in_order, "/last", Code::DatesReversed);
    faults.check(!in_order || row.last_on >= tx.today(), "/last", Code::InThePast);
    let days = (row.last_on - row.first_on).num_days() + 1;
    faults.check(usize::try_from(days).is_ok_and(|days| days <= most) || !in_order, "/last", {
        Code::TooManyDays.with("most", most)
    });
}

fn check_number(tx: &mut Tx<'_>, lead: PersonId, faults: &mut Faults) -> Result<()> {
    let today = tx.today();
    let of_lead = store::of_lead(tx.conn, tx.organization(), lead)?;
    let open = of_lead.iter().filter(|one| one.state(today) != DelegationState::Over).count();
    faults.check(open < limits::DELEGATIONS, "", Code::TooMany.with("most", limits::DELEGATIONS));
    Ok(())
}

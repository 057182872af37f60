//! Handing over those whom a person manages. HR alone.

use super::change::{check_no_ring, write};
use super::{add, store};
use crate::db::Tx;
use crate::domain::access::PersonFacts;
use crate::domain::ids::PersonId;
use crate::error::{Code, Error, Faults, Result};
use crate::org::{hold_directory, must_be_admin};

/// Whether the actor may hand over what someone answers for.
pub fn may_hand_over(tx: &Tx<'_>, from: PersonId) -> Result<()> {
    tx.actor.directory.person(from).ok_or_else(Error::not_found)?;
    must_be_admin(tx)
}

/// A successor is there, active, and another one.
pub fn check_successor(tx: &Tx<'_>, from: PersonId, to: PersonId) -> Result<()> {
    let mut faults = Faults::new();
    add::check_manager(tx, to, "/to", &mut faults);
    faults.check(from != to, "/to", Code::Duplicate);
    faults.finish()
}

/// Gives those whom one person manages to another: how many that were. A successor who was managed by them gets
/// their manager. Owners whom the actor may not touch stay as they are.
pub fn hand_over_reports(tx: &mut Tx<'_>, from: PersonId, to: PersonId) -> Result<usize> {
    hold_directory(tx)?;
    may_hand_over(tx, from)?;
    let their_manager = tx.actor.directory.person(from).and_then(|person| person.manager);
    let directory = tx.actor.directory.clone();
    let reports_to_them =
        |person: &&PersonFacts| person.manager == Some(from) && tx.actor.may_touch_account_of(person.role);
    let mut reports: Vec<PersonId> = directory.people().filter(reports_to_them).map(|person| person.id).collect();
    reports.sort();
    check_no_rings(tx, to, &reports)?;
    for report in &reports {
        let before = store::find_for_update(tx.conn, tx.organization(), *report)?.ok_or_else(Error::not_found)?;
        let mut after = before.clone();
        after.manager_id = if *report == to { their_manager.filter(|manager| *manager != to) } else { Some(to) };
        write(tx, &before, after)?;
    }
    Ok(reports.len())
}

/// The successor stands below nobody whom they would manage.
fn check_no_rings(tx: &Tx<'_>, to: PersonId, reports: &[PersonId]) -> Result<()> {
    let mut faults = Faults::new();
    for report in reports.iter().filter(|report| **report != to) {
        check_no_ring(&tx.actor.directory, *report, to, "/to", &mut faults);
    }
    faults.finish()
}

//! Handing over what a person answers for. HR alone.

use super::change::{check_no_ring, write};
use super::{add, store};
use crate::db::Tx;
use crate::domain::ids::PersonId;
use crate::error::{Code, Error, Faults, Result};
use crate::org::{hold_directory, must_be_admin};

/// Whether the actor may hand over what someone answers for.
pub fn may_hand_over(tx: &Tx<'_>, from: PersonId) -> Result<()> {
    tx.actor.directory.person(from).ok_or_else(Error::not_found)?;
    must_be_admin(tx)
}

/// Gives those whom one person manages to another: how many that were. A successor who was managed by them gets
/// their manager.
pub fn hand_over_reports(tx: &mut Tx<'_>, from: PersonId, to: PersonId) -> Result<usize> {
    hold_directory(tx)?;
    may_hand_over(tx, from)?;
    let their_manager = tx.actor.directory.person(from).and_then(|person| person.manager);
    let directory = tx.actor.directory.clone();
    let mut reports: Vec<PersonId> =
        directory.people().filter(|person| person.manager == Some(from)).map(|person| person.id).collect();
    reports.sort();
    check(tx, from, to, &reports)?;
    for report in &reports {
        let before = store::find_for_update(tx.conn, tx.organization(), *report)?.ok_or_else(Error::not_found)?;
        let mut after = before.clone();
        after.manager_id = if *report == to { their_manager.filter(|manager| *manager != to) } else { Some(to) };
        write(tx, &before, after)?;
    }
    Ok(reports.len())
}

/// The successor is there, active, another one, and stands below nobody whom they would manage.
fn check(tx: &Tx<'_>, from: PersonId, to: PersonId, reports: &[PersonId]) -> Result<()> {
    let mut faults = Faults::new();
    add::check_manager(tx, to, "/to", &mut faults);
    faults.check(from != to, "/to", Code::Duplicate);
    for report in reports.iter().filter(|report| **report != to) {
        check_no_ring(&tx.actor.directory, *report, to, "/to", &mut faults);
    }
    faults.finish()
}

//! The beginning of a cycle's reviews.

use super::model::Review;
use super::setup::{self, Setup, SetupRow};
use super::{change, store};
use crate::cycles::{self, model::Cycle};
use crate::db::columns::Json;
use crate::db::{Event, Tx};
use crate::domain::ids::{CycleId, PersonId};
use crate::domain::review::Deadlines;
use crate::domain::words::{Phase, ReviewStep, ReviewedPeople};
use crate::error::Result;
use crate::goals;
use serde_json::json;
use std::collections::HashSet;

/// After a cycle's phase moved: where it entered its review, its template is fixed, and everyone who is reviewed by it
/// has a review. One that comes back from being active keeps the reviews that were begun.
pub fn begin(tx: &mut Tx<'_>, cycle: CycleId) -> Result<()> {
    let cycle = cycles::find(tx, cycle)?;
    if cycle.phase != Phase::Review {
        return Ok(());
    }
    let setup = fixed(tx, &cycle)?;
    let there: HashSet<PersonId> = store::people_in(tx.conn, tx.organization(), cycle.id)?.into_iter().collect();
    let mut people = reviewed(tx, &cycle, setup.template.settings.people)?;
    people.retain(|person| !there.contains(person));
    open(tx, &cycle, &people, None)?;
    Ok(())
}

/// Gives people a review each.
pub(super) fn open(
    tx: &mut Tx<'_>,
    cycle: &Cycle,
    people: &[PersonId],
    reason: Option<&String>,
) -> Result<Vec<Review>> {
    let rows: Vec<_> = people.iter().map(|person| new(tx, cycle.id, *person, reason.cloned())).collect();
    store::insert(tx.conn, &rows)?;
    for row in &rows {
        let opened = Event::new("review.opened", change::subject(tx, cycle, row));
        tx.note(opened.after(&json!({ "step": row.step, "person_id": row.person_id, "reason": reason }))?);
    }
    Ok(rows)
}

/// The set-up with its template fixed and its deadlines set.
fn fixed(tx: &mut Tx<'_>, cycle: &Cycle) -> Result<Setup> {
    let setup = setup::of(tx, cycle)?;
    if setup.row.began_at.is_some() {
        return Ok(setup);
    }
    let set = setup.row.deadlines.0;
    let by_template = setup.template.settings.deadlines.after(cycle.ends_on.max(tx.today()));
    let deadlines = Deadlines {
        self_submitted: set.self_submitted.or(by_template.self_submitted),
        manager_submitted: set.manager_submitted.or(by_template.manager_submitted),
        shared: set.shared.or(by_template.shared),
        acknowledged: set.acknowledged.or(by_template.acknowledged),
    };
    let row = SetupRow {
        template: Some(Json(setup.template.clone())),
        deadlines: Json(deadlines),
        began_at: Some(tx.now),
        version: setup.row.version + 1,
        updated_at: tx.now,
        ..setup.row.clone()
    };
    setup::write(tx, cycle, &setup.row, row.clone())?;
    Ok(Setup { row, ..setup })
}

/// Those who are reviewed, as far as they are with the organization and may write.
fn reviewed(tx: &mut Tx<'_>, cycle: &Cycle, people: ReviewedPeople) -> Result<Vec<PersonId>> {
    let owners: HashSet<PersonId> = match people {
        ReviewedPeople::WithGoals => goals::owners_in(tx, cycle.id)?.into_iter().collect(),
        ReviewedPeople::Everyone => tx.actor.directory.people().map(|person| person.id).collect(),
    };
    let may_write = tx.actor.directory.people().filter(|person| person.active && person.role.may_write());
    let mut found: Vec<_> = may_write.map(|person| person.id).filter(|person| owners.contains(person)).collect();
    found.sort_unstable();
    Ok(found)
}

fn new(tx: &Tx<'_>, cycle_id: CycleId, person_id: PersonId, added_reason: Option<String>) -> Review {
    Review {
        organization_id: tx.organization(),
        id: tx.new_id(),
        cycle_id,
        person_id,
        step: ReviewStep::NotStarted,
        self_part: None,
        manager_part: None,
        record: None,
        calibrations: Json(Vec::new()),
        computed_score: None,
        self_score: None,
        manager_score: None,
        calibrated_score: None,
        self_submitted_at: None,
        manager_by: None,
        manager_submitted_at: None,
        shared_by: None,
        shared_at: None,
        acknowledged_at: None,
        agreed: None,
        acknowledgement: None,
        added_reason,
        excluded_reason: None,
        returned_reason: None,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
    }
}

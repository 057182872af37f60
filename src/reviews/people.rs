//! Whom HR adds to a cycle's reviews and whom it leaves out, with a reason.

use super::change::{change, reason, subject};
use super::{begin, setup, store};
use crate::cycles;
use crate::db::{Event, Tx};
use crate::domain::ids::{CycleId, PersonId, ReviewId};
use crate::domain::words::{Phase, ReviewAct};
use crate::error::{Code, Error, Faults, Result};
use serde_json::json;

/// Gives someone a review whom the cycle gave none, or takes them in again. HR, not for themself.
pub fn add(tx: &mut Tx<'_>, cycle: CycleId, person: PersonId, why: &str) -> Result<ReviewId> {
    cycles::find(tx, cycle)?;
    if !tx.actor.is_admin() {
        return Err(Code::Forbidden.into());
    }
    let cycle = cycles::find_for_update(tx, cycle)?;
    check(tx, person)?;
    let why = reason(why)?;
    if cycle.phase != Phase::Review {
        return Err(Code::NotInReview.word("phase", cycle.phase).into());
    }
    if setup::of(tx, &cycle)?.row.began_at.is_none() {
        return Err(Code::ReviewsNotBegun.into());
    }
    let Some(before) = store::of_person(tx.conn, tx.organization(), cycle.id, person)? else {
        let made = begin::open(tx, &cycle, &[person], Some(&why))?;
        return made.first().map(|one| one.id).ok_or_else(|| Error::internal("no review was made"));
    };
    let mut faults = Faults::new();
    faults.check(before.excluded_reason.is_some(), "/person_id", Code::Taken);
    faults.finish()?;
    let mut after = before.clone();
    (after.excluded_reason, after.added_reason) = (None, Some(why.clone()));
    (after.version, after.updated_at) = (before.version + 1, tx.now);
    if !store::update(tx.conn, &after, before.version)? {
        return Err(Error::Again);
    }
    let added = Event::new("review.added", subject(tx, &cycle, &after)).before(&json!({ "excluded": true }))?;
    tx.note(added.after(&json!({ "excluded": false, "reason": why }))?);
    Ok(after.id)
}

/// Leaves someone out. What was written stays, unseen. HR, not for themself.
pub fn exclude(tx: &mut Tx<'_>, id: ReviewId, version: Option<i64>, why: &str) -> Result<ReviewId> {
    change(tx, id, version, (ReviewAct::Exclude, "review.excluded"), |_, _, after| {
        let why = reason(why)?;
        after.excluded_reason = Some(why.clone());
        Ok(Some(why))
    })
}

/// The person is there, with the organization, and another one.
fn check(tx: &Tx<'_>, person: PersonId) -> Result<()> {
    if person == tx.actor.person {
        return Err(Code::OwnReview.into());
    }
    let mut faults = Faults::new();
    match tx.actor.directory.person(person) {
        None => faults.add("/person_id", Code::NoSuchReference),
        Some(facts) => faults.check(facts.active, "/person_id", Code::PersonDeactivated),
    }
    faults.finish()
}

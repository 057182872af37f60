//! How a review changes: one way for every act.

use super::find::{Known, find_for_update};
use super::model::Review;
use super::store;
use crate::cycles::model::Cycle;
use crate::db::{Event, Subject, Tx};
use crate::domain::ids::ReviewId;
use crate::domain::limits;
use crate::domain::words::ReviewAct;
use crate::error::{Code, Error, Faults, Result};
use serde_json::{Value, json};

/// Whether the person agrees with their review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Whether they agree.
    pub agree: bool,
    /// What they say to it.
    pub comment: Option<String>,
}

/// Does an act with a review: who may is asked first, then version, phase and step; `write` says what changes beside the
/// step. The log tells the steps, and more (the reason) where `write` answers it; never what is written or rated.
pub(super) fn change(
    tx: &mut Tx<'_>,
    id: ReviewId,
    version: Option<i64>,
    (act, kind): (ReviewAct, &'static str),
    write: impl FnOnce(&mut Tx<'_>, &Known, &mut Review) -> Result<Option<String>>,
) -> Result<ReviewId> {
    let known = find_for_update(tx, id)?;
    let step = known.must(tx, act, version)?;
    let before = &known.review;
    let mut after = Review { step, version: before.version + 1, updated_at: tx.now, ..before.clone() };
    let reason = write(tx, &known, &mut after)?;
    if !store::update(tx.conn, &after, before.version)? {
        return Err(Error::Again);
    }
    let changed = Event::new(kind, subject(tx, &known.cycle, &after));
    tx.note(changed.before(&told(before, None))?.after(&told(&after, reason))?);
    Ok(id)
}

fn told(review: &Review, reason: Option<String>) -> Value {
    let mut told = json!({ "step": review.step, "excluded": review.excluded_reason.is_some() });
    if let (Some(reason), Some(told)) = (reason, told.as_object_mut()) {
        told.insert("reason".to_owned(), reason.into());
    }
    told
}

/// What events speak of: whose review of which cycle.
pub(super) fn subject(tx: &Tx<'_>, cycle: &Cycle, review: &Review) -> Subject {
    let name = tx.actor.directory.name_of(review.person_id);
    Subject::new("review", review.id).called(&format!("{name} · {}", cycle.name))
}

/// A reason that must be given.
pub(super) fn reason(said: &str) -> Result<String> {
    let mut faults = Faults::new();
    let reason = faults.optional_text("/reason", Some(said), limits::REASON);
    faults.check(reason.is_some(), "/reason", Code::Required);
    faults.finish()?;
    Ok(reason.unwrap_or_default())
}

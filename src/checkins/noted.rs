//! What the event log says of check-ins.

use super::model::{CheckIn, Evidence};
use crate::db::columns::Json;
use crate::db::{Event, Subject};
use crate::domain::amount::Amount;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::{CheckInKind, Confidence};
use crate::error::Result;
use crate::goals::model::Goal;
use chrono::NaiveDate;
use serde::Serialize;

/// A check-in as the log keeps it.
#[derive(Serialize)]
struct Body<'a> {
    goal_id: GoalId,
    author_id: PersonId,
    on_behalf: bool,
    delegate_of: Option<PersonId>,
    kind: CheckInKind,
    value: Option<Amount>,
    increment: Option<Amount>,
    completed_steps: Option<&'a [String]>,
    effective_date: NaiveDate,
    confidence: Option<Confidence>,
    note: Option<&'a str>,
    blockers: Option<&'a str>,
    next_steps: Option<&'a str>,
    evidence: &'a [Evidence],
    voided_at: Option<Instant>,
    void_reason: Option<&'a str>,
}

fn body(row: &CheckIn) -> Body<'_> {
    Body {
        goal_id: row.goal_id,
        author_id: row.author_id,
        on_behalf: row.on_behalf,
        delegate_of: row.delegate_of,
        kind: row.kind,
        value: row.value,
        increment: row.increment,
        completed_steps: row.completed_steps.as_ref().map(|Json(steps)| steps.as_slice()),
        effective_date: row.effective_on,
        confidence: row.confidence,
        note: row.note.as_deref(),
        blockers: row.blockers.as_deref(),
        next_steps: row.next_steps.as_deref(),
        evidence: row.evidence.as_ref().map(|Json(links)| links.as_slice()).unwrap_or_default(),
        voided_at: row.voided_at,
        void_reason: row.void_reason.as_deref(),
    }
}

fn about(kind: &'static str, row: &CheckIn, goal: &Goal) -> Event {
    Event::new(kind, Subject::new("check_in", row.id).called(&goal.title)).goal(goal.forest_id, goal.id)
}

/// A check-in was made.
pub(super) fn recorded(row: &CheckIn, goal: &Goal) -> Result<Event> {
    about("check_in.recorded", row, goal).after(&body(row))
}

/// It was corrected.
pub(super) fn corrected(before: &CheckIn, row: &CheckIn, goal: &Goal) -> Result<Event> {
    about("check_in.corrected", row, goal).before(&body(before))?.after(&body(row))
}

/// It was voided.
pub(super) fn voided(before: &CheckIn, row: &CheckIn, goal: &Goal) -> Result<Event> {
    about("check_in.voided", row, goal).before(&body(before))?.after(&body(row))
}

//! Whose measurements a goal may take: a goal shows what they come to, so that nobody makes one to read what they may not
//! see.

use super::model::GoalBody;
use crate::db::Tx;
use crate::domain::measured::Subject;
use crate::domain::words::Visibility;
use crate::error::{Code, Result};

/// Whether the actor may let this goal be measured: where they may see what is measured of its person or unit.
pub(super) fn may_be_measured(tx: &Tx<'_>, body: &GoalBody) -> Result<()> {
    let seen = body.measured_scope().is_none_or(|subject| tx.actor.sees_measured(subject));
    if seen { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// The same of a change: it is asked where other measurements count from now on, of others, of another metric or of
/// other days.
pub(super) fn may_be_measured_anew(tx: &Tx<'_>, before: &GoalBody, after: &GoalBody) -> Result<()> {
    let asks = |body: &GoalBody| (body.measured_scope(), body.metric_id, body.window);
    if asks(before) == asks(after) { Ok(()) } else { may_be_measured(tx, after) }
}

/// Who sees a person's measured goal where nothing is said: no more than those who take part and the lead line.
pub(super) fn own_visibility(of: Option<Subject>) -> Option<Visibility> {
    matches!(of, Some(Subject::Person(_))).then_some(Visibility::Restricted)
}

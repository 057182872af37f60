//! The acts by which a review goes from step to step.

use super::change::{Answered, change, reason};
use super::ground::Grounds;
use super::model::{Ground, Moved, Part};
use super::part;
use crate::db::Tx;
use crate::db::columns::Json;
use crate::domain::amount::Amount;
use crate::domain::ids::ReviewId;
use crate::domain::limits;
use crate::domain::review::ends;
use crate::domain::words::{ReviewAct, ReviewRole};
use crate::error::{Code, Error, Faults, Result};

/// What a calibration comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The rating; none: it stays as it is.
    pub rating: Option<Amount>,
    /// Why it moves.
    pub reason: Option<String>,
}

/// Writes the person's or the manager's part, as a whole.
pub fn put_part(
    tx: &mut Tx<'_>,
    id: ReviewId,
    version: Option<i64>,
    role: ReviewRole,
    said: &Part,
) -> Result<ReviewId> {
    let act = match role {
        ReviewRole::SelfReview => (ReviewAct::WriteSelf, "review.self_written"),
        ReviewRole::Manager => (ReviewAct::WriteManager, "review.manager_written"),
    };
    change(tx, id, version, act, |tx, known, after| {
        let part = Some(Json(part::checked(tx, known, role, said)?));
        match role {
            ReviewRole::SelfReview => after.self_part = part,
            ReviewRole::Manager => (after.manager_part, after.manager_by) = (part, Some(tx.actor.person)),
        }
        Ok(None)
    })
}

/// Hands in the person's or the manager's part. With the manager's, what the review is scored by is kept.
pub fn submit(
    tx: &mut Tx<'_>,
    id: ReviewId,
    version: Option<i64>,
    role: ReviewRole,
    grounds: &Grounds,
) -> Result<ReviewId> {
    let act = match role {
        ReviewRole::SelfReview => (ReviewAct::SubmitSelf, "review.self_submitted"),
        ReviewRole::Manager => (ReviewAct::SubmitManager, "review.manager_submitted"),
    };
    change(tx, id, version, act, |tx, known, after| {
        let template = &known.setup.template;
        let ground = grounds.read(id)?;
        let written = match role {
            ReviewRole::SelfReview => &known.review.self_part,
            ReviewRole::Manager => &known.review.manager_part,
        };
        let part = written.as_ref().map(|part| part.0.clone()).unwrap_or_default();
        let score = part::submitted(template, role, &part, &ground)?;
        match role {
            ReviewRole::SelfReview => (after.self_score, after.self_submitted_at) = (score, Some(tx.now)),
            ReviewRole::Manager => {
                (after.manager_score, after.manager_submitted_at) = (score, Some(tx.now));
                after.calibrated_score = None;
                after.computed_score = ground.scores(template, None).score;
                after.record = Some(Json(Ground { handed_in_by: Some(tx.actor.person), ..ground }));
            }
        }
        after.returned_reason = None;
        Ok(None)
    })
}

/// Gives a review back a step. What was written stays; what was kept at the submission that is undone goes. The log tells
/// why the person is to write anew; why their manager is speaks of a rating that is hidden from them, and HR, who reads
/// the log, is reviewed as well.
pub fn give_back(tx: &mut Tx<'_>, id: ReviewId, version: Option<i64>, why: &str) -> Result<ReviewId> {
    change(tx, id, version, (ReviewAct::Return, "review.returned"), |_, known, after| {
        let why = reason(why)?;
        after.returned_reason = Some(why.clone());
        if known.review.record.is_some() {
            (after.record, after.computed_score, after.manager_submitted_at) = (None, None, None);
            (after.manager_score, after.calibrated_score) = (None, None);
            return Ok(None);
        }
        (after.self_score, after.self_submitted_at) = (None, None);
        Ok(Some(why))
    })
}

/// Moves a rating beside those of others, with a reason, or confirms it. Every move is kept.
pub fn calibrate(tx: &mut Tx<'_>, id: ReviewId, version: Option<i64>, decision: &Decision) -> Result<ReviewId> {
    change(tx, id, version, (ReviewAct::Calibrate, "review.calibrated"), |tx, known, after| {
        let before =
            known.review.rating().ok_or_else(|| Error::internal("a review is calibrated after it is rated"))?;
        let to = decision.rating.unwrap_or(before);
        let mut faults = Faults::new();
        if let Some((low, high)) = ends(&known.setup.template.scale) {
            let range = Code::OutOfRange.with("least", low).with("most", high);
            faults.check((low..=high).contains(&to), "/rating", range);
        }
        let reason = faults.optional_text("/reason", decision.reason.as_deref(), limits::REASON);
        faults.check(to == before || reason.is_some(), "/reason", Code::Required);
        faults.finish()?;
        after.calibrated_score = Some(to);
        let moved = Moved { from: Some(before), to, reason, by: tx.actor.person, at: tx.now };
        after.calibrations.0.push(moved);
        Ok(None)
    })
}

/// Shows a review to the person, and locks it.
pub fn share(tx: &mut Tx<'_>, id: ReviewId, version: Option<i64>) -> Result<ReviewId> {
    change(tx, id, version, (ReviewAct::Share, "review.shared"), |tx, _, after| {
        (after.shared_by, after.shared_at, after.returned_reason) = (Some(tx.actor.person), Some(tx.now), None);
        Ok(None)
    })
}

/// The person's word to what they were shown: once.
pub fn acknowledge(tx: &mut Tx<'_>, id: ReviewId, version: Option<i64>, answered: &Answered) -> Result<ReviewId> {
    change(tx, id, version, (ReviewAct::Acknowledge, "review.acknowledged"), |tx, _, after| {
        let mut faults = Faults::new();
        after.acknowledgement = faults.optional_text("/comment", answered.comment.as_deref(), limits::NOTE);
        faults.finish()?;
        (after.agreed, after.acknowledged_at) = (Some(answered.agree), Some(tx.now));
        Ok(None)
    })
}

/// Opens a shared review again: the person sees no more of it than before it was shared, and acknowledges it anew.
pub fn reopen(tx: &mut Tx<'_>, id: ReviewId, version: Option<i64>, why: &str) -> Result<ReviewId> {
    change(tx, id, version, (ReviewAct::Reopen, "review.reopened"), |_, _, after| {
        let why = reason(why)?;
        (after.shared_by, after.shared_at) = (None, None);
        (after.agreed, after.acknowledged_at, after.acknowledgement) = (None, None, None);
        after.returned_reason = Some(why.clone());
        Ok(Some(why))
    })
}

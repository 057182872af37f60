//! Finding a review, and whether the actor may do something with it.

use super::model::Review;
use super::setup::{self, Setup};
use super::store;
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::{self, Actor, ReviewAccess, ReviewSight, Rule};
use crate::domain::ids::{CycleId, PersonId, ReviewId};
use crate::domain::review::{Flow, after};
use crate::domain::words::{Phase, ReviewAct, ReviewRole, ReviewStep, Word};
use crate::error::{Code, Error, Result};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

/// A review that the actor sees, with what decisions about it depend on.
#[derive(Debug, Clone)]
pub struct Known {
    /// The review.
    pub review: Review,
    /// Its cycle.
    pub cycle: Rc<Cycle>,
    /// How the cycle's reviews are set up.
    pub setup: Rc<Setup>,
    /// How the actor sees it.
    pub sight: ReviewSight,
}

/// A review that the actor may see.
pub fn find(tx: &mut Tx<'_>, id: ReviewId) -> Result<Known> {
    let review = store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)?;
    all(tx, vec![review])?.pop().ok_or_else(Error::not_found)
}

/// A review that is about to change: nobody moves its cycle's phase meanwhile.
pub(super) fn find_for_update(tx: &mut Tx<'_>, id: ReviewId) -> Result<Known> {
    let cycle = find(tx, id)?.cycle.id;
    cycles::find_for_update(tx, cycle)?;
    find(tx, id)
}

/// The reviews with these ids that the actor may see, in the order of the ids.
pub(super) fn by_ids(tx: &mut Tx<'_>, ids: &[ReviewId]) -> Result<Vec<Known>> {
    let mut rows = store::by_ids(tx.conn, tx.organization(), ids)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    all(tx, rows)
}

/// Those of some reviews that the actor may see.
fn all(tx: &mut Tx<'_>, rows: Vec<Review>) -> Result<Vec<Known>> {
    let mut places: HashMap<CycleId, Place> = HashMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for review in rows {
        let Some(sight) = seen(&tx.actor, review.person_id, review.is_shared(), review.excluded_reason.is_some())
        else {
            continue;
        };
        let place = match places.entry(review.cycle_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(place(tx, review.cycle_id)?),
        };
        let Some((cycle, setup)) = place else { continue };
        found.push(Known { review, cycle: Rc::clone(cycle), setup: Rc::clone(setup), sight });
    }
    Ok(found)
}

/// A cycle with its set-up; none where the actor may not see it.
type Place = Option<(Rc<Cycle>, Rc<Setup>)>;

fn place(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Place> {
    let Some(cycle) = cycles::by_ids(tx, &[cycle])?.pop().filter(|one| cycles::is_visible_to(&tx.actor, one)) else {
        return Ok(None);
    };
    let setup = setup::of(tx, &cycle)?;
    Ok(Some((Rc::new(cycle), Rc::new(setup))))
}

/// How the actor sees someone's review. What a unit has opened is seen once it is shared; who was left out is known to
/// HR alone.
pub(super) fn seen(actor: &Actor, person: PersonId, shared: bool, excluded: bool) -> Option<ReviewSight> {
    access::sees_review(actor, person).filter(|sight| match sight {
        ReviewSight::Reviewer(Rule::Admin) => true,
        ReviewSight::Own | ReviewSight::Reviewer(_) => !excluded,
        ReviewSight::Opened => shared && !excluded,
    })
}

impl Known {
    /// What the policy decides on.
    pub fn access(&self) -> ReviewAccess {
        ReviewAccess {
            person: self.review.person_id,
            manager_by: self.review.manager_by,
            handed_in_by: self.review.record.as_ref().and_then(|record| record.0.handed_in_by),
            calibration: self.setup.template.settings.calibration,
        }
    }

    /// Whether the actor sees what the person writes.
    pub fn shows_self(&self) -> bool {
        match self.sight {
            ReviewSight::Own => true,
            // A review may go on without what the person never handed in: that stays theirs.
            ReviewSight::Reviewer(_) => {
                self.review.self_submitted_at.is_some() || !self.setup.template.settings.self_hidden
            }
            ReviewSight::Opened => false,
        }
    }

    /// Whether the actor sees what the manager writes.
    pub fn shows_manager(&self) -> bool {
        match self.sight {
            ReviewSight::Own => self.review.is_shared() || !self.setup.template.settings.manager_hidden,
            ReviewSight::Reviewer(_) => true,
            ReviewSight::Opened => false,
        }
    }

    /// Whether the actor sees what came of calibration.
    pub const fn shows_calibration(&self) -> bool {
        self.review.is_shared() || matches!(self.sight, ReviewSight::Reviewer(_))
    }

    /// All that the actor can do with it now.
    pub fn can(&self, tx: &Tx<'_>) -> Vec<ReviewAct> {
        let open = self.cycle.phase == Phase::Review && self.review.excluded_reason.is_none();
        let acts = ReviewAct::LABELS.iter().filter_map(|label| ReviewAct::parse(label.value));
        let may = |act: &ReviewAct| access::may_do_with_review(&tx.actor, *act, self.access()).is_some();
        acts.filter(|act| open && self.leads_to(*act, tx.today()).is_some() && may(act)).collect()
    }

    /// The step that an act leads to, if the actor may do it and all allows it. What follows is done for the lead whom
    /// they stand for, if it is that which lets them.
    pub(super) fn must(&self, tx: &mut Tx<'_>, act: ReviewAct, version: Option<i64>) -> Result<ReviewStep> {
        let rule = access::may_do_with_review(&tx.actor, act, self.access());
        if rule.is_none() {
            let own = self.sight == ReviewSight::Own && tx.actor.may_write();
            return Err(if own { Code::OwnReview } else { Code::Forbidden }.into());
        }
        tx.delegate_of = access::review_delegated_by(&tx.actor, self.review.person_id);
        Error::unless_current(Some(version.ok_or(Code::VersionRequired)?), self.review.version)?;
        if self.review.excluded_reason.is_some() {
            return Err(Code::ReviewExcluded.into());
        }
        if self.cycle.phase != Phase::Review {
            return Err(Code::NotInReview.word("phase", self.cycle.phase).into());
        }
        let forbids =
            || Code::ReviewStepForbids.word("step", self.review.step).member("step", self.review.step.as_str().into());
        self.leads_to(act, tx.today()).ok_or_else(|| forbids().into())
    }

    fn leads_to(&self, act: ReviewAct, today: NaiveDate) -> Option<ReviewStep> {
        let due = self.setup.row.deadlines.0.self_submitted;
        let flow = Flow {
            self_asked: self.setup.template.asks(ReviewRole::SelfReview),
            self_overdue: due.is_some_and(|due| due < today),
            calibration: self.setup.template.settings.calibration,
        };
        after(self.review.step, act, flow)
    }
}

//! What a review is answered as: no more than its reader may see.

use crate::db::Tx;
use crate::domain::access::{ReviewSight, Rule};
use crate::domain::amount::Amount;
use crate::domain::ids::{CycleId, ReviewId};
use crate::domain::instant::Instant;
use crate::domain::review::ReviewTemplate;
use crate::domain::words::{Phase, ReviewAct, ReviewRole, ReviewStep};
use crate::error::Result;
use crate::figures::Forests;
use crate::http::Versioned;
use crate::org::{PersonRef, UnitRef};
use crate::reviews::{self, Ground, Grounds, Known, Part, ReviewedCycle, ReviewedGoal};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// The review of one person in one cycle, as far as the caller sees it: what is hidden from them is null or empty.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewOut {
    /// Its id.
    id: ReviewId,
    /// Moves with every change: what `If-Match` names; every write asks for it.
    version: i64,
    /// Its cycle.
    cycle: ReviewCycleRef,
    /// Whom it is about.
    person: PersonRef,
    /// Their home unit.
    unit: Option<UnitRef>,
    /// Who manages them today, and so reviews them; null: HR does.
    reviewer: Option<PersonRef>,
    /// Where it stands.
    step: ReviewStep,
    /// By when each step is to be reached, as far as there is a deadline.
    deadlines: Vec<ReviewDeadlineOut>,
    /// The scores of the whole, layer by layer.
    scores: ReviewScores,
    /// The scores of each section that comes to one.
    sections: Vec<ReviewSectionScore>,
    /// The person's goals of the cycle that were agreed upon, as they stand; from the submission of the manager's review on
    /// as they stood then.
    goals: Vec<ReviewedGoal>,
    /// The cycles inside, where the template takes their ratings.
    cycles: Vec<ReviewedCycle>,
    /// What the person wrote; null before they did, and while it is hidden from the caller.
    self_review: Option<Part>,
    /// What the manager wrote; null before they did, and while it is hidden from the caller.
    manager_review: Option<Part>,
    /// Who wrote it last.
    manager_by: Option<PersonRef>,
    /// Every move of the rating, the last one holding; for those who review.
    calibrations: Vec<ReviewMove>,
    /// Who shared it.
    shared_by: Option<PersonRef>,
    /// Whether the person agrees; null before they said so.
    agreed: Option<bool>,
    /// What the person said to it.
    acknowledgement: Option<String>,
    /// Why it was returned or reopened last, as long as that is to be acted on.
    returned_reason: Option<String>,
    /// Why HR added the person; for HR.
    added_reason: Option<String>,
    /// Why HR left the person out; for HR.
    excluded_reason: Option<String>,
    /// What the caller can do with it now.
    can: Vec<ReviewAct>,
    /// The template that it goes by; null in lists, which name it once for each cycle, or leave it to the cycle's set-up.
    template: Option<ReviewTemplate>,
    /// When it was made.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

/// A review's cycle.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewCycleRef {
    /// The cycle.
    id: CycleId,
    /// Its name.
    name: String,
    /// Where it stands.
    phase: Phase,
}

/// By when a step is to be reached.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewDeadlineOut {
    /// The step.
    step: ReviewStep,
    /// The day by whose end it is to be reached, in the organization's time zone.
    due_on: NaiveDate,
    /// The day on which it was reached; null until then.
    done_on: Option<NaiveDate>,
    /// Whether it was reached later, or is still not and the day has gone.
    late: bool,
}

/// The scores of the whole, each to 4 decimals on the template's scale; null where there is none, or it is hidden from the
/// caller.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct ReviewScores {
    /// What goals and enclosed cycles alone come to.
    computed: Option<Amount>,
    /// What the person came to; while they write, what it would be.
    #[serde(rename = "self")]
    self_review: Option<Amount>,
    /// The manager's rating; while they write, what it would be.
    manager: Option<Amount>,
    /// The rating after calibration; null where nobody looked at it.
    calibrated: Option<Amount>,
    /// The rating that holds: calibrated, else the manager's.
    #[serde(rename = "final")]
    rating: Option<Amount>,
}

/// The scores of a section, as those of the whole.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewSectionScore {
    /// The section's key.
    key: String,
    /// What goals or enclosed cycles alone come to.
    computed: Option<Amount>,
    /// What the person came to.
    #[serde(rename = "self")]
    self_review: Option<Amount>,
    /// What the manager came to.
    manager: Option<Amount>,
}

/// A move of a rating, or its confirmation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewMove {
    /// The rating before.
    from: Option<Amount>,
    /// The rating after.
    to: Amount,
    /// Why; null where it was confirmed.
    reason: Option<String>,
    /// Who moved it.
    by: PersonRef,
    /// When.
    at: Instant,
}

impl Versioned for ReviewOut {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A review as the actor sees it, with its template.
pub(super) fn shown(tx: &mut Tx<'_>, forests: &Forests, id: ReviewId) -> Result<ReviewOut> {
    let known = reviews::find(tx, id)?;
    let grounds = reviews::grounds(tx, forests, std::slice::from_ref(&known))?;
    let template = Some(known.setup.template.clone());
    Ok(ReviewOut { template, ..ReviewOut::of(tx, &known, &grounds)? })
}

/// Reviews as the actor sees them.
pub(super) fn all(tx: &mut Tx<'_>, forests: &Forests, known: &[Known]) -> Result<Vec<ReviewOut>> {
    let grounds = reviews::grounds(tx, forests, known)?;
    known.iter().map(|one| ReviewOut::of(tx, one, &grounds)).collect()
}

impl ReviewOut {
    pub(super) fn of(tx: &Tx<'_>, known: &Known, grounds: &Grounds) -> Result<Self> {
        let (review, directory) = (&known.review, &tx.actor.directory);
        let named = |id| PersonRef::of(directory, id);
        let is_open = known.sight != ReviewSight::Opened;
        let is_reviewer = matches!(known.sight, ReviewSight::Reviewer(_));
        let by_hr = known.sight == ReviewSight::Reviewer(Rule::Admin);
        let ground = if is_open { grounds.of(known)? } else { Ground::default() };
        let (scores, sections) = scores(known, &ground);
        let moves = review.calibrations.0.iter().filter(|_| is_reviewer);
        let returned = is_reviewer || (is_open && review.step == ReviewStep::SelfDraft);
        Ok(Self {
            id: review.id,
            version: review.version,
            cycle: ReviewCycleRef { id: known.cycle.id, name: known.cycle.name.clone(), phase: known.cycle.phase },
            person: named(review.person_id),
            unit: directory.person(review.person_id).map(|facts| UnitRef::of(directory, facts.unit)),
            reviewer: directory.manager_of(review.person_id).map(named),
            step: review.step,
            deadlines: if is_open { deadlines(tx, known) } else { Vec::new() },
            scores,
            sections,
            goals: ground.goals,
            cycles: ground.cycles,
            self_review: review.self_part.as_ref().filter(|_| known.shows_self()).map(|part| part.0.clone()),
            manager_review: review.manager_part.as_ref().filter(|_| known.shows_manager()).map(|part| part.0.clone()),
            manager_by: review.manager_by.filter(|_| known.shows_manager()).map(named),
            calibrations: moves
                .map(|one| ReviewMove {
                    from: one.from,
                    to: one.to,
                    reason: one.reason.clone(),
                    by: named(one.by),
                    at: one.at,
                })
                .collect(),
            shared_by: review.shared_by.filter(|_| is_open).map(named),
            agreed: review.agreed.filter(|_| is_open),
            acknowledgement: review.acknowledgement.clone().filter(|_| is_open),
            returned_reason: review.returned_reason.clone().filter(|_| returned),
            added_reason: review.added_reason.clone().filter(|_| by_hr),
            excluded_reason: review.excluded_reason.clone().filter(|_| by_hr),
            can: known.can(tx),
            template: None,
            created_at: review.created_at,
            updated_at: review.updated_at,
        })
    }
}

/// The scores of all layers that the actor sees: those that were kept, else what they would be.
fn scores(known: &Known, ground: &Ground) -> (ReviewScores, Vec<ReviewSectionScore>) {
    let (review, template) = (&known.review, &known.setup.template);
    let rating = review.rating().filter(|_| known.shows_calibration());
    if known.sight == ReviewSight::Opened {
        return (ReviewScores { rating, ..ReviewScores::default() }, Vec::new());
    }
    let layer = |role, part: Option<&Part>| part.map(|part| (part.rating, ground.scores(template, Some((role, part)))));
    let own =
        layer(ReviewRole::SelfReview, review.self_part.as_ref().filter(|_| known.shows_self()).map(|part| &part.0));
    let theirs =
        layer(ReviewRole::Manager, review.manager_part.as_ref().filter(|_| known.shows_manager()).map(|part| &part.0));
    let computed = ground.scores(template, None);
    let section = |(place, section): (usize, &crate::domain::review::Section)| {
        let of = |sections: &[Option<Amount>]| sections.get(place).copied().flatten();
        ReviewSectionScore {
            key: section.key.clone(),
            computed: of(&computed.sections),
            self_review: own.as_ref().and_then(|(_, scored)| of(&scored.sections)),
            manager: theirs.as_ref().and_then(|(_, scored)| of(&scored.sections)),
        }
    };
    let sections = template.sections.iter().enumerate().map(section).collect();
    let kept = |kept: Option<Amount>, shows: bool| kept.filter(|_| shows);
    let scores = ReviewScores {
        computed: review.computed_score.or(computed.score),
        self_review: kept(review.self_score, known.shows_self())
            .or_else(|| own.as_ref().and_then(|(given, scored)| given.or(scored.score))),
        manager: kept(review.manager_score, known.shows_manager())
            .or_else(|| theirs.as_ref().and_then(|(given, scored)| given.or(scored.score))),
        calibrated: review.calibrated_score.filter(|_| known.shows_calibration()),
        rating,
    };
    (scores, sections)
}

fn deadlines(tx: &Tx<'_>, known: &Known) -> Vec<ReviewDeadlineOut> {
    let (review, due) = (&known.review, known.setup.row.deadlines.0);
    let steps = [
        (ReviewStep::SelfSubmitted, due.self_submitted, review.self_submitted_at),
        (ReviewStep::ManagerSubmitted, due.manager_submitted, review.manager_submitted_at),
        (ReviewStep::Shared, due.shared, review.shared_at),
        (ReviewStep::Acknowledged, due.acknowledged, review.acknowledged_at),
    ];
    let told = |(step, due_on, done_at): (ReviewStep, Option<NaiveDate>, Option<Instant>)| {
        let (due_on, done_on) = (due_on?, done_at.map(|at| at.day_in(tx.zone)));
        Some(ReviewDeadlineOut { step, due_on, done_on, late: due_on < done_on.unwrap_or_else(|| tx.today()) })
    };
    steps.into_iter().filter_map(told).collect()
}

//! How check-ins are shown.

use crate::checkins::Shown;
use crate::checkins::model::Evidence;
use crate::db::columns::Json;
use crate::domain::access::Directory;
use crate::domain::amount::Amount;
use crate::domain::derived::Derived;
use crate::domain::ids::{CheckInId, GoalId};
use crate::domain::instant::Instant;
use crate::domain::words::{CheckInKind, Confidence};
use crate::figures::Node;
use crate::http::{Problem, Versioned, page};
use crate::org::PersonRef;
use chrono::NaiveDate;
use serde::Serialize;

/// A check-in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CheckInOut {
    /// Its id.
    pub(super) id: CheckInId,
    /// Moves with every change.
    version: i64,
    /// The goal that it speaks of.
    goal_id: GoalId,
    /// Who made it.
    author: PersonRef,
    /// Whether the author spoke for the goal's owner.
    on_behalf: bool,
    /// The lead whom the author stood for, as a delegate; null where they spoke for themself or as one of the lead line.
    delegate_of: Option<PersonRef>,
    /// What it states.
    kind: CheckInKind,
    /// The value that the goal stands at after it; null of a milestone. A voided one shows the value that it stated.
    value: Option<Derived>,
    /// The difference to the value after the check-in before it; null where there is none, and of a milestone.
    change: Option<Derived>,
    /// What came on top of the value before it, where it states an increment; else null.
    increment: Option<Amount>,
    /// Of a milestone: the ids of the steps that are complete after it; else null.
    completed_steps: Option<Vec<String>>,
    /// The day that it speaks of, in the organization's time zone.
    effective_date: NaiveDate,
    /// The owner's own word on how likely the goal is.
    confidence: Option<Confidence>,
    /// What there is to say.
    note: Option<String>,
    /// What is in the way.
    blockers: Option<String>,
    /// What comes next.
    next_steps: Option<String>,
    /// Links to where one can see for oneself.
    evidence: Vec<Evidence>,
    /// When it was made; a correction keeps it.
    entered_at: Instant,
    /// When it was last corrected; null where it never was.
    corrected_at: Option<Instant>,
    /// When it was voided; null where it counts.
    voided_at: Option<Instant>,
    /// Who voided it.
    voided_by: Option<PersonRef>,
    /// Why it was voided.
    void_reason: Option<String>,
}

impl CheckInOut {
    /// A check-in as it is shown.
    pub(crate) fn of(shown: Shown, directory: &Directory) -> Self {
        let Shown { row, standing } = shown;
        let stated_steps = row.completed_steps.map(|Json(steps)| steps);
        Self {
            id: row.id,
            version: row.version,
            goal_id: row.goal_id,
            author: PersonRef::of(directory, row.author_id),
            on_behalf: row.on_behalf,
            delegate_of: row.delegate_of.map(|person| PersonRef::of(directory, person)),
            kind: row.kind,
            value: standing.value.or_else(|| row.value.map(Derived::from)),
            change: standing.change,
            increment: row.increment,
            completed_steps: standing.completed_steps.or(stated_steps),
            effective_date: row.effective_on,
            confidence: row.confidence,
            note: row.note,
            blockers: row.blockers,
            next_steps: row.next_steps,
            evidence: row.evidence.map(|Json(links)| links).unwrap_or_default(),
            entered_at: row.entered_at,
            corrected_at: row.corrected_at,
            voided_at: row.voided_at,
            voided_by: row.voided_by.map(|person| PersonRef::of(directory, person)),
            void_reason: row.void_reason,
        }
    }
}

impl CheckInOut {
    /// What it comes to and the day that it speaks of, in few words.
    pub(crate) fn in_short(&self) -> Vec<String> {
        let steps = self.completed_steps.as_ref().map(|steps| steps.join(" "));
        let stated = self.value.map(|value| value.to_string()).or(steps).filter(|stated| !stated.is_empty());
        stated.into_iter().chain([self.effective_date.to_string()]).collect()
    }
}

impl Versioned for CheckInOut {
    fn version(&self) -> i64 {
        self.version
    }
}

/// A check-in, and what it moved.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CheckedInOut {
    /// The check-in.
    pub(super) check_in: CheckInOut,
    /// Its goal, with its figures as they are now.
    pub(super) goal: Node,
    /// Every goal above it that the caller may see, through all links, the nearest first, with their figures as they
    /// are now.
    pub(super) ancestors: Vec<Node>,
}

impl Versioned for CheckedInOut {
    /// The check-in's.
    fn version(&self) -> i64 {
        self.check_in.version
    }
}

page! {
    /// A page of a goal's check-ins.
    CheckInPage of CheckInOut
}

/// What an item of a batch came to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CheckInOutcomeOut {
    /// The item's place in the batch, from 0.
    pub(super) index: usize,
    /// The status that it would have been answered with alone: 201 where it was done.
    pub(super) status: u16,
    /// The check-in that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) check_in: Option<CheckInOut>,
    /// Why not; its pointers are those of the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Problem>)]
    pub(super) problem: Option<serde_json::Value>,
}

/// What a batch came to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CheckInBatchOut {
    /// The outcome of each item, in the order of the items.
    pub(super) items: Vec<CheckInOutcomeOut>,
}

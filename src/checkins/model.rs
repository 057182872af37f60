//! A check-in's row, and what one can say in it.

use crate::db::columns::Json;
use crate::db::schema::check_ins;
use crate::domain::amount::Amount;
use crate::domain::check_ins::{Statement, StepIds};
use crate::domain::ids::{CheckInId, GoalId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::{CheckInKind, Confidence};
use crate::goals::model::Goal;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// A dated statement of a goal's value or completed steps. Voided or corrected, never deleted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = check_ins, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct CheckIn {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: CheckInId,
    /// The goal that it speaks of.
    pub goal_id: GoalId,
    /// Who made it.
    pub author_id: PersonId,
    /// Whether the author spoke for the goal's owner.
    pub on_behalf: bool,
    /// What it states.
    pub kind: CheckInKind,
    /// The value as it is.
    pub value: Option<Amount>,
    /// What came on top of the value before it.
    pub increment: Option<Amount>,
    /// The ids of all steps that are complete.
    pub completed_steps: Option<Json<Vec<String>>>,
    /// The day that it speaks of.
    pub effective_on: NaiveDate,
    /// The owner's own word on how likely the goal is.
    pub confidence: Option<Confidence>,
    /// What there is to say.
    pub note: Option<String>,
    /// What is in the way.
    pub blockers: Option<String>,
    /// What comes next.
    pub next_steps: Option<String>,
    /// Where one can see for oneself.
    pub evidence: Option<Json<Vec<Evidence>>>,
    /// When it was made; a correction keeps it.
    pub entered_at: Instant,
    /// When it was last corrected.
    pub corrected_at: Option<Instant>,
    /// When it was voided.
    pub voided_at: Option<Instant>,
    /// Who voided it.
    pub voided_by: Option<PersonId>,
    /// Why.
    pub void_reason: Option<String>,
    /// Moves with every change.
    pub version: i64,
    /// The lead for whom the author spoke, as a delegate.
    pub delegate_of: Option<PersonId>,
}

/// A link to where one can see for oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it is; at most 250 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its address, `http` or `https` alone; at most 2000 characters.
    #[schema(format = "uri", examples("https://crm.example.com/deals/42"))]
    pub url: String,
}

/// What someone says in a check-in, not checked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The value, or the steps: one statement, where all is well.
    pub statements: Vec<Statement>,
    /// The day that it speaks of; today where none is given.
    pub effective_on: Option<NaiveDate>,
    /// The words beside it.
    pub remarks: Remarks,
}

/// The words beside a check-in's value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The owner's own word on how likely the goal is.
    pub confidence: Option<Confidence>,
    /// What there is to say.
    pub note: Option<String>,
    /// What is in the way.
    pub blockers: Option<String>,
    /// What comes next.
    pub next_steps: Option<String>,
    /// Where one can see for oneself.
    pub evidence: Vec<Evidence>,
}

/// Where a check-in stands among those of its goal: by effective day, then by time of entry; those entered at one
/// moment in the order in which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The day that it speaks of.
    pub effective_on: NaiveDate,
    /// When it was made.
    pub entered_at: Instant,
    /// Which it is.
    pub id: CheckInId,
}

/// Who makes a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The person.
    pub person: PersonId,
    /// Whether they speak for the goal's owner.
    pub on_behalf: bool,
    /// The lead whom they stand for, as a delegate.
    pub delegate_of: Option<PersonId>,
}

impl CheckIn {
    /// A check-in of a goal.
    pub fn new(goal: &Goal, author: Author, place: Place, statement: Statement, remarks: Remarks) -> Self {
        let mut row = Self {
            organization_id: goal.organization_id,
            id: place.id,
            goal_id: goal.id,
            author_id: author.person,
            on_behalf: author.on_behalf,
            kind: CheckInKind::Unchanged,
            value: None,
            increment: None,
            completed_steps: None,
            effective_on: place.effective_on,
            confidence: None,
            note: None,
            blockers: None,
            next_steps: None,
            evidence: None,
            entered_at: place.entered_at,
            corrected_at: None,
            voided_at: None,
            voided_by: None,
            void_reason: None,
            version: 1,
            delegate_of: author.delegate_of,
        };
        row.state(statement);
        row.remark(remarks);
        row
    }

    /// What it says.
    pub fn entry(&self) -> Entry {
        Entry { statements: vec![self.statement()], effective_on: Some(self.effective_on), remarks: self.remarks() }
    }

    /// Whether it counts.
    pub const fn counts(&self) -> bool {
        self.voided_at.is_none()
    }

    /// What it states.
    pub fn statement(&self) -> Statement {
        let steps = || self.completed_steps.as_ref().map(|Json(steps)| Box::new(StepIds(steps.clone())));
        let stated = match self.kind {
            CheckInKind::Value => self.value.map(Statement::Value),
            CheckInKind::Increment => self.increment.map(Statement::Increment),
            CheckInKind::Steps => steps().map(Statement::Steps),
            CheckInKind::Unchanged => None,
        };
        stated.unwrap_or(Statement::Unchanged)
    }

    /// Makes it state this.
    pub fn state(&mut self, statement: Statement) {
        (self.value, self.increment, self.completed_steps) = (None, None, None);
        self.kind = match statement {
            Statement::Value(value) => {
                self.value = Some(value);
                CheckInKind::Value
            }
            Statement::Increment(more) => {
                self.increment = Some(more);
                CheckInKind::Increment
            }
            Statement::Steps(steps) => {
                self.completed_steps = Some(Json(steps.0));
                CheckInKind::Steps
            }
            Statement::Unchanged => CheckInKind::Unchanged,
        };
    }

    fn remarks(&self) -> Remarks {
        Remarks {
            confidence: self.confidence,
            note: self.note.clone(),
            blockers: self.blockers.clone(),
            next_steps: self.next_steps.clone(),
            evidence: self.evidence.as_ref().map(|Json(links)| links.clone()).unwrap_or_default(),
        }
    }

    /// Puts these words beside it.
    pub fn remark(&mut self, remarks: Remarks) {
        self.confidence = remarks.confidence;
        self.note = remarks.note;
        self.blockers = remarks.blockers;
        self.next_steps = remarks.next_steps;
        self.evidence = Some(remarks.evidence).filter(|links| !links.is_empty()).map(Json);
    }

    /// Where it stands among those of its goal.
    pub const fn place(&self) -> Place {
        Place { effective_on: self.effective_on, entered_at: self.entered_at, id: self.id }
    }
}

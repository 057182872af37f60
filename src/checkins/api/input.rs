//! What a check-in's request says, read into an [`Entry`].

use crate::checkins::model::{Entry, Evidence, Remarks};
use crate::domain::amount::Amount;
use crate::domain::check_ins::{Statement, StepIds};
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::domain::words::Confidence;
use crate::error::{Code, Faults, Result};
use crate::http::{self, Patch};
use chrono::NaiveDate;
use serde::Deserialize;

/// Defines the bodies that say a check-in: alone, and as an item of a batch.
macro_rules! saying_a_check_in {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$field_doc])* $field: $type,)*
            /// The value as it is. Exactly one of `value`, `increment`, `completed_steps` and `unchanged` is said; a
            /// milestone takes `completed_steps` or `unchanged`, all other directions one of the rest.
            #[serde(default, deserialize_with = "http::not_null")]
            value: Option<Amount>,
            /// What came on top of the value before it (of the start, or 0, at first); may be below zero.
            #[serde(default, deserialize_with = "http::not_null")]
            increment: Option<Amount>,
            /// Of a milestone: the ids of all steps that are complete, not only of the new ones; may be empty.
            #[serde(default, deserialize_with = "http::not_null")]
            #[schema(max_items = 100)]
            completed_steps: Option<Vec<String>>,
            /// `true`: the value or the steps before it stand as they are.
            #[serde(default, deserialize_with = "http::not_null")]
            unchanged: Option<bool>,
            /// The day that it speaks of, in the organization's time zone: today unless given; not in the future, and
            /// inside the goal's window.
            #[serde(default, deserialize_with = "http::not_null")]
            effective_date: Option<NaiveDate>,
            /// The owner's own word on how likely the goal is. It is kept beside the figures, never over them.
            #[serde(default)]
            confidence: Option<Confidence>,
            /// What there is to say; at most 5000 characters.
            #[serde(default)]
            note: Option<String>,
            /// What is in the way; at most 5000 characters.
            #[serde(default)]
            blockers: Option<String>,
            /// What comes next; at most 5000 characters.
            #[serde(default)]
            next_steps: Option<String>,
            /// Links to where one can see for oneself; at most 20.
            #[serde(default)]
            #[schema(max_items = 20)]
            evidence: Vec<Evidence>,
        }

        impl $name {
            /// What it says.
            pub(super) fn entry(&self) -> Entry {
                Entry {
                    statements: statements(
                        self.value,
                        self.increment,
                        self.completed_steps.as_ref(),
                        self.unchanged,
                    ),
                    effective_on: self.effective_date,
                    remarks: Remarks {
                        confidence: self.confidence,
                        note: self.note.clone(),
                        blockers: self.blockers.clone(),
                        next_steps: self.next_steps.clone(),
                        evidence: self.evidence.clone(),
                    },
                }
            }
        }
    )*};
}

saying_a_check_in! {
    /// A check-in: the value or the completed steps, the day that it speaks of, and what there is to say.
    CheckInIn {}
    /// A check-in of a batch.
    CheckInItemIn {
        /// The goal that it speaks of.
        goal_id: GoalId,
    }
}

/// Many check-ins.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckInBatchIn {
    /// The check-ins, at most 500; several of one goal are taken in this order.
    #[schema(min_items = 1, max_items = 500)]
    items: Vec<CheckInItemIn>,
    /// Whether all are taken or none; each stands for itself unless given.
    #[serde(default)]
    pub(super) atomic: bool,
}

impl CheckInBatchIn {
    /// What each says of which goal.
    pub(super) fn entries(&self) -> Result<Vec<(GoalId, Entry)>> {
        let mut faults = Faults::new();
        faults.check(!self.items.is_empty(), "/items", Code::Required);
        faults.check(self.items.len() <= limits::BATCH, "/items", Code::TooMany.with("most", limits::BATCH));
        faults.finish()?;
        Ok(self.items.iter().map(|item| (item.goal_id, item.entry())).collect())
    }
}

/// A correction of a check-in: what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckInPatch {
    /// The value as it is. One at most of `value`, `increment`, `completed_steps` and `unchanged` is said; it takes
    /// the place of what the check-in stated.
    #[serde(default, deserialize_with = "http::not_null")]
    value: Option<Amount>,
    /// What came on top of the value before it.
    #[serde(default, deserialize_with = "http::not_null")]
    increment: Option<Amount>,
    /// Of a milestone: the ids of all steps that are complete.
    #[serde(default, deserialize_with = "http::not_null")]
    #[schema(max_items = 100)]
    completed_steps: Option<Vec<String>>,
    /// `true`: the value or the steps before it stand as they are.
    #[serde(default, deserialize_with = "http::not_null")]
    unchanged: Option<bool>,
    /// The day that it speaks of; not in the future, and inside the goal's window.
    #[serde(default, deserialize_with = "http::not_null")]
    effective_date: Option<NaiveDate>,
    /// The owner's own word on how likely the goal is; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<Confidence>)]
    confidence: Patch<Confidence>,
    /// What there is to say; at most 5000 characters; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    note: Patch<String>,
    /// What is in the way; at most 5000 characters; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    blockers: Patch<String>,
    /// What comes next; at most 5000 characters; null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    next_steps: Patch<String>,
    /// The links, all of them; at most 20.
    #[serde(default, deserialize_with = "http::not_null")]
    #[schema(max_items = 20)]
    evidence: Option<Vec<Evidence>>,
}

impl CheckInPatch {
    /// What the check-in says after it.
    pub(super) fn over(&self, before: Entry) -> Entry {
        let said = statements(self.value, self.increment, self.completed_steps.as_ref(), self.unchanged);
        Entry {
            statements: if said.is_empty() { before.statements } else { said },
            effective_on: self.effective_date.or(before.effective_on),
            remarks: Remarks {
                confidence: self.confidence.over(before.remarks.confidence),
                note: self.note.clone().over(before.remarks.note),
                blockers: self.blockers.clone().over(before.remarks.blockers),
                next_steps: self.next_steps.clone().over(before.remarks.next_steps),
                evidence: self.evidence.clone().unwrap_or(before.remarks.evidence),
            },
        }
    }
}

/// Everything that is stated: exactly one thing, where all is well.
fn statements(
    value: Option<Amount>,
    increment: Option<Amount>,
    completed_steps: Option<&Vec<String>>,
    unchanged: Option<bool>,
) -> Vec<Statement> {
    let said = [
        value.map(Statement::Value),
        increment.map(Statement::Increment),
        completed_steps.map(|ids| Statement::Steps(Box::new(StepIds(ids.clone())))),
        unchanged.filter(|unchanged| *unchanged).map(|_| Statement::Unchanged),
    ];
    said.into_iter().flatten().collect()
}

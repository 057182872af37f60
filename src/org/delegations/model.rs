//! A delegation's row.

use crate::db::Tx;
use crate::db::schema::delegations;
use crate::domain::ids::{DelegationId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::{DelegatedRight, DelegationState};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

/// A lead's rights in someone else's hands, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = delegations, primary_key(organization_id, id), treat_none_as_null = true)]
pub struct Delegation {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: DelegationId,
    /// Whose rights they are.
    pub lead_id: PersonId,
    /// Who acts for them.
    pub delegate_id: PersonId,
    /// Whether check-ins are among them.
    pub check_in: bool,
    /// Whether approvals are.
    pub approve: bool,
    /// Whether reviews are.
    pub review: bool,
    /// The first day.
    pub first_on: NaiveDate,
    /// The last day, included.
    pub last_on: NaiveDate,
    /// Why.
    pub note: Option<String>,
    /// Who gave it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Instant,
    /// Who ended it before its last day.
    pub ended_by: Option<PersonId>,
    /// When.
    pub ended_at: Option<Instant>,
    /// Moves with every change.
    pub version: i64,
}

/// Rights to hand on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationIn {
    /// Whose rights they are: the caller's unless said; HR names anyone who leads a unit or has people who report to
    /// them.
    #[serde(default)]
    pub lead_id: Option<PersonId>,
    /// Who acts for them: active, another person, and not a viewer.
    pub delegate_id: PersonId,
    /// Which rights, each once: at least one.
    #[schema(min_items = 1, max_items = 3)]
    pub rights: Vec<DelegatedRight>,
    /// The first day, in the organization's time zone.
    #[schema(examples("2026-03-02"))]
    pub first: NaiveDate,
    /// The last day, included: today or later, at most 366 days in all.
    #[schema(examples("2026-03-13"))]
    pub last: NaiveDate,
    /// Why; at most 1 000 characters.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

impl Delegation {
    /// A new one, not checked yet.
    pub(super) fn new(tx: &Tx<'_>, lead_id: PersonId, new: &DelegationIn, note: Option<String>) -> Self {
        Self {
            organization_id: tx.organization(),
            id: tx.new_id(),
            lead_id,
            delegate_id: new.delegate_id,
            check_in: new.rights.contains(&DelegatedRight::CheckIn),
            approve: new.rights.contains(&DelegatedRight::Approve),
            review: new.rights.contains(&DelegatedRight::Review),
            first_on: new.first,
            last_on: new.last,
            note,
            created_by: tx.actor.person,
            created_at: tx.now,
            ended_by: None,
            ended_at: None,
            version: 1,
        }
    }

    /// The rights that are handed on.
    pub fn rights(&self) -> Vec<DelegatedRight> {
        DelegatedRight::those((self.check_in, self.approve, self.review))
    }

    /// Where it stands on a day.
    pub fn state(&self, today: NaiveDate) -> DelegationState {
        if self.ended_at.is_some() || self.last_on < today {
            DelegationState::Over
        } else if self.first_on > today {
            DelegationState::Upcoming
        } else {
            DelegationState::Running
        }
    }

    /// What the event log keeps of it.
    pub(super) fn noted(&self) -> Value {
        json!({
            "lead_id": self.lead_id,
            "delegate_id": self.delegate_id,
            "rights": self.rights(),
            "first": self.first_on,
            "last": self.last_on,
            "note": self.note,
            "ended_at": self.ended_at,
        })
    }
}

//! A person's row.

use crate::db::Tx;
use crate::db::schema::people;
use crate::domain::ids::{AccountId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use crate::domain::words::{Locale, Role};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

/// A human in one organization.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = people, primary_key(organization_id, id), treat_none_as_null = true)]
pub struct Person {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Their id.
    pub id: PersonId,
    /// The account that they sign in with; none until they accept an invitation.
    pub account_id: Option<AccountId>,
    /// Their role.
    pub role: Role,
    /// Their name.
    pub display_name: String,
    /// Their name as people search for it.
    pub name_folded: String,
    /// Where they are written to.
    pub email: Option<String>,
    /// The same as it is unique.
    pub email_folded: Option<String>,
    /// What HR's own system calls them.
    pub employee_code: Option<String>,
    /// The same as it is unique.
    pub employee_code_folded: Option<String>,
    /// Their job title.
    pub job_title: Option<String>,
    /// Their home unit.
    pub unit_id: UnitId,
    /// Their manager, where one is named.
    pub manager_id: Option<PersonId>,
    /// Their first day.
    pub joined_on: Option<NaiveDate>,
    /// Their last day.
    pub left_on: Option<NaiveDate>,
    /// Their time zone, where it is not the organization's.
    pub time_zone: Option<String>,
    /// Their language, where it is not the organization's.
    pub locale: Option<Locale>,
    /// Since when they can't sign in any more.
    pub deactivated_at: Option<Instant>,
    /// Moves with every change.
    pub version: i64,
    /// When they were added.
    pub created_at: Instant,
    /// When they were last changed.
    pub updated_at: Instant,
}

impl Person {
    /// A person of a name at home in a unit, with nothing else known.
    pub(super) fn new(tx: &Tx<'_>, id: PersonId, name: String, unit_id: UnitId, role: Role) -> Self {
        Self {
            organization_id: tx.organization(),
            id,
            account_id: None,
            role,
            name_folded: fold(&name),
            display_name: name,
            email: None,
            email_folded: None,
            employee_code: None,
            employee_code_folded: None,
            job_title: None,
            unit_id,
            manager_id: None,
            joined_on: None,
            left_on: None,
            time_zone: None,
            locale: None,
            deactivated_at: None,
            version: 1,
            created_at: tx.now,
            updated_at: tx.now,
        }
    }

    /// Gives them a name.
    pub(super) fn set_name(&mut self, name: String) {
        self.name_folded = fold(&name);
        self.display_name = name;
    }

    /// Gives them an email address, or none.
    pub(super) fn set_email(&mut self, email: Option<String>) {
        self.email_folded = email.as_deref().map(fold);
        self.email = email;
    }

    /// Gives them an employee code, or none.
    pub(super) fn set_employee_code(&mut self, code: Option<String>) {
        self.employee_code_folded = code.as_deref().map(fold);
        self.employee_code = code;
    }

    /// Whether they are with the organization.
    pub const fn is_active(&self) -> bool {
        self.deactivated_at.is_none()
    }

    /// What the event log keeps of them.
    pub(super) fn noted(&self) -> Value {
        json!({
            "role": self.role,
            "display_name": self.display_name,
            "email": self.email,
            "employee_code": self.employee_code,
            "job_title": self.job_title,
            "unit_id": self.unit_id,
            "manager_id": self.manager_id,
            "joined_on": self.joined_on,
            "left_on": self.left_on,
            "time_zone": self.time_zone,
            "locale": self.locale,
            "active": self.is_active(),
        })
    }
}

//! What is said of a person when they are added or changed.

use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::{Locale, Role};
use crate::http::{Patch, not_null};
use chrono::NaiveDate;
use serde::Deserialize;

/// A person to add.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonIn {
    /// Their name, at most 120 characters.
    #[schema(examples("Nguyễn Thị An"))]
    pub display_name: String,
    /// Where they are written to; unique in the organization.
    #[serde(default)]
    #[schema(examples("an@example.com"))]
    pub email: Option<String>,
    /// What HR's own system calls them; unique in the organization, at most 50 characters.
    #[serde(default)]
    pub employee_code: Option<String>,
    /// Their job title, at most 120 characters.
    #[serde(default)]
    pub job_title: Option<String>,
    /// Their home unit; the company unit where neither this nor `unit_code` is given.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// Their home unit by its code.
    #[serde(default)]
    pub unit_code: Option<String>,
    /// Their manager; none: the lead of the home unit, else of the nearest unit above.
    #[serde(default)]
    pub manager_id: Option<PersonId>,
    /// Their manager by employee code: someone who is there, or another one of the same batch in any order.
    #[serde(default)]
    pub manager_employee_code: Option<String>,
    /// Their role: `member` unless set. Admins and owners are named by an owner.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub role: Option<Role>,
    /// Their first day.
    #[serde(default)]
    pub joined_on: Option<NaiveDate>,
    /// Their last day, not before the first.
    #[serde(default)]
    pub left_on: Option<NaiveDate>,
    /// Their time zone (IANA), where it is not the organization's.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Their language, where it is not the organization's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// A change of a person: what is left out stays, what is null is emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonPatch {
    /// Their name.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub display_name: Option<String>,
    /// Where they are written to. How they sign in stays.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub email: Patch<String>,
    /// What HR's own system calls them.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub employee_code: Patch<String>,
    /// Their job title.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub job_title: Patch<String>,
    /// Their home unit.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub unit_id: Option<UnitId>,
    /// Their manager; null: the lead of the home unit, else of the nearest unit above.
    #[serde(default)]
    #[schema(value_type = Option<PersonId>)]
    pub manager_id: Patch<PersonId>,
    /// Their role. Whoever changes it may give the old one and the new one; the last owner stays.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub role: Option<Role>,
    /// Their first day.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub joined_on: Patch<NaiveDate>,
    /// Their last day, not before the first.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub left_on: Patch<NaiveDate>,
    /// Their time zone (IANA); null: the organization's.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub time_zone: Patch<String>,
    /// Their language; null: the organization's.
    #[serde(default)]
    #[schema(value_type = Option<Locale>)]
    pub locale: Patch<Locale>,
    /// `false` deactivates them: their sessions end at once and they sign in no more; `true` takes that back. Not
    /// oneself.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub active: Option<bool>,
}

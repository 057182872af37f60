//! What is said of a measurement when it is recorded or corrected.

use crate::domain::amount::Amount;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::limits;
use crate::http::{Item, Patch, not_null};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A measurement to record. Whom it is of is said by exactly one of `person_id`, `employee_code`, `email`, `unit_id` and
/// `unit_code`; the metric's `measured_for` says whether by a person or by a unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasurementIn {
    /// The metric, by its code or its id: one that is measured. A retired one still is, for the goals that
    /// run on it.
    #[schema(examples("won_value"))]
    pub metric: String,
    /// The person.
    #[serde(default)]
    pub person_id: Option<PersonId>,
    /// The person by what HR's own system calls them.
    #[serde(default)]
    #[schema(examples("NV-017"))]
    pub employee_code: Option<String>,
    /// The person by the address where they are written to.
    #[serde(default)]
    #[schema(examples("an@example.com"))]
    pub email: Option<String>,
    /// The unit.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// The unit by its code.
    #[serde(default)]
    pub unit_code: Option<String>,
    /// The day, in the organization's time zone: not in the future, and for a person one on which they were with the
    /// organization.
    pub date: NaiveDate,
    /// What was measured.
    pub value: Amount,
    /// What it is split by: the value of each dimension that is told, among those that the metric declares; each at most
    /// 100 characters.
    #[serde(default)]
    pub dimensions: Option<BTreeMap<String, String>>,
    /// Where it comes from, such as the name of the CRM; at most 50 characters.
    #[schema(examples("crm"))]
    pub source: String,
    /// What it is called there, at most 200 characters. The same metric, source and external id again replace what was
    /// recorded before. Without one it is recorded anew each time.
    #[serde(default)]
    #[schema(examples("deal-4711"))]
    pub external_id: Option<String>,
}

impl Item for MeasurementIn {
    const MOST: usize = limits::MEASUREMENTS;
    const BYTES: usize = limits::MEASUREMENTS_BYTES;
}

/// A correction of a measurement: what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasurementPatch {
    /// What was measured.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub value: Option<Amount>,
    /// The day. A person's measurement goes to the unit that they belonged to on it.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub date: Option<NaiveDate>,
    /// The person that it is of, where the metric is measured for people.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub person_id: Option<PersonId>,
    /// The unit that it is of, where the metric is measured for units.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub unit_id: Option<UnitId>,
    /// The dimensions, each by itself: null takes one away; null in place of all takes them all away.
    #[serde(default)]
    #[schema(value_type = Option<BTreeMap<String, Option<String>>>)]
    pub dimensions: Patch<BTreeMap<String, Option<String>>>,
    /// Why it is corrected, for its history; at most 1000 characters.
    #[serde(default)]
    pub reason: Option<String>,
}

//! What is said of a unit when it is made or changed.

use crate::domain::ids::UnitId;
use crate::domain::words::{UnitKind, Visibility};
use crate::http::{Patch, not_null};
use serde::Deserialize;

/// A unit to make.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitIn {
    /// `department` or `team`; the company is there already.
    pub kind: UnitKind,
    /// Its code, unique in the organization whatever the case: letters, digits, dots, dashes, underscores, at most 50.
    #[schema(examples("SALES-HN"))]
    pub code: String,
    /// Its name, at most 120 characters.
    #[schema(examples("Kinh doanh Hà Nội"))]
    pub name: String,
    /// The unit that it lies in: the company unless named. A department lies in the company or a department, a team
    /// in the company, a department or a team.
    #[serde(default)]
    pub parent_id: Option<UnitId>,
    /// Whether supervisors may make goals of the unit and of its members; null: as the unit above says, in the end not.
    #[serde(default)]
    pub supervisors_may_create: Option<bool>,
    /// Whether supervisors may edit goals of the unit and of its members; null: as the unit above says, in the end not.
    #[serde(default)]
    pub supervisors_may_edit: Option<bool>,
    /// Whether owners may edit their own goals; null: as the unit above says, in the end they may.
    #[serde(default)]
    pub owners_may_edit: Option<bool>,
    /// Whether owners may delete their own goals; null: as the unit above says, in the end they may.
    #[serde(default)]
    pub owners_may_delete: Option<bool>,
    /// Whether owners may edit and delete their own key results; null: as the unit above says, in the end they may.
    #[serde(default)]
    pub owners_may_edit_key_results: Option<bool>,
    /// Who sees the unit's new objectives and key results; null: as the unit above says, in the end `public`.
    #[serde(default)]
    pub okr_visibility: Option<Visibility>,
    /// Who sees the unit's new KPI goals; null: as the unit above says, in the end `public`.
    #[serde(default)]
    pub kpi_visibility: Option<Visibility>,
    /// Who sees the reviews of the unit's members; null: as the unit above says, in the end `restricted`.
    #[serde(default)]
    pub review_visibility: Option<Visibility>,
}

/// A change of a unit: what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitPatch {
    /// `department` or `team`.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub kind: Option<UnitKind>,
    /// Its code.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub code: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// The unit to move it to, with all that lies below it.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub parent_id: Option<UnitId>,
    /// Whether supervisors may make goals of the unit and of its members; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub supervisors_may_create: Patch<bool>,
    /// Whether supervisors may edit goals of the unit and of its members; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub supervisors_may_edit: Patch<bool>,
    /// Whether owners may edit their own goals; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub owners_may_edit: Patch<bool>,
    /// Whether owners may delete their own goals; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub owners_may_delete: Patch<bool>,
    /// Whether owners may edit and delete their own key results; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    pub owners_may_edit_key_results: Patch<bool>,
    /// Who sees the unit's new objectives and key results; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<Visibility>)]
    pub okr_visibility: Patch<Visibility>,
    /// Who sees the unit's new KPI goals; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<Visibility>)]
    pub kpi_visibility: Patch<Visibility>,
    /// Who sees the reviews of the unit's members; null: as the unit above says.
    #[serde(default)]
    #[schema(value_type = Option<Visibility>)]
    pub review_visibility: Patch<Visibility>,
}

//! What units set for their goals, and what holds where one leaves it open.

use super::UnitFacts;
use crate::domain::words::Visibility;

/// What a unit sets for its goals. What it leaves open is as the unit above says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Switches {
    /// Whether supervisors may make goals of it and of its members.
    pub supervisors_may_create: Option<bool>,
    /// Whether supervisors may edit goals of it and of its members.
    pub supervisors_may_edit: Option<bool>,
    /// Whether owners may edit their own goals.
    pub owners_may_edit: Option<bool>,
    /// Whether owners may delete their own goals.
    pub owners_may_delete: Option<bool>,
    /// Whether owners may edit and delete their own key results.
    pub owners_may_edit_key_results: Option<bool>,
    /// Who sees its new objectives and key results.
    pub okr_visibility: Option<Visibility>,
    /// Who sees its new KPI goals.
    pub kpi_visibility: Option<Visibility>,
    /// Who sees its members' reviews.
    pub review_visibility: Option<Visibility>,
}

/// What holds for a unit's goals in the end: what the unit says, else what the nearest unit above it says, else what
/// each field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct UnitPolicy {
    /// Whether supervisors may make goals of the unit and of its members; not unless a unit says so.
    pub supervisors_may_create: bool,
    /// Whether supervisors may edit goals of the unit and of its members; not unless a unit says so.
    pub supervisors_may_edit: bool,
    /// Whether owners may edit their own goals; they may unless a unit forbids it.
    pub owners_may_edit: bool,
    /// Whether owners may delete their own goals; they may unless a unit forbids it.
    pub owners_may_delete: bool,
    /// Whether owners may edit and delete their own key results; they may unless a unit forbids it.
    pub owners_may_edit_key_results: bool,
    /// Who sees the unit's new objectives and key results; `public` unless a unit says otherwise.
    pub okr_visibility: Visibility,
    /// Who sees the unit's new KPI goals; `public` unless a unit says otherwise.
    pub kpi_visibility: Visibility,
    /// Who sees the reviews of the unit's members; `restricted` (the person, their lead line, HR) unless a unit says
    /// otherwise.
    pub review_visibility: Visibility,
}

impl UnitPolicy {
    /// What holds along a line of units, the nearest first.
    pub(super) fn along<'a>(line: impl Iterator<Item = &'a UnitFacts> + Clone) -> Self {
        let switch = |of: fn(&Switches) -> Option<bool>| line.clone().find_map(|unit| of(&unit.switches));
        let sight = |of: fn(&Switches) -> Option<Visibility>| line.clone().find_map(|unit| of(&unit.switches));
        Self {
            supervisors_may_create: switch(|set| set.supervisors_may_create).unwrap_or(false),
            supervisors_may_edit: switch(|set| set.supervisors_may_edit).unwrap_or(false),
            owners_may_edit: switch(|set| set.owners_may_edit).unwrap_or(true),
            owners_may_delete: switch(|set| set.owners_may_delete).unwrap_or(true),
            owners_may_edit_key_results: switch(|set| set.owners_may_edit_key_results).unwrap_or(true),
            okr_visibility: sight(|set| set.okr_visibility).unwrap_or(Visibility::Public),
            kpi_visibility: sight(|set| set.kpi_visibility).unwrap_or(Visibility::Public),
            review_visibility: sight(|set| set.review_visibility).unwrap_or(Visibility::Restricted),
        }
    }
}

impl Default for UnitPolicy {
    fn default() -> Self {
        Self::along(std::iter::empty())
    }
}

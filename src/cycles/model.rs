//! A cycle and its settings.

use crate::db::columns::Json;
use crate::db::schema::cycles;
use crate::domain::amount::Amount;
use crate::domain::ids::{CycleId, ForestId, OrganizationId};
use crate::domain::instant::Instant;
use crate::domain::words::{Cadence, ChangeApproval, CycleKind, Phase};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// A dated period in which goals are set, checked in and reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = cycles, treat_none_as_null = true)]
pub struct Cycle {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: CycleId,
    /// Its forest: the outermost cycle around it, or itself.
    pub forest_id: ForestId,
    /// The cycle that it lies in.
    pub parent_id: Option<CycleId>,
    /// Its kind.
    pub kind: CycleKind,
    /// Its name.
    pub name: String,
    /// Its name as people search for it.
    pub name_folded: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Where it stands.
    pub phase: Phase,
    /// Its settings.
    pub settings: Json<CycleSettings>,
    /// Moves with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a cycle decides about its goals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CycleSettings {
    /// The largest gap between expected and actual progress that is still on track: a fraction, `"0.1"` unless set.
    pub on_track_gap: Amount,
    /// The largest gap that is still at risk, not off track: a fraction, `"0.25"` unless set.
    pub at_risk_gap: Amount,
    /// How often goals are checked in.
    pub cadence: Cadence,
    /// The weekday of weekly check-ins: 1 Monday to 7 Sunday.
    #[schema(minimum = 1, maximum = 7)]
    pub weekday: u32,
    /// The day of monthly check-ins; the last day of shorter months.
    #[schema(minimum = 1, maximum = 31)]
    pub day_of_month: u32,
    /// Days after a due day until a goal is judged on it.
    #[schema(minimum = 0, maximum = 31)]
    pub grace_days: u32,
    /// The progress at which a committed goal has succeeded: a fraction, `"1"` unless set.
    pub mark: Amount,
    /// The same of aspirational goals: `"0.7"` unless set.
    pub aspirational_mark: Amount,
    /// The share of its mark from which a goal has partly succeeded: `"0.7"` unless set.
    pub partly_share: Amount,
    /// Whether a submitted goal waits for approval; else submitting makes it active.
    pub approval_required: bool,
    /// Who approves an owner's change of an active goal.
    pub change_approval: ChangeApproval,
    /// Whether the review weights of a person's goals must total 100 before they can be submitted.
    pub review_weights_required: bool,
}

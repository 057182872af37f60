//! A cycle and its settings.

use crate::db::columns::Json;
use crate::db::schema::cycles;
use crate::domain::calendar::Window;
pub use crate::domain::cycle_settings::{CycleSettings, CycleSettingsPatch};
use crate::domain::ids::{CycleId, ForestId, OrganizationId};
use crate::domain::instant::Instant;
use crate::domain::words::{CycleKind, Phase};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

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

impl Cycle {
    /// Its days.
    pub fn window(&self) -> Option<Window> {
        Window::new(self.starts_on, self.ends_on)
    }

    /// What the event log keeps of it.
    pub(super) fn noted(&self) -> Value {
        json!({
            "kind": self.kind,
            "name": self.name,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "phase": self.phase,
            "parent_id": self.parent_id,
            "settings": self.settings.0,
        })
    }
}

/// Cycles as a problem names them.
pub(super) fn refs(cycles: Vec<&Cycle>) -> Value {
    cycles.into_iter().map(|cycle| json!({ "id": cycle.id, "name": cycle.name, "phase": cycle.phase })).collect()
}

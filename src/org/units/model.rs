//! A unit's row.

use crate::db::Tx;
use crate::db::schema::units;
use crate::domain::ids::{OrganizationId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use crate::domain::words::{UnitKind, Visibility};
use diesel::prelude::*;
use serde_json::{Value, json};

/// A node of the org structure.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = units, treat_none_as_null = true)]
pub struct Unit {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: UnitId,
    /// The unit that it lies in; none for the company.
    pub parent_id: Option<UnitId>,
    /// Its kind.
    pub kind: UnitKind,
    /// Its code.
    pub code: String,
    /// Its code as it is unique.
    pub code_folded: String,
    /// Its name.
    pub name: String,
    /// Its name as people search for it.
    pub name_folded: String,
    /// Whether supervisors may create and edit goals of it and of its members.
    pub supervisors_may_edit: bool,
    /// Whether owners may edit and delete their own goals.
    pub owners_may_edit: bool,
    /// Whether owners may edit and delete key results.
    pub owners_may_edit_key_results: bool,
    /// Who sees its new objectives and key results; none: as the unit above says.
    pub okr_visibility: Option<Visibility>,
    /// Who sees its new KPI goals; none: as the unit above says.
    pub kpi_visibility: Option<Visibility>,
    /// Moves with every change of it or of its members.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Unit {
    /// A new unit with the switches as they are unless set: owners edit their goals, supervisors look on.
    pub(super) fn new(tx: &Tx<'_>, id: UnitId, kind: UnitKind, parent_id: Option<UnitId>) -> Self {
        Self {
            organization_id: tx.organization(),
            id,
            parent_id,
            kind,
            code: String::new(),
            code_folded: String::new(),
            name: String::new(),
            name_folded: String::new(),
            supervisors_may_edit: false,
            owners_may_edit: true,
            owners_may_edit_key_results: true,
            okr_visibility: None,
            kpi_visibility: None,
            version: 1,
            created_at: tx.now,
            updated_at: tx.now,
        }
    }

    /// Gives it a code.
    pub(super) fn set_code(&mut self, code: String) {
        self.code_folded = fold(&code);
        self.code = code;
    }

    /// Gives it a name.
    pub(super) fn set_name(&mut self, name: String) {
        self.name_folded = fold(&name);
        self.name = name;
    }

    /// What the event log keeps of it.
    pub(super) fn noted(&self) -> Value {
        json!({
            "parent_id": self.parent_id,
            "kind": self.kind,
            "code": self.code,
            "name": self.name,
            "supervisors_may_edit": self.supervisors_may_edit,
            "owners_may_edit": self.owners_may_edit,
            "owners_may_edit_key_results": self.owners_may_edit_key_results,
            "okr_visibility": self.okr_visibility,
            "kpi_visibility": self.kpi_visibility,
        })
    }
}

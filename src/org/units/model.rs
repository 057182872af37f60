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
    /// Whether supervisors may make goals of it and of its members; none: as the unit above says.
    pub supervisors_may_create: Option<bool>,
    /// Whether supervisors may edit goals of it and of its members; none: as the unit above says.
    pub supervisors_may_edit: Option<bool>,
    /// Whether owners may edit their own goals; none: as the unit above says.
    pub owners_may_edit: Option<bool>,
    /// Whether owners may delete their own goals; none: as the unit above says.
    pub owners_may_delete: Option<bool>,
    /// Whether owners may edit and delete key results; none: as the unit above says.
    pub owners_may_edit_key_results: Option<bool>,
    /// Who sees its members' reviews; none: as the unit above says.
    pub review_visibility: Option<Visibility>,
}

impl Unit {
    /// A new unit that sets nothing: everything is as the unit above says.
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
            okr_visibility: None,
            kpi_visibility: None,
            version: 1,
            created_at: tx.now,
            updated_at: tx.now,
            supervisors_may_create: None,
            supervisors_may_edit: None,
            owners_may_edit: None,
            owners_may_delete: None,
            owners_may_edit_key_results: None,
            review_visibility: None,
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
            "supervisors_may_create": self.supervisors_may_create,
            "supervisors_may_edit": self.supervisors_may_edit,
            "owners_may_edit": self.owners_may_edit,
            "owners_may_delete": self.owners_may_delete,
            "owners_may_edit_key_results": self.owners_may_edit_key_results,
            "okr_visibility": self.okr_visibility,
            "kpi_visibility": self.kpi_visibility,
            "review_visibility": self.review_visibility,
        })
    }
}

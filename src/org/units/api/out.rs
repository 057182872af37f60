//! How units are shown.

use crate::domain::access::{Actor, Directory, UnitPolicy};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::words::{UnitKind, Visibility};
use crate::http::{Listing, SortKey, Versioned, page};
use crate::org::PersonRef;
use crate::org::units::{Unit, UnitNode, tree};
use serde::Serialize;

/// A node of the org structure.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UnitOut {
    /// Its id.
    pub id: UnitId,
    /// Moves with every change of it and of its leads, supervisors and members; the `ETag`.
    pub version: i64,
    /// The unit that it lies in; null for the company.
    pub parent_id: Option<UnitId>,
    /// Its kind.
    pub kind: UnitKind,
    /// Its code, unique in the organization.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Those who manage it, by name.
    pub leads: Vec<PersonRef>,
    /// Those who follow its goals, by name.
    pub supervisors: Vec<PersonRef>,
    /// Those who work in it without having it as home, by name.
    pub members: Vec<PersonRef>,
    /// Whether supervisors may make goals of the unit and of its members; null: as the unit above says.
    pub supervisors_may_create: Option<bool>,
    /// Whether supervisors may edit goals of the unit and of its members; null: as the unit above says.
    pub supervisors_may_edit: Option<bool>,
    /// Whether owners may edit their own goals; null: as the unit above says.
    pub owners_may_edit: Option<bool>,
    /// Whether owners may delete their own goals; null: as the unit above says.
    pub owners_may_delete: Option<bool>,
    /// Whether owners may edit and delete their own key results; null: as the unit above says.
    pub owners_may_edit_key_results: Option<bool>,
    /// Who sees its new objectives and key results; null: as the unit above says, in the end `public`.
    pub okr_visibility: Option<Visibility>,
    /// Who sees its new KPI goals; null: as the unit above says, in the end `public`.
    pub kpi_visibility: Option<Visibility>,
    /// Who sees the reviews of the unit's members; null: as the unit above says, in the end `restricted`.
    pub review_visibility: Option<Visibility>,
    /// What holds in the end of all this: what the unit says, else what the nearest unit above it says.
    pub policy: UnitPolicy,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl UnitOut {
    pub(super) fn of(unit: Unit, directory: &Directory) -> Self {
        let facts = directory.unit(unit.id);
        let named = |ids: Option<&Vec<PersonId>>| PersonRef::all(directory, ids.into_iter().flatten().copied());
        Self {
            id: unit.id,
            version: unit.version,
            parent_id: unit.parent_id,
            kind: unit.kind,
            code: unit.code,
            name: unit.name,
            leads: named(facts.map(|facts| &facts.leads)),
            supervisors: named(facts.map(|facts| &facts.supervisors)),
            members: named(facts.map(|facts| &facts.members)),
            supervisors_may_create: unit.supervisors_may_create,
            supervisors_may_edit: unit.supervisors_may_edit,
            owners_may_edit: unit.owners_may_edit,
            owners_may_delete: unit.owners_may_delete,
            owners_may_edit_key_results: unit.owners_may_edit_key_results,
            okr_visibility: unit.okr_visibility,
            kpi_visibility: unit.kpi_visibility,
            review_visibility: unit.review_visibility,
            policy: directory.policy(unit.id),
            created_at: unit.created_at,
            updated_at: unit.updated_at,
        }
    }
}

impl Versioned for UnitOut {
    fn version(&self) -> i64 {
        self.version
    }
}

page! {
    /// A page of units.
    UnitPage of UnitOut
}

impl UnitPage {
    pub(super) fn of(
        units: Vec<Unit>,
        (order, reverse): (&str, bool),
        listing: &Listing,
        directory: &Directory,
    ) -> Self {
        let total = listing.include_total.then_some(units.len());
        let key = |unit: &Unit| {
            let text = if order == "code" { &unit.code_folded } else { &unit.name_folded };
            (SortKey::from(text.as_str()), unit.id.0)
        };
        let (units, next_cursor) = listing.page_of(units, reverse, key);
        let items = units.into_iter().map(|unit| UnitOut::of(unit, directory)).collect();
        Self { items, next_cursor, total }
    }
}

/// The unit tree.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UnitTree {
    /// The units, depth first, those of one level by name.
    pub units: Vec<UnitNode>,
}

impl UnitTree {
    /// All that the tree depends on: whose it is, the directory's revision, the build.
    pub(super) fn etag(actor: &Actor) -> String {
        format!("\"{}-{}-{}\"", actor.organization, actor.directory.revision, env!("CARGO_PKG_VERSION"))
    }

    pub(super) fn of(directory: &Directory) -> Self {
        Self { units: tree(directory) }
    }
}

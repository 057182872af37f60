//! How people and units are named where something else is shown.

use crate::domain::access::Directory;
use crate::domain::ids::{PersonId, UnitId};
use serde::Serialize;

/// A person by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PersonRef {
    /// The person.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

impl PersonRef {
    /// A person as the directory names them.
    pub fn of(directory: &Directory, id: PersonId) -> Self {
        Self { id, name: directory.name_of(id).to_owned() }
    }

    /// Several people, by name.
    pub fn all(directory: &Directory, ids: impl IntoIterator<Item = PersonId>) -> Vec<Self> {
        let mut named: Vec<_> = ids.into_iter().map(|id| Self::of(directory, id)).collect();
        named.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        named
    }
}

/// A unit by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UnitRef {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
}

impl UnitRef {
    /// A unit as the directory names it.
    pub fn of(directory: &Directory, id: UnitId) -> Self {
        Self { id, name: directory.unit(id).map(|unit| unit.name.clone()).unwrap_or_default() }
    }
}

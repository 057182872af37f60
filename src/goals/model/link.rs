//! Links: goal to the goal that it serves.

use crate::db::schema::{goal_link_versions, goal_links};
use crate::domain::amount::Weight;
use crate::domain::facts::Link;
use crate::domain::ids::{GoalId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// A goal's link to one that it serves, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = goal_links, primary_key(organization_id, child_id, parent_id), treat_none_as_null = true)]
pub struct GoalLink {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The goal that serves.
    pub child_id: GoalId,
    /// The goal served.
    pub parent_id: GoalId,
    /// How much it counts there. A proposal counts nothing.
    pub weight: Weight,
    /// Whether it is the child's place in the tree; one link at most is.
    pub is_primary: bool,
    /// The weight that someone who may not edit the parent asks for.
    pub proposed_weight: Option<Weight>,
    /// Who asks.
    pub proposed_by: Option<PersonId>,
    /// When it was made.
    pub created_at: Instant,
}

impl GoalLink {
    /// What figures and trees depend on.
    pub const fn fact(&self) -> Link {
        Link { parent: self.parent_id, weight: self.weight, primary: self.is_primary }
    }

    /// What events and change requests say of it.
    pub const fn body(&self) -> LinkBody {
        LinkBody { parent_id: self.parent_id, weight: self.weight, primary: self.is_primary }
    }
}

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LinkBody {
    /// The goal served.
    pub parent_id: GoalId,
    /// How much it counts there.
    pub weight: Weight,
    /// Whether it is the child's place in the tree.
    pub primary: bool,
}

/// A state of a link that held at some time. As of a day holds, of those whose `holds_from` is not after it, the one
/// with the highest version.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = goal_link_versions)]
pub struct LinkVersion {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The goal that serves.
    pub child_id: GoalId,
    /// The goal served.
    pub parent_id: GoalId,
    /// From 1 up.
    pub version: i64,
    /// The first day that it speaks for.
    pub holds_from: NaiveDate,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Who made it so.
    pub actor_id: Option<PersonId>,
    /// Why.
    pub reason: Option<String>,
    /// How much it counted.
    pub weight: Weight,
    /// Whether it was the child's place in the tree.
    pub is_primary: bool,
    /// Whether the link was gone from then on.
    pub removed: bool,
    /// The lead for whom a delegate made it so.
    pub delegate_of: Option<PersonId>,
}

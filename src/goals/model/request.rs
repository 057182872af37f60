//! Changes of a commitment that wait for approval.

use super::LinkBody;
use crate::db::columns::Json;
use crate::db::schema::change_requests;
use crate::domain::amount::Weight;
use crate::domain::ids::{ChangeRequestId, GoalId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::ChangeState;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An owner's change of an agreed goal that someone else has to approve.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = change_requests, primary_key(organization_id, id), treat_none_as_null = true)]
pub struct ChangeRequest {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: ChangeRequestId,
    /// The goal.
    pub goal_id: GoalId,
    /// The goal's version when the change was asked for.
    pub goal_version: i64,
    /// What is to change.
    pub change: Json<Change>,
    /// Why.
    pub reason: Option<String>,
    /// Where it stands.
    pub state: ChangeState,
    /// Who asks.
    pub requested_by: PersonId,
    /// When it was asked for.
    pub requested_at: Instant,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// What was said to it.
    pub decision_note: Option<String>,
    /// Moves with every change.
    pub version: i64,
    /// The lead for whom a delegate decided.
    pub delegate_of: Option<PersonId>,
}

/// What is to change, with what it was when the change was asked for: it is done only where that still is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// Fields of the goal.
    Fields {
        /// Each field as it was.
        before: Map<String, Value>,
        /// Each field as it is to be.
        after: Map<String, Value>,
    },
    /// A link is made, weighed or moved.
    Link {
        /// The link as it was; null where there was none.
        before: Option<LinkBody>,
        /// The goal served.
        parent_id: GoalId,
        /// The new weight; null: as it was, or 1.
        weight: Option<Weight>,
        /// Whether it becomes the goal's place in the tree; null: as it was.
        primary: Option<bool>,
        /// Whether it takes the place of another primary link.
        replace: bool,
    },
    /// A link is taken away.
    Unlink {
        /// The link as it was.
        before: LinkBody,
    },
    /// The goal is cancelled.
    Cancel,
}

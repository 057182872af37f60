//! The events of a goal.

use crate::db::Tx;
use crate::db::columns::{AnyId, Json};
use crate::db::schema::{change_requests, events};
use crate::domain::ids::{EventId, GoalId, PersonId};
use crate::domain::instant::Instant;
use crate::http::SortKey;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

/// An event as the log keeps it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = events)]
pub(super) struct Row {
    pub(super) id: EventId,
    pub(super) at: Instant,
    pub(super) actor_id: Option<PersonId>,
    pub(super) delegate_of: Option<PersonId>,
    pub(super) kind: String,
    pub(super) subject_kind: String,
    pub(super) subject_id: AnyId,
    pub(super) before: Option<Json<Value>>,
    pub(super) after: Option<Json<Value>>,
}

impl Row {
    /// Where it stands among others.
    pub(super) fn place(&self) -> (SortKey, Uuid) {
        (self.at.utc().timestamp_micros().into(), self.id.into())
    }
}

/// Events about a goal and about what was asked for it, of some kinds.
pub(super) fn of_goal(tx: &mut Tx<'_>, goal: GoalId, kinds: &[&str]) -> QueryResult<Vec<Row>> {
    let organization = tx.organization();
    let requests = change_requests::table
        .filter(change_requests::organization_id.eq(organization).and(change_requests::goal_id.eq(goal)))
        .select(change_requests::id);
    events::table
        .filter(events::organization_id.eq(organization).and(events::kind.eq_any(kinds)))
        .filter(events::goal_id.eq(goal).or(events::subject_id.eq_any(requests)))
        .select(Row::as_select())
        .load(tx.conn)
}

//! The versions of goals.

use super::GoalBody;
use crate::db::columns::Json;
use crate::db::schema::goal_versions;
use crate::domain::ids::{GoalId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use chrono::NaiveDate;
use diesel::prelude::*;

/// A state of a goal that held at some time, the present one included. As of a day holds, of those whose
/// `holds_from` is not after it, the one with the highest version: a first activation holds from the window's first
/// day, before the drafts that it came from.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = goal_versions)]
pub struct GoalVersion {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The goal.
    pub goal_id: GoalId,
    /// The goal's version.
    pub version: i64,
    /// The first day that it speaks for.
    pub holds_from: NaiveDate,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Who made it so.
    pub actor_id: Option<PersonId>,
    /// Why.
    pub reason: Option<String>,
    /// What the goal said.
    pub body: Json<GoalBody>,
    /// The lead for whom a delegate made it so.
    pub delegate_of: Option<PersonId>,
}

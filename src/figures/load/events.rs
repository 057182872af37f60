//! What happened to a forest since a revision.

use crate::db::Conn;
use crate::db::schema::events::dsl;
use crate::domain::ids::{ForestId, GoalId, OrganizationId};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// More events than this are not taken one by one.
const MOST_EVENTS: i64 = 500;

/// What a forest in memory has to take up.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::figures) enum Since {
    /// These goals changed, with their links upward; some may be gone.
    Goals(Vec<GoalId>),
    /// Something that all of it depends on changed, or too much: it is loaded anew.
    Whole,
}

/// What happened to a forest after a revision.
pub(in crate::figures) fn since(
    conn: &mut Conn,
    organization: OrganizationId,
    forest: ForestId,
    revision: i64,
) -> QueryResult<Since> {
    let touched: Vec<Option<GoalId>> = dsl::events
        .filter(dsl::organization_id.eq(organization).and(dsl::forest_id.eq(forest)))
        .filter(dsl::revision.gt(revision))
        .select(dsl::goal_id)
        .limit(MOST_EVENTS + 1)
        .load(conn)?;
    let too_many = i64::try_from(touched.len()).is_ok_and(|count| count > MOST_EVENTS);
    let goals: Option<BTreeSet<GoalId>> = touched.into_iter().collect();
    Ok(goals.filter(|_| !too_many).map_or(Since::Whole, |goals| Since::Goals(goals.into_iter().collect())))
}

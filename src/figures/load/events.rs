//! What happened to a forest since a revision.

use super::rows::{self, CheckInRow, Which};

use crate::db::Conn;
use crate::db::schema::events::dsl;
use crate::domain::ids::{ForestId, GoalId, OrganizationId};
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// More events than this are not taken one by one.
const MOST_EVENTS: i64 = 500;

/// What a forest in memory has to take up.
#[derive(Debug)]
pub(in crate::figures) enum Since {
    /// Some goals changed.
    Goals {
        /// These, with their links upward; some may be gone.
        changed: Vec<GoalId>,
        /// Of these the check-ins alone: all that they have now.
        checked_in: HashMap<GoalId, Vec<CheckInRow>>,
    },
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
    let touched: Vec<(Option<GoalId>, String)> = dsl::events
        .filter(dsl::organization_id.eq(organization).and(dsl::forest_id.eq(forest)))
        .filter(dsl::revision.gt(revision))
        // By the index of revisions: they are the last ones of many.
        .order(dsl::revision)
        .select((dsl::goal_id, dsl::kind))
        .limit(MOST_EVENTS + 1)
        .load(conn)?;
    let too_many = i64::try_from(touched.len()).is_ok_and(|count| count > MOST_EVENTS);
    if too_many || touched.iter().any(|(goal, _)| goal.is_none()) {
        return Ok(Since::Whole);
    }
    let (told, changed): (Vec<_>, Vec<_>) = touched.into_iter().partition(|(_, kind)| kind.starts_with("check_in."));
    let changed: BTreeSet<GoalId> = changed.into_iter().filter_map(|(goal, _)| goal).collect();
    let told: BTreeSet<GoalId> =
        told.into_iter().filter_map(|(goal, _)| goal).filter(|goal| !changed.contains(goal)).collect();
    let told: Vec<GoalId> = told.into_iter().collect();
    let mut checked_in = rows::check_ins(conn, organization, Which::These(&told), None)?;
    for goal in told {
        checked_in.entry(goal).or_default();
    }
    Ok(Since::Goals { changed: changed.into_iter().collect(), checked_in })
}

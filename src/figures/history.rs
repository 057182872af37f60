//! A goal's history: every state that it and its links ever had, with who made it so, when and why, and the day from
//! which it speaks.

use super::cache::Forests;
use super::fields::{FieldChange, changes};
use super::one::with_goal;
use super::sight::Sight;
use crate::db::Tx;
use crate::db::schema::{goal_link_versions, goal_versions};
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::instant::Instant;
use crate::error::{Error, Result};
use crate::goals::model::{GoalVersion, LinkVersion};
use crate::http::{Listing, SortKey, page};
use crate::org::PersonRef;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

page! {
    /// A page of a goal's history.
    GoalHistoryPage of GoalHistoryEntry
}

/// A change of a goal or of one of its links.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoalHistoryEntry {
    /// The version that it made of the goal, or of the link.
    pub version: i64,
    /// Of a link by which the goal goes up: the goal that it serves. Else null.
    pub parent: Option<NamedGoal>,
    /// Of a link by which another goal goes up to this one: that goal. Else null.
    pub child: Option<NamedGoal>,
    /// The first day that it speaks for. A goal's first activation, with its links then, speaks from its window's first
    /// day on; all else from its own day.
    pub holds_from: NaiveDate,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Who made it so.
    pub actor: Option<PersonRef>,
    /// The lead for whom they did it, as a delegate; else null.
    pub delegate_of: Option<PersonRef>,
    /// Why.
    pub reason: Option<String>,
    /// What changed: of a new goal or link all that it says, of a removed link all that it said. Empty where a link
    /// only came to speak for earlier days.
    pub changes: Vec<FieldChange>,
}

/// A goal by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedGoal {
    /// The goal.
    pub id: GoalId,
    /// What it says now.
    pub title: String,
}

impl NamedGoal {
    /// A goal that the viewer sees.
    pub(super) fn of(sight: &Sight<'_>, id: GoalId) -> Option<Self> {
        sight.goal(id).map(|(_, card)| Self { id, title: card.title.clone() })
    }
}

/// A page of the history of a goal that the actor may see, the newest first. Links to goals that they may not see are
/// left out.
pub(super) fn history(tx: &mut Tx<'_>, forests: &Forests, goal: GoalId, listing: &Listing) -> Result<GoalHistoryPage> {
    let (_, oldest_first) = listing.order(&["newest"])?;
    with_goal(tx, forests, goal, None, |tx, sight| {
        let mut all = of_goal(tx, goal)?;
        all.extend(of_links(tx, sight, goal)?);
        let total = listing.include_total.then_some(all.len());
        let (items, next_cursor) = listing.page_of(all, !oldest_first, place);
        Ok(GoalHistoryPage { items, next_cursor, total })
    })
}

/// Where an entry stands: when it was recorded; of one moment the goal's own before its links.
fn place(entry: &GoalHistoryEntry) -> (SortKey, Uuid) {
    let other = entry.parent.as_ref().or(entry.child.as_ref()).map(|goal| goal.id);
    let (at, is_link) = (entry.recorded_at.utc().timestamp_micros(), u8::from(other.is_some()));
    (format!("{at:020} {is_link} {:010}", entry.version).into(), other.map_or(Uuid::nil(), Uuid::from))
}

fn of_goal(tx: &mut Tx<'_>, goal: GoalId) -> Result<Vec<GoalHistoryEntry>> {
    let rows: Vec<GoalVersion> = goal_versions::table
        .filter(goal_versions::organization_id.eq(tx.organization()).and(goal_versions::goal_id.eq(goal)))
        .order(goal_versions::version)
        .select(GoalVersion::as_select())
        .load(tx.conn)?;
    let mut before = None;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let said = serde_json::to_value(&row.body.0).map_err(Error::internal)?;
        entries.push(GoalHistoryEntry {
            version: row.version,
            parent: None,
            child: None,
            holds_from: row.holds_from,
            recorded_at: row.recorded_at,
            actor: named(tx, row.actor_id),
            delegate_of: named(tx, row.delegate_of),
            reason: row.reason,
            changes: changes(before.as_ref(), Some(&said), tx.locale),
        });
        before = Some(said);
    }
    Ok(entries)
}

fn of_links(tx: &mut Tx<'_>, sight: &Sight<'_>, goal: GoalId) -> Result<Vec<GoalHistoryEntry>> {
    let either_end = goal_link_versions::child_id.eq(goal).or(goal_link_versions::parent_id.eq(goal));
    let rows: Vec<LinkVersion> = goal_link_versions::table
        .filter(goal_link_versions::organization_id.eq(tx.organization()).and(either_end))
        .order((goal_link_versions::child_id, goal_link_versions::parent_id, goal_link_versions::version))
        .select(LinkVersion::as_select())
        .load(tx.conn)?;
    let mut entries = Vec::new();
    let mut before: Option<&LinkVersion> = None;
    for row in &rows {
        let was = before.filter(|was| (was.child_id, was.parent_id) == (row.child_id, row.parent_id));
        before = Some(row);
        let upward = row.child_id == goal;
        let Some(other) = NamedGoal::of(sight, if upward { row.parent_id } else { row.child_id }) else { continue };
        let (parent, child) = if upward { (Some(other), None) } else { (None, Some(other)) };
        entries.push(GoalHistoryEntry {
            version: row.version,
            parent,
            child,
            holds_from: row.holds_from,
            recorded_at: row.recorded_at,
            actor: named(tx, row.actor_id),
            delegate_of: named(tx, row.delegate_of),
            reason: row.reason.clone(),
            changes: changes(was.and_then(said).as_ref(), said(row).as_ref(), tx.locale),
        });
    }
    Ok(entries)
}

/// What a link says; nothing where it is gone.
fn said(link: &LinkVersion) -> Option<Value> {
    (!link.removed).then(|| json!({ "weight": link.weight, "primary": link.is_primary }))
}

fn named(tx: &Tx<'_>, person: Option<PersonId>) -> Option<PersonRef> {
    person.map(|person| PersonRef::of(&tx.actor.directory, person))
}

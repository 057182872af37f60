//! A goal's activity: what happened to it, its links, its check-ins and what was asked for, in one feed.
//!
//! It is read from the log of events. What its reader may not see is left out: links to hidden goals, and voided
//! check-ins for those who may not check in. A check-in is shown as it stands now, so that what a correction took back
//! is not told on. The automatic check-ins of a measured goal are no events: they follow from what is measured now, so
//! that a correction corrects them too. Days that would tell what a single hidden person was measured are told together
//! with those that follow.

mod automatic;
mod events;
mod words;

pub use automatic::AutomaticCheckIn;

use super::cache::Forests;
use super::fields::{FieldChange, changes};
use super::history::NamedGoal;
use super::one::with_goal;
use super::sight::Sight;
use crate::checkins::{self, CheckInOut, Shown};
use crate::db::Tx;
use crate::db::columns::Json;
use crate::domain::access::{self, Action};
use crate::domain::amount::Weight;
use crate::domain::facts::GoalFacts;
use crate::domain::ids::{ChangeRequestId, EventId, GoalId};
use crate::domain::instant::Instant;
use crate::domain::words::{ActivityKind, ChangeState, Word};
use crate::error::Result;
use crate::goals::model::LinkBody;
use crate::http::{Listing, SortKey, page};
use crate::org::PersonRef;
use automatic::Told;
use chrono_tz::Tz;
use events::Row;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;

page! {
    /// A page of a goal's activity.
    ActivityPage of ActivityEntry
}

/// Something that happened to a goal.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityEntry {
    /// Its id. That of an automatic check-in is made of its goal and day.
    pub id: EventId,
    /// What happened.
    pub kind: ActivityKind,
    /// When. An automatic check-in stands at the beginning of its day, in the organization's time zone.
    pub at: Instant,
    /// Who did it; null for automatic check-ins.
    pub actor: Option<PersonRef>,
    /// The lead for whom they did it, as a delegate; else null.
    pub delegate_of: Option<PersonRef>,
    /// It in a few words of the caller's language, without the actor.
    pub summary: String,
    /// Why, where it was said.
    pub reason: Option<String>,
    /// Of a changed goal: the fields that changed. Of a corrected check-in too, for those who may check in. Else empty.
    pub changes: Vec<FieldChange>,
    /// Of a link: the link. Else null.
    pub link: Option<LinkChange>,
    /// Of a check-in: the check-in as it is now. Else null.
    pub check_in: Option<CheckInOut>,
    /// Of a change that needs approval: what was asked for, or decided. Else null.
    pub change_request: Option<ChangeAsked>,
    /// Of an automatic check-in: how the value changed on its day, and by which measurements. Else null.
    pub automatic: Option<AutomaticCheckIn>,
}

/// A link by which the goal goes up, as it was and as it was then.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkChange {
    /// The goal served.
    pub parent: NamedGoal,
    /// The link before; null for a new one.
    pub before: Option<LinkSays>,
    /// The link after; null for one that was taken away.
    pub after: Option<LinkSays>,
}

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkSays {
    /// How much the goal counts in the goal served.
    pub weight: Weight,
    /// Whether it is the goal's place in the tree.
    pub primary: bool,
}

/// A change that needs approval. What is asked of a link is with the request itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeAsked {
    /// The request.
    pub id: ChangeRequestId,
    /// Where it stood then.
    pub state: ChangeState,
    /// What is asked for: fields of the goal, a link, that a link goes, that the goal is cancelled.
    pub what: AskedWhat,
    /// What was said to the decision.
    pub note: Option<String>,
}

/// What a change request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskedWhat {
    /// Other fields of the goal.
    Fields,
    /// A link, or another weight or place of one.
    Link,
    /// That a link goes.
    Unlink,
    /// That the goal is cancelled.
    Cancel,
}

/// A page of what happened to a goal that the actor may see, of some kinds (all where there are none), newest first.
pub(super) fn activity(
    tx: &mut Tx<'_>,
    forests: &Forests,
    goal: GoalId,
    kinds: &[ActivityKind],
    listing: &Listing,
) -> Result<ActivityPage> {
    let (_, oldest_first) = listing.order(&["newest"])?;
    let kinds: Vec<&str> = ActivityKind::LABELS
        .iter()
        .map(|label| label.value)
        .filter(|value| kinds.is_empty() || kinds.iter().any(|kind| kind.as_str() == *value))
        .collect();
    // Whoever waits for the forest does not wait for the rows of the measurements too.
    let (entries, scope, next_cursor, total) = with_goal(tx, forests, goal, None, |tx, sight| {
        let reader = Reader::new(tx, sight, goal)?;
        let rows = events::of_goal(tx, goal, &kinds)?;
        let mut all: Vec<Item> = rows.into_iter().filter(|row| reader.sees(row)).map(Item::Event).collect();
        if kinds.contains(&ActivityKind::Automatic.as_str()) {
            all.extend(automatic::told(sight, goal).into_iter().map(Item::Automatic));
        }
        let total = listing.include_total.then_some(all.len());
        let zone = tx.zone;
        let (page, next_cursor) = listing.page_of(all, !oldest_first, |item| item.place(goal, zone));
        let entries = page.into_iter().filter_map(|item| match item {
            Item::Event(row) => Some((reader.entry(tx, row)?, Vec::new())),
            Item::Automatic(told) => Some(automatic::entry(tx, goal, told)),
        });
        let scope = sight.scene.now.forest.goal(goal).and_then(GoalFacts::measured_by).map(|(_, scope)| scope);
        Ok((entries.collect(), scope, next_cursor, total))
    })?;
    Ok(ActivityPage { items: automatic::name(tx, scope, entries)?, next_cursor, total })
}

/// What the feed is made of.
enum Item {
    Event(Row),
    Automatic(Told),
}

impl Item {
    /// Where it stands among others: an automatic check-in at the beginning of its day.
    fn place(&self, goal: GoalId, zone: Tz) -> (SortKey, Uuid) {
        match self {
            Self::Event(row) => row.place(),
            Self::Automatic(Told { moved, .. }) => {
                let at = Instant::start_of(moved.on, zone).utc().timestamp_micros();
                (at.into(), automatic::id_of(goal, moved.on).into())
            }
        }
    }
}

/// Someone who reads a goal's activity.
struct Reader<'a> {
    sight: &'a Sight<'a>,
    may_check_in: bool,
    /// The check-ins that they may see.
    check_ins: HashMap<Uuid, Shown>,
}

impl<'a> Reader<'a> {
    fn new(tx: &mut Tx<'_>, sight: &'a Sight<'a>, goal: GoalId) -> Result<Self> {
        let may_check_in = sight.goal(goal).is_some_and(|(facts, card)| {
            access::allows(&sight.actor, Action::CheckIn, &card.access.of(facts.kind)).is_some()
        });
        let shown = checkins::of_goal(tx, goal, may_check_in)?;
        Ok(Self { sight, may_check_in, check_ins: shown.into_iter().map(|one| (one.row.id.into(), one)).collect() })
    }

    /// Whether what an event is about is there for the reader.
    fn sees(&self, row: &Row) -> bool {
        match row.subject_kind.as_str() {
            "check_in" => self.check_ins.contains_key(&row.subject_id.0),
            _ if ActivityKind::parse(&row.kind).is_some_and(ActivityKind::is_of_link) => self.link(row).is_some(),
            _ => true,
        }
    }

    /// An event as it is shown.
    fn entry(&self, tx: &Tx<'_>, row: Row) -> Option<ActivityEntry> {
        let kind = ActivityKind::parse(&row.kind)?;
        let link = kind.is_of_link().then(|| self.link(&row)).flatten();
        let (before, mut after) = (row.before.map(|it| it.0), row.after.map(|it| it.0));
        let mut entry = ActivityEntry {
            id: row.id,
            kind,
            at: row.at,
            actor: row.actor_id.map(|person| PersonRef::of(&tx.actor.directory, person)),
            delegate_of: row.delegate_of.map(|person| PersonRef::of(&tx.actor.directory, person)),
            summary: String::new(),
            reason: after.as_mut().and_then(reason),
            changes: Vec::new(),
            link,
            check_in: None,
            change_request: None,
            automatic: None,
        };
        match row.subject_kind.as_str() {
            "check_in" => {
                let shown = self.check_ins.get(&row.subject_id.0)?;
                entry.check_in = Some(CheckInOut::of(shown.clone(), &tx.actor.directory));
                if kind == ActivityKind::CheckInCorrected && self.may_check_in {
                    entry.changes = changes(before.as_ref(), after.as_ref(), tx.locale);
                }
            }
            "change_request" => entry.change_request = Some(asked(row.subject_id.0, &after?)?),
            _ if before.is_some() && !kind.is_of_link() => {
                entry.changes = changes(before.as_ref(), after.as_ref(), tx.locale);
            }
            _ => {}
        }
        entry.summary = words::summary(tx, &entry);
        Some(entry)
    }

    /// The link that an event tells of; none where its reader does not see the goal served.
    fn link(&self, row: &Row) -> Option<LinkChange> {
        let read = |said: &Option<Json<Value>>| LinkBody::deserialize(&said.as_ref()?.0).ok();
        let (before, after) = (read(&row.before), read(&row.after));
        let parent = NamedGoal::of(self.sight, after.or(before)?.parent_id)?;
        let says = |link: LinkBody| LinkSays { weight: link.weight, primary: link.primary };
        Some(LinkChange { parent, before: before.map(says), after: after.map(says) })
    }
}

/// Takes the reason out of what an event says.
fn reason(after: &mut Value) -> Option<String> {
    let said = after.as_object_mut()?;
    let reason = said.remove("reason").or_else(|| said.get("void_reason").cloned())?;
    reason.as_str().map(str::to_owned)
}

fn asked(id: Uuid, said: &Value) -> Option<ChangeAsked> {
    Some(ChangeAsked {
        id: id.into(),
        state: ChangeState::deserialize(said.get("state")?).ok()?,
        what: AskedWhat::deserialize(said.get("change")?.get("what")?).ok()?,
        note: said.get("note").and_then(Value::as_str).map(str::to_owned),
    })
}

impl ActivityKind {
    /// Whether it happened to a link.
    const fn is_of_link(self) -> bool {
        matches!(self, Self::Linked | Self::LinkChanged | Self::Unlinked)
    }
}

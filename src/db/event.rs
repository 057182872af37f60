//! The append-only log of what happened.

use super::columns::AnyId;
use super::conn::{Conn, insert_rows};
use super::origin::Origin;
use super::schema::events;
use crate::clock::Clock;
use crate::domain::ids::{EventId, ForestId, GoalId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::Via;
use crate::error::{Error, Result};
use diesel::{Insertable, QueryResult, RunQueryDsl};
use serde::Serialize;
use uuid::Uuid;

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    kind: &'static str,
    id: Uuid,
    label: Option<String>,
}

impl Subject {
    /// The thing of a kind with an id.
    pub fn new(kind: &'static str, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into(), label: None }
    }

    /// What it is called, as people know it: it may be renamed or gone when the log is read.
    #[must_use]
    pub fn called(self, label: &str) -> Self {
        Self { label: Some(label.to_owned()), ..self }
    }
}

/// Something that happened, to be noted with the change itself.
#[derive(Debug, Clone)]
pub struct Event {
    kind: &'static str,
    subject: Subject,
    forest: Option<ForestId>,
    goal: Option<GoalId>,
    before: Option<String>,
    after: Option<String>,
}

impl Event {
    /// An event such as `unit.moved` about a subject.
    pub const fn new(kind: &'static str, subject: Subject) -> Self {
        Self { kind, subject, forest: None, goal: None, before: None, after: None }
    }

    /// It is about this goal, though its figure and picture do not depend on it.
    #[must_use]
    pub const fn of_goal(mut self, goal: GoalId) -> Self {
        self.goal = Some(goal);
        self
    }

    /// It changes what this goal's figure or picture depends on: the forest takes the goal's facts anew.
    #[must_use]
    pub const fn goal(mut self, forest: ForestId, goal: GoalId) -> Self {
        self.forest = Some(forest);
        self.goal = Some(goal);
        self
    }

    /// It changes what all of the forest depends on: the forest is loaded anew, whole.
    #[must_use]
    pub const fn whole_forest(mut self, forest: ForestId) -> Self {
        self.forest = Some(forest);
        self
    }

    /// What was before.
    pub fn before(mut self, state: &impl Serialize) -> Result<Self> {
        self.before = Some(serde_json::to_string(state).map_err(Error::internal)?);
        Ok(self)
    }

    /// What is after.
    pub fn after(mut self, state: &impl Serialize) -> Result<Self> {
        self.after = Some(serde_json::to_string(state).map_err(Error::internal)?);
        Ok(self)
    }

    pub(super) const fn forest(&self) -> Option<ForestId> {
        self.forest
    }
}

/// Who noted an event, when and from where.
pub(super) struct Noted<'a> {
    pub(super) organization: OrganizationId,
    pub(super) actor: Option<PersonId>,
    /// The lead for whom they did it.
    pub(super) delegate_of: Option<PersonId>,
    pub(super) origin: &'a Origin,
    pub(super) at: Instant,
}

/// It owns what it holds: only then is the statement that inserts several of them kept.
#[derive(Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct Row {
    organization_id: OrganizationId,
    id: EventId,
    forest_id: Option<ForestId>,
    revision: Option<i64>,
    actor_id: Option<PersonId>,
    kind: &'static str,
    subject_kind: &'static str,
    subject_id: AnyId,
    goal_id: Option<GoalId>,
    before: Option<String>,
    after: Option<String>,
    origin: Option<String>,
    at: Instant,
    address: Option<String>,
    user_agent: Option<String>,
    via: Option<Via>,
    via_id: Option<AnyId>,
    label: Option<String>,
    delegate_of: Option<PersonId>,
}

impl Row {
    fn new(id: EventId, event: &Event, noted: Noted<'_>, revision: Option<i64>) -> Self {
        let (via, via_id) = noted.origin.via_columns();
        Self {
            organization_id: noted.organization,
            id,
            forest_id: event.forest,
            revision,
            actor_id: noted.actor,
            kind: event.kind,
            subject_kind: event.subject.kind,
            subject_id: AnyId(event.subject.id),
            goal_id: event.goal,
            before: event.before.clone(),
            after: event.after.clone(),
            origin: noted.origin.request.clone(),
            at: noted.at,
            address: noted.origin.address.clone(),
            user_agent: noted.origin.user_agent.clone(),
            via,
            via_id,
            label: event.subject.label.clone(),
            delegate_of: noted.delegate_of,
        }
    }
}

/// Appends events; each with its actor, and with the revision that its forest got by them.
pub(super) fn append<'a>(
    conn: &mut Conn,
    new: impl Iterator<Item = (EventId, &'a Event, Noted<'a>, Option<i64>)>,
) -> QueryResult<()> {
    let rows: Vec<_> = new.map(|(id, event, noted, revision)| Row::new(id, event, noted, revision)).collect();
    insert_rows!(conn, events::table, rows);
    Ok(())
}

/// Notes what happened outside of a use case, such as a sign-in, in an organization. `actor` is nobody where it is not
/// known who tried.
pub fn note(
    conn: &mut Conn,
    clock: &Clock,
    organization: OrganizationId,
    actor: Option<PersonId>,
    origin: &Origin,
    event: &Event,
) -> Result<()> {
    let noted = Noted { organization, actor, delegate_of: None, origin, at: clock.now() };
    Ok(append(conn, std::iter::once((clock.new_id(), event, noted, None)))?)
}

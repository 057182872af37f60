//! One entry, and which are asked for.

use crate::db::columns::AnyId;
use crate::db::schema::events;
use crate::domain::ids::{EventId, GoalId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::Via;
use chrono::NaiveDate;
use diesel::{Queryable, Selectable};
use serde::Deserialize;
use uuid::Uuid;

/// Something that happened.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct Entry {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: Instant,
    /// What: `goal.changed`.
    pub kind: String,
    /// Who; nobody where it is not known who tried.
    pub actor_id: Option<PersonId>,
    /// The lead for whom they did it, as a delegate.
    pub delegate_of: Option<PersonId>,
    /// What let them in.
    pub via: Option<Via>,
    /// Which session or token.
    pub via_id: Option<AnyId>,
    /// What sort of thing it is about.
    pub subject_kind: String,
    /// Which.
    pub subject_id: AnyId,
    /// What it was called.
    pub label: Option<String>,
    /// The goal that it is about or belongs to.
    pub goal_id: Option<GoalId>,
    /// What was before, as JSON.
    pub before: Option<String>,
    /// What is after, as JSON.
    pub after: Option<String>,
    /// The network address.
    pub address: Option<String>,
    /// The program.
    pub user_agent: Option<String>,
    /// The request, or the command.
    pub origin: Option<String>,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// What this person did.
    pub actor_id: Option<PersonId>,
    /// What happened: one kind such as `goal.changed`, or all that begins like it: `goal`.
    #[param(pattern = "^[a-z_.]+$")]
    pub kind: Option<String>,
    /// What happened to this thing: a goal, a person, a unit, …
    pub subject_id: Option<Uuid>,
    /// What happened to this goal, its links, check-ins and change requests.
    pub goal_id: Option<GoalId>,
    /// What was done by sessions, by API tokens, or by the operator.
    pub via: Option<Via>,
    /// From this day on, in the organization's time zone.
    pub from: Option<NaiveDate>,
    /// Until this day, all of it.
    pub to: Option<NaiveDate>,
}

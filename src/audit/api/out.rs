//! What an entry is answered as.

use crate::audit::Entry;
use crate::domain::access::Directory;
use crate::domain::ids::{EventId, GoalId};
use crate::domain::instant::Instant;
use crate::domain::words::Via;
use crate::http::page;
use crate::org::PersonRef;
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// What something happened to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AuditSubject {
    /// What sort of thing: `goal`, `person`, `unit`, `cycle`, `metric`, `check_in`, `session`, …
    #[schema(examples("goal"))]
    pub kind: String,
    /// Which.
    pub id: Uuid,
    /// What it was called when it happened.
    pub label: Option<String>,
}

/// Something that happened.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AuditEntryOut {
    /// The entry.
    pub id: EventId,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    #[schema(examples("goal.changed"))]
    pub kind: String,
    /// Who did it; null where it is not known who tried.
    pub actor: Option<PersonRef>,
    /// The lead for whom they did it, as a delegate; null where they did it by a right of their own.
    pub delegate_of: Option<PersonRef>,
    /// What let them in; null where they came without, as with a one-time link.
    pub via: Option<Via>,
    /// The session or API token that let them in.
    pub via_id: Option<Uuid>,
    /// What it happened to.
    pub subject: AuditSubject,
    /// The goal that it is about or belongs to.
    pub goal_id: Option<GoalId>,
    /// What was before: the fields that changed, or all of a thing that is gone.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Box<RawValue>>,
    /// What is after: the fields that changed, or all of a thing that is new.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Box<RawValue>>,
    /// The network address of the client, through the trusted proxies.
    pub address: Option<String>,
    /// The client's program, as it names itself; at most 300 characters.
    pub user_agent: Option<String>,
    /// The request's id (`X-Request-Id`), or the operator's command.
    pub request_id: Option<String>,
}

page! {
    /// A page of the audit log.
    AuditPage of AuditEntryOut
}

impl AuditEntryOut {
    pub(super) fn of(entry: Entry, directory: &Directory) -> Self {
        let json = |text: Option<String>| text.and_then(|text| RawValue::from_string(text).ok());
        Self {
            id: entry.id,
            at: entry.at,
            kind: entry.kind,
            actor: entry.actor_id.map(|id| PersonRef::of(directory, id)),
            delegate_of: entry.delegate_of.map(|id| PersonRef::of(directory, id)),
            via: entry.via,
            via_id: entry.via_id.map(|id| id.0),
            subject: AuditSubject { kind: entry.subject_kind, id: entry.subject_id.0, label: entry.label },
            goal_id: entry.goal_id,
            before: json(entry.before),
            after: json(entry.after),
            address: entry.address,
            user_agent: entry.user_agent,
            request_id: entry.origin,
        }
    }
}

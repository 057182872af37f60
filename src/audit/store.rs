//! Reading events; nothing here writes.

use super::model::{AuditFilter, Entry};
use crate::db::columns::AnyId;
use crate::db::schema::events::dsl;
use crate::db::{Conn, MultiBackend};
use crate::domain::ids::{EventId, OrganizationId};
use crate::domain::instant::Instant;
use chrono_tz::Tz;
use diesel::dsl::{IntoBoxed, count_star};
use diesel::prelude::*;

/// What tells the memory alone that something changed, beside the event that says what: nothing for people to read.
const FOR_THE_MEMORY: [&str; 3] = ["forest.unit_moved", "metric.shown_anew", "cycle.left_forest"];

/// A filter with its days as moments.
pub(super) struct Asked<'f> {
    filter: &'f AuditFilter,
    begins_with: Option<String>,
    from: Option<Instant>,
    until: Option<Instant>,
}

impl<'f> Asked<'f> {
    pub(super) fn new(filter: &'f AuditFilter, zone: Tz) -> Self {
        let start = |day| Instant::start_of(day, zone);
        Self {
            filter,
            begins_with: filter.kind.as_deref().map(|kind| format!("{}.%", kind.trim_end_matches('.'))),
            from: filter.from.map(start),
            until: filter.to.and_then(|day| day.succ_opt()).map(start),
        }
    }

    fn of(&self, organization: OrganizationId) -> IntoBoxed<'_, dsl::events, MultiBackend> {
        let filter = self.filter;
        let mut query = dsl::events
            .into_boxed::<MultiBackend>()
            .filter(dsl::organization_id.eq(organization))
            .filter(dsl::kind.ne_all(FOR_THE_MEMORY));
        if let Some(actor) = filter.actor_id {
            query = query.filter(dsl::actor_id.eq(actor));
        }
        if let (Some(kind), Some(begins)) = (&filter.kind, &self.begins_with) {
            query = query.filter(dsl::kind.eq(kind).or(dsl::kind.like(begins)));
        }
        if let Some(subject) = filter.subject_id {
            query = query.filter(dsl::subject_id.eq(AnyId(subject)));
        }
        if let Some(goal) = filter.goal_id {
            query = query.filter(dsl::goal_id.eq(goal));
        }
        if let Some(via) = filter.via {
            query = query.filter(dsl::via.eq(via));
        }
        if let Some(from) = self.from {
            // Ids are made by the same clock after the moment that an event notes: the key leads to the day.
            query = query.filter(dsl::at.ge(from)).filter(dsl::id.ge(EventId(from.first_id())));
        }
        if let Some(until) = self.until {
            query = query.filter(dsl::at.lt(until));
        }
        query
    }
}

/// The newest entries, after one that was seen already.
pub(super) fn newest(
    conn: &mut Conn,
    organization: OrganizationId,
    asked: &Asked<'_>,
    after: Option<EventId>,
    most: i64,
) -> QueryResult<Vec<Entry>> {
    let mut query = asked.of(organization).order(dsl::id.desc()).limit(most);
    if let Some(after) = after {
        query = query.filter(dsl::id.lt(after));
    }
    query.select(Entry::as_select()).load(conn)
}

/// How many entries there are.
pub(super) fn count(conn: &mut Conn, organization: OrganizationId, asked: &Asked<'_>) -> QueryResult<i64> {
    asked.of(organization).select(count_star()).first(conn)
}

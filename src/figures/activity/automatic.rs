//! Automatic check-ins: the days on which what is measured of a goal came to another value.

use super::{ActivityEntry, words};
use crate::db::Tx;
use crate::domain::derived::Derived;
use crate::domain::ids::{EventId, GoalId, MeasurementId};
use crate::domain::instant::Instant;
use crate::domain::limits;
use crate::domain::measured::{Move, Subject};
use crate::domain::words::ActivityKind;
use crate::error::Result;
use crate::figures::behind::{Naming, Span};
use aws_lc_rs::digest::{SHA256, digest};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// How a measured goal's value changed on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct AutomaticCheckIn {
    /// The day.
    pub date: NaiveDate,
    /// The value before it, a decimal string; null where there was none.
    pub before: Option<Derived>,
    /// The value at the end of the day, of today as it is now; null where a formula has no result any more.
    pub value: Option<Derived>,
    /// How many measurements came in: those of the day, and with `prev` in a formula those of the day of the period
    /// before that it is compared with.
    pub measurement_count: usize,
    /// The latest of them that the caller may see, 20 at most.
    #[schema(max_items = 20)]
    pub measurements: Vec<MeasurementId>,
}

/// An automatic check-in as it is shown, and what came in on it: its measurements are to be named.
pub(super) fn entry(tx: &Tx<'_>, goal: GoalId, moved: Move) -> (ActivityEntry, Vec<Span>) {
    let Move { on, before, after, measured, count } = moved;
    let measurements = Vec::new();
    let mut entry = ActivityEntry {
        id: id_of(goal, on),
        kind: ActivityKind::Automatic,
        at: Instant::start_of(on, tx.zone),
        actor: None,
        delegate_of: None,
        summary: String::new(),
        reason: None,
        changes: Vec::new(),
        link: None,
        check_in: None,
        change_request: None,
        automatic: Some(AutomaticCheckIn { date: on, before, value: after, measurement_count: count, measurements }),
    };
    entry.summary = words::summary(tx, &entry);
    (entry, measured)
}

/// Names the measurements of the automatic check-ins among some entries.
pub(super) fn name(
    tx: &mut Tx<'_>,
    scope: Option<Subject>,
    entries: Vec<(ActivityEntry, Vec<Span>)>,
) -> Result<Vec<ActivityEntry>> {
    let naming = Naming::new(tx);
    let mut named = Vec::with_capacity(entries.len());
    for (mut entry, spans) in entries {
        for (scope, automatic) in scope.iter().zip(&mut entry.automatic) {
            for span in &spans {
                let found = naming.latest(tx, *scope, *span)?;
                automatic.measurements.extend(found.into_iter().map(|row| row.id));
            }
            automatic.measurements.truncate(limits::NAMED_MEASUREMENTS);
        }
        named.push(entry);
    }
    Ok(named)
}

/// The same id for the same goal and day, whoever reads it and however often.
pub(super) fn id_of(goal: GoalId, day: NaiveDate) -> EventId {
    let made = digest(&SHA256, format!("automatic check-in of {goal} on {day}").as_bytes());
    let bytes = made.as_ref().first_chunk::<16>().copied().unwrap_or_default();
    uuid::Builder::from_random_bytes(bytes).into_uuid().into()
}

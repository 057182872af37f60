//! Automatic check-ins: the days on which what is measured of a goal came to another value.

use super::{ActivityEntry, words};
use crate::db::Tx;
use crate::domain::derived::Derived;
use crate::domain::disclosure::Hidden;
use crate::domain::ids::{EventId, GoalId, MeasurementId, MetricId};
use crate::domain::instant::Instant;
use crate::domain::limits;
use crate::domain::measured::{Move, Period, Subject};
use crate::domain::words::ActivityKind;
use crate::error::Result;
use crate::figures::behind::{Naming, Span};
use crate::figures::sight::Sight;
use aws_lc_rs::digest::{SHA256, digest};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// How a measured goal's value changed on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct AutomaticCheckIn {
    /// The day; of several that are told together, the last one.
    pub date: NaiveDate,
    /// The first of the days that are told together: `date` itself, unless what was measured then was of a single person
    /// or unit, among those whose measurements the caller may not see. Such days are told with those that follow, once
    /// they are of several or until then not at all.
    pub since: NaiveDate,
    /// The value before them, a decimal string; null where there was none.
    pub before: Option<Derived>,
    /// The value at the end of the day, of today as it is now; null where a formula has no result any more.
    pub value: Option<Derived>,
    /// How many measurements came in that the caller may see: those of the days, and with `prev` in a formula those of
    /// the days of the period before that they are compared with.
    pub measurement_count: usize,
    /// The latest of them that the caller may see, 20 at most.
    #[schema(max_items = 20)]
    pub measurements: Vec<MeasurementId>,
}

/// One or several moves that are told as one; `count` has the measurements that the reader may see.
pub(super) struct Told {
    pub(super) since: NaiveDate,
    pub(super) moved: Move,
}

/// What is told of a goal's moves: none that would tell what was measured of a single one who is hidden from the reader.
pub(super) fn told(sight: &Sight<'_>, goal: GoalId) -> Vec<Told> {
    let forest = &sight.scene.now.forest;
    let followed = forest.followed(goal);
    let mut reading = Reading { sight, goal, counted: HashMap::new() };
    let mut told = Vec::new();
    let mut open: Option<(Told, Inputs)> = None;
    for moved in forest.moves(goal) {
        let (mut together, mut inputs) = match open.take() {
            None => {
                (Told { since: moved.on, moved: Move { count: 0, measured: vec![], ..moved.clone() } }, Inputs::new())
            }
            Some(open) => open,
        };
        together.moved.count += reading.read(&moved, &mut inputs);
        together = together.and(moved);
        if Hidden::of_formula(inputs.values().copied()).singles_out() {
            open = Some((together, inputs));
        } else if together.moved.before != together.moved.after {
            together.moved.measured = spans(&followed, together.moved.measured);
            told.push(together);
        }
    }
    told
}

/// Whose of each metric's measurements in some moves the reader may not see.
type Inputs = BTreeMap<MetricId, Hidden>;

impl Told {
    fn and(mut self, next: Move) -> Self {
        let measured = self.moved.measured.into_iter().chain(next.measured).collect();
        self.moved = Move { before: self.moved.before, measured, count: self.moved.count, ..next };
        self
    }
}

struct Reading<'a> {
    sight: &'a Sight<'a>,
    goal: GoalId,
    counted: HashMap<MetricId, BTreeMap<NaiveDate, Vec<(Subject, usize)>>>,
}

impl Reading<'_> {
    /// Takes in whose measurements in a move the reader may not see, and tells how many they may.
    fn read(&mut self, moved: &Move, inputs: &mut Inputs) -> usize {
        let Self { sight, goal, counted } = self;
        let mut count = 0;
        for (metric, first, last) in &moved.measured {
            let days = counted.entry(*metric).or_insert_with(|| sight.scene.now.forest.counted(*goal, *metric));
            let input = inputs.entry(*metric).or_default();
            for (subject, rows) in days.range(first..=last).flat_map(|(_, each)| each) {
                let hidden = sight.actor.hidden_among([*subject]);
                count += if hidden == Hidden::Nobody { *rows } else { 0 };
                *input = input.and(hidden);
            }
        }
        count
    }
}

/// The days of several moves put together: of each metric and period those from the first to the last one.
fn spans(followed: &[(MetricId, Period)], days: Vec<Span>) -> Vec<Span> {
    let mut spans: BTreeMap<_, (NaiveDate, NaiveDate)> = BTreeMap::new();
    for (metric, first, last) in days {
        let period = followed.iter().position(|(of, period)| *of == metric && period.contains(first));
        let span = spans.entry((metric, period)).or_insert((first, last));
        *span = (span.0.min(first), span.1.max(last));
    }
    spans.into_iter().map(|((metric, _), (first, last))| (metric, first, last)).collect()
}

/// An automatic check-in as it is shown, and what came in on it: its measurements are to be named.
pub(super) fn entry(tx: &Tx<'_>, goal: GoalId, told: Told) -> (ActivityEntry, Vec<Span>) {
    let Told { since, moved: Move { on, before, after, measured, count } } = told;
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
        automatic: Some(AutomaticCheckIn {
            date: on,
            since,
            before,
            value: after,
            measurement_count: count,
            measurements,
        }),
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

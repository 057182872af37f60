//! What was measured over some spans of days: what the season of a target plan goes by.

use super::load::hidden;
use super::store::{self, Wanted, Within};
use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::derived::Derived;
use crate::domain::ids::MetricId;
use crate::domain::limits;
use crate::domain::measured::{Cell, Metrics, Period, Sliced, Subject, Told, runs};
use crate::domain::words::TimeAggregation;
use crate::error::{Code, Result};
use crate::metrics;
use crate::org;
use std::collections::HashMap;

/// What a metric that is summed up over time came to for a person, or for a unit with all below it, in each of some spans;
/// none where nothing was measured. Whoever asks decides who may know of the whole; refused where a span is a single
/// person's whose figures the actor may not see, since a season tells of each what it weighs.
pub fn brought(tx: &mut Tx<'_>, metric: MetricId, scope: Subject, spans: &[Window]) -> Result<Vec<Option<Derived>>> {
    let organization = tx.organization();
    let measured = metrics::feeding(tx.conn, organization, metric)?.measured;
    let Some(measured_for) = measured.get(&metric).copied() else { return Ok(vec![None; spans.len()]) };
    let rules: Metrics = metrics::rules(tx.conn, organization)?.into_iter().collect();
    let within = match scope {
        Subject::Person(person) => Within::People(vec![person]),
        Subject::Unit(unit) => Within::Units(tx.actor.directory.subtree(unit).into_iter().collect()),
    };
    let most = limits::SERIES_TALLIES;
    let mut cells = Vec::new();
    for run in &runs(spans.iter().copied()) {
        let (time, within) = (TimeAggregation::Sum, &within);
        let wanted =
            Wanted { organization, metric, measured_for, time, within, run, by_unit: false, by_dimensions: false };
        for row in store::tallied(tx.conn, wanted, most + 1)? {
            let Some(subject) = row.subject() else { continue };
            let (from, tally) = (row.from(run), row.tally());
            cells.push(Cell { from, subject, part: Some(0), dimensions: Box::default(), tally });
        }
    }
    if cells.len() > most {
        return Err(Code::TooMuchAtOnce.with("most", most).into());
    }
    let ranking = org::organization::get(tx)?.ranking_visibility;
    let hidden = hidden(&tx.actor, scope, ranking, cells.iter());
    let mut sliced = Sliced::new(&rules, HashMap::from([(metric, cells)]), hidden);
    let mut told = |span: &Window| sliced.told(metric, Period::of(*span, span.last()), None);
    let told: Vec<Told> = spans.iter().map(&mut told).collect();
    if told.iter().any(|told| told.hidden.singles_out()) {
        return Err(Code::Forbidden.into());
    }
    Ok(told.into_iter().map(|told| told.value.ok()).collect())
}

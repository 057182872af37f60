//! What was measured, as a series needs it: tallied by the database, each tally in its part.

use super::asked::{Checked, GroupBy};
use super::parts::Parts;
use super::store::{self, Tallied, Wanted, Within};
use crate::db::Tx;
use crate::domain::access::Actor;
use crate::domain::calendar::Window;
use crate::domain::ids::{MetricId, PersonId};
use crate::domain::limits;
use crate::domain::measured::{Cell, Origin, Subject, needed, runs};
use crate::domain::words::{MeasuredFor, RankingVisibility, TimeAggregation};
use crate::error::{Code, Faults, Result};
use std::collections::{HashMap, HashSet};

/// How many people one query names.
const PEOPLE_AT_ONCE: usize = 1_000;

/// All that was measured for a series.
#[derive(Debug)]
pub(super) struct Loaded<'a> {
    pub(super) cells: HashMap<MetricId, Vec<Cell>>,
    pub(super) parts: Parts<'a>,
    /// The people among them whose figures the actor may not see.
    pub(super) hidden: HashSet<PersonId>,
}

/// Reads what the metric's inputs were measured at, each over the days that its formula asks for.
pub(super) fn load<'a>(tx: &mut Tx<'_>, asked: &'a Checked) -> Result<Loaded<'a>> {
    let parts = Parts::of(asked.subject, asked.group_by.as_ref(), &tx.actor.directory);
    let within = match asked.subject {
        Subject::Unit(_) => Within::Units(parts.units()),
        Subject::Person(person) => Within::People(vec![person]),
    };
    let mut loaded = Loaded { cells: HashMap::new(), parts, hidden: HashSet::new() };
    let mut left = limits::SERIES_TALLIES;
    for (metric, days) in needed(&asked.rules, asked.metric.id, asked.periods()) {
        let cells = of_metric(tx, asked, metric, &days, (&within, left), &mut loaded.parts)?;
        left -= cells.len();
        loaded.cells.insert(metric, cells);
    }
    loaded.hidden = hidden(&tx.actor, asked.subject, asked.ranking, loaded.cells.values().flatten());
    Ok(loaded)
}

fn of_metric(
    tx: &mut Tx<'_>,
    asked: &Checked,
    metric: MetricId,
    days: &[Window],
    (within, most): (&Within, usize),
    parts: &mut Parts<'_>,
) -> Result<Vec<Cell>> {
    let rule = asked.rules.get(&metric).and_then(|rules| match rules.origin {
        Origin::Measured(rule) => Some(rule),
        _ => None,
    });
    let (Some(rule), Some(measured_for)) = (rule, asked.feeding.measured.get(&metric)) else { return Ok(vec![]) };
    let is_last = rule.time == TimeAggregation::Last;
    let mut cells = Vec::new();
    for run in &runs(days.iter().copied()) {
        let wanted = Wanted {
            organization: tx.organization(),
            metric,
            measured_for: *measured_for,
            time: rule.time,
            within,
            run,
            by_unit: asked.group_by == Some(GroupBy::Unit),
            by_dimensions: matches!(asked.group_by, Some(GroupBy::Dimension(_))),
        };
        for row in tallied(tx, wanted, most + 1)? {
            let Some(subject) = row.subject() else { continue };
            let dimensions = if is_last { row.dimensions.as_str().into() } else { Box::default() };
            let part = parts.place(&row, subject);
            cells.push(Cell { from: row.from(run), subject, part, dimensions, tally: row.tally() });
        }
    }
    must_fit(cells.len(), most)?;
    Ok(cells)
}

/// Of `last` everything of whoever was measured in the units: where the latest was measured decides.
fn tallied(tx: &mut Tx<'_>, wanted: Wanted<'_>, most: usize) -> Result<Vec<Tallied>> {
    let of_people = wanted.time == TimeAggregation::Last && wanted.measured_for == MeasuredFor::Person;
    if !of_people || matches!(wanted.within, Within::People(_)) {
        return Ok(store::tallied(tx.conn, wanted, most)?);
    }
    let mut all = Vec::new();
    for some in store::people(tx.conn, wanted)?.chunks(PEOPLE_AT_ONCE) {
        all.extend(store::tallied(tx.conn, Wanted { within: &Within::People(some.to_vec()), ..wanted }, most)?);
        must_fit(all.len(), most)?;
    }
    Ok(all)
}

fn must_fit(tallies: usize, most: usize) -> Result<()> {
    let mut faults = Faults::new();
    let said = Code::TooMuchAtOnce.with("most", limits::SERIES_TALLIES);
    faults.check(tallies <= most, "?interval", said);
    faults.finish()
}

/// Whose figures the actor may not see, of all who were measured.
pub(super) fn hidden<'c>(
    actor: &Actor,
    scope: Subject,
    ranking: RankingVisibility,
    cells: impl Iterator<Item = &'c Cell>,
) -> HashSet<PersonId> {
    let Subject::Unit(unit) = scope else { return HashSet::new() };
    let people = cells.filter_map(|cell| match cell.subject {
        Subject::Person(person) => Some(person),
        Subject::Unit(_) => None,
    });
    let all: HashSet<PersonId> = people.collect();
    all.into_iter().filter(|person| !actor.sees_figures_in_unit(unit, *person, ranking)).collect()
}

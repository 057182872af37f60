//! What a goal may say. Every fault is found at once, each with its place.

mod measure;
pub(super) mod people;

pub use measure::measure_fault;

use super::model::GoalBody;
use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::limits;
use crate::domain::words::{Direction, GoalKind, Scope, Source, UnitKind};
use crate::error::{Code, Error, Faults, Result};
use crate::metrics::{self, model::Metric};

/// What a goal's words are held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Against<'a> {
    /// The days of its cycle.
    pub(super) cycle: Window,
    /// What it said before; none for a new goal.
    pub(super) before: Option<&'a GoalBody>,
    /// Whether it was active at any time.
    pub(super) ever_active: bool,
}

impl Against<'_> {
    /// Whether something is said now that was not said before.
    fn is_new<T: PartialEq>(&self, now: &T, of: impl Fn(&GoalBody) -> &T) -> bool {
        self.before.is_none_or(|before| of(before) != now)
    }
}

/// Checks all that a goal says by itself, and trims its texts.
pub(super) fn all(tx: &mut Tx<'_>, body: &mut GoalBody, against: Against<'_>, faults: &mut Faults) -> Result<()> {
    body.title = faults.line("/title", &body.title, limits::TITLE);
    body.description = faults.optional_text("/description", body.description.as_deref(), limits::DESCRIPTION);
    fixed(body, against, faults);
    source(body, faults);
    window(body, against, faults);
    metric(tx, body, against, faults)?;
    measure::check(body, against.cycle, faults);
    place(tx, body, against, faults);
    people::check(tx, body, against, faults);
    Ok(())
}

/// Kind, source, direction and metric are fixed once active.
fn fixed(body: &GoalBody, against: Against<'_>, faults: &mut Faults) {
    if !against.ever_active {
        return;
    }
    faults.check(!against.is_new(&body.kind, |before| &before.kind), "/kind", Code::FixedOnceActive);
    faults.check(!against.is_new(&body.source, |before| &before.source), "/source", Code::FixedOnceActive);
    faults.check(!against.is_new(&body.direction, |before| &before.direction), "/direction", Code::FixedOnceActive);
    faults.check(!against.is_new(&body.metric_id, |before| &before.metric_id), "/metric_id", Code::FixedOnceActive);
}

/// Key results measure objectives alone; a mean of progress has no metric of its own; a rollup of values and what is
/// measured need one, and steps are not measured.
fn source(body: &GoalBody, faults: &mut Faults) {
    match body.source {
        Source::KeyResults if body.kind != GoalKind::Objective => faults.add("/source", Code::OnlyObjectives),
        Source::Children | Source::KeyResults => {
            let none = body.metric_id.is_none();
            faults.check(none, "/metric_id", Code::NotWithSource.word("source", body.source));
        }
        Source::CheckIns => {}
        Source::Measurements => {
            faults.check(body.metric_id.is_some(), "/metric_id", Code::Required);
            let has_steps = body.direction == Some(Direction::Milestone);
            faults.check(!has_steps, "/direction", Code::StepsNotMeasured);
        }
        Source::Sum | Source::Average | Source::WeightedAverage | Source::Min | Source::Max => {
            faults.check(body.metric_id.is_some(), "/metric_id", Code::Required);
        }
    }
}

/// A goal's own days lie inside its cycle.
fn window(body: &GoalBody, against: Against<'_>, faults: &mut Faults) {
    let Some(days) = body.window else { return };
    match Window::new(days.first, days.last) {
        None => faults.add("/window/last", Code::DatesReversed),
        Some(own) => {
            let (first, last) = (against.cycle.first(), against.cycle.last());
            let outside = Code::WindowOutsideCycle.with("first", first).with("last", last);
            faults.check(against.cycle.encloses(own), "/window", outside);
        }
    }
}

/// A metric exists; a retired one is not taken anew; values of a formula don't roll up; where a formula makes progress
/// there is nothing to plan. What measures a goal is measured through and through, and for people where it is a person's
/// goal.
fn metric(tx: &mut Tx<'_>, body: &GoalBody, against: Against<'_>, faults: &mut Faults) -> Result<()> {
    let Some(id) = body.metric_id else { return Ok(()) };
    let Some(found) = found(metrics::find(tx, id))? else {
        faults.add("/metric_id", Code::NoSuchReference);
        return Ok(());
    };
    let Metric { retired_at, formula, progress_formula, .. } = found;
    let unplanned = progress_formula.is_none() || body.target_plan.is_empty();
    faults.check(unplanned, "/target_plan", Code::PlanWithProgressFormula);
    let taken_anew = against.is_new(&body.metric_id, |before| &before.metric_id);
    faults.check(retired_at.is_none() || !taken_anew, "/metric_id", Code::MetricRetired);
    let rolls_up =
        matches!(body.source, Source::Sum | Source::Average | Source::WeightedAverage | Source::Min | Source::Max);
    faults.check(formula.is_none() || !rolls_up, "/source", Code::FormulaRollup);
    if body.source == Source::Measurements {
        let feeding = metrics::feeding(tx.conn, tx.organization(), id)?;
        faults.check(feeding.is_measured(), "/metric_id", Code::MetricNotMeasured);
        let fits = body.scope != Scope::Person || !feeding.is_measured() || feeding.fits_people();
        faults.check(fits, "/metric_id", Code::MetricNotForPeople);
    }
    Ok(())
}

/// The goal's unit is of its scope's kind; a person's goal lies in one of its owner's, so that it is their own unit that
/// says what owners may do with it.
fn place(tx: &Tx<'_>, body: &GoalBody, against: Against<'_>, faults: &mut Faults) {
    let moved = against.is_new(&body.unit_id, |before| &before.unit_id)
        || against.is_new(&body.scope, |before| &before.scope)
        || (body.scope == Scope::Person && against.is_new(&body.owner_id, |before| &before.owner_id));
    if !moved {
        return;
    }
    let Some(unit) = tx.actor.directory.unit(body.unit_id) else {
        faults.add("/unit_id", Code::NoSuchReference);
        return;
    };
    let wanted = match body.scope {
        Scope::Company => UnitKind::Company,
        Scope::Department => UnitKind::Department,
        Scope::Team => UnitKind::Team,
        Scope::Person => {
            let directory = &tx.actor.directory;
            let fits = body.is_at_home(directory) || directory.person(body.owner_id).is_none();
            faults.check(fits, "/unit_id", Code::NotOwnersUnit);
            return;
        }
    };
    faults.check(unit.kind == wanted, "/unit_id", Code::WrongUnitForScope.word("kind", wanted));
}

/// What was found, or nothing where it was not: a reference of a body that leads nowhere is a fault of its field.
pub(super) fn found<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::Refused(said)) if said.code == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

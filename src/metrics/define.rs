//! Defining metrics, changing and deleting them.

use super::catalogue::Catalogue;
use super::check::{check, check_code};
use super::draft::{drafted, patched};
use super::formulas::settle;
use super::input::{MetricIn, MetricPatch};
use super::model::Metric;
use super::store;
use crate::db::{Event, Subject, Tx};
use crate::domain::formula;
use crate::domain::ids::MetricId;
use crate::error::{Code, Error, Faults, Result};
use std::collections::BTreeSet;

/// Defines a metric.
pub fn create(tx: &mut Tx<'_>, new: &MetricIn) -> Result<MetricId> {
    must_be_admin(tx)?;
    let catalogue = Catalogue::held(tx)?;
    let mut faults = Faults::new();
    let mut metric = drafted(tx, new, &mut faults);
    check_code(&metric.code, &mut faults);
    check(&metric, &mut faults);
    settle(&mut metric, &catalogue, &mut faults);
    let taken = store::find_by_code(tx.conn, tx.organization(), &metric.code)?.is_some();
    faults.check(!taken, "/code", Code::Taken);
    faults.finish()?;
    add(tx, &metric)?;
    Ok(metric.id)
}

/// Adds a metric that was checked.
pub(super) fn add(tx: &mut Tx<'_>, metric: &Metric) -> Result<()> {
    store::insert(tx.conn, metric)?;
    tx.note(Event::new("metric.created", subject(metric)).after(&metric.noted())?);
    Ok(())
}

/// Changes a metric. What figures depend on is fixed once a goal past draft uses it, directly or through formulas.
pub fn update(tx: &mut Tx<'_>, id: MetricId, patch: &MetricPatch, version: Option<i64>) -> Result<()> {
    let catalogue = Catalogue::held(tx)?;
    let before = super::find(tx, id)?;
    must_be_admin(tx)?;
    Error::unless_current(version, before.version)?;
    let mut faults = Faults::new();
    let mut after = patched(tx, &before, patch, &mut faults);
    check(&after, &mut faults);
    settle(&mut after, &catalogue, &mut faults);
    faults.finish()?;
    if after == before {
        return Ok(());
    }
    let depending = catalogue.depending_on(id);
    redraw_forests(tx, &after, &depending)?;
    must_leave_what_is_used(tx, &before, &after, &depending)?;
    must_leave_what_was_measured(tx, &before, &after)?;
    if !after.has_values() {
        must_feed_no_formula(&catalogue, id)?;
    }
    after.version += 1;
    after.updated_at = tx.now;
    store::update(tx.conn, &after)?;
    let changed = Event::new("metric.updated", subject(&after)).before(&before.noted())?;
    tx.note(changed.after(&after.noted())?);
    Ok(())
}

/// Deletes a metric that no goal and no formula uses and of which nothing was measured.
pub fn delete(tx: &mut Tx<'_>, id: MetricId, version: Option<i64>) -> Result<()> {
    let catalogue = Catalogue::held(tx)?;
    let metric = super::find(tx, id)?;
    must_be_admin(tx)?;
    Error::unless_current(version, metric.version)?;
    must_be_no(store::count_goals(tx.conn, tx.organization(), id)?)?;
    must_feed_no_formula(&catalogue, id)?;
    must_be_unmeasured(tx, id)?;
    store::delete(tx.conn, tx.organization(), id)?;
    tx.note(Event::new("metric.deleted", subject(&metric)).before(&metric.noted())?);
    Ok(())
}

pub(super) fn must_be_admin(tx: &Tx<'_>) -> Result<()> {
    if tx.actor.is_admin() { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// What makes its values is fixed by goals past draft on it and on all that is computed from it, what makes the rest of
/// its goals' figures by those on it alone.
fn must_leave_what_is_used(
    tx: &mut Tx<'_>,
    before: &Metric,
    after: &Metric,
    depending: &BTreeSet<MetricId>,
) -> Result<()> {
    let own = BTreeSet::from([after.id]);
    let fixed_by = if before.makes_values() != after.makes_values() {
        depending
    } else if before.makes_figures() != after.makes_figures() {
        &own
    } else {
        return Ok(());
    };
    must_be_no(store::count_goals_past_draft(tx.conn, tx.organization(), fixed_by)?)
}

/// Once something was measured it stays of whom it is, and what it was split by stays declared.
fn must_leave_what_was_measured(tx: &mut Tx<'_>, before: &Metric, after: &Metric) -> Result<()> {
    let keeps_subjects = before.measured_for.is_none() || before.measured_for == after.measured_for;
    let keeps_dimensions = before.dimensions().iter().all(|dimension| after.dimensions().contains(dimension));
    if keeps_subjects && keeps_dimensions { Ok(()) } else { must_be_unmeasured(tx, after.id) }
}

/// Whoever measures holds the organization first: what comes in meanwhile is seen, or sees what is changed here.
fn must_be_unmeasured(tx: &mut Tx<'_>, id: MetricId) -> Result<()> {
    tx.lock_organization()?;
    match store::count_measurements(tx.conn, tx.organization(), id)? {
        0 => Ok(()),
        measurements => Err(Code::MetricMeasured.with("measurements", measurements).into()),
    }
}

fn must_be_no(goals: i64) -> Result<()> {
    if goals == 0 { Ok(()) } else { Err(Code::MetricInUse.with("goals", goals).into()) }
}

fn must_feed_no_formula(catalogue: &Catalogue, id: MetricId) -> Result<()> {
    let names: Vec<&str> = catalogue.named_by(id).into_iter().map(formula::Code::as_str).collect();
    if names.is_empty() { Ok(()) } else { Err(Code::MetricInFormulas.with("names", names.join(", ")).into()) }
}

fn subject(metric: &Metric) -> Subject {
    Subject::new("metric", metric.id).called(&metric.code)
}

/// The goals on a metric show its name and unit, and their figures follow from it, as do those of goals on what is
/// computed from it: their forests are drawn anew.
fn redraw_forests(tx: &mut Tx<'_>, metric: &Metric, depending: &BTreeSet<MetricId>) -> Result<()> {
    for forest in store::forests_with(tx.conn, tx.organization(), depending)? {
        tx.lock_forest(forest)?;
        tx.note(Event::new("metric.shown_anew", subject(metric)).whole_forest(forest));
    }
    Ok(())
}

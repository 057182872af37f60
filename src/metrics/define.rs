//! Defining metrics, changing and deleting them.

use super::input::{MetricIn, MetricPatch, TextsIn};
use super::model::Metric;
use super::store;
use crate::db::{Event, Subject, Tx};
use crate::domain::formula;
use crate::domain::ids::MetricId;
use crate::domain::limits;
use crate::domain::words::{Direction, PeopleAggregation, TimeAggregation};
use crate::error::{Code, Error, Faults, Result};

/// A text in English and in Vietnamese.
type Texts = (Option<String>, Option<String>);

/// The most decimals that values are shown with: those that they have.
const MOST_DECIMALS: i32 = 4;

/// Defines a metric.
pub fn create(tx: &mut Tx<'_>, new: &MetricIn) -> Result<MetricId> {
    must_be_admin(tx)?;
    let mut faults = Faults::new();
    let metric = drafted(tx, new, &mut faults);
    check_code(&metric.code, &mut faults);
    check(&metric, &mut faults);
    let taken = store::find_by_code(tx.conn, tx.organization(), &metric.code)?.is_some();
    faults.check(!taken, "/code", Code::Taken);
    faults.finish()?;
    store::insert(tx.conn, &metric)?;
    tx.note(Event::new("metric.created", subject(&metric)).after(&metric.noted())?);
    Ok(metric.id)
}

/// Changes a metric. What figures depend on is fixed once a goal past draft uses it.
pub fn update(tx: &mut Tx<'_>, id: MetricId, patch: &MetricPatch, version: Option<i64>) -> Result<()> {
    let before = super::find(tx, id)?;
    must_be_admin(tx)?;
    Error::unless_current(version, before.version)?;
    let mut faults = Faults::new();
    let mut after = patched(tx, &before, patch, &mut faults);
    check(&after, &mut faults);
    faults.finish()?;
    if after == before {
        return Ok(());
    }
    if before.measures() != after.measures() {
        must_be_no(store::count_goals_past_draft(tx.conn, tx.organization(), id)?)?;
    }
    after.version += 1;
    after.updated_at = tx.now;
    redraw_forests(tx, &after)?;
    store::update(tx.conn, &after)?;
    let changed = Event::new("metric.updated", subject(&after)).before(&before.noted())?;
    tx.note(changed.after(&after.noted())?);
    Ok(())
}

/// Deletes a metric that no goal uses.
pub fn delete(tx: &mut Tx<'_>, id: MetricId, version: Option<i64>) -> Result<()> {
    let metric = super::find(tx, id)?;
    must_be_admin(tx)?;
    Error::unless_current(version, metric.version)?;
    must_be_no(store::count_goals(tx.conn, tx.organization(), id)?)?;
    store::delete(tx.conn, tx.organization(), id)?;
    tx.note(Event::new("metric.deleted", subject(&metric)).before(&metric.noted())?);
    Ok(())
}

fn must_be_admin(tx: &Tx<'_>) -> Result<()> {
    if tx.actor.is_admin() { Ok(()) } else { Err(Code::Forbidden.into()) }
}

fn must_be_no(goals: i64) -> Result<()> {
    if goals == 0 { Ok(()) } else { Err(Code::MetricInUse.with("goals", goals).into()) }
}

fn subject(metric: &Metric) -> Subject {
    Subject::new("metric", metric.id).called(&metric.code)
}

/// The goals on a metric show its name and unit: their forests are drawn anew.
fn redraw_forests(tx: &mut Tx<'_>, metric: &Metric) -> Result<()> {
    for forest in store::forests_with(tx.conn, tx.organization(), metric.id)? {
        tx.lock_forest(forest)?;
        tx.note(Event::new("metric.shown_anew", subject(metric)).whole_forest(forest));
    }
    Ok(())
}

fn drafted(tx: &Tx<'_>, new: &MetricIn, faults: &mut Faults) -> Metric {
    let (name_en, name_vi) = names((None, None), &new.name, faults);
    let (description_en, description_vi) = descriptions((None, None), &new.description, faults);
    let mut metric = Metric {
        organization_id: tx.organization(),
        id: tx.new_id(),
        code: new.code.clone(),
        name_en,
        name_vi,
        names_folded: String::new(),
        description_en,
        description_vi,
        unit: new.unit,
        display_unit: faults.optional_line("/display_unit", new.display_unit.as_deref(), limits::DISPLAY_UNIT),
        decimals: new.decimals,
        direction: new.direction,
        time_aggregation: new.time_aggregation,
        people_aggregation: new.people_aggregation,
        measured_for: new.measured_for,
        empty_is_zero: new.empty_is_zero,
        formula: None,
        progress_formula: None,
        retired_at: None,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
    };
    metric.fold_names();
    metric
}

fn patched(tx: &Tx<'_>, before: &Metric, patch: &MetricPatch, faults: &mut Faults) -> Metric {
    let mut after = before.clone();
    if let Some(name) = &patch.name {
        (after.name_en, after.name_vi) = names((before.name_en.clone(), before.name_vi.clone()), name, faults);
        after.fold_names();
    }
    if let Some(description) = &patch.description {
        let was = (before.description_en.clone(), before.description_vi.clone());
        (after.description_en, after.description_vi) = descriptions(was, description, faults);
    }
    let display_unit = patch.display_unit.clone().over(before.display_unit.clone());
    after.display_unit = faults.optional_line("/display_unit", display_unit.as_deref(), limits::DISPLAY_UNIT);
    after.unit = patch.unit.unwrap_or(before.unit);
    after.decimals = patch.decimals.unwrap_or(before.decimals);
    after.direction = patch.direction.unwrap_or(before.direction);
    after.time_aggregation = patch.time_aggregation.over(before.time_aggregation);
    after.people_aggregation = patch.people_aggregation.over(before.people_aggregation);
    after.measured_for = patch.measured_for.over(before.measured_for);
    after.empty_is_zero = patch.empty_is_zero.unwrap_or(before.empty_is_zero);
    after.retired_at = match patch.retired {
        Some(true) => before.retired_at.or(Some(tx.now)),
        Some(false) => None,
        None => before.retired_at,
    };
    after
}

/// The names in English and Vietnamese: one at least.
fn names(before: Texts, said: &TextsIn, faults: &mut Faults) -> Texts {
    let en = said.en.clone().over(before.0);
    let vi = said.vi.clone().over(before.1);
    let en = faults.optional_line("/name/en", en.as_deref(), limits::NAME);
    let vi = faults.optional_line("/name/vi", vi.as_deref(), limits::NAME);
    faults.check(en.is_some() || vi.is_some(), "/name", Code::Blank);
    (en, vi)
}

fn descriptions(before: Texts, said: &TextsIn, faults: &mut Faults) -> Texts {
    let en = said.en.clone().over(before.0);
    let vi = said.vi.clone().over(before.1);
    let en = faults.optional_text("/description/en", en.as_deref(), limits::DESCRIPTION);
    let vi = faults.optional_text("/description/vi", vi.as_deref(), limits::DESCRIPTION);
    (en, vi)
}

/// `[a-z][a-z0-9_]*`: what formulas can name.
fn check_code(code: &str, faults: &mut Faults) {
    let letter = code.starts_with(|first: char| first.is_ascii_lowercase());
    let plain = code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    faults.check(letter && plain, "/code", Code::BadMetricCode);
    faults.check(!formula::Code::is_reserved(code), "/code", Code::ReservedMetricCode);
    faults.check(code.len() <= limits::CODE, "/code", Code::TooLong.with("most", limits::CODE));
}

fn check(metric: &Metric, faults: &mut Faults) {
    let decimals = 0..=MOST_DECIMALS;
    let range = Code::OutOfRange.with("least", decimals.start()).with("most", decimals.end());
    faults.check(decimals.contains(&metric.decimals), "/decimals", range);
    faults.check(metric.direction != Direction::Milestone, "/direction", Code::NoMetricDirection);
    let sums = metric.time_aggregation == Some(TimeAggregation::Sum)
        && metric.people_aggregation == Some(PeopleAggregation::Sum);
    faults.check(sums || !metric.empty_is_zero, "/empty_is_zero", Code::EmptyNeedsSums);
}

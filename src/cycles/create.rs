//! Making cycles: one, or a year with all that is inside it.

use super::ground::Ground;
use super::input::{CycleIn, YearIn, YearPart};
use super::model::Cycle;
use super::place::{Place, find_parent};
use super::{must_be_admin, store, subject};
use crate::db::columns::Json;
use crate::db::{Event, Tx, insert_forest};
use crate::domain::calendar::Window;
use crate::domain::cycle_settings::CycleSettings;
use crate::domain::ids::{CycleId, ForestId};
use crate::domain::period;
use crate::domain::text::fold;
use crate::domain::words::{CycleKind, Phase};
use crate::error::{Code, Error, Faults, Result};
use chrono::NaiveDate;

/// Makes a cycle, as a draft.
pub fn create(tx: &mut Tx<'_>, new: &CycleIn) -> Result<CycleId> {
    must_be_admin(tx)?;
    let ground = Ground::load(tx)?;
    let mut faults = Faults::new();
    let parent = find_parent(tx, new.parent_id, &mut faults)?;
    let place = Place::load(tx, parent.as_ref())?;
    let window = Window::new(new.starts_on, new.ends_on);
    let name = ground.name(new.name.as_deref(), new.kind, window, &mut faults);
    let settings = ground.settings(&new.settings, &mut faults);
    let cycle = draft(tx, new.kind, (new.starts_on, new.ends_on), parent.as_ref(), name, settings);
    place.check(&cycle, 1, &mut faults);
    faults.finish()?;
    place.must_admit(&cycle)?;
    insert(tx, &cycle)?;
    Ok(cycle.id)
}

/// Makes a year of the organization's fiscal calendar with all the cycles inside it, as drafts.
pub fn create_year(tx: &mut Tx<'_>, new: &YearIn) -> Result<CycleId> {
    must_be_admin(tx)?;
    let ground = Ground::load(tx)?;
    let mut faults = Faults::new();
    let place = Place::load(tx, None)?;
    let last = period::YEARS.1 - 1;
    let window = ground.fiscal.window(new.year).filter(|_| (period::YEARS.0..=last).contains(&new.year));
    let beyond = Code::OutOfRange.with("least", period::YEARS.0).with("most", last);
    faults.check(window.is_some(), "/year", beyond);
    for (index, part) in new.parts.iter().enumerate() {
        faults.check(!new.parts.iter().take(index).any(|it| it == part), &format!("/parts/{index}"), Code::Duplicate);
    }
    let name = ground.name(new.name.as_deref(), CycleKind::Year, window, &mut faults);
    let settings = ground.settings(&new.settings, &mut faults);
    faults.finish()?;
    let window = window.ok_or_else(|| Error::internal("a year without days passed its check"))?;
    let year = draft(tx, CycleKind::Year, (window.first(), window.last()), None, name, settings);
    place.must_admit(&year)?;
    insert(tx, &year)?;
    fill(tx, &ground, &year, &new.parts)?;
    Ok(year.id)
}

/// Divides a year: the largest parts lie in it, each smaller part in those of the next larger one.
fn fill(tx: &mut Tx<'_>, ground: &Ground, year: &Cycle, parts: &[YearPart]) -> Result<()> {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let mut enclosing = vec![year.clone()];
    for kind in parts.into_iter().map(CycleKind::from) {
        let mut made = Vec::new();
        for outer in &enclosing {
            let months = period::months_of(kind).unwrap_or(1);
            for window in outer.window().and_then(|window| window.split(months)).unwrap_or_default() {
                let name = ground.fiscal.name(kind, window, ground.locale).unwrap_or_default();
                let settings = year.settings.0.clone();
                let inner = draft(tx, kind, (window.first(), window.last()), Some(outer), name, settings);
                insert(tx, &inner)?;
                made.push(inner);
            }
        }
        enclosing = made;
    }
    Ok(())
}

/// A new cycle, not yet stored.
fn draft(
    tx: &Tx<'_>,
    kind: CycleKind,
    (starts_on, ends_on): (NaiveDate, NaiveDate),
    parent: Option<&Cycle>,
    name: String,
    settings: CycleSettings,
) -> Cycle {
    let id: CycleId = tx.new_id();
    Cycle {
        organization_id: tx.organization(),
        id,
        forest_id: parent.map_or_else(|| ForestId::from(id), |parent| parent.forest_id),
        parent_id: parent.map(|parent| parent.id),
        kind,
        name_folded: fold(&name),
        name,
        starts_on,
        ends_on,
        phase: Phase::Draft,
        settings: Json(settings),
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
    }
}

fn insert(tx: &mut Tx<'_>, cycle: &Cycle) -> Result<()> {
    if cycle.parent_id.is_none() {
        insert_forest(tx.conn, tx.organization(), cycle.forest_id)?;
    }
    tx.lock_forest(cycle.forest_id)?;
    store::insert(tx.conn, cycle)?;
    let made = Event::new("cycle.created", subject(cycle)).whole_forest(cycle.forest_id);
    tx.note(made.after(&cycle.noted())?);
    Ok(())
}

//! Changing and deleting cycles.

use super::family::Family;
use super::ground;
use super::input::CyclePatch;
use super::model::Cycle;
use super::place::{Place, find_parent, must_hold_all, refuse_if_any};
use super::{find, find_for_update, must_be_admin, store, subject};
use crate::db::{Event, Tx, delete_forest, insert_forest};
use crate::domain::ids::{CycleId, ForestId};
use crate::domain::limits;
use crate::domain::text::fold;
use crate::domain::words::Phase;
use crate::error::{Code, Error, Faults, Result};

/// Changes a cycle that is not closed. Its place is fixed once it, or one inside it, has goals; its kind and the
/// days that goals run over, once it has goals itself.
pub fn update(tx: &mut Tx<'_>, id: CycleId, patch: &CyclePatch, version: Option<i64>) -> Result<()> {
    must_be_admin_of(tx, id)?;
    lock_forests(tx, id, patch.parent_id.set().copied())?;
    let before = find_for_update(tx, id)?;
    Error::unless_current(version, before.version)?;
    if before.phase == Phase::Closed {
        return Err(Code::CycleClosed.with("name", &before.name).into());
    }
    let mut faults = Faults::new();
    let mut after = patched(&before, patch, &mut faults);
    if faults.is_empty() && after == before {
        return Ok(());
    }
    let family = Family::new(store::in_forest(tx.conn, tx.organization(), before.forest_id)?);
    if shape(&before) == shape(&after) {
        faults.finish()?;
    } else {
        check_shape(tx, &before, &mut after, &family, faults)?;
    }
    after.version += 1;
    after.updated_at = tx.now;
    store::update(tx.conn, &after)?;
    move_forest(tx, &before, &after, &family)?;
    let changed = Event::new("cycle.updated", subject(&after)).whole_forest(after.forest_id);
    tx.note(changed.before(&before.noted())?.after(&after.noted())?);
    Ok(())
}

/// Deletes a cycle that has neither goals nor cycles inside it.
pub fn delete(tx: &mut Tx<'_>, id: CycleId, version: Option<i64>) -> Result<()> {
    must_be_admin_of(tx, id)?;
    let cycle = find_for_update(tx, id)?;
    Error::unless_current(version, cycle.version)?;
    let family = Family::new(store::in_forest(tx.conn, tx.organization(), cycle.forest_id)?);
    refuse_if_any(Code::CycleHasCycles, family.children(Some(id)).collect())?;
    must_be_no(store::count_goals(tx.conn, tx.organization(), &[id])?)?;
    store::delete(tx.conn, tx.organization(), id)?;
    let mut deleted = Event::new("cycle.deleted", subject(&cycle)).before(&cycle.noted())?;
    if cycle.parent_id.is_none() {
        delete_forest(tx.conn, tx.organization(), cycle.forest_id)?;
    } else {
        deleted = deleted.whole_forest(cycle.forest_id);
    }
    tx.note(deleted);
    Ok(())
}

fn must_be_admin_of(tx: &mut Tx<'_>, id: CycleId) -> Result<()> {
    find(tx, id)?;
    must_be_admin(tx)
}

/// Locks the forest of a cycle and that of the cycle that it is to lie in, in the order of their ids. A parent that
/// is not there is found out about later.
fn lock_forests(tx: &mut Tx<'_>, id: CycleId, parent: Option<CycleId>) -> Result<()> {
    let mut forests = vec![find(tx, id)?.forest_id];
    if let Some(parent) = parent.map(|parent| store::find(tx.conn, tx.organization(), parent)).transpose()?.flatten() {
        forests.push(parent.forest_id);
    }
    forests.sort_unstable();
    forests.into_iter().try_for_each(|forest| tx.lock_forest(forest))
}

fn patched(before: &Cycle, patch: &CyclePatch, faults: &mut Faults) -> Cycle {
    let mut after = before.clone();
    if let Some(name) = &patch.name {
        after.name = faults.line("/name", name, limits::NAME);
        after.name_folded = fold(&after.name);
    }
    if let Some(settings) = &patch.settings {
        after.settings.0 = ground::settings(&before.settings.0, settings, faults);
    }
    after.kind = patch.kind.unwrap_or(before.kind);
    after.starts_on = patch.starts_on.unwrap_or(before.starts_on);
    after.ends_on = patch.ends_on.unwrap_or(before.ends_on);
    after.parent_id = patch.parent_id.over(before.parent_id);
    after
}

/// What decides whether a cycle fits into its place.
fn shape(cycle: &Cycle) -> impl PartialEq {
    (cycle.kind, cycle.starts_on, cycle.ends_on, cycle.parent_id)
}

/// A new shape fits into its place, holds what is inside, and takes nothing from goals.
fn check_shape(tx: &mut Tx<'_>, before: &Cycle, after: &mut Cycle, family: &Family, mut faults: Faults) -> Result<()> {
    let parent = find_parent(tx, after.parent_id, &mut faults)?;
    after.forest_id = parent.as_ref().map_or_else(|| ForestId::from(after.id), |parent| parent.forest_id);
    let place = Place::load(tx, parent.as_ref())?;
    if place.is_inside(after) {
        return Err(Code::CycleInsideItself.into());
    }
    place.check(after, family.levels(after.id), &mut faults);
    faults.finish()?;
    place.must_admit(after)?;
    if let Some(window) = after.window() {
        must_hold_all(window, family.children(Some(after.id)))?;
    }
    must_leave_goals(tx, before, after, family)
}

fn must_leave_goals(tx: &mut Tx<'_>, before: &Cycle, after: &Cycle, family: &Family) -> Result<()> {
    let organization = tx.organization();
    if before.parent_id != after.parent_id {
        let moved: Vec<CycleId> = with_all_inside(after.id, family);
        must_be_no(store::count_goals(tx.conn, organization, &moved)?)?;
    }
    if before.kind != after.kind {
        must_be_no(store::count_goals(tx.conn, organization, &[after.id])?)?;
    }
    match (before.window(), after.window()) {
        (Some(old), Some(new)) if !new.encloses(old) => {
            must_be_no(store::count_goals_outside(tx.conn, organization, after.id, new)?)
        }
        _ => Ok(()),
    }
}

fn must_be_no(goals: i64) -> Result<()> {
    if goals == 0 { Ok(()) } else { Err(Code::CycleHasGoals.with("goals", goals).into()) }
}

fn with_all_inside(id: CycleId, family: &Family) -> Vec<CycleId> {
    std::iter::once(id).chain(family.inside(id).into_iter().map(|inner| inner.id)).collect()
}

/// Where a cycle came to lie in another forest, all that is inside it comes along; an outermost one has its own.
fn move_forest(tx: &mut Tx<'_>, before: &Cycle, after: &Cycle, family: &Family) -> Result<()> {
    if before.forest_id == after.forest_id {
        return Ok(());
    }
    let organization = tx.organization();
    if after.parent_id.is_none() {
        insert_forest(tx.conn, organization, after.forest_id)?;
        tx.lock_forest(after.forest_id)?;
    }
    store::move_to_forest(tx.conn, organization, &with_all_inside(after.id, family), after.forest_id)?;
    if before.parent_id.is_none() {
        delete_forest(tx.conn, organization, before.forest_id)?;
    } else {
        tx.note(Event::new("cycle.left_forest", subject(after)).whole_forest(before.forest_id));
    }
    Ok(())
}

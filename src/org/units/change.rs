//! Making, changing, moving and removing units. HR alone.

use super::model::Unit;
use super::{UnitIn, UnitPatch, get, rules, store};
use crate::db::{Event, Subject, Tx, all_forests};
use crate::domain::ids::UnitId;
use crate::domain::limits;
use crate::domain::words::UnitKind;
use crate::error::{Code, Error, Faults, Result};
use crate::org::{hold_directory, must_be_admin};

/// The code of the company unit until HR gives it another.
const COMPANY_CODE: &str = "COMPANY";

/// Makes the company unit of a new organization.
pub(in crate::org) fn insert_company(tx: &mut Tx<'_>, id: UnitId, name: &str) -> Result<()> {
    let mut company = Unit::new(tx, id, UnitKind::Company, None);
    company.set_code(COMPANY_CODE.to_owned());
    company.set_name(name.to_owned());
    insert(tx, &company)
}

/// Makes a department or a team.
pub fn add(tx: &mut Tx<'_>, new: &UnitIn) -> Result<UnitId> {
    must_be_admin(tx)?;
    hold_directory(tx)?;
    if new.kind == UnitKind::Company {
        return Err(Code::SecondCompany.into());
    }
    let parent = new.parent_id.or_else(|| tx.actor.directory.root());
    let mut unit = Unit::new(tx, tx.new_id(), new.kind, parent);
    let mut faults = Faults::new();
    unit.set_code(faults.code("/code", &new.code));
    unit.set_name(faults.line("/name", &new.name, limits::NAME));
    unit.supervisors_may_create = new.supervisors_may_create;
    unit.supervisors_may_edit = new.supervisors_may_edit;
    unit.owners_may_edit = new.owners_may_edit;
    unit.owners_may_delete = new.owners_may_delete;
    unit.owners_may_edit_key_results = new.owners_may_edit_key_results;
    unit.okr_visibility = new.okr_visibility;
    unit.kpi_visibility = new.kpi_visibility;
    unit.review_visibility = new.review_visibility;
    rules::check(&tx.actor.directory, &unit, &mut faults);
    faults.finish()?;
    insert(tx, &unit)?;
    Ok(unit.id)
}

fn insert(tx: &mut Tx<'_>, unit: &Unit) -> Result<()> {
    store::insert(tx.conn, unit)?;
    tx.note(Event::new("unit.added", subject(unit)).after(&unit.noted())?);
    Ok(())
}

/// Changes a unit, or moves it with all that lies below it.
pub fn change(tx: &mut Tx<'_>, id: UnitId, patch: &UnitPatch, if_match: Option<i64>) -> Result<()> {
    if patch.parent_id.is_some() {
        // Where both are taken, forests come before the organization.
        for forest in all_forests(tx.conn, tx.organization())? {
            tx.lock_forest(forest.id)?;
        }
    }
    let before = begin(tx, id, if_match)?;
    if before.kind == UnitKind::Company {
        let other_kind = patch.kind.is_some_and(|kind| kind != UnitKind::Company);
        if other_kind || patch.parent_id.is_some() {
            return Err(Code::CompanyUnitStays.into());
        }
    } else if patch.kind == Some(UnitKind::Company) {
        return Err(Code::SecondCompany.into());
    }
    let mut after = changed(tx, &before, patch)?;
    if after == before {
        return Ok(());
    }
    after.version += 1;
    after.updated_at = tx.now;
    let moved = after.parent_id != before.parent_id;
    if moved {
        touch_forests(tx, &after)?;
    }
    store::update(tx.conn, &after)?;
    let kind = if moved { "unit.moved" } else { "unit.changed" };
    tx.note(Event::new(kind, subject(&after)).before(&before.noted())?.after(&after.noted())?);
    Ok(())
}

/// The unit after a patch, or everything that is wrong with it.
fn changed(tx: &Tx<'_>, before: &Unit, patch: &UnitPatch) -> Result<Unit> {
    let mut after = before.clone();
    let mut faults = Faults::new();
    if let Some(code) = &patch.code {
        after.set_code(faults.code("/code", code));
    }
    if let Some(name) = &patch.name {
        after.set_name(faults.line("/name", name, limits::NAME));
    }
    after.kind = patch.kind.unwrap_or(before.kind);
    after.parent_id = patch.parent_id.or(before.parent_id);
    set_switches(&mut after, patch);
    rules::must_not_lie_in_itself(&tx.actor.directory, &after)?;
    rules::check(&tx.actor.directory, &after, &mut faults);
    faults.finish().map(|()| after)
}

fn set_switches(unit: &mut Unit, patch: &UnitPatch) {
    unit.supervisors_may_create = patch.supervisors_may_create.over(unit.supervisors_may_create);
    unit.supervisors_may_edit = patch.supervisors_may_edit.over(unit.supervisors_may_edit);
    unit.owners_may_edit = patch.owners_may_edit.over(unit.owners_may_edit);
    unit.owners_may_delete = patch.owners_may_delete.over(unit.owners_may_delete);
    unit.owners_may_edit_key_results = patch.owners_may_edit_key_results.over(unit.owners_may_edit_key_results);
    unit.okr_visibility = patch.okr_visibility.over(unit.okr_visibility);
    unit.kpi_visibility = patch.kpi_visibility.over(unit.kpi_visibility);
    unit.review_visibility = patch.review_visibility.over(unit.review_visibility);
}

/// A moved unit changes lead lines and what lies below units: every forest's picture, whole.
fn touch_forests(tx: &mut Tx<'_>, unit: &Unit) -> Result<()> {
    for forest in all_forests(tx.conn, tx.organization())? {
        tx.lock_forest(forest.id)?;
        tx.note(Event::new("forest.unit_moved", subject(unit)).whole_forest(forest.id));
    }
    Ok(())
}

/// Removes a unit that holds nothing any more.
pub fn remove(tx: &mut Tx<'_>, id: UnitId, if_match: Option<i64>) -> Result<()> {
    let unit = begin(tx, id, if_match)?;
    if unit.kind == UnitKind::Company {
        return Err(Code::CompanyUnitStays.into());
    }
    let organization = tx.organization();
    let units = tx.actor.directory.units_in(id).len();
    let people = store::count_people(tx.conn, organization, id)?;
    let goals = store::count_goals(tx.conn, organization, id)?;
    if units > 0 || people > 0 || goals > 0 {
        let counts = serde_json::json!({ "units": units, "people": people, "goals": goals });
        let said = Code::UnitHolds.with("units", units).with("people", people).with("goals", goals);
        return Err(said.member("holds", counts).into());
    }
    if store::was_measured(tx.conn, organization, id)? {
        return Err(Code::UnitMeasured.into());
    }
    if let Some(above) = unit.parent_id {
        store::move_homes(tx.conn, organization, id, above)?;
    }
    store::delete(tx.conn, organization, id)?;
    tx.note(Event::new("unit.removed", subject(&unit)).before(&unit.noted())?);
    Ok(())
}

fn subject(unit: &Unit) -> Subject {
    Subject::new("unit", unit.id).called(&unit.name)
}

fn begin(tx: &mut Tx<'_>, id: UnitId, if_match: Option<i64>) -> Result<Unit> {
    hold_directory(tx)?;
    let unit = get(tx, id)?;
    must_be_admin(tx)?;
    Error::unless_current(if_match, unit.version)?;
    Ok(unit)
}

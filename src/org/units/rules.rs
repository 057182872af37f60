//! Where a unit may lie.

use super::model::Unit;
use crate::domain::access::{Directory, UnitFacts};
use crate::domain::ids::UnitId;
use crate::domain::limits;
use crate::domain::words::UnitKind;
use crate::error::{Code, Error, Faults, Result};

/// Departments lie in the company or in departments; teams in the company, departments or teams.
const fn fits(kind: UnitKind, parent: UnitKind) -> bool {
    match kind {
        UnitKind::Company => false,
        UnitKind::Department => matches!(parent, UnitKind::Company | UnitKind::Department),
        UnitKind::Team => true,
    }
}

/// Refuses a unit below itself, naming the way round.
pub(super) fn must_not_lie_in_itself(directory: &Directory, unit: &Unit) -> Result<()> {
    let Some(parent) = unit.parent_id else { return Ok(()) };
    if !directory.lies_in(parent, unit.id) {
        return Ok(());
    }
    let mut way: Vec<&str> =
        directory.line_of(parent).take_while(|above| above.id != unit.id).map(|above| above.name.as_str()).collect();
    way.push(&unit.name);
    way.reverse();
    way.push(&unit.name);
    Err(Error::from(Code::UnitUnderItself.with("loop", way.join(" → "))))
}

/// Checks that a unit's code is its own, and that its kind fits the unit above and those below, not too deep.
pub(super) fn check(directory: &Directory, unit: &Unit, faults: &mut Faults) {
    let taken = directory
        .units()
        .any(|other| other.id != unit.id && crate::domain::text::fold(&other.code) == unit.code_folded);
    faults.check(!taken, "/code", Code::Taken);
    let Some(parent) = unit.parent_id else { return };
    let Some(above) = directory.unit(parent) else {
        faults.add("/parent_id", Code::NoSuchReference);
        return;
    };
    let was = directory.unit(unit.id);
    let place = if was.is_some_and(|was| was.parent == unit.parent_id) { "/kind" } else { "/parent_id" };
    faults.check(fits(unit.kind, above.kind), place, Code::WrongUnitParent);
    let below = below(directory, unit.id);
    faults.check(below.iter().all(|child| fits(child.kind, unit.kind)), "/kind", Code::WrongUnitParent);
    let levels = directory.line_of(parent).count() + height(directory, unit.id);
    faults.check(levels <= limits::UNIT_DEPTH, "/parent_id", Code::TooDeep.with("most", limits::UNIT_DEPTH));
}

fn below(directory: &Directory, id: UnitId) -> Vec<&UnitFacts> {
    directory.units_in(id).iter().filter_map(|child| directory.unit(*child)).collect()
}

/// How many levels a unit and those below it make.
fn height(directory: &Directory, id: UnitId) -> usize {
    1 + directory.units_in(id).iter().map(|child| height(directory, *child)).max().unwrap_or(0)
}

//! Where a cycle may lie: its days, what is around it, beside it and inside it.

use super::family::Family;
use super::model::{Cycle, refs};
use super::{find_for_update, store};
use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::ids::CycleId;
use crate::domain::limits;
use crate::domain::period;
use crate::domain::words::{CycleKind, Phase};
use crate::error::{Code, Faults, Result};

/// The cycle that another is to lie in, its forest locked; a fault where there is none.
pub(super) fn find_parent(tx: &mut Tx<'_>, id: Option<CycleId>, faults: &mut Faults) -> Result<Option<Cycle>> {
    let Some(id) = id else { return Ok(None) };
    match find_for_update(tx, id) {
        Ok(parent) => Ok(Some(parent)),
        Err(error) if error.code() == Code::NotFound => {
            faults.add("/parent_id", Code::NoSuchReference);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The place of a cycle: inside a parent or outermost, beside its siblings. The forest of a parent is locked, or for
/// an outermost cycle the organization, so that the siblings stay as they are.
pub(super) struct Place<'a> {
    parent: Option<&'a Cycle>,
    around: Family,
}

impl<'a> Place<'a> {
    /// The place inside a parent whose forest is locked, or among the outermost cycles.
    pub(super) fn load(tx: &mut Tx<'_>, parent: Option<&'a Cycle>) -> Result<Self> {
        let organization = tx.organization();
        let around = if let Some(parent) = parent {
            store::in_forest(tx.conn, organization, parent.forest_id)?
        } else {
            tx.lock_organization()?;
            store::outermost(tx.conn, organization)?
        };
        Ok(Self { parent, around: Family::new(around) })
    }

    /// What is wrong with the fields of a cycle of so many levels that is to lie here.
    pub(super) fn check(&self, cycle: &Cycle, levels: usize, faults: &mut Faults) {
        check_days(cycle, faults);
        let Some(parent) = self.parent else { return };
        let outside = Code::OutsideEnclosingCycle.with("first", parent.starts_on).with("last", parent.ends_on);
        let within = |day| parent.starts_on <= day && day <= parent.ends_on;
        faults.check(within(cycle.starts_on), "/starts_on", outside.clone());
        faults.check(within(cycle.ends_on), "/ends_on", outside);
        let (deep, most) = (self.around.around(cycle.parent_id).count() + levels, limits::CYCLE_DEPTH);
        faults.check(deep <= most, "/parent_id", Code::CyclesTooDeep.with("most", most));
    }

    /// Whether a cycle would lie inside itself here.
    pub(super) fn is_inside(&self, cycle: &Cycle) -> bool {
        self.around.around(cycle.parent_id).any(|around| around.id == cycle.id)
    }

    /// Whether the state of what is here lets the cycle in.
    pub(super) fn must_admit(&self, cycle: &Cycle) -> Result<()> {
        if let Some(parent) = self.parent {
            must_suit(cycle.phase, parent)?;
        }
        self.must_be_free(cycle)
    }

    /// Beside it no other of its kind has one of its days. Custom cycles may overlap.
    fn must_be_free(&self, cycle: &Cycle) -> Result<()> {
        let overlaps = |other: &&Cycle| {
            other.id != cycle.id
                && other.kind == cycle.kind
                && other.starts_on <= cycle.ends_on
                && cycle.starts_on <= other.ends_on
        };
        let siblings = self.around.children(cycle.parent_id).filter(|_| cycle.kind != CycleKind::Custom);
        refuse_if_any(Code::CycleOverlaps, siblings.filter(overlaps).collect())
    }
}

/// A cycle can't lie in one where all is done, nor be seen inside one that is not.
pub(super) fn must_suit(phase: Phase, parent: &Cycle) -> Result<()> {
    match parent.phase {
        Phase::Closed => Err(Code::EnclosingCycleClosed.with("name", &parent.name).into()),
        Phase::Draft if phase != Phase::Draft => Err(Code::EnclosingCycleDraft.with("name", &parent.name).into()),
        _ => Ok(()),
    }
}

/// The days are in order, within reach, not too many, and a whole period of their kind.
fn check_days(cycle: &Cycle, faults: &mut Faults) {
    let beyond = || Code::OutOfRange.with("least", period::YEARS.0).with("most", period::YEARS.1);
    faults.check(period::is_plannable(cycle.starts_on), "/starts_on", beyond());
    faults.check(period::is_plannable(cycle.ends_on), "/ends_on", beyond());
    let Some(window) = cycle.window() else { return faults.add("/ends_on", Code::DatesReversed) };
    let years = period::MOST_MONTHS / 12;
    faults.check(period::is_short_enough(window), "/ends_on", Code::CycleTooLong.with("years", years));
    faults.check(period::lasts(cycle.kind, window), "/ends_on", Code::NotAPeriod.word("kind", cycle.kind));
}

/// What lies inside a cycle stays within its days.
pub(super) fn must_hold_all<'c>(window: Window, inside: impl Iterator<Item = &'c Cycle>) -> Result<()> {
    let falls_out = |one: &&Cycle| one.window().is_some_and(|inner| !window.encloses(inner));
    refuse_if_any(Code::EnclosedCyclesOutside, inside.filter(falls_out).collect())
}

/// Refuses, naming cycles, where there are any.
pub(super) fn refuse_if_any(code: Code, cycles: Vec<&Cycle>) -> Result<()> {
    if cycles.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = cycles.iter().map(|cycle| cycle.name.as_str()).collect();
    Err(code.with("names", names.join(", ")).member("cycles", refs(cycles)).into())
}

//! Moving a cycle from phase to phase.

use super::family::Family;
use super::input::PhaseIn;
use super::model::Cycle;
use super::place::{must_suit, refuse_if_any};
use super::{find, find_for_update, must_be_admin, store, subject};
use crate::db::{Event, Tx};
use crate::domain::access;
use crate::domain::ids::CycleId;
use crate::domain::limits;
use crate::domain::words::Phase;
use crate::error::{Code, Error, Faults, Result};
use serde_json::json;

/// Moves a cycle to its next phase, or back with a reason. It closes after the cycles inside it, and none is seen
/// before the one around it.
pub fn move_phase(tx: &mut Tx<'_>, id: CycleId, asked: &PhaseIn, version: Option<i64>) -> Result<()> {
    find(tx, id)?;
    must_be_admin(tx)?;
    let before = find_for_update(tx, id)?;
    Error::unless_current(version, before.version)?;
    must_lead_to(tx, before.phase, asked.to)?;
    let reason = reason(before.phase, asked)?;
    let family = Family::new(store::in_forest(tx.conn, tx.organization(), before.forest_id)?);
    must_fit(&before, asked.to, &family)?;
    let mut after = before.clone();
    after.phase = asked.to;
    after.version += 1;
    after.updated_at = tx.now;
    store::update(tx.conn, &after)?;
    let moved = Event::new("cycle.phase_changed", subject(&after)).whole_forest(after.forest_id);
    let moved = moved.before(&json!({ "phase": before.phase }))?;
    tx.note(moved.after(&json!({ "phase": after.phase, "reason": reason }))?);
    Ok(())
}

fn must_lead_to(tx: &Tx<'_>, from: Phase, to: Phase) -> Result<()> {
    let next = access::next_phases(from);
    if !next.contains(&to) {
        let said = Code::PhaseNotNext.word("from", from).word("to", to);
        return Err(said.member("next_phases", json!(next)).into());
    }
    if tx.actor.next_phases(from).contains(&to) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Why; required of a step back.
fn reason(from: Phase, asked: &PhaseIn) -> Result<Option<String>> {
    let mut faults = Faults::new();
    let reason = faults.optional_text("/reason", asked.reason.as_deref(), limits::REASON);
    faults.check(reason.is_some() || from < asked.to, "/reason", Code::Required);
    faults.finish()?;
    Ok(reason)
}

fn must_fit(cycle: &Cycle, to: Phase, family: &Family) -> Result<()> {
    if to == Phase::Closed {
        let open = family.inside(cycle.id).into_iter().filter(|inner| inner.phase != Phase::Closed);
        return refuse_if_any(Code::EnclosedCyclesOpen, open.collect());
    }
    cycle.parent_id.and_then(|id| family.find(id)).map_or(Ok(()), |parent| must_suit(to, parent))
}

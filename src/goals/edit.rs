//! Changing what a goal says.

use super::approval::{self, Done};
use super::check::{self, Against};
use super::find::{Known, days_of, take};
use super::model::{Change, Goal, GoalBody};
use super::patch::GoalPatch;
use super::{measured, record, store};
use crate::db::Tx;
use crate::domain::access::{self, Action, PhaseAct};
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::domain::words::GoalKind;
use crate::error::{Code, Faults, Result};
use serde_json::{Map, Value};

/// Changes a goal: the lead line, HR, the owner and supervisors, as the unit allows. An owner's change of the
/// commitment of an agreed goal waits where the cycle says so, with all that was said together with it.
pub fn edit(tx: &mut Tx<'_>, id: GoalId, version: Option<i64>, patch: &GoalPatch) -> Result<Done> {
    let known = take(tx, id)?;
    known.must(tx, Action::Edit)?;
    known.at_version(version)?;
    known.in_phase(tx, PhaseAct::ChangeGoals)?;
    let before = known.body();
    let mut after = patch.over(&before);
    if let (Some(owner), None) = (patch.owner_id, patch.unit_id) {
        after.hand_to(owner, &tx.actor.directory);
    }
    let own = |body: &GoalBody| measured::own_visibility(body.measured_scope());
    if own(&before).is_none() && patch.visibility.is_none() {
        after.visibility = own(&after).unwrap_or(after.visibility);
    }
    let mut faults = Faults::new();
    let cycle = days_of(&known.cycle)?;
    let against = Against { cycle, before: Some(&before), ever_active: known.goal.ever_active };
    check::all(tx, &mut after, against, &mut faults)?;
    kind_fits(tx, &known.goal, &after, &mut faults)?;
    let (were, are) = record::differences(&before, &after)?;
    let reason = faults.optional_text("/reason", patch.reason.as_deref(), limits::REASON);
    let unsaid = is_held_to_its_target(&known.goal) && reason.is_none() && asks_for_a_reason(&are);
    faults.check(!unsaid, "/reason", Code::Required);
    faults.finish()?;
    may_lie_there(tx, &before, &after)?;
    measured::may_be_measured_anew(tx, &before, &after)?;
    still_open(&known, &are)?;
    if approval::waits(tx, &known) && approval::commits(&are) {
        return approval::ask(tx, &known, Change::Fields { before: were, after: are }, reason);
    }
    record::change(tx, &known, &after, "goal.changed", reason.as_deref())?;
    Ok(Done::Now(id))
}

/// Whether a change of its target asks for a reason: it was agreed upon, and is not over.
pub(super) const fn is_held_to_its_target(goal: &Goal) -> bool {
    goal.is_agreed() && goal.is_open()
}

/// Whether a change of an agreed goal is one of its target, of those on the way to it, or of what stands for one.
fn asks_for_a_reason(changed: &Map<String, Value>) -> bool {
    ["target", "lo", "hi", "steps", "target_plan"].iter().any(|field| changed.contains_key(*field))
}

/// A goal goes to another scope, unit or owner only by those who might have made it there.
fn may_lie_there(tx: &Tx<'_>, before: &GoalBody, after: &GoalBody) -> Result<()> {
    let place = |body: &GoalBody| (body.scope, body.unit_id, body.owner_id);
    if place(before) == place(after) {
        return Ok(());
    }
    let people = after.people();
    access::may_create(&tx.actor, after.scope, &after.access(&people)).map(drop).ok_or_else(|| Code::Forbidden.into())
}

/// What figures depend on.
const MEASURED: [&str; 15] = [
    "kind",
    "source",
    "direction",
    "metric_id",
    "start",
    "target",
    "floor",
    "ceiling",
    "lo",
    "hi",
    "tolerance",
    "steps",
    "target_plan",
    "window",
    "commitment",
];

/// A completed or cancelled goal keeps what it reached: it is reopened before it is measured otherwise.
pub(super) fn still_open(known: &Known, changed: &Map<String, Value>) -> Result<()> {
    if known.goal.is_open() || !MEASURED.iter().any(|field| changed.contains_key(*field)) {
        return Ok(());
    }
    Err(Code::GoalOver.word("state", known.goal.state).into())
}

/// A key result stays under an objective, and what holds key results stays one.
fn kind_fits(tx: &mut Tx<'_>, goal: &Goal, after: &GoalBody, faults: &mut Faults) -> Result<()> {
    if after.kind == goal.kind {
        return Ok(());
    }
    if after.kind == GoalKind::KeyResult {
        let place =
            store::links_above(tx.conn, goal.organization_id, goal.id)?.into_iter().find(|link| link.is_primary);
        let above = place.map(|link| store::find(tx.conn, goal.organization_id, link.parent_id)).transpose()?.flatten();
        let fits = above.is_some_and(|above| above.kind == GoalKind::Objective);
        faults.check(fits, "/kind", Code::KeyResultNeedsObjective);
    }
    if goal.kind == GoalKind::Objective {
        let below = store::children(tx.conn, goal.organization_id, goal.id)?;
        let holds = below.iter().any(|(link, child)| link.is_primary && child.kind == GoalKind::KeyResult);
        faults.check(!holds, "/kind", Code::KeyResultNeedsObjective);
    }
    Ok(())
}

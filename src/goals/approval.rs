//! Changes of a commitment that wait for approval.
//!
//! Where the cycle's `change_approval` is `manager` or `hr`, an owner's change of what an agreed goal commits them to
//! (start, target and what stands for one, plan, window, how firmly it is promised, review weight, owner, links) and its
//! cancellation wait: for the owner's manager or lead line, or for HR. A goal that is held or over is agreed still. HR's
//! own changes don't wait. All of a patch waits if one of its fields does, so that what was meant together comes
//! together.

use super::find::{Known, days_of, look, seen_or_not, take};
use super::links::{self, LinkWish, Standing};
use super::model::{Change, ChangeRequest, Goal, GoalBody, GoalLink, LinkBody};
use super::{check, edit, life, record, store};
use crate::db::columns::Json;
use crate::db::{Event, Subject, Tx};
use crate::domain::access::{Action, PhaseAct};
use crate::domain::ids::{ChangeRequestId, GoalId};
use crate::domain::limits;
use crate::domain::words::{ChangeApproval, ChangeState};
use crate::error::{Code, Error, Faults, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// It holds; the goal that it was made to.
    Now(GoalId),
    /// It waits for approval.
    Waits(ChangeRequestId),
}

/// The fields whose change by the owner waits.
const COMMITTED: [&str; 13] = [
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
    "review_weight",
    "owner_id",
];

/// Whether the actor's change of a goal's commitment waits for approval.
pub(super) fn waits(tx: &Tx<'_>, known: &Known) -> bool {
    known.goal.is_agreed()
        && known.cycle.settings.0.change_approval != ChangeApproval::None
        && tx.actor.person == known.goal.owner_id
        && !tx.actor.is_admin()
}

/// Whether fields that were changed belong to the commitment.
pub(super) fn commits(changed: &Map<String, Value>) -> bool {
    COMMITTED.iter().any(|field| changed.contains_key(*field))
}

/// Asks for a change.
pub(super) fn ask(tx: &mut Tx<'_>, known: &Known, change: Change, reason: Option<String>) -> Result<Done> {
    let request = ChangeRequest {
        organization_id: tx.organization(),
        id: tx.new_id(),
        goal_id: known.goal.id,
        goal_version: known.goal.version,
        change: Json(change),
        reason,
        state: ChangeState::Pending,
        requested_by: tx.actor.person,
        requested_at: tx.now,
        decided_by: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        delegate_of: None,
    };
    store::insert_request(tx.conn, &request)?;
    note(tx, "change_request.made", &known.goal, None, &request)?;
    Ok(Done::Waits(request.id))
}

fn note(
    tx: &mut Tx<'_>,
    what: &'static str,
    goal: &Goal,
    before: Option<&ChangeRequest>,
    request: &ChangeRequest,
) -> Result<()> {
    let state = |request: &ChangeRequest| json!({ "state": request.state });
    let after = json!({
        "goal_id": request.goal_id,
        "state": request.state,
        "change": request.change.0,
        "reason": request.reason,
        "note": request.decision_note,
    });
    let subject = Subject::new("change_request", request.id).called(&goal.title);
    let event = Event::new(what, subject).of_goal(goal.id).after(&after)?;
    tx.note(match before {
        Some(before) => event.before(&state(before))?,
        None => event,
    });
    Ok(())
}

/// A change request of a goal that the actor may see.
pub fn find_request(tx: &mut Tx<'_>, id: ChangeRequestId) -> Result<ChangeRequest> {
    let request = store::find_request(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)?;
    look(tx, request.goal_id)?;
    Ok(request)
}

/// The change requests of a goal that the actor may see.
pub fn requests_of(tx: &mut Tx<'_>, goal: GoalId) -> Result<Vec<ChangeRequest>> {
    look(tx, goal)?;
    Ok(store::requests_of(tx.conn, tx.organization(), goal)?)
}

/// What is decided on a change request.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DecisionIn)]
pub struct Decision {
    /// Whether it is done, or refused.
    pub approve: bool,
    /// What is said to it: at most 1 000 characters.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// Decides on a change request: the owner's manager or lead line, or HR, as the cycle says; never whoever asked.
/// Approved, it is done as far as what it changes still is as it was; else it is refused with 409.
pub fn decide(tx: &mut Tx<'_>, id: ChangeRequestId, version: Option<i64>, decision: &Decision) -> Result<GoalId> {
    let goal = find_request(tx, id)?.goal_id;
    let known = take(tx, goal)?;
    let request = find_request(tx, id)?;
    may_decide(tx, &known, &request)?;
    pending(&request, version)?;
    let mut faults = Faults::new();
    let note = faults.optional_text("/note", decision.note.as_deref(), limits::REASON);
    faults.finish()?;
    if decision.approve {
        known.in_phase(tx, PhaseAct::ChangeGoals)?;
        carry_out(tx, &known, &request)?;
    }
    let state = if decision.approve { ChangeState::Approved } else { ChangeState::Refused };
    close(tx, &known.goal, &request, state, note)?;
    Ok(goal)
}

/// Takes a change request back: for whoever asked.
pub fn withdraw(tx: &mut Tx<'_>, id: ChangeRequestId, version: Option<i64>) -> Result<ChangeRequestId> {
    let request = find_request(tx, id)?;
    if request.requested_by != tx.actor.person || !tx.actor.may_write() {
        return Err(Code::Forbidden.into());
    }
    pending(&request, version)?;
    let goal = look(tx, request.goal_id)?.goal;
    close(tx, &goal, &request, ChangeState::Withdrawn, None)?;
    Ok(id)
}

fn may_decide(tx: &mut Tx<'_>, known: &Known, request: &ChangeRequest) -> Result<()> {
    known.must(tx, Action::Approve)?;
    if [Some(tx.actor.person), tx.delegate_of].contains(&Some(request.requested_by)) {
        return Err(Code::OwnApproval.into());
    }
    let by_hr = known.cycle.settings.0.change_approval == ChangeApproval::Hr;
    if by_hr && !tx.actor.is_admin() { Err(Code::Forbidden.into()) } else { Ok(()) }
}

fn pending(request: &ChangeRequest, version: Option<i64>) -> Result<()> {
    if let Some(known) = version
        && known != request.version
    {
        return Err(Error::Stale { current: request.version });
    }
    if request.state == ChangeState::Pending {
        Ok(())
    } else {
        Err(Code::ChangeDecided.word("state", request.state).into())
    }
}

fn close(
    tx: &mut Tx<'_>,
    goal: &Goal,
    request: &ChangeRequest,
    state: ChangeState,
    note_said: Option<String>,
) -> Result<()> {
    let decided = ChangeRequest {
        state,
        decided_by: Some(tx.actor.person),
        decided_at: Some(tx.now),
        decision_note: note_said,
        version: request.version + 1,
        delegate_of: tx.delegate_of,
        ..request.clone()
    };
    if store::update_request(tx.conn, &decided, request.version)? == 0 {
        return Err(Error::Again);
    }
    note(tx, "change_request.decided", goal, Some(request), &decided)
}

fn carry_out(tx: &mut Tx<'_>, known: &Known, request: &ChangeRequest) -> Result<()> {
    let outdated = || Error::from(Code::ChangeOutdated);
    if !known.goal.is_agreed() {
        return Err(outdated());
    }
    let reason = request.reason.as_deref();
    match &request.change.0 {
        Change::Cancel if !known.goal.is_open() => Err(outdated()),
        Change::Cancel => life::cancel(tx, known, reason),
        Change::Fields { before, after } => fields(tx, known, before, after, reason),
        Change::Unlink { before } => {
            let was = present(tx, known, before.parent_id)?.filter(|was| was.body() == *before).ok_or_else(outdated)?;
            let above = seen_or_not(tx, before.parent_id)?.ok_or_else(outdated)?;
            links::may_go(known, &above, &was)?;
            links::cut(tx, &known.goal, &was, reason)
        }
        Change::Link { before, parent_id, weight, primary, replace } => {
            let wish = LinkWish { weight: *weight, primary: *primary, replace: *replace, reason: None };
            link(tx, known, request, (*before, *parent_id), &wish)
        }
    }
}

fn present(tx: &mut Tx<'_>, known: &Known, parent: GoalId) -> Result<Option<GoalLink>> {
    Ok(store::find_link(tx.conn, tx.organization(), known.goal.id, parent)?)
}

fn link(
    tx: &mut Tx<'_>,
    known: &Known,
    request: &ChangeRequest,
    (before, parent): (Option<LinkBody>, GoalId),
    wish: &LinkWish,
) -> Result<()> {
    let was = present(tx, known, parent)?;
    if was.as_ref().map(GoalLink::body) != before {
        return Err(Code::ChangeOutdated.into());
    }
    let above = seen_or_not(tx, parent)?.ok_or(Code::ChangeOutdated)?;
    let stands = Standing { was, gone: links::replaced(tx, &known.goal, parent, wish)? };
    links::may_stand(tx, known, &above, &stands, wish)?;
    // What is proposed to the goal above is proposed by whoever asked, not by whoever let it pass.
    match links::changed(tx, request.requested_by, (known, &above), &stands, wish) {
        Some(link) => links::set(tx, known, &stands, &link, request.reason.as_deref()),
        None => Ok(()),
    }
}

fn fields(
    tx: &mut Tx<'_>,
    known: &Known,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    reason: Option<&str>,
) -> Result<()> {
    let now = known.body();
    let mut all = record::fields(&now)?;
    if before.iter().any(|(field, was)| all.get(field) != Some(was)) {
        return Err(Code::ChangeOutdated.into());
    }
    edit::still_open(known, after)?;
    all.extend(after.clone());
    let mut body: GoalBody = serde_json::from_value(Value::Object(all)).map_err(Error::internal)?;
    let mut faults = Faults::new();
    let against = check::Against { cycle: days_of(&known.cycle)?, before: Some(&now), ever_active: true };
    check::all(tx, &mut body, against, &mut faults)?;
    if !faults.is_empty() {
        return Err(Code::ChangeOutdated.into());
    }
    record::change(tx, known, &body, "goal.changed", reason).map(drop)
}

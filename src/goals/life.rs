//! The life of a goal: `draft → pending_approval → active → completed | cancelled`, `active ⇄ on_hold`, back from
//! pending to draft, and from completed or cancelled to active.

use super::approval::{self, Done};
use super::complete;
use super::find::{Known, Named, take};
use super::model::{Change, GoalBody};
use super::{links, record, store};
use crate::db::Tx;
use crate::domain::access::{Action, PhaseAct};
use crate::domain::amount::Amount;
use crate::domain::ids::GoalId;
use crate::domain::words::State;
use crate::error::{Code, Error, Faults, Result, Said};
use crate::http::not_null;
use serde::Deserialize;

/// What state a goal is to go to.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TransitionIn)]
pub struct Transition {
    /// `pending_approval` submits a draft: it becomes active at once where the cycle asks for no approval. `active`
    /// approves, resumes or reopens; `draft` returns; `on_hold`, `completed` and `cancelled` say themselves.
    pub to: State,
    /// Why: returning, cancelling and reopening ask for it. At most 1 000 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
    /// Whether completing a rolled-up goal also completes the active goals that count in it.
    #[serde(default)]
    pub cascade: bool,
}

/// A step of a goal's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Submit,
    Approve,
    Return,
    Hold,
    Resume,
    Complete,
    Cancel,
    Reopen,
}

/// The states that a goal may go to from one.
const fn next(from: State) -> &'static [(State, Step)] {
    match from {
        State::Draft => &[(State::PendingApproval, Step::Submit)],
        State::PendingApproval => &[(State::Active, Step::Approve), (State::Draft, Step::Return)],
        State::Active => {
            &[(State::OnHold, Step::Hold), (State::Completed, Step::Complete), (State::Cancelled, Step::Cancel)]
        }
        State::OnHold => &[(State::Active, Step::Resume), (State::Cancelled, Step::Cancel)],
        State::Completed | State::Cancelled => &[(State::Active, Step::Reopen)],
    }
}

impl Step {
    /// The right that it takes.
    const fn action(self) -> Action {
        match self {
            Self::Submit => Action::Submit,
            Self::Approve | Self::Return => Action::Approve,
            Self::Hold => Action::Hold,
            Self::Resume => Action::Resume,
            Self::Complete => Action::Complete,
            Self::Cancel => Action::Cancel,
            Self::Reopen => Action::Reopen,
        }
    }

    /// What the cycle's phase has to allow.
    const fn act(self) -> PhaseAct {
        match self {
            Self::Submit | Self::Approve | Self::Return => PhaseAct::MakeGoals,
            Self::Hold | Self::Resume | Self::Complete | Self::Cancel | Self::Reopen => PhaseAct::ChangeGoals,
        }
    }

    const fn asks_for_a_reason(self) -> bool {
        matches!(self, Self::Return | Self::Cancel | Self::Reopen)
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Submit => "goal.submitted",
            Self::Approve => "goal.approved",
            Self::Return => "goal.returned",
            Self::Hold => "goal.held",
            Self::Resume => "goal.resumed",
            Self::Complete => "goal.completed",
            Self::Cancel => "goal.cancelled",
            Self::Reopen => "goal.reopened",
        }
    }
}

/// Takes a goal a step on in its life.
pub fn transition(tx: &mut Tx<'_>, id: GoalId, version: Option<i64>, wish: &Transition) -> Result<Done> {
    let known = take(tx, id)?;
    let step = step(&known, wish.to)?;
    known.must(tx, step.action())?;
    known.at_version(version)?;
    known.in_phase(tx, step.act())?;
    let reason = links::reason_of(wish.reason.as_deref())?;
    let mut faults = Faults::new();
    faults.check(reason.is_some() || !step.asks_for_a_reason(), "/reason", Code::Required);
    faults.finish()?;
    match step {
        Step::Submit => submit(tx, &known, reason.as_deref())?,
        Step::Complete => complete::complete(tx, &known, wish.cascade, reason.as_deref())?,
        Step::Cancel if approval::waits(tx, &known) => return approval::ask(tx, &known, Change::Cancel, reason),
        Step::Cancel => cancel(tx, &known, reason.as_deref())?,
        Step::Approve | Step::Resume | Step::Reopen => activate(tx, &known, step, reason.as_deref())?,
        Step::Return => go(tx, &known, State::Draft, step.event(), reason.as_deref())?,
        Step::Hold => go(tx, &known, State::OnHold, step.event(), reason.as_deref())?,
    }
    Ok(Done::Now(id))
}

fn step(known: &Known, to: State) -> Result<Step> {
    let from = known.goal.state;
    // Where nobody approves, submitting is activating: either word means it.
    let meant = if from == State::Draft && to == State::Active && !known.cycle.settings.0.approval_required {
        State::PendingApproval
    } else {
        to
    };
    let found = next(from).iter().find(|(state, _)| *state == meant).map(|(_, step)| *step);
    found.ok_or_else(|| {
        let allowed: Vec<State> = next(from).iter().map(|(state, _)| *state).collect();
        let said = Code::TransitionRefused.word("from", from).word("to", to);
        Error::from(said.member("allowed", serde_json::json!(allowed)))
    })
}

fn go(tx: &mut Tx<'_>, known: &Known, to: State, what: &'static str, reason: Option<&str>) -> Result<()> {
    let body = GoalBody { state: to, completed_on: None, ..known.body() };
    record::change(tx, known, &body, what, reason).map(drop)
}

/// Submits a goal as its owner's commitment: it waits for approval, or holds at once where the cycle asks for none.
fn submit(tx: &mut Tx<'_>, known: &Known, reason: Option<&str>) -> Result<()> {
    let settings = &known.cycle.settings.0;
    if settings.review_weights_required {
        review_weights_total_100(tx, known)?;
    }
    if settings.approval_required {
        return go(tx, known, State::PendingApproval, Step::Submit.event(), reason);
    }
    activate(tx, known, Step::Submit, reason)
}

/// The review weights of the owner's goals in the cycle, cancelled ones left out, total 100.
fn review_weights_total_100(tx: &mut Tx<'_>, known: &Known) -> Result<()> {
    let goal = &known.goal;
    let weights = store::review_weights(tx.conn, goal.organization_id, goal.owner_id, goal.cycle_id)?;
    let sum: i64 = weights.iter().map(|weight| weight.units()).sum();
    if sum == 100 * Amount::ONE.units() {
        return Ok(());
    }
    let sum = Amount::from_units(sum).ok_or_else(|| Error::internal("review weights beyond all bounds"))?;
    Err(Code::ReviewWeights.with("sum", sum).member("sum", serde_json::json!(sum)).into())
}

/// Makes a goal active, unless that would move a goal above that keeps what it reached.
fn activate(tx: &mut Tx<'_>, known: &Known, step: Step, reason: Option<&str>) -> Result<()> {
    let moved = complete::completed_above(tx, &known.goal)?;
    if !moved.is_empty() {
        let named = Named::all(tx, &moved)?;
        return Err(Said::from(Code::CompletedAbove).member("goals", named.json()).into());
    }
    go(tx, known, State::Active, step.event(), reason)
}

/// Cancels a goal.
pub(super) fn cancel(tx: &mut Tx<'_>, known: &Known, reason: Option<&str>) -> Result<()> {
    go(tx, known, State::Cancelled, Step::Cancel.event(), reason)
}

//! Finding a goal, and whether the actor may do something with it.

use super::model::{Goal, GoalBody};
use super::store;
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::{self, Action, PhaseAct, Rule};
use crate::domain::calendar::Window;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::words::Participation;
use crate::error::{Code, Error, Result};

/// A goal with what decisions about it depend on.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) goal: Goal,
    pub(super) people: Vec<(PersonId, Participation)>,
    pub(super) cycle: Cycle,
}

impl Known {
    /// What the goal says.
    pub(super) fn body(&self) -> GoalBody {
        self.goal.body(&self.people)
    }

    /// The rule by which the actor may do this, if one lets them.
    pub(super) fn rule(&self, tx: &Tx<'_>, action: Action) -> Option<Rule> {
        access::allows(&tx.actor, action, &self.goal.access(&self.people))
    }

    /// Whether the actor may see it: one of a draft cycle is there for HR alone.
    pub(super) fn is_seen(&self, tx: &Tx<'_>) -> bool {
        tx.actor.sees_cycle_in(self.cycle.phase) && self.rule(tx, Action::See).is_some()
    }

    /// The rule by which the actor may do this; else forbidden, in words of its own where it is their own goal that
    /// they would approve. What follows is done for the lead whom they stand for, if it is that which lets them.
    pub(super) fn must(&self, tx: &mut Tx<'_>, action: Action) -> Result<Rule> {
        let own = action == Action::Approve && tx.actor.person == self.goal.owner_id && tx.actor.may_write();
        tx.delegate_of = access::delegated_by(&tx.actor, action, &self.goal.access(&self.people));
        self.rule(tx, action).ok_or_else(|| if own { Code::OwnApproval } else { Code::Forbidden }.into())
    }

    /// Whether the caller knows the goal as it is.
    pub(super) fn at_version(&self, known: Option<i64>) -> Result<()> {
        match known {
            Some(version) if version != self.goal.version => Err(Error::Stale { current: self.goal.version }),
            _ => Ok(()),
        }
    }

    /// Whether the phase of the goal's cycle allows this to the actor.
    pub(super) fn in_phase(&self, tx: &Tx<'_>, act: PhaseAct) -> Result<()> {
        in_phase(tx, &self.cycle, act)
    }
}

/// Whether a cycle's phase allows this to the actor.
pub(super) fn in_phase(tx: &Tx<'_>, cycle: &Cycle, act: PhaseAct) -> Result<()> {
    if access::phase_allows(cycle.phase, act, tx.actor.is_admin()) {
        Ok(())
    } else {
        Err(Code::PhaseForbids.word("phase", cycle.phase).into())
    }
}

/// The days of a cycle.
pub(super) fn days_of(cycle: &Cycle) -> Result<Window> {
    Window::new(cycle.starts_on, cycle.ends_on).ok_or_else(|| Error::internal("a cycle ends before it starts"))
}

/// A goal that the actor may see, with what decisions about it depend on.
pub(super) fn look(tx: &mut Tx<'_>, id: GoalId) -> Result<Known> {
    seen_or_not(tx, id)?.filter(|known| known.is_seen(tx)).ok_or_else(Error::not_found)
}

/// A goal with what decisions about it depend on, whether or not the actor may see it: nothing of it is told them.
pub(super) fn seen_or_not(tx: &mut Tx<'_>, id: GoalId) -> Result<Option<Known>> {
    let Some(goal) = store::find(tx.conn, tx.organization(), id)? else { return Ok(None) };
    let cycle = cycles::by_ids(tx, &[goal.cycle_id])?.pop();
    let cycle = cycle.ok_or_else(|| Error::internal("a goal without its cycle"))?;
    let people = people_of(tx, &goal)?;
    Ok(Some(Known { goal, people, cycle }))
}

/// A goal about to change in a way that figures depend on: its forest is locked before anything is decided.
pub(super) fn take(tx: &mut Tx<'_>, id: GoalId) -> Result<Known> {
    let forest = look(tx, id)?.goal.forest_id;
    tx.lock_forest(forest)?;
    let known = look(tx, id)?;
    // Its cycle went to another forest while this waited for the lock.
    if known.goal.forest_id == forest { Ok(known) } else { Err(Error::Again) }
}

/// A goal that the actor may see: one of a draft cycle is there for HR alone.
pub fn find(tx: &mut Tx<'_>, id: GoalId) -> Result<Goal> {
    Ok(look(tx, id)?.goal)
}

/// A goal that the actor may see, with its forest locked: other changes of its structure wait.
pub fn find_for_update(tx: &mut Tx<'_>, id: GoalId) -> Result<Goal> {
    Ok(take(tx, id)?.goal)
}

/// The rule by which the actor may do this with a goal. Not found where they may not even see it; else forbidden.
pub fn must(tx: &mut Tx<'_>, action: Action, goal: &Goal) -> Result<Rule> {
    let people = people_of(tx, goal)?;
    let access = goal.access(&people);
    access::allows(&tx.actor, Action::See, &access).ok_or_else(Error::not_found)?;
    access::allows(&tx.actor, action, &access).ok_or_else(|| Code::Forbidden.into())
}

/// Those who take part in a goal beside its owner.
pub fn people_of(tx: &mut Tx<'_>, goal: &Goal) -> Result<Vec<(PersonId, Participation)>> {
    Ok(store::people(tx.conn, tx.organization(), goal.id)?)
}

/// Goals as a refusal may name them: those that the actor sees by their titles; the others not at all, not even by
/// their number.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) goals: Vec<(GoalId, String)>,
}

impl Named {
    /// Names goals in their order.
    pub(super) fn all(tx: &mut Tx<'_>, ids: &[GoalId]) -> Result<Self> {
        let mut named = Self::default();
        for id in ids {
            named.goals.extend(title_of(tx, *id)?.map(|title| (*id, title)));
        }
        Ok(named)
    }

    /// As a member of a problem: what a client can act on.
    pub(super) fn json(&self) -> serde_json::Value {
        self.goals.iter().map(|(id, title)| serde_json::json!({"id": id, "title": title})).collect()
    }
}

/// A goal's title, if the actor may see the goal.
pub(super) fn title_of(tx: &mut Tx<'_>, id: GoalId) -> Result<Option<String>> {
    Ok(super::check::found(look(tx, id))?.map(|known| known.goal.title))
}

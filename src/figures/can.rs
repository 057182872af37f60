//! What the actor can do with a goal now: what the policy, the cycle's phase and the goal's state allow together.

use super::sight::Sight;
use crate::domain::access::{self, Action, PhaseAct, phase_allows};
use crate::domain::facts::GoalFacts;
use crate::domain::ids::GoalId;
use crate::domain::words::{Phase, Source, State};

/// What the actor can do with a goal that they see. A past day can only be looked at.
pub(super) fn can(sight: &Sight<'_>, goal: GoalId) -> Vec<Action> {
    let Some((facts, card)) = sight.goal(goal) else { return Vec::new() };
    let Some(cycle) = sight.cycle(facts.cycle) else { return Vec::new() };
    if sight.is_past {
        return vec![Action::See];
    }
    let admin = sight.actor.is_admin();
    let allowed = access::permissions(&sight.actor, &card.access.of(facts.kind));
    let now = allowed.into_iter().map(|(action, _)| action);
    let is_bare = sight.scene.now.forest.children(goal).next().is_none();
    now.filter(|action| things_allow(*action, facts, cycle.phase, admin) && (*action != Action::Delete || is_bare))
        .collect()
}

/// Whether phase and state allow an action to whoever may do it at all.
fn things_allow(action: Action, goal: &GoalFacts, phase: Phase, admin: bool) -> bool {
    let allows = |act| phase_allows(phase, act, admin);
    let unborn = matches!(goal.state, State::Draft | State::PendingApproval);
    let change = if unborn { PhaseAct::MakeGoals } else { PhaseAct::ChangeGoals };
    match action {
        Action::See | Action::Comment => true,
        Action::Edit | Action::Weigh => allows(change),
        Action::Submit => goal.state == State::Draft && allows(PhaseAct::MakeGoals),
        Action::Approve => goal.state == State::PendingApproval && allows(PhaseAct::MakeGoals),
        Action::CheckIn => goal.state == State::Active && goal.source == Source::CheckIns && allows(PhaseAct::CheckIn),
        // Drafts; and an admin's mistake that nobody has checked in to.
        Action::Delete => allows(change) && (goal.state == State::Draft || (admin && goal.check_ins.all().is_empty())),
    }
}

//! What the actor can do with a goal now: what the policy, the cycle's phase and the goal's state allow together.

use super::picture::Card;
use super::sight::Sight;
use crate::domain::access::{self, Action, PhaseAct, Rule, WhyNot, phase_allows};
use crate::domain::facts::GoalFacts;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::words::{Phase, Source, State};
use crate::org::PersonRef;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the caller can do something with a goal, and why or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GoalPermission {
    /// The act.
    pub action: Action,
    /// Whether the rules let the caller do it at all.
    pub allowed: bool,
    /// The rule by which they may; null where none lets them.
    pub rule: Option<Rule>,
    /// With the rule `delegate`: the lead whom they stand for.
    pub delegate_of: Option<PersonRef>,
    /// Whether they can do it now: allowed, and neither phase nor state are in the way.
    pub now: bool,
    /// Why they can not do it, or not now; null where they can.
    pub why_not: Option<WhyNot>,
}

/// What the actor can do with a goal that they see. A past day can only be looked at.
pub(super) fn can(sight: &Sight<'_>, goal: GoalId) -> Vec<Action> {
    let Some((facts, card)) = sight.goal(goal) else { return Vec::new() };
    if sight.is_past {
        return vec![Action::See];
    }
    let allowed = sight.allowed(facts, card);
    let possible = |action: &Action| hindrance(sight, *action, goal, facts).is_none();
    allowed.iter().copied().filter(possible).collect()
}

/// Every act, with what lets the actor do it or keeps them from it.
pub(super) fn permissions(sight: &Sight<'_>, goal: GoalId) -> Option<Vec<GoalPermission>> {
    let (facts, card) = sight.goal(goal)?;
    Some(Action::ALL.iter().map(|action| permission(sight, *action, goal, (facts, card))).collect())
}

fn permission(sight: &Sight<'_>, action: Action, goal: GoalId, (facts, card): (&GoalFacts, &Card)) -> GoalPermission {
    let (actor, access) = (&sight.actor, card.access.of(facts.kind));
    let rule = access::allows(actor, action, &access);
    let named = |lead: PersonId| PersonRef::of(&actor.directory, lead);
    let why_not = access::why_not(actor, action, &access).or_else(|| hindrance(sight, action, goal, facts));
    GoalPermission {
        action,
        allowed: rule.is_some(),
        rule,
        delegate_of: access::delegated_by(actor, action, &access).map(named),
        now: why_not.is_none(),
        why_not,
    }
}

/// What of phase, state and links keeps whoever may do it at all from doing it now.
fn hindrance(sight: &Sight<'_>, action: Action, id: GoalId, goal: &GoalFacts) -> Option<WhyNot> {
    let Some(phase) = sight.cycle(goal.cycle).map(|cycle| cycle.phase) else { return Some(WhyNot::Phase) };
    let admin = sight.actor.is_admin();
    let is_bare = || sight.scene.now.forest.children(id).next().is_none();
    by_phase(action, goal.state, phase, admin).or_else(|| by_state(action, goal)).or_else(|| match action {
        Action::CheckIn | Action::CheckInOnBehalf if goal.source != Source::CheckIns => Some(WhyNot::Source),
        // Drafts; and an admin's mistake that nobody has checked in to.
        Action::Delete if goal.state != State::Draft && !admin => Some(WhyNot::State),
        Action::Delete if !is_bare() => Some(WhyNot::LinkedUnder),
        Action::Delete if !goal.check_ins.all().is_empty() => Some(WhyNot::CheckedIn),
        _ => None,
    })
}

fn by_phase(action: Action, state: State, phase: Phase, admin: bool) -> Option<WhyNot> {
    let unborn = matches!(state, State::Draft | State::PendingApproval);
    let act = match action {
        Action::See | Action::ViewHistory | Action::Comment => return None,
        Action::Submit | Action::Approve => PhaseAct::MakeGoals,
        Action::CheckIn | Action::CheckInOnBehalf => PhaseAct::CheckIn,
        // Another goal's cycle decides whether that one may be linked; this one's only has to be open.
        Action::Link => return (phase == Phase::Closed).then_some(WhyNot::Phase),
        _ if unborn => PhaseAct::MakeGoals,
        _ => PhaseAct::ChangeGoals,
    };
    (!phase_allows(phase, act, admin)).then_some(WhyNot::Phase)
}

fn by_state(action: Action, goal: &GoalFacts) -> Option<WhyNot> {
    let over = matches!(goal.state, State::Completed | State::Cancelled);
    let fits = match action {
        Action::Submit => goal.state == State::Draft,
        Action::Approve => goal.state == State::PendingApproval,
        Action::Hold | Action::Complete | Action::CheckIn | Action::CheckInOnBehalf => goal.state == State::Active,
        Action::Resume => goal.state == State::OnHold,
        Action::Cancel => matches!(goal.state, State::Active | State::OnHold),
        Action::Reopen => over,
        Action::Link | Action::Weigh => !over,
        Action::See | Action::ViewHistory | Action::Comment | Action::Edit | Action::Delete => true,
    };
    (!fits).then_some(WhyNot::State)
}

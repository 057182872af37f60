//! What a person may do with a goal.

use super::action::Right;
use super::{Action, Actor, Directory, Rule, UnitPolicy, WhyNot};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::{DelegatedRight, GoalKind, Participation, Scope, Visibility};

/// What decisions about a goal need to know of it.
#[derive(Debug, Clone, Copy)]
pub struct GoalAccess<'a> {
    /// Its kind.
    pub kind: GoalKind,
    /// Its unit.
    pub unit: UnitId,
    /// Its owner.
    pub owner: PersonId,
    /// Who may see it.
    pub visibility: Visibility,
    /// Those who take part in it.
    pub people: &'a [(PersonId, Participation)],
}

impl GoalAccess<'_> {
    fn takes_part(&self, person: PersonId, how: Participation) -> bool {
        self.people.contains(&(person, how))
    }

    fn in_lead_line(&self, actor: &Actor) -> bool {
        self.is_led_by(actor.person, &actor.directory)
    }

    fn is_led_by(&self, someone: PersonId, directory: &Directory) -> bool {
        directory.leads_over(someone, self.unit) || directory.managers_of(self.owner).contains(&someone)
    }

    /// The lead whom the actor stands for with a right. Nobody stands for another with a goal of their own; of the
    /// lead's own goals only check-ins are the lead's to hand on.
    fn lead_behind(&self, actor: &Actor, right: DelegatedRight) -> Option<PersonId> {
        if actor.person == self.owner {
            return None;
        }
        actor.stands_for(right).find(|lead| {
            if *lead == self.owner { right == DelegatedRight::CheckIn } else { self.is_led_by(*lead, &actor.directory) }
        })
    }

    /// The same with any right: whoever is to use one sees the goal.
    fn lead_behind_any(&self, actor: &Actor) -> Option<PersonId> {
        DelegatedRight::ALL.into_iter().find_map(|right| self.lead_behind(actor, right))
    }

    /// Whether the actor owns it, and the unit lets owners edit or delete (as `switch` says) such a goal.
    fn owner_may(&self, actor: &Actor, switch: fn(&UnitPolicy) -> bool) -> bool {
        let policy = actor.directory.policy(self.unit);
        actor.person == self.owner
            && switch(&policy)
            && (self.kind != GoalKind::KeyResult || policy.owners_may_edit_key_results)
    }

    /// Whether the actor supervises its unit, which lets supervisors make or edit (as `switch` says) goals.
    fn supervisor_may(&self, actor: &Actor, switch: fn(&UnitPolicy) -> bool) -> bool {
        switch(&actor.directory.policy(self.unit)) && actor.directory.supervises(actor.person, self.unit)
    }
}

/// The rule by which the actor may do this with a goal; none: may not.
pub fn allows(actor: &Actor, action: Action, goal: &GoalAccess<'_>) -> Option<Rule> {
    decide(actor, action.right(), goal)
}

/// All that the actor may do with a goal, each by its rule. Each right is decided on once.
pub fn permissions(actor: &Actor, goal: &GoalAccess<'_>) -> Vec<(Action, Rule)> {
    let mut decided: Vec<(Right, Option<Rule>)> = Vec::new();
    let mut rule_of = |right: Right| {
        if let Some((_, rule)) = decided.iter().find(|(known, _)| *known == right) {
            return *rule;
        }
        let rule = decide(actor, right, goal);
        decided.push((right, rule));
        rule
    };
    Action::ALL.iter().filter_map(|action| rule_of(action.right()).map(|rule| (*action, rule))).collect()
}

fn decide(actor: &Actor, right: Right, goal: &GoalAccess<'_>) -> Option<Rule> {
    if right != Right::See && !actor.may_write() {
        return None;
    }
    match right {
        Right::See | Right::Speak => sees(actor, goal),
        Right::Change => changes(actor, goal, |unit| unit.owners_may_edit),
        Right::Delete => changes(actor, goal, |unit| unit.owners_may_delete),
        Right::Submit => (actor.person == goal.owner).then_some(Rule::GoalOwner),
        Right::Approve => approves(actor, goal),
        Right::CheckIn => checks_in(actor, goal),
        Right::SpeakFor => checks_in(actor, goal).filter(|rule| is_on_behalf(*rule)),
    }
}

/// Why the actor may not do this with a goal that they see; none where they may.
pub fn why_not(actor: &Actor, action: Action, goal: &GoalAccess<'_>) -> Option<WhyNot> {
    if allows(actor, action, goal).is_some() {
        return None;
    }
    let owns = actor.person == goal.owner;
    let works_on_it = owns || goal.takes_part(actor.person, Participation::Contributor);
    Some(match action.right() {
        _ if !actor.may_write() => WhyNot::Viewer,
        Right::Submit => WhyNot::NotOwner,
        Right::Approve if owns => WhyNot::OwnGoal,
        Right::SpeakFor if works_on_it => WhyNot::OwnGoal,
        Right::Change | Right::Delete if owns => WhyNot::UnitForbidsOwners,
        Right::Change | Right::Delete if actor.directory.supervises(actor.person, goal.unit) => {
            WhyNot::UnitForbidsSupervisors
        }
        _ => WhyNot::NoRelation,
    })
}

/// `public`: all. `restricted`: owner, contributors, followers, watchers, their lead line, HR, and who stands for one of
/// the lead line. `internal`: these, its unit and below, and supervisors.
fn sees(actor: &Actor, goal: &GoalAccess<'_>) -> Option<Rule> {
    if actor.person == goal.owner {
        return Some(Rule::GoalOwner);
    }
    if actor.is_admin() {
        return Some(Rule::Admin);
    }
    if goal.visibility == Visibility::Public {
        return Some(Rule::Visibility);
    }
    if goal.takes_part(actor.person, Participation::Contributor) {
        return Some(Rule::Contributor);
    }
    if goal.people.iter().any(|(person, _)| *person == actor.person) {
        return Some(Rule::Watcher);
    }
    if goal.in_lead_line(actor) {
        return Some(Rule::LeadLine);
    }
    let above_one =
        || goal.people.iter().any(|(person, _)| actor.directory.managers_of(*person).contains(&actor.person));
    let relation = if above_one() {
        Some(Rule::LeadLine)
    } else if goal.visibility == Visibility::Restricted {
        None
    } else if actor.directory.supervises(actor.person, goal.unit) {
        Some(Rule::Supervisor)
    } else {
        actor.directory.belongs_to(actor.person, goal.unit).then_some(Rule::Visibility)
    };
    relation.or_else(|| goal.lead_behind_any(actor).map(|_| Rule::Delegate))
}

/// Edits or deletes: lead line and HR; the owner unless the unit forbids owners this (`owners`) or what is done with key
/// results; supervisors where the unit lets them edit.
fn changes(actor: &Actor, goal: &GoalAccess<'_>, owners: fn(&UnitPolicy) -> bool) -> Option<Rule> {
    if actor.is_admin() {
        Some(Rule::Admin)
    } else if goal.in_lead_line(actor) {
        Some(Rule::LeadLine)
    } else if goal.owner_may(actor, owners) {
        Some(Rule::GoalOwner)
    } else if goal.supervisor_may(actor, |unit| unit.supervisors_may_edit) && sees(actor, goal).is_some() {
        Some(Rule::Supervisor)
    } else {
        None
    }
}

/// The owner's manager, the lead line above, HR, who stands for one of the lead line; never the owner alone.
fn approves(actor: &Actor, goal: &GoalAccess<'_>) -> Option<Rule> {
    if actor.person == goal.owner {
        None
    } else if actor.is_admin() {
        Some(Rule::Admin)
    } else {
        by_lead_line(actor, goal, DelegatedRight::Approve)
    }
}

/// The lead line, and who stands for one of it with a right.
fn by_lead_line(actor: &Actor, goal: &GoalAccess<'_>, right: DelegatedRight) -> Option<Rule> {
    if goal.in_lead_line(actor) { Some(Rule::LeadLine) } else { goal.lead_behind(actor, right).map(|_| Rule::Delegate) }
}

/// The lead whom the actor stands for when they do this with a goal; none where they do it by a relation of their own.
pub fn delegated_by(actor: &Actor, action: Action, goal: &GoalAccess<'_>) -> Option<PersonId> {
    allows(actor, action, goal).filter(|rule| *rule == Rule::Delegate)?;
    match action {
        Action::Approve => goal.lead_behind(actor, DelegatedRight::Approve),
        Action::CheckIn | Action::CheckInOnBehalf => goal.lead_behind(actor, DelegatedRight::CheckIn),
        _ => goal.lead_behind_any(actor),
    }
}

/// Owner and contributors; lead line, HR and who stands for one of the lead line on behalf.
fn checks_in(actor: &Actor, goal: &GoalAccess<'_>) -> Option<Rule> {
    if actor.person == goal.owner {
        Some(Rule::GoalOwner)
    } else if goal.takes_part(actor.person, Participation::Contributor) {
        Some(Rule::Contributor)
    } else if actor.is_admin() {
        Some(Rule::Admin)
    } else {
        by_lead_line(actor, goal, DelegatedRight::CheckIn)
    }
}

/// Whether who checks in by this rule does so on the owner's behalf.
pub const fn is_on_behalf(rule: Rule) -> bool {
    matches!(rule, Rule::Admin | Rule::LeadLine | Rule::Delegate)
}

/// The rule by which the actor may void or correct a check-in: its author who may still check in, and those who may
/// check in on behalf.
pub fn may_amend_check_in(actor: &Actor, goal: &GoalAccess<'_>, author: PersonId) -> Option<Rule> {
    let own = allows(actor, Action::CheckIn, goal).filter(|_| actor.person == author);
    own.or_else(|| {
        if !actor.may_write() {
            None
        } else if actor.is_admin() {
            Some(Rule::Admin)
        } else {
            by_lead_line(actor, goal, DelegatedRight::CheckIn)
        }
    })
}

/// The rule by which the actor may make a goal of this scope for this unit and owner; none: may not.
/// Company, department, team: HR and leads of the unit or one above, whoever owns it. Person: also the person and their
/// managers up the line. Supervisors where the unit allows, but not for the company.
pub fn may_create(actor: &Actor, scope: Scope, goal: &GoalAccess<'_>) -> Option<Rule> {
    if !actor.may_write() {
        return None;
    }
    if actor.is_admin() {
        return Some(Rule::Admin);
    }
    if scope == Scope::Person && actor.person == goal.owner {
        return Some(Rule::GoalOwner);
    }
    let leads = match scope {
        Scope::Company | Scope::Department | Scope::Team => actor.directory.leads_over(actor.person, goal.unit),
        Scope::Person => goal.in_lead_line(actor),
    };
    if leads {
        return Some(Rule::LeadLine);
    }
    let supervises = scope != Scope::Company && goal.supervisor_may(actor, |unit| unit.supervisors_may_create);
    supervises.then_some(Rule::Supervisor)
}

//! What a person may do with a goal.

use super::{Actor, UnitPolicy};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::{GoalKind, Participation, Scope, Visibility};

/// What can be done with a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See it, with its figures.
    See,
    /// Change what it says: text, target, weight, place, people; hold, resume, complete, cancel, reopen it.
    Edit,
    /// Submit it as a commitment.
    Submit,
    /// Approve or return a submitted goal or a proposed change.
    Approve,
    /// Link another goal under it with a weight, and weigh the links under it. Others may propose.
    Weigh,
    /// Check in.
    CheckIn,
    /// Delete it.
    Delete,
    /// Comment on it.
    Comment,
}

impl Action {
    /// Every action, in the order in which they are shown.
    pub const ALL: &[Self] =
        &[Self::See, Self::Edit, Self::Submit, Self::Approve, Self::Weigh, Self::CheckIn, Self::Delete, Self::Comment];
}

/// Why something is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The actor owns the organization or is HR.
    Admin,
    /// The actor owns the goal.
    GoalOwner,
    /// The actor contributes to it.
    Contributor,
    /// The actor follows or watches it.
    Watcher,
    /// The actor leads its unit or one above, or manages its owner, directly or up the line.
    LeadLine,
    /// The actor supervises its unit or one above.
    Supervisor,
    /// The goal is open to whoever is asking.
    Visibility,
}

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
        actor.directory.leads_over(actor.person, self.unit)
            || actor.directory.managers_of(self.owner).contains(&actor.person)
    }

    /// Whether the actor owns it, and the unit lets owners edit or delete (as `switch` says) such a goal.
    fn owner_may(&self, actor: &Actor, switch: fn(&UnitPolicy) -> bool) -> bool {
        let policy = actor.directory.policy(self.unit);
        actor.person == self.owner
            && switch(&policy)
            && (self.kind != GoalKind::KeyResult || policy.owners_may_edit_key_results)
    }

    /// Whether the actor supervises it, and the unit lets supervisors make or edit (as `switch` says) goals.
    fn supervisor_may(&self, actor: &Actor, switch: fn(&UnitPolicy) -> bool) -> bool {
        switch(&actor.directory.policy(self.unit)) && actor.directory.supervises(actor.person, self.unit)
    }
}

/// The rule by which the actor may do this with a goal; none: may not.
pub fn allows(actor: &Actor, action: Action, goal: &GoalAccess<'_>) -> Option<Rule> {
    if action != Action::See && !actor.may_write() {
        return None;
    }
    match action {
        Action::See => sees(actor, goal),
        Action::Edit | Action::Weigh => changes(actor, goal, |unit| unit.owners_may_edit),
        Action::Delete => changes(actor, goal, |unit| unit.owners_may_delete),
        Action::Submit => (actor.person == goal.owner).then_some(Rule::GoalOwner),
        Action::Approve => approves(actor, goal),
        Action::CheckIn => checks_in(actor, goal),
        Action::Comment => sees(actor, goal),
    }
}

/// All that the actor may do with a goal, each by its rule.
pub fn permissions(actor: &Actor, goal: &GoalAccess<'_>) -> Vec<(Action, Rule)> {
    Action::ALL.iter().filter_map(|action| allows(actor, *action, goal).map(|rule| (*action, rule))).collect()
}

/// `public`: all. `internal`: its unit and below, lead line, supervisors. `restricted`: owner, contributors,
/// followers, watchers, their lead line, HR.
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
    if goal.visibility == Visibility::Restricted {
        let above_one =
            goal.people.iter().any(|(person, _)| actor.directory.managers_of(*person).contains(&actor.person));
        return above_one.then_some(Rule::LeadLine);
    }
    if actor.directory.supervises(actor.person, goal.unit) {
        return Some(Rule::Supervisor);
    }
    actor.directory.belongs_to(actor.person, goal.unit).then_some(Rule::Visibility)
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
    } else if goal.supervisor_may(actor, |unit| unit.supervisors_may_edit) {
        Some(Rule::Supervisor)
    } else {
        None
    }
}

/// The owner's manager, the lead line above, HR; never the owner alone.
fn approves(actor: &Actor, goal: &GoalAccess<'_>) -> Option<Rule> {
    if actor.person == goal.owner {
        None
    } else if actor.is_admin() {
        Some(Rule::Admin)
    } else {
        goal.in_lead_line(actor).then_some(Rule::LeadLine)
    }
}

/// Owner and contributors; lead line and HR on behalf.
fn checks_in(actor: &Actor, goal: &GoalAccess<'_>) -> Option<Rule> {
    if actor.person == goal.owner {
        Some(Rule::GoalOwner)
    } else if goal.takes_part(actor.person, Participation::Contributor) {
        Some(Rule::Contributor)
    } else if actor.is_admin() {
        Some(Rule::Admin)
    } else {
        goal.in_lead_line(actor).then_some(Rule::LeadLine)
    }
}

/// Whether who checks in by this rule does so on the owner's behalf.
pub const fn is_on_behalf(rule: Rule) -> bool {
    matches!(rule, Rule::Admin | Rule::LeadLine)
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
            goal.in_lead_line(actor).then_some(Rule::LeadLine)
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

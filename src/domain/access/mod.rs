//! Who may do what: the one policy, a pure function of the actor, the directory and the thing.
//!
//! Whether the *state* of things allows it (a cycle's phase, a goal's life) is another question, answered by 409;
//! what stands here is answered by 404 (may not see) or 403 (may see, not do).

mod action;
mod delegation;
mod directory;
mod goal;
#[cfg(test)]
mod laws;
mod measured;
mod phase;
mod review;
mod scopes;
mod series;
#[cfg(test)]
mod tests;
mod unit_policy;

pub use action::{Action, Rule, WhyNot};
pub use delegation::{DelegationFacts, may_review};
pub use directory::{Directory, PersonFacts, UnitFacts};
pub use goal::{GoalAccess, allows, delegated_by, is_on_behalf, may_amend_check_in, may_create, permissions, why_not};
pub use phase::{PhaseAct, next_phases, phase_allows, seen_by_all};
pub use review::{ReviewAccess, ReviewSight, may_do_with_review, review_delegated_by, sees_review};
pub use scopes::Need;
pub use unit_policy::{Switches, UnitPolicy};

use super::ids::{AccountId, OrganizationId, PersonId, SessionId, UnitId};
use super::words::{Phase, Role, UnitRole};
use chrono::NaiveDate;
use std::sync::Arc;

/// Who acts, with all that decisions about them need.
#[derive(Debug, Clone)]
pub struct Actor {
    /// In which organization.
    pub organization: OrganizationId,
    /// As which person.
    pub person: PersonId,
    /// By which account.
    pub account: Option<AccountId>,
    /// In which session; none for API tokens, commands of the operator and the demo.
    pub session: Option<SessionId>,
    /// With which role.
    pub role: Role,
    /// The day that it is for the organization: delegations hold from a day to a day.
    pub today: NaiveDate,
    /// The organization's people and units.
    pub directory: Arc<Directory>,
}

impl Role {
    /// Whether whoever has it may change anything at all.
    pub const fn may_write(self) -> bool {
        !matches!(self, Self::Viewer)
    }
}

impl Actor {
    /// What another person of the organization would be as the actor.
    pub fn in_place_of(&self, person: PersonId) -> Option<Self> {
        let role = self.directory.person(person)?.role;
        Some(Self { person, account: None, session: None, role, ..self.clone() })
    }

    /// HR or an owner: whoever runs the organization's goals.
    pub const fn is_admin(&self) -> bool {
        matches!(self.role, Role::Admin | Role::Owner)
    }

    /// The organization's owner.
    pub const fn is_owner(&self) -> bool {
        matches!(self.role, Role::Owner)
    }

    /// Whether the actor may change anything at all.
    pub const fn may_write(&self) -> bool {
        self.role.may_write()
    }

    /// Whether the actor may give or take this role: an owner any, an admin those below their own.
    pub const fn may_grant(&self, role: Role) -> bool {
        match self.role {
            Role::Owner => true,
            Role::Admin => matches!(role, Role::Member | Role::Viewer),
            Role::Member | Role::Viewer => false,
        }
    }

    /// Whether the actor may change what an account hangs on (email, links to sign in by) and who manages its person: HR,
    /// but an owner's is for owners.
    pub const fn may_touch_account_of(&self, role: Role) -> bool {
        self.is_owner() || (self.is_admin() && !matches!(role, Role::Owner))
    }

    /// The phases that the actor may move a cycle to from this one: HR, back from closed the owner alone.
    pub const fn next_phases(&self, phase: Phase) -> &'static [Phase] {
        match phase {
            Phase::Closed if !self.is_owner() => &[],
            _ if !self.is_admin() => &[],
            _ => next_phases(phase),
        }
    }

    /// Whether the actor may see a cycle in this phase: a draft one is there for HR alone.
    pub const fn sees_cycle_in(&self, phase: Phase) -> bool {
        self.is_admin() || seen_by_all(phase)
    }

    /// Whether the actor may give or take this place in a unit: HR any; leads of the unit or of one above that of a
    /// member or supervisor. Who leads is for HR to say.
    pub fn may_place(&self, unit: UnitId, role: UnitRole) -> bool {
        self.is_admin() || (role != UnitRole::Lead && self.may_write() && self.directory.leads_over(self.person, unit))
    }

    /// Whether the actor may see all of a person's fields, not only name, unit and title: themself, the person's
    /// lead line, HR.
    pub fn sees_whole(&self, person: PersonId) -> bool {
        self.is_admin() || self.person == person || self.directory.is_in_lead_line_of(self.person, person)
    }
}

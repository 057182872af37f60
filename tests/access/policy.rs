//! What each cell must be answered, by the policy.

use crate::callers::Caller;
use crate::rows::Row;
use goaltree::domain::access::{self, Action, Actor, GoalAccess};
use goaltree::domain::ids::{PersonId, UnitId};
use goaltree::domain::words::{GoalKind, Participation, Scope, Visibility};
use std::collections::HashMap;

/// Every way in which a goal is seen.
pub const VISIBILITIES: [Visibility; 3] = [Visibility::Public, Visibility::Internal, Visibility::Restricted];

/// An answer, as far as the policy speaks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done, or done as soon as it is approved.
    Done,
    /// Seen, but not for this caller to do: 403.
    Forbidden,
    /// Absent, for this caller at least: 404.
    Hidden,
    /// Not let in: 401.
    SignIn,
    /// What it names is not there, for this caller at least: 422.
    NoSuchReference,
    /// The state of things forbids it to whoever may do it: 409.
    Conflict,
    /// Anything else.
    Other(u16),
}

impl Answer {
    pub const fn of(status: u16) -> Self {
        match status {
            200..=299 | 304 => Self::Done,
            401 => Self::SignIn,
            403 => Self::Forbidden,
            404 => Self::Hidden,
            409 => Self::Conflict,
            422 => Self::NoSuchReference,
            other => Self::Other(other),
        }
    }
}

/// What is being asked, and by whom.
pub struct Cell<'a> {
    pub oracle: &'a Oracle,
    pub caller: Caller,
    /// Who may see the goal that it is about.
    pub visibility: Visibility,
}

/// Who may do what a row asks for.
#[derive(Clone, Copy)]
pub enum Who {
    /// Everyone, signed in or not; the answer that they get.
    Anyone(Answer),
    /// Whoever is signed in.
    SignedIn,
    /// HR and owners.
    Hr,
    /// HR and owners; for others it is not even there.
    HrAlone,
    /// Owners.
    Owners,
    /// Those whom the policy lets do this with the goal.
    Goal(Action),
    /// Those whom the policy lets make a goal of this scope, for the goal owner or, of a unit, for its unit.
    Makes(Scope),
    /// As this says.
    Rule(fn(&Cell<'_>) -> Answer),
}

impl Who {
    /// Whether the answer depends on who may see the goal.
    pub const fn looks_at_a_goal(self) -> bool {
        matches!(self, Self::Goal(_) | Self::Rule(_))
    }
}

/// The policy, asked about the goal that the rows are about.
pub struct Oracle {
    pub actors: HashMap<Caller, Actor>,
    pub units: HashMap<Scope, UnitId>,
    pub owner: PersonId,
    pub people: Vec<(PersonId, Participation)>,
}

impl Oracle {
    fn goal(&self, visibility: Visibility) -> GoalAccess<'_> {
        let unit = self.units[&Scope::Person];
        GoalAccess { kind: GoalKind::Kpi, unit, owner: self.owner, visibility, people: &self.people }
    }

    /// Whether the policy lets a caller do something with the goal.
    pub fn allows(&self, caller: Caller, action: Action, visibility: Visibility) -> bool {
        let actor = self.actors.get(&caller.person());
        actor.is_some_and(|actor| access::allows(actor, action, &self.goal(visibility)).is_some())
    }

    fn may_make(&self, caller: Caller, scope: Scope) -> bool {
        let goal = GoalAccess { unit: self.units[&scope], ..self.goal(Visibility::Public) };
        self.actors.get(&caller).is_some_and(|actor| access::may_create(actor, scope, &goal).is_some())
    }
}

impl Cell<'_> {
    /// Whether the policy lets the caller do something with the goal.
    pub fn allows(&self, action: Action) -> bool {
        self.oracle.allows(self.caller, action, self.visibility)
    }

    /// Done by those who may; forbidden to the others who see the goal.
    pub fn if_seen(&self, may: bool) -> Answer {
        match (self.allows(Action::See), may) {
            (false, _) => Answer::Hidden,
            (true, true) => Answer::Done,
            (true, false) => Answer::Forbidden,
        }
    }

    /// What the cell must be answered.
    pub fn expected(&self, row: &Row) -> Answer {
        match self.caller.scope() {
            Some(scope) if !matches!(row.who, Who::Anyone(_)) && row.scope != scope => Answer::Forbidden,
            _ => Self { caller: self.caller.person(), ..*self }.to_a_person(row.who, row.foreign),
        }
    }

    fn to_a_person(&self, who: Who, foreign: Answer) -> Answer {
        let caller = self.caller;
        match who {
            Who::Anyone(answer) => answer,
            _ if !caller.is_admitted() => Answer::SignIn,
            _ if caller == Caller::Foreign => foreign,
            Who::SignedIn => Answer::Done,
            Who::Hr => allowed(caller.is_admin()),
            Who::HrAlone if caller.is_admin() => Answer::Done,
            Who::HrAlone => Answer::Hidden,
            Who::Owners => allowed(caller == Caller::Owner),
            Who::Goal(action) => self.if_seen(self.allows(action)),
            Who::Makes(scope) => allowed(self.oracle.may_make(caller, scope)),
            Who::Rule(rule) => rule(self),
        }
    }
}

/// Done by those who may, forbidden to the others.
pub const fn allowed(may: bool) -> Answer {
    if may { Answer::Done } else { Answer::Forbidden }
}

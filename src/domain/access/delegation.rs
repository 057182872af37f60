//! Rights that a lead hands to someone else for a time.

use super::{Actor, Rule};
use crate::domain::ids::PersonId;
use crate::domain::words::DelegatedRight;
use chrono::NaiveDate;

impl DelegatedRight {
    /// Every right.
    pub const ALL: [Self; 3] = [Self::CheckIn, Self::Approve, Self::Review];

    /// Those that are given, in the order of all.
    pub fn those((check_in, approve, review): (bool, bool, bool)) -> Vec<Self> {
        let given = Self::ALL.into_iter().zip([check_in, approve, review]);
        given.filter(|(_, given)| *given).map(|(right, _)| right).collect()
    }
}

/// A lead's rights in someone else's hands, as long as nobody ended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationFacts {
    /// Whose rights they are.
    pub lead: PersonId,
    /// Who acts for them.
    pub delegate: PersonId,
    /// Which rights.
    pub rights: Vec<DelegatedRight>,
    /// The first day.
    pub first: NaiveDate,
    /// The last day, included.
    pub last: NaiveDate,
}

impl DelegationFacts {
    fn holds(&self, right: DelegatedRight, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day) && self.rights.contains(&right)
    }
}

impl Actor {
    /// Those whom the actor stands for today with a right. A lead who has left or only looks on has none to hand on;
    /// what was handed to a lead is not theirs to hand on either, since only relations of their own are asked for.
    pub fn stands_for(&self, right: DelegatedRight) -> impl Iterator<Item = PersonId> {
        let given = self.directory.delegated_to(self.person).iter();
        given
            .filter(move |one| self.may_write() && one.holds(right, self.today))
            .map(|one| one.lead)
            .filter(|lead| self.directory.person(*lead).is_some_and(|lead| lead.active && lead.role.may_write()))
    }

    /// Whether the actor may hand on a lead's rights: the lead their own, HR anyone's.
    pub fn may_delegate_for(&self, lead: PersonId) -> bool {
        self.may_write() && (self.person == lead || self.is_admin())
    }

    /// Whether the actor may know of a delegation: its two ends, and HR.
    pub fn sees_delegation(&self, lead: PersonId, delegate: PersonId) -> bool {
        self.is_admin() || self.person == lead || self.person == delegate
    }

    /// Whether the actor may end a delegation: whoever may give it, and the delegate who gives it back.
    pub fn may_end_delegation(&self, lead: PersonId, delegate: PersonId) -> bool {
        self.may_delegate_for(lead) || self.person == delegate
    }
}

/// The rule by which the actor may review a person: their lead line, HR, and who stands for one of the lead line; never
/// themself.
pub fn may_review(actor: &Actor, person: PersonId) -> Option<Rule> {
    let leads = |someone| actor.directory.is_in_lead_line_of(someone, person);
    if actor.person == person || !actor.may_write() {
        None
    } else if actor.is_admin() {
        Some(Rule::Admin)
    } else if leads(actor.person) {
        Some(Rule::LeadLine)
    } else {
        actor.stands_for(DelegatedRight::Review).any(leads).then_some(Rule::Delegate)
    }
}

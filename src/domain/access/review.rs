//! Who may see a review, and do what with it. Whether the review's step and the cycle's phase allow it is another
//! question.

use super::{Actor, Rule, may_review};
use crate::domain::ids::PersonId;
use crate::domain::words::{DelegatedRight, ReviewAct, Visibility};

/// What decisions about a review need to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewAccess {
    /// Whose review it is.
    pub person: PersonId,
    /// Who wrote the manager's review, where someone did.
    pub manager_by: Option<PersonId>,
    /// Who submitted it, where it is.
    pub handed_in_by: Option<PersonId>,
    /// Whether ratings are calibrated.
    pub calibration: bool,
}

/// How someone sees a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewSight {
    /// As the person whom it is about.
    Own,
    /// As one who may review them.
    Reviewer(Rule),
    /// As one to whom the person's unit has opened what reviews came to, once they are shared. By default no unit has.
    Opened,
}

/// How the actor sees the review of a person, if at all. One's own is one's own, for HR too.
pub fn sees_review(actor: &Actor, person: PersonId) -> Option<ReviewSight> {
    if actor.person == person {
        return Some(ReviewSight::Own);
    }
    if let Some(rule) = may_review(actor, person) {
        return Some(ReviewSight::Reviewer(rule));
    }
    let directory = &actor.directory;
    let unit = directory.person(person)?.unit;
    let is_open = match directory.policy(unit).review_visibility {
        Visibility::Public => true,
        Visibility::Internal => directory.belongs_to(actor.person, unit) || directory.supervises(actor.person, unit),
        Visibility::Restricted => false,
    };
    is_open.then_some(ReviewSight::Opened)
}

/// The rule by which the actor may do something with a review; none: may not. The person writes, submits and
/// acknowledges their own; the rest is for the lead line, HR, and who stands for one of the lead line. Where ratings are
/// calibrated, the lead line and HR do that, nobody of the lead line with what they wrote or submitted themself, and HR
/// shares. Reopening and leaving someone out is HR's alone.
pub fn may_do_with_review(actor: &Actor, act: ReviewAct, review: ReviewAccess) -> Option<Rule> {
    use ReviewAct::{
        Acknowledge, Calibrate, Exclude, Reopen, Return, Share, SubmitManager, SubmitSelf, WriteManager, WriteSelf,
    };
    let own = actor.person == review.person && actor.may_write();
    let rule = may_review(actor, review.person);
    let by_hr = rule.filter(|rule| *rule == Rule::Admin);
    match act {
        WriteSelf | SubmitSelf | Acknowledge => own.then_some(Rule::ReviewedPerson),
        WriteManager | SubmitManager | Return => rule,
        Calibrate => {
            let rated = [review.manager_by, review.handed_in_by].contains(&Some(actor.person));
            let of_the_line = rule.filter(|rule| *rule == Rule::LeadLine && !rated);
            by_hr.or(of_the_line)
        }
        Share if review.calibration => by_hr,
        Share => rule,
        Reopen | Exclude => by_hr,
    }
}

/// The lead whom the actor stands for when they review a person; none where they do so by a relation of their own.
pub fn review_delegated_by(actor: &Actor, person: PersonId) -> Option<PersonId> {
    may_review(actor, person).filter(|rule| *rule == Rule::Delegate)?;
    actor.stands_for(DelegatedRight::Review).find(|lead| actor.directory.is_in_lead_line_of(*lead, person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::access::{Directory, PersonFacts, Switches, UnitFacts};
    use crate::domain::ids::{OrganizationId, UnitId};
    use crate::domain::words::{Role, UnitKind};
    use std::sync::Arc;
    use uuid::Uuid;

    const UNIT: UnitId = UnitId(Uuid::from_u128(1));
    const LEAD: PersonId = person(11);
    const REP: PersonId = person(12);
    const PEER: PersonId = person(13);
    const HR: PersonId = person(14);
    const OUTSIDER: PersonId = person(15);

    const fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn actor(who: PersonId, visibility: Option<Visibility>) -> Actor {
        let company = UnitId(Uuid::from_u128(2));
        let unit = |id, parent, leads: &[PersonId], review_visibility| UnitFacts {
            id,
            parent,
            kind: UnitKind::Team,
            code: String::new(),
            name: String::new(),
            leads: leads.to_vec(),
            supervisors: Vec::new(),
            members: Vec::new(),
            switches: Switches { review_visibility, ..Switches::default() },
        };
        let facts = |id, unit, role| PersonFacts { id, name: String::new(), unit, manager: None, role, active: true };
        let people = [
            (LEAD, UNIT, Role::Member),
            (REP, UNIT, Role::Member),
            (PEER, UNIT, Role::Member),
            (HR, company, Role::Admin),
            (OUTSIDER, company, Role::Member),
        ];
        let people = people.into_iter().map(|(id, unit, role)| facts(id, unit, role)).collect::<Vec<_>>();
        let role = people.iter().find(|facts| facts.id == who).unwrap().role;
        let units = vec![unit(company, None, &[], None), unit(UNIT, Some(company), &[LEAD], visibility)];
        Actor {
            organization: OrganizationId(Uuid::nil()),
            person: who,
            account: None,
            session: None,
            role,
            today: chrono::NaiveDate::MIN,
            directory: Arc::new(Directory::new(1, units, people)),
        }
    }

    #[test]
    fn peers_see_no_review_unless_their_unit_opens_what_it_came_to() {
        let sees = |who, visibility| sees_review(&actor(who, visibility), REP);
        for visibility in [None, Some(Visibility::Restricted)] {
            assert_eq!((sees(PEER, visibility), sees(OUTSIDER, visibility)), (None, None));
        }
        let opened = Some(ReviewSight::Opened);
        assert_eq!(
            (sees(PEER, Some(Visibility::Internal)), sees(OUTSIDER, Some(Visibility::Internal))),
            (opened, None)
        );
        assert_eq!(sees(OUTSIDER, Some(Visibility::Public)), opened);
        assert_eq!(sees(REP, None), Some(ReviewSight::Own));
        assert_eq!(sees(LEAD, None), Some(ReviewSight::Reviewer(Rule::LeadLine)));
        assert_eq!(sees_review(&actor(HR, None), HR), Some(ReviewSight::Own), "HR reviews, but not themself");
    }

    #[test]
    fn each_act_is_for_those_whose_it_is() {
        use ReviewAct::*;
        let may = |who, act, calibration| {
            let review = ReviewAccess { person: REP, manager_by: Some(LEAD), handed_in_by: Some(LEAD), calibration };
            may_do_with_review(&actor(who, None), act, review).is_some()
        };
        for act in [WriteSelf, SubmitSelf, Acknowledge] {
            assert_eq!([REP, LEAD, HR, PEER].map(|who| may(who, act, false)), [true, false, false, false], "{act}");
        }
        for act in [WriteManager, SubmitManager, Return, Share] {
            assert_eq!([REP, LEAD, HR, PEER].map(|who| may(who, act, false)), [false, true, true, false], "{act}");
        }
        for act in [Calibrate, Share, Reopen, Exclude] {
            assert_eq!([REP, LEAD, HR, PEER].map(|who| may(who, act, true)), [false, false, true, false], "{act}");
        }
        for (manager_by, handed_in_by) in [(Some(LEAD), Some(HR)), (Some(HR), Some(LEAD))] {
            let review = ReviewAccess { person: REP, manager_by, handed_in_by, calibration: true };
            assert_eq!(may_do_with_review(&actor(LEAD, None), Calibrate, review), None, "who wrote or submitted it");
        }
        let of_others = ReviewAccess { person: REP, manager_by: Some(HR), handed_in_by: Some(HR), calibration: true };
        assert_eq!(may_do_with_review(&actor(LEAD, None), Calibrate, of_others), Some(Rule::LeadLine));
        for act in [WriteManager, Share, Reopen, Calibrate, Exclude, Return] {
            let own = ReviewAccess { person: HR, manager_by: None, handed_in_by: None, calibration: true };
            assert_eq!(may_do_with_review(&actor(HR, None), act, own), None, "{act} of HR's own");
        }
    }
}

//! The table "Who may do what", row by row, on one small company.

use super::*;
use crate::domain::ids::UnitId;
use crate::domain::words::{DelegatedRight, GoalKind, Participation, Scope, UnitKind, Visibility};
use chrono::NaiveDate;
use uuid::Uuid;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 2, 14).unwrap();

const COMPANY: UnitId = UnitId(Uuid::from_u128(1));
const SALES: UnitId = UnitId(Uuid::from_u128(2));
const NORTH: UnitId = UnitId(Uuid::from_u128(3));
const TECH: UnitId = UnitId(Uuid::from_u128(4));

const CEO: PersonId = PersonId(Uuid::from_u128(10));
const HR: PersonId = PersonId(Uuid::from_u128(11));
const SALES_LEAD: PersonId = PersonId(Uuid::from_u128(12));
const NORTH_LEAD: PersonId = PersonId(Uuid::from_u128(13));
const REP: PersonId = PersonId(Uuid::from_u128(14));
const COLLEAGUE: PersonId = PersonId(Uuid::from_u128(15));
const ENGINEER: PersonId = PersonId(Uuid::from_u128(16));
const SUPERVISOR: PersonId = PersonId(Uuid::from_u128(17));
const BOARD: PersonId = PersonId(Uuid::from_u128(18));
const MENTOR: PersonId = PersonId(Uuid::from_u128(19));

fn unit(id: UnitId, parent: Option<UnitId>, kind: UnitKind, leads: &[PersonId]) -> UnitFacts {
    UnitFacts {
        id,
        parent,
        kind,
        code: String::new(),
        name: format!("{}", id.0.as_u128()),
        leads: leads.to_vec(),
        supervisors: Vec::new(),
        members: Vec::new(),
        switches: Switches::default(),
    }
}

fn person(id: PersonId, unit: UnitId, role: Role) -> PersonFacts {
    PersonFacts { id, name: String::new(), unit, manager: None, role, active: true }
}

fn directory(change: impl FnOnce(&mut Vec<UnitFacts>, &mut Vec<PersonFacts>)) -> Directory {
    let mut units = vec![
        unit(COMPANY, None, UnitKind::Company, &[CEO]),
        unit(SALES, Some(COMPANY), UnitKind::Department, &[SALES_LEAD]),
        unit(NORTH, Some(SALES), UnitKind::Team, &[NORTH_LEAD]),
        unit(TECH, Some(COMPANY), UnitKind::Department, &[]),
    ];
    units[1].supervisors.push(SUPERVISOR);
    let mut people = vec![
        person(CEO, COMPANY, Role::Member),
        person(HR, COMPANY, Role::Admin),
        person(SALES_LEAD, SALES, Role::Member),
        person(NORTH_LEAD, NORTH, Role::Member),
        person(REP, NORTH, Role::Member),
        person(COLLEAGUE, NORTH, Role::Member),
        person(ENGINEER, TECH, Role::Member),
        person(SUPERVISOR, TECH, Role::Member),
        person(BOARD, COMPANY, Role::Viewer),
        person(MENTOR, TECH, Role::Member),
    ];
    people.iter_mut().filter(|person| person.id == REP).for_each(|rep| rep.manager = Some(MENTOR));
    change(&mut units, &mut people);
    Directory::new(1, units, people)
}

fn actor(person: PersonId, directory: &Directory) -> Actor {
    Actor {
        organization: OrganizationId(Uuid::nil()),
        person,
        account: None,
        session: None,
        role: directory.person(person).unwrap().role,
        today: TODAY,
        directory: Arc::new(directory.clone()),
    }
}

/// The rep's goal in the north team.
fn goal(visibility: Visibility, people: &[(PersonId, Participation)]) -> GoalAccess<'_> {
    GoalAccess { kind: GoalKind::Kpi, unit: NORTH, owner: REP, visibility, people }
}

fn those_who(action: Action, directory: &Directory, goal: &GoalAccess<'_>) -> Vec<PersonId> {
    let everyone = [CEO, HR, SALES_LEAD, NORTH_LEAD, REP, COLLEAGUE, ENGINEER, SUPERVISOR, BOARD, MENTOR].into_iter();
    everyone.filter(|person| allows(&actor(*person, directory), action, goal).is_some()).collect()
}

fn usual() -> Directory {
    directory(|_, _| ())
}

#[test]
fn a_public_goal_is_seen_by_all() {
    assert_eq!(those_who(Action::See, &usual(), &goal(Visibility::Public, &[])).len(), 10);
}

#[test]
fn an_internal_goal_is_seen_by_its_unit_and_below_the_lead_line_and_supervisors() {
    let seen = those_who(Action::See, &usual(), &goal(Visibility::Internal, &[]));
    assert_eq!(seen, [CEO, HR, SALES_LEAD, NORTH_LEAD, REP, COLLEAGUE, SUPERVISOR, MENTOR]);
    let of_sales = GoalAccess { unit: SALES, owner: SALES_LEAD, ..goal(Visibility::Internal, &[]) };
    let seen = those_who(Action::See, &usual(), &of_sales);
    assert_eq!(seen, [CEO, HR, SALES_LEAD, NORTH_LEAD, REP, COLLEAGUE, SUPERVISOR], "the units below see it");
}

#[test]
fn a_restricted_goal_is_seen_by_those_who_take_part_their_lead_line_and_hr() {
    let seen = those_who(Action::See, &usual(), &goal(Visibility::Restricted, &[]));
    assert_eq!(seen, [CEO, HR, SALES_LEAD, NORTH_LEAD, REP, MENTOR]);
    for how in [Participation::Contributor, Participation::Follower, Participation::Watcher] {
        let people = [(ENGINEER, how)];
        let seen = those_who(Action::See, &usual(), &goal(Visibility::Restricted, &people));
        assert!(seen.contains(&ENGINEER) && !seen.contains(&COLLEAGUE) && !seen.contains(&SUPERVISOR), "{how}");
    }
}

#[test]
fn the_lead_line_is_leads_of_the_unit_and_above_and_the_owners_managers_up_the_line() {
    let edited = those_who(Action::Edit, &usual(), &goal(Visibility::Public, &[]));
    assert_eq!(edited, [CEO, HR, SALES_LEAD, NORTH_LEAD, REP, MENTOR]);
}

#[test]
fn the_unit_may_keep_owners_from_editing() {
    let strict = directory(|units, _| units[2].switches.owners_may_edit = Some(false));
    assert!(!those_who(Action::Edit, &strict, &goal(Visibility::Public, &[])).contains(&REP));
    let key_results = directory(|units, _| units[2].switches.owners_may_edit_key_results = Some(false));
    assert!(those_who(Action::Edit, &key_results, &goal(Visibility::Public, &[])).contains(&REP));
    let key_result = GoalAccess { kind: GoalKind::KeyResult, ..goal(Visibility::Public, &[]) };
    assert!(!those_who(Action::Edit, &key_results, &key_result).contains(&REP));
}

#[test]
fn supervisors_edit_where_the_unit_allows() {
    let open = directory(|units, _| units[2].switches.supervisors_may_edit = Some(true));
    assert!(those_who(Action::Edit, &open, &goal(Visibility::Public, &[])).contains(&SUPERVISOR));
    assert!(!those_who(Action::Edit, &usual(), &goal(Visibility::Public, &[])).contains(&SUPERVISOR));
}

#[test]
fn an_owner_submits_and_never_approves_alone() {
    let goal = goal(Visibility::Public, &[]);
    assert_eq!(those_who(Action::Submit, &usual(), &goal), [REP]);
    assert_eq!(those_who(Action::Approve, &usual(), &goal), [CEO, HR, SALES_LEAD, NORTH_LEAD, MENTOR]);
    let of_hr = GoalAccess { owner: HR, unit: COMPANY, ..goal };
    assert!(!those_who(Action::Approve, &usual(), &of_hr).contains(&HR));
}

#[test]
fn owner_and_contributors_check_in_the_lead_line_and_hr_on_behalf() {
    let people = [(ENGINEER, Participation::Contributor), (COLLEAGUE, Participation::Follower)];
    let checked = those_who(Action::CheckIn, &usual(), &goal(Visibility::Public, &people));
    assert_eq!(checked, [CEO, HR, SALES_LEAD, NORTH_LEAD, REP, ENGINEER, MENTOR]);
}

#[test]
fn viewers_look_on() {
    let own = GoalAccess { owner: BOARD, unit: COMPANY, ..goal(Visibility::Public, &[]) };
    for action in Action::ALL {
        let may = those_who(*action, &usual(), &own).contains(&BOARD);
        assert_eq!(may, matches!(action, Action::See | Action::ViewHistory), "{action:?}");
    }
}

/// The usual company, with the north lead's rights in the engineer's hands from yesterday to tomorrow.
fn away(rights: &[DelegatedRight], days: std::ops::RangeInclusive<i64>) -> Directory {
    let day = |offset: i64| TODAY + chrono::Duration::days(offset);
    usual().with_delegations(vec![DelegationFacts {
        lead: NORTH_LEAD,
        delegate: ENGINEER,
        rights: rights.to_vec(),
        first: day(*days.start()),
        last: day(*days.end()),
    }])
}

#[test]
fn a_delegate_has_the_rights_that_were_handed_to_them_and_sees_what_they_take() {
    let restricted = goal(Visibility::Restricted, &[]);
    let rules = |rights: &[DelegatedRight]| {
        let engineer = actor(ENGINEER, &away(rights, -1..=1));
        [Action::See, Action::Approve, Action::CheckIn, Action::Edit]
            .map(|action| allows(&engineer, action, &restricted))
    };
    let delegate = Some(Rule::Delegate);
    assert_eq!(rules(&[DelegatedRight::Approve]), [delegate, delegate, None, None]);
    assert_eq!(rules(&[DelegatedRight::CheckIn]), [delegate, None, delegate, None]);
    assert_eq!(rules(&[DelegatedRight::Review]), [delegate, None, None, None]);
    let engineer = actor(ENGINEER, &away(&[DelegatedRight::Approve], -1..=1));
    assert_eq!(delegated_by(&engineer, Action::Approve, &restricted), Some(NORTH_LEAD));
}

#[test]
fn a_delegation_holds_from_its_first_day_to_its_last() {
    let restricted = goal(Visibility::Restricted, &[]);
    for (days, holds) in [(0..=0, true), (-5..=0, true), (0..=5, true), (1..=5, false), (-5..=-1, false)] {
        let engineer = actor(ENGINEER, &away(&[DelegatedRight::Approve], days.clone()));
        assert_eq!(allows(&engineer, Action::Approve, &restricted).is_some(), holds, "{days:?}");
        assert_eq!(allows(&engineer, Action::See, &restricted).is_some(), holds, "{days:?}");
    }
}

#[test]
fn a_delegate_approves_no_goal_of_their_own_and_none_of_the_leads() {
    let all = DelegatedRight::ALL;
    let engineer = actor(ENGINEER, &away(&all, 0..=0));
    let own = GoalAccess { owner: ENGINEER, ..goal(Visibility::Public, &[]) };
    assert_eq!(allows(&engineer, Action::Approve, &own), None);
    let leads = GoalAccess { owner: NORTH_LEAD, ..goal(Visibility::Public, &[]) };
    assert_eq!(allows(&engineer, Action::Approve, &leads), None, "the lead could not either");
    assert_eq!(allows(&engineer, Action::CheckIn, &leads), Some(Rule::Delegate));
}

#[test]
fn reviews_are_for_the_lead_line_hr_and_who_stands_for_one_of_them() {
    let directory = away(&[DelegatedRight::Review], 0..=0);
    let rule = |who, whom| may_review(&actor(who, &directory), whom);
    assert_eq!(rule(NORTH_LEAD, REP), Some(Rule::LeadLine));
    assert_eq!(rule(HR, REP), Some(Rule::Admin));
    assert_eq!(rule(ENGINEER, COLLEAGUE), Some(Rule::Delegate));
    assert_eq!(rule(COLLEAGUE, REP), None, "peers never");
    assert_eq!(rule(REP, REP), None);
    assert_eq!(rule(ENGINEER, NORTH_LEAD), None, "not the lead themself");
    let without = away(&[DelegatedRight::Approve], 0..=0);
    assert_eq!(may_review(&actor(ENGINEER, &without), COLLEAGUE), None);
}

#[test]
fn what_is_not_allowed_says_why() {
    let open = goal(Visibility::Public, &[]);
    let strict = directory(|units, _| units[0].switches.owners_may_edit = Some(false));
    let why = |who, directory: &Directory, action| why_not(&actor(who, directory), action, &open);
    assert_eq!(why(REP, &strict, Action::Edit), Some(WhyNot::UnitForbidsOwners), "said by the company, far above");
    assert_eq!(why(REP, &usual(), Action::Edit), None);
    assert_eq!(why(SUPERVISOR, &usual(), Action::Edit), Some(WhyNot::UnitForbidsSupervisors));
    assert_eq!(why(REP, &usual(), Action::Approve), Some(WhyNot::OwnGoal));
    assert_eq!(why(NORTH_LEAD, &usual(), Action::Submit), Some(WhyNot::NotOwner));
    assert_eq!(why(BOARD, &usual(), Action::Comment), Some(WhyNot::Viewer));
    assert_eq!(why(ENGINEER, &usual(), Action::CheckIn), Some(WhyNot::NoRelation));
    assert_eq!(why(REP, &usual(), Action::CheckInOnBehalf), Some(WhyNot::OwnGoal));
}

#[test]
fn goals_are_made_by_scope() {
    let directory = usual();
    let makers = |scope, unit, owner| -> Vec<PersonId> {
        let goal = GoalAccess { unit, owner, ..goal(Visibility::Public, &[]) };
        let everyone = [CEO, HR, SALES_LEAD, NORTH_LEAD, REP, COLLEAGUE, SUPERVISOR, BOARD];
        everyone.into_iter().filter(|who| may_create(&actor(*who, &directory), scope, &goal).is_some()).collect()
    };
    assert_eq!(makers(Scope::Company, COMPANY, CEO), [CEO, HR]);
    assert_eq!(makers(Scope::Department, SALES, SALES_LEAD), [CEO, HR, SALES_LEAD]);
    assert_eq!(makers(Scope::Team, NORTH, NORTH_LEAD), [CEO, HR, SALES_LEAD, NORTH_LEAD]);
    assert_eq!(makers(Scope::Person, NORTH, COLLEAGUE), [CEO, HR, SALES_LEAD, NORTH_LEAD, COLLEAGUE]);
}

#[test]
fn a_person_without_a_named_manager_is_managed_by_the_nearest_lead_never_by_themself() {
    let directory = usual();
    assert_eq!(directory.manager_of(COLLEAGUE), Some(NORTH_LEAD));
    assert_eq!(directory.manager_of(NORTH_LEAD), Some(SALES_LEAD));
    assert_eq!(directory.manager_of(SALES_LEAD), Some(CEO));
    assert_eq!(directory.manager_of(CEO), None);
    assert_eq!(directory.manager_of(REP), Some(MENTOR));
    assert_eq!(directory.manager_of(ENGINEER), Some(CEO), "a department without a lead");
}

#[test]
fn a_manager_who_has_left_manages_nobody() {
    let left = directory(|_, people| {
        people.iter_mut().filter(|person| person.id == MENTOR).for_each(|mentor| mentor.active = false);
    });
    assert_eq!(left.manager_of(REP), Some(NORTH_LEAD));
}

#[test]
fn a_ring_of_managers_is_found_and_hangs_nothing() {
    let ring = directory(|_, people| {
        people.iter_mut().filter(|person| person.id == MENTOR).for_each(|mentor| mentor.manager = Some(REP));
    });
    assert_eq!(ring.managers_of(REP), [MENTOR]);
    assert_eq!(usual().manager_loop(MENTOR, REP), [MENTOR, REP, MENTOR]);
    assert!(usual().manager_loop(REP, CEO).is_empty());
}

#[test]
fn phases_allow_what_the_table_says() {
    use crate::domain::words::Phase::*;
    let rows = [
        (Draft, [false, false, false], [true, true, false]),
        (Planning, [true, true, false], [true, true, false]),
        (Active, [true, true, true], [true, true, true]),
        (Review, [false, false, true], [true, true, true]),
        (Closed, [false, false, false], [false, false, false]),
    ];
    let acts = [PhaseAct::MakeGoals, PhaseAct::ChangeGoals, PhaseAct::CheckIn];
    for (phase, others, admins) in rows {
        assert_eq!(acts.map(|act| phase_allows(phase, act, false)), others, "{phase}");
        assert_eq!(acts.map(|act| phase_allows(phase, act, true)), admins, "{phase} for HR");
    }
}

//! For whom goals are made: a unit's members.

use super::Bulk;
use crate::domain::access::Directory;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::limits;
use crate::domain::text::fold;
use crate::domain::words::Role;
use crate::error::{Code, Faults};
use std::collections::HashMap;

/// Someone who belongs to the unit.
pub(super) struct Member {
    pub(super) person: PersonId,
    pub(super) name: String,
    /// The unit that their goal lies in: their home, else the one that they work in.
    pub(super) unit: UnitId,
    pub(super) is_viewer: bool,
    /// Left out on purpose, for a reason where one was said.
    pub(super) is_left_out: bool,
    pub(super) reason: Option<String>,
}

impl Member {
    /// Whether they could get a goal.
    pub(super) const fn is_meant(&self) -> bool {
        !self.is_viewer && !self.is_left_out
    }
}

/// The active members by name, those who are left out included.
pub(super) fn members(directory: &Directory, bulk: &Bulk, faults: &mut Faults) -> Vec<Member> {
    let mut members = of_unit(directory, bulk);
    leave_out(&mut members, bulk, faults);
    let most = limits::BULK_GOALS;
    let meant = members.iter().filter(|member| member.is_meant()).count();
    faults.check(meant <= most, "/unit_id", Code::TooMany.with("most", most));
    let there = directory.unit(bulk.unit_id).is_some();
    faults.check(there, "/unit_id", Code::NoSuchReference);
    faults.check(meant > 0 || !there, "/unit_id", Code::NoMembers);
    members
}

fn of_unit(directory: &Directory, bulk: &Bulk) -> Vec<Member> {
    let is_inside = |unit: UnitId| unit == bulk.unit_id || (!bulk.unit_only && directory.lies_in(unit, bulk.unit_id));
    let mut units: HashMap<PersonId, UnitId> = HashMap::new();
    if !bulk.home_only {
        let mut inside: Vec<_> = directory.units().filter(|unit| is_inside(unit.id)).collect();
        // Of several units the one that was asked for, else the first by name.
        inside.sort_by_key(|unit| (unit.id != bulk.unit_id, &unit.name, unit.id));
        for unit in inside.into_iter().rev() {
            units.extend(unit.members.iter().map(|person| (*person, unit.id)));
        }
    }
    units.extend(directory.people().filter(|person| is_inside(person.unit)).map(|person| (person.id, person.unit)));
    let member = |(person, unit): (PersonId, UnitId)| {
        let facts = directory.person(person).filter(|facts| facts.active)?;
        let is_viewer = facts.role == Role::Viewer;
        Some(Member { person, name: facts.name.clone(), unit, is_viewer, is_left_out: false, reason: None })
    };
    let mut members: Vec<Member> = units.into_iter().filter_map(member).collect();
    members.sort_by_cached_key(|member| (fold(&member.name), member.person));
    members
}

fn leave_out(members: &mut [Member], bulk: &Bulk, faults: &mut Faults) {
    let most = limits::BULK_GOALS;
    faults.check(bulk.left_out.len() <= most, "/left_out", Code::TooMany.with("most", most));
    for (index, left_out) in bulk.left_out.iter().enumerate().take(most) {
        let (at, why) = (format!("/left_out/{index}/person_id"), format!("/left_out/{index}/reason"));
        let reason = faults.optional_text(&why, left_out.reason.as_deref(), limits::REASON);
        match members.iter_mut().find(|member| member.person == left_out.person_id) {
            None => faults.add(at, Code::NotAMember),
            Some(member) if member.is_left_out => faults.add(at, Code::Duplicate),
            Some(member) => (member.is_left_out, member.reason) = (true, reason),
        }
    }
}

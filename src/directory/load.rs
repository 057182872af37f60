//! Reading units, people and memberships into a directory.

use crate::db::Conn;
use crate::db::schema::{delegations, people, unit_members, units};
use crate::domain::access::{DelegationFacts, Directory, PersonFacts, Switches, UnitFacts};
use crate::domain::ids::{OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::words::{DelegatedRight, Role, UnitKind, UnitRole, Visibility};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = units)]
struct UnitRow {
    id: UnitId,
    parent_id: Option<UnitId>,
    kind: UnitKind,
    code: String,
    name: String,
    supervisors_may_create: Option<bool>,
    supervisors_may_edit: Option<bool>,
    owners_may_edit: Option<bool>,
    owners_may_delete: Option<bool>,
    owners_may_edit_key_results: Option<bool>,
    okr_visibility: Option<Visibility>,
    kpi_visibility: Option<Visibility>,
    review_visibility: Option<Visibility>,
}

impl UnitRow {
    const fn switches(&self) -> Switches {
        Switches {
            supervisors_may_create: self.supervisors_may_create,
            supervisors_may_edit: self.supervisors_may_edit,
            owners_may_edit: self.owners_may_edit,
            owners_may_delete: self.owners_may_delete,
            owners_may_edit_key_results: self.owners_may_edit_key_results,
            okr_visibility: self.okr_visibility,
            kpi_visibility: self.kpi_visibility,
            review_visibility: self.review_visibility,
        }
    }
}

type PersonRow = (PersonId, String, UnitId, Option<PersonId>, Role, Option<Instant>);
type MemberRow = (UnitId, PersonId, UnitRole);

pub(super) fn directory(conn: &mut Conn, organization: OrganizationId, revision: i64) -> QueryResult<Directory> {
    let units: Vec<UnitRow> =
        units::table.filter(units::organization_id.eq(organization)).select(UnitRow::as_select()).load(conn)?;
    let people: Vec<PersonRow> = people::table
        .filter(people::organization_id.eq(organization))
        .select((
            people::id,
            people::display_name,
            people::unit_id,
            people::manager_id,
            people::role,
            people::deactivated_at,
        ))
        .load(conn)?;
    // By name, so that "the lead" of a unit with several is always the same one.
    let members: Vec<MemberRow> =
        unit_members::table
            .inner_join(people::table.on(
                people::organization_id.eq(unit_members::organization_id).and(people::id.eq(unit_members::person_id)),
            ))
            .filter(unit_members::organization_id.eq(organization))
            .order((people::name_folded, people::id))
            .select((unit_members::unit_id, unit_members::person_id, unit_members::role))
            .load(conn)?;
    let people = people.into_iter().map(person).collect();
    let directory = Directory::new(revision, with_members(units, members), people);
    Ok(directory.with_delegations(delegations(conn, organization)?))
}

/// What was handed to whom and not ended since; the days decide when it holds.
fn delegations(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<DelegationFacts>> {
    let rows: Vec<(PersonId, PersonId, bool, bool, bool, NaiveDate, NaiveDate)> = delegations::table
        .filter(delegations::organization_id.eq(organization).and(delegations::ended_at.is_null()))
        .order(delegations::id)
        .select((
            delegations::lead_id,
            delegations::delegate_id,
            delegations::check_in,
            delegations::approve,
            delegations::review,
            delegations::first_on,
            delegations::last_on,
        ))
        .load(conn)?;
    let facts = |(lead, delegate, check_in, approve, review, first, last)| {
        let rights = DelegatedRight::those((check_in, approve, review));
        DelegationFacts { lead, delegate, rights, first, last }
    };
    Ok(rows.into_iter().map(facts).collect())
}

fn person((id, name, unit, manager, role, deactivated_at): PersonRow) -> PersonFacts {
    PersonFacts { id, name, unit, manager, role, active: deactivated_at.is_none() }
}

fn with_members(units: Vec<UnitRow>, members: Vec<MemberRow>) -> Vec<UnitFacts> {
    let mut by_unit: HashMap<UnitId, Vec<(PersonId, UnitRole)>> = HashMap::new();
    for (unit, person, role) in members {
        by_unit.entry(unit).or_default().push((person, role));
    }
    let of_role = |members: &[(PersonId, UnitRole)], role: UnitRole| {
        members.iter().filter(|(_, has)| *has == role).map(|(person, _)| *person).collect()
    };
    units
        .into_iter()
        .map(|unit| {
            let members = by_unit.remove(&unit.id).unwrap_or_default();
            UnitFacts {
                id: unit.id,
                parent: unit.parent_id,
                kind: unit.kind,
                switches: unit.switches(),
                code: unit.code,
                name: unit.name,
                leads: of_role(&members, UnitRole::Lead),
                supervisors: of_role(&members, UnitRole::Supervisor),
                members: of_role(&members, UnitRole::Member),
            }
        })
        .collect()
}

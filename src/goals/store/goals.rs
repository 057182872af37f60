//! `goals` and `goal_people`.

use crate::db::schema::{change_requests, goal_people, goals};
use crate::db::{Conn, native};
use crate::domain::amount::Weight;
use crate::domain::ids::{CycleId, ForestId, GoalId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::{ChangeState, Participation, State};
use crate::goals::model::{Goal, GoalPerson};
use diesel::prelude::*;

/// A goal.
pub(in crate::goals) fn find(conn: &mut Conn, organization: OrganizationId, id: GoalId) -> QueryResult<Option<Goal>> {
    goals::table.find((organization, id)).select(Goal::as_select()).first(conn).optional()
}

/// All goals of a forest.
pub(in crate::goals) fn in_forest(
    conn: &mut Conn,
    organization: OrganizationId,
    forest: ForestId,
) -> QueryResult<Vec<Goal>> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::forest_id.eq(forest)))
        .select(Goal::as_select())
        .load(conn)
}

/// The goals that someone owns and that are neither completed nor cancelled, by id.
pub(in crate::goals) fn open_of_owner(
    conn: &mut Conn,
    organization: OrganizationId,
    owner: PersonId,
) -> QueryResult<Vec<Goal>> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::owner_id.eq(owner)))
        .filter(goals::state.ne(State::Completed).and(goals::state.ne(State::Cancelled)))
        .order(goals::id)
        .select(Goal::as_select())
        .load(conn)
}

/// The goals that someone contributes to and that are neither completed nor cancelled, by id.
pub(in crate::goals) fn open_of_contributor(
    conn: &mut Conn,
    organization: OrganizationId,
    person: PersonId,
) -> QueryResult<Vec<Goal>> {
    let contributing = goal_people::table
        .filter(goal_people::organization_id.eq(organization).and(goal_people::person_id.eq(person)))
        .filter(goal_people::participation.eq(Participation::Contributor))
        .select(goal_people::goal_id);
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::id.eq_any(contributing)))
        .filter(goals::state.ne(State::Completed).and(goals::state.ne(State::Cancelled)))
        .order(goals::id)
        .select(Goal::as_select())
        .load(conn)
}

/// The goals that are submitted or have a change that waits, by id, each with its owner.
pub(in crate::goals) fn waiting(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<(GoalId, PersonId)>> {
    let asked = change_requests::table
        .filter(change_requests::organization_id.eq(organization))
        .filter(change_requests::state.eq(ChangeState::Pending))
        .select(change_requests::goal_id);
    goals::table
        .filter(goals::organization_id.eq(organization))
        .filter(goals::state.eq(State::PendingApproval).or(goals::id.eq_any(asked)))
        .order(goals::id)
        .select((goals::id, goals::owner_id))
        .load(conn)
}

/// The goals of cycles that people own and that were agreed upon, by id.
pub(in crate::goals) fn owned(
    conn: &mut Conn,
    organization: OrganizationId,
    cycles: &[CycleId],
    owners: &[PersonId],
) -> QueryResult<Vec<Goal>> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::cycle_id.eq_any(cycles)))
        .filter(goals::owner_id.eq_any(owners))
        .filter(goals::state.ne(State::Draft).and(goals::state.ne(State::PendingApproval)))
        .order(goals::id)
        .select(Goal::as_select())
        .load(conn)
}

/// Those who own a goal of a cycle that is agreed upon and not cancelled.
pub(in crate::goals) fn owners_in(
    conn: &mut Conn,
    organization: OrganizationId,
    cycle: CycleId,
) -> QueryResult<Vec<PersonId>> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::cycle_id.eq(cycle)))
        .filter(goals::state.eq_any([State::Active, State::OnHold, State::Completed]))
        .select(goals::owner_id)
        .distinct()
        .order(goals::owner_id)
        .load(conn)
}

/// The review weights of someone's goals in a cycle, cancelled ones left out.
pub(in crate::goals) fn review_weights(
    conn: &mut Conn,
    organization: OrganizationId,
    owner: PersonId,
    cycle: CycleId,
) -> QueryResult<Vec<Weight>> {
    goals::table
        .filter(goals::organization_id.eq(organization).and(goals::owner_id.eq(owner)))
        .filter(goals::cycle_id.eq(cycle).and(goals::state.ne(State::Cancelled)))
        .select(goals::review_weight)
        .load(conn)
}

/// Adds a goal.
pub(in crate::goals) fn insert(conn: &mut Conn, goal: &Goal) -> QueryResult<()> {
    diesel::insert_into(goals::table).values(goal).execute(conn).map(drop)
}

/// Changes a goal that still has the version before; 0 rows where it has not.
pub(in crate::goals) fn update(conn: &mut Conn, goal: &Goal, before: i64) -> QueryResult<usize> {
    diesel::update(goals::table.find((goal.organization_id, goal.id)).filter(goals::version.eq(before)))
        .set(goal)
        .execute(conn)
}

/// Moves a goal's version on: something beside the goal's own row changed that its editors should know of.
pub(in crate::goals) fn touch(conn: &mut Conn, goal: &Goal, now: Instant) -> QueryResult<()> {
    diesel::update(goals::table.find((goal.organization_id, goal.id)))
        .set((goals::version.eq(goals::version + 1), goals::updated_at.eq(now)))
        .execute(conn)
        .map(drop)
}

/// Deletes a goal's row.
pub(in crate::goals) fn delete(conn: &mut Conn, organization: OrganizationId, id: GoalId) -> QueryResult<()> {
    diesel::delete(goals::table.find((organization, id))).execute(conn).map(drop)
}

/// Those who take part in a goal.
pub(in crate::goals) fn people(
    conn: &mut Conn,
    organization: OrganizationId,
    id: GoalId,
) -> QueryResult<Vec<(PersonId, Participation)>> {
    goal_people::table
        .filter(goal_people::organization_id.eq(organization).and(goal_people::goal_id.eq(id)))
        .order((goal_people::participation, goal_people::person_id))
        .select((goal_people::person_id, goal_people::participation))
        .load(conn)
}

/// Those who take part in the goals of a forest.
pub(in crate::goals) fn people_of_forest(
    conn: &mut Conn,
    organization: OrganizationId,
    forest: ForestId,
) -> QueryResult<Vec<(GoalId, PersonId, Participation)>> {
    let of_forest = goals::organization_id.eq(goal_people::organization_id).and(goals::id.eq(goal_people::goal_id));
    goal_people::table
        .inner_join(goals::table.on(of_forest))
        .filter(goal_people::organization_id.eq(organization).and(goals::forest_id.eq(forest)))
        .select((goal_people::goal_id, goal_people::person_id, goal_people::participation))
        .load(conn)
}

/// Replaces all those who take part in a goal.
pub(in crate::goals) fn set_people(
    conn: &mut Conn,
    organization_id: OrganizationId,
    goal_id: GoalId,
    people: &[(PersonId, Participation)],
) -> QueryResult<()> {
    let of_goal = goal_people::organization_id.eq(organization_id).and(goal_people::goal_id.eq(goal_id));
    diesel::delete(goal_people::table.filter(of_goal)).execute(conn)?;
    let row = |(person_id, participation): &(PersonId, Participation)| GoalPerson {
        organization_id,
        goal_id,
        person_id: *person_id,
        participation: *participation,
    };
    let rows: Vec<_> = people.iter().map(row).collect();
    if !rows.is_empty() {
        native!(conn, |each| diesel::insert_into(goal_people::table).values(&rows).execute(each))?;
    }
    Ok(())
}

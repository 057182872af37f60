//! Many goals in few queries.

use crate::db::schema::{forests, goal_links, goal_people, goals};
use crate::db::{Conn, ForestRow};
use crate::domain::ids::{CycleId, ForestId, GoalId, MetricId, OrganizationId, PersonId};
use crate::domain::words::{GoalKind, Scope, State};
use crate::goals::model::{Goal, GoalPerson};
use diesel::prelude::*;

/// The forests that goals belong to, in the order of their ids.
pub(in crate::goals) fn forests_of(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[GoalId],
) -> QueryResult<Vec<ForestId>> {
    goals::table
        .filter(goals::organization_id.eq(organization))
        .filter(goals::id.eq_any(ids))
        .select(goals::forest_id)
        .distinct()
        .order(goals::forest_id)
        .load(conn)
}

/// The goals with these ids, in no order.
pub(in crate::goals) fn by_ids(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[GoalId],
) -> QueryResult<Vec<Goal>> {
    goals::table
        .filter(goals::organization_id.eq(organization))
        .filter(goals::id.eq_any(ids))
        .select(Goal::as_select())
        .load(conn)
}

/// The same, each with its forest's revisions of the same moment.
pub(in crate::goals) fn with_forests(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[GoalId],
) -> QueryResult<Vec<(Goal, ForestRow)>> {
    let its_forest = forests::organization_id.eq(goals::organization_id).and(forests::id.eq(goals::forest_id));
    goals::table
        .inner_join(forests::table.on(its_forest))
        .filter(goals::organization_id.eq(organization))
        .filter(goals::id.eq_any(ids))
        .select((Goal::as_select(), ForestRow::as_select()))
        .load(conn)
}

/// Those who take part in goals.
pub(in crate::goals) fn people_by_goal(
    conn: &mut Conn,
    organization: OrganizationId,
    ids: &[GoalId],
) -> QueryResult<Vec<GoalPerson>> {
    goal_people::table
        .filter(goal_people::organization_id.eq(organization))
        .filter(goal_people::goal_id.eq_any(ids))
        .select(GoalPerson::as_select())
        .load(conn)
}

/// The KPI goals of people themselves on a metric in a cycle, cancelled ones left out, whose place in the tree is under
/// this goal, or under none; each with its owner, the oldest first.
pub(in crate::goals) fn kpis_under(
    conn: &mut Conn,
    organization: OrganizationId,
    (cycle, metric): (CycleId, MetricId),
    parent: Option<GoalId>,
    owners: &[PersonId],
) -> QueryResult<Vec<(PersonId, GoalId)>> {
    let place = goal_links::organization_id
        .eq(goals::organization_id)
        .and(goal_links::child_id.eq(goals::id))
        .and(goal_links::is_primary.eq(true));
    let found: Vec<(PersonId, GoalId, Option<GoalId>)> = goals::table
        .left_join(goal_links::table.on(place))
        .filter(goals::organization_id.eq(organization))
        .filter(goals::cycle_id.eq(cycle).and(goals::metric_id.eq(metric)))
        .filter(goals::kind.eq(GoalKind::Kpi).and(goals::scope.eq(Scope::Person)))
        .filter(goals::state.ne(State::Cancelled).and(goals::owner_id.eq_any(owners)))
        .order(goals::id)
        .select((goals::owner_id, goals::id, goal_links::parent_id.nullable()))
        .load(conn)?;
    let those = found.into_iter().filter(|(.., above)| *above == parent);
    Ok(those.map(|(owner, goal, _)| (owner, goal)).collect())
}

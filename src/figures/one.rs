//! One goal with its figures: what other features answer with.

use super::cache::{Forests, Scene};
use super::node::Node;
use super::paint::Painter;
use super::sight::Sight;
use crate::db::schema::{forests, goals};
use crate::db::{ForestRow, Tx};
use crate::domain::access::Actor;
use crate::domain::ids::GoalId;
use crate::domain::words::Locale;
use crate::error::{Error, Result};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A goal with its figures as they are now, if the actor may see it. In a transaction that only reads.
pub fn goal_node(tx: &mut Tx<'_>, forests: &Forests, goal: GoalId) -> Result<Node> {
    with_goal(tx, forests, goal, None, |tx, sight| {
        Painter::nodes(tx, sight, &[goal])?.pop().ok_or_else(Error::not_found)
    })
}

/// A goal that someone wants to see.
#[derive(Debug)]
pub struct Viewed {
    /// Who.
    pub viewer: Actor,
    /// In which language.
    pub locale: Locale,
    /// Which goal.
    pub goal: GoalId,
}

/// A goal and every goal above it, the nearest first.
pub type WithAncestors = (Node, Vec<Node>);

/// A goal and every goal above it that the actor may see, through all links, the nearest first: what a check-in
/// moved. In a transaction that only reads.
pub fn goal_with_ancestors(tx: &mut Tx<'_>, forests: &Forests, goal: GoalId) -> Result<WithAncestors> {
    let viewed = Viewed { viewer: tx.actor.clone(), locale: tx.locale, goal };
    goals_with_ancestors(tx, forests, &[viewed])?.pop().ok_or_else(Error::not_found)?
}

/// The same for several goals at once, each for its own viewer.
pub fn goals_with_ancestors(
    tx: &mut Tx<'_>,
    forests: &Forests,
    viewed: &[Viewed],
) -> Result<Vec<Result<WithAncestors>>> {
    let ids: Vec<GoalId> = viewed.iter().map(|one| one.goal).collect();
    let rows = forests_of(tx, &ids)?;
    forests.look_at(tx, rows, None, |tx, scenes| {
        let scene_of = |goal: GoalId| scenes.iter().find(|scene| scene.now.forest.goal(goal).is_some());
        let wanted = viewed.iter().filter_map(|Viewed { viewer, locale, goal }| {
            let sight = Sight::of(viewer.clone(), *locale, scene_of(*goal)?, tx.today());
            let line = std::iter::once(*goal).chain(sight.above(*goal)).collect();
            Some((sight, line))
        });
        let wanted: Vec<(Sight<'_>, Vec<GoalId>)> = wanted.collect();
        let mut painted = Painter::nodes_of_each(tx, &wanted)?.into_iter();
        let one = |Viewed { goal, .. }: &Viewed| {
            let nodes = scene_of(*goal).and_then(|_| painted.next()).unwrap_or_default();
            let mut nodes = nodes.into_iter();
            let node = nodes.next().filter(|node| node.id == *goal).ok_or_else(Error::not_found)?;
            Ok((node, nodes.collect()))
        };
        Ok(viewed.iter().map(one).collect())
    })
}

/// Looks at the forest of a goal that the actor may see, on a day.
pub(super) fn with_goal<T>(
    tx: &mut Tx<'_>,
    forests: &Forests,
    goal: GoalId,
    as_of: Option<NaiveDate>,
    show: impl FnOnce(&mut Tx<'_>, &Sight<'_>) -> Result<T>,
) -> Result<T> {
    let rows = forests_of(tx, &[goal])?;
    forests.look_at(tx, rows, as_of, |tx, scenes| {
        let sight = Sight::new(tx, only(scenes)?);
        if sight.sees(goal) { show(tx, &sight) } else { Err(Error::not_found()) }
    })
}

/// The one forest that was asked for.
pub(super) fn only<'s, 'a>(scenes: &'s [Scene<'a>]) -> Result<&'s Scene<'a>> {
    scenes.first().ok_or_else(Error::not_found)
}

/// The forests that goals are in, whoever may see them.
fn forests_of(tx: &mut Tx<'_>, ids: &[GoalId]) -> Result<Vec<ForestRow>> {
    let with_one = goals::organization_id.eq(tx.organization()).and(goals::id.eq_any(ids));
    let its_forest = forests::organization_id.eq(goals::organization_id).and(forests::id.eq(goals::forest_id));
    let rows = goals::table.inner_join(forests::table.on(its_forest)).filter(with_one);
    Ok(rows.select(ForestRow::as_select()).distinct().load(tx.conn)?)
}

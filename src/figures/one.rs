//! One goal with its figures: what other features answer with.

use super::cache::{Forests, Scene};
use super::node::Node;
use super::paint::Painter;
use super::sight::Sight;
use crate::db::Tx;
use crate::db::schema::goals;
use crate::domain::ids::{ForestId, GoalId};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A goal with its figures as they are now, if the actor may see it. In a transaction that only reads.
pub fn goal_node(tx: &mut Tx<'_>, forests: &Forests, goal: GoalId) -> Result<Node> {
    with_goal(tx, forests, goal, None, |tx, sight| {
        Painter::nodes(tx, sight, &[goal])?.pop().ok_or_else(Error::not_found)
    })
}

/// A goal and every goal above it that the actor may see, through all links, the nearest first: what a check-in
/// moved. In a transaction that only reads.
pub fn goal_with_ancestors(tx: &mut Tx<'_>, forests: &Forests, goal: GoalId) -> Result<(Node, Vec<Node>)> {
    with_goal(tx, forests, goal, None, |tx, sight| {
        let node = Painter::nodes(tx, sight, &[goal])?.pop().ok_or_else(Error::not_found)?;
        Ok((node, Painter::nodes(tx, sight, &sight.above(goal))?))
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
    let forest = forest_of(tx, goal)?;
    forests.look(tx, &[forest], as_of, |tx, scenes| {
        let sight = Sight::new(tx, only(scenes)?);
        if sight.sees(goal) { show(tx, &sight) } else { Err(Error::not_found()) }
    })
}

/// The one forest that was asked for.
pub(super) fn only<'s, 'a>(scenes: &'s [Scene<'a>]) -> Result<&'s Scene<'a>> {
    scenes.first().ok_or_else(Error::not_found)
}

/// The forest that a goal is in, whoever may see it.
fn forest_of(tx: &mut Tx<'_>, goal: GoalId) -> Result<ForestId> {
    let found = goals::table.find((tx.organization(), goal)).select(goals::forest_id).first(tx.conn).optional()?;
    found.ok_or_else(Error::not_found)
}

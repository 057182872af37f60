//! Where goals stand, whoever may see them: what reviews are scored by.

use super::cache::Forests;
use crate::db::Tx;
use crate::domain::figures::Standing;
use crate::domain::ids::{ForestId, GoalId};
use crate::error::Result;
use std::collections::HashMap;

/// Where goals of some forests stand today; those that are not there are left out. In a transaction that only reads.
pub fn standings(
    tx: &mut Tx<'_>,
    forests: &Forests,
    places: &[ForestId],
    goals: &[GoalId],
) -> Result<HashMap<GoalId, Standing>> {
    forests.look(tx, places, None, |_, scenes| {
        let of = |goal: &GoalId| scenes.iter().find_map(|scene| scene.now.forest.standing(*goal).copied());
        Ok(goals.iter().filter_map(|goal| Some((*goal, of(goal)?))).collect())
    })
}

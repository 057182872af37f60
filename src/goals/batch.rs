//! The same done to many goals in one request.

use super::approval::Done;
use super::edit::edit;
use super::find::look;
use super::life::{Transition, transition};
use super::patch::GoalPatch;
use crate::db::Tx;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::words::State;
use crate::error::{Code, Error, Faults, Result};
use crate::http::not_null;
use serde::Deserialize;
use std::collections::BTreeSet;

/// One goal of a batch: a transition or a new owner.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GoalBatchItem)]
pub struct BatchItem {
    /// The goal.
    pub goal_id: GoalId,
    /// The state that it is to go to.
    #[serde(default, deserialize_with = "not_null")]
    pub transition: Option<State>,
    /// Whether a completion also completes what counts in the goal.
    #[serde(default)]
    pub cascade: bool,
    /// Its new owner.
    #[serde(default, deserialize_with = "not_null")]
    pub owner_id: Option<PersonId>,
    /// Why.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
    /// The version that the caller believes to change.
    #[serde(default, deserialize_with = "not_null")]
    pub version: Option<i64>,
}

/// Does each item by itself; what is refused leaves the others alone. Every use case here decides before it writes.
pub fn batch(tx: &mut Tx<'_>, items: &[BatchItem]) -> Result<Vec<Result<Done>>> {
    lock_all(tx, items)?;
    let mut outcomes = Vec::with_capacity(items.len());
    for item in items {
        match one(tx, item) {
            Err(error @ (Error::Again | Error::Busy | Error::Internal(_))) => return Err(error),
            outcome => outcomes.push(outcome),
        }
    }
    Ok(outcomes)
}

/// Locks the forests of all items in the order of their ids, so that two batches never wait for each other in a ring.
fn lock_all(tx: &mut Tx<'_>, items: &[BatchItem]) -> Result<()> {
    let mut forests = BTreeSet::new();
    for item in items {
        forests.extend(super::check::found(look(tx, item.goal_id))?.map(|known| known.goal.forest_id));
    }
    forests.into_iter().try_for_each(|forest| tx.lock_forest(forest))
}

fn one(tx: &mut Tx<'_>, item: &BatchItem) -> Result<Done> {
    let reason = item.reason.clone();
    match (item.transition, item.owner_id) {
        (Some(to), None) => {
            transition(tx, item.goal_id, item.version, &Transition { to, reason, cascade: item.cascade })
        }
        (None, Some(owner)) => {
            let patch = GoalPatch { owner_id: Some(owner), reason, ..GoalPatch::default() };
            edit(tx, item.goal_id, item.version, &patch)
        }
        (None, None) | (Some(_), Some(_)) => {
            let mut faults = Faults::new();
            faults.add("/transition", Code::OneOf.with("fields", "transition, owner_id"));
            faults.finish()?;
            Err(Error::internal("a fault was found"))
        }
    }
}

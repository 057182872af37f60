//! Many reviews in one request: a manager's.

use super::find::find;
use super::ground::Grounds;
use super::model::Part;
use super::steps::{put_part, submit};
use crate::cycles;
use crate::db::Tx;
use crate::domain::ids::{CycleId, ForestId, ReviewId};
use crate::domain::words::ReviewRole;
use crate::error::{Error, Result};
use crate::http::not_null;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The manager's part of one review.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewPartItem)]
pub struct PartItem {
    /// The review.
    pub review_id: ReviewId,
    /// The version that the caller believes to change; without it the item is refused (428).
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub version: Option<i64>,
    /// What the manager says, as a whole.
    pub part: Part,
}

/// One review to hand in.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewSubmitItem)]
pub struct SubmitItem {
    /// The review.
    pub review_id: ReviewId,
    /// The version that the caller believes to change; without it the item is refused (428).
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub version: Option<i64>,
}

/// Writes the manager's part of each review by itself; what is refused leaves the others alone.
pub fn put_parts(tx: &mut Tx<'_>, items: &[PartItem]) -> Result<Vec<Result<ReviewId>>> {
    hold(tx, items.iter().map(|item| item.review_id))?;
    each(items, |item| put_part(tx, item.review_id, item.version, ReviewRole::Manager, &item.part))
}

/// Hands in the manager's part of each review by itself.
pub fn submit_all(tx: &mut Tx<'_>, items: &[SubmitItem], grounds: &Grounds) -> Result<Vec<Result<ReviewId>>> {
    hold(tx, items.iter().map(|item| item.review_id))?;
    each(items, |item| submit(tx, item.review_id, item.version, ReviewRole::Manager, grounds))
}

/// Every act decides before it writes, so that one that is refused has written nothing.
fn each<I>(items: &[I], mut act: impl FnMut(&I) -> Result<ReviewId>) -> Result<Vec<Result<ReviewId>>> {
    let mut outcomes = Vec::with_capacity(items.len());
    for item in items {
        match act(item) {
            Err(error @ (Error::Again | Error::Busy | Error::Internal(_))) => return Err(error),
            outcome => outcomes.push(outcome),
        }
    }
    Ok(outcomes)
}

/// Holds the phases of all reviews' cycles, in the order of their forests, so that two batches never wait for each other
/// in a ring. What is not there is found out about item by item.
fn hold(tx: &mut Tx<'_>, reviews: impl Iterator<Item = ReviewId>) -> Result<()> {
    let mut places: BTreeSet<(ForestId, CycleId)> = BTreeSet::new();
    for id in reviews {
        match find(tx, id) {
            Ok(known) => {
                places.insert((known.cycle.forest_id, known.cycle.id));
            }
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    places.into_iter().try_for_each(|(_, cycle)| cycles::find_for_update(tx, cycle).map(drop))
}

//! Many reviews in one request.

use super::out::{ReviewOut, shown};
use crate::db::Tx;
use crate::domain::ids::ReviewId;
use crate::domain::limits;
use crate::error::{Code, Error, Faults, Result};
use crate::figures::Forests;
use crate::http::{Body, Ctx, Problem};
use crate::reviews::{self, PartItem, SubmitItem};
use actix_web::web::{Data, Json};
use actix_web::{post, put};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The manager's parts of many reviews.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewBatchIn {
    /// The parts, each of one review; at most 100.
    #[schema(max_items = 100)]
    items: Vec<PartItem>,
    /// Whether all is done or nothing; else each item stands for itself.
    #[serde(default)]
    atomic: bool,
}

/// Many reviews to hand in.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewSubmitBatchIn {
    /// The reviews; at most 100.
    #[schema(max_items = 100)]
    items: Vec<SubmitItem>,
    /// Whether all is done or nothing; else each item stands for itself.
    #[serde(default)]
    atomic: bool,
}

/// What came of a batch.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ReviewBatchOut {
    /// What came of each item, in their order.
    items: Vec<ReviewOutcomeOut>,
}

/// What came of one item.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ReviewOutcomeOut {
    /// The item's place in the batch, from 0.
    index: usize,
    /// Its review.
    review_id: ReviewId,
    /// The status that it would have been answered with alone: 200, or a refusal's.
    status: u16,
    /// The review as it is now, where it was done.
    review: Option<ReviewOut>,
    /// Why it was refused, where it was. Pointers lead into the item's part.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
}

/// What is remembered of an item.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Made {
    review: ReviewId,
    refused: Option<Value>,
}

/// Write the manager's reviews of many people
///
/// Each as alone, with the `version` of its review (428 without), and with its own outcome; with `atomic` all or none (409
/// with all `outcomes` where one is refused).
#[utoipa::path(tag = "reviews", request_body = ReviewBatchIn,
    responses((status = 200, body = ReviewBatchOut, description = "What came of each item")))]
#[put("/reviews/batch")]
pub(super) async fn put_review_batch(
    ctx: Ctx,
    forests: Data<Forests>,
    body: Body<ReviewBatchIn>,
) -> Result<Json<ReviewBatchOut>> {
    let ids: Vec<_> = body.0.items.iter().map(|item| item.review_id).collect();
    check(&ids)?;
    let batch = body.0;
    let made = ctx
        .write(move |tx| {
            let outcomes = reviews::put_parts(tx, &batch.items)?;
            made(tx, &ids, outcomes, batch.atomic)
        })
        .await?;
    ctx.read(move |tx| told(tx, &forests, &made)).await.map(Json)
}

/// Submit the manager's reviews of many people
///
/// Each as alone, with the `version` of its review (428 without), and with its own outcome; with `atomic` all or none (409
/// with all `outcomes` where one is refused).
#[utoipa::path(tag = "reviews", request_body = ReviewSubmitBatchIn,
    responses((status = 200, body = ReviewBatchOut, description = "What came of each item")))]
#[post("/reviews/batch/submit")]
pub(super) async fn submit_review_batch(
    ctx: Ctx,
    forests: Data<Forests>,
    body: Body<ReviewSubmitBatchIn>,
) -> Result<Json<ReviewBatchOut>> {
    let ids: Vec<_> = body.0.items.iter().map(|item| item.review_id).collect();
    check(&ids)?;
    let (batch, memory, asked) = (body.0, forests.clone(), ids.clone());
    let grounds = ctx.read(move |tx| reviews::grounds_of(tx, &memory, &asked)).await?;
    let made = ctx
        .write(move |tx| {
            let outcomes = reviews::submit_all(tx, &batch.items, &grounds)?;
            made(tx, &ids, outcomes, batch.atomic)
        })
        .await?;
    ctx.read(move |tx| told(tx, &forests, &made)).await.map(Json)
}

/// Not too many, each review once.
fn check(ids: &[ReviewId]) -> Result<()> {
    let mut faults = Faults::new();
    let most = limits::REVIEW_BATCH;
    faults.check(ids.len() <= most, "/items", Code::TooMany.with("most", most));
    for (place, id) in ids.iter().enumerate().take(most) {
        let is_new = !ids.iter().take(place).any(|before| before == id);
        faults.check(is_new, &format!("/items/{place}/review_id"), Code::Duplicate);
    }
    faults.finish()
}

fn made(tx: &Tx<'_>, ids: &[ReviewId], outcomes: Vec<Result<ReviewId>>, atomic: bool) -> Result<Vec<Made>> {
    let refused = outcomes.iter().any(Result::is_err);
    let made = |(outcome, review): (Result<ReviewId>, &ReviewId)| {
        let problem = |error| serde_json::to_value(Problem::of_item(&error, tx.locale)).map_err(Error::internal);
        Ok(Made { review: *review, refused: outcome.err().map(problem).transpose()? })
    };
    let made = outcomes.into_iter().zip(ids).map(made).collect::<Result<Vec<_>>>()?;
    if atomic && refused {
        let outcome = |(index, made): (usize, &Made)| serde_json::json!({ "index": index, "review_id": made.review, "problem": made.refused });
        let outcomes: Value = made.iter().enumerate().map(outcome).collect();
        return Err(Code::BatchRefused.with("count", made.len()).member("outcomes", outcomes).into());
    }
    Ok(made)
}

fn told(tx: &mut Tx<'_>, forests: &Forests, made: &[Made]) -> Result<ReviewBatchOut> {
    let mut items = Vec::with_capacity(made.len());
    for (index, Made { review, refused }) in made.iter().enumerate() {
        let status = refused.as_ref().map(|problem| problem.get("status").and_then(Value::as_u64));
        let status = status.map_or(200, |status| status.and_then(|status| status.try_into().ok()).unwrap_or(409));
        let now = if refused.is_none() { Some(shown(tx, forests, *review)?) } else { None };
        items.push(ReviewOutcomeOut { index, review_id: *review, status, review: now, problem: refused.clone() });
    }
    Ok(ReviewBatchOut { items })
}

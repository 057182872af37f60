//! Returning, calibrating, sharing, acknowledging and reopening a review.

use super::out::ReviewOut;
use super::people::ReviewReasonIn;
use super::read::answer;
use crate::domain::amount::Amount;
use crate::domain::ids::ReviewId;
use crate::error::Result;
use crate::figures::Forests;
use crate::http::{Body, Ctx, IdPath, Tagged};
use crate::reviews::{self, Answered, Decision};
use actix_web::web::Data;
use actix_web::{post, put};
use serde::Deserialize;

/// What a calibration comes to.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewCalibrationIn {
    /// The rating, within the scale; null: it stays as it is.
    #[serde(default)]
    rating: Option<Amount>,
    /// Why it moves, at most 1000 characters; required where it does.
    #[serde(default)]
    #[schema(max_length = 1000)]
    reason: Option<String>,
}

/// Whether the person agrees.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AcknowledgeIn {
    /// Whether they agree.
    agree: bool,
    /// What they say to it, at most 5000 characters.
    #[serde(default)]
    #[schema(max_length = 5000)]
    comment: Option<String>,
}

/// Calibrate a rating
///
/// Moves it, with a reason, or confirms it beside those of others; every move is kept. Where the template asks for
/// calibration, after the manager's review was submitted and before it is shared. HR; leads whom they may review, but for
/// those whose rating they wrote or submitted themself. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", request_body = ReviewCalibrationIn,
    params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[put("/reviews/{id}/calibration")]
pub(super) async fn put_review_calibration(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
    body: Body<ReviewCalibrationIn>,
) -> Result<Tagged<ReviewOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let decision = Decision { rating: body.0.rating, reason: body.0.reason };
    ctx.write(move |tx| reviews::calibrate(tx, id, version, &decision)).await?;
    answer(&ctx, forests, id).await
}

/// Return a review
///
/// A step back, with a reason: the self-review to the person, the manager's to whoever reviews. What was written stays.
/// Whoever may review the person. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", request_body = ReviewReasonIn,
    params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[post("/reviews/{id}/return")]
pub(super) async fn return_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
    body: Body<ReviewReasonIn>,
) -> Result<Tagged<ReviewOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| reviews::give_back(tx, id, version, &body.0.reason)).await?;
    answer(&ctx, forests, id).await
}

/// Share a review
///
/// The person sees it from then on, and it is locked. Whoever may review the person; where ratings are calibrated, HR. Asks
/// for `If-Match`.
#[utoipa::path(tag = "reviews", params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[post("/reviews/{id}/share")]
pub(super) async fn share_review(ctx: Ctx, forests: Data<Forests>, id: IdPath<ReviewId>) -> Result<Tagged<ReviewOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| reviews::share(tx, id, version)).await?;
    answer(&ctx, forests, id).await
}

/// Acknowledge a review
///
/// Agree or disagree, once. By the person whom it is about, after it was shared. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", request_body = AcknowledgeIn,
    params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[post("/reviews/{id}/acknowledge")]
pub(super) async fn acknowledge_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
    body: Body<AcknowledgeIn>,
) -> Result<Tagged<ReviewOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let answered = Answered { agree: body.0.agree, comment: body.0.comment };
    ctx.write(move |tx| reviews::acknowledge(tx, id, version, &answered)).await?;
    answer(&ctx, forests, id).await
}

/// Reopen a review
///
/// After it was shared, with a reason; the acknowledgement is taken back, and the person sees no more of it than before it
/// was shared. HR only, and not for themself. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", request_body = ReviewReasonIn,
    params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[post("/reviews/{id}/reopen")]
pub(super) async fn reopen_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
    body: Body<ReviewReasonIn>,
) -> Result<Tagged<ReviewOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| reviews::reopen(tx, id, version, &body.0.reason)).await?;
    answer(&ctx, forests, id).await
}

//! Writing and handing in the self-review and the manager's review.

use super::out::ReviewOut;
use super::read::answer;
use crate::domain::ids::ReviewId;
use crate::domain::words::ReviewRole;
use crate::error::Result;
use crate::figures::Forests;
use crate::http::{Body, Ctx, IdPath, Tagged};
use crate::reviews::{self, Part};
use actix_web::web::Data;
use actix_web::{post, put};

/// Write the self-review
///
/// As a whole, as often as one likes until it is submitted. By the person whom it is about. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", request_body = Part, params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[put("/reviews/{id}/self")]
pub(super) async fn put_self_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
    body: Body<Part>,
) -> Result<Tagged<ReviewOut>> {
    put(&ctx, forests, id.into_inner(), ReviewRole::SelfReview, body.0).await
}

/// Write the manager's review
///
/// As a whole, as often as one likes until it is submitted; it begins with the computed scores. By the person's manager,
/// the lead line above, HR, or who stands for one of the lead line; nobody for themself. After the self-review, or once its
/// deadline is over. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", request_body = Part, params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[put("/reviews/{id}/manager")]
pub(super) async fn put_manager_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
    body: Body<Part>,
) -> Result<Tagged<ReviewOut>> {
    put(&ctx, forests, id.into_inner(), ReviewRole::Manager, body.0).await
}

/// Submit the self-review
///
/// Refused (422) as long as a required question is not answered: `errors` name them by `/answers/{key}`. Asks for
/// `If-Match`.
#[utoipa::path(tag = "reviews", params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[post("/reviews/{id}/self/submit")]
pub(super) async fn submit_self_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
) -> Result<Tagged<ReviewOut>> {
    submit(&ctx, forests, id.into_inner(), ReviewRole::SelfReview).await
}

/// Submit the manager's review
///
/// Refused (422) as long as a required question is not answered (`/answers/{key}`), a score differs from the computed one
/// without a comment (`/goals/{id}/comment`, `/comment`), or there is no rating at all (`/rating`). The goals and scores are
/// kept as they are then. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[post("/reviews/{id}/manager/submit")]
pub(super) async fn submit_manager_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
) -> Result<Tagged<ReviewOut>> {
    submit(&ctx, forests, id.into_inner(), ReviewRole::Manager).await
}

async fn put(
    ctx: &Ctx,
    forests: Data<Forests>,
    id: ReviewId,
    role: ReviewRole,
    part: Part,
) -> Result<Tagged<ReviewOut>> {
    let version = ctx.if_match()?;
    ctx.write(move |tx| reviews::put_part(tx, id, version, role, &part)).await?;
    answer(ctx, forests, id).await
}

async fn submit(ctx: &Ctx, forests: Data<Forests>, id: ReviewId, role: ReviewRole) -> Result<Tagged<ReviewOut>> {
    let version = ctx.if_match()?;
    let memory = forests.clone();
    let grounds = ctx.read(move |tx| reviews::grounds_of(tx, &memory, &[id])).await?;
    ctx.write(move |tx| reviews::submit(tx, id, version, role, &grounds)).await?;
    answer(ctx, forests, id).await
}

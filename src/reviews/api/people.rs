//! Adding people to a cycle's reviews and leaving people out.

use super::out::{ReviewOut, shown};
use super::read::answer;
use crate::domain::ids::{CycleId, PersonId, ReviewId};
use crate::error::Result;
use crate::figures::Forests;
use crate::http::{Body, Created, Ctx, IdPath, Tagged};
use crate::reviews;
use actix_web::post;
use actix_web::web::Data;
use serde::Deserialize;

/// Someone to be reviewed.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewedPersonIn {
    /// The person: another one than the caller, with the organization.
    person_id: PersonId,
    /// Why; at most 1000 characters.
    #[schema(max_length = 1000)]
    reason: String,
}

/// Why.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewReasonIn {
    /// Why; at most 1000 characters.
    #[schema(max_length = 1000)]
    pub(super) reason: String,
}

/// Add someone to a cycle's reviews
///
/// Whom the cycle gave no review when it entered its review, or who was left out: they go on where they were. HR only, and
/// not for themself.
#[utoipa::path(tag = "reviews", request_body = ReviewedPersonIn,
    params(("id" = CycleId, Path, description = "The cycle")),
    responses((status = 201, body = ReviewOut, description = "The review")))]
#[post("/cycles/{id}/reviews")]
pub(super) async fn add_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<CycleId>,
    body: Body<ReviewedPersonIn>,
) -> Result<Created<ReviewOut>> {
    let cycle = id.into_inner();
    let id = ctx.write(move |tx| reviews::add(tx, cycle, body.0.person_id, &body.0.reason)).await?;
    let body = ctx.read(move |tx| shown(tx, &forests, id)).await?;
    Ok(Created { location: format!("/reviews/{id}"), body })
}

/// Leave someone out of a cycle's reviews
///
/// Before it is shared. What was written stays, seen by nobody but HR, until they are added again. HR only, and not for
/// themself. Asks for `If-Match`.
#[utoipa::path(tag = "reviews", request_body = ReviewReasonIn,
    params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review as it is now")))]
#[post("/reviews/{id}/exclude")]
pub(super) async fn exclude_review(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<ReviewId>,
    body: Body<ReviewReasonIn>,
) -> Result<Tagged<ReviewOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| reviews::exclude(tx, id, version, &body.0.reason)).await?;
    answer(&ctx, forests, id).await
}

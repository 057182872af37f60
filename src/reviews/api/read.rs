//! Reading reviews.

use super::out::{ReviewOut, all, shown};
use crate::db::Tx;
use crate::domain::ids::{CycleId, ReviewId};
use crate::domain::review::{Deadlines, ReviewTemplate};
use crate::error::Result;
use crate::figures::Forests;
use crate::http::{Ctx, IdPath, ListQuery, ListingParameters, Tagged, page};
use crate::reviews::{self, Known, Mine, ReviewFilter};
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;

page! {
    /// A page of reviews.
    ReviewPage of ReviewOut
}

/// The reviews that are the caller's to write.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct MyReviews {
    /// The cycles of the reviews on this page, each with its template.
    cycles: Vec<ReviewedIn>,
    /// The reviews of this page.
    items: Vec<ReviewOut>,
    /// The `cursor` of the next page; null on the last one.
    next_cursor: Option<String>,
    /// The number of all, where `include_total=true` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
}

/// A cycle with the template of its reviews.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ReviewedIn {
    /// The cycle.
    cycle_id: CycleId,
    /// What its reviews ask.
    template: ReviewTemplate,
    /// By when each step is to be reached.
    deadlines: Deadlines,
}

/// The reviews of a cycle
///
/// Those that the caller may see: HR all; leads those of the people below them; everyone their own; peers none, unless a
/// unit has opened what its members' reviews came to. One's own is shown as one's own, to HR too. With goals and the
/// scores of each layer. By `name`, or by `step`.
#[utoipa::path(tag = "reviews",
    params(("id" = CycleId, Path, description = "The cycle"), ReviewFilter, ListingParameters),
    responses((status = 200, body = ReviewPage, description = "A page of reviews")))]
#[get("/cycles/{id}/reviews")]
pub(super) async fn list_cycle_reviews(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<CycleId>,
    query: ListQuery<ReviewFilter>,
) -> Result<Json<ReviewPage>> {
    let cycle = id.into_inner();
    ctx.read(move |tx| {
        let (known, total, next_cursor) = reviews::list(tx, cycle, &query.filter, &query.listing)?;
        Ok(ReviewPage { items: all(tx, &forests, &known)?, next_cursor, total })
    })
    .await
    .map(Json)
}

/// The reviews that are the caller's to write
///
/// With goals, scores (computed, self, manager), deadlines, what the caller can do, and the templates: all that the forms
/// of eight reviews need, in one call. By `name`, or by `step`.
#[utoipa::path(tag = "reviews", params(Mine, ListingParameters),
    responses((status = 200, body = MyReviews, description = "A page of reviews, with their templates")))]
#[get("/me/reviews")]
pub(super) async fn get_my_reviews(
    ctx: Ctx,
    forests: Data<Forests>,
    query: ListQuery<Mine>,
) -> Result<Json<MyReviews>> {
    ctx.read(move |tx| {
        let (known, total, next_cursor) = reviews::mine(tx, &query.filter, &query.listing)?;
        Ok(MyReviews { cycles: templates(&known), items: all(tx, &forests, &known)?, next_cursor, total })
    })
    .await
    .map(Json)
}

/// A review
///
/// As far as the caller sees it, with its template: the person, whoever may review them, HR. The self-review is hidden from
/// those who review until it is submitted, theirs from the person until it is shared, each unless the template says
/// otherwise.
#[utoipa::path(tag = "reviews", params(("id" = ReviewId, Path, description = "The review")),
    responses((status = 200, body = ReviewOut, description = "The review")))]
#[get("/reviews/{id}")]
pub(super) async fn get_review(ctx: Ctx, forests: Data<Forests>, id: IdPath<ReviewId>) -> Result<Tagged<ReviewOut>> {
    answer(&ctx, forests, id.into_inner()).await
}

/// A review as it is now.
pub(super) async fn answer(ctx: &Ctx, forests: Data<Forests>, id: ReviewId) -> Result<Tagged<ReviewOut>> {
    ctx.read(move |tx: &mut Tx<'_>| shown(tx, &forests, id)).await.map(Tagged)
}

fn templates(known: &[Known]) -> Vec<ReviewedIn> {
    let mut cycles: Vec<ReviewedIn> = Vec::new();
    for one in known {
        if cycles.iter().all(|cycle| cycle.cycle_id != one.cycle.id) {
            let (template, deadlines) = (one.setup.template.clone(), one.setup.row.deadlines.0);
            cycles.push(ReviewedIn { cycle_id: one.cycle.id, template, deadlines });
        }
    }
    cycles
}

//! Links and their weights over HTTP.

use super::answer::Answer;
use super::requests::ChangeRequestOut;
use crate::db::Tx;
use crate::domain::amount::Weight;
use crate::domain::ids::GoalId;
use crate::domain::words::State;
use crate::error::Result;
use crate::figures::{Forests, Node};
use crate::goals::find::Known;
use crate::goals::model::GoalLink;
use crate::goals::{self, ChildWeight, Done, LinkWish, weights};
use crate::http::{Body, Ctx, IdPath, ListQuery, Listing, ListingParameters, Query, page};
use crate::org::{PersonRef, UnitRef};
use actix_web::web::{Data, Json};
use actix_web::{delete, get, put};
use serde::{Deserialize, Serialize};

/// Link a goal, weigh a link, move a goal
///
/// Makes the link or changes it. Making one, and what is primary, is for those who may edit the goal below; its weight
/// for those who may edit the goal above: from others it is a proposal, which counts nothing until one of them sets the
/// weight. It obeys the phase of the cycle of the goal below. Refused with 409: loops (named), goals outside the forest,
/// a second primary link (named) unless `replace` moves the goal, a key result away from objectives.
#[utoipa::path(tag = "goals", request_body = LinkWish,
    params(("id" = GoalId, Path, description = "The goal below"), ("parent_id" = GoalId, Path, description = "The goal above")),
    responses(
        (status = 200, body = Node, description = "The goal below as it is now"),
        (status = 202, body = ChangeRequestOut, description = "The owner's change waits for approval"),
    ))]
#[put("/goals/{id}/links/{parent_id}")]
pub(super) async fn put_goal_link(
    ctx: Ctx,
    forests: Data<Forests>,
    ids: IdPath<(GoalId, GoalId)>,
    body: Body<LinkWish>,
) -> Result<Answer> {
    let ((child, parent), version) = (ids.into_inner(), ctx.if_match()?);
    let done = ctx.write(move |tx| goals::put_link(tx, child, parent, version, &body.0)).await?;
    Answer::of(&ctx, forests, done).await
}

/// Why a link is taken away.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WhyUnlink {
    /// Kept with the change; at most 1 000 characters.
    #[param(max_length = 1000)]
    reason: Option<String>,
}

/// Take a link away
///
/// For those who may edit the goal below or the one above. A key result keeps its objective; a completed goal what is
/// linked under it.
#[utoipa::path(tag = "goals",
    params(("id" = GoalId, Path, description = "The goal below"), ("parent_id" = GoalId, Path, description = "The goal above"), WhyUnlink),
    responses(
        (status = 204, description = "The link is gone"),
        (status = 202, body = ChangeRequestOut, description = "The owner's change waits for approval"),
    ))]
#[delete("/goals/{id}/links/{parent_id}")]
pub(super) async fn delete_goal_link(ctx: Ctx, ids: IdPath<(GoalId, GoalId)>, why: Query<WhyUnlink>) -> Result<Answer> {
    let ((child, parent), version) = (ids.into_inner(), ctx.if_match()?);
    let done = ctx.write(move |tx| goals::remove_link(tx, child, parent, version, why.0.reason.as_deref())).await?;
    Answer::without(&ctx, done).await
}

/// Weigh the goals linked under one
///
/// All or none; at most 2 000. It answers their proposals. For those who may edit the goal above.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal above")), request_body = Vec<ChildWeight>,
    responses((status = 200, body = Node, description = "The goal above as it is now")))]
#[put("/goals/{id}/child-weights")]
pub(super) async fn put_child_weights(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<GoalId>,
    body: Body<Vec<ChildWeight>>,
) -> Result<Answer> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| goals::weigh(tx, id, version, &body.0)).await?;
    Answer::of(&ctx, forests, Done::Now(id)).await
}

/// A link that asks for a weight.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ProposedLinkOut {
    /// The goal below, which asks.
    goal_id: GoalId,
    /// Its title.
    title: String,
    /// Its life.
    state: State,
    /// Its owner.
    owner: PersonRef,
    /// Its unit.
    unit: UnitRef,
    /// The goal above.
    parent_id: GoalId,
    /// Whether it is the goal's place in the tree.
    primary: bool,
    /// What it counts now: 0 for a new proposal.
    weight: Weight,
    /// What it asks to count.
    proposed_weight: Weight,
    /// Who asks.
    proposed_by: Option<PersonRef>,
}

page!(
    /// A page of links that ask for a weight.
    ProposedLinkPage of ProposedLinkOut
);

/// No filter.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct NoFilter {}

/// The links under a goal that ask for a weight
///
/// Accept one with `PUT /goals/{goal_id}/links/{parent_id}` or `PUT /goals/{id}/child-weights`; refuse it with weight 0
/// or by taking the link away. By title.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal above"), ListingParameters),
    responses((status = 200, body = ProposedLinkPage, description = "A page of proposals")))]
#[get("/goals/{id}/proposed-links")]
pub(super) async fn list_proposed_links(
    ctx: Ctx,
    id: IdPath<GoalId>,
    query: ListQuery<NoFilter>,
) -> Result<Json<ProposedLinkPage>> {
    let id = id.into_inner();
    ctx.read(move |tx| page_of(tx, id, &query.listing)).await.map(Json)
}

fn page_of(tx: &mut Tx<'_>, parent: GoalId, listing: &Listing) -> Result<ProposedLinkPage> {
    let (_, reverse) = listing.order(&["title"])?;
    let proposed = weights::proposed(tx, parent)?;
    let total = listing.include_total.then_some(proposed.len());
    let (found, next_cursor) = listing
        .page_of(proposed, reverse, |(_, below)| (below.goal.title_folded.as_str().into(), below.goal.id.into()));
    let items = found.into_iter().filter_map(|(link, below)| ProposedLinkOut::of(tx, &link, below)).collect();
    Ok(ProposedLinkPage { items, next_cursor, total })
}

impl ProposedLinkOut {
    fn of(tx: &Tx<'_>, link: &GoalLink, below: Known) -> Option<Self> {
        let directory = &tx.actor.directory;
        Some(Self {
            goal_id: below.goal.id,
            title: below.goal.title,
            state: below.goal.state,
            owner: PersonRef::of(directory, below.goal.owner_id),
            unit: UnitRef::of(directory, below.goal.unit_id),
            parent_id: link.parent_id,
            primary: link.is_primary,
            weight: link.weight,
            proposed_weight: link.proposed_weight?,
            proposed_by: link.proposed_by.map(|person| PersonRef::of(directory, person)),
        })
    }
}

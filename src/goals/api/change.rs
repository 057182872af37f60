//! Making, changing, leading on, deleting and following goals.

use super::answer::Answer;
use super::requests::ChangeRequestOut;
use crate::domain::ids::GoalId;
use crate::error::Result;
use crate::figures::{self, Forests, Node};
use crate::goals::{self, GoalPatch, NewGoal, Transition};
use crate::http::{Body, Created, Ctx, IdPath, NoContent};
use actix_web::web::Data;
use actix_web::{delete, patch, post, put};

/// Make a goal
///
/// A draft, with its key results and links, all or nothing; every fault is told at once. Company goals: HR and leads
/// of the company unit. A department's or team's: leads of the unit or one above, and HR. A person's: also the person and
/// their managers up the line. Supervisors where the unit allows. A person's goal lies in a unit of its owner. The
/// cycle's phase is planning or active; for HR also draft or review. Refused (409): a goal that the caller would not see.
#[utoipa::path(tag = "goals", request_body = NewGoal,
    responses((status = 201, body = Node, description = "The goal; its key results are linked under it")))]
#[post("/goals")]
pub(super) async fn create_goal(ctx: Ctx, forests: Data<Forests>, body: Body<NewGoal>) -> Result<Created<Node>> {
    let id = ctx.write(move |tx| goals::create(tx, &body.0)).await?;
    let node = ctx.read(move |tx| figures::goal_node(tx, &forests, id)).await?;
    Ok(Created { location: format!("/goals/{id}"), body: node })
}

/// Change a goal
///
/// A JSON Merge Patch. The lead line and HR; the owner unless the unit forbids it; supervisors where the unit allows.
/// Kind, source, direction and metric are fixed once active; a target changed on an active or held goal asks for
/// `reason`. A goal that waits for approval is a draft again when it goes to another owner. Where the cycle's
/// `change_approval` is `manager` or `hr`, an owner's change of start, target (or what stands for one: bounds,
/// tolerance, steps), plan, window, commitment, review weight or owner of a goal that was active waits, and with it the
/// whole patch: 202. A person's goal goes with its owner to the new one's home unit unless `unit_id` says where. Those
/// who follow it by their own choice and from whom the change hides it follow it no longer. Refused (409): a change
/// after which the caller would not see the goal any more.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")), request_body = GoalPatch,
    responses(
        (status = 200, body = Node, description = "The goal as it is now"),
        (status = 202, body = ChangeRequestOut, description = "The change waits for approval"),
    ))]
#[patch("/goals/{id}")]
pub(super) async fn update_goal(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<GoalId>,
    body: Body<GoalPatch>,
) -> Result<Answer> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let done = ctx.write(move |tx| goals::edit(tx, id, version, &body.0)).await?;
    Answer::of(&ctx, forests, done).await
}

/// Delete a goal
///
/// A draft, by those who may edit it, its owner where the unit lets owners delete; another goal by HR alone and only without check-ins: a mistake. Nothing may be
/// linked under it. All else is cancelled, so that history stays.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")),
    responses((status = 204, description = "It is gone")))]
#[delete("/goals/{id}")]
pub(super) async fn delete_goal(ctx: Ctx, id: IdPath<GoalId>) -> Result<NoContent> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| goals::delete(tx, id, version)).await?;
    Ok(NoContent)
}

/// Lead a goal on in its life
///
/// Submitting is the owner's; approving and returning is for their manager, the lead line above, who stands for one of
/// them by delegation, and HR, never for the owner; all else for those who may edit the goal. A rolled-up goal is completed when no goal that counts in it is
/// active: else 409 names them, and `cascade` completes them too. Where the cycle demands it, the review weights of the
/// owner's goals total 100 before one is submitted. An owner's cancellation of an active or held goal may wait for approval.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")), request_body = Transition,
    responses(
        (status = 200, body = Node, description = "The goal as it is now"),
        (status = 202, body = ChangeRequestOut, description = "The cancellation waits for approval"),
    ))]
#[post("/goals/{id}/transition")]
pub(super) async fn transition_goal(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<GoalId>,
    body: Body<Transition>,
) -> Result<Answer> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let done = ctx.write(move |tx| goals::transition(tx, id, version, &body.0)).await?;
    Answer::of(&ctx, forests, done).await
}

/// Follow a goal
///
/// For the caller themself: whoever sees the goal. It is no key to what is closed later: where a change hides the goal
/// from them, they follow it no longer.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")),
    responses((status = 204, description = "The caller follows it")))]
#[put("/goals/{id}/follow")]
pub(super) async fn follow_goal(ctx: Ctx, id: IdPath<GoalId>) -> Result<NoContent> {
    let id = id.into_inner();
    ctx.write(move |tx| goals::follow(tx, id, true)).await?;
    Ok(NoContent)
}

/// Follow a goal no longer
///
/// For the caller themself.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")),
    responses((status = 204, description = "The caller does not follow it")))]
#[delete("/goals/{id}/follow")]
pub(super) async fn unfollow_goal(ctx: Ctx, id: IdPath<GoalId>) -> Result<NoContent> {
    let id = id.into_inner();
    ctx.write(move |tx| goals::follow(tx, id, false)).await?;
    Ok(NoContent)
}

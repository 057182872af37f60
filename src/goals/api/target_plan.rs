//! Target plans over HTTP.

use super::answer::Answer;
use super::requests::ChangeRequestOut;
use crate::domain::ids::GoalId;
use crate::domain::words::PlanInterval;
use crate::error::Result;
use crate::figures::{self, AskedPlan, Forests, TargetPlan};
use crate::goals::{self, Done, PlanWish};
use crate::http::{Body, Ctx, IdPath, Query, Tagged};
use actix_web::body::BoxBody;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, delete, get, post, put};
use chrono::NaiveDate;
use serde::Deserialize;

/// Which plan is shown, and how.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct PlanQuery {
    /// The day that plan and values are those of: today unless given, not after it.
    as_of: Option<NaiveDate>,
    /// What the intervals are: those that the plan is laid out in unless given, months where it is linear.
    interval: Option<PlanInterval>,
}

/// Show a goal's target plan
///
/// Each month's or week's target with what was reached of it, to the day: this month's sales so far against its target so
/// far, and what is needed from now on. For whoever sees the goal; hidden goals under it count. A value at an interval's
/// end is what `as_of` gives for that day. Of goals that `increase` or `decrease` without a progress formula, rolled-up
/// ones too; others have none (404). Without a plan of its own a goal's plan is linear.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal"), PlanQuery),
    responses((status = 200, body = TargetPlan, description = "The plan")))]
#[get("/goals/{id}/target-plan")]
pub(super) async fn get_target_plan(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<GoalId>,
    query: Query<PlanQuery>,
) -> Result<Tagged<TargetPlan>> {
    let asked = AskedPlan { as_of: query.0.as_of, interval: query.0.interval, instead: None };
    ctx.read(move |tx| figures::target_plan(tx, &forests, *id, &asked)).await.map(Tagged)
}

/// Lay a goal's target plan out
///
/// Replaces the plan. What the intervals add is exactly target − start together; `equal` and `season` share it out in the
/// smallest unit of the metric's decimals (0.0001 without a metric, or where start or target are finer), what is left over
/// by the largest remainders, of equal ones to the larger share, then to the earlier interval. `season` goes by what was
/// measured on the goal's metric, in the goal's scope, in the same months a year before, or in the weeks 52 weeks before;
/// an interval in which nothing was measured then gets nothing. Refused (422) where all of it is without data, some of it
/// is below zero, or it is not over yet. A change of the goal like one of its target: for those who may edit it, with
/// `reason` once it was agreed; where the cycle's `change_approval` says so an owner's change waits: 202. Of goals that
/// `increase` or `decrease` without a progress formula; others have none (409).
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")), request_body = PlanWish,
    responses(
        (status = 200, body = TargetPlan, description = "The plan as it is now"),
        (status = 202, body = ChangeRequestOut, description = "The change waits for approval"),
    ))]
#[put("/goals/{id}/target-plan")]
pub(super) async fn put_target_plan(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<GoalId>,
    body: Body<PlanWish>,
) -> Result<PlanAnswer> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let done = ctx.write(move |tx| goals::lay_out(tx, id, version, &body.0)).await?;
    match done {
        Done::Now(id) => {
            let plan = ctx.read(move |tx| figures::target_plan(tx, &forests, id, &AskedPlan::default())).await?;
            Ok(PlanAnswer::Now(Box::new(plan)))
        }
        Done::Waits(_) => Answer::without(&ctx, done).await.map(PlanAnswer::Waits),
    }
}

/// Show a target plan before it is laid out
///
/// What `PUT /goals/{id}/target-plan` with the same body would lay out, with what was reached of it up to today. Nothing is
/// stored. For those who may edit the goal.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")), request_body = PlanWish,
    responses((status = 200, body = TargetPlan, description = "The plan as it would be")))]
#[post("/goals/{id}/target-plan/preview")]
pub(super) async fn preview_target_plan(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<GoalId>,
    body: Body<PlanWish>,
) -> Result<Tagged<TargetPlan>> {
    let id = id.into_inner();
    let plan = ctx.read(move |tx| {
        let instead = Some(goals::preview_plan(tx, id, &body.0)?);
        figures::target_plan(tx, &forests, id, &AskedPlan { interval: body.0.interval, instead, as_of: None })
    });
    plan.await.map(Tagged)
}

/// Why a plan is taken away.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct WhyLinear {
    /// Kept with the change, and asked for on a goal that was agreed; at most 1 000 characters.
    #[param(max_length = 1000)]
    reason: Option<String>,
}

/// Take a goal's target plan away
///
/// From then on it is linear from start to target. As any change of the plan; without a plan nothing happens.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal"), WhyLinear),
    responses(
        (status = 204, description = "The plan is linear"),
        (status = 202, body = ChangeRequestOut, description = "The owner's change waits for approval"),
    ))]
#[delete("/goals/{id}/target-plan")]
pub(super) async fn delete_target_plan(ctx: Ctx, id: IdPath<GoalId>, why: Query<WhyLinear>) -> Result<Answer> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let done = ctx.write(move |tx| goals::make_linear(tx, id, version, why.0.reason.as_deref())).await?;
    Answer::without(&ctx, done).await
}

/// The answer to a plan that was laid out.
pub(super) enum PlanAnswer {
    /// 200: it holds.
    Now(Box<TargetPlan>),
    /// 202: it waits for approval.
    Waits(Answer),
}

impl Responder for PlanAnswer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::Now(plan) => Tagged(*plan).respond_to(request),
            Self::Waits(answer) => answer.respond_to(request),
        }
    }
}

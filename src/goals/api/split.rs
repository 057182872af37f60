//! Splitting a goal's target over HTTP.

use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::derived::Derived;
use crate::domain::ids::GoalId;
use crate::domain::words::Scope;
use crate::error::Result;
use crate::figures::{self, Forests, Node};
use crate::goals::model::Goal;
use crate::goals::{self, Split};
use crate::http::{Body, Ctx, IdPath};
use crate::org::{PersonRef, UnitRef};
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, Responder, post};
use serde::Serialize;

/// A goal whose target is split, and the goals that it is split into.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct SplitOut {
    /// Whether nothing was stored.
    preview: bool,
    /// The goal as it is. Its `source` stays: with `sum` its value becomes that of the goals under it as they are
    /// activated; with a value of its own they are linked under it and do not move it.
    goal: Node,
    /// The goals made, or that would be, in the order of the parts.
    children: Vec<SplitChildOut>,
    /// The sum of the targets of all goals of its metric that hang under it, these and other drafts included,
    /// cancelled ones left out; null beyond 9·10^17.
    allocated: Option<Derived>,
    /// Its target less that: what is left to be split, below zero where more is allocated. Null where it has none.
    allocation_gap: Option<Derived>,
}

/// A goal made by a split.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct SplitChildOut {
    /// The goal; null in a preview.
    goal_id: Option<GoalId>,
    /// Whose it is.
    scope: Scope,
    /// Its unit.
    unit: UnitRef,
    /// Its owner.
    owner: PersonRef,
    /// What it says.
    title: String,
    /// Where its value starts: its part of the start.
    start: Option<Amount>,
    /// Its target: its part of the target.
    target: Option<Amount>,
    /// Of `at_least`: its part of the floor.
    floor: Option<Amount>,
    /// Of `at_most`: its part of the ceiling.
    ceiling: Option<Amount>,
}

/// Split a goal's target
///
/// Makes draft KPI goals of its metric, direction and days for people and units, linked under it by their primary
/// links with weight 1; all or nothing. The targets are exactly its target together: shared out in the smallest unit
/// of the metric's decimals (0.0001 without a metric, or where target or start are finer), what is left over by the
/// largest remainders; of equal ones by the larger share, then by the ids of unit and owner. A start, floor or ceiling
/// is shared out alike; target plans are not. `between` and metrics whose people are not summed up do not add up: only
/// `same` splits them. A goal without a target (a mean of others, a milestone) can't be split: 409. For those who may
/// edit the goal and may make each of the others. The parts of an internal or restricted goal are internal or
/// restricted as it is. With `preview` nothing is stored: 200.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal")), request_body = Split,
    responses(
        (status = 201, body = SplitOut, description = "The goals that were made"),
        (status = 200, body = SplitOut, description = "The goals that would be made"),
    ))]
#[post("/goals/{id}/split")]
pub(super) async fn split_goal(
    ctx: Ctx,
    forests: Data<Forests>,
    id: IdPath<GoalId>,
    body: Body<Split>,
) -> Result<SplitOut> {
    let (id, version, split) = (id.into_inner(), ctx.if_match()?, body.0);
    let (asked, memory) = (split.clone(), forests.clone());
    let results = ctx.read(move |tx| figures::last_results(tx, &memory, id, &asked)).await?;
    if split.preview {
        return ctx.read(move |tx| SplitOut::preview(tx, &forests, id, &split, &results)).await;
    }
    let made = ctx.write(move |tx| goals::split(tx, id, version, &split, &results)).await?;
    ctx.read(move |tx| SplitOut::made(tx, &forests, id, &made)).await
}

impl SplitOut {
    fn preview(
        tx: &mut Tx<'_>,
        forests: &Forests,
        id: GoalId,
        split: &Split,
        results: &goals::LastResults,
    ) -> Result<Self> {
        let planned = goals::preview_split(tx, id, split, results)?;
        let children = planned.iter().map(|goal| SplitChildOut::of(tx, goal, None)).collect();
        Ok(Self { preview: true, ..Self::of(tx, forests, id, children, &planned)? })
    }

    fn made(tx: &mut Tx<'_>, forests: &Forests, id: GoalId, made: &[GoalId]) -> Result<Self> {
        let mut children = Vec::new();
        for child in made {
            let goal = goals::find(tx, *child)?;
            children.push(SplitChildOut::of(tx, &goal, Some(goal.id)));
        }
        Self::of(tx, forests, id, children, &[])
    }

    fn of(
        tx: &mut Tx<'_>,
        forests: &Forests,
        id: GoalId,
        children: Vec<SplitChildOut>,
        planned: &[Goal],
    ) -> Result<Self> {
        let whole = goals::find(tx, id)?;
        let allocated = goals::allocated(tx, &whole, planned)?;
        let gap = whole.target.map(|target| i128::from(target.units()) - allocated);
        Ok(Self {
            preview: false,
            goal: figures::goal_node(tx, forests, id)?,
            children,
            allocated: Derived::from_amount_units(allocated),
            allocation_gap: gap.and_then(Derived::from_amount_units),
        })
    }
}

impl SplitChildOut {
    fn of(tx: &Tx<'_>, goal: &Goal, goal_id: Option<GoalId>) -> Self {
        Self {
            goal_id,
            scope: goal.scope,
            unit: UnitRef::of(&tx.actor.directory, goal.unit_id),
            owner: PersonRef::of(&tx.actor.directory, goal.owner_id),
            title: goal.title.clone(),
            start: goal.start_value,
            target: goal.target,
            floor: goal.floor,
            ceiling: goal.ceiling,
        }
    }
}

impl Responder for SplitOut {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let status = if self.preview { StatusCode::OK } else { StatusCode::CREATED };
        Json(self).customize().with_status(status).respond_to(request).map_into_boxed_body()
    }
}

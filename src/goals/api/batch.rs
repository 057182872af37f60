//! Many goals in one request.

use super::requests::ChangeRequestOut;
use crate::db::Tx;
use crate::domain::ids::{ChangeRequestId, GoalId};
use crate::domain::limits;
use crate::error::{Code, Error, Faults, Result};
use crate::figures::{self, Forests, Node};
use crate::goals::{self, BatchItem, Done};
use crate::http::{Body, Ctx, Problem};
use actix_web::post;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The same done to many goals.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GoalBatchIn {
    /// What is to be done, each for one goal; at most 500.
    #[schema(max_items = 500)]
    items: Vec<BatchItem>,
    /// Whether all is done or nothing; else each item stands for itself.
    #[serde(default)]
    atomic: bool,
}

/// What came of a batch.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct GoalBatchOut {
    /// What came of each item, in their order.
    items: Vec<GoalOutcomeOut>,
}

/// What came of one item.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct GoalOutcomeOut {
    /// The item's place in the batch, from 0.
    index: usize,
    /// Its goal.
    goal_id: GoalId,
    /// The status that it would have been answered with alone: 200, 202 where it waits for approval, or a refusal's.
    status: u16,
    /// The goal as it is now, where it was done.
    goal: Option<Node>,
    /// The request that waits, where it does.
    change_request: Option<ChangeRequestOut>,
    /// Why it was refused, where it was.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
}

/// What is remembered of an item.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Made {
    Now(GoalId),
    Waits(GoalId, ChangeRequestId),
    Refused(GoalId, Value),
}

/// Lead on or hand over many goals
///
/// Each item is a transition or a new owner of one goal, with its own outcome; with `atomic` all are done or none, and
/// a refusal of one is answered with 409 and all `outcomes`. Rights are asked for each goal.
#[utoipa::path(tag = "goals", request_body = GoalBatchIn,
    responses((status = 200, body = GoalBatchOut, description = "What came of each item")))]
#[post("/goals/batch")]
pub(super) async fn batch_goals(
    ctx: Ctx,
    forests: Data<Forests>,
    body: Body<GoalBatchIn>,
) -> Result<Json<GoalBatchOut>> {
    let made = ctx.write(move |tx| make(tx, &body.0)).await?;
    ctx.read(move |tx| shown(tx, &forests, &made)).await.map(Json)
}

fn make(tx: &mut Tx<'_>, batch: &GoalBatchIn) -> Result<Vec<Made>> {
    let mut faults = Faults::new();
    let fits = batch.items.len() <= limits::BATCH;
    faults.check(fits, "/items", Code::TooMany.with("most", limits::BATCH));
    faults.finish()?;
    let locale = tx.locale;
    let outcomes = goals::batch(tx, &batch.items)?;
    let refused = outcomes.iter().any(Result::is_err);
    let made = |(outcome, item): (Result<Done>, &BatchItem)| match outcome {
        Ok(Done::Now(goal)) => Ok(Made::Now(goal)),
        Ok(Done::Waits(request)) => Ok(Made::Waits(item.goal_id, request)),
        Err(error) => {
            let problem = serde_json::to_value(Problem::of_item(&error, locale)).map_err(Error::internal)?;
            Ok(Made::Refused(item.goal_id, problem))
        }
    };
    let made: Vec<Made> = outcomes.into_iter().zip(&batch.items).map(made).collect::<Result<_>>()?;
    if batch.atomic && refused {
        return Err(Code::BatchRefused.with("count", made.len()).member("outcomes", told(&made)).into());
    }
    Ok(made)
}

/// The outcomes of a batch of which nothing was done.
fn told(made: &[Made]) -> Value {
    let outcome = |(index, made): (usize, &Made)| match made {
        Made::Refused(goal, problem) => serde_json::json!({ "index": index, "goal_id": goal, "problem": problem }),
        Made::Now(goal) | Made::Waits(goal, _) => {
            serde_json::json!({ "index": index, "goal_id": goal, "problem": null })
        }
    };
    made.iter().enumerate().map(outcome).collect()
}

fn shown(tx: &mut Tx<'_>, forests: &Forests, made: &[Made]) -> Result<GoalBatchOut> {
    let mut items = Vec::with_capacity(made.len());
    for (index, made) in made.iter().cloned().enumerate() {
        items.push(match made {
            Made::Now(goal_id) => {
                let goal = Some(figures::goal_node(tx, forests, goal_id)?);
                GoalOutcomeOut { index, goal_id, status: 200, goal, change_request: None, problem: None }
            }
            Made::Waits(goal_id, request) => {
                let change_request = Some(ChangeRequestOut::read(tx, request)?);
                GoalOutcomeOut { index, goal_id, status: 202, goal: None, change_request, problem: None }
            }
            Made::Refused(goal_id, problem) => {
                let status = problem.get("status").and_then(Value::as_u64).and_then(|status| status.try_into().ok());
                let (status, problem) = (status.unwrap_or(409), Some(problem));
                GoalOutcomeOut { index, goal_id, status, goal: None, change_request: None, problem }
            }
        });
    }
    Ok(GoalBatchOut { items })
}

//! What a batch of people comes to.

use super::out::PersonOut;
use crate::db::Tx;
use crate::domain::ids::PersonId;
use crate::domain::limits;
use crate::error::{Code, Error, Faults, Result};
use crate::http::Problem;
use crate::org::people::{self, PersonIn};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;

/// Many people.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleBatchIn {
    /// The people, at most 500. They may name each other as managers by employee code, in any order.
    #[schema(min_items = 1, max_items = 500)]
    pub items: Vec<PersonIn>,
    /// Whether all are added or none; each stands for itself unless given.
    #[serde(default)]
    pub atomic: bool,
}

/// What one item came to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PersonOutcome {
    /// The item's place in the batch, from 0.
    pub index: usize,
    /// The status that it would have been answered with alone: 201 where the person was added.
    pub status: u16,
    /// The person who was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonOut>,
    /// Why not; its pointers are those of the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Problem>)]
    pub problem: Option<Value>,
}

/// What a batch came to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PeopleBatchOut {
    /// The outcomes, in the order of the batch.
    pub items: Vec<PersonOutcome>,
}

/// What is remembered of an item.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Made {
    /// The person was added.
    Added(PersonId),
    /// They were refused.
    Refused(Value),
}

/// Adds the people of a batch.
pub(super) fn add(tx: &mut Tx<'_>, batch: &PeopleBatchIn) -> Result<Vec<Made>> {
    let mut faults = Faults::new();
    faults.check(!batch.items.is_empty(), "/items", Code::Required);
    faults.check(batch.items.len() <= limits::BATCH, "/items", Code::TooMany.with("most", limits::BATCH));
    faults.finish()?;
    let add = if batch.atomic { people::add_all_or_none } else { people::add_all };
    let locale = tx.locale;
    let made = |outcome: Result<PersonId>| match outcome {
        Ok(id) => Ok(Made::Added(id)),
        Err(error) => {
            serde_json::to_value(Problem::of_item(&error, locale)).map(Made::Refused).map_err(Error::internal)
        }
    };
    add(tx, &batch.items)?.into_iter().map(made).collect()
}

/// The outcomes as they are shown.
pub(super) fn shown(tx: &mut Tx<'_>, made: &[Made]) -> Result<PeopleBatchOut> {
    let added = made.iter().filter_map(|made| if let Made::Added(id) = made { Some(*id) } else { None });
    let added: Vec<PersonId> = added.collect();
    let people = PersonOut::all(people::of_ids(tx, &added)?, &tx.actor);
    let mut people: HashMap<PersonId, PersonOut> = people.into_iter().map(|person| (person.id, person)).collect();
    let outcome = |(index, made): (usize, Made)| match made {
        Made::Added(id) => PersonOutcome { index, status: 201, person: people.remove(&id), problem: None },
        Made::Refused(problem) => {
            let status = problem.get("status").and_then(Value::as_u64).and_then(|status| status.try_into().ok());
            PersonOutcome { index, status: status.unwrap_or(422), person: None, problem: Some(problem) }
        }
    };
    Ok(PeopleBatchOut { items: made.iter().cloned().enumerate().map(outcome).collect() })
}

//! What a batch of check-ins comes to.

use super::input::CheckInBatchIn;
use super::output::{CheckInBatchOut, CheckInOut, CheckInOutcomeOut};
use crate::checkins::{self, Command, Outcome, Recorded};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::http::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is remembered of an item.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Made {
    /// It was checked in.
    Recorded(Recorded),
    /// It was refused.
    Refused(Value),
}

/// Records the check-ins of a batch.
pub(super) fn record(tx: &mut Tx<'_>, batch: &CheckInBatchIn) -> Result<Vec<Made>> {
    let (actor, origin, locale) = (tx.actor.clone(), tx.origin().clone(), tx.locale);
    let command = |(goal, entry)| Command { actor: actor.clone(), origin: origin.clone(), goal, entry };
    let commands: Vec<_> = batch.entries()?.into_iter().map(command).collect();
    let record = if batch.atomic { checkins::record_all_or_none } else { checkins::record };
    let made = |outcome: Outcome| match outcome {
        Ok(shown) => Ok(Made::Recorded(Recorded::from(&shown))),
        Err(error) => {
            serde_json::to_value(Problem::of_item(&error, locale)).map(Made::Refused).map_err(Error::internal)
        }
    };
    record(tx, &commands)?.into_iter().map(made).collect()
}

/// The outcomes as they are shown.
pub(super) fn shown(tx: &mut Tx<'_>, made: &[Made]) -> Result<CheckInBatchOut> {
    let recorded = made.iter().filter_map(|made| if let Made::Recorded(one) = made { Some(*one) } else { None });
    let recorded: Vec<Recorded> = recorded.collect();
    let mut found = checkins::by_ids(tx, &recorded)?;
    let outcome = |(index, made)| match made {
        Made::Recorded(Recorded { check_in, .. }) => {
            let check_in = found.remove(&check_in).map(|shown| CheckInOut::of(shown, &tx.actor.directory));
            CheckInOutcomeOut { index, status: 201, check_in, problem: None }
        }
        Made::Refused(problem) => {
            let status = problem.get("status").and_then(Value::as_u64).and_then(|status| status.try_into().ok());
            CheckInOutcomeOut { index, status: status.unwrap_or(422), check_in: None, problem: Some(problem) }
        }
    };
    Ok(CheckInBatchOut { items: made.iter().cloned().enumerate().map(outcome).collect() })
}

//! Handing over people and goals in one transaction. Goals lie to the right of people, so the two meet here.

use crate::db::Tx;
use crate::domain::ids::{GoalId, PersonId};
use crate::error::Result;
use crate::goals;
use crate::org::people;
use serde::{Deserialize, Serialize};

/// To whom something is handed over.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverIn {
    /// The successor: active, and another person.
    to: PersonId,
    /// Whether their open goals are handed over; they are unless set.
    #[serde(default = "yes")]
    goals: bool,
    /// Whether those whom they manage are handed over; they are unless set.
    #[serde(default = "yes")]
    reports: bool,
}

const fn yes() -> bool {
    true
}

/// What was handed over.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HandoverOut {
    /// How many people have another manager now.
    pub reports: usize,
    /// The goals that have another owner now.
    pub goal_ids: Vec<GoalId>,
}

/// Goals first: forests are locked before the directory.
pub(super) fn hand_over(tx: &mut Tx<'_>, from: PersonId, what: &HandoverIn) -> Result<HandoverOut> {
    people::may_hand_over(tx, from)?;
    let goal_ids = if what.goals { goals::hand_over(tx, from, what.to)? } else { Vec::new() };
    let reports = if what.reports { people::hand_over_reports(tx, from, what.to)? } else { 0 };
    Ok(HandoverOut { reports, goal_ids })
}

//! Handing over people, units and goals in one transaction. Goals lie to the right of people, so they meet here.

use crate::db::Tx;
use crate::domain::ids::{GoalId, PersonId, UnitId};
use crate::error::Result;
use crate::goals::{self, GoalParts, HandedGoals};
use crate::org::{people, reread_directory, units};
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
    /// Whether their work on others' open goals is handed over; it is unless set.
    #[serde(default = "yes")]
    contributions: bool,
    /// Whether those whom they manage are handed over; they are unless set.
    #[serde(default = "yes")]
    reports: bool,
    /// Whether the units that they lead are handed over; they are unless set.
    #[serde(default = "yes")]
    units: bool,
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
    /// The goals that the successor works on now instead.
    pub contributing_goal_ids: Vec<GoalId>,
    /// The units that the successor leads now instead.
    pub unit_ids: Vec<UnitId>,
    /// The goals whose approval, or a change of which, waited for the person and waits for the successor now: it follows
    /// those whom they manage and the units that they lead.
    pub approval_goal_ids: Vec<GoalId>,
}

/// Goals first: forests are locked before the directory.
pub(super) fn hand_over(tx: &mut Tx<'_>, from: PersonId, what: &HandoverIn) -> Result<HandoverOut> {
    people::may_hand_over(tx, from)?;
    people::check_successor(tx, from, what.to)?;
    let parts = GoalParts { owned: what.goals, contributions: what.contributions };
    let any = parts.owned || parts.contributions;
    let handed = if any { goals::hand_over(tx, from, what.to, parts)? } else { HandedGoals::default() };
    let waited = goals::waiting_for(tx, from)?;
    let reports = if what.reports { people::hand_over_reports(tx, from, what.to)? } else { 0 };
    let unit_ids = if what.units { units::hand_over_leads(tx, from, what.to)? } else { Vec::new() };
    reread_directory(tx)?;
    let mut approval_goal_ids = goals::waiting_for(tx, what.to)?;
    approval_goal_ids.retain(|goal| waited.contains(goal));
    Ok(HandoverOut {
        reports,
        goal_ids: handed.owned,
        contributing_goal_ids: handed.contributing,
        unit_ids,
        approval_goal_ids,
    })
}

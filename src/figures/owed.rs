//! What someone owes: the first thing that they are shown.

use super::cache::Forests;
use super::can::can;
use super::sight::Sight;
use super::views::each;
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::db::schema::goals;
use crate::domain::access::Action;
use crate::domain::ids::GoalId;
use crate::domain::words::{DelegatedRight, Phase, State};
use crate::error::Result;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashSet;
use utoipa::ToSchema;

/// What the caller owes in the cycles that are being planned, under way or in review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Owed {
    /// Goals that they own or contribute to whose due day has come without a check-in.
    pub check_ins: usize,
    /// Submitted goals of people whom they manage, or whose manager they stand for by delegation.
    pub approvals: usize,
    /// Drafts of their own, to be submitted.
    pub drafts: usize,
    /// Those of them that someone else made for them: they are accepted by submitting them.
    pub to_accept: usize,
}

/// What the actor owes today.
pub fn owed(tx: &mut Tx<'_>, forests: &Forests) -> Result<Owed> {
    let is_on = |cycle: &Cycle| matches!(cycle.phase, Phase::Planning | Phase::Active | Phase::Review);
    let cycles: Vec<Cycle> = cycles::all(tx)?.into_iter().filter(is_on).collect();
    let offered = offered(tx)?;
    let mut owed = Owed::default();
    each(tx, forests, &cycles, None, |tx, sight, goals| {
        let today = tx.today();
        let how_many = |wanted: &dyn Fn(GoalId) -> bool| goals.iter().filter(|goal| wanted(**goal)).count();
        owed.check_ins += how_many(&|goal| owes_check_in(sight, goal, today));
        owed.approvals += how_many(&|goal| waits_for(sight, goal));
        owed.drafts += how_many(&|goal| is_own_draft(sight, goal));
        owed.to_accept += how_many(&|goal| offered.contains(&goal) && is_own_draft(sight, goal));
        Ok(())
    })?;
    Ok(owed)
}

/// The drafts that others made for the actor.
fn offered(tx: &mut Tx<'_>) -> Result<HashSet<GoalId>> {
    let (organization, me) = (tx.organization(), tx.actor.person);
    let drafts = goals::table
        .filter(goals::organization_id.eq(organization).and(goals::owner_id.eq(me)))
        .filter(goals::state.eq(State::Draft).and(goals::created_by.ne(me)))
        .select(goals::id);
    Ok(drafts.load(tx.conn)?.into_iter().collect())
}

fn owes_check_in(sight: &Sight<'_>, goal: GoalId, today: NaiveDate) -> bool {
    let Some((facts, card)) = sight.goal(goal) else { return false };
    let me = sight.actor.person;
    let takes_part = card.owner == me || card.is_contributor(me);
    if !takes_part || !can(sight, goal).contains(&Action::CheckIn) {
        return false;
    }
    let (Some(rules), Some(standing)) =
        (sight.scene.now.forest.rules(facts.cycle), sight.scene.now.forest.standing(goal))
    else {
        return false;
    };
    let due = rules.rhythm.due_after(facts.window(rules), standing.last_data_on);
    due.is_some_and(|due| due <= today)
}

/// Whether a submitted goal waits for the actor: its owner's manager is asked first, and who stands for them.
fn waits_for(sight: &Sight<'_>, goal: GoalId) -> bool {
    sight.goal(goal).is_some_and(|(facts, card)| {
        let asked = sight.actor.directory.manager_of(card.owner);
        let mut stands_for =
            sight.actor.stands_for(DelegatedRight::Approve).filter(|_| card.owner != sight.actor.person);
        facts.state == State::PendingApproval
            && (asked == Some(sight.actor.person) || stands_for.any(|lead| asked == Some(lead)))
    })
}

fn is_own_draft(sight: &Sight<'_>, goal: GoalId) -> bool {
    sight.goal(goal).is_some_and(|(facts, card)| facts.state == State::Draft && card.owner == sight.actor.person)
}

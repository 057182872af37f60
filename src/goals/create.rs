//! Making goals: an objective with its key results and all links in one transaction, every fault told at once.

use super::check::{self, Against, found};
use super::find::{Known, days_of, in_phase, look};
use super::links::{self, LinkWish};
use super::model::{Goal, GoalBody, GoalFrame, GoalLink};
use super::new::{NewGoal, NewLink};
use super::{defaults, measured, record};
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::{self, PhaseAct};
use crate::domain::calendar::Window;
use crate::domain::ids::{CycleId, ForestId, GoalId};
use crate::domain::limits;
use crate::domain::words::GoalKind;
use crate::error::{Code, Error, Faults, Result, Said};
use chrono::NaiveDate;
use std::collections::HashSet;

/// A goal that is about to be made, with the links by which it goes up.
pub(super) struct Planned {
    body: GoalBody,
    pub(super) goal: Goal,
    pub(super) links: Vec<GoalLink>,
}

/// Makes a goal, a draft, with its key results and links.
pub fn create(tx: &mut Tx<'_>, new: &NewGoal) -> Result<GoalId> {
    let mut faults = Faults::new();
    let cycle = found(cycles::find_for_update(tx, new.cycle_id))?;
    faults.check(cycle.is_some(), "/cycle_id", Code::NoSuchReference);
    let mut planned = vec![plan(tx, new, cycle.as_ref(), None, &mut faults)?];
    let most = limits::KEY_RESULTS;
    faults.check(new.key_results.len() <= most, "/key_results", Code::TooMany.with("most", most));
    let alone = new.kind == GoalKind::Objective || new.key_results.is_empty();
    faults.check(alone, "/key_results", Code::OnlyObjectives);
    for (index, key_result) in new.key_results.iter().enumerate().take(most) {
        let mut inner = Faults::new();
        let one = plan(tx, &key_result.as_goal(new.cycle_id), cycle.as_ref(), planned.first(), &mut inner)?;
        faults.nest(&format!("/key_results/{index}"), inner);
        planned.push(one);
    }
    faults.finish()?;
    let cycle = cycle.ok_or_else(Error::not_found)?;
    for one in &planned {
        may_be_made(tx, one)?;
    }
    in_phase(tx, &cycle, PhaseAct::MakeGoals)?;
    write(tx, &planned)
}

/// Whether the actor may make this goal.
pub(super) fn may_be_made(tx: &Tx<'_>, planned: &Planned) -> Result<()> {
    let Planned { goal, body, .. } = planned;
    let rule = access::may_create(&tx.actor, goal.scope, &goal.access(&[]));
    rule.map(drop).ok_or(Code::Forbidden)?;
    measured::may_be_measured(tx, body)
}

pub(super) fn write(tx: &mut Tx<'_>, planned: &[Planned]) -> Result<GoalId> {
    for one in planned {
        record::birth(tx, &one.goal, &one.body)?;
        for link in &one.links {
            record::link(tx, &one.goal, None, Some(link), None)?;
        }
    }
    planned.first().map(|first| first.goal.id).ok_or_else(|| Error::internal("no goal was planned"))
}

/// Checks one goal with its links. Under an objective that is made with it, its key result has weight at once: both are
/// one act.
pub(super) fn plan(
    tx: &mut Tx<'_>,
    new: &NewGoal,
    cycle: Option<&Cycle>,
    objective: Option<&Planned>,
    faults: &mut Faults,
) -> Result<Planned> {
    let mut body = defaults::body(tx, new, objective.map(|objective| &objective.body), faults)?;
    let days = cycle.map(days_of).transpose()?;
    let against = Against { cycle: days.unwrap_or_else(all_days), before: None, ever_active: false };
    check::all(tx, &mut body, against, faults)?;
    let goal = row(tx, new.cycle_id, cycle, &body);
    let mut links = Vec::new();
    if let Some(objective) = objective {
        links.push(GoalLink {
            weight: new.weight.unwrap_or_default(),
            is_primary: true,
            ..links::blank(tx, &goal, objective.goal.id)
        });
    }
    if let Some(cycle) = cycle {
        links.extend(links_of(tx, new, &goal, cycle, faults)?);
    }
    let placeless = new.kind == GoalKind::KeyResult && objective.is_none() && new.parent_id.is_none();
    let weightless = new.weight.is_none() || new.parent_id.is_some() || objective.is_some();
    faults.check(!placeless && weightless, "/parent_id", Code::Required);
    Ok(Planned { body, goal, links })
}

/// Where the cycle is not known, its days are not what is at fault.
fn all_days() -> Window {
    let never = Window::new(NaiveDate::MIN, NaiveDate::MAX);
    never.unwrap_or_else(|| unreachable!("the calendar begins before it ends"))
}

/// The links of a goal that exist already above it: its place in the tree and further ones.
fn links_of(tx: &mut Tx<'_>, new: &NewGoal, goal: &Goal, cycle: &Cycle, faults: &mut Faults) -> Result<Vec<GoalLink>> {
    let most = limits::LINKS_UP;
    faults.check(new.links.len() <= most, "/links", Code::TooMany.with("most", most));
    let place = new.parent_id.map(|parent_id| {
        let link = NewLink { parent_id, weight: new.weight.unwrap_or_default() };
        ("/parent_id".to_owned(), link, true)
    });
    let further = new.links.iter().take(most).enumerate();
    let further = further.map(|(index, link)| (format!("/links/{index}/parent_id"), *link, false));
    let mut met = HashSet::new();
    let mut links = Vec::new();
    for (pointer, link, primary) in place.into_iter().chain(further) {
        faults.check(met.insert(link.parent_id), &pointer, Code::Duplicate);
        match found(look(tx, link.parent_id))? {
            None => faults.add(pointer, Code::NoSuchReference),
            Some(above) => match misfit(tx, new, goal, cycle, &above, primary)? {
                Some(said) => faults.add(pointer, said),
                None => links.push(linked(tx, goal, &above, link, primary)),
            },
        }
    }
    Ok(links)
}

fn misfit(
    tx: &mut Tx<'_>,
    new: &NewGoal,
    goal: &Goal,
    cycle: &Cycle,
    above: &Known,
    primary: bool,
) -> Result<Option<Said>> {
    let said = links::misfit(tx, goal, cycle, above, primary)?;
    let levels = if new.key_results.is_empty() { 1 } else { 2 };
    said.map_or_else(|| links::full(tx, &above.goal, levels), |said| Ok(Some(said)))
}

fn linked(tx: &Tx<'_>, goal: &Goal, above: &Known, link: NewLink, primary: bool) -> GoalLink {
    let wish = LinkWish { weight: Some(link.weight), primary: Some(primary), ..LinkWish::default() };
    links::weighed(tx, tx.actor.person, above, None, &wish, links::blank(tx, goal, above.goal.id))
}

fn row(tx: &Tx<'_>, cycle_id: CycleId, cycle: Option<&Cycle>, body: &GoalBody) -> Goal {
    let frame = GoalFrame {
        organization_id: tx.organization(),
        id: tx.new_id(),
        // Without a cycle nothing is written.
        forest_id: cycle.map_or_else(|| ForestId::from(cycle_id), |cycle| cycle.forest_id),
        cycle_id,
        created_by: tx.actor.person,
        created_at: tx.now,
    };
    Goal::new(frame, body)
}

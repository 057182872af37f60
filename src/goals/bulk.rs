//! Goals for all members of a unit at once: each a KPI goal of one metric, a draft that its owner accepts by submitting it.

mod members;
mod targets;
mod wish;

pub use targets::MembersResults;
pub(super) use targets::adds_up;
pub use wish::Bulk;

use super::check::found;
use super::create::{self, Planned};
use super::find::{Known, in_phase, look};
use super::model::{Goal, GoalLink};
use super::new::NewGoal;
use super::store;
use crate::cycles::{self, model::Cycle};
use crate::db::{Event, Subject, Tx};
use crate::domain::access::PhaseAct;
use crate::domain::amount::Amount;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::limits;
use crate::domain::words::{BulkOutcome, GoalKind, Scope, Source, TargetsBy};
use crate::error::{Code, Error, Faults, Result};
use crate::metrics::{self, model::Metric};
use members::Member;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;

/// What came of a member.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BulkItem {
    /// Who.
    pub person: PersonId,
    /// What came of it.
    pub outcome: BulkOutcome,
    /// The goal made, or the one that they have already.
    pub goal: Option<GoalId>,
    /// Why they were left out, where that was said.
    pub reason: Option<String>,
}

/// What would come of a member, with the goal that would be made and its link upward.
pub(super) struct BulkPlanned {
    pub(super) item: BulkItem,
    pub(super) would: Option<(Goal, Option<GoalLink>)>,
}

/// Makes the goals: for those who may make each of them; all or nothing. Those who have one already are told, and get
/// none unless asked.
pub fn bulk(tx: &mut Tx<'_>, bulk: &Bulk, results: &MembersResults) -> Result<Vec<BulkItem>> {
    let cycle = found(cycles::find_for_update(tx, bulk.cycle_id))?;
    let (items, planned) = plan(tx, bulk, cycle.as_ref(), results)?;
    if !planned.is_empty() {
        create::write(tx, &planned)?;
        note(tx, bulk, &items)?;
    }
    Ok(items)
}

/// What would come of it.
pub(super) fn preview_bulk(tx: &mut Tx<'_>, bulk: &Bulk, results: &MembersResults) -> Result<Vec<BulkPlanned>> {
    let cycle = found(cycles::find(tx, bulk.cycle_id))?;
    let (items, planned) = plan(tx, bulk, cycle.as_ref(), results)?;
    let mut planned: HashMap<GoalId, Planned> = planned.into_iter().map(|one| (one.goal.id, one)).collect();
    let each = |mut item: BulkItem| {
        let would = item.goal.and_then(|goal| planned.remove(&goal));
        if would.is_some() {
            (item.outcome, item.goal) = (BulkOutcome::Planned, None);
        }
        BulkPlanned { item, would: would.map(|one| (one.goal, one.links.into_iter().next())) }
    };
    Ok(items.into_iter().map(each).collect())
}

/// Those who would get a goal: whose results are asked for.
pub fn bulk_members(tx: &Tx<'_>, bulk: &Bulk) -> Vec<PersonId> {
    let members = members::members(&tx.actor.directory, bulk, &mut Faults::new());
    members.into_iter().filter(Member::is_meant).map(|member| member.person).collect()
}

fn plan(
    tx: &mut Tx<'_>,
    bulk: &Bulk,
    cycle: Option<&Cycle>,
    results: &MembersResults,
) -> Result<(Vec<BulkItem>, Vec<Planned>)> {
    let mut faults = Faults::new();
    faults.check(cycle.is_some(), "/cycle_id", Code::NoSuchReference);
    let own_value = matches!(bulk.source, None | Some(Source::CheckIns | Source::Measurements));
    faults.check(own_value, "/source", Code::SourceNotOwn);
    let members = members::members(&tx.actor.directory, bulk, &mut faults);
    let metric = found(metrics::find(tx, bulk.metric_id))?;
    faults.check(metric.is_some(), "/metric_id", Code::NoSuchReference);
    let above = bulk.parent_id.map(|parent| found(look(tx, parent))).transpose()?.flatten();
    let above_goal = above.as_ref().map(|above| &above.goal);
    let mut unfit = Faults::new();
    let targets = targets::targets(bulk, &members, (metric.as_ref(), above_goal), results, &mut unfit);
    let are_told = !unfit.is_empty();
    faults.nest("", unfit);
    let template = Template::of(bulk, tx, metric.as_ref(), &mut faults);
    let present = present(tx, bulk, &members)?;
    let mut items = Vec::with_capacity(members.len());
    let mut planned = Vec::new();
    for member in &members {
        let has = present.get(&member.person).copied();
        let mut item = outcome(member, has);
        if item.outcome == BulkOutcome::Made && planned.len() < limits::BULK_GOALS {
            let new = new_goal(bulk, member, targets.get(&member.person).copied(), template.filled(tx, member));
            let one = planned_for(tx, (bulk, are_told), &new, cycle, &mut faults)?;
            item.goal = Some(one.goal.id);
            planned.push(one);
        }
        items.push(item);
    }
    room(tx, above.as_ref(), planned.len(), &mut faults)?;
    faults.finish()?;
    for one in &planned {
        create::may_be_made(tx, one)?;
    }
    in_phase(tx, cycle.ok_or_else(Error::not_found)?, PhaseAct::MakeGoals)?;
    Ok((items, planned))
}

/// Checks a member's goal as any new goal is checked. What is wrong with all alike is told once; where no targets could be
/// found, that is told already.
fn planned_for(
    tx: &mut Tx<'_>,
    (bulk, targets_are_told): (&Bulk, bool),
    new: &NewGoal,
    cycle: Option<&Cycle>,
    faults: &mut Faults,
) -> Result<Planned> {
    let mut inner = Faults::new();
    let planned = create::plan(tx, new, cycle, None, &mut inner)?;
    for fault in inner.into_vec() {
        match (fault.pointer.as_str(), bulk.by) {
            ("/target", _) if targets_are_told => {}
            ("/target", TargetsBy::Own) => faults.add_once(targets::place_of(bulk, new.owner_id), fault.said),
            ("/target", TargetsBy::Equal | TargetsBy::Proportional) => faults.add_once("/total", fault.said),
            _ => faults.add_once(fault.pointer, fault.said),
        }
    }
    Ok(planned)
}

fn new_goal(bulk: &Bulk, member: &Member, target: Option<Amount>, title: String) -> NewGoal {
    NewGoal {
        parent_id: bulk.parent_id,
        description: bulk.description.clone(),
        scope: Some(Scope::Person),
        unit_id: Some(member.unit),
        owner_id: Some(member.person),
        source: Some(bulk.source.unwrap_or(Source::CheckIns)),
        direction: bulk.direction,
        metric_id: Some(bulk.metric_id),
        start: bulk.start,
        target,
        floor: bulk.floor,
        ceiling: bulk.ceiling,
        lo: bulk.lo,
        hi: bulk.hi,
        tolerance: bulk.tolerance,
        window: bulk.window,
        visibility: bulk.visibility,
        commitment: bulk.commitment,
        weight: bulk.weight,
        review_weight: bulk.review_weight,
        ..NewGoal::named(bulk.cycle_id, GoalKind::Kpi, title)
    }
}

fn outcome(member: &Member, has: Option<GoalId>) -> BulkItem {
    let item = |outcome, goal, reason| BulkItem { person: member.person, outcome, goal, reason };
    match has {
        _ if member.is_left_out => item(BulkOutcome::LeftOut, None, member.reason.clone()),
        _ if member.is_viewer => item(BulkOutcome::Viewer, None, None),
        Some(goal) => item(BulkOutcome::HasOne, Some(goal), None),
        None => item(BulkOutcome::Made, None, None),
    }
}

/// The goals of this cycle and metric that members have already under the same goal, as far as the actor sees them.
fn present(tx: &mut Tx<'_>, bulk: &Bulk, members: &[Member]) -> Result<HashMap<PersonId, GoalId>> {
    if bulk.again {
        return Ok(HashMap::new());
    }
    let owners: Vec<PersonId> = members.iter().map(|member| member.person).collect();
    let alike =
        store::kpis_under(tx.conn, tx.organization(), (bulk.cycle_id, bulk.metric_id), bulk.parent_id, &owners)?;
    let mut present = HashMap::new();
    for (owner, goal) in alike {
        if found(look(tx, goal))?.is_some() {
            present.entry(owner).or_insert(goal);
        }
    }
    Ok(present)
}

/// Whether there is room under the goal above.
fn room(tx: &mut Tx<'_>, above: Option<&Known>, more: usize, faults: &mut Faults) -> Result<()> {
    let Some(above) = above else { return Ok(()) };
    let below = store::count_below(tx.conn, above.goal.organization_id, above.goal.id)?;
    let in_all = usize::try_from(below).unwrap_or(usize::MAX).saturating_add(more);
    let most = limits::LINKS_DOWN;
    if in_all > most {
        faults.add_once("/parent_id", Code::TooManyLinks.with("most", most));
    }
    Ok(())
}

/// Tells that goals were made for a unit, and who was left out and why.
fn note(tx: &mut Tx<'_>, bulk: &Bulk, items: &[BulkItem]) -> Result<()> {
    let name = tx.actor.directory.unit(bulk.unit_id).map(|unit| unit.name.clone()).unwrap_or_default();
    let made: Vec<_> = items.iter().filter(|item| item.outcome == BulkOutcome::Made).map(|item| item.goal).collect();
    let left_out = items.iter().filter(|item| item.outcome == BulkOutcome::LeftOut);
    let left_out: Vec<_> = left_out.map(|item| json!({ "person_id": item.person, "reason": item.reason })).collect();
    let after = json!({ "cycle_id": bulk.cycle_id, "metric_id": bulk.metric_id, "goals": made, "left_out": left_out });
    let subject = Subject::new("unit", bulk.unit_id).called(&name);
    tx.note(Event::new("goals.made_for_unit", subject).after(&after)?);
    Ok(())
}

/// What the goals' titles are made of.
struct Template {
    text: String,
    metric: String,
}

impl Template {
    const PLACES: [&str; 3] = ["{name}", "{unit}", "{metric}"];

    fn of(bulk: &Bulk, tx: &Tx<'_>, metric: Option<&Metric>, faults: &mut Faults) -> Self {
        let text = bulk.title.clone().unwrap_or_else(|| "{metric}: {name}".to_owned());
        let rest = Self::PLACES.iter().fold(text.clone(), |rest, place| rest.replace(place, ""));
        let known = || Code::UnknownPlaceholder.with("known", Self::PLACES.join(", "));
        faults.check(!rest.contains(['{', '}']), "/title", known());
        Self { text, metric: metric.map(|metric| metric.name(tx.locale).to_owned()).unwrap_or_default() }
    }

    /// Filled in in one go: a name with braces stays as it is.
    fn filled(&self, tx: &Tx<'_>, member: &Member) -> String {
        let unit = tx.actor.directory.unit(member.unit).map(|unit| unit.name.as_str()).unwrap_or_default();
        let mut filled = String::new();
        let mut rest = self.text.as_str();
        while let Some((before, from)) = rest.find('{').and_then(|at| rest.split_at_checked(at)) {
            let found = Self::PLACES.iter().zip([member.name.as_str(), unit, &self.metric]);
            let found = found.into_iter().find_map(|(place, said)| Some((from.strip_prefix(place)?, said)));
            let Some((after, said)) = found else { break };
            filled.push_str(before);
            filled.push_str(said);
            rest = after;
        }
        filled + rest
    }
}

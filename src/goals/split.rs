//! Splitting a goal's target: draft KPI goals for people and units under it, whose targets are exactly it together.

use super::bulk::adds_up;
use super::check::found;
use super::create::{self, Planned};
use super::find::{Known, days_of, look, take};
use super::model::{Goal, GoalBody};
use super::new::NewGoal;
use super::store;
use crate::db::Tx;
use crate::domain::access::{Action, PhaseAct};
use crate::domain::amount::Amount;
use crate::domain::ids::{CycleId, GoalId, PersonId, UnitId};
use crate::domain::limits;
use crate::domain::measure::Measure;
use crate::domain::share::{share, smallest_unit};
use crate::domain::words::{GoalKind, Scope, Source, SplitHow, State, UnitKind, Visibility, Word};
use crate::error::{Code, Error, Faults, Result};
use crate::http::not_null;
use crate::metrics;
use serde::Deserialize;
use std::collections::HashSet;

/// How a goal's target is split, and into which goals.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SplitIn)]
pub struct Split {
    /// How: in `equal` parts; by given `shares`; `proportional` to what each reached in the cycle before on the same
    /// metric; or the `same` target for each, for what does not add up (an average, a ratio, bounds to keep between).
    pub how: SplitHow,
    /// For whom; at least 1, at most 200.
    #[schema(min_items = 1, max_items = 200)]
    pub parts: Vec<SplitPart>,
    /// With `proportional`: the cycle whose results are taken; the one of the same kind right before unless said.
    #[serde(default, deserialize_with = "not_null")]
    pub previous_cycle_id: Option<CycleId>,
    /// Whether only to show what would be made: nothing is stored.
    #[serde(default)]
    pub preview: bool,
}

/// Whom a goal is made for: a person, or a unit.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SplitPartIn)]
pub struct SplitPart {
    /// Who owns it: without `unit_id` it is a person's own goal; with it the unit's, its one lead's unless said.
    #[serde(default, deserialize_with = "not_null")]
    pub owner_id: Option<PersonId>,
    /// The unit whose goal it is; its kind gives the scope.
    #[serde(default, deserialize_with = "not_null")]
    pub unit_id: Option<UnitId>,
    /// With `shares`: how large a part, above 0; parts stand to each other as their shares do.
    #[serde(default, deserialize_with = "not_null")]
    pub share: Option<Amount>,
    /// What the goal says: what the split one says unless given. At most 250 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_length = 250)]
    pub title: Option<String>,
}

/// What each part reached in the cycle before, in their order: above zero, where there is anything. None where there
/// is no such cycle.
pub type LastResults = Option<Vec<Option<Amount>>>;

/// Splits a goal: for those who may edit it and may make each of the goals. All or nothing; the goals are drafts,
/// linked under it by their primary links.
pub fn split(
    tx: &mut Tx<'_>,
    id: GoalId,
    version: Option<i64>,
    split: &Split,
    results: &LastResults,
) -> Result<Vec<GoalId>> {
    let known = take(tx, id)?;
    known.at_version(version)?;
    let planned = plan(tx, &known, split, results)?;
    create::write(tx, &planned)?;
    Ok(planned.iter().map(|one| one.goal.id).collect())
}

/// The goals that a split would make.
pub fn preview_split(tx: &mut Tx<'_>, id: GoalId, split: &Split, results: &LastResults) -> Result<Vec<Goal>> {
    let known = look(tx, id)?;
    Ok(plan(tx, &known, split, results)?.into_iter().map(|one| one.goal).collect())
}

/// What is allocated of a goal's target: the targets of the goals of its metric that hang under it, drafts and those
/// that wait included, cancelled ones left out; and of some that would. In units of an amount.
pub fn allocated(tx: &mut Tx<'_>, goal: &Goal, more: &[Goal]) -> Result<i128> {
    let below = store::children(tx.conn, goal.organization_id, goal.id)?;
    let hanging =
        below.into_iter().filter(|(link, _)| link.is_primary && !link.weight.is_zero()).map(|(_, child)| child);
    let counts = |child: &&Goal| child.metric_id == goal.metric_id && child.state != State::Cancelled;
    let hanging: Vec<Goal> = hanging.collect();
    Ok(hanging
        .iter()
        .filter(counts)
        .chain(more)
        .filter_map(|child| child.target)
        .map(|one| i128::from(one.units()))
        .sum())
}

fn plan(tx: &mut Tx<'_>, known: &Known, split: &Split, results: &LastResults) -> Result<Vec<Planned>> {
    known.must(tx, Action::Edit)?;
    known.in_phase(tx, PhaseAct::MakeGoals)?;
    if !known.goal.is_open() {
        return Err(Code::GoalOver.word("state", known.goal.state).into());
    }
    let whole = Whole::of(tx, known)?;
    let mut faults = Faults::new();
    faults.check(whole.adds_up || split.how == SplitHow::Same, "/how", Code::NotAdditive);
    let measured = split.how != SplitHow::Proportional || known.goal.metric_id.is_some();
    faults.check(measured, "/how", Code::NeedsMetric);
    faults.check(!split.parts.is_empty(), "/parts", Code::Required);
    let most = limits::SPLIT_PARTS;
    faults.check(split.parts.len() <= most, "/parts", Code::TooMany.with("most", most));
    let below = store::count_below(tx.conn, known.goal.organization_id, known.goal.id)?;
    let in_all = usize::try_from(below).unwrap_or(usize::MAX).saturating_add(split.parts.len());
    faults.check(in_all <= limits::LINKS_DOWN, "/parts", Code::TooManyLinks.with("most", limits::LINKS_DOWN));
    let places = places(tx, split, &mut faults);
    let weights = weights(split, results, &mut faults);
    faults.finish()?;
    let keyed: Vec<_> = places.iter().map(Place::key).zip(weights).collect();
    let goals = whole.parts(&keyed, split.how)?;
    made(tx, known, split, &places, goals)
}

/// Checks the goals as any new goal is checked; what is wrong is told at its part.
fn made(tx: &mut Tx<'_>, known: &Known, split: &Split, places: &[Place], goals: Vec<GoalBody>) -> Result<Vec<Planned>> {
    let mut faults = Faults::new();
    let mut planned = Vec::new();
    for (index, ((part, place), measured)) in split.parts.iter().zip(places).zip(goals).enumerate() {
        let new = new_goal(known, part, place, &measured);
        let mut inner = Faults::new();
        planned.push(create::plan(tx, &new, Some(&known.cycle), None, &mut inner)?);
        for fault in inner.into_vec() {
            let own = ["/owner_id", "/unit_id", "/title"].contains(&fault.pointer.as_str());
            let field = if own { fault.pointer.as_str() } else { "" };
            faults.add(format!("/parts/{index}{field}"), fault.said);
        }
    }
    faults.finish()?;
    for one in &planned {
        create::may_be_made(tx, one)?;
    }
    Ok(planned)
}

fn new_goal(known: &Known, part: &SplitPart, place: &Place, measured: &GoalBody) -> NewGoal {
    let title = part.title.clone().unwrap_or_else(|| known.goal.title.clone());
    NewGoal {
        parent_id: Some(known.goal.id),
        scope: Some(place.scope),
        unit_id: Some(place.unit).filter(|_| place.scope != Scope::Person),
        owner_id: Some(place.owner),
        source: Some(Source::CheckIns),
        direction: measured.direction,
        metric_id: measured.metric_id,
        start: measured.start,
        target: measured.target,
        floor: measured.floor,
        ceiling: measured.ceiling,
        lo: measured.lo,
        hi: measured.hi,
        tolerance: measured.tolerance,
        window: measured.window,
        // What is not for all is not told to all by its parts, which may be called like it.
        visibility: Some(known.goal.visibility).filter(|seen_by| *seen_by != Visibility::Public),
        commitment: Some(measured.commitment),
        ..NewGoal::named(known.goal.cycle_id, GoalKind::Kpi, title)
    }
}

/// Whose goal a part is.
struct Place {
    scope: Scope,
    unit: UnitId,
    owner: PersonId,
}

impl Place {
    /// What tells it from the others: someone may get a goal of their own and one of their unit.
    fn key(&self) -> (UnitId, PersonId, &'static str) {
        (self.unit, self.owner, self.scope.as_str())
    }
}

fn places(tx: &Tx<'_>, split: &Split, faults: &mut Faults) -> Vec<Place> {
    let mut met = HashSet::new();
    let mut places = Vec::new();
    for (index, part) in split.parts.iter().enumerate().take(limits::SPLIT_PARTS) {
        let pointer = format!("/parts/{index}");
        let mut inner = Faults::new();
        if let Some(place) = place(tx, part, &mut inner) {
            inner.check(met.insert(place.key()), "", Code::Duplicate);
            places.push(place);
        }
        faults.nest(&pointer, inner);
    }
    places
}

/// A person's own goal lies in their home unit; a unit's belongs to its one lead unless an owner is named.
fn place(tx: &Tx<'_>, part: &SplitPart, faults: &mut Faults) -> Option<Place> {
    let directory = &tx.actor.directory;
    let Some(unit) = part.unit_id else {
        faults.check(part.owner_id.is_some(), "/owner_id", Code::Required);
        let person = part.owner_id.and_then(|owner| directory.person(owner));
        faults.check(person.is_some() || part.owner_id.is_none(), "/owner_id", Code::NoSuchReference);
        return person.map(|person| Place { scope: Scope::Person, unit: person.unit, owner: person.id });
    };
    let Some(facts) = directory.unit(unit) else {
        faults.add("/unit_id", Code::NoSuchReference);
        return None;
    };
    let scope = match facts.kind {
        UnitKind::Company => Scope::Company,
        UnitKind::Department => Scope::Department,
        UnitKind::Team => Scope::Team,
    };
    let mut leads = facts.leads.iter().copied();
    let one_lead = leads.next().filter(|_| leads.next().is_none());
    let owner = part.owner_id.or(one_lead);
    faults.check(owner.is_some(), "/owner_id", Code::Required);
    owner.map(|owner| Place { scope, unit, owner })
}

/// How large each part is against the others.
fn weights(split: &Split, results: &LastResults, faults: &mut Faults) -> Vec<Amount> {
    if split.how == SplitHow::Proportional && results.is_none() && faults.is_empty() {
        let code = if split.previous_cycle_id.is_some() { Code::NoSuchReference } else { Code::Required };
        faults.add("/previous_cycle_id", code);
    }
    let result = |index: usize| results.as_ref().and_then(|all| all.get(index).copied().flatten());
    let mut weights = Vec::new();
    for (index, part) in split.parts.iter().enumerate().take(limits::SPLIT_PARTS) {
        let pointer = format!("/parts/{index}/share");
        let unused = part.share.is_none() || split.how == SplitHow::Shares;
        faults.check(unused, &pointer, Code::NotWithSplit.word("how", split.how));
        let weight = match split.how {
            SplitHow::Equal | SplitHow::Same => Some(Amount::ONE),
            SplitHow::Proportional => {
                let told = result(index);
                faults.check(told.is_some() || results.is_none(), &format!("/parts/{index}"), Code::NoLastResult);
                told
            }
            SplitHow::Shares => {
                faults.check(part.share.is_some(), &pointer, Code::Required);
                faults.check(part.share.is_none_or(|share| share > Amount::ZERO), &pointer, Code::NotPositive);
                part.share
            }
        };
        weights.extend(weight);
    }
    weights
}

/// What is split.
struct Whole {
    body: GoalBody,
    /// Whether its parts' values add up to its own.
    adds_up: bool,
    /// With how many decimals values are shown.
    decimals: u32,
}

impl Whole {
    /// A goal with a target, or with bounds to keep between, can be split.
    fn of(tx: &mut Tx<'_>, known: &Known) -> Result<Self> {
        let body = known.body();
        let measure = body.measure(days_of(&known.cycle)?).ok().flatten();
        let bounds = matches!(measure, Some(Measure::Between { .. }));
        if !bounds && measure.as_ref().and_then(Measure::target).is_none() {
            return Err(Code::NothingToSplit.into());
        }
        let metric = body.metric_id.map(|metric| found(metrics::find(tx, metric))).transpose()?.flatten();
        let sums_up = metric.as_ref().is_none_or(adds_up);
        let decimals = metric.map_or(4, |metric| metric.decimals);
        Ok(Self { body, adds_up: sums_up && !bounds, decimals: u32::try_from(decimals).unwrap_or(4) })
    }

    /// What each part is measured by: start, target, floor and ceiling shared out alike.
    fn parts<K: Ord>(&self, weights: &[(K, Amount)], how: SplitHow) -> Result<Vec<GoalBody>> {
        let mut parts = vec![self.body.clone(); weights.len()];
        if how == SplitHow::Same {
            return Ok(parts);
        }
        let GoalBody { start, target, floor, ceiling, .. } = &self.body;
        let given: Vec<Amount> = [start, target, floor, ceiling].into_iter().flatten().copied().collect();
        let unit = smallest_unit(self.decimals, &given);
        let shares = |whole: Option<Amount>| match whole {
            Some(whole) => share(whole, unit, weights).map(|all| all.into_iter().map(Some).collect()),
            None => Some(vec![None; weights.len()]),
        };
        let all = || Some((shares(*start)?, shares(*target)?, shares(*floor)?, shares(*ceiling)?));
        let (starts, targets, floors, ceilings): (Vec<_>, Vec<_>, Vec<_>, Vec<_>) =
            all().ok_or_else(|| Error::internal("a target that can't be shared out"))?;
        let alike = starts.into_iter().zip(targets).zip(floors.into_iter().zip(ceilings));
        for (part, ((start, target), (floor, ceiling))) in parts.iter_mut().zip(alike) {
            (part.start, part.target, part.floor, part.ceiling) = (start, target, floor, ceiling);
        }
        Ok(parts)
    }
}

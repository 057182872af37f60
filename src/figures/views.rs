//! Views: my goals, and a unit's overview.

use super::cache::Forests;
use super::day::check_day;
use super::node::Node;
use super::paint::Painter;
use super::sight::Sight;
use super::tree::CycleRef;
use crate::cycles;
use crate::cycles::model::Cycle;
use crate::db::Tx;
use crate::db::schema::cycles as cycles_table;
use crate::domain::access::{self, Directory};
use crate::domain::ids::{CycleId, GoalId, PersonId, UnitId};
use crate::domain::words::{Attention, Participation, Phase, Scope, State, Status, Word};
use crate::error::{Error, Faults, Result};
use crate::org::{PersonRef, UnitRef};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use utoipa::ToSchema;

/// The caller's goals.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct MyGoals {
    /// The day that the goals and figures are those of.
    pub as_of: NaiveDate,
    /// The cycles that they are of.
    pub cycles: Vec<CycleRef>,
    /// Those that the caller owns.
    pub owned: Vec<Node>,
    /// Those of others that the caller contributes to.
    pub contributing: Vec<Node>,
    /// Those of others that the caller follows or watches.
    pub following: Vec<Node>,
    /// Those of the units that the caller belongs to, each unit's own, owned by others.
    pub units: Vec<UnitGoals>,
}

/// A unit with its own goals.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitGoals {
    /// The unit.
    pub unit: UnitRef,
    /// Its own goals: of scope company, department or team.
    pub goals: Vec<Node>,
}

/// A unit's goals at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitOverview {
    /// The unit.
    pub unit: UnitRef,
    /// The day that the goals and figures are those of.
    pub as_of: NaiveDate,
    /// The cycles that the goals are of.
    pub cycles: Vec<CycleRef>,
    /// The unit's own goals: of scope company, department or team.
    pub goals: Vec<Node>,
    /// Each member with their own goals, by name; those without any too.
    pub members: Vec<MemberGoals>,
    /// How the goals above stand.
    pub counts: GoalCounts,
}

/// A member's own goals.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberGoals {
    /// The member.
    pub person: PersonRef,
    /// Their goals of scope person, in any unit.
    pub goals: Vec<Node>,
}

/// How goals stand: only those that the caller sees, each once.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct GoalCounts {
    /// All of them.
    pub total: usize,
    /// By state.
    pub by_state: Vec<StateCount>,
    /// Those active or completed, by status.
    pub by_status: Vec<StatusCount>,
    /// By each reason why someone should look at them; a goal counts under each of its own.
    pub by_attention: Vec<AttentionCount>,
}

/// How many goals are in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateCount {
    /// The state.
    pub state: State,
    /// How many.
    pub count: usize,
}

/// How many goals have a status.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusCount {
    /// The status.
    pub status: Status,
    /// How many.
    pub count: usize,
}

/// How many goals someone should look at for a reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttentionCount {
    /// The reason.
    pub attention: Attention,
    /// How many.
    pub count: usize,
}

/// The actor's goals of a day (today where none is given) in a cycle, or in the active cycles that the day lies in.
pub(super) fn mine(
    tx: &mut Tx<'_>,
    forests: &Forests,
    cycle: Option<CycleId>,
    as_of: Option<NaiveDate>,
) -> Result<MyGoals> {
    let day = day_of(tx, as_of)?;
    let cycles = cycles_of(tx, cycle, day)?;
    let (me, directory) = (tx.actor.person, tx.actor.directory.clone());
    let units: Vec<UnitId> = units_with(&directory, me);
    let mut mine = MyGoals { as_of: day, cycles: cycles.iter().map(CycleRef::of).collect(), ..MyGoals::default() };
    let mut of_units: BTreeMap<UnitId, Vec<Node>> = BTreeMap::new();
    each(tx, forests, &cycles, as_of, |tx, sight, goals| {
        let take =
            |wanted: &dyn Fn(GoalId) -> bool| goals.iter().copied().filter(|goal| wanted(*goal)).collect::<Vec<_>>();
        let part = |goal: GoalId, how: &[Participation]| {
            let people = sight.goal(goal).map_or(&[][..], |(_, card)| &card.access.people);
            people.iter().any(|(person, as_what)| *person == me && how.contains(as_what))
        };
        let owned = |goal: GoalId| sight.goal(goal).is_some_and(|(_, card)| card.owner == me);
        let contributes = |goal| !owned(goal) && sight.goal(goal).is_some_and(|(_, card)| card.is_contributor(me));
        let follows =
            |goal| !owned(goal) && !contributes(goal) && part(goal, &[Participation::Follower, Participation::Watcher]);
        mine.owned.extend(Painter::nodes(tx, sight, &take(&owned))?);
        mine.contributing.extend(Painter::nodes(tx, sight, &take(&contributes))?);
        mine.following.extend(Painter::nodes(tx, sight, &take(&follows))?);
        for unit in &units {
            let own =
                take(&|goal| is_own_goal(sight, goal, *unit) && !owned(goal) && !contributes(goal) && !follows(goal));
            of_units.entry(*unit).or_default().extend(Painter::nodes(tx, sight, &own)?);
        }
        Ok(())
    })?;
    let named = |(unit, goals)| UnitGoals { unit: UnitRef::of(&directory, unit), goals };
    mine.units = of_units.into_iter().filter(|(_, goals)| !goals.is_empty()).map(named).collect();
    Ok(mine)
}

/// A unit's own goals and its members' of a day (today where none is given), in a cycle or in the active cycles that
/// the day lies in.
pub(super) fn of_unit(
    tx: &mut Tx<'_>,
    forests: &Forests,
    unit: UnitId,
    cycle: Option<CycleId>,
    as_of: Option<NaiveDate>,
) -> Result<UnitOverview> {
    let directory = tx.actor.directory.clone();
    directory.unit(unit).ok_or_else(Error::not_found)?;
    let as_of_day = day_of(tx, as_of)?;
    let cycles = cycles_of(tx, cycle, as_of_day)?;
    let mut own = Vec::new();
    let mut members: BTreeMap<PersonId, Vec<Node>> =
        members_of(&directory, unit).into_iter().map(|person| (person, Vec::new())).collect();
    each(tx, forests, &cycles, as_of, |tx, sight, goals| {
        let of_unit: Vec<_> = goals.iter().copied().filter(|goal| is_own_goal(sight, *goal, unit)).collect();
        own.extend(Painter::nodes(tx, sight, &of_unit)?);
        let personal = |goal: &GoalId| {
            sight.goal(*goal).is_some_and(|(_, card)| card.scope == Scope::Person && members.contains_key(&card.owner))
        };
        let of_members: Vec<_> = goals.iter().copied().filter(personal).collect();
        for node in Painter::nodes(tx, sight, &of_members)? {
            members.entry(node.owner.id).or_default().push(node);
        }
        Ok(())
    })?;
    let counts = count(own.iter().chain(members.values().flatten()));
    let named = |(id, goals)| MemberGoals { person: PersonRef::of(&directory, id), goals };
    let mut members: Vec<_> = members.into_iter().map(named).collect();
    members.sort_by(|a, b| (&a.person.name, a.person.id).cmp(&(&b.person.name, b.person.id)));
    let cycles = cycles.iter().map(CycleRef::of).collect();
    Ok(UnitOverview { unit: UnitRef::of(&directory, unit), as_of: as_of_day, cycles, goals: own, members, counts })
}

/// The day that is asked for, else today.
fn day_of(tx: &Tx<'_>, as_of: Option<NaiveDate>) -> Result<NaiveDate> {
    let mut faults = Faults::new();
    check_day("?as_of", as_of, tx.today(), &mut faults);
    faults.finish()?;
    Ok(as_of.unwrap_or_else(|| tx.today()))
}

/// The cycle that is asked for, else the active ones that a day lies in, as far as the actor sees them. Of a day gone
/// by, also those that are over by now.
fn cycles_of(tx: &mut Tx<'_>, asked: Option<CycleId>, day: NaiveDate) -> Result<Vec<Cycle>> {
    if let Some(cycle) = asked {
        return Ok(vec![cycles::find(tx, cycle)?]);
    }
    let past = [Phase::Active, Phase::Review, Phase::Closed];
    let phases = if day < tx.today() { &past[..] } else { &[Phase::Active] };
    let mut found: Vec<Cycle> = cycles_table::table
        .filter(cycles_table::organization_id.eq(tx.organization()).and(cycles_table::phase.eq_any(phases)))
        .filter(cycles_table::starts_on.le(day).and(cycles_table::ends_on.ge(day)))
        .order((cycles_table::starts_on, cycles_table::ends_on.desc(), cycles_table::id))
        .select(Cycle::as_select())
        .load(tx.conn)?;
    found.retain(|cycle| tx.actor.is_admin() || access::seen_by_all(cycle.phase));
    Ok(found)
}

/// Looks at each forest of some cycles on a day (today where none is given), with the goals of those cycles that the
/// actor sees.
pub(super) fn each(
    tx: &mut Tx<'_>,
    forests: &Forests,
    cycles: &[Cycle],
    as_of: Option<NaiveDate>,
    mut show: impl FnMut(&mut Tx<'_>, &Sight<'_>, &[GoalId]) -> Result<()>,
) -> Result<()> {
    let wanted: HashSet<CycleId> = cycles.iter().map(|cycle| cycle.id).collect();
    let places: Vec<_> = cycles.iter().map(|cycle| cycle.forest_id).collect();
    forests.look(tx, &places, as_of, |tx, scenes| {
        scenes.iter().try_for_each(|scene| {
            let sight = Sight::new(tx, scene);
            let is_wanted = |goal: &GoalId| sight.goal(*goal).is_some_and(|(facts, _)| wanted.contains(&facts.cycle));
            let goals: Vec<_> = sight.goals().into_iter().filter(is_wanted).collect();
            show(tx, &sight, &goals)
        })
    })
}

/// Whether a goal is a unit's own rather than a person's.
fn is_own_goal(sight: &Sight<'_>, goal: GoalId, unit: UnitId) -> bool {
    sight.goal(goal).is_some_and(|(_, card)| card.unit == unit && card.scope != Scope::Person)
}

/// The units that a person belongs to: home, and as lead or member.
fn units_with(directory: &Directory, person: PersonId) -> Vec<UnitId> {
    let home = directory.person(person).map(|facts| facts.unit);
    let with = |unit: &UnitId| Some(*unit) == home || members_named(directory, *unit).any(|member| member == person);
    let mut units: Vec<_> = directory.units().map(|unit| unit.id).filter(with).collect();
    units.sort_unstable();
    units
}

/// Those who work in a unit: by home, as lead or as member, as far as they are still there.
fn members_of(directory: &Directory, unit: UnitId) -> Vec<PersonId> {
    let at_home = directory.people().filter(|person| person.unit == unit).map(|person| person.id);
    let all = at_home.chain(members_named(directory, unit));
    all.filter(|person| directory.person(*person).is_some_and(|facts| facts.active)).collect()
}

fn members_named(directory: &Directory, unit: UnitId) -> impl Iterator<Item = PersonId> {
    directory.unit(unit).into_iter().flat_map(|unit| unit.leads.iter().chain(&unit.members).copied())
}

fn count<'a>(goals: impl Iterator<Item = &'a Node> + Clone) -> GoalCounts {
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    let mut statuses: BTreeMap<Status, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<Attention, usize> = BTreeMap::new();
    for goal in goals.clone() {
        *states.entry(goal.state).or_default() += 1;
        if matches!(goal.state, State::Active | State::Completed) {
            *statuses.entry(goal.status).or_default() += 1;
        }
        for reason in &goal.attention {
            *reasons.entry(*reason).or_default() += 1;
        }
    }
    GoalCounts {
        total: goals.count(),
        by_state: every(&states).map(|(state, count)| StateCount { state, count }).collect(),
        by_status: every(&statuses).map(|(status, count)| StatusCount { status, count }).collect(),
        by_attention: every(&reasons).map(|(attention, count)| AttentionCount { attention, count }).collect(),
    }
}

/// Every value of a word with its count, 0 where there is none.
fn every<W: Word + Ord>(counts: &BTreeMap<W, usize>) -> impl Iterator<Item = (W, usize)> {
    let values = W::LABELS.iter().filter_map(|label| W::parse(label.value));
    values.map(|value| (value, counts.get(&value).copied().unwrap_or_default()))
}

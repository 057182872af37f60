//! The weeks before the quarter: goals are made from the company down, linked, submitted and approved.

use super::cycles::{QUARTER, YEAR};
use super::{Loader, at_step};
use crate::db::Tx;
use crate::demo::goals as plans;
use crate::demo::money;
use crate::demo::people;
use crate::demo::plan::{Gauge, Life, Plan};
use crate::domain::amount::{Amount, Weight};
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::measure::{MeasureParts, Step};
use crate::domain::words::{Direction, GoalKind, Phase, Scope, State};
use crate::error::{Error, Result};
use crate::goals::{self, LinkWish, NewGoal, NewStep, Transition};
use chrono::Duration;
use std::collections::BTreeMap;

/// The levels in the order in which they are planned: of the year or not, the scope, the day before the quarter.
const LEVELS: [(bool, Scope, i64); 5] = [
    (true, Scope::Company, -28),
    (false, Scope::Company, -25),
    (false, Scope::Department, -21),
    (false, Scope::Team, -15),
    (false, Scope::Person, -10),
];

impl Loader<'_> {
    /// All goals are made and agreed upon, and the quarter begins.
    pub(super) fn plan_goals(&mut self) -> Result<()> {
        for (yearly, scope, day) in LEVELS {
            let of_level = |plan: &&&Plan| plan.yearly == yearly && plan.scope() == scope;
            let level: Vec<&'static Plan> = plans::all().collect::<Vec<_>>().iter().filter(of_level).copied().collect();
            self.make(&level, day)?;
        }
        self.link()?;
        let commits = |plan: &&'static Plan| !matches!(plan.life, Life::Draft | Life::Pending(_) | Life::ActiveFrom(_));
        let committed: Vec<_> = plans::all().filter(commits).collect();
        self.submit(&committed, self.calendar.at(-5, 9, 0))?;
        self.approve(&committed, self.calendar.at(-3, 9, 0))?;
        self.move_cycles(self.calendar.at(0, 8, 0), Phase::Active)
    }

    /// A level's goals are made, each by the one who answers for the goal above where they stand above its owner.
    fn make(&mut self, level: &[&'static Plan], day: i64) -> Result<()> {
        let mut moment = self.calendar.at(day, 9, 0);
        let made_by: Vec<_> = level.iter().map(|plan| (self.maker(plan), *plan)).collect();
        for run in made_by.chunk_by(|one, next| one.0 == next.0) {
            let Some((maker, _)) = run.first() else { continue };
            moment = moment + Duration::minutes(4);
            let made = self.acts(moment, maker, |tx| self.make_run(tx, run))?;
            self.ids.goals.extend(made);
        }
        Ok(())
    }

    /// The goals that someone makes one after the other.
    fn make_run(&self, tx: &mut Tx<'_>, run: &[(&'static str, &'static Plan)]) -> Result<Vec<(&'static str, GoalId)>> {
        let mut made = Vec::new();
        for (_, plan) in run {
            let new = self.new_goal(plan, &made)?;
            made.push((plan.key, at_step(plan.key, goals::create(tx, &new))?));
        }
        Ok(made)
    }

    fn new_goal(&self, plan: &Plan, just_made: &[(&'static str, GoalId)]) -> Result<NewGoal> {
        let known = |key: &str| match just_made.iter().find(|(made, _)| *made == key) {
            Some((_, id)) => Ok(*id),
            None => self.goal(key),
        };
        let parts = parts_of(plan);
        Ok(NewGoal {
            cycle_id: self.cycle(if plan.yearly { YEAR } else { QUARTER })?,
            kind: plan.kind,
            parent_id: plan.parent.map(known).transpose()?,
            key_results: Vec::new(),
            title: plan.title.to_owned(),
            description: plan.about.map(str::to_owned),
            scope: Some(plan.scope()),
            unit_id: plan.unit.map(|unit| self.unit(unit)).transpose()?,
            owner_id: Some(self.person(plan.owner)?),
            source: plan.source,
            direction: parts.direction,
            metric_id: plan.metric.map(|code| super::found(&self.ids.metrics, code)).transpose()?,
            start: parts.start,
            target: parts.target,
            floor: parts.floor,
            ceiling: parts.ceiling,
            lo: parts.lo,
            hi: parts.hi,
            tolerance: parts.tolerance,
            steps: parts.steps.into_iter().map(new_step).collect(),
            target_plan: Vec::new(),
            window: None,
            visibility: plan.visibility,
            commitment: Some(plan.commitment),
            weight: plan.parent.map(|_| weight(plan.weight)),
            review_weight: (plan.kind != GoalKind::KeyResult).then(|| review_weight(plan)),
            links: Vec::new(),
            contributors: self.all_people(plan.contributors)?,
            followers: Vec::new(),
            watchers: self.all_people(plan.watchers)?,
        })
    }

    /// Owners say which further goals theirs serve, and the owners of those answer, but for the proposals that still
    /// wait.
    fn link(&self) -> Result<()> {
        let wished: Vec<_> = plans::all()
            .flat_map(|plan| plan.serves.iter().chain(plan.proposes).map(move |(to, weight)| (plan, *to, *weight)))
            .collect();
        let mut moment = self.calendar.at(-8, 9, 0);
        for (plan, to, weight) in &wished {
            moment = moment + Duration::minutes(6);
            at_step(plan.key, self.weigh(moment, plan.owner, plan.key, to, weight))?;
        }
        let mut moment = self.calendar.at(-7, 9, 0);
        let further = plans::all().flat_map(|plan| plan.serves.iter().map(move |(to, weight)| (plan, *to, *weight)));
        let places = plans::all().filter_map(|plan| plan.parent.map(|parent| (plan, parent, plan.weight)));
        for (plan, to, weight) in further.chain(places) {
            let above = plans::find(to).ok_or_else(Error::not_found)?;
            if above.owner != self.maker(plan) {
                moment = moment + Duration::minutes(3);
                at_step(plan.key, self.weigh(moment, above.owner, plan.key, to, weight))?;
            }
        }
        Ok(())
    }

    /// Someone gives a link its weight, or proposes one.
    fn weigh(&self, moment: Instant, who: &str, child: &str, parent: &str, how_much: &str) -> Result<()> {
        let wish = LinkWish { weight: Some(weight(how_much)), ..LinkWish::default() };
        let (child, parent) = (self.goal(child)?, self.goal(parent)?);
        self.acts(moment, who, |tx| goals::put_link(tx, child, parent, None, &wish)).map(drop)
    }

    /// Owners submit goals as their commitments, each all of theirs at once.
    pub(super) fn submit(&self, plans: &[&'static Plan], moment: Instant) -> Result<()> {
        let by_owner = group(plans.iter().map(|plan| Ok((plan.owner, *plan))))?;
        self.take_on(&by_owner, moment, State::PendingApproval)
    }

    /// Managers approve what their people submitted.
    pub(super) fn approve(&self, plans: &[&'static Plan], moment: Instant) -> Result<()> {
        let by_manager = group(plans.iter().map(|plan| Ok((self.manager_of(plan.owner)?, *plan))))?;
        self.take_on(&by_manager, moment, State::Active)
    }

    fn take_on(
        &self,
        groups: &BTreeMap<&'static str, Vec<&'static Plan>>,
        mut moment: Instant,
        to: State,
    ) -> Result<()> {
        for (who, plans) in groups {
            moment = moment + Duration::minutes(5);
            self.acts(moment, who, |tx| plans.iter().try_for_each(|plan| self.step(tx, plan, to, None)))?;
        }
        Ok(())
    }

    /// A goal goes a step on in its life.
    pub(super) fn step(&self, tx: &mut Tx<'_>, plan: &Plan, to: State, reason: Option<&str>) -> Result<()> {
        let wish = Transition { to, reason: reason.map(str::to_owned), cascade: false };
        at_step(plan.key, goals::transition(tx, self.goal(plan.key)?, None, &wish)).map(drop)
    }

    /// The employee code of someone's manager; HR's where there is nobody above.
    pub(super) fn manager_of(&self, code: &str) -> Result<&'static str> {
        let manager = self.directory.manager_of(self.person(code)?);
        Ok(manager.and_then(|manager| self.code_of(manager)).unwrap_or(people::HR))
    }

    fn code_of(&self, person: PersonId) -> Option<&'static str> {
        self.ids.people.iter().find(|(_, id)| **id == person).map(|(code, _)| *code)
    }

    /// Who makes a goal: the company's are made by its head, others by the owner of the goal above where they stand
    /// above the new one's owner, else by the owner.
    fn maker(&self, plan: &Plan) -> &'static str {
        if plan.scope() == Scope::Company {
            return people::FOUNDER;
        }
        let above = plan.parent.and_then(plans::find).map(|above| above.owner);
        let stands_above = |upper: &&'static str| {
            let both = self.person(upper).ok().zip(self.person(plan.owner).ok());
            both.is_some_and(|(upper, lower)| self.directory.is_in_lead_line_of(upper, lower))
        };
        above.filter(stands_above).unwrap_or(plan.owner)
    }
}

fn group<'a>(
    named: impl Iterator<Item = Result<(&'static str, &'a Plan)>>,
) -> Result<BTreeMap<&'static str, Vec<&'a Plan>>> {
    let mut groups: BTreeMap<&'static str, Vec<_>> = BTreeMap::new();
    for one in named {
        let (who, plan) = one?;
        groups.entry(who).or_default().push(plan);
    }
    Ok(groups)
}

/// What a plan says about how its goal is measured.
pub(in crate::demo) fn parts_of(plan: &Plan) -> MeasureParts {
    let none = MeasureParts::default();
    let toward = |direction, start, target| MeasureParts {
        direction: Some(direction),
        start: money(start),
        target: money(target),
        ..MeasureParts::default()
    };
    match plan.gauge {
        Gauge::Links => none,
        Gauge::Rise(start, target) => toward(Direction::Increase, start, target),
        Gauge::Fall(start, target) => toward(Direction::Decrease, start, target),
        Gauge::Least(target, floor) => {
            MeasureParts { direction: Some(Direction::AtLeast), target: money(target), floor: money(floor), ..none }
        }
        Gauge::Most(target, ceiling) => {
            MeasureParts { direction: Some(Direction::AtMost), target: money(target), ceiling: money(ceiling), ..none }
        }
        Gauge::Within(lo, hi, tolerance) => MeasureParts {
            direction: Some(Direction::Between),
            lo: money(lo),
            hi: money(hi),
            tolerance: money(tolerance),
            ..none
        },
        Gauge::Steps(titles) => {
            let step = |(place, title): (usize, &&str)| Step {
                id: (place + 1).to_string(),
                title: (*title).to_owned(),
                weight: Weight::ONE,
            };
            let steps = titles.iter().enumerate().map(step).collect();
            MeasureParts { direction: Some(Direction::Milestone), steps, ..none }
        }
    }
}

fn new_step(step: Step) -> NewStep {
    NewStep { id: Some(step.id), title: step.title, weight: step.weight }
}

fn weight(text: &str) -> Weight {
    text.parse().unwrap_or_default()
}

/// What a goal counts in its owner's review: those of the quarter make 100 together.
fn review_weight(plan: &Plan) -> Weight {
    let counts =
        |other: &&Plan| other.owner == plan.owner && other.yearly == plan.yearly && other.kind != GoalKind::KeyResult;
    let own: Vec<_> = plans::all().filter(counts).collect();
    let place = own.iter().position(|other| other.key == plan.key).unwrap_or_default();
    let share = |several: &[i64]| several.get(place).copied().unwrap_or_default();
    let percent = match own.len() {
        0 | 1 => 100,
        2 => share(&[60, 40]),
        3 => share(&[40, 30, 30]),
        4 => share(&[30, 30, 20, 20]),
        5 => share(&[30, 20, 20, 20, 10]),
        more => {
            let more = i64::try_from(more).unwrap_or(100);
            if place == 0 { 100 - 100 / more * (more - 1) } else { 100 / more }
        }
    };
    let units = percent * Amount::ONE.units();
    Amount::from_units(units).and_then(|amount| Weight::try_from(amount).ok()).unwrap_or_default()
}

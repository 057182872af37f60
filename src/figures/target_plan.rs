//! A goal's target plan, interval by interval: this month's sales so far against its target so far.

use super::cache::Forests;
use super::day::check_day;
use super::load::{self, Basis};
use super::trend::course;
use crate::cycles;
use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::derived::Derived;
use crate::domain::figures::Figures;
use crate::domain::forest::Forest;
use crate::domain::ids::GoalId;
use crate::domain::measure::{Measure, MeasureParts, PlanPoint};
use crate::domain::target_plan::{Pace, interval_of, intervals, paces, parts};
use crate::domain::words::PlanInterval;
use crate::error::{Error, Faults, Result};
use crate::goals::model::{Days, Goal};
use crate::goals::{self, Road};
use crate::http::Versioned;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A goal's plan with what was reached of it. Values are decimal strings; without a plan of its own a goal's plan is
/// linear from start to target.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetPlan {
    /// The goal.
    pub goal_id: GoalId,
    /// The goal's version: what `If-Match` names. A change of the plan is one of the goal.
    pub version: i64,
    /// The day that all this is as of.
    pub as_of: NaiveDate,
    /// The days that the goal runs over.
    pub window: Days,
    /// The plan's points: cumulative values at the end of days, linear between them, from the start at the end of the day
    /// before the window to the target on its last day. Empty where the plan is linear.
    pub points: Vec<PlanPoint>,
    /// What the intervals are: months or weeks; null for the stretches between points at days of their own.
    pub interval: Option<PlanInterval>,
    /// Where the value starts.
    pub start: Derived,
    /// Where it is to end.
    pub target: Derived,
    /// The value as of the day; without data the start. Null beyond 9·10^17.
    pub value: Option<Derived>,
    /// The value planned for the day.
    pub planned: Derived,
    /// The value less what is planned: above zero the value is higher than planned, which is ahead for `increase` and
    /// behind for `decrease`. Null without data.
    pub difference: Option<Derived>,
    /// What is missing to the target, target less value: below zero where the value has to fall.
    pub missing: Option<Derived>,
    /// The days of the window after the day.
    #[schema(minimum = 0)]
    pub days_left: i64,
    /// What it needs a day on each of them to reach its target, as the goal shows it; null before a tenth of the plan has
    /// gone by, without data, and when no day is left.
    pub required_pace: Option<Derived>,
    /// The place in `intervals` of the one that the day lies in, from 0; null outside of the window.
    pub current: Option<usize>,
    /// The intervals, the earliest first; together they are the window.
    pub intervals: Vec<PlannedInterval>,
}

/// An interval of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedInterval {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// What it is to add to the value; below zero where the value is to fall.
    pub target: Derived,
    /// The value planned for its end.
    pub planned: Derived,
    /// What it was to add up to the day: a part of its target by the days gone, while it runs. Null while it has not begun.
    pub target_to_date: Option<Derived>,
    /// The value planned for the day, or for its last day where that is gone. Null while it has not begun.
    pub planned_to_date: Option<Derived>,
    /// What it added up to the day. Null while it has not begun and without data.
    pub actual: Option<Derived>,
    /// The value then: what `as_of` gives for the goal. Null while it has not begun and without data.
    pub value: Option<Derived>,
    /// What it added less what it was to add so far.
    pub difference: Option<Derived>,
    /// The value less what was planned for it: with that of the intervals before.
    pub cumulative_difference: Option<Derived>,
    /// What is still needed in it after the day to reach the target: what is missing, in proportion to what the plan has
    /// for the days left; by their number where the plan has nothing left to bring. Null once it is gone.
    pub required: Option<Derived>,
}

/// What is asked of a plan.
#[derive(Debug, Clone, Default)]
pub struct AskedPlan {
    /// As of which day; today unless said.
    pub as_of: Option<NaiveDate>,
    /// In which intervals; those that the plan is laid out in unless said.
    pub interval: Option<PlanInterval>,
    /// The points of another plan than the goal's.
    pub instead: Option<Vec<PlanPoint>>,
}

impl Versioned for TargetPlan {
    fn version(&self) -> i64 {
        self.version
    }
}

/// The plan of a goal that the actor may see, with what was reached of it. Hidden goals under it count.
pub fn target_plan(tx: &mut Tx<'_>, forests: &Forests, id: GoalId, asked: &AskedPlan) -> Result<TargetPlan> {
    let goal = goals::find(tx, id)?;
    let today = tx.today();
    let mut faults = Faults::new();
    check_day("?as_of", asked.as_of, today, &mut faults);
    faults.finish()?;
    let day = asked.as_of.unwrap_or(today);
    let road = road(tx, &goal, asked, day)?;
    let points = road.measure.plan().to_vec();
    let interval = asked.interval.or_else(|| interval_of(road.window, &points));
    let intervals = interval.map_or_else(|| parts(road.window, &points), |each| intervals(road.window, each));
    let (values, figures) = reached(tx, forests, &goal, &intervals, day)?;
    let paces = paces(&road.measure, road.window, &intervals, day, &values).ok_or_else(|| no_way(id))?;
    shown(&goal, day, &road, interval, &paces, &figures).ok_or_else(|| no_way(id))
}

/// The way that the goal had on the day, by another plan where one is asked for.
fn road(tx: &mut Tx<'_>, goal: &Goal, asked: &AskedPlan, day: NaiveDate) -> Result<Road> {
    let basis = if day < tx.today() { Basis::AsOf(day) } else { Basis::Now };
    let body = load::body(tx.conn, goal, basis)?.ok_or_else(Error::not_found)?;
    let cycle = cycles::find(tx, goal.cycle_id)?;
    let days = Window::new(cycle.starts_on, cycle.ends_on).ok_or_else(|| Error::internal("a cycle without days"))?;
    let mut road = Road::of(tx, &body, days)?.ok_or_else(Error::not_found)?;
    if let Some(points) = &asked.instead {
        let parts = MeasureParts { target_plan: points.clone(), ..road.measure.parts() };
        road.measure = Measure::new(parts, road.window).map_err(|_| no_way(goal.id))?;
    }
    Ok(road)
}

/// The value at the end of each interval that has begun, and the figures of the day.
fn reached(
    tx: &mut Tx<'_>,
    forests: &Forests,
    goal: &Goal,
    intervals: &[Window],
    day: NaiveDate,
) -> Result<(Vec<Option<Derived>>, Figures)> {
    let id = goal.id;
    let mut course = course(tx, forests, goal, day)?;
    let value = |forest: &Forest| forest.standing(id).filter(|standing| standing.has_data)?.value;
    let mut values = Vec::with_capacity(intervals.len());
    for days in intervals.iter().filter(|days| days.first() <= day) {
        values.push(value(course.at(days.last().min(day)).map_err(Error::internal)?));
    }
    let now = course.at(day).map_err(Error::internal)?;
    Ok((values, now.figures(id).ok_or_else(Error::not_found)?))
}

fn shown(
    goal: &Goal,
    day: NaiveDate,
    road: &Road,
    interval: Option<PlanInterval>,
    paces: &[Pace],
    figures: &Figures,
) -> Option<TargetPlan> {
    let (measure, window) = (&road.measure, road.window);
    let (target, value) = (Derived::from(measure.target()?), figures.standing.value);
    let planned = measure.planned(window, day)?;
    let told = value.filter(|_| figures.standing.has_data);
    Some(TargetPlan {
        goal_id: goal.id,
        version: goal.version,
        as_of: day,
        window: Days { first: window.first(), last: window.last() },
        points: measure.plan().to_vec(),
        interval,
        start: measure.start()?.into(),
        target,
        value,
        planned,
        difference: told.and_then(|value| value.less(planned)),
        missing: value.and_then(|value| target.less(value)),
        days_left: window.days() - window.elapsed(day),
        required_pace: figures.required_pace,
        current: paces.iter().position(|pace| pace.days.contains(day)),
        intervals: paces.iter().map(PlannedInterval::of).collect(),
    })
}

impl PlannedInterval {
    fn of(pace: &Pace) -> Self {
        let less =
            |one: Option<Derived>, other: Option<Derived>| one.zip(other).and_then(|(one, other)| one.less(other));
        Self {
            first: pace.days.first(),
            last: pace.days.last(),
            target: pace.target,
            planned: pace.planned,
            target_to_date: pace.target_to_date,
            planned_to_date: pace.planned_to_date,
            actual: pace.actual,
            value: pace.value,
            difference: less(pace.actual, pace.target_to_date),
            cumulative_difference: less(pace.value, pace.planned_to_date),
            required: pace.required,
        }
    }
}

fn no_way(goal: GoalId) -> Error {
    Error::internal(format!("goal {goal} has a plan and no way"))
}

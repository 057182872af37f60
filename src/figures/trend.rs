//! A goal's trend: its figures on many days, by one load of all that was said of it and of the goals under it.

use super::cache::Forests;
use super::day::check_day;
use super::load;
use super::picture::Reading;
use crate::cycles;
use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::calendar::Window;
use crate::domain::derived::{Derived, Fraction};
use crate::domain::forest::{Course, Forest};
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::domain::measure::Measure;
use crate::domain::words::{Interval, State, Status};
use crate::error::{Code, Error, Faults, Result};
use crate::goals::{self, model::Goal};
use chrono::NaiveDate;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A goal's figures over days.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trend {
    /// The goal.
    pub goal_id: GoalId,
    /// The first day that was asked for.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How far the points lie apart.
    pub interval: Interval,
    /// The points, the earliest first; none for days on which the goal was not there yet.
    pub points: Vec<TrendPoint>,
}

/// A goal's figures at the end of a day: what `as_of` gives for it.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrendPoint {
    /// The day.
    pub date: NaiveDate,
    /// The goal's life on that day.
    pub state: State,
    /// How its figure stood against what was expected.
    pub status: Status,
    /// The value, a decimal string; without data the start. Null where there is none to show.
    pub value: Option<Derived>,
    /// The value planned for the day, by the target plan that held or linear; null for directions without a way.
    pub planned: Option<Derived>,
    /// The target that held; null for directions without one.
    pub target: Option<Amount>,
    /// The attainment held in [0, 1], a number with 4 decimals; null where there was nothing to measure.
    pub progress: Option<Fraction>,
    /// The attainment as it was, above 1 and below 0 included.
    pub attainment: Option<Fraction>,
    /// The progress expected.
    pub expected: Option<Fraction>,
}

/// What is asked of a trend; what is left out follows from the goal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
    pub(super) interval: Option<Interval>,
}

/// The trend of a goal that the actor may see. Hidden goals under it count.
pub(super) fn trend(tx: &mut Tx<'_>, forests: &Forests, id: GoalId, asked: Asked) -> Result<Trend> {
    let goal = goals::find(tx, id)?;
    let span = span(tx, &goal, asked)?;
    let (interval, marks) = marks(span, asked.interval)?;
    let mut course = course(tx, forests, &goal, span.last())?;
    let mut points = Vec::with_capacity(marks.len());
    for day in marks {
        points.extend(point(course.at(day).map_err(Error::internal)?, id));
    }
    Ok(Trend { goal_id: id, from: span.first(), to: span.last(), interval, points })
}

/// The course of a goal's figures up to a day.
pub(super) fn course(tx: &mut Tx<'_>, forests: &Forests, goal: &Goal, until: NaiveDate) -> Result<Course> {
    let today = tx.today();
    let mut reading = Reading::new(tx.conn, Arc::clone(&tx.actor.directory), goal.organization_id, today);
    load::course(&mut reading, forests, (goal.forest_id, goal.id), until)
}

/// The days asked for: the goal's window as far as it has come, unless said otherwise.
fn span(tx: &mut Tx<'_>, goal: &Goal, asked: Asked) -> Result<Window> {
    let today = tx.today();
    let mut faults = Faults::new();
    for (pointer, day) in [("?from", asked.from), ("?to", asked.to)] {
        check_day(pointer, day, today, &mut faults);
    }
    let window = window(tx, goal)?;
    let after_it = asked.from.is_some_and(|from| window.last() < from);
    let to = asked.to.unwrap_or(if after_it { today } else { today.min(window.last()) });
    let from = asked.from.unwrap_or(window.first().min(to));
    let span = Window::new(from, to);
    let is_told = !faults.is_empty();
    faults.check(is_told || span.is_some(), "?from", Code::DatesReversed);
    faults.finish()?;
    span.ok_or_else(|| Error::internal("a trend without days"))
}

fn window(tx: &mut Tx<'_>, goal: &Goal) -> Result<Window> {
    let cycle = cycles::find(tx, goal.cycle_id)?;
    let days = goal.own_window().or_else(|| Window::new(cycle.starts_on, cycle.ends_on));
    days.ok_or_else(|| Error::internal("a cycle ends before it starts"))
}

/// The days of the points: at the interval asked for, else at the shortest one that fits.
fn marks(span: Window, asked: Option<Interval>) -> Result<(Interval, Vec<NaiveDate>)> {
    let all = [Interval::Day, Interval::Week, Interval::Month];
    let tried = asked.map_or_else(|| all.to_vec(), |interval| vec![interval]);
    let fitting = tried.into_iter().find_map(|interval| {
        let marks: Vec<_> = span.marks(interval).take(limits::TREND_POINTS + 1).collect();
        (marks.len() <= limits::TREND_POINTS).then_some((interval, marks))
    });
    let mut faults = Faults::new();
    faults.check(fitting.is_some(), "?interval", Code::TooManyPoints.with("most", limits::TREND_POINTS));
    faults.finish()?;
    fitting.ok_or_else(|| Error::internal("a trend without points"))
}

fn point(forest: &Forest, goal: GoalId) -> Option<TrendPoint> {
    let (facts, standing) = (forest.goal(goal)?, forest.standing(goal)?);
    Some(TrendPoint {
        date: forest.day(),
        state: facts.state,
        status: standing.status,
        value: standing.value,
        planned: forest.figures(goal)?.planned,
        target: facts.measure.as_ref().and_then(Measure::target),
        progress: standing.progress,
        attainment: standing.attainment,
        expected: standing.expected,
    })
}

//! Laying a goal's target plan out: month by month or week by week, as entered, in equal parts or by last year's season,
//! or at days of one's own. What comes of it is an edit of the goal like any other.

mod season;

use super::approval::Done;
use super::check::{found, measure_fault};
use super::edit::{self, edit};
use super::find::{Known, days_of, look, take};
use super::model::GoalBody;
use super::patch::GoalPatch;
use crate::db::Tx;
use crate::domain::access::Action;
use crate::domain::amount::Amount;
use crate::domain::calendar::Window;
use crate::domain::derived::Derived;
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::domain::measure::{FaultKind, Measure, MeasureParts, PlanPoint};
use crate::domain::share::smallest_unit;
use crate::domain::target_plan::{increments, intervals, points, way};
use crate::domain::words::{PlanInterval, PlanShape};
use crate::error::{Code, Faults, Result};
use crate::http::{Patch, not_null};
use crate::metrics::{self, model::Metric};
use serde::Deserialize;

/// How a target plan is laid out.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TargetPlanIn)]
pub struct PlanWish {
    /// How: each interval's target as `entered`; the way from start to target in `equal` parts; in proportion to what the
    /// same intervals brought a year before on the goal's metric (`season`); or cumulative values at days of one's own
    /// (`points`).
    pub by: PlanShape,
    /// In what: calendar months unless said, or weeks from Monday on; the first and the last one are cut off where the
    /// goal's days begin and end within them. Not with `points`.
    #[serde(default, deserialize_with = "not_null")]
    pub interval: Option<PlanInterval>,
    /// With `entered`: what each interval is to add to the value, the earliest first; below zero where the value is to
    /// fall. Together they are exactly target − start. At most 400.
    #[serde(default)]
    #[schema(max_items = 400)]
    pub increments: Vec<Amount>,
    /// With `points`: cumulative values at days inside the goal's window, ascending, before its last day; at most 400.
    #[serde(default)]
    #[schema(max_items = 400)]
    pub points: Vec<PlanPoint>,
    /// With `season`: how many years to go back, 1 unless said, at most 10: more where last year is not over yet.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(minimum = 1, maximum = 10)]
    pub years_back: Option<u32>,
    /// Why; kept with the change, and asked for on a goal that was agreed. At most 1 000 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

/// Lays a goal's target plan out: for those who may edit the goal, as any change of its target.
pub fn lay_out(tx: &mut Tx<'_>, id: GoalId, version: Option<i64>, wish: &PlanWish) -> Result<Done> {
    let known = take(tx, id)?;
    known.must(tx, Action::Edit)?;
    let mut faults = Faults::new();
    let plan = plan(tx, &known, wish, &mut faults)?;
    let told = wish.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    if !faults.is_empty() && !told && edit::is_held_to_its_target(&known.goal) {
        faults.add("/reason", Code::Required);
    }
    faults.finish()?;
    put(tx, id, version, Patch::Set(plan), wish.reason.as_deref())
}

/// Takes a goal's target plan away: from then on it is linear.
pub fn make_linear(tx: &mut Tx<'_>, id: GoalId, version: Option<i64>, reason: Option<&str>) -> Result<Done> {
    put(tx, id, version, Patch::Clear, reason)
}

fn put(
    tx: &mut Tx<'_>,
    id: GoalId,
    version: Option<i64>,
    target_plan: Patch<Vec<PlanPoint>>,
    reason: Option<&str>,
) -> Result<Done> {
    edit(tx, id, version, &GoalPatch { target_plan, reason: reason.map(str::to_owned), ..GoalPatch::default() })
}

/// The plan that would be laid out: for those who may edit the goal.
pub fn preview_plan(tx: &mut Tx<'_>, id: GoalId, wish: &PlanWish) -> Result<Vec<PlanPoint>> {
    let known = look(tx, id)?;
    known.must(tx, Action::Edit)?;
    let mut faults = Faults::new();
    let plan = plan(tx, &known, wish, &mut faults)?;
    faults.finish()?;
    Ok(plan)
}

/// A goal's way from its start to its target over its days.
#[derive(Debug)]
pub struct Road {
    /// How it is measured.
    pub measure: Measure,
    /// The days.
    pub window: Window,
    start: Amount,
    target: Amount,
    metric: Option<Metric>,
}

impl Road {
    /// That of a goal of a cycle of these days; none where there is no way to plan.
    pub fn of(tx: &mut Tx<'_>, body: &GoalBody, cycle: Window) -> Result<Option<Self>> {
        let metric = body.metric_id.map(|metric| found(metrics::find(tx, metric))).transpose()?.flatten();
        let by_formula = metric.as_ref().is_some_and(|metric| metric.progress_formula.is_some());
        let measure = body.measure(cycle).ok().flatten().filter(|_| !by_formula);
        Ok(match measure {
            Some(measure @ (Measure::Increase { start, target, .. } | Measure::Decrease { start, target, .. })) => {
                Some(Self { window: body.own_window().unwrap_or(cycle), start, target, measure, metric })
            }
            _ => None,
        })
    }

    /// The smallest unit that the way is shared out in.
    fn unit(&self) -> Amount {
        let decimals = self.metric.as_ref().and_then(|metric| u32::try_from(metric.decimals).ok());
        smallest_unit(decimals.unwrap_or(4), &[self.start, self.target])
    }
}

/// The points of the plan; empty with faults.
fn plan(tx: &mut Tx<'_>, known: &Known, wish: &PlanWish, faults: &mut Faults) -> Result<Vec<PlanPoint>> {
    let body = known.body();
    let road = Road::of(tx, &body, days_of(&known.cycle)?)?.ok_or(Code::NoPlanHere)?;
    nothing_unused(wish, faults);
    if wish.by == PlanShape::Points {
        check_points(&road, &wish.points, faults);
        return Ok(wish.points.clone());
    }
    let interval = wish.interval.unwrap_or(PlanInterval::Month);
    let intervals = intervals(road.window, interval);
    let Some(way) = way(road.start, road.target) else {
        faults.add("/by", Code::WayTooLong);
        return Ok(Vec::new());
    };
    let weights = match wish.by {
        PlanShape::Entered => {
            check_increments(&intervals, way, &wish.increments, faults);
            None
        }
        PlanShape::Season => {
            let back = (interval, wish.years_back.unwrap_or(1));
            season::weights(tx, &body, &road, &intervals, back, faults)?
        }
        PlanShape::Equal | PlanShape::Points => Some(vec![Amount::ONE; intervals.len()]),
    };
    if !faults.is_empty() {
        return Ok(Vec::new());
    }
    let shared = weights.and_then(|weights| increments(way, road.unit(), &weights));
    let plan = points(road.start, &intervals, shared.as_deref().unwrap_or(&wish.increments));
    faults.check(plan.is_some(), "/increments", Code::WayTooLong);
    Ok(plan.unwrap_or_default())
}

/// What only another way of laying out has a use for.
fn nothing_unused(wish: &PlanWish, faults: &mut Faults) {
    let used = [
        ("/increments", !wish.increments.is_empty(), wish.by == PlanShape::Entered),
        ("/points", !wish.points.is_empty(), wish.by == PlanShape::Points),
        ("/interval", wish.interval.is_some(), wish.by != PlanShape::Points),
        ("/years_back", wish.years_back.is_some(), wish.by == PlanShape::Season),
    ];
    for (field, said, of_use) in used {
        faults.check(!said || of_use, field, Code::NotWithPlan.word("by", wish.by));
    }
}

/// Points of one's own lie where those of any goal's plan do.
fn check_points(road: &Road, points: &[PlanPoint], faults: &mut Faults) {
    let most = limits::PLAN_POINTS;
    faults.check(!points.is_empty(), "/points", Code::Required);
    faults.check(points.len() <= most, "/points", Code::TooMany.with("most", most));
    let planned = MeasureParts { target_plan: points.to_vec(), ..road.measure.parts() };
    for fault in Measure::new(planned, road.window).err().unwrap_or_default() {
        if let FaultKind::PlanOutsideWindow { index } | FaultKind::PlanNotAscending { index } = fault.kind {
            faults.add(format!("/points/{index}/date"), measure_fault(fault.kind));
        }
    }
}

/// One for each interval, and together the whole way.
fn check_increments(intervals: &[Window], way: Amount, increments: &[Amount], faults: &mut Faults) {
    if increments.len() != intervals.len() {
        let first = intervals.first().map(|days| days.first().to_string()).unwrap_or_default();
        let said = Code::WrongIncrementCount.with("count", intervals.len()).with("first", first);
        faults.add("/increments", said);
        return;
    }
    let sum: i128 = increments.iter().map(|increment| i128::from(increment.units())).sum();
    if sum != i128::from(way.units()) {
        let sum = Derived::from_amount_units(sum).map_or_else(|| "…".to_owned(), |sum| sum.to_string());
        faults.add("/increments", Code::IncrementsOff.with("sum", sum).with("way", way));
    }
}

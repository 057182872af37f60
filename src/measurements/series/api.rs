//! Series over HTTP.

use super::asked::{Asked, GroupBy, Planned};
use super::draw;
use super::out::Series;
use crate::cycles;
use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::ids::{GoalId, MetricId, PersonId, UnitId};
use crate::domain::measured::Subject;
use crate::domain::words::{Scope, SeriesInterval, Source};
use crate::error::{Error, Result};
use crate::goals;
use crate::http::{Ctx, IdPath, Query};
use crate::metrics;
use actix_web::get;
use actix_web::web::Json;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Of whom, of which days and in which parts a series is told.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct SeriesQuery {
    /// The unit that it is told of, with all below it: the company unless a unit, a person or a goal is named.
    unit_id: Option<UnitId>,
    /// The person that it is told of; not beside `unit_id`.
    person_id: Option<PersonId>,
    /// The first day: unless given, that of the fiscal year in which `to` lies, with `goal_id` that of the goal's window.
    from: Option<NaiveDate>,
    /// The last day: today unless given, with `goal_id` the last one of the goal's window that has come. It may lie
    /// ahead; points that have not come have no value.
    to: Option<NaiveDate>,
    /// How long the points are: `month` unless given. Weeks run from Monday to Sunday, months are calendar months;
    /// quarters and years are those of the organization's fiscal year. At most 400 points.
    interval: Option<SeriesInterval>,
    /// The parts that are set beside each other: `unit` (the units directly below, and what was measured in the unit
    /// itself), `person`, or `dimension:` with the name of a dimension.
    #[param(value_type = Option<String>, example = "dimension:product")]
    group_by: Option<GroupBy>,
    /// How many groups are shown, 1 to 1 000: 50 unless given. With all their points they make at most 20 000 figures;
    /// where someone's figures are hidden from the caller, all groups do, those beyond the limit too.
    limit: Option<usize>,
    /// The order of groups: `rank` (the best first) unless given, or `name`; with a `-` before it the other way round.
    /// Groups without a value come last by rank.
    #[param(example = "-rank")]
    sort: Option<String>,
    /// Whether the year to date and the year before are told too: yes unless `false`, which is cheaper. Where
    /// someone's figures are hidden from the caller they are held back, unless `from` is the first day of that fiscal year.
    years: Option<bool>,
    /// A goal with source `measurements` on this metric: the points then carry its plan, and unit or person and days
    /// follow from it where they are not given.
    goal_id: Option<GoalId>,
}

/// Shows what a metric comes to over days
///
/// For a unit with all below it, or for a person: the same figure as that of a goal with source `measurements`.
/// Measurements are put together over time by subject, then over the subjects; a formula is computed from its inputs,
/// each aggregated first, point by point, so that a team's ratio is its ratio of sums. `prev(code)` is the period before
/// the point: the calendar one, while the point runs as many days of it. Where nothing was measured, or a formula has no
/// result, the value is null with the reason.
///
/// With `group_by` the same for each part, ranked by its total. A group of a dimension holds what was measured with that
/// value, one (null) what was measured without it; every metric that a formula is computed from has to declare the
/// dimension (422). In a group of `unit` or `person` counts what was measured there; people without a measurement are no
/// group.
///
/// Who sees a unit's series: its members and those of units below it, leads and supervisors of it and of units above,
/// HR. Who sees a person's: themself, their lead line, HR; everyone where the organization's `ranking_visibility` is
/// `all`. What may not be seen is not found (404). People beside each other (`group_by=person`) are shown to all who see
/// the unit, to its leads and HR, or to none, as `ranking_visibility` says (403). A figure that would tell what a single
/// person reached whose figures the caller may not see is held back: its value is null.
#[utoipa::path(
    tag = "metrics",
    params(("id" = MetricId, Path, description = "The metric"), SeriesQuery),
    responses((status = 200, body = Series, description = "The series"))
)]
#[get("/metrics/{id}/series")]
async fn get_metric_series(ctx: Ctx, id: IdPath<MetricId>, query: Query<SeriesQuery>) -> Result<Json<Series>> {
    let (id, query) = (id.into_inner(), query.0);
    ctx.read(move |tx| {
        let planned = query.goal_id.map(|goal| planned(tx, goal)).transpose()?;
        draw::series(tx, id, query.clone().asked(planned))
    })
    .await
    .map(Json)
}

impl SeriesQuery {
    fn asked(self, planned: Option<Planned>) -> Asked {
        Asked {
            unit: self.unit_id,
            person: self.person_id,
            from: self.from,
            to: self.to,
            interval: self.interval,
            group_by: self.group_by,
            limit: self.limit,
            sort: self.sort,
            years: self.years.unwrap_or(true),
            planned,
        }
    }
}

/// What a series is compared with, of a goal that the actor may see.
fn planned(tx: &mut Tx<'_>, id: GoalId) -> Result<Planned> {
    let goal = goals::find(tx, id)?;
    let cycle = cycles::find(tx, goal.cycle_id)?;
    let cycle = Window::new(cycle.starts_on, cycle.ends_on);
    let cycle = cycle.ok_or_else(|| Error::internal("a cycle ends before it starts"))?;
    let subject = match goal.scope {
        Scope::Person => Subject::Person(goal.owner_id),
        Scope::Company | Scope::Department | Scope::Team => Subject::Unit(goal.unit_id),
    };
    let metric = goal.metric_id.map(|metric| metrics::find(tx, metric)).transpose()?;
    let plans = metric.is_none_or(|metric| metric.progress_formula.is_none());
    Ok(Planned {
        goal: id,
        metric: goal.metric_id,
        subject: (goal.source == Source::Measurements).then_some(subject),
        window: goal.own_window().unwrap_or(cycle),
        measure: goal.body(&[]).measure(cycle).ok().flatten().filter(|_| plans),
        completed_on: goal.completed_on,
    })
}

/// The address of series.
pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    services.service(get_metric_series);
}

//! The season of a plan: each interval weighs what was measured in the same one some years before.

use super::Road;
use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::calendar::Window;
use crate::domain::derived::Derived;
use crate::domain::limits;
use crate::domain::measured::Subject;
use crate::domain::share::weight_of;
use crate::domain::target_plan::years_before;
use crate::domain::words::{PlanInterval, Scope, TimeAggregation};
use crate::error::{Code, Faults, Result};
use crate::goals::model::GoalBody;
use crate::measurements::series;
use crate::metrics::model::Metric;
use crate::org::organization;
use chrono::NaiveDate;

/// What each interval weighs; none, and why, where there is no season to go by.
pub(super) fn weights(
    tx: &mut Tx<'_>,
    body: &GoalBody,
    road: &Road,
    intervals: &[Window],
    (interval, years): (PlanInterval, u32),
    faults: &mut Faults,
) -> Result<Option<Vec<Amount>>> {
    let most = u32::try_from(limits::SEASON_YEARS).unwrap_or(u32::MAX);
    if !(1..=most).contains(&years) {
        faults.add("/years_back", Code::OutOfRange.with("least", 1).with("most", most));
        return Ok(None);
    }
    let Some(metric) = road.metric.as_ref().filter(|metric| adds_up_over_time(metric)) else {
        faults.add("/by", Code::SeasonNeedsMetric);
        return Ok(None);
    };
    let Some((then, last)) = then(tx, intervals, (interval, years), faults) else { return Ok(None) };
    let scope = match body.scope {
        Scope::Person => Subject::Person(body.owner_id),
        Scope::Company | Scope::Department | Scope::Team => Subject::Unit(body.unit_id),
    };
    if !sees(tx, scope)? {
        return Err(Code::Forbidden.into());
    }
    let brought = series::brought(tx, metric.id, scope, &then)?;
    Ok(weighed(&then, &brought, last, faults))
}

/// The same intervals so many years before, and their last day; none where that has not gone by.
fn then(
    tx: &Tx<'_>,
    intervals: &[Window],
    (interval, years): (PlanInterval, u32),
    faults: &mut Faults,
) -> Option<(Vec<Window>, NaiveDate)> {
    let then: Option<Vec<Window>> = intervals.iter().map(|days| years_before(*days, interval, years)).collect();
    let then = then.unwrap_or_default();
    let last = then.last().map(|days| days.last());
    if last.is_some_and(|last| last < tx.today()) {
        return Some((then, last?));
    }
    let last = last.map(|last| last.to_string()).unwrap_or_default();
    faults.add("/years_back", Code::SeasonNotOver.with("last", last));
    None
}

/// Each interval by what it brought: nothing where nothing was measured.
fn weighed(then: &[Window], brought: &[Option<Derived>], last: NaiveDate, faults: &mut Faults) -> Option<Vec<Amount>> {
    let below_zero = then.iter().zip(brought).find(|(_, sum)| sum.is_some_and(|sum| sum < Derived::ZERO));
    if let Some((days, _)) = below_zero {
        faults.add("/by", Code::SeasonBelowZero.with("first", days.first()).with("last", days.last()));
        return None;
    }
    let weights: Vec<Amount> = brought.iter().map(|sum| weight_of(*sum).unwrap_or(Amount::ZERO)).collect();
    if weights.iter().all(|weight| *weight == Amount::ZERO) {
        let first = then.first().map_or(last, |days| days.first());
        faults.add("/by", Code::SeasonWithoutData.with("first", first).with("last", last));
        return None;
    }
    Some(weights)
}

/// Whether the actor may know what was measured: a season tells it, as shares.
fn sees(tx: &mut Tx<'_>, scope: Subject) -> Result<bool> {
    Ok(match scope {
        Subject::Unit(unit) => tx.actor.sees_figures_of_unit(unit),
        Subject::Person(person) => {
            let ranking = organization::get(tx)?.ranking_visibility;
            tx.actor.sees_figures_of_person(person, ranking)
        }
    })
}

/// Whether what is measured on a metric adds up from month to month.
fn adds_up_over_time(metric: &Metric) -> bool {
    metric.formula.is_none() && metric.time_aggregation == Some(TimeAggregation::Sum)
}

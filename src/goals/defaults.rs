//! What a new goal says where nothing is said.

use super::check::found;
use super::measured;
use super::model::GoalBody;
use super::new::{NewGoal, steps_of};
use crate::db::Tx;
use crate::domain::amount::Weight;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::{Commitment, Direction, GoalKind, Scope, Source, State};
use crate::error::{Code, Error, Faults, Result};
use crate::metrics;

/// What a new goal says, a key result that is made with its objective with that one's scope, unit, owner, visibility
/// and commitment unless it says otherwise.
pub(super) fn body(
    tx: &mut Tx<'_>,
    new: &NewGoal,
    objective: Option<&GoalBody>,
    faults: &mut Faults,
) -> Result<GoalBody> {
    let owner_id = new.owner_id.or(objective.map(|body| body.owner_id)).unwrap_or(tx.actor.person);
    let scope = new.scope.or(objective.map(|body| body.scope)).unwrap_or(Scope::Person);
    let directory = tx.actor.directory.clone();
    let fits = |unit: &UnitId| scope != Scope::Person || directory.units_of(owner_id).any(|own| own == *unit);
    let unit = new.unit_id.or(objective.map(|body| body.unit_id).filter(fits));
    let unit_id = unit_of(tx, scope, owner_id, unit, faults)?;
    let source = new.source.unwrap_or(match new.kind {
        GoalKind::Objective => Source::Children,
        GoalKind::KeyResult | GoalKind::Kpi => Source::CheckIns,
    });
    let in_review = if new.kind == GoalKind::KeyResult { Weight::ZERO } else { Weight::ONE };
    let of_unit = || tx.actor.directory.default_visibility(unit_id, new.kind != GoalKind::Kpi);
    let visibility = objective.map_or_else(of_unit, |body| body.visibility);
    let mut body = GoalBody {
        kind: new.kind,
        scope,
        unit_id,
        owner_id,
        title: new.title.clone(),
        description: new.description.clone(),
        source,
        visibility,
        direction: direction(tx, new, source)?,
        metric_id: new.metric_id,
        start: new.start,
        target: new.target,
        floor: new.floor,
        ceiling: new.ceiling,
        lo: new.lo,
        hi: new.hi,
        tolerance: new.tolerance,
        steps: steps_of(&new.steps),
        target_plan: new.target_plan.clone(),
        window: new.window,
        commitment: new.commitment.or(objective.map(|body| body.commitment)).unwrap_or(Commitment::Committed),
        review_weight: new.review_weight.unwrap_or(in_review),
        state: State::Draft,
        completed_on: None,
        contributors: new.contributors.clone(),
        followers: new.followers.clone(),
        watchers: new.watchers.clone(),
    };
    let own = measured::own_visibility(body.measured_scope());
    body.visibility = new.visibility.or(own).unwrap_or(visibility);
    Ok(body)
}

/// The goal's unit: the company for its own goals, a person's home for theirs; departments and teams are named.
fn unit_of(tx: &Tx<'_>, scope: Scope, owner: PersonId, named: Option<UnitId>, faults: &mut Faults) -> Result<UnitId> {
    let root = tx.actor.directory.root();
    let unit = named.or_else(|| match scope {
        Scope::Company => root,
        Scope::Person => tx.actor.directory.person(owner).map_or(root, |person| Some(person.unit)),
        Scope::Department | Scope::Team => None,
    });
    faults.check(unit.is_some(), "/unit_id", Code::Required);
    unit.or(root).ok_or_else(|| Error::internal("an organization without a company unit"))
}

/// Which way is good: as the metric says unless the goal does.
fn direction(tx: &mut Tx<'_>, new: &NewGoal, source: Source) -> Result<Option<Direction>> {
    match (new.direction, new.metric_id) {
        (None, Some(metric)) if !matches!(source, Source::Children | Source::KeyResults) => {
            Ok(found(metrics::find(tx, metric))?.map(|metric| metric.direction))
        }
        (direction, _) => Ok(direction),
    }
}

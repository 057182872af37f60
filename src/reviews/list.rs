//! Lists of reviews: of a cycle, and what is one's own to write.

use super::find::{self, Known, seen};
use super::model::Listed;
use super::{setup, store};
use crate::cycles;
use crate::db::Tx;
use crate::domain::access::{Actor, ReviewSight};
use crate::domain::ids::{CycleId, PersonId, ReviewId, UnitId};
use crate::domain::review::Deadlines;
use crate::domain::text::fold;
use crate::domain::words::{DelegatedRight, Phase, ReviewRole, ReviewStep};
use crate::error::{Error, Result};
use crate::http::{Listing, SortKey};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// Which reviews of a cycle are listed.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ReviewFilter {
    /// Those of people of this unit, and of the units below it.
    pub unit_id: Option<UnitId>,
    /// Whether the units below are left out.
    pub unit_only: bool,
    /// That of this person.
    pub person_id: Option<PersonId>,
    /// Those that stand at this step.
    pub step: Option<ReviewStep>,
    /// Those that are late with the step that comes next (`true`), or not.
    pub late: Option<bool>,
    /// Those of people who were left out (`true`): for HR alone. Else those who were not.
    pub excluded: bool,
}

/// Which reviews are the caller's to write.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Mine {
    /// As whom: `self` for one's own, `manager` for those of the people whom one manages or whose manager one stands for;
    /// for HR also those of people without a manager.
    pub role: ReviewRole,
    /// Those of this cycle; unless given those of the cycles that are in review.
    #[serde(default)]
    pub cycle_id: Option<CycleId>,
}

/// A page of a cycle's reviews, as far as the actor sees them; how many there are, where that is asked for; and the next
/// page's cursor.
pub type Found = (Vec<Known>, Option<usize>, Option<String>);

/// The reviews of a cycle that the actor may see.
pub fn list(tx: &mut Tx<'_>, cycle: CycleId, filter: &ReviewFilter, listing: &Listing) -> Result<Found> {
    let cycle = cycles::find(tx, cycle)?;
    let deadlines = setup::of(tx, &cycle)?.row.deadlines.0;
    let (actor, today) = (tx.actor.clone(), tx.today());
    let units = filter.unit_id.map(|unit| units(&actor, unit, filter.unit_only)).transpose()?;
    let mut rows = store::in_cycles(tx.conn, tx.organization(), &[cycle.id])?;
    rows.retain(|row| {
        filter.person_id.is_none_or(|person| person == row.person_id)
            && filter.step.is_none_or(|step| step == row.step)
            && filter.late.is_none_or(|late| late == is_late(row, &deadlines, today))
            && filter.excluded == row.excluded_reason.is_some()
            && units
                .as_ref()
                .is_none_or(|units| unit_of(&actor, row.person_id).is_some_and(|unit| units.contains(&unit)))
            && seen(&actor, row.person_id, row.is_shared(), row.excluded_reason.is_some()).is_some()
    });
    page(tx, rows, listing)
}

/// The reviews that are the actor's to write.
pub fn mine(tx: &mut Tx<'_>, mine: &Mine, listing: &Listing) -> Result<Found> {
    let cycles = match mine.cycle_id {
        Some(cycle) => vec![cycles::find(tx, cycle)?],
        None => cycles::all(tx)?.into_iter().filter(|cycle| cycle.phase == Phase::Review).collect(),
    };
    let ids: Vec<_> = cycles.iter().map(|cycle| cycle.id).collect();
    let actor = tx.actor.clone();
    let people: Vec<PersonId> = match mine.role {
        ReviewRole::SelfReview => vec![actor.person],
        ReviewRole::Manager => managed(&actor),
    };
    let mut rows = store::of_people(tx.conn, tx.organization(), &ids, &people)?;
    rows.retain(|row| row.excluded_reason.is_none());
    page(tx, rows, listing)
}

/// Those whose reviews wait for someone: they manage them, stand for who does, or are HR and nobody does.
fn managed(actor: &Actor) -> Vec<PersonId> {
    let stands_for: HashSet<PersonId> = actor.stands_for(DelegatedRight::Review).collect();
    let directory = &actor.directory;
    let waits = |person: PersonId| match directory.manager_of(person) {
        Some(manager) => manager == actor.person || stands_for.contains(&manager),
        None => actor.is_admin(),
    };
    let may = |person: &PersonId| matches!(seen(actor, *person, false, false), Some(ReviewSight::Reviewer(_)));
    directory.people().map(|person| person.id).filter(|person| waits(*person)).filter(may).collect()
}

fn page(tx: &mut Tx<'_>, rows: Vec<Listed>, listing: &Listing) -> Result<Found> {
    let (sort, reverse) = listing.order(&["name", "step"])?;
    let directory = tx.actor.directory.clone();
    let names: HashMap<ReviewId, String> =
        rows.iter().map(|row| (row.id, fold(directory.name_of(row.person_id)))).collect();
    let total = listing.include_total.then_some(rows.len());
    let (page, next) = listing.page_of(rows, reverse, |row| {
        let name = names.get(&row.id).cloned().unwrap_or_default();
        let key = if sort == "step" { format!("{} {name}", order(row.step)) } else { name };
        (SortKey::from(key), row.id.into())
    });
    let ids: Vec<_> = page.iter().map(|row| row.id).collect();
    Ok((find::by_ids(tx, &ids)?, total, next))
}

/// A step's place in the order of steps.
fn order(step: ReviewStep) -> usize {
    use crate::domain::words::Word;
    ReviewStep::LABELS.iter().position(|label| label.value == step.as_str()).unwrap_or_default()
}

/// A unit, with those below it unless it alone is meant.
pub(super) fn units(actor: &Actor, unit: UnitId, only: bool) -> Result<HashSet<UnitId>> {
    actor.directory.unit(unit).ok_or_else(Error::not_found)?;
    Ok(if only { HashSet::from([unit]) } else { actor.directory.subtree(unit) })
}

pub(super) fn unit_of(actor: &Actor, person: PersonId) -> Option<UnitId> {
    actor.directory.person(person).map(|facts| facts.unit)
}

/// Whether the step that comes next should have been reached by now.
fn is_late(row: &Listed, deadlines: &Deadlines, today: NaiveDate) -> bool {
    let ways = [
        (row.self_submitted_at.or(row.manager_submitted_at), deadlines.self_submitted),
        (row.manager_submitted_at, deadlines.manager_submitted),
        (row.shared_at, deadlines.shared),
        (row.acknowledged_at, deadlines.acknowledged),
    ];
    ways.into_iter().any(|(done, due)| done.is_none() && due.is_some_and(|due| due < today))
}

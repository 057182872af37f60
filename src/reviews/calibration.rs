//! Ratings beside each other: the distribution of a part of the organization over the scale, and each rating beside what
//! was computed, what the person came to, and the cycle before.

use super::find::seen;
use super::list::{unit_of, units};
use super::model::Listed;
use super::{setup, store};
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::{Actor, ReviewSight};
use crate::domain::amount::Amount;
use crate::domain::ids::{CycleId, PersonId, UnitId};
use crate::domain::review::{ScalePoint, convert, ends, nearest, told};
use crate::domain::text::fold;
use crate::domain::words::DelegatedRight;
use crate::error::{Code, Result};
use crate::http::{Listing, SortKey};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// How many people a group has at least whose ratings are told to who does not see each of them.
const SMALLEST_GROUP: usize = 4;

/// Whose ratings are compared.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct CalibrationFilter {
    /// Those of people of this unit, and of the units below it.
    pub unit_id: Option<UnitId>,
    /// Whether the units below are left out.
    pub unit_only: bool,
}

/// How ratings lie on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// How many there are at each point, in the order of the scale.
    pub counts: Vec<usize>,
}

/// A rating beside others.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The review.
    pub review: Listed,
    /// What the person came to in the last cycle of the same kind in which their review was shared, on this scale.
    pub last: Option<(CycleId, String, Amount)>,
}

/// The ratings of a part of the organization, as far as the actor may review.
#[derive(Debug, Clone)]
pub struct Calibration {
    /// The scale.
    pub scale: Vec<ScalePoint>,
    /// All of the part.
    pub part: Distribution,
    /// The part by the people's home units.
    pub units: Vec<(UnitId, Distribution)>,
    /// All of the cycle; none where too few people lie outside the part.
    pub whole: Option<Distribution>,
    /// A page of the ratings.
    pub items: Vec<Compared>,
    /// How many there are, where that is asked for.
    pub total: Option<usize>,
    /// The next page's cursor.
    pub next_cursor: Option<String>,
}

/// The ratings of a cycle beside each other: for HR, and for leads those of the people whom they may review. One's own
/// is left out.
pub fn calibration(
    tx: &mut Tx<'_>,
    cycle: CycleId,
    filter: CalibrationFilter,
    listing: &Listing,
) -> Result<Calibration> {
    let cycle = cycles::find(tx, cycle)?;
    let actor = tx.actor.clone();
    if !may_compare(&actor) {
        return Err(Code::Forbidden.into());
    }
    let chosen = filter.unit_id.map(|unit| units(&actor, unit, filter.unit_only)).transpose()?;
    let scale = setup::of(tx, &cycle)?.template.scale;
    let mut all = store::in_cycles(tx.conn, tx.organization(), &[cycle.id])?;
    all.retain(|row| row.excluded_reason.is_none() && row.manager_score.is_some() && row.person_id != actor.person);
    let lies_in = |row: &&Listed| {
        let unit = unit_of(&actor, row.person_id);
        chosen.as_ref().is_none_or(|units| unit.is_some_and(|unit| units.contains(&unit)))
    };
    let may = |row: &&Listed| matches!(seen(&actor, row.person_id, false, false), Some(ReviewSight::Reviewer(_)));
    let part: Vec<Listed> = all.iter().filter(lies_in).filter(may).cloned().collect();
    // Counted over all whom they may not review: what a filter leaves out they see by another.
    let outside = all.iter().filter(|row| !may(row)).count();
    let whole = (outside == 0 || outside >= SMALLEST_GROUP).then(|| Distribution::of(&scale, all.iter()));
    let (own, by_unit) = (Distribution::of(&scale, part.iter()), by_unit(&actor, &scale, &part));
    let (items, total, next_cursor) = page(tx, &cycle, &scale, part, listing)?;
    Ok(Calibration { scale, part: own, units: by_unit, whole, items, total, next_cursor })
}

/// HR, leads, and who stands for one.
fn may_compare(actor: &Actor) -> bool {
    let stands_for = actor.stands_for(DelegatedRight::Review).next().is_some();
    actor.is_admin() || (actor.may_write() && (stands_for || actor.directory.is_lead(actor.person)))
}

fn by_unit(actor: &Actor, scale: &[ScalePoint], part: &[Listed]) -> Vec<(UnitId, Distribution)> {
    let mut units: BTreeMap<UnitId, Vec<&Listed>> = BTreeMap::new();
    for row in part {
        if let Some(unit) = unit_of(actor, row.person_id) {
            units.entry(unit).or_default().push(row);
        }
    }
    units.into_iter().map(|(unit, rows)| (unit, Distribution::of(scale, rows.into_iter()))).collect()
}

impl Distribution {
    fn of<'a>(scale: &[ScalePoint], rows: impl Iterator<Item = &'a Listed>) -> Self {
        let mut counts = vec![0; scale.len()];
        for rating in rows.filter_map(Listed::rating) {
            if let Some(count) = nearest(scale, rating).and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
        Self { counts }
    }
}

type Page = (Vec<Compared>, Option<usize>, Option<String>);

fn page(tx: &mut Tx<'_>, cycle: &Cycle, scale: &[ScalePoint], part: Vec<Listed>, listing: &Listing) -> Result<Page> {
    let (sort, reverse) = listing.order(&["name", "rating"])?;
    let directory = tx.actor.directory.clone();
    let total = listing.include_total.then_some(part.len());
    let (page, next) = listing.page_of(part, reverse, |row| {
        let key = match sort {
            "rating" => SortKey::from(row.rating().map(Amount::units)),
            _ => fold(directory.name_of(row.person_id)).into(),
        };
        (key, row.id.into())
    });
    let people: Vec<_> = page.iter().map(|row| row.person_id).collect();
    let mut last = last(tx, cycle, scale, &people)?;
    let compared = |review: Listed| Compared { last: last.remove(&review.person_id), review };
    Ok((page.into_iter().map(compared).collect(), total, next))
}

/// What people came to in the last cycle of the same kind before this one in which their review was shared.
fn last(
    tx: &mut Tx<'_>,
    cycle: &Cycle,
    scale: &[ScalePoint],
    people: &[PersonId],
) -> Result<HashMap<PersonId, (CycleId, String, Amount)>> {
    let mut before = cycles::all(tx)?;
    before.retain(|one| one.kind == cycle.kind && one.ends_on < cycle.starts_on);
    before.sort_by_key(|one| (one.ends_on, one.id));
    let ids: Vec<_> = before.iter().map(|one| one.id).collect();
    let mut rows = store::of_people(tx.conn, tx.organization(), &ids, people)?;
    rows.retain(|row| row.is_shared() && row.excluded_reason.is_none());
    let mut found = HashMap::new();
    // Later cycles replace earlier ones.
    for one in before {
        let theirs: Vec<_> = rows.iter().filter(|row| row.cycle_id == one.id).collect();
        if theirs.is_empty() {
            continue;
        }
        let scales = ends(&setup::of(tx, &one)?.template.scale).zip(ends(scale));
        for row in theirs {
            let on_this = row.rating().zip(scales).and_then(|(rating, (from, to))| convert(rating, from, to));
            if let Some(rating) = on_this.and_then(told) {
                found.insert(row.person_id, (one.id, one.name.clone(), rating));
            }
        }
    }
    Ok(found)
}

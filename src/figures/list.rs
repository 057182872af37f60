//! Lists of goals, answered from the forests in memory.

use super::cache::{Forests, Scene};
use super::node::Node;
use super::paint::Painter;
use super::sight::Sight;
use super::wanted::Wanted;
use crate::cycles;
use crate::db::Tx;
use crate::db::schema::goals;
use crate::domain::ids::{ForestId, GoalId};
use crate::domain::words::{Phase, Status, Word};
use crate::error::Result;
use crate::http::{Listing, SortKey, page};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// What lists of goals can be ordered by; the first unless asked.
const ORDERS: [&str; 7] = ["created", "title", "progress", "status", "owner", "due", "ends"];

page! {
    /// A page of goals.
    GoalPage of Node
}

/// A goal in a list before it is shown.
struct Found {
    key: SortKey,
    goal: GoalId,
    /// Which of the forests it is in.
    scene: usize,
}

/// A page of the goals that are wanted.
pub(super) fn list(
    tx: &mut Tx<'_>,
    forests: &Forests,
    wanted: &Wanted,
    as_of: Option<NaiveDate>,
    listing: &Listing,
) -> Result<GoalPage> {
    let (order, reverse) = listing.order(&ORDERS)?;
    let places = forests_of(tx, wanted)?;
    forests.look(tx, &places, as_of, |tx, scenes| {
        let sights: Vec<_> = scenes.iter().map(|scene| Sight::new(tx, scene)).collect();
        let found: Vec<_> =
            sights.iter().enumerate().flat_map(|(n, sight)| found_in(sight, n, wanted, order)).collect();
        let total = listing.include_total.then_some(found.len());
        let (page, next_cursor) = listing.page_of(found, reverse, |one| (one.key.clone(), one.goal.into()));
        Ok(GoalPage { items: show(tx, &sights, &page)?, next_cursor, total })
    })
}

/// Where the wanted goals can be.
fn forests_of(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Vec<ForestId>> {
    let organization = tx.organization();
    if let Some(cycle) = wanted.cycle {
        return Ok(vec![cycles::find(tx, cycle)?.forest_id]);
    }
    let named = wanted.ids.iter().flatten().chain(&wanted.parent).copied().collect::<Vec<_>>();
    if wanted.open_cycles_only {
        let open = cycles::all(tx)?.into_iter().filter(|cycle| cycle.phase != Phase::Closed);
        return Ok(open.map(|cycle| cycle.forest_id).collect());
    }
    let of_named = goals::table
        .filter(goals::organization_id.eq(organization).and(goals::id.eq_any(named)))
        .select(goals::forest_id)
        .distinct();
    Ok(of_named.load(tx.conn)?)
}

fn found_in(sight: &Sight<'_>, scene: usize, wanted: &Wanted, order: &str) -> Vec<Found> {
    let goals = sight.goals().into_iter().filter(|goal| wanted.fits(sight, *goal));
    goals.filter_map(|goal| Some(Found { key: key_of(sight, goal, order)?, goal, scene })).collect()
}

/// What a goal is ordered by.
fn key_of(sight: &Sight<'_>, id: GoalId, order: &str) -> Option<SortKey> {
    let (goal, card) = sight.goal(id)?;
    let Scene { now, .. } = sight.scene;
    let standing = now.forest.standing(id)?;
    Some(match order {
        "title" => card.title_folded.as_str().into(),
        "progress" => standing.progress.and_then(|progress| i64::try_from(progress.units()).ok()).into(),
        "status" => place_of(standing.status).into(),
        "owner" => crate::domain::text::fold(sight.actor.directory.name_of(card.owner)).into(),
        "due" => standing.next_due_on.into(),
        "ends" => goal.window(now.forest.rules(goal.cycle)?).last().into(),
        _ => card.created_at.utc().timestamp_micros().into(),
    })
}

/// A status by its place in the list of statuses: from nothing to judge by to far behind.
fn place_of(status: Status) -> Option<i64> {
    let place = Status::LABELS.iter().position(|label| label.value == status.as_str())?;
    i64::try_from(place).ok()
}

/// The nodes of a page, in its order.
fn show(tx: &mut Tx<'_>, sights: &[Sight<'_>], page: &[Found]) -> Result<Vec<Node>> {
    let mut nodes = HashMap::new();
    for (n, sight) in sights.iter().enumerate() {
        let here: Vec<_> = page.iter().filter(|one| one.scene == n).map(|one| one.goal).collect();
        nodes.extend(Painter::nodes(tx, sight, &here)?.into_iter().map(|node| (node.id, node)));
    }
    Ok(page.iter().filter_map(|one| nodes.remove(&one.goal)).collect())
}

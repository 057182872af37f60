//! One goal with all there is to say about it.

use super::cache::Forests;
use super::can::GoalPermission;
use super::load::{self, Basis};
use super::node::Node;
use super::one::with_goal;
use super::paint::Painter;
use super::sight::Sight;
use crate::checkins::{self, CheckInOut};
use crate::db::Tx;
use crate::db::schema::{goal_links, goals};
use crate::domain::amount::Weight;
use crate::domain::ids::{CycleId, GoalId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::limits;
use crate::domain::measure::PlanPoint;
use crate::domain::words::State;
use crate::error::{Error, Result};
use crate::goals::model::{Goal, GoalLink};
use crate::http::Versioned;
use crate::org::PersonRef;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A goal with all there is to say about it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Goal)]
pub struct Detail {
    /// The goal with its figures.
    #[serde(flatten)]
    pub node: Node,
    /// The day that the figures are those of.
    pub as_of: NaiveDate,
    /// More about it.
    pub description: Option<String>,
    /// Those who work on it and check in.
    pub contributors: Vec<PersonRef>,
    /// Those who chose to follow it.
    pub followers: Vec<PersonRef>,
    /// Those who were asked to watch it.
    pub watchers: Vec<PersonRef>,
    /// What it counts in its owner's review; apart from the weights of links.
    pub review_weight: Weight,
    /// Planned values on the way; empty for none.
    pub target_plan: Vec<PlanPoint>,
    /// The day of its completion.
    pub completed_on: Option<NaiveDate>,
    /// Who made it.
    pub created_by: PersonRef,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The goals that it serves, as far as the caller sees them.
    pub links_up: Vec<LinkOut>,
    /// The goals linked under it, as far as the caller sees them.
    pub links_down: Vec<LinkOut>,
    /// With `include=ancestors`: every goal above it that the caller sees, through all links, the nearest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ancestors: Option<Vec<Node>>,
    /// With `include=children`: the goals that hang under it, oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Vec<Node>>,
    /// With `include=check_ins`: the latest 10, the latest first; the voided ones are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_ins: Option<Vec<CheckInOut>>,
}

/// A link as seen from one of its ends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GoalLink)]
pub struct LinkOut {
    /// The goal at the other end.
    pub goal_id: GoalId,
    /// What it says.
    pub title: String,
    /// Its cycle.
    pub cycle_id: CycleId,
    /// Its life.
    pub state: State,
    /// How much the lower goal counts in the upper one.
    pub weight: Weight,
    /// Whether it is the lower goal's place in the tree.
    pub primary: bool,
    /// The weight that someone who may not edit the upper goal asks for; null where nothing is asked.
    pub proposed_weight: Option<Weight>,
    /// Who asks.
    pub proposed_by: Option<PersonRef>,
}

/// What is shown with a goal beside itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Include {
    pub(super) ancestors: bool,
    pub(super) children: bool,
    pub(super) check_ins: bool,
}

impl Versioned for Detail {
    fn version(&self) -> i64 {
        self.node.version
    }
}

/// A goal with all there is to say about it, on a day.
pub(super) fn goal(
    tx: &mut Tx<'_>,
    forests: &Forests,
    id: GoalId,
    as_of: Option<NaiveDate>,
    include: Include,
) -> Result<Detail> {
    with_goal(tx, forests, id, as_of, |tx, sight| {
        let row = goals::table.find((tx.organization(), id)).select(Goal::as_select()).first(tx.conn)?;
        let node = Painter::nodes(tx, sight, &[id])?.pop().ok_or_else(Error::not_found)?;
        let mut detail = plain(tx, sight, &row, node)?;
        let proposals = if sight.is_past { HashMap::new() } else { proposals(tx, id)? };
        detail.links_up = links_up(sight, id, &proposals);
        detail.links_down = links_down(sight, id, &proposals);
        if include.ancestors {
            detail.ancestors = Some(Painter::nodes(tx, sight, &sight.above(id))?);
        }
        if include.children {
            detail.children = Some(Painter::nodes(tx, sight, &sight.hanging_under(id))?);
        }
        if include.check_ins {
            detail.check_ins = Some(check_ins(tx, id, detail.as_of)?);
        }
        Ok(detail)
    })
}

/// Every goal above one that the actor may see, through all links, the nearest first.
pub(super) fn ancestors(tx: &mut Tx<'_>, forests: &Forests, id: GoalId, as_of: Option<NaiveDate>) -> Result<Vec<Node>> {
    with_goal(tx, forests, id, as_of, |tx, sight| Painter::nodes(tx, sight, &sight.above(id)))
}

/// What the actor can do with a goal and what not, and why.
pub(super) fn permissions(tx: &mut Tx<'_>, forests: &Forests, id: GoalId) -> Result<Vec<GoalPermission>> {
    with_goal(tx, forests, id, None, |_, sight| super::can::permissions(sight, id).ok_or_else(Error::not_found))
}

/// What is not part of the node, as the goal said it on the day.
fn plain(tx: &mut Tx<'_>, sight: &Sight<'_>, row: &Goal, node: Node) -> Result<Detail> {
    let as_of = sight.scene.now.forest.day();
    let basis = if sight.is_past { Basis::AsOf(as_of) } else { Basis::Now };
    let body = load::body(tx.conn, row, basis)?.ok_or_else(Error::not_found)?;
    let person = |id: PersonId| PersonRef::of(&sight.actor.directory, id);
    let people = |ids: Vec<PersonId>| ids.into_iter().map(person).collect();
    Ok(Detail {
        node,
        as_of,
        description: body.description,
        contributors: people(body.contributors),
        followers: people(body.followers),
        watchers: people(body.watchers),
        review_weight: body.review_weight,
        target_plan: body.target_plan,
        completed_on: body.completed_on,
        created_by: person(row.created_by),
        created_at: row.created_at,
        updated_at: row.updated_at,
        links_up: Vec::new(),
        links_down: Vec::new(),
        ancestors: None,
        children: None,
        check_ins: None,
    })
}

/// The latest check-ins of a goal up to a day.
fn check_ins(tx: &mut Tx<'_>, goal: GoalId, until: NaiveDate) -> Result<Vec<CheckInOut>> {
    let mut all = checkins::of_goal(tx, goal, false)?;
    all.retain(|shown| shown.row.effective_on <= until);
    all.sort_by_key(|shown| std::cmp::Reverse(shown.row.place()));
    let latest = all.into_iter().take(limits::GOAL_CHECK_INS);
    Ok(latest.map(|shown| CheckInOut::of(shown, &tx.actor.directory)).collect())
}

/// What is proposed at the links of a goal: by the lower goal and the upper one.
type Proposals = HashMap<(GoalId, GoalId), (Option<Weight>, Option<PersonId>)>;

fn proposals(tx: &mut Tx<'_>, goal: GoalId) -> Result<Proposals> {
    let rows: Vec<GoalLink> = goal_links::table
        .filter(goal_links::organization_id.eq(tx.organization()).and(goal_links::proposed_weight.is_not_null()))
        .filter(goal_links::child_id.eq(goal).or(goal_links::parent_id.eq(goal)))
        .select(GoalLink::as_select())
        .load(tx.conn)?;
    Ok(rows.into_iter().map(|row| ((row.child_id, row.parent_id), (row.proposed_weight, row.proposed_by))).collect())
}

fn links_up(sight: &Sight<'_>, id: GoalId, proposals: &Proposals) -> Vec<LinkOut> {
    let links = sight.scene.now.forest.links(id);
    links
        .filter_map(|link| end(sight, link.parent, link.weight, link.primary, proposals.get(&(id, link.parent))))
        .collect()
}

fn links_down(sight: &Sight<'_>, id: GoalId, proposals: &Proposals) -> Vec<LinkOut> {
    let links = sight.scene.now.forest.children(id);
    links
        .filter_map(|link| end(sight, link.child, link.weight, link.primary, proposals.get(&(link.child, id))))
        .collect()
}

/// The other end of a link, where the viewer sees it.
fn end(
    sight: &Sight<'_>,
    goal_id: GoalId,
    weight: Weight,
    primary: bool,
    proposal: Option<&(Option<Weight>, Option<PersonId>)>,
) -> Option<LinkOut> {
    let (facts, card) = sight.goal(goal_id)?;
    let (proposed_weight, proposed_by) = proposal.copied().unwrap_or_default();
    Some(LinkOut {
        goal_id,
        title: card.title.clone(),
        cycle_id: facts.cycle,
        state: facts.state,
        weight,
        primary,
        proposed_weight,
        proposed_by: proposed_by.map(|id| PersonRef::of(&sight.actor.directory, id)),
    })
}

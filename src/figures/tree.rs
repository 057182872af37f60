//! A cycle's tree: its own goals and, under them, linked goals of the cycles inside it; flat, depth first.

use super::cache::Forests;
use super::node::Node;
use super::one::only;
use super::paint::Painter;
use super::sight::Sight;
use super::walk::{self, Route, Stop};
use crate::cycles;
use crate::cycles::model::Cycle;
use crate::db::{Tx, find_forest};
use crate::domain::amount::Weight;
use crate::domain::ids::{CycleId, GoalId};
use crate::domain::words::{CycleKind, Phase};
use crate::error::{Error, Result};
use crate::http::{Fresh, KnownTags};
use crate::measurements;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A cycle's goals as a tree.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CycleTree)]
pub struct Tree {
    /// The cycle.
    pub cycle: CycleRef,
    /// The day that the figures are those of.
    pub as_of: NaiveDate,
    /// The revision of the cycle's forest: it moves with every change that figures depend on.
    pub revision: i64,
    /// The goals, depth first, each after the one that it hangs under, goals beside each other oldest first.
    pub nodes: Vec<TreeNode>,
    /// The links by which these goals go up, primary and further ones, also to goals that are not in this page.
    pub links: Vec<TreeLink>,
    /// The `cursor` of the next page; null on the last one.
    pub next_cursor: Option<String>,
}

/// A goal in a tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct TreeNode {
    /// The goal.
    #[serde(flatten)]
    pub node: Node,
    /// Whether the goal itself fits the filters; false where it is there because one below it does.
    pub matched: bool,
    /// The goal that a root hangs under where that one is of a cycle outside the tree.
    pub parent_outside: Option<OutsideParent>,
}

/// A goal of a cycle outside the tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutsideParent {
    /// The goal.
    pub id: GoalId,
    /// What it says.
    pub title: String,
    /// Its cycle.
    pub cycle_id: CycleId,
}

/// A link between two goals that the caller sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct TreeLink {
    /// The goal that serves.
    pub child_id: GoalId,
    /// The goal served.
    pub parent_id: GoalId,
    /// How much it counts there.
    pub weight: Weight,
    /// Whether it is the child's place in the tree.
    pub primary: bool,
}

/// A cycle by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CycleRef {
    /// The cycle.
    pub id: CycleId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: CycleKind,
    /// Where it stands.
    pub phase: Phase,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

impl CycleRef {
    pub(super) fn of(cycle: &Cycle) -> Self {
        Self {
            id: cycle.id,
            name: cycle.name.clone(),
            kind: cycle.kind,
            phase: cycle.phase,
            starts_on: cycle.starts_on,
            ends_on: cycle.ends_on,
        }
    }
}

/// What is asked of a tree.
#[derive(Debug, Clone)]
pub(super) struct TreeRequest {
    pub(super) route: Route,
    pub(super) as_of: Option<NaiveDate>,
    /// What was asked for, word by word.
    pub(super) address: String,
}

/// The tree; only its tag where the caller has it already: then nothing is loaded or made.
///
/// The tag is that of the revision that the transaction sees. What is shown may be later, and has a later tag the next
/// time.
pub(super) fn tree(tx: &mut Tx<'_>, forests: &Forests, asked: &TreeRequest, known: &KnownTags) -> Result<Fresh<Tree>> {
    let cycle = cycles::find(tx, asked.route.cycle)?;
    let row = find_forest(tx.conn, tx.organization(), cycle.forest_id)?.ok_or_else(Error::not_found)?;
    let measured = measurements::revision(tx.conn, tx.organization())?;
    let etag = etag(tx, (row.revision, measured), &asked.address);
    if known.contain(&etag) {
        return Ok(Fresh { etag, body: None });
    }
    forests.look_at(tx, vec![row], asked.as_of, |tx, scenes| {
        let sight = Sight::new(tx, only(scenes)?);
        Ok(Fresh { etag, body: Some(render(tx, &sight, &asked.route)?) })
    })
}

/// A tag over all that a tree depends on: revisions of forest (which definitions of metrics move too), of all that is
/// measured and of the directory, day, viewer, query (with the day asked
/// for), language, build.
fn etag(tx: &Tx<'_>, revisions: (i64, i64), address: &str) -> String {
    let all = (
        (revisions, tx.today()),
        (tx.actor.directory.revision, tx.actor.person, tx.actor.role),
        (address, tx.locale, env!("CARGO_PKG_VERSION")),
    );
    let tag = URL_SAFE_NO_PAD.encode(digest(&SHA256, format!("{all:?}").as_bytes()));
    format!("\"{}\"", tag.get(..22).unwrap_or(&tag))
}

fn render(tx: &mut Tx<'_>, sight: &Sight<'_>, route: &Route) -> Result<Tree> {
    let cycle = sight.cycle(route.cycle).ok_or_else(Error::not_found)?;
    let (page, next) = walk::page(sight, route)?;
    let goals: Vec<_> = page.iter().map(|stop| stop.goal).collect();
    let painter = Painter::new(tx, sight, &goals)?;
    Ok(Tree {
        cycle: CycleRef::of(cycle),
        as_of: sight.scene.now.forest.day(),
        revision: sight.scene.now.revision,
        nodes: page.iter().filter_map(|stop| node(&painter, stop)).collect(),
        links: goals.iter().flat_map(|goal| links(sight, *goal)).collect(),
        next_cursor: next.map(|path| walk::cursor_of(&path)),
    })
}

pub(super) fn node(painter: &Painter<'_>, stop: &Stop) -> Option<TreeNode> {
    let node = painter.node_at(stop.goal, stop.depth)?;
    let outside = node.parent_id.filter(|_| stop.above.is_none() && !stop.is_asked_root);
    let parent_outside = outside.and_then(|id| {
        let (facts, card) = painter.sight.goal(id)?;
        Some(OutsideParent { id, title: card.title.clone(), cycle_id: facts.cycle })
    });
    Some(TreeNode { node, matched: stop.matched, parent_outside })
}

pub(super) fn links(sight: &Sight<'_>, child_id: GoalId) -> Vec<TreeLink> {
    let links = sight.scene.now.forest.links(child_id).filter(|link| sight.sees(link.parent));
    links
        .map(|link| TreeLink { child_id, parent_id: link.parent, weight: link.weight, primary: link.primary })
        .collect()
}

//! A cycle's tree over HTTP.

use super::goals::all;
use crate::domain::ids::{CycleId, GoalId, PersonId, UnitId};
use crate::domain::limits;
use crate::domain::words::{Attention, Status};
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::tree::{self, Tree, TreeRequest};
use crate::figures::walk::{Route, path_of};
use crate::figures::wanted::{Wanted, units_of, words_of};
use crate::http::{Commas, Ctx, Fresh, IdPath, Query, check_range, check_search};
use actix_web::get;
use actix_web::web::Data;
use chrono::NaiveDate;
use serde::Deserialize;

/// How many levels of a tree are shown unless asked.
const LEVELS: u32 = 3;
/// The most levels that a tree is shown with.
const MOST_LEVELS: u32 = 50;

/// Which part of a tree is asked for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct TreeQuery {
    /// The goal to begin with instead of the roots.
    root_id: Option<GoalId>,
    /// How many levels: 1 for the roots alone. 3 unless given; with a filter all, so that what is found is shown.
    #[param(minimum = 1, maximum = 50)]
    depth: Option<u32>,
    /// Goals of this unit and of the units below it.
    unit_id: Option<UnitId>,
    /// Goals of the unit alone, without those of the units below it.
    unit_only: Option<bool>,
    /// Goals of this owner.
    owner_id: Option<PersonId>,
    /// Goals of these statuses, separated by commas.
    #[param(value_type = Option<String>, example = "at_risk,off_track")]
    status: Option<Commas<Status>>,
    /// Goals that someone should look at for any of these reasons, separated by commas.
    #[param(value_type = Option<String>, example = "stale,no_data")]
    attention: Option<Commas<Attention>>,
    /// Goals with each of these words in their title; case and accents do not matter.
    #[param(max_length = 200, example = "muc tieu")]
    q: Option<String>,
    /// The day that the figures are those of; today unless given.
    as_of: Option<NaiveDate>,
    /// Goals of a page.
    #[param(minimum = 1, maximum = 1000, default = 500)]
    limit: Option<usize>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Shows a cycle's goals as a tree
///
/// The cycle's own goals and, under them, linked goals of the cycles inside it: flat, depth first, each goal under its
/// primary parent. A goal under a hidden one hangs on the nearest goal above it that the caller sees
/// (`through_hidden`); one whose parent is of an enclosing cycle is a root with `parent_outside`. With a filter the
/// goals above those found come along with `matched: false`. Honours `If-None-Match`.
#[utoipa::path(
    tag = "goals",
    params(("id" = CycleId, Path, description = "The cycle"), TreeQuery),
    responses(
        (status = 200, body = Tree, description = "The tree, or a page of it", headers(("ETag" = String, description = "A tag over all that the tree depends on"))),
        (status = 304, description = "The caller has it already"),
    )
)]
#[get("/cycles/{id}/tree")]
pub(super) async fn get_cycle_tree(
    ctx: Ctx,
    forests: Data<Forests>,
    cycle: IdPath<CycleId>,
    query: Query<TreeQuery>,
) -> Result<Fresh<Tree>> {
    let asked = query.0.request(cycle.into_inner(), ctx.address())?;
    let (known, unit) = (ctx.known_tags(), (query.0.unit_id, query.0.unit_only.unwrap_or(false)));
    ctx.read(move |tx| {
        let mut asked = asked.clone();
        asked.route.wanted.units = units_of(&tx.actor.directory, unit.0, unit.1);
        tree::tree(tx, &forests, &asked, &known)
    })
    .await
}

impl TreeQuery {
    fn request(&self, cycle: CycleId, address: String) -> Result<TreeRequest> {
        check_search(self.q.as_deref())?;
        let wanted = Wanted {
            owner: self.owner_id,
            statuses: all(self.status.clone()),
            attention: all(self.attention.clone()),
            words: words_of(self.q.as_deref()),
            ..Wanted::default()
        };
        let finds = wanted.is_filter() || self.unit_id.is_some();
        Ok(TreeRequest {
            route: Route {
                cycle,
                root: self.root_id,
                depth: levels(self.depth.or(finds.then_some(MOST_LEVELS)))?,
                wanted,
                limit: page_size(self.limit)?,
                after: self.cursor.as_deref().map(path_of).transpose()?,
            },
            as_of: self.as_of,
            address,
        })
    }
}

/// How many levels of a tree are shown.
pub(super) fn levels(asked: Option<u32>) -> Result<u32> {
    let depth = asked.unwrap_or(LEVELS);
    check_range("depth", usize::try_from(depth).unwrap_or(usize::MAX), limits::GOAL_DEPTH)?;
    Ok(depth)
}

/// How many goals of a tree are on a page.
pub(super) fn page_size(asked: Option<usize>) -> Result<usize> {
    let limit = asked.unwrap_or(limits::TREE_DEFAULT);
    check_range("limit", limit, limits::TREE)?;
    Ok(limit)
}

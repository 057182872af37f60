//! The goals that one might be linked under.

use crate::db::Tx;
use crate::domain::ids::{CycleId, GoalId, MetricId};
use crate::domain::words::{GoalKind, Scope, State};
use crate::error::Result;
use crate::goals::{self, Candidate};
use crate::http::{Ctx, IdPath, ListQuery, Listing, ListingParameters, check_search, page};
use crate::org::{PersonRef, UnitRef};
use actix_web::get;
use actix_web::web::Json;
use serde::{Deserialize, Serialize};

/// A goal that another might be linked under.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct ParentCandidateOut {
    /// Its id.
    id: GoalId,
    /// Its title.
    title: String,
    /// What it is.
    kind: GoalKind,
    /// Whose it is.
    scope: Scope,
    /// Its life.
    state: State,
    /// Its owner.
    owner: PersonRef,
    /// Its unit.
    unit: UnitRef,
    /// Its metric: values roll up between goals of the same one.
    metric_id: Option<MetricId>,
    /// Its cycle.
    cycle_id: CycleId,
    /// Its cycle's name.
    cycle_name: String,
}

page!(
    /// A page of goals that one might be linked under.
    ParentCandidatePage of ParentCandidateOut
);

/// Which goals are offered.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct CandidateFilter {
    /// Those whose title has this text; case and accents do not matter.
    #[param(max_length = 200)]
    q: Option<String>,
}

/// The goals that one may be linked under
///
/// Open goals of the forest that the caller sees, none below the goal itself; for a key result objectives alone. The
/// nearest first: of the goal's unit, then of the units above it, then all others.
#[utoipa::path(tag = "goals", params(("id" = GoalId, Path, description = "The goal to be linked"), CandidateFilter, ListingParameters),
    responses((status = 200, body = ParentCandidatePage, description = "A page of goals")))]
#[get("/goals/{id}/parent-candidates")]
pub(super) async fn list_parent_candidates(
    ctx: Ctx,
    id: IdPath<GoalId>,
    query: ListQuery<CandidateFilter>,
) -> Result<Json<ParentCandidatePage>> {
    let id = id.into_inner();
    check_search(query.filter.q.as_deref())?;
    ctx.read(move |tx| page_of(tx, id, &query.filter, &query.listing)).await.map(Json)
}

fn page_of(tx: &mut Tx<'_>, id: GoalId, filter: &CandidateFilter, listing: &Listing) -> Result<ParentCandidatePage> {
    let (_, reverse) = listing.order(&["nearness"])?;
    let found = goals::parent_candidates(tx, id, filter.q.as_deref())?;
    let total = listing.include_total.then_some(found.len());
    let (found, next_cursor) = listing.page_of(found, reverse, |candidate| {
        let key = format!("{:04}{}", candidate.distance, candidate.goal.title_folded);
        (key.into(), candidate.goal.id.into())
    });
    let items = found.into_iter().map(|candidate| ParentCandidateOut::of(tx, candidate)).collect();
    Ok(ParentCandidatePage { items, next_cursor, total })
}

impl ParentCandidateOut {
    fn of(tx: &Tx<'_>, candidate: Candidate) -> Self {
        let Candidate { goal, cycle_name, .. } = candidate;
        Self {
            id: goal.id,
            title: goal.title,
            kind: goal.kind,
            scope: goal.scope,
            state: goal.state,
            owner: PersonRef::of(&tx.actor.directory, goal.owner_id),
            unit: UnitRef::of(&tx.actor.directory, goal.unit_id),
            metric_id: goal.metric_id,
            cycle_id: goal.cycle_id,
            cycle_name,
        }
    }
}

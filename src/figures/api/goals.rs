//! Lists of goals over HTTP.

use crate::domain::ids::{CycleId, GoalId, PersonId, UnitId};
use crate::domain::words::{Attention, Commitment, GoalKind, Scope, State, Status};
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::list::{self, GoalPage};
use crate::figures::wanted::{Wanted, units_of, words_of};
use crate::http::{Commas, Ctx, ListQuery, ListingParameters, check_search};
use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::Deserialize;

/// Which goals are asked for.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct GoalFilter {
    /// Goals of this cycle, not of those inside it. Unless it, `ids` or `parent_id` is given, goals of all cycles that
    /// are not closed.
    cycle_id: Option<CycleId>,
    /// Goals of this unit and of the units below it.
    unit_id: Option<UnitId>,
    /// Goals of the unit alone, without those of the units below it.
    unit_only: Option<bool>,
    /// Goals of this owner.
    owner_id: Option<PersonId>,
    /// Goals of these kinds, separated by commas.
    #[param(value_type = Option<String>, example = "objective,key_result")]
    kind: Option<Commas<GoalKind>>,
    /// Goals of these scopes, separated by commas.
    #[param(value_type = Option<String>, example = "company,department")]
    scope: Option<Commas<Scope>>,
    /// Goals in these states, separated by commas; all unless given.
    #[param(value_type = Option<String>, example = "active,completed")]
    state: Option<Commas<State>>,
    /// Goals of these statuses, separated by commas.
    #[param(value_type = Option<String>, example = "at_risk,off_track")]
    status: Option<Commas<Status>>,
    /// Goals that someone should look at for any of these reasons, separated by commas.
    #[param(value_type = Option<String>, example = "stale,no_data")]
    attention: Option<Commas<Attention>>,
    /// Goals linked under this one, by their primary or a further link.
    parent_id: Option<GoalId>,
    /// Goals with each of these words in their title; case and accents do not matter.
    #[param(max_length = 200, example = "muc tieu")]
    q: Option<String>,
    /// These goals, separated by commas; at most 200.
    #[param(value_type = Option<String>)]
    ids: Option<Commas<GoalId>>,
    /// Goals promised this firmly.
    commitment: Option<Commitment>,
    /// The day that the figures are those of; today unless given. What is asked for is as of that day too, but who
    /// may see a goal is decided today.
    as_of: Option<NaiveDate>,
}

/// Lists goals
///
/// Every goal that the caller may see of the cycle, or of all cycles that are not closed, with its figures; nothing
/// else is left out unless filters ask for it, cancelled goals included. `sort`: `created` (unless given), `title`, `progress`, `status`, `owner`, `due` (the next due
/// day), `ends` (the window's last day).
#[utoipa::path(
    tag = "goals",
    params(GoalFilter, ListingParameters),
    responses((status = 200, body = GoalPage, description = "A page of goals"))
)]
#[get("/goals")]
pub(super) async fn list_goals(
    ctx: Ctx,
    forests: Data<Forests>,
    query: ListQuery<GoalFilter>,
) -> Result<Json<GoalPage>> {
    let as_of = query.filter.as_of;
    check_search(query.filter.q.as_deref())?;
    let page = ctx.read(move |tx| {
        let wanted = query.filter.clone().wanted(&tx.actor.directory);
        list::list(tx, &forests, &wanted, as_of, &query.listing)
    });
    page.await.map(Json)
}

impl GoalFilter {
    fn wanted(self, directory: &crate::domain::access::Directory) -> Wanted {
        Wanted {
            cycle: self.cycle_id,
            open_cycles_only: self.cycle_id.is_none() && self.ids.is_none() && self.parent_id.is_none(),
            ids: self.ids.map(|ids| ids.0.into_iter().collect()),
            parent: self.parent_id,
            units: units_of(directory, self.unit_id, self.unit_only.unwrap_or(false)),
            owner: self.owner_id,
            commitment: self.commitment,
            kinds: all(self.kind),
            scopes: all(self.scope),
            states: all(self.state),
            statuses: all(self.status),
            attention: all(self.attention),
            words: words_of(self.q.as_deref()),
        }
    }
}

/// The values of a parameter; none where it is left out.
pub(super) fn all<T>(values: Option<Commas<T>>) -> Vec<T> {
    values.map(|values| values.0).unwrap_or_default()
}

//! Look-up over HTTP.

use crate::domain::ids::CycleId;
use crate::domain::limits;
use crate::error::Result;
use crate::figures::Forests;
use crate::figures::lookup::{self, Hit, LookupType, Search};
use crate::http::{Commas, Ctx, Query, check_range, check_search};
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};

/// What is looked for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct LookupQuery {
    /// What of, separated by commas: `person`, `unit`, `goal`, `metric`, `cycle`; all of them unless given.
    #[param(value_type = Option<String>, example = "person,unit")]
    types: Option<Commas<LookupType>>,
    /// A part of the name: its beginning, a word's, or several words; case and accents do not matter. Without it the
    /// first ones by name.
    #[param(max_length = 200, example = "muc tieu")]
    q: Option<String>,
    /// Goals of this cycle alone; of all that are not closed unless given.
    cycle_id: Option<CycleId>,
    /// At most so many of each type.
    #[param(minimum = 1, maximum = 50, default = 20)]
    limit: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct LookupOut {
    /// Type by type, the best matches of each first.
    items: Vec<Hit>,
}

/// Looks things up by name
///
/// For pickers: people, units, goals, metrics and cycles that the caller sees. Of each type those come first that
/// begin with the text, then those with a word that does, then those that hold all its words.
#[utoipa::path(
    tag = "look-up",
    params(LookupQuery),
    responses((status = 200, body = LookupOut, description = "What was found"))
)]
#[get("/lookup")]
pub(super) async fn look_up(ctx: Ctx, forests: Data<Forests>, query: Query<LookupQuery>) -> Result<Json<LookupOut>> {
    let search = query.0.search()?;
    let found = ctx.read(move |tx| lookup::find(tx, &forests, &search));
    found.await.map(|items| Json(LookupOut { items }))
}

impl LookupQuery {
    fn search(self) -> Result<Search> {
        check_search(self.q.as_deref())?;
        let limit = self.limit.unwrap_or(limits::LOOKUP_DEFAULT);
        check_range("limit", limit, limits::LOOKUP)?;
        let types = self.types.map_or_else(|| LookupType::ALL.to_vec(), |types| types.0);
        Ok(Search { types, text: self.q.unwrap_or_default(), cycle: self.cycle_id, limit })
    }
}

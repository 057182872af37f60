//! `/units`.

mod out;

pub use out::{UnitOut, UnitPage, UnitTree};

use super::{UnitIn, UnitPatch};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::text::fold;
use crate::domain::words::{UnitKind, UnitRole};
use crate::error::Result;
use crate::http::{
    Body, Commas, Created, Ctx, Fresh, IdPath, ListQuery, ListingParameters, NoContent, Tagged, check_search,
};
use actix_web::web::Json;
use actix_web::{delete, get, patch, post, put};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

pub(in crate::org) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(get_unit_tree)
        .service(list_units)
        .service(create_unit)
        .service(get_unit)
        .service(change_unit)
        .service(delete_unit)
        .service(place_member)
        .service(remove_member);
}

/// Which units are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct UnitFilter {
    /// Those whose name or code holds this text, whatever its case and accents.
    q: Option<String>,
    /// Those of this kind.
    kind: Option<UnitKind>,
    /// Those right below this unit.
    parent_id: Option<UnitId>,
    /// Only these, separated by commas; at most 200.
    #[param(value_type = Option<String>)]
    ids: Option<Commas<UnitId>>,
}

impl UnitFilter {
    fn takes(&self, unit: &super::Unit) -> bool {
        let says = |q: &String| unit.name_folded.contains(&fold(q)) || unit.code_folded.contains(&fold(q));
        self.q.as_ref().is_none_or(says)
            && self.kind.is_none_or(|kind| unit.kind == kind)
            && self.parent_id.is_none_or(|parent| unit.parent_id == Some(parent))
            && self.ids.as_ref().is_none_or(|ids| ids.0.contains(&unit.id))
    }
}

/// List units
///
/// The units of the organization; everyone sees all of them. Sorted by `name` (unless asked) or `code`.
#[utoipa::path(
    tag = "units",
    params(UnitFilter, ListingParameters),
    responses((status = 200, body = UnitPage, description = "A page of units"))
)]
#[get("/units")]
async fn list_units(ctx: Ctx, query: ListQuery<UnitFilter>) -> Result<Json<UnitPage>> {
    let ListQuery { filter, listing } = query;
    let order = listing.order(&["name", "code"])?;
    check_search(filter.q.as_deref())?;
    ctx.read(move |tx| {
        let units = super::all(tx)?.into_iter().filter(|unit| filter.takes(unit)).collect();
        Ok(Json(UnitPage::of(units, order, &listing, &tx.actor.directory)))
    })
    .await
}

/// The unit tree
///
/// Every unit, depth first and by name inside a unit, with its leads and counts: people at home in it and in all
/// below it (active ones), units right below it and on all levels. Honours `If-None-Match`.
#[utoipa::path(tag = "units", responses(
    (status = 200, body = UnitTree, description = "The unit tree"),
    (status = 304, description = "The caller has it already"),
))]
#[get("/units/tree")]
async fn get_unit_tree(ctx: Ctx) -> Result<Fresh<UnitTree>> {
    let known = ctx.known_tags();
    ctx.read(move |tx| {
        let etag = UnitTree::etag(&tx.actor);
        let body = (!known.contain(&etag)).then(|| UnitTree::of(&tx.actor.directory));
        Ok(Fresh { etag, body })
    })
    .await
}

/// Make a unit
///
/// HR (admins and owners) alone. Refused: a second company unit (409), a code that another unit has, a kind that does
/// not fit the unit above, more than 20 levels (422).
#[utoipa::path(
    tag = "units",
    request_body = UnitIn,
    responses((status = 201, body = UnitOut, description = "The unit"))
)]
#[post("/units")]
async fn create_unit(ctx: Ctx, body: Body<UnitIn>) -> Result<Created<UnitOut>> {
    let id = ctx.write(move |tx| super::add(tx, &body.0)).await?;
    Ok(Created { location: format!("/units/{id}"), body: shown(&ctx, id).await? })
}

/// A unit
///
/// With those who lead it, supervise it and work in it beside those who have it as home (see `GET /people`).
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit")),
    responses((status = 200, body = UnitOut, description = "The unit"))
)]
#[get("/units/{id}")]
async fn get_unit(ctx: Ctx, id: IdPath<UnitId>) -> Result<Tagged<UnitOut>> {
    shown(&ctx, id.into_inner()).await.map(Tagged)
}

/// Change or move a unit
///
/// HR (admins and owners) alone. A unit moves with all that lies below it. Refused: moving it under itself (409, the
/// way round named), moving the company unit or turning it into another kind (409), a kind that does not fit the unit
/// above or those below, more than 20 levels (422).
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit")),
    request_body = UnitPatch,
    responses((status = 200, body = UnitOut, description = "The unit as it is now"))
)]
#[patch("/units/{id}")]
async fn change_unit(ctx: Ctx, id: IdPath<UnitId>, body: Body<UnitPatch>) -> Result<Tagged<UnitOut>> {
    let (id, if_match) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::change(tx, id, &body.0, if_match)).await?;
    shown(&ctx, id).await.map(Tagged)
}

/// Remove a unit
///
/// HR (admins and owners) alone. A unit that holds units, people (at home or as further members) or goals is refused
/// (409) with their numbers in `holds`, and so is one in which something was measured; the company unit stays. People
/// who were at home in it on days gone by count as having been at home in the unit above.
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit")),
    responses((status = 204, description = "It is gone"))
)]
#[delete("/units/{id}")]
async fn delete_unit(ctx: Ctx, id: IdPath<UnitId>) -> Result<NoContent> {
    let (id, if_match) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::remove(tx, id, if_match)).await?;
    Ok(NoContent)
}

/// What a person is in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberIn {
    /// `lead` manages the unit, `supervisor` follows its goals, `member` works in it beside their home unit.
    role: UnitRole,
}

/// Give a person a place in a unit
///
/// As lead, supervisor or further member; it replaces the place that they had there. HR (admins and owners); leads of
/// the unit or of one above may place members and supervisors. `If-Match` names the unit's version.
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit"), ("person_id" = PersonId, Path, description = "The person")),
    request_body = MemberIn,
    responses((status = 200, body = UnitOut, description = "The unit as it is now"))
)]
#[put("/units/{id}/members/{person_id}")]
async fn place_member(ctx: Ctx, ids: IdPath<(UnitId, PersonId)>, body: Body<MemberIn>) -> Result<Tagged<UnitOut>> {
    let ((unit, person), if_match) = (ids.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::place(tx, unit, person, body.0.role, if_match)).await?;
    shown(&ctx, unit).await.map(Tagged)
}

/// Take a person's place in a unit away
///
/// Their home unit stays. Whoever may give the place may take it. `If-Match` names the unit's version.
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit"), ("person_id" = PersonId, Path, description = "The person")),
    responses((status = 204, description = "They have no such place any more"))
)]
#[delete("/units/{id}/members/{person_id}")]
async fn remove_member(ctx: Ctx, ids: IdPath<(UnitId, PersonId)>) -> Result<NoContent> {
    let ((unit, person), if_match) = (ids.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::displace(tx, unit, person, if_match)).await?;
    Ok(NoContent)
}

async fn shown(ctx: &Ctx, id: UnitId) -> Result<UnitOut> {
    ctx.read(move |tx| super::get(tx, id).map(|unit| UnitOut::of(unit, &tx.actor.directory))).await
}

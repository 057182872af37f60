//! Cycles over HTTP.

use super::family::Family;
use super::input::{CycleIn, CyclePatch, PhaseIn, YearIn};
use super::model::Cycle;
use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::cycle_settings::CycleSettings;
use crate::domain::ids::{CycleId, ForestId};
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use crate::domain::words::{CycleKind, Phase};
use crate::error::Result;
use crate::http::{
    Body, Commas, Created, Ctx, IdPath, ListQuery, Listing, ListingParameters, NoContent, SortKey, Tagged, Versioned,
    check_search, page,
};
use crate::reviews;
use actix_web::web::Json;
use actix_web::{delete, get, patch, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

/// A cycle that another lies in, or that lies in it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CycleKin {
    /// Its id.
    pub id: CycleId,
    /// The cycle that it lies in; null for an outermost one.
    pub parent_id: Option<CycleId>,
    /// Its kind.
    pub kind: CycleKind,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Where it stands.
    pub phase: Phase,
}

impl CycleKin {
    fn of(cycle: &Cycle) -> Self {
        Self {
            id: cycle.id,
            parent_id: cycle.parent_id,
            kind: cycle.kind,
            name: cycle.name.clone(),
            starts_on: cycle.starts_on,
            ends_on: cycle.ends_on,
            phase: cycle.phase,
        }
    }
}

/// A cycle.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CycleOut {
    /// Its id.
    pub id: CycleId,
    /// Moves with every change; the `ETag`.
    pub version: i64,
    /// The cycle that it lies in; null for an outermost one.
    pub parent_id: Option<CycleId>,
    /// Its forest: the id of the outermost cycle around it, or its own. Goals link within one forest.
    pub forest_id: ForestId,
    /// Its kind.
    pub kind: CycleKind,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// How many days it has, both ends included.
    #[schema(minimum = 1)]
    pub days: i64,
    /// How many of them have come, today included: 0 before it starts, `days` when its last one has come.
    #[schema(minimum = 0)]
    pub elapsed_days: i64,
    /// Where it stands.
    pub phase: Phase,
    /// The phases that the caller may move it to.
    pub next_phases: &'static [Phase],
    /// Its settings.
    pub settings: CycleSettings,
    /// The cycles around it, the outermost first.
    pub enclosing: Vec<CycleKin>,
    /// The cycles inside it, all the way down, enclosing ones before those inside them.
    pub enclosed: Vec<CycleKin>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Versioned for CycleOut {
    fn version(&self) -> i64 {
        self.version
    }
}

impl CycleOut {
    fn of(tx: &Tx<'_>, cycle: &Cycle, family: &Family) -> Self {
        let window = cycle.window();
        let mut enclosing: Vec<CycleKin> = family.around(cycle.parent_id).map(CycleKin::of).collect();
        enclosing.reverse();
        Self {
            id: cycle.id,
            version: cycle.version,
            parent_id: cycle.parent_id,
            forest_id: cycle.forest_id,
            kind: cycle.kind,
            name: cycle.name.clone(),
            starts_on: cycle.starts_on,
            ends_on: cycle.ends_on,
            days: window.map_or(0, Window::days),
            elapsed_days: window.map_or(0, |window| window.elapsed(tx.today())),
            phase: cycle.phase,
            next_phases: tx.actor.next_phases(cycle.phase),
            settings: cycle.settings.0.clone(),
            enclosing,
            enclosed: family.inside(cycle.id).into_iter().map(CycleKin::of).collect(),
            created_at: cycle.created_at,
            updated_at: cycle.updated_at,
        }
    }

    fn read(tx: &mut Tx<'_>, id: CycleId) -> Result<Self> {
        let cycle = super::find(tx, id)?;
        let family = Family::new(super::in_forest(tx, cycle.forest_id)?);
        Ok(Self::of(tx, &cycle, &family))
    }
}

page!(
    /// A page of cycles.
    CyclePage of CycleOut
);

/// Which cycles are listed.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct CycleFilter {
    /// Those in this phase.
    phase: Option<Phase>,
    /// Those of this kind.
    kind: Option<CycleKind>,
    /// Those directly inside this cycle.
    parent_id: Option<CycleId>,
    /// Those of this forest: an outermost cycle and all that is inside it.
    forest_id: Option<ForestId>,
    /// Those that have this day.
    on: Option<NaiveDate>,
    /// Those whose name has this text; case and accents do not matter.
    q: Option<String>,
    /// Those with these ids, separated by commas; at most 200.
    #[param(value_type = Option<String>)]
    ids: Option<Commas<CycleId>>,
}

impl CycleFilter {
    fn takes(&self, cycle: &Cycle) -> bool {
        self.phase.is_none_or(|phase| cycle.phase == phase)
            && self.kind.is_none_or(|kind| cycle.kind == kind)
            && self.parent_id.is_none_or(|parent| cycle.parent_id == Some(parent))
            && self.forest_id.is_none_or(|forest| cycle.forest_id == forest)
            && self.on.is_none_or(|day| cycle.starts_on <= day && day <= cycle.ends_on)
            && self.q.as_ref().is_none_or(|text| cycle.name_folded.contains(&fold(text.trim())))
            && self.ids.as_ref().is_none_or(|ids| ids.0.contains(&cycle.id))
    }
}

/// A page of the cycles. An organization has few of them: they are all at hand.
fn page_of(tx: &mut Tx<'_>, filter: &CycleFilter, listing: &Listing) -> Result<CyclePage> {
    let (sort, reverse) = listing.order(&["starts_on", "name"])?;
    let family = Family::new(super::all(tx)?);
    let found: Vec<&Cycle> = family.iter().filter(|cycle| filter.takes(cycle)).collect();
    let total = listing.include_total.then_some(found.len());
    let (page, next_cursor) = listing.page_of(found, reverse, |cycle| {
        let key = if sort == "name" { SortKey::from(cycle.name_folded.clone()) } else { cycle.starts_on.into() };
        (key, cycle.id.into())
    });
    let items = page.into_iter().map(|cycle| CycleOut::of(tx, cycle, &family)).collect();
    Ok(CyclePage { items, next_cursor, total })
}

/// The cycles
///
/// Those that the caller may see: drafts are shown to HR alone. By `starts_on` unless asked, or by `name`.
#[utoipa::path(tag = "cycles", params(CycleFilter, ListingParameters),
    responses((status = 200, body = CyclePage, description = "A page of cycles")))]
#[get("/cycles")]
async fn list_cycles(ctx: Ctx, query: ListQuery<CycleFilter>) -> Result<Json<CyclePage>> {
    check_search(query.filter.q.as_deref())?;
    ctx.read(move |tx| page_of(tx, &query.filter, &query.listing)).await.map(Json)
}

/// Make a cycle
///
/// It begins as a draft, with the organization's default settings but for those that are given. Beside it no other
/// cycle of its kind, `custom` apart, may have one of its days, and the cycle around it may not be closed. HR only.
#[utoipa::path(tag = "cycles", request_body = CycleIn,
    responses((status = 201, body = CycleOut, description = "The new cycle")))]
#[post("/cycles")]
async fn create_cycle(ctx: Ctx, body: Body<CycleIn>) -> Result<Created<CycleOut>> {
    let id = ctx.write(move |tx| super::create(tx, &body.0)).await?;
    created(&ctx, id).await
}

/// Make a year with the cycles inside it
///
/// A year of the organization's fiscal calendar with its halves, quarters or months, or several of these levels, all
/// at once: they cover the year without a gap. All begin as drafts. HR only.
#[utoipa::path(tag = "cycles", request_body = YearIn,
    responses((status = 201, body = CycleOut, description = "The new year; `enclosed` names the cycles inside it")))]
#[post("/cycles/year")]
async fn create_cycle_year(ctx: Ctx, body: Body<YearIn>) -> Result<Created<CycleOut>> {
    let id = ctx.write(move |tx| super::create_year(tx, &body.0)).await?;
    created(&ctx, id).await
}

async fn created(ctx: &Ctx, id: CycleId) -> Result<Created<CycleOut>> {
    let body = ctx.read(move |tx| CycleOut::read(tx, id)).await?;
    Ok(Created { location: format!("/cycles/{id}"), body })
}

/// A cycle
///
/// With the cycles around it and inside it, and the phases that the caller may move it to.
#[utoipa::path(tag = "cycles", params(("id" = CycleId, Path, description = "The cycle")),
    responses((status = 200, body = CycleOut, description = "The cycle")))]
#[get("/cycles/{id}")]
async fn get_cycle(ctx: Ctx, id: IdPath<CycleId>) -> Result<Tagged<CycleOut>> {
    let id = id.into_inner();
    ctx.read(move |tx| CycleOut::read(tx, id)).await.map(Tagged)
}

/// Change a cycle
///
/// A merge patch; in `settings` each field by itself. Once it has goals, its kind and the cycle around it are fixed,
/// and no day is taken away that goals run over. Nothing changes in a closed cycle. HR only.
#[utoipa::path(tag = "cycles", request_body = CyclePatch,
    params(("id" = CycleId, Path, description = "The cycle")),
    responses((status = 200, body = CycleOut, description = "The cycle as it is now")))]
#[patch("/cycles/{id}")]
async fn update_cycle(ctx: Ctx, id: IdPath<CycleId>, body: Body<CyclePatch>) -> Result<Tagged<CycleOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::update(tx, id, &body.0, version)).await?;
    ctx.read(move |tx| CycleOut::read(tx, id)).await.map(Tagged)
}

/// Delete a cycle
///
/// One that has neither goals nor cycles inside it. HR only.
#[utoipa::path(tag = "cycles", params(("id" = CycleId, Path, description = "The cycle")),
    responses((status = 204, description = "It is deleted")))]
#[delete("/cycles/{id}")]
async fn delete_cycle(ctx: Ctx, id: IdPath<CycleId>) -> Result<NoContent> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::delete(tx, id, version)).await?;
    Ok(NoContent)
}

/// Move a cycle to another phase
///
/// From draft to planning, active, review and closed; back from review to active, and from closed to review, with a
/// reason. It leaves draft after the cycle around it, and closes after the cycles inside it. When it enters its review,
/// the template of its reviews is fixed, and everyone who is reviewed by it has a review. HR only; a closed cycle is
/// reopened by an owner.
#[utoipa::path(tag = "cycles", request_body = PhaseIn,
    params(("id" = CycleId, Path, description = "The cycle")),
    responses((status = 200, body = CycleOut, description = "The cycle as it is now")))]
#[post("/cycles/{id}/phase")]
async fn move_cycle_phase(ctx: Ctx, id: IdPath<CycleId>, body: Body<PhaseIn>) -> Result<Tagged<CycleOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| {
        super::move_phase(tx, id, &body.0, version)?;
        reviews::begin(tx, id)
    })
    .await?;
    ctx.read(move |tx| CycleOut::read(tx, id)).await.map(Tagged)
}

/// The addresses of cycles.
pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(list_cycles)
        .service(create_cycle)
        .service(create_cycle_year)
        .service(get_cycle)
        .service(update_cycle)
        .service(delete_cycle)
        .service(move_cycle_phase);
}

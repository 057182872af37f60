//! `/delegations`.

use super::{Delegation, DelegationIn};
use crate::db::Tx;
use crate::domain::ids::{DelegationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::{DelegatedRight, DelegationState};
use crate::error::Result;
use crate::http::{
    Body, Created, Ctx, IdPath, ListQuery, Listing, ListingParameters, NoContent, Tagged, Versioned, page,
};
use crate::org::PersonRef;
use actix_web::web::Json;
use actix_web::{delete, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(in crate::org) fn routes(services: &mut ServiceConfig<'_>) {
    services.service(list_delegations).service(create_delegation).service(get_delegation).service(end_delegation);
}

/// A lead's rights in someone else's hands, for a time.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DelegationOut {
    /// Its id.
    pub id: DelegationId,
    /// Moves with every change; the `ETag`.
    pub version: i64,
    /// Whose rights they are.
    pub lead: PersonRef,
    /// Who acts for them.
    pub delegate: PersonRef,
    /// Which rights.
    pub rights: Vec<DelegatedRight>,
    /// The first day, in the organization's time zone.
    pub first: NaiveDate,
    /// The last day, included.
    pub last: NaiveDate,
    /// Where it stands today.
    pub state: DelegationState,
    /// Why.
    pub note: Option<String>,
    /// Who gave it.
    pub created_by: PersonRef,
    /// When it was given.
    pub created_at: Instant,
    /// Who ended it before its last day; null where nobody did.
    pub ended_by: Option<PersonRef>,
    /// When it was ended before its last day.
    pub ended_at: Option<Instant>,
}

impl Versioned for DelegationOut {
    fn version(&self) -> i64 {
        self.version
    }
}

page! {
    /// A page of delegations.
    DelegationPage of DelegationOut
}

/// Which delegations are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct DelegationFilter {
    /// Those of this lead's rights.
    lead_id: Option<PersonId>,
    /// Those by which this person acts for someone.
    delegate_id: Option<PersonId>,
    /// Those that stand so today.
    state: Option<DelegationState>,
}

/// List delegations
///
/// Those that the caller gave and those given to them; for HR (admins and owners) all. What is over stays in the list.
/// Sorted by `first`, the first day.
#[utoipa::path(
    tag = "people",
    params(DelegationFilter, ListingParameters),
    responses((status = 200, body = DelegationPage, description = "A page of delegations"))
)]
#[get("/delegations")]
async fn list_delegations(ctx: Ctx, query: ListQuery<DelegationFilter>) -> Result<Json<DelegationPage>> {
    ctx.read(move |tx| DelegationPage::of(tx, query.filter, &query.listing)).await.map(Json)
}

/// Hand on a lead's rights
///
/// A lead who is away hands check-ins on behalf, approvals and reviews to someone else, from a day to a day: the lead
/// themself, and HR (admins and owners) for them. Within these days the delegate may do with those rights what the lead
/// may by leading units and people, sees the goals that this takes, and is named as the lead's delegate in what they do.
/// They approve no goal of their own and none of the lead's, and hand nothing on. Refused (422): a lead who leads
/// nobody, a delegate who is deactivated, a viewer or the lead, days gone by, more than 366 days, more than 50
/// delegations of one lead at a time.
#[utoipa::path(
    tag = "people",
    request_body = DelegationIn,
    responses((status = 201, body = DelegationOut, description = "The delegation"))
)]
#[post("/delegations")]
async fn create_delegation(ctx: Ctx, body: Body<DelegationIn>) -> Result<Created<DelegationOut>> {
    let id = ctx.write(move |tx| super::add(tx, &body.0)).await?;
    Ok(Created { location: format!("/delegations/{id}"), body: shown(&ctx, id).await? })
}

/// A delegation
///
/// For the lead, the delegate, and HR (admins and owners).
#[utoipa::path(
    tag = "people",
    params(("id" = DelegationId, Path, description = "The delegation")),
    responses((status = 200, body = DelegationOut, description = "The delegation"))
)]
#[get("/delegations/{id}")]
async fn get_delegation(ctx: Ctx, id: IdPath<DelegationId>) -> Result<Tagged<DelegationOut>> {
    shown(&ctx, id.into_inner()).await.map(Tagged)
}

/// End a delegation
///
/// At once; what was done by it stands, and it stays in the list. The lead, HR (admins and owners), and the delegate who
/// gives it back. One that is over is refused (409).
#[utoipa::path(
    tag = "people",
    params(("id" = DelegationId, Path, description = "The delegation")),
    responses((status = 204, description = "It is over"))
)]
#[delete("/delegations/{id}")]
async fn end_delegation(ctx: Ctx, id: IdPath<DelegationId>) -> Result<NoContent> {
    let (id, if_match) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::end(tx, id, if_match)).await?;
    Ok(NoContent)
}

async fn shown(ctx: &Ctx, id: DelegationId) -> Result<DelegationOut> {
    ctx.read(move |tx| super::get(tx, id).map(|one| DelegationOut::of(tx, one))).await
}

impl DelegationFilter {
    fn takes(self, one: &Delegation, today: NaiveDate) -> bool {
        self.lead_id.is_none_or(|lead| lead == one.lead_id)
            && self.delegate_id.is_none_or(|delegate| delegate == one.delegate_id)
            && self.state.is_none_or(|state| state == one.state(today))
    }
}

impl DelegationOut {
    fn of(tx: &Tx<'_>, one: Delegation) -> Self {
        let named = |id| PersonRef::of(&tx.actor.directory, id);
        Self {
            id: one.id,
            version: one.version,
            lead: named(one.lead_id),
            delegate: named(one.delegate_id),
            rights: one.rights(),
            first: one.first_on,
            last: one.last_on,
            state: one.state(tx.today()),
            created_by: named(one.created_by),
            created_at: one.created_at,
            ended_by: one.ended_by.map(named),
            ended_at: one.ended_at,
            note: one.note,
        }
    }
}

impl DelegationPage {
    fn of(tx: &mut Tx<'_>, filter: DelegationFilter, listing: &Listing) -> Result<Self> {
        let (_, reverse) = listing.order(&["first"])?;
        let today = tx.today();
        let found: Vec<_> = super::all(tx)?.into_iter().filter(|one| filter.takes(one, today)).collect();
        let total = listing.include_total.then_some(found.len());
        let (page, next_cursor) = listing.page_of(found, reverse, |one| (one.first_on.into(), one.id.0));
        Ok(Self { items: page.into_iter().map(|one| DelegationOut::of(tx, one)).collect(), next_cursor, total })
    }
}

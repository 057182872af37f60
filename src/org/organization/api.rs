//! `GET/PATCH /organization`.

use super::{Organization, OrganizationPatch};
use crate::domain::cycle_settings::CycleSettings;
use crate::domain::ids::OrganizationId;
use crate::domain::instant::Instant;
use crate::domain::words::{Locale, RankingVisibility};
use crate::error::Result;
use crate::http::{Body, Ctx, Tagged, Versioned};
use actix_web::{get, patch};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

pub(in crate::org) fn routes(services: &mut ServiceConfig<'_>) {
    services.service(get_organization).service(change_organization);
}

/// An organization.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrganizationOut {
    /// Its id.
    pub id: OrganizationId,
    /// Moves with every change; the `ETag`.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Its time zone, by its name in the IANA list. Days (due days, a goal's window) are days there.
    #[schema(examples("Asia/Ho_Chi_Minh"))]
    pub time_zone: String,
    /// The language of what it is sent.
    pub locale: Locale,
    /// The currency of amounts of money (ISO 4217).
    #[schema(examples("VND"))]
    pub currency: String,
    /// The month that the fiscal year begins with: 1 January to 12 December.
    #[schema(minimum = 1, maximum = 12)]
    pub fiscal_year_start: i32,
    /// The settings that a new cycle begins with.
    pub cycle_defaults: CycleSettings,
    /// Who sees figures person beside person: `all` of a unit, its `leads`, or `none`. With `all` everyone also sees
    /// each person's own figures.
    pub ranking_visibility: RankingVisibility,
    /// When it was founded.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl From<Organization> for OrganizationOut {
    fn from(row: Organization) -> Self {
        Self {
            id: row.id,
            version: row.version,
            name: row.name,
            time_zone: row.time_zone,
            locale: row.locale,
            currency: row.currency,
            fiscal_year_start: row.fiscal_year_start,
            cycle_defaults: row.cycle_defaults.0,
            ranking_visibility: row.ranking_visibility,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Versioned for OrganizationOut {
    fn version(&self) -> i64 {
        self.version
    }
}

/// The organization
///
/// Name, time zone, language, currency, fiscal year and the settings of new cycles. Everyone of the organization may
/// read it.
#[utoipa::path(tag = "organization", responses((status = 200, body = OrganizationOut, description = "The organization")))]
#[get("/organization")]
async fn get_organization(ctx: Ctx) -> Result<Tagged<OrganizationOut>> {
    shown(&ctx).await
}

/// Change the organization
///
/// HR (admins and owners) alone. Cycles that exist keep their settings; another time zone moves the day on which
/// figures are computed from the next request on.
#[utoipa::path(
    tag = "organization",
    request_body = OrganizationPatch,
    responses((status = 200, body = OrganizationOut, description = "The organization as it is now"))
)]
#[patch("/organization")]
async fn change_organization(ctx: Ctx, body: Body<OrganizationPatch>) -> Result<Tagged<OrganizationOut>> {
    let if_match = ctx.if_match()?;
    ctx.write(move |tx| super::change(tx, &body.0, if_match)).await?;
    shown(&ctx).await
}

async fn shown(ctx: &Ctx) -> Result<Tagged<OrganizationOut>> {
    ctx.read(|tx| super::get(tx).map(OrganizationOut::from)).await.map(Tagged)
}

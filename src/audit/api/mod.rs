//! `/audit-log`.

mod export;
mod out;

pub use export::ExportAs;
pub use out::{AuditEntryOut, AuditPage};

use super::AuditFilter;
use crate::domain::ids::EventId;
use crate::error::Result;
use crate::http::{Ctx, ListQuery, ListingParameters, SortKey};
use actix_web::get;
use actix_web::web::Json;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the addresses.
pub fn routes(services: &mut ServiceConfig<'_>) {
    services.service(list_audit_log).service(export::export_audit_log);
}

/// The audit log
///
/// Everything that was changed and every sign-in: who, what, when, from where, with what was before and after. The
/// newest first. HR (admins and owners) alone. What happened is never changed or removed.
#[utoipa::path(
    tag = "audit",
    params(AuditFilter, ListingParameters),
    responses((status = 200, body = AuditPage, description = "A page of entries"))
)]
#[get("/audit-log")]
async fn list_audit_log(ctx: Ctx, query: ListQuery<AuditFilter>) -> Result<Json<AuditPage>> {
    ctx.read(move |tx| {
        let ListQuery { filter, listing } = &query;
        listing.order(&["newest"])?;
        let after = listing.after().map(|(_, id)| EventId(id));
        let found = super::entries(tx, filter, after, listing.limit + 1)?;
        let total = listing.include_total.then(|| super::count(tx, filter)).transpose()?;
        let (page, next_cursor) = listing.cut(found, |entry| (SortKey::Nothing, entry.id.0));
        let items = page.into_iter().map(|entry| AuditEntryOut::of(entry, &tx.actor.directory)).collect();
        Ok(Json(AuditPage { items, next_cursor, total }))
    })
    .await
}

//! Whether the service lives, and whether it can work.

use super::service::Service;
use crate::db::Scope;
use crate::error::Result;
use actix_web::get;
use actix_web::web::{Data, Json};
use diesel::RunQueryDsl;
use serde::Serialize;

/// How the service is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok`.
    #[schema(examples("ok"))]
    pub status: &'static str,
}

/// Lives
///
/// The process answers. Asks nothing of the database.
#[utoipa::path(tag = "operations", security(()), responses((status = 200, body = Health, description = "It lives")))]
#[get("/health/live")]
pub async fn live() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Ready
///
/// The database answers: requests can be served. 503 otherwise.
#[utoipa::path(tag = "operations", security(()), responses((status = 200, body = Health, description = "It is ready")))]
#[get("/health/ready")]
pub async fn ready(service: Data<Service>) -> Result<Json<Health>> {
    let asked = |conn: &mut crate::db::Conn| Ok(diesel::sql_query("SELECT 1").execute(conn).map(drop)?);
    service.db.read(Scope::System, asked).await.map_err(|error| {
        tracing::warn!(%error, "not ready");
        crate::error::Error::Busy
    })?;
    Ok(Json(Health { status: "ok" }))
}

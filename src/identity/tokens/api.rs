//! `/api-tokens`.

use super::model::ApiToken;
use super::{ApiTokenIn, MadeToken, Whose};
use crate::domain::ids::{ApiTokenId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use crate::domain::words::ApiScope;
use crate::error::Result;
use crate::http::{Accepted, Body, Ctx, IdPath, ListQuery, ListingParameters, NoContent, SortKey, page};
use actix_web::web::Json;
use actix_web::{delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the addresses.
pub fn routes(services: &mut ServiceConfig<'_>) {
    services.service(list_api_tokens).service(create_api_token).service(revoke_api_token);
}

/// A token of a machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ApiTokenOut {
    /// Its id.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// What its text begins with.
    #[schema(examples("gt_AZq1sQ3gdbWk2nXo"))]
    pub prefix: String,
    /// What it may be used for.
    pub scopes: Vec<ApiScope>,
    /// Who made it: it acts as them.
    pub person_id: PersonId,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends by itself; null: never.
    pub expires_at: Option<Instant>,
    /// When it was last used, to the minute; null: never.
    pub last_used_at: Option<Instant>,
}

impl From<ApiToken> for ApiTokenOut {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            prefix: token.prefix,
            scopes: token.scopes.0,
            person_id: token.person_id,
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
        }
    }
}

/// A token that was made, with its text.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MadeTokenOut {
    /// Sent as `Authorization: Bearer …`. Shown this once: null where the request is repeated with the same
    /// `Idempotency-Key`.
    #[schema(format = Password)]
    pub token: Option<String>,
    /// What is known of it from now on.
    pub api_token: ApiTokenOut,
}

page!(
    /// A page of API tokens.
    ApiTokenPage of ApiTokenOut
);

/// Which tokens are listed.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ApiTokenFilter {
    /// Those of this person, the caller's own unless said; someone else's are for HR.
    person_id: Option<PersonId>,
    /// Those of everyone, for HR.
    everyone: Option<bool>,
}

impl ApiTokenFilter {
    fn whose(&self) -> Whose {
        match (self.person_id, self.everyone) {
            (Some(person), _) => Whose::Ones(person),
            (None, Some(true)) => Whose::Everyones,
            (None, _) => Whose::Mine,
        }
    }
}

/// List API tokens
///
/// The caller's own that were not revoked, ended ones too, by `name` unless asked, or by `created`. HR (admins and
/// owners) lists `everyone`'s or another's; 403 for others.
#[utoipa::path(tag = "session", params(ApiTokenFilter, ListingParameters),
    responses((status = 200, body = ApiTokenPage, description = "A page of tokens")))]
#[get("/api-tokens")]
async fn list_api_tokens(ctx: Ctx, query: ListQuery<ApiTokenFilter>) -> Result<Json<ApiTokenPage>> {
    let (sort, reverse) = query.listing.order(&["name", "created"])?;
    let whose = query.filter.whose();
    let found = ctx.read(move |tx| super::list(tx, whose)).await?;
    let total = query.listing.include_total.then_some(found.len());
    let (page, next_cursor) = query.listing.page_of(found, reverse, |token| {
        let key = if sort == "name" { fold(&token.name) } else { String::new() };
        (SortKey::from(key), token.id.into())
    });
    Ok(Json(ApiTokenPage { items: page.into_iter().map(ApiTokenOut::from).collect(), next_cursor, total }))
}

/// Make an API token
///
/// For machines: it acts as the caller, never more than they may at that moment, and only for what its scopes name.
/// It stops working when it is revoked or ends, and at once when its maker is deactivated; a changed password leaves
/// it. At most 50 of a person work at a time (409 otherwise). Its text is shown this once.
#[utoipa::path(tag = "session", request_body = ApiTokenIn,
    responses((status = 201, body = MadeTokenOut, description = "The token with its text")))]
#[post("/api-tokens")]
async fn create_api_token(ctx: Ctx, body: Body<ApiTokenIn>) -> Result<Accepted<MadeTokenOut>> {
    let MadeToken { id, token } = ctx.write(move |tx| super::make(tx, &body.0)).await?;
    let made = ctx.read(move |tx| super::get(tx, id)).await?;
    Ok(Accepted(MadeTokenOut { token, api_token: made.into() }))
}

/// Revoke an API token
///
/// One's own; HR (admins and owners) anyone's. Requests with it are refused from now on.
#[utoipa::path(tag = "session", params(("id" = ApiTokenId, Path, description = "The token")),
    responses((status = 204, description = "Revoked")))]
#[delete("/api-tokens/{id}")]
async fn revoke_api_token(ctx: Ctx, id: IdPath<ApiTokenId>) -> Result<NoContent> {
    let id = id.into_inner();
    ctx.write(move |tx| super::revoke(tx, id)).await?;
    Ok(NoContent)
}

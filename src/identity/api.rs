//! `/auth` and `/me/password`.

use super::Keys;
use super::noted::subject_of;
use super::sessions;
use super::sign_in::{self, Credentials};
use super::signed_in::SignedIn;
use crate::db::{Event, Tx};
use crate::domain::ids::{OrganizationId, SessionId};
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Ctx, IdPath, NoContent, Service, origin_of};
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, delete, get, post};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the addresses.
pub fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(login)
        .service(refresh)
        .service(logout)
        .service(list_sessions)
        .service(end_session)
        .service(reset_password)
        .service(change_password);
    super::tokens::routes(services);
    super::totp::routes(services);
}

/// Email and password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginIn {
    /// The account's email address; case does not count.
    #[schema(examples("an@example.com"))]
    pub email: String,
    /// The password.
    #[schema(format = Password, max_length = 200)]
    pub password: String,
    /// Where a second factor is on: the six digits that the app shows now, or a recovery code. Left out or wrong, the
    /// answer is 401 `totp_required` or `wrong_totp_code`, once the password is right.
    #[serde(default)]
    #[schema(examples("287082"))]
    pub totp_code: Option<String>,
    /// Which organization, where the account belongs to several (the 409 lists them).
    #[serde(default)]
    pub organization: Option<OrganizationId>,
}

/// A refresh token.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshIn {
    /// The refresh token that was answered last.
    pub refresh_token: String,
}

/// A new password by a one-time link.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetIn {
    /// The secret of the link.
    pub token: String,
    /// The new password.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    pub password: String,
}

/// The present password and the new one.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordIn {
    /// The present password.
    #[schema(format = Password, max_length = 200)]
    pub current_password: String,
    /// The new password.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    pub new_password: String,
}

/// A device that is signed in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionOut {
    /// The session.
    pub id: SessionId,
    /// Whether it is the one of this request.
    pub current: bool,
    /// The program, as it named itself at sign-in.
    pub user_agent: Option<String>,
    /// The network address at sign-in.
    pub address: Option<String>,
    /// When it was opened.
    pub created_at: Instant,
    /// When it was last refreshed.
    pub last_used_at: Instant,
    /// When it ends unless it is refreshed before.
    pub expires_at: Instant,
}

/// The devices that are signed in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionsOut {
    /// The sessions, the last used first; at most 100.
    pub items: Vec<SessionOut>,
}

/// Sign in
///
/// Email and password for an access token of 15 minutes and a refresh token. Where the account belongs to several
/// organizations and none is named, the answer is 409 `choose_organization` with `organizations: [{id, name}]`. Where a
/// second factor is on, send its code along.
///
/// A wrong password and an unknown address get the same answer. After five wrong tries at an address's account from
/// places where it was not used before, or a hundred from one network address, each further try waits (429 with
/// `Retry-After`): 30 seconds (10 for a network address), twice as long each time, a quarter of an hour at most. From
/// where the account was used in the last 90 days its tries are counted apart, so that strangers keep nobody out.
#[utoipa::path(tag = "session", security(()), request_body = LoginIn,
    responses((status = 200, body = SignedIn, description = "Signed in"),
        (status = 401, body = crate::http::Problem, content_type = "application/problem+json", description = "Email, password or code is wrong, or a code is required")))]
#[post("/auth/login")]
async fn login(
    request: HttpRequest,
    service: Data<Service>,
    keys: Data<Keys>,
    body: Body<LoginIn>,
) -> Result<Json<SignedIn>> {
    let LoginIn { email, password, totp_code, organization } = body.0;
    let credentials = Credentials { email, password, totp_code, organization };
    let opened = sign_in::sign_in(&service, credentials, Arc::new(origin_of(&request))).await?;
    SignedIn::new(&keys, opened).await.map(Json)
}

/// Refresh the access token
///
/// Changes the refresh token for a new pair. A refresh token works once, and again within 30 seconds for a phone that
/// lost the answer; one that comes later was copied: its session ends, with all its tokens, and the audit log says so.
#[utoipa::path(tag = "session", security(()), request_body = RefreshIn,
    responses((status = 200, body = SignedIn, description = "A new pair of tokens")))]
#[post("/auth/refresh")]
async fn refresh(
    request: HttpRequest,
    service: Data<Service>,
    keys: Data<Keys>,
    body: Body<RefreshIn>,
) -> Result<Json<SignedIn>> {
    let opened = sign_in::refresh(&service, body.0.refresh_token, origin_of(&request)).await?;
    SignedIn::new(&keys, opened).await.map(Json)
}

/// Sign out
///
/// Ends the session of this request: its access token is refused from now on.
#[utoipa::path(tag = "session", responses((status = 204, description = "Signed out")))]
#[post("/auth/logout")]
async fn logout(ctx: Ctx) -> Result<NoContent> {
    ctx.write(|tx| end(tx, tx.actor.session.ok_or(Code::SessionRequired)?)).await?;
    Ok(NoContent)
}

/// My sessions
///
/// The devices on which the caller is signed in to this organization.
#[utoipa::path(tag = "session", responses((status = 200, body = SessionsOut, description = "The sessions")))]
#[get("/auth/sessions")]
async fn list_sessions(ctx: Ctx) -> Result<Json<SessionsOut>> {
    let of_caller = |tx: &mut Tx<'_>| {
        let found = sessions::of_person(tx.conn, tx.actor.organization, tx.actor.person, tx.now)?;
        Ok((tx.actor.session, found))
    };
    let (current, found) = ctx.read(of_caller).await?;
    let out = |session: sessions::Session| SessionOut {
        id: session.id,
        current: Some(session.id) == current,
        user_agent: session.user_agent,
        address: session.address,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        expires_at: session.expires_at,
    };
    Ok(Json(SessionsOut { items: found.into_iter().map(out).collect() }))
}

/// End a session
///
/// Signs out one of the caller's devices; requests with its tokens are refused from now on.
#[utoipa::path(tag = "session", params(("id" = SessionId, Path, description = "The session")),
    responses((status = 204, description = "Ended")))]
#[delete("/auth/sessions/{id}")]
async fn end_session(ctx: Ctx, id: IdPath<SessionId>) -> Result<NoContent> {
    let id = id.into_inner();
    ctx.write(move |tx| end(tx, id)).await?;
    Ok(NoContent)
}

fn end(tx: &mut Tx<'_>, session: SessionId) -> Result<()> {
    if !sessions::revoke(tx.conn, tx.actor.organization, tx.actor.person, session, tx.now)? {
        return Err(Error::not_found());
    }
    let subject = subject_of(tx.conn, tx.actor.organization, tx.actor.person)?;
    tx.note(Event::new("session.ended", subject).before(&json!({ "session_id": session }))?);
    Ok(())
}

/// Set a password by a one-time link
///
/// Uses the link up, sets the password and ends every session of the account. A second factor stays on. The link works
/// for 7 days, until a newer one is made (409 otherwise).
#[utoipa::path(tag = "session", security(()), request_body = PasswordResetIn,
    responses((status = 204, description = "The password is set")))]
#[post("/auth/password-reset")]
async fn reset_password(
    request: HttpRequest,
    service: Data<Service>,
    body: Body<PasswordResetIn>,
) -> Result<NoContent> {
    let PasswordResetIn { token, password } = body.0;
    sign_in::reset_password(&service, token, password, Arc::new(origin_of(&request))).await?;
    Ok(NoContent)
}

/// Change my password
///
/// Ends every session of the account in every organization, this one too: sign in again. API tokens stay: revoke those
/// that may have leaked.
#[utoipa::path(tag = "session", request_body = PasswordIn, responses((status = 204, description = "The password is changed")))]
#[post("/me/password")]
async fn change_password(ctx: Ctx, body: Body<PasswordIn>) -> Result<NoContent> {
    let account = ctx.read(|tx| tx.actor.account.ok_or_else(Error::not_found)).await?;
    let PasswordIn { current_password, new_password } = body.0;
    sign_in::change_password(ctx.service(), account, current_password, new_password, ctx.origin()).await?;
    Ok(NoContent)
}

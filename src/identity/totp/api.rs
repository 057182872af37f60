//! `/me/totp`.

use crate::domain::ids::AccountId;
use crate::domain::instant::Instant;
use crate::error::{Error, Result};
use crate::http::{Accepted, Body, Ctx, NoContent};
use actix_web::web::Json;
use actix_web::{delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the addresses.
pub fn routes(services: &mut ServiceConfig<'_>) {
    services.service(get_totp).service(start_totp).service(confirm_totp).service(disable_totp);
}

/// How the caller's second factor stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TotpOut {
    /// Whether a code is asked for at sign-in.
    pub enabled: bool,
    /// Since when; null where it is off.
    pub enabled_at: Option<Instant>,
    /// How many of the ten recovery codes are left; 0 where it is off.
    #[schema(minimum = 0, maximum = 10)]
    pub recovery_codes_left: i64,
}

/// The present password, before the second factor is touched.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpStartIn {
    /// The account's password.
    #[schema(format = Password, max_length = 200)]
    pub current_password: String,
}

/// A secret for an authenticator app.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TotpSecretOut {
    /// The secret in base32 (160 bits), to be typed into an app. Shown this once.
    #[schema(examples("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))]
    pub secret: String,
    /// The same as an address that apps read from a QR code.
    #[schema(examples(
        "otpauth://totp/goaltree:an@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=goaltree"
    ))]
    pub otpauth_url: String,
}

/// A code of the app.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpConfirmIn {
    /// The six digits that the app shows now.
    #[schema(examples("287082"))]
    pub code: String,
}

/// Recovery codes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecoveryCodesOut {
    /// Ten codes that each work once in place of the app's. Shown this once.
    pub recovery_codes: Vec<String>,
}

/// The password and a code, to turn the second factor off.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpDisableIn {
    /// The account's password.
    #[schema(format = Password, max_length = 200)]
    pub current_password: String,
    /// The six digits that the app shows now, or a recovery code.
    pub code: String,
}

/// My second factor
///
/// Whether signing in asks for a code beside the password, and how many recovery codes are left.
#[utoipa::path(tag = "session", responses((status = 200, body = TotpOut, description = "How it stands")))]
#[get("/me/totp")]
async fn get_totp(ctx: Ctx) -> Result<Json<TotpOut>> {
    let account = account_of(&ctx).await?;
    let state = super::state(ctx.service(), account).await?;
    let left = if state.since.is_some() { state.recovery_codes_left } else { 0 };
    Ok(Json(TotpOut { enabled: state.since.is_some(), enabled_at: state.since, recovery_codes_left: left }))
}

/// Start a second factor
///
/// Makes a secret for an authenticator app (six digits, 30 seconds, SHA-1). Nothing changes before a code of it is
/// confirmed; started again, the earlier secret is void. 409 `totp_is_on` where one is on.
#[utoipa::path(tag = "session", request_body = TotpStartIn,
    responses((status = 201, body = TotpSecretOut, description = "The secret")))]
#[post("/me/totp")]
async fn start_totp(ctx: Ctx, body: Body<TotpStartIn>) -> Result<Accepted<TotpSecretOut>> {
    let account = account_of(&ctx).await?;
    let knock = super::knock(ctx.service(), account, body.0.current_password, ctx.origin()).await?;
    let started = super::start(ctx.service(), account, knock).await?;
    Ok(Accepted(TotpSecretOut { secret: started.secret, otpauth_url: started.url }))
}

/// Turn my second factor on
///
/// With a code of the app. From now on every sign-in of the account, in whatever organization, asks for one.
#[utoipa::path(tag = "session", request_body = TotpConfirmIn,
    responses((status = 200, body = RecoveryCodesOut, description = "It is on: the recovery codes")))]
#[post("/me/totp/confirm")]
async fn confirm_totp(ctx: Ctx, body: Body<TotpConfirmIn>) -> Result<Json<RecoveryCodesOut>> {
    let account = account_of(&ctx).await?;
    let recovery_codes = super::confirm(ctx.service(), account, body.0.code, ctx.origin()).await?;
    Ok(Json(RecoveryCodesOut { recovery_codes }))
}

/// Turn my second factor off
///
/// With the password and a code. Whoever has lost both app and recovery codes asks the operator (`goaltree user
/// reset-totp`); no organization can turn it off.
#[utoipa::path(tag = "session", request_body = TotpDisableIn, responses((status = 204, description = "It is off")))]
#[delete("/me/totp")]
async fn disable_totp(ctx: Ctx, body: Body<TotpDisableIn>) -> Result<NoContent> {
    let account = account_of(&ctx).await?;
    let TotpDisableIn { current_password, code } = body.0;
    let knock = super::knock(ctx.service(), account, current_password, ctx.origin()).await?;
    super::disable(ctx.service(), knock, code, ctx.origin()).await?;
    Ok(NoContent)
}

/// The account of the caller, whose session is asked for with it.
async fn account_of(ctx: &Ctx) -> Result<AccountId> {
    ctx.read(|tx| tx.actor.account.ok_or_else(Error::not_found)).await
}

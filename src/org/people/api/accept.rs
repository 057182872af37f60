//! `POST /invitations/accept`.

use crate::error::Result;
use crate::http::{Accepted, Body, Service, origin_of};
use crate::identity::{Keys, SignedIn};
use crate::org::people;
use actix_web::web::Data;
use actix_web::{HttpRequest, post};
use serde::Deserialize;
use std::sync::Arc;

/// An invitation and a password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptIn {
    /// The secret of the invitation.
    token: String,
    /// The password to sign in with from now on; of someone who has an account of this email address already (in
    /// another organization), that account's password.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    password: String,
    /// Of someone whose account has a second factor on: the six digits that the app shows now, or a recovery code.
    #[serde(default)]
    totp_code: Option<String>,
}

/// Accept an invitation
///
/// Opens the account of an invited person and signs them in. Whoever has an account of the same email address joins
/// with it, by its password and, where a second factor is on, a code (401 otherwise): an invitation alone opens nothing
/// that was there before it. An invitation works once, for 7 days, until a newer one is made (409 otherwise).
#[utoipa::path(
    tag = "people",
    security(()),
    request_body = AcceptIn,
    responses((status = 201, body = SignedIn, description = "They have joined and are signed in"),
        (status = 401, body = crate::http::Problem, content_type = "application/problem+json", description = "A code is required, or wrong"))
)]
#[post("/invitations/accept")]
pub(in crate::org) async fn accept_invitation(
    request: HttpRequest,
    service: Data<Service>,
    keys: Data<Keys>,
    body: Body<AcceptIn>,
) -> Result<Accepted<SignedIn>> {
    let AcceptIn { token, password, totp_code } = body.0;
    let given = people::Acceptance { secret: token, password, totp_code };
    let opened = people::accept(&service, given, Arc::new(origin_of(&request))).await?;
    SignedIn::new(&keys, opened).await.map(Accepted)
}

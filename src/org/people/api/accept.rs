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
}

/// Accept an invitation
///
/// Opens the account of an invited person and signs them in. Whoever has an account of the same email address joins
/// with it, by its password. An invitation works once, for 7 days, until a newer one is made (409 otherwise).
#[utoipa::path(
    tag = "people",
    security(()),
    request_body = AcceptIn,
    responses((status = 201, body = SignedIn, description = "They have joined and are signed in"))
)]
#[post("/invitations/accept")]
pub(in crate::org) async fn accept_invitation(
    request: HttpRequest,
    service: Data<Service>,
    keys: Data<Keys>,
    body: Body<AcceptIn>,
) -> Result<Accepted<SignedIn>> {
    let AcceptIn { token, password } = body.0;
    let opened = people::accept(&service, token, password, Arc::new(origin_of(&request))).await?;
    SignedIn::new(&keys, opened, service.clock.now()).map(Accepted)
}

//! `/setup` and `/organizations`.

use super::NewCompany;
use crate::db::Scope;
use crate::domain::currency::is_currency;
use crate::domain::limits;
use crate::domain::words::Locale;
use crate::error::{Code, Faults, Result};
use crate::http::{Accepted, Body, Service, origin_of};
use crate::identity::{self, Keys, SignedIn};
use actix_web::web::Data;
use actix_web::{HttpRequest, post};
use serde::Deserialize;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the addresses.
pub fn routes(services: &mut ServiceConfig<'_>) {
    services.service(set_up).service(sign_up);
}

/// A new organization and its owner.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationIn {
    /// The organization's name, at most 120 characters.
    #[schema(examples("Công ty Sao Mai"))]
    pub organization_name: String,
    /// Its time zone (IANA): what decides which day it is.
    #[schema(examples("Asia/Ho_Chi_Minh"))]
    pub time_zone: String,
    /// Its language.
    pub locale: Locale,
    /// Its currency (ISO 4217); VND or USD by its language unless given.
    #[serde(default)]
    #[schema(examples("VND"))]
    pub currency: Option<String>,
    /// The owner's email address: they sign in with it.
    #[schema(examples("me@example.com"))]
    pub email: String,
    /// The owner's password, at least 10 characters.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    pub password: String,
    /// The owner's name, at most 120 characters.
    #[schema(examples("Nguyễn Thị An"))]
    pub display_name: String,
}

/// The setup token, the first organization and its owner.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupIn {
    /// The token that the service printed when it started.
    pub setup_token: String,
    /// The organization's name, at most 120 characters.
    #[schema(examples("Công ty Sao Mai"))]
    pub organization_name: String,
    /// Its time zone (IANA): what decides which day it is.
    #[schema(examples("Asia/Ho_Chi_Minh"))]
    pub time_zone: String,
    /// Its language.
    pub locale: Locale,
    /// Its currency (ISO 4217); VND or USD by its language unless given.
    #[serde(default)]
    #[schema(examples("VND"))]
    pub currency: Option<String>,
    /// The owner's email address: they sign in with it.
    #[schema(examples("me@example.com"))]
    pub email: String,
    /// The owner's password, at least 10 characters.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    pub password: String,
    /// The owner's name, at most 120 characters.
    #[schema(examples("Nguyễn Thị An"))]
    pub display_name: String,
}

impl SetupIn {
    fn split(self) -> (String, OrganizationIn) {
        let organization = OrganizationIn {
            organization_name: self.organization_name,
            time_zone: self.time_zone,
            locale: self.locale,
            currency: self.currency,
            email: self.email,
            password: self.password,
            display_name: self.display_name,
        };
        (self.setup_token, organization)
    }
}

/// A company to be whose fields are right, with its owner's password as it was typed.
struct Checked {
    company: NewCompany,
    password: String,
}

impl Checked {
    /// Hashes the password: the part that takes time.
    async fn hashed(self) -> Result<NewCompany> {
        Ok(NewCompany { password_hash: identity::hash_password(self.password).await?, ..self.company })
    }
}

/// Checks the fields, all at once.
async fn company(new: OrganizationIn) -> Result<Checked> {
    let mut faults = Faults::new();
    let name = faults.line("/organization_name", &new.organization_name, limits::NAME);
    let display_name = faults.line("/display_name", &new.display_name, limits::NAME);
    let email = faults.email("/email", &new.email);
    let time_zone = faults.time_zone("/time_zone", &new.time_zone);
    faults.check(new.currency.as_deref().is_none_or(is_currency), "/currency", Code::BadCurrency);
    let about = vec![email.clone(), display_name.clone(), name.clone()];
    faults.nest("", identity::check_password("/password", new.password.clone(), about).await?);
    faults.finish()?;
    let company = NewCompany {
        name,
        time_zone,
        locale: new.locale,
        currency: new.currency,
        email,
        password_hash: String::new(),
        display_name,
    };
    Ok(Checked { company, password: new.password })
}

/// Take a new instance
///
/// Makes the first organization with its company unit and its owner, who is signed in. Only as long as nobody owns
/// the instance, and only with the setup token that it printed when it started.
#[utoipa::path(tag = "session", security(()), request_body = SetupIn,
    responses((status = 201, body = SignedIn, description = "The instance is yours; you are signed in"),
        (status = 403, body = crate::http::Problem, content_type = "application/problem+json", description = "The setup token is wrong")))]
#[post("/setup")]
async fn set_up(
    request: HttpRequest,
    service: Data<Service>,
    keys: Data<Keys>,
    body: Body<SetupIn>,
) -> Result<Accepted<SignedIn>> {
    let (token, organization) = body.0.split();
    // Before the password is judged, which takes a while: for a stranger at a running instance that is for nothing.
    super::refuse_owned(&service).await?;
    let new = company(organization).await?;
    let (clock, origin) = (service.clock.clone(), Arc::new(origin_of(&request)));
    super::check_token(&service, token.clone(), &origin).await?;
    let new = new.hashed().await?;
    let opened =
        service.db.write(Scope::System, move |conn, _| super::set_up(conn, &clock, &token, &new, &origin)).await?;
    SignedIn::new(&keys, opened).await.map(Accepted)
}

/// Sign up a new organization
///
/// Makes an organization with its owner, who is signed in. Only where the instance takes new organizations
/// (`GOALTREE_SIGN_UP=true`); 403 `sign_up_closed` otherwise.
#[utoipa::path(tag = "session", security(()), request_body = OrganizationIn,
    responses((status = 201, body = SignedIn, description = "The organization is made; you are signed in"),
        (status = 403, body = crate::http::Problem, content_type = "application/problem+json", description = "The instance takes no new organizations")))]
#[post("/organizations")]
async fn sign_up(
    request: HttpRequest,
    service: Data<Service>,
    keys: Data<Keys>,
    body: Body<OrganizationIn>,
) -> Result<Accepted<SignedIn>> {
    if !service.sign_up {
        return Err(Code::SignUpClosed.into());
    }
    let new = company(body.0).await?.hashed().await?;
    let (clock, origin) = (service.clock.clone(), Arc::new(origin_of(&request)));
    let opened = service.db.write(Scope::System, move |conn, _| super::sign_up(conn, &clock, &new, &origin)).await?;
    SignedIn::new(&keys, opened).await.map(Accepted)
}

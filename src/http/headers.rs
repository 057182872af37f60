//! The headers that every answer has: its request's id, what browsers may do with it, who may keep it.

use super::service::Service;
use super::{ctx, rate, request};
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};

/// Of data: nothing is loaded by it, nothing shows it inside itself.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Of the documentation: what the service itself holds. Swagger UI writes styles into its elements.
const DOCS_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

static OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
static RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
static REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Dresses an answer.
pub(super) fn dress<B>(mut response: ServiceResponse<B>, http: &HttpRequest) -> ServiceResponse<B> {
    let replayed = http.extensions().get::<ctx::Replayed>().is_some();
    let headers = response.headers_mut();
    if let Some(id) = request::request_id(http).and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(request::REQUEST_ID.clone(), id);
    }
    if replayed {
        headers.insert(REPLAYED.clone(), HeaderValue::from_static("true"));
    }
    rate::dress(headers, http);
    guard_browsers(headers, http);
    say_who_keeps(headers, http);
    response
}

fn guard_browsers(headers: &mut HeaderMap, http: &HttpRequest) {
    let policy = if http.path().starts_with("/docs") { DOCS_POLICY } else { DATA_POLICY };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(OPENER.clone(), HeaderValue::from_static("same-origin"));
    headers.insert(RESOURCE.clone(), HeaderValue::from_static("same-origin"));
    let is_secure = |service: &Data<Service>| service.public_url.starts_with("https://");
    if http.app_data::<Data<Service>>().is_some_and(is_secure) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

/// Data is its reader's own: nobody keeps it, but where it has a tag its reader may, to ask whether it still holds.
fn say_who_keeps(headers: &mut HeaderMap, http: &HttpRequest) {
    if !http.path().starts_with("/api/") {
        return;
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let kept = if headers.contains_key(header::ETAG) { "private, no-cache" } else { "no-store" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    headers.append(header::VARY, HeaderValue::from_static("Authorization, Accept-Language"));
}

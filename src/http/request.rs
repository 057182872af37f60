//! Reading a request's headers.

use crate::domain::words::Locale;
use crate::error::{Code, Error, Result};
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpMessage, HttpRequest};
use tracing_actix_web::RequestId;

/// The header that makes a `POST` be done once.
pub(super) static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header that names a request.
pub(super) static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest request id and idempotency key taken from a caller.
const LONGEST_KEY: usize = 200;

pub(super) fn text<'r>(request: &'r HttpRequest, name: &HeaderName) -> Option<&'r str> {
    request.headers().get(name)?.to_str().ok()
}

pub(super) fn bearer(request: &HttpRequest) -> Option<&str> {
    let (scheme, token) = text(request, &header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The request's id: the caller's own where it is a sane one, else the one made for the log.
pub(super) fn request_id(request: &HttpRequest) -> Option<String> {
    let sane = |id: &&str| {
        (1..=LONGEST_KEY).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c))
    };
    text(request, &REQUEST_ID)
        .filter(sane)
        .map(str::to_owned)
        .or_else(|| request.extensions().get::<RequestId>().map(ToString::to_string))
}

/// The language that a caller reads: the first of English and Vietnamese that `Accept-Language` prefers.
pub fn locale_of(request: &HttpRequest) -> Locale {
    let wanted = text(request, &header::ACCEPT_LANGUAGE).unwrap_or_default();
    let mut best = (0.0_f32, Locale::En);
    for entry in wanted.split(',').take(20) {
        let (tag, quality) = entry.trim().split_once(";q=").unwrap_or((entry.trim(), "1"));
        let quality: f32 = quality.trim().parse().unwrap_or(0.0);
        let locale = match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "vi" => Locale::Vi,
            "en" => Locale::En,
            _ => continue,
        };
        if quality > best.0 {
            best = (quality, locale);
        }
    }
    best.1
}

/// The version that `If-Match` names; none where any will do.
pub(super) fn if_match(request: &HttpRequest) -> Result<Option<i64>> {
    let Some(value) = request.headers().get(header::IF_MATCH) else { return Ok(None) };
    let malformed = || Error::from(Code::MalformedHeader.with("header", "If-Match"));
    let value = value.to_str().map_err(|_| malformed())?.trim();
    if value == "*" {
        return Ok(None);
    }
    let version = value.trim_start_matches("W/").trim_matches('"').trim_start_matches('v');
    version.parse().map(Some).map_err(|_| malformed())
}

/// The entity tags that a caller has already, as `If-None-Match` names them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownTags(Option<String>);

impl KnownTags {
    /// Whether this tag is among them.
    pub fn contain(&self, etag: &str) -> bool {
        let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let known = self.0.as_deref().unwrap_or_default();
        known.split(',').map(bare).any(|tag| tag == "*" || tag == bare(etag))
    }
}

/// The entity tags that `If-None-Match` names.
pub(super) fn if_none_match(request: &HttpRequest) -> KnownTags {
    KnownTags(text(request, &header::IF_NONE_MATCH).map(str::to_owned))
}

/// The `Idempotency-Key` of a `POST`, bare or quoted.
pub(super) fn idempotency_key(request: &HttpRequest) -> Result<Option<&str>> {
    if request.method() != actix_web::http::Method::POST {
        return Ok(None);
    }
    let Some(value) = request.headers().get(&IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = value.to_str().map(|key| key.trim().trim_matches('"')).unwrap_or_default();
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(Code::MalformedHeader.with("header", "Idempotency-Key").into());
    }
    Ok(Some(key))
}

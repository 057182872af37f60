//! How answers are dressed.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

/// Something with a version: what its `ETag` names.
pub trait Versioned {
    /// The version.
    fn version(&self) -> i64;
}

fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}

/// 201: the thing that was made, with its address (relative to `/api/v1`) and version.
#[derive(Debug)]
pub struct Created<T> {
    /// Its address below `/api/v1`.
    pub location: String,
    /// The thing.
    pub body: T,
}

impl<T: Serialize + Versioned> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Created()
            .insert_header((header::LOCATION, format!("/api/v1{}", self.location)))
            .insert_header((header::ETAG, etag(self.body.version())))
            .json(self.body)
    }
}

/// 201 for what has no address or version of its own.
#[derive(Debug)]
pub struct Accepted<T>(pub T);

impl<T: Serialize> Responder for Accepted<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Created().json(self.0)
    }
}

/// 200: a thing with its version as `ETag`, for `If-Match`.
#[derive(Debug)]
pub struct Tagged<T>(pub T);

impl<T: Serialize + Versioned> Responder for Tagged<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().insert_header((header::ETAG, etag(self.0.version()))).json(self.0)
    }
}

/// 200 with an entity tag over all that the answer depends on; 304 without a body where the caller has it already.
#[derive(Debug)]
pub struct Fresh<T> {
    /// The tag, quoted.
    pub etag: String,
    /// The answer; none where the caller has it already.
    pub body: Option<T>,
}

impl<T: Serialize> Responder for Fresh<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let status = if self.body.is_some() { StatusCode::OK } else { StatusCode::NOT_MODIFIED };
        let mut response = HttpResponse::build(status);
        response.insert_header((header::ETAG, self.etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
        match self.body {
            Some(body) => response.json(body),
            None => response.finish(),
        }
    }
}

/// 204: done, nothing to say.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::new(StatusCode::NO_CONTENT)
    }
}

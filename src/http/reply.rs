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

/// 200: a thing with its version; 304 where the caller has that version already.
#[derive(Debug)]
pub struct Tagged<T>(pub T);

impl<T: Serialize + Versioned> Responder for Tagged<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().insert_header((header::ETAG, etag(self.0.version()))).json(self.0)
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

//! What is not there: an unknown address, or a known one asked with another method.

use crate::error::{Code, Error, Result};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

/// Every address with its methods, from the OpenAPI document.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    known: Vec<(Vec<String>, Vec<&'static str>)>,
}

impl Routes {
    /// The routes of a document.
    pub fn of(document: &utoipa::openapi::OpenApi) -> Self {
        let known = document
            .paths
            .paths
            .iter()
            .map(|(path, item)| {
                let segments = path.split('/').map(str::to_owned).collect();
                let methods = [
                    ("GET", item.get.is_some()),
                    ("POST", item.post.is_some()),
                    ("PUT", item.put.is_some()),
                    ("PATCH", item.patch.is_some()),
                    ("DELETE", item.delete.is_some()),
                ];
                (segments, methods.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect())
            })
            .collect();
        Self { known }
    }

    fn methods_of(&self, path: &str) -> Vec<&'static str> {
        let asked: Vec<_> = path.split('/').collect();
        let fits = |segments: &[String]| {
            segments.len() == asked.len()
                && segments
                    .iter()
                    .zip(&asked)
                    .all(|(segment, part)| (segment.starts_with('{') && !part.is_empty()) || segment == part)
        };
        let mut methods: Vec<_> =
            self.known.iter().filter(|(segments, _)| fits(segments)).flat_map(|(_, methods)| methods.clone()).collect();
        methods.sort_unstable();
        methods.dedup();
        methods
    }
}

/// Answers what no handler took: 405 with `Allow`, or 404.
pub async fn no_such_route(request: HttpRequest, routes: Data<Routes>) -> Result<HttpResponse> {
    let methods = routes.methods_of(request.path());
    if methods.is_empty() {
        return Err(Code::NoSuchRoute.into());
    }
    let said = Code::MethodNotAllowed.with("allow", methods.join(", "));
    Err(Error::from(said.member("allow", methods.into_iter().map(Value::from).collect())))
}

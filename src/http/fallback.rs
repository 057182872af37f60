//! What is not there: an unknown address, a known one asked with another method or with parameters that it does not
//! take.

use crate::error::{Code, Error, Result, Said};
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{OpenApi, RefOr};

/// Every address with its methods and their query parameters, from the OpenAPI document.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    known: Vec<Route>,
}

#[derive(Debug, Clone)]
struct Route {
    segments: Vec<String>,
    method: &'static str,
    operation: String,
    parameters: Vec<String>,
}

/// The id of the operation that a request asks for, where the document has it.
pub(super) fn operation_of(request: &HttpRequest) -> Option<&str> {
    let route = request.app_data::<Data<Routes>>()?.asked_for(request.method().as_str(), request.path())?;
    Some(&route.operation)
}

impl Routes {
    /// The routes of a document.
    pub fn of(document: &OpenApi) -> Self {
        let routes = document.paths.paths.iter().flat_map(|(path, item)| {
            let operations = [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("PATCH", &item.patch),
                ("DELETE", &item.delete),
            ];
            operations.into_iter().filter_map(|(method, operation)| {
                let segments = path.split('/').map(str::to_owned).collect();
                let operation = operation.as_ref()?;
                let id = operation.operation_id.clone().unwrap_or_default();
                Some(Route { segments, method, operation: id, parameters: query_parameters(operation) })
            })
        });
        Self { known: routes.collect() }
    }

    fn at<'r>(&'r self, path: &str) -> impl Iterator<Item = &'r Route> {
        let asked: Vec<&str> = path.split('/').collect();
        let fits = move |route: &&Route| {
            let one =
                |(segment, part): (&String, &&str)| (segment.starts_with('{') && !part.is_empty()) || segment == part;
            route.segments.len() == asked.len() && route.segments.iter().zip(&asked).all(one)
        };
        self.known.iter().filter(fits)
    }

    /// The route that a request takes. A literal address goes before one with an id in it.
    fn asked_for(&self, method: &str, path: &str) -> Option<&Route> {
        let ids = |route: &&Route| route.segments.iter().filter(|segment| segment.starts_with('{')).count();
        self.at(path).filter(|route| route.method == method).min_by_key(ids)
    }

    fn methods_of(&self, path: &str) -> Vec<&'static str> {
        let mut methods: Vec<_> = self.at(path).map(|route| route.method).collect();
        methods.sort_unstable();
        methods.dedup();
        methods
    }

    /// A parameter that the address does not take, and those that it does.
    fn unknown_parameter<'q>(&self, method: &str, path: &str, query: &'q str) -> Option<(&'q str, &[String])> {
        let route = self.asked_for(method, path)?;
        let names = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split('=').next().unwrap_or(pair));
        let unknown = names.into_iter().find(|name| !route.parameters.iter().any(|known| known == name))?;
        Some((unknown, &route.parameters))
    }
}

fn query_parameters(operation: &Operation) -> Vec<String> {
    let named = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter.name.clone()),
        RefOr::T(_) | RefOr::Ref(_) => None,
    });
    named.collect()
}

/// Refuses parameters that an address does not take: a mistyped filter must not pass in silence.
pub async fn known_parameters(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, actix_web::Error> {
    let asked = Some(request.query_string()).filter(|query| !query.is_empty());
    let refused = asked.zip(request.app_data::<Data<Routes>>()).and_then(|(query, routes)| {
        let (method, path) = (request.method().as_str(), request.path());
        let (unknown, known) = routes.unknown_parameter(method, path, query)?;
        let (en, vi) = if known.is_empty() {
            ("this address takes no parameters".to_owned(), "địa chỉ này không nhận tham số".to_owned())
        } else {
            let known = known.join(", ");
            (format!("this address takes {known}"), format!("địa chỉ này nhận {known}"))
        };
        let said = Said::from(Code::MalformedQuery);
        let said = said.bilingual("reason", format!("`{unknown}`: {en}"), format!("`{unknown}`: {vi}"));
        Some(Error::from(said))
    });
    match refused {
        Some(error) => Ok(request.error_response(error).map_into_right_body()),
        None => next.call(request).await.map(ServiceResponse::map_into_left_body),
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

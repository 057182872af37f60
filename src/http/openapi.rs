//! What the OpenAPI document says of every operation alike: the refusals, the headers, who may call.

use super::problem::Problem;
use crate::domain::access::Need;
use crate::domain::words::Word;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use utoipa::openapi::path::{HttpMethod, Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, ContentBuilder, Header, OpenApi, Ref, RefOr, Required, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};

/// This document
///
/// The OpenAPI document of the very service that answers.
#[utoipa::path(tag = "operations", security(()),
    responses((status = 200, body = Object, description = "An OpenAPI 3.1 document")))]
#[get("/openapi.json")]
pub async fn get_document(document: Data<OpenApi>) -> HttpResponse {
    HttpResponse::Ok().json(document)
}

/// Completes the document.
pub fn complete(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Patch, &mut item.patch),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                complete_operation(path, &method, operation);
            }
        }
    }
    let mut components = document.components.take().map_or_else(ComponentsBuilder::new, ComponentsBuilder::from);
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    let bearer = |format: &str, says: &str| {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format(format).description(Some(says));
        SecurityScheme::Http(scheme.build())
    };
    components = components
        .schema(Problem::name(), Problem::schema())
        .schemas_from_iter(schemas)
        .security_scheme("bearer", bearer("JWT", "The access token of a sign-in: 15 minutes."))
        .security_scheme(
            "api_token",
            bearer("gt_…", "An API token of `POST /api-tokens`, made for the scope that the operation names."),
        );
    document.components = Some(components.build());
    document.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("bearer", [])]);
    document
}

fn complete_operation(path: &str, method: &HttpMethod, operation: &mut Operation) {
    let open = operation.security.as_ref().is_some_and(|security| !security.is_empty());
    if !open {
        say_who_may_call(operation);
    }
    let writes = *method != HttpMethod::Get;
    let mut refusals = vec![
        ("400", "The request can't be read"),
        ("414", "The address is too long"),
        ("429", "Too many requests; `Retry-After` says when to go on"),
        ("431", "The headers are too large"),
        ("500", "A fault of the service"),
        ("503", "Busy; try again shortly"),
    ];
    if !open || path.contains("/auth/") {
        refusals.push(("401", "Not signed in"));
    }
    if !open {
        refusals.push(("403", "May see it, not do this"));
        refusals.push(("404", "Not there, or not visible"));
    }
    if writes {
        refusals.extend([("409", "The state of things forbids it"), ("422", "Fields are wrong; `errors` names each")]);
    } else if asks_in_query(operation) {
        refusals.push(("422", "Parameters are wrong; `errors` names each"));
    }
    if operation.request_body.is_some() {
        refusals.extend([
            ("408", "The body came too slowly"),
            ("413", "The body is too large"),
            ("415", "The body is not JSON"),
        ]);
    }
    let moves = ["/transition", "/phase", "/decide", "/withdraw"].iter().any(|end| path.ends_with(end));
    let sets = matches!(method, HttpMethod::Patch | HttpMethod::Put | HttpMethod::Delete) && !path.ends_with("/batch");
    let is_review_form = writes && path.contains("/reviews/{id}/");
    if moves || sets || is_review_form {
        refusals.push(("412", "Changed meanwhile; `current_version` names the version"));
        let says =
            "The version (`ETag`) that the caller believes to change; another present version is refused with 412.";
        let required = if is_review_form { Required::True } else { Required::False };
        operation.parameters.get_or_insert_default().push(RefOr::T(header("If-Match", says, required)));
    }
    if is_review_form {
        refusals.push(("428", "No version is named: `If-Match` is missing"));
    }
    if *method == HttpMethod::Post && !open && !is_pure(path) {
        operation.parameters.get_or_insert_default().push(RefOr::T(header(
            "Idempotency-Key",
            "A key of the caller's choice (at most 200 characters, kept 24 hours): the same request with the same key is done once.",
            Required::False,
        )));
    }
    for (status, description) in refusals {
        operation.responses.responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(problem(description)));
    }
}

/// Who is signed in, and API tokens of the scope that the policy names.
fn say_who_may_call(operation: &mut Operation) {
    let need = operation.operation_id.as_deref().and_then(Need::of).unwrap_or_default();
    let mut callers = vec![SecurityRequirement::new::<_, [&str; 0], &str>("bearer", [])];
    let sentence = match need {
        Need::Session => "Not by API token.".to_owned(),
        Need::Scope(scope) => {
            callers.push(SecurityRequirement::new("api_token", [scope.as_str()]));
            format!("API tokens need the scope `{scope}`.")
        }
    };
    operation.security = Some(callers);
    let said = operation.description.take().unwrap_or_default();
    operation.description = Some(format!("{said}\n\n{sentence}").trim().to_owned());
}

/// Whether a `POST` computes alone and stores nothing: there is nothing to be done once.
fn is_pure(path: &str) -> bool {
    ["/simulate", "/target-plan/preview"].iter().any(|end| path.ends_with(end)) || path.contains("/formulas/")
}

fn asks_in_query(operation: &Operation) -> bool {
    let is_in_query = |parameter: &RefOr<Parameter>| match parameter {
        RefOr::T(parameter) => parameter.parameter_in == ParameterIn::Query,
        RefOr::Ref(_) => false,
    };
    operation.parameters.iter().flatten().any(is_in_query)
}

fn header(name: &str, description: &str, required: Required) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

fn problem(description: &str) -> utoipa::openapi::Response {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    ResponseBuilder::new()
        .description(description)
        .header("X-Request-Id", Header::default())
        .content("application/problem+json", body)
        .build()
}

//! Problems (RFC 9457): what every refusal looks like, in the reader's language.

use super::{headers, request};
use crate::domain::words::Locale;
use crate::error::{Code, Error, Said};
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::{Map, Value};

/// A problem (RFC 9457), as `application/problem+json`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// The code as an address: `/docs/problems#<code>`.
    #[serde(rename = "type")]
    pub problem_type: String,
    /// What sort of problem it is, in the reader's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in the reader's language.
    pub detail: String,
    /// The request's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The stable code; `GET /meta` lists them all.
    pub code: String,
    /// Every wrong field, where fields are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ProblemFault>,
    /// The version as it is now, where `If-Match` named another one (412).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i64>,
    /// What else helps: `organizations` to choose from at sign-in, the `goals` in the way.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub members: Map<String, Value>,
}

/// One wrong field.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemFault {
    /// Where: a JSON Pointer (RFC 6901) into the body.
    pub pointer: String,
    /// What is wrong: a stable code.
    pub code: String,
    /// What is wrong, in the reader's language.
    pub detail: String,
    /// What else helps: of a formula's fault, as `formula`, its `kind`, `position`, `length`, `found` and `suggestion`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub members: Map<String, Value>,
}

impl Problem {
    fn of(error: &Error, locale: Locale, instance: Option<String>) -> Self {
        let code = error.code();
        let errors = match error {
            Error::Invalid(faults) => faults
                .iter()
                .map(|fault| ProblemFault {
                    pointer: fault.pointer.clone(),
                    code: fault.said.code.as_str().to_owned(),
                    detail: fault.said.detail(locale),
                    members: members_of(&fault.said),
                })
                .collect(),
            _ => Vec::new(),
        };
        let members = match error {
            Error::Refused(said) => members_of(said),
            _ => Map::new(),
        };
        Self {
            problem_type: format!("/docs/problems#{}", code.as_str()),
            title: code.text(locale).title.to_owned(),
            status: code.status(),
            detail: error.detail(locale),
            instance,
            code: code.as_str().to_owned(),
            errors,
            current_version: if let Error::Stale { current } = error { Some(*current) } else { None },
            members,
        }
    }

    /// An error's problem as the body of a batch item's outcome.
    pub fn of_item(error: &Error, locale: Locale) -> Self {
        Self::of(error, locale, None)
    }
}

fn members_of(said: &Said) -> Map<String, Value> {
    said.added_member().map(|(name, value)| ((*name).to_owned(), value.clone())).into_iter().collect()
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Without a body: [`problems`] knows the reader's language and writes it.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Turns every refusal into a problem, ours and actix's own alike, and dresses all answers.
pub async fn problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, actix_web::Error> {
    let response = next.call(request).await?;
    // Not before: routing needs the request to itself.
    let http = response.request().clone();
    let response = match refusal_of(&response) {
        Some(answer) => {
            let answer = answer(&http);
            response.into_response(answer).map_into_right_body()
        }
        None => response.map_into_left_body(),
    };
    Ok(headers::dress(response, &http))
}

type Answer = Box<dyn FnOnce(&HttpRequest) -> HttpResponse>;

/// The problem that a response stands for, where it is one.
fn refusal_of<B>(response: &ServiceResponse<B>) -> Option<Answer> {
    let error = response.response().error()?;
    let problem = error.as_error::<Error>().map_or_else(|| foreign(error), Known::of);
    Some(Box::new(move |http| problem.answer(http)))
}

/// A refusal with both of its texts, since the response that holds the error must be let go first.
struct Known {
    status: StatusCode,
    en: Problem,
    vi: Problem,
    code: Code,
    allow: Option<String>,
}

impl Known {
    fn of(error: &Error) -> Self {
        if let Error::Internal(cause) = error {
            tracing::error!(%cause, "internal error");
        }
        let allow = match error {
            Error::Refused(said) if said.code == Code::MethodNotAllowed => said
                .added_member()
                .and_then(|(_, value)| value.as_array())
                .map(|methods| methods.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
            _ => None,
        };
        Self {
            status: error.status_code(),
            en: Problem::of(error, Locale::En, None),
            vi: Problem::of(error, Locale::Vi, None),
            code: error.code(),
            allow,
        }
    }

    fn answer(self, http: &HttpRequest) -> HttpResponse {
        let locale = request::locale_of(http);
        let mut problem = if locale == Locale::Vi { self.vi } else { self.en };
        problem.instance = request::request_id(http);
        let mut answer = HttpResponse::build(self.status);
        answer.content_type("application/problem+json").insert_header((header::CONTENT_LANGUAGE, locale.to_string()));
        match self.code {
            code if code.status() == 401 => {
                answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            Code::Busy | Code::TimedOut => {
                answer.insert_header((header::RETRY_AFTER, "1"));
            }
            Code::TooManyTries => {
                let seconds = problem.members.get("retry_after").and_then(Value::as_i64).unwrap_or(1);
                answer.insert_header((header::RETRY_AFTER, seconds));
            }
            _ => {}
        }
        if let Some(allow) = self.allow {
            answer.insert_header((header::ALLOW, allow));
        }
        answer.json(problem)
    }
}

/// What actix itself refuses.
fn foreign(error: &actix_web::Error) -> Known {
    let own = match error.as_response_error().status_code() {
        StatusCode::NOT_FOUND => Code::NoSuchRoute.into(),
        StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge.into(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType.into(),
        status if status.is_client_error() => {
            Said::from(Code::MalformedQuery).bilingual("reason", error, "yêu cầu không đọc được").into()
        }
        _ => Error::internal(error.to_string()),
    };
    Known::of(&own)
}

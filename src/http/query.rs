//! Reading paths and queries: an unknown parameter is a mistake that the caller should learn of.

use crate::domain::limits;
use crate::error::{Code, Error, Faults, Result, Said};
use actix_web::dev::Payload;
use actix_web::error::{PathError, QueryPayloadError};
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use std::fmt::Display;
use std::future::{Ready, ready};
use std::str::FromStr;

/// An id in the path.
pub type IdPath<T> = web::Path<T>;

/// What a path that holds no id is answered with.
pub fn refuse_path(_: PathError, _: &HttpRequest) -> actix_web::Error {
    Error::from(Code::MalformedId).into()
}

/// The parameters of an address that is no list. Their type refuses unknown ones (`deny_unknown_fields`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self))
    }
}

pub(super) fn read<T: DeserializeOwned>(query: &str) -> Result<T> {
    web::Query::from_query(query).map(web::Query::into_inner).map_err(|error| {
        let (en, vi) = match error {
            QueryPayloadError::Deserialize(inner) => reason(&inner.to_string()),
            other => reason(&other.to_string()),
        };
        Said::from(Code::MalformedQuery).bilingual("reason", en, vi).into()
    })
}

/// Why parameters can't be read, in both languages.
fn reason(message: &str) -> (String, String) {
    let quoted = message.split('`').nth(1).unwrap_or_default();
    let allowed = message.split_once("expected ").or_else(|| message.split_once("none of "));
    let allowed = allowed.map_or("", |(_, allowed)| allowed.trim_start_matches("one of "));
    let vi = if message.starts_with("unknown field") {
        format!("không có tham số `{quoted}`; các tham số là {allowed}")
    } else if message.starts_with("duplicate field") {
        format!("tham số `{quoted}` lặp lại")
    } else if message.starts_with("missing field") {
        format!("thiếu tham số `{quoted}`")
    } else if allowed.is_empty() {
        "có giá trị không đọc được".to_owned()
    } else {
        format!("`{quoted}` không hợp lệ; chỉ nhận {allowed}")
    };
    (message.to_owned(), vi)
}

/// Refuses a number that does not lie from 1 to `most`.
pub fn check_range(name: &str, number: usize, most: usize) -> Result<()> {
    if (1..=most).contains(&number) {
        return Ok(());
    }
    let (en, vi) = (format!("{name} lies from 1 to {most}"), format!("{name} nằm trong khoảng từ 1 đến {most}"));
    Err(Said::from(Code::MalformedQuery).bilingual("reason", en, vi).into())
}

/// Refuses the text of a search that is too long.
pub fn check_search(text: Option<&str>) -> Result<()> {
    let mut faults = Faults::new();
    let fits = text.is_none_or(|text| text.chars().count() <= limits::SEARCH);
    faults.check(fits, "?q", Code::TooLong.with("most", limits::SEARCH));
    faults.finish()
}

/// Several values in one parameter, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commas<T>(pub Vec<T>);

impl<'de, T> Deserialize<'de> for Commas<T>
where
    T: FromStr<Err: Display>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts: Vec<_> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > limits::IDS {
            return Err(serde::de::Error::custom(format!("at most {} values", limits::IDS)));
        }
        let parsed: Result<_, _> = parts.into_iter().map(str::parse).collect();
        parsed.map(Self).map_err(serde::de::Error::custom)
    }
}

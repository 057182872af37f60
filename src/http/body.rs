//! Reading JSON bodies: every field that does not fit is found, not only the first.

use super::idempotency::Fingerprint;
use super::json;
use crate::domain::amount::AmountError;
use crate::domain::limits;
use crate::error::{Code, Error, Faults, Result, Said};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// How many wrong fields are looked for in one body.
const MOST_FAULTS: usize = 100;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// A JSON body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { parse(&received(&request, payload, limits::BODY_BYTES).await?).map(Self) })
    }
}

/// The bytes of a JSON body of at most so many.
pub(super) async fn received(request: &HttpRequest, mut payload: Payload, most: usize) -> Result<Bytes> {
    let stream = web::Payload::from_request(request, &mut payload).await.map_err(|_| cut_short())?;
    let slow = |_| Error::from(Code::BodyTooSlow.with("seconds", PATIENCE.as_secs()));
    let in_time = tokio::time::timeout(PATIENCE, stream.to_bytes_limited(most)).await.map_err(slow)?;
    let bytes = in_time.map_err(|_| Error::from(Code::BodyTooLarge))?.map_err(|_| cut_short())?;
    request.extensions_mut().insert(Fingerprint::of_body(&bytes));
    must_be_json(request)?;
    Ok(bytes)
}

/// JSON as it is: in UTF-8, not compressed.
fn must_be_json(request: &HttpRequest) -> Result<()> {
    let text = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or("?").to_ascii_lowercase());
    let named = text(header::CONTENT_TYPE).unwrap_or_else(|| "application/json".to_owned());
    let mut parts = named.split(';').map(str::trim);
    let is_json = matches!(parts.next(), Some("application/json" | "application/merge-patch+json"));
    let is_utf_8 = parts.filter_map(|part| part.strip_prefix("charset=")).all(|set| set.trim_matches('"') == "utf-8");
    let is_plain = text(header::CONTENT_ENCODING).is_none_or(|encoding| encoding.trim() == "identity");
    if is_json && is_utf_8 && is_plain { Ok(()) } else { Err(Code::UnsupportedMediaType.into()) }
}

fn cut_short() -> Error {
    malformed("the body ends early", "nội dung bị ngắt giữa chừng")
}

fn malformed(en: impl ToString, vi: impl ToString) -> Error {
    Said::from(Code::MalformedBody).bilingual("reason", en, vi).into()
}

/// Reads a body: 400 where it is not JSON, 422 with every field that does not fit.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    Ok(fitting(json_of(bytes)?)?)
}

/// The JSON that a body holds.
pub(super) fn json_of(bytes: &[u8]) -> Result<Value> {
    json::read(bytes).map_err(|error| {
        let vi = format!("lỗi ở dòng {}, cột {}", error.line(), error.column());
        malformed(error, vi)
    })
}

/// What a JSON value says, or every field that does not fit.
pub(super) fn fitting<T: DeserializeOwned>(value: Value) -> Result<T, Faults> {
    let mut faults = Faults::new();
    for pointer in json::with_nul(&value) {
        faults.add(pointer, Code::ControlCharacter);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    read(&value).map_err(|first| all_misfits::<T>(value, first))
}

struct Misfit {
    pointer: String,
    message: String,
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Misfit> {
    serde_path_to_error::deserialize(json::Plain(value)).map_err(|error| {
        let mut pointer = String::new();
        for segment in error.path() {
            use serde_path_to_error::Segment;
            let name = match segment {
                Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
                Segment::Seq { index } => index.to_string(),
                Segment::Enum { .. } | Segment::Unknown => continue,
            };
            pointer.push('/');
            pointer.push_str(&name);
        }
        Misfit { pointer, message: error.into_inner().to_string() }
    })
}

/// Finds every misfit by mending the one found and reading again: what does not fit is taken out, what is missing
/// gets something that fits.
fn all_misfits<T: DeserializeOwned>(mut value: Value, first: Misfit) -> Faults {
    let mut faults = Faults::new();
    let mut taken_out: Vec<String> = Vec::new();
    let mut misfit = first;
    for _ in 0..MOST_FAULTS {
        if let Some(field) = quoted_after(&misfit.message, "missing field ") {
            let pointer = format!("{}/{field}", misfit.pointer);
            if !taken_out.contains(&pointer) {
                faults.add(pointer, Code::Required);
            }
            match fill_in::<T>(&mut value, &misfit, &field) {
                Some(next) => misfit = next,
                None => break,
            }
            continue;
        }
        faults.add(misfit.pointer.clone(), fault_of(&misfit, &value));
        if !take_out(&mut value, &misfit.pointer) {
            break;
        }
        taken_out.push(misfit.pointer.clone());
        match read::<T>(&value) {
            Ok(_) => break,
            Err(next) => misfit = next,
        }
    }
    faults
}

fn fault_of(misfit: &Misfit, value: &Value) -> Said {
    if misfit.message.starts_with("unknown field") {
        Code::UnknownField.into()
    } else if misfit.message == NOT_NULLABLE || value.pointer(&misfit.pointer).is_some_and(Value::is_null) {
        Code::NotNullable.into()
    } else {
        let (en, vi) = reason(&misfit.message);
        Said::from(Code::WrongType).bilingual("reason", en, vi)
    }
}

/// Why a value does not fit, in both languages and without the names of our types.
fn reason(message: &str) -> (String, String) {
    let of_amounts = [
        (AmountError::NotANumber, "không phải số thập phân"),
        (AmountError::TooManyDecimals, "có nhiều hơn 4 chữ số thập phân"),
        (AmountError::OutOfRange, "nằm ngoài phạm vi cho phép"),
        (AmountError::TooManyDigits, "là số có hơn 15 chữ số có nghĩa: hãy gửi dưới dạng chuỗi"),
    ];
    if let Some((error, vi)) = of_amounts.iter().find(|(error, _)| message == error.to_string()) {
        return (error.to_string(), (*vi).to_owned());
    }
    let allowed = message.strip_prefix("unknown variant").and_then(|rest| rest.split_once("expected "));
    if let Some((_, allowed)) = allowed {
        let allowed = allowed.trim_start_matches("one of ");
        return (format!("it is one of {allowed}"), format!("chỉ nhận một trong {allowed}"));
    }
    if message == "invalid type: sequence" || message.starts_with("invalid type: sequence, expected struct") {
        return ("it is a list and not an object".to_owned(), "là danh sách chứ không phải đối tượng".to_owned());
    }
    if message.starts_with("invalid type") || message.starts_with("invalid length") {
        return ("it has the wrong type".to_owned(), "sai kiểu dữ liệu".to_owned());
    }
    (format!("it can't be read ({message})"), "không đọc được giá trị này".to_owned())
}

fn quoted_after(message: &str, start: &str) -> Option<String> {
    message.strip_prefix(start)?.split('`').nth(1).map(str::to_owned)
}

fn take_out(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return false };
    let name = last.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => fields.remove(&name).is_some(),
        Some(Value::Array(items)) => {
            let index = name.parse().ok().filter(|index: &usize| *index < items.len());
            index.map(|index| items.remove(index)).is_some()
        }
        _ => false,
    }
}

/// Puts something that fits where a field is missing; the misfit that comes after it, if any does.
fn fill_in<T: DeserializeOwned>(value: &mut Value, missing: &Misfit, field: &str) -> Option<Misfit> {
    let stand_ins =
        [json!(""), json!(0), json!(false), json!([]), json!({}), json!("2000-01-01"), json!(uuid::Uuid::nil())];
    let here = format!("{}/{field}", missing.pointer);
    let mut open: Vec<Value> = stand_ins.into_iter().rev().collect();
    let mut word_tried = false;
    while let Some(stand_in) = open.pop() {
        value.pointer_mut(&missing.pointer)?.as_object_mut()?.insert(field.to_owned(), stand_in);
        match read::<T>(value) {
            Ok(_) => return None,
            Err(next) if next.pointer != here => return Some(next),
            Err(next) if !word_tried => {
                // A word refuses what is none of its values, and names them.
                if let Some(word) = next.message.split("expected ").nth(1).and_then(|named| named.split('`').nth(1)) {
                    word_tried = true;
                    open.push(json!(word));
                }
            }
            Err(_) => {}
        }
    }
    None
}

/// A field of a JSON Merge Patch: left out, emptied, or set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// The field is not in the patch: it stays.
    #[default]
    Keep,
    /// The field is null: it is emptied.
    Clear,
    /// The field gets this value.
    Set(T),
}

const NOT_NULLABLE: &str = "null is not allowed here";

impl<T> Patch<T> {
    /// What the field is after the patch.
    pub fn over(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The value that is set, if one is.
    pub const fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Whether the patch says anything about the field.
    pub const fn is_said(&self) -> bool {
        !matches!(self, Self::Keep)
    }

    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(change(value)),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

/// Reads a patch field that can't be emptied: `#[serde(default, deserialize_with = "http::not_null")]` on an
/// `Option`.
pub fn not_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)?
        .map_or_else(|| Err(serde::de::Error::custom(NOT_NULLABLE)), |value| Ok(Some(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Sample {
        name: String,
        count: i64,
        day: chrono::NaiveDate,
        locale: crate::domain::words::Locale,
        role: crate::domain::words::Role,
        #[serde(default)]
        items: Vec<i64>,
        #[serde(default, deserialize_with = "not_null")]
        title: Option<String>,
    }

    fn faults(body: &str) -> Vec<(String, Code)> {
        match parse::<Sample>(body.as_bytes()) {
            Err(Error::Invalid(found)) => found.into_iter().map(|fault| (fault.pointer, fault.said.code)).collect(),
            other => panic!("expected faults, got {other:?}"),
        }
    }

    #[test]
    fn every_field_that_does_not_fit_is_named() {
        let found = faults(r#"{"name": 5, "count": "x", "items": [1, "two", 3], "colour": "red", "title": null}"#);
        let mut found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect();
        found.sort_unstable_by_key(|(pointer, _)| *pointer);
        assert_eq!(
            found,
            [
                ("/colour", Code::UnknownField),
                ("/count", Code::WrongType),
                ("/day", Code::Required),
                ("/items/1", Code::WrongType),
                ("/locale", Code::Required),
                ("/name", Code::WrongType),
                ("/role", Code::Required),
                ("/title", Code::NotNullable),
            ]
        );
    }

    #[test]
    fn reasons_are_told_in_the_readers_language() {
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "only read")]
        struct Valued {
            value: crate::domain::amount::Amount,
            phase: crate::domain::words::Phase,
        }
        let Err(Error::Invalid(found)) = parse::<Valued>(br#"{"value": "1.23456", "phase": "x"}"#) else { panic!() };
        let vi = |pointer: &str| {
            let fault = found.iter().find(|fault| fault.pointer == pointer).unwrap();
            fault.said.detail(crate::domain::words::Locale::Vi)
        };
        assert_eq!(vi("/value"), "Giá trị không phù hợp: có nhiều hơn 4 chữ số thập phân.");
        assert!(vi("/phase").contains("`draft`, `planning`"), "{}", vi("/phase"));
    }

    #[test]
    fn a_body_that_is_not_json_is_malformed() {
        let refused = parse::<Sample>(b"{\"name\": ").map_err(|error| error.code());
        assert_eq!(refused.err(), Some(Code::MalformedBody));
    }
}

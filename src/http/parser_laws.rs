//! What no text from outside does to the parsers of requests: they refuse or read it, and what is written is read back.

use super::body::{self, Patch};
use super::listing::{ListQuery, SortKey};
use super::query::{self, Commas};
use super::request;
use actix_web::dev::Payload;
use actix_web::http::header::HeaderValue;
use actix_web::test::TestRequest;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sample {
    name: Patch<String>,
    count: Patch<i64>,
    day: Patch<chrono::NaiveDate>,
    target: Patch<crate::domain::amount::Amount>,
    #[serde(deserialize_with = "body::not_null")]
    visibility: Option<crate::domain::words::Visibility>,
    steps: Vec<Uuid>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ids {
    ids: Commas<Uuid>,
}

/// The filters of a list that has none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoFilter {}

fn with_header(name: &'static str, value: HeaderValue) -> HttpRequest {
    TestRequest::post().insert_header((name, value)).to_http_request()
}

fn listing(query: &str) -> crate::error::Result<ListQuery<NoFilter>> {
    let uri = format!("/goals?{query}");
    ListQuery::from_request(&TestRequest::with_uri(&uri).to_http_request(), &mut Payload::None).into_inner()
}

/// Whatever a header may hold.
fn any_header() -> impl Strategy<Value = HeaderValue> {
    let bytes = prop_oneof![
        vec(any::<u8>(), 0..250),
        "[\"vW/0-9*, -]{0,20}".prop_map(String::into_bytes),
        "(Bearer |bearer )?[A-Za-z0-9._=-]{0,60}".prop_map(String::into_bytes),
        "((vi|en|fr|\\*)(-[A-Z]{2})?(;q=[0-9.a-z-]{0,5})?,? ?){0,6}".prop_map(String::into_bytes),
    ];
    bytes.prop_filter_map("no header holds it", |bytes| HeaderValue::from_bytes(&bytes).ok())
}

fn any_key() -> impl Strategy<Value = SortKey> {
    prop_oneof![any::<i64>().prop_map(SortKey::Number), ".{0,40}".prop_map(SortKey::Text), Just(SortKey::Nothing)]
}

fn any_patch<T: Clone + std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Patch<T>> {
    prop_oneof![Just(Patch::Keep), Just(Patch::Clear), value.prop_map(Patch::Set)]
}

/// Says in a body what a patch says of a field.
fn say<T: serde::Serialize>(body: &mut serde_json::Map<String, serde_json::Value>, name: &str, patch: &Patch<T>) {
    if patch.is_said() {
        body.insert(name.to_owned(), serde_json::json!(patch.set()));
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".{0,20}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let names = prop_oneof!["name|count|day|target|visibility|steps", ".{0,8}"];
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Into::into),
            vec((names, inner), 0..6).prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_header_breaks_its_reader(value in any_header()) {
        if let Ok(Some(key)) = request::idempotency_key(&with_header("idempotency-key", value.clone())) {
            prop_assert!((1..=200).contains(&key.len()));
        }
        if let Some(id) = request::request_id(&with_header("x-request-id", value.clone())) {
            prop_assert!((1..=200).contains(&id.len()) && id.is_ascii() && !id.contains(['\r', '\n', ' ']));
        }
        let _ = request::if_match(&with_header("if-match", value.clone()));
        let _ = request::locale_of(&with_header("accept-language", value.clone()));
        let _ = request::bearer(&with_header("authorization", value.clone()));
        let tags = request::if_none_match(&with_header("if-none-match", value));
        let _ = tags.contain("\"7\"");
    }

    #[test]
    fn a_version_is_read_as_it_is_written(version: i64, weak: bool) {
        let written = format!("{}\"{version}\"", if weak { "W/" } else { "" });
        let read = request::if_match(&with_header("if-match", HeaderValue::from_str(&written).unwrap()));
        prop_assert_eq!(read.unwrap(), Some(version));
    }

    #[test]
    fn a_cursor_is_read_as_it_is_written(key in any_key(), id: u128) {
        let first = listing("limit=7").unwrap();
        let cursor = first.listing.cursor_after(key.clone(), Uuid::from_u128(id));
        let next = listing(&format!("limit=7&cursor={cursor}")).unwrap();
        prop_assert_eq!(next.listing.after(), Some((&key, Uuid::from_u128(id))));
        // It holds for its own order alone.
        let sorted = format!("sort=name&cursor={cursor}");
        prop_assert!(listing(&sorted).is_err());
    }

    #[test]
    fn no_query_breaks_a_list(query in "[ -~]{0,120}", cursor in any_json(), limit: i64) {
        let uri_fits = format!("/goals?{query}").parse::<actix_web::http::Uri>().is_ok();
        if uri_fits {
            let _ = listing(&query);
        }
        let forged = URL_SAFE_NO_PAD.encode(cursor.to_string());
        let forged = format!("cursor={forged}");
        prop_assert!(listing(&forged).is_err());
        let fits = (1..=200).contains(&limit);
        let asked = format!("limit={limit}");
        prop_assert_eq!(listing(&asked).is_ok(), fits);
    }

    #[test]
    fn ids_in_one_parameter_are_read_as_they_are_written(ids in vec(any::<u128>(), 1..20)) {
        let ids: Vec<Uuid> = ids.into_iter().map(Uuid::from_u128).collect();
        let text: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        let read: Ids = query::read(&format!("ids={}", text.join(","))).unwrap();
        prop_assert_eq!(read.ids.0, ids);
    }

    #[test]
    fn no_bytes_break_a_body(bytes in vec(any::<u8>(), 0..200), json in any_json()) {
        let _ = body::parse::<Sample>(&bytes);
        let _ = body::parse::<Vec<Sample>>(&bytes);
        let _ = body::parse::<Sample>(json.to_string().as_bytes());
        let _ = body::parse::<Vec<Sample>>(json.to_string().as_bytes());
    }

    #[test]
    fn a_patch_keeps_clears_or_sets(count in any_patch(any::<i64>()), name in any_patch("[ -~à-ỹ]{0,20}")) {
        let mut sent = serde_json::Map::new();
        say(&mut sent, "count", &count);
        say(&mut sent, "name", &name);
        let read: Sample = body::parse(serde_json::Value::Object(sent).to_string().as_bytes()).unwrap();
        prop_assert_eq!(&read, &Sample { name, count, ..Sample::default() });
    }
}

//! A body that is one thing, or many of its kind.

use super::body::{fitting, json_of, received};
use crate::error::{Code, Error, Fault, Faults, Result};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;

/// A thing that comes alone or among many.
pub trait Item: DeserializeOwned {
    /// How many come at once, at most.
    const MOST: usize;
    /// Bytes of a body that holds as many.
    const BYTES: usize;
}

/// A body that is a thing itself, or a batch: `{"items": […], "atomic": false}`.
#[derive(Debug, PartialEq, Eq)]
pub enum OneOrMany<T> {
    /// The thing itself.
    One(T),
    /// Many of them.
    Many(Batch<T>),
}

/// Many things of one kind.
#[derive(Debug, PartialEq, Eq)]
pub struct Batch<T> {
    /// The things in their order. Each is read by itself: one that does not fit spoils no other.
    pub items: Vec<Result<T, Vec<Fault>>>,
    /// Whether all are done or none; each stands for itself unless said.
    pub atomic: bool,
}

impl<T: Item + 'static> FromRequest for OneOrMany<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { Self::of(json_of(&received(&request, payload, T::BYTES).await?)?) })
    }
}

/// What a batch says beside its items.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Around {
    #[expect(dead_code, reason = "that it is a list is all that is asked here")]
    items: Vec<IgnoredAny>,
    #[serde(default)]
    atomic: bool,
}

impl<T: Item> OneOrMany<T> {
    fn of(mut body: Value) -> Result<Self> {
        let Some(items) = body.get_mut("items") else { return Ok(Self::One(fitting(body)?)) };
        let items = items.as_array_mut().map(std::mem::take).unwrap_or_default();
        let Around { atomic, .. } = fitting(body)?;
        let mut faults = Faults::new();
        faults.check(!items.is_empty(), "/items", Code::Required);
        faults.check(items.len() <= T::MOST, "/items", Code::TooMany.with("most", T::MOST));
        faults.finish()?;
        let items = items.into_iter().map(|item| fitting(item).map_err(Faults::into_vec)).collect();
        Ok(Self::Many(Batch { items, atomic }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Point {
        x: i64,
        y: i64,
    }

    impl Item for Point {
        const MOST: usize = 3;
        const BYTES: usize = 1_000;
    }

    fn pointers(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.said.code.as_str())).collect()
    }

    fn refused(body: Value) -> Vec<String> {
        match OneOrMany::<Point>::of(body) {
            Err(Error::Invalid(faults)) => pointers(&faults),
            other => panic!("faults expected, got {other:?}"),
        }
    }

    #[test]
    fn a_body_without_items_is_the_thing_itself() {
        assert_eq!(OneOrMany::of(json!({ "x": 1, "y": 2 })).unwrap(), OneOrMany::One(Point { x: 1, y: 2 }));
        assert_eq!(refused(json!({ "x": 1 })), ["/y required"]);
    }

    #[test]
    fn an_item_that_does_not_fit_spoils_no_other() {
        let body = json!({ "items": [{ "x": 1, "y": 2 }, { "x": "one", "z": 3 }, 7], "atomic": true });
        let OneOrMany::Many(batch) = OneOrMany::<Point>::of(body).unwrap() else { panic!() };
        assert!(batch.atomic);
        assert_eq!(batch.items[0], Ok(Point { x: 1, y: 2 }));
        let mut second = pointers(batch.items[1].as_ref().unwrap_err());
        second.sort_unstable();
        assert_eq!(second, ["/x wrong_type", "/y required", "/z unknown_field"]);
        assert_eq!(pointers(batch.items[2].as_ref().unwrap_err()), [" wrong_type"]);
    }

    #[test]
    fn a_batch_is_bounded_and_says_nothing_else() {
        let point = json!({ "x": 1, "y": 2 });
        assert_eq!(refused(json!({ "items": [] })), ["/items required"]);
        assert_eq!(refused(json!({ "items": 5 })), ["/items wrong_type"]);
        assert_eq!(refused(json!({ "items": [point, point, point, point] })), ["/items too_many"]);
        assert_eq!(refused(json!({ "items": [point], "x": 1 })), ["/x unknown_field"]);
    }
}

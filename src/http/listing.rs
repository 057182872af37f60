//! Lists: pages by cursor, in an order from an allow-list, always stable.

use super::query;
use crate::domain::limits;
use crate::error::{Code, Error, Result};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::future::{Ready, ready};
use uuid::Uuid;

/// What one entry is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SortKey {
    /// A number.
    Number(i64),
    /// A text, folded; a date as its text.
    Text(String),
    /// Nothing: after everything else, so that a list begins with what there is.
    Nothing,
}

impl<T: Into<SortKey>> From<Option<T>> for SortKey {
    fn from(key: Option<T>) -> Self {
        key.map_or(Self::Nothing, Into::into)
    }
}
impl From<i64> for SortKey {
    fn from(key: i64) -> Self {
        Self::Number(key)
    }
}
impl From<String> for SortKey {
    fn from(key: String) -> Self {
        Self::Text(key)
    }
}
impl From<&str> for SortKey {
    fn from(key: &str) -> Self {
        Self::Text(key.to_owned())
    }
}
impl From<chrono::NaiveDate> for SortKey {
    fn from(key: chrono::NaiveDate) -> Self {
        Self::Text(key.to_string())
    }
}

/// Where a page begins: after the entry with this key and id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    list: String,
    key: SortKey,
    id: Uuid,
}

/// Which page of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// How many entries at most.
    pub limit: usize,
    /// Whether the number of all entries is asked for.
    pub include_total: bool,
    sort: Option<String>,
    cursor: Option<Cursor>,
    list: String,
}

/// The parameters of every list.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListingParameters {
    /// Entries of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<usize>,
    /// `next_cursor` of the page before; it holds for the same filters and order alone.
    pub cursor: Option<String>,
    /// The order, from the list's own allow-list; `-` before a name turns it round.
    pub sort: Option<String>,
    /// Whether `total` is counted.
    pub include_total: Option<bool>,
}

const OWN: [&str; 4] = ["limit", "cursor", "sort", "include_total"];

/// The parameters of a list: its own filters, and the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery<T> {
    /// The filters. Their type refuses unknown ones (`deny_unknown_fields`).
    pub filter: T,
    /// The page.
    pub listing: Listing,
}

impl<T: DeserializeOwned> FromRequest for ListQuery<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(request))
    }
}

impl<T: DeserializeOwned> ListQuery<T> {
    fn read(request: &HttpRequest) -> Result<Self> {
        let is_own = |pair: &&str| OWN.contains(&pair.split('=').next().unwrap_or_default());
        let (own, filters): (Vec<_>, Vec<_>) =
            request.query_string().split('&').filter(|pair| !pair.is_empty()).partition(is_own);
        let filters = filters.join("&");
        let filter = query::read(&filters)?;
        let own: ListingParameters = query::read(&own.join("&"))?;
        Ok(Self { filter, listing: Listing::new(own, request.path(), &filters)? })
    }
}

impl Listing {
    fn new(asked: ListingParameters, path: &str, filters: &str) -> Result<Self> {
        let limit = asked.limit.unwrap_or(limits::PAGE_DEFAULT);
        query::check_range("limit", limit, limits::PAGE)?;
        let said = format!("{path}?{filters}#{}", asked.sort.as_deref().unwrap_or_default());
        let list: String = URL_SAFE_NO_PAD.encode(digest(&SHA256, said.as_bytes())).chars().take(16).collect();
        let cursor = asked.cursor.map(|text| read_cursor(&text, &list)).transpose()?;
        Ok(Self { limit, include_total: asked.include_total.unwrap_or(false), sort: asked.sort, cursor, list })
    }

    /// The name that the list is ordered by, of those allowed (the first unless asked), and whether it is turned
    /// round.
    pub fn order(&self, allowed: &[&'static str]) -> Result<(&'static str, bool)> {
        let asked = self.sort.as_deref().unwrap_or_default();
        let (name, reverse) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
        if name.is_empty() {
            return allowed.first().map(|first| (*first, reverse)).ok_or_else(Error::not_found);
        }
        let found = allowed.iter().find(|one| **one == name).copied();
        found.map(|name| (name, reverse)).ok_or_else(|| Code::NotSortable.with("allowed", allowed.join(", ")).into())
    }

    /// The key and id of the entry that the page comes after.
    pub fn after(&self) -> Option<(&SortKey, Uuid)> {
        self.cursor.as_ref().map(|cursor| (&cursor.key, cursor.id))
    }

    /// The cursor of the page after an entry.
    pub fn cursor_after(&self, key: SortKey, id: Uuid) -> String {
        let cursor = Cursor { list: self.list.clone(), key, id };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
    }

    /// A page of entries that were asked for with one more than `limit`, in order: the page, and the cursor of the
    /// next one.
    pub fn cut<T>(&self, mut found: Vec<T>, key: impl Fn(&T) -> (SortKey, Uuid)) -> (Vec<T>, Option<String>) {
        let more = found.len() > self.limit;
        found.truncate(self.limit);
        let next = found.last().filter(|_| more).map(|last| {
            let (key, id) = key(last);
            self.cursor_after(key, id)
        });
        (found, next)
    }

    /// A page of entries that are all at hand, in any order: sorted by key and id, cut.
    pub fn page_of<T>(
        &self,
        mut all: Vec<T>,
        reverse: bool,
        key: impl Fn(&T) -> (SortKey, Uuid),
    ) -> (Vec<T>, Option<String>) {
        let directed = |order: Ordering| if reverse { order.reverse() } else { order };
        all.sort_by(|a, b| directed(key(a).cmp(&key(b))));
        if let Some((after, id)) = self.after() {
            let after = (after.clone(), id);
            all.retain(|entry| directed(key(entry).cmp(&after)) == Ordering::Greater);
        }
        all.truncate(self.limit + 1);
        self.cut(all, key)
    }
}

fn read_cursor(text: &str, list: &str) -> Result<Cursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::from(Code::BadCursor))?;
    let cursor: Cursor = serde_json::from_slice(&bytes).map_err(|_| Error::from(Code::BadCursor))?;
    if cursor.list == list { Ok(cursor) } else { Err(Code::BadCursor.into()) }
}

/// Defines the page of a list: concrete, so that clients get one named type of each.
macro_rules! page {
    ($(#[$doc:meta])* $name:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub struct $name {
            /// The entries of this page.
            pub items: Vec<$item>,
            /// The `cursor` of the next page; null on the last one.
            pub next_cursor: Option<String>,
            /// The number of all entries, where `include_total=true` asks for it.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub total: Option<usize>,
        }
    };
}
pub(crate) use page;

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(cursor: Option<String>) -> Listing {
        Listing::new(ListingParameters { limit: Some(2), cursor, ..Default::default() }, "/x", "").unwrap()
    }

    #[test]
    fn pages_hold_every_entry_once_in_order() {
        let entries: Vec<(i64, Uuid)> = (0..7_u8).map(|n| (i64::from(n / 3), Uuid::from_u128(n.into()))).collect();
        for reverse in [false, true] {
            let mut seen = Vec::new();
            let mut cursor = None;
            loop {
                let (page, next) =
                    listing(cursor).page_of(entries.clone(), reverse, |(n, id)| (SortKey::from(*n), *id));
                seen.extend(page);
                cursor = next;
                if cursor.is_none() {
                    break;
                }
            }
            let mut expected = entries.clone();
            if reverse {
                expected.reverse();
            }
            assert_eq!(seen, expected);
        }
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let cursor = listing(None).cursor_after(SortKey::Nothing, Uuid::nil());
        let other = ListingParameters { cursor: Some(cursor), ..Default::default() };
        assert!(Listing::new(other, "/x", "q=a").is_err());
    }
}

//! How often someone may ask: a share of requests a minute for each principal and each address, kept in a memory of
//! bounded size.
//!
//! A share fills evenly and is full at first, so that a burst of a whole minute's requests passes (GCRA). Whoever is
//! over theirs is answered 429 with `Retry-After`; every answer says how much is left (the IETF's `RateLimit` and
//! `RateLimit-Policy` fields).

use super::client::client_address;
use super::fallback::operation_of;
use super::request;
use super::service::{Credential, Proof, Service};
use crate::domain::access::Need;
use crate::error::{Code, Error, Result};
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// The time that a share is of, in nanoseconds.
const MINUTE: u64 = 60_000_000_000;

/// Locks that callers spread over.
const SHARDS: usize = 64;

/// Callers that are remembered, over all shards: some ten megabytes.
const MOST_CALLERS: usize = 200_000;

static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
static LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// Requests a minute; 0 is without a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Of someone who is signed in, on all their devices together.
    pub principal: u32,
    /// Of one address, with whatever it sends along.
    pub address: u32,
    /// Of one address, without a token.
    pub anonymous: u32,
}

/// Whose share a request is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Caller {
    Principal(u128),
    Address(u128),
    Anonymous(u128),
}

/// What is left of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Left {
    /// Which one.
    name: &'static str,
    /// Requests a minute.
    quota: u32,
    /// Requests that pass at once.
    remaining: u64,
    /// Seconds until it is full again; of one that is used up, until the next request passes.
    seconds: u64,
    /// Whether this request is over it.
    is_over: bool,
}

/// Every caller's share.
#[derive(Debug)]
pub struct RateLimits {
    rates: Rates,
    began: Instant,
    hasher: RandomState,
    /// When each caller's share is full again.
    shards: Vec<Mutex<HashMap<Caller, u64>>>,
}

impl RateLimits {
    /// Full shares of these rates.
    pub fn new(rates: Rates) -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { rates, began: Instant::now(), hasher: RandomState::new(), shards }
    }

    /// Takes one request from a caller's share.
    fn take(&self, caller: Caller) -> Option<Left> {
        let now = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.take_at(caller, now)
    }

    fn take_at(&self, caller: Caller, now: u64) -> Option<Left> {
        let (name, quota) = match caller {
            Caller::Principal(_) => ("principal", self.rates.principal),
            Caller::Address(_) => ("address", self.rates.address),
            Caller::Anonymous(_) => ("anonymous", self.rates.anonymous),
        };
        let one = MINUTE.checked_div(quota.into())?.max(1);
        let place = usize::try_from(self.hasher.hash_one(caller)).unwrap_or_default() % SHARDS;
        let mut shard = self.shards.get(place)?.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = shard.get(&caller).copied().unwrap_or_default().max(now);
        let taken = full_at.saturating_add(one);
        if taken - now > MINUTE {
            let seconds = (taken - now - MINUTE).div_ceil(1_000_000_000).max(1);
            return Some(Left { name, quota, remaining: 0, seconds, is_over: true });
        }
        forget_some(&mut shard, now);
        shard.insert(caller, taken);
        let remaining = (MINUTE - (taken - now)) / one;
        Some(Left { name, quota, remaining, seconds: (taken - now).div_ceil(1_000_000_000), is_over: false })
    }

    /// Takes one request from a principal's share: a person's, or an API token's. A token that is not proven yet is
    /// told by its whole text, so that no stranger can use up someone's share.
    pub(super) fn admit(&self, request: &HttpRequest, credential: &Credential) -> Result<()> {
        let principal = match credential.proof {
            Proof::Session(_) => credential.person.0.as_u128(),
            Proof::Token { hash, .. } => self.hasher.hash_one(hash).into(),
        };
        settle(request, self.take(Caller::Principal(principal)))
    }
}

/// Makes room in a full shard: whoever's share is full again need not be remembered. If all are busy, all begin anew:
/// the memory stays within its bounds, whoever has many addresses.
fn forget_some(shard: &mut HashMap<Caller, u64>, now: u64) {
    if shard.len() >= MOST_CALLERS / SHARDS {
        shard.retain(|_, full_at| *full_at > now);
        if shard.len() >= MOST_CALLERS / SHARDS {
            shard.clear();
        }
    }
}

/// Notes what is left for the answer; refuses who is over.
fn settle(request: &HttpRequest, left: Option<Left>) -> Result<()> {
    let Some(left) = left else { return Ok(()) };
    request.extensions_mut().insert(left);
    if left.is_over { Err(Error::from(Code::RateLimited.with("seconds", left.seconds))) } else { Ok(()) }
}

/// An address as callers are told apart by it: of IPv6 the network, since a client has a whole one.
fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u32::from(address).into(),
        IpAddr::V6(address) => u128::from(address) & !u128::from(u64::MAX),
    }
}

/// Whether whoever asks for this is told by no token, whatever they send along: sign-in, links, the setup.
fn is_open_to_all(request: &HttpRequest) -> bool {
    operation_of(request).is_some_and(|operation| Need::of(operation).is_none())
}

/// Takes a request from its address's share: a smaller one where it comes without a token, or asks for what takes none.
/// Probes and the pages of the documentation are free.
pub async fn rate_limited(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, actix_web::Error> {
    let refused = request.app_data::<Data<Service>>().map(|service| Arc::clone(&service.rates)).and_then(|rates| {
        let http = request.request();
        let address = number(client_address(http)?);
        if !http.path().starts_with("/api/") {
            return None;
        }
        let anonymous = request::bearer(http).is_none() || is_open_to_all(http);
        settle(http, rates.take(Caller::Address(address))).err().or_else(|| {
            let left = anonymous.then(|| rates.take(Caller::Anonymous(address))).flatten();
            settle(http, left).err()
        })
    });
    match refused {
        Some(error) => Ok(request.error_response(error).map_into_right_body()),
        None => next.call(request).await.map(ServiceResponse::map_into_left_body),
    }
}

/// Says in an answer what is left of the share that the request was last taken from.
pub(super) fn dress(headers: &mut HeaderMap, request: &HttpRequest) {
    let Some(left) = request.extensions().get::<Left>().copied() else { return };
    let Left { name, quota, remaining, seconds, is_over } = left;
    let mut say = |header: &HeaderName, text: String| {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(header.clone(), value);
        }
    };
    say(&POLICY, format!("\"{name}\";q={quota};w=60"));
    say(&LEFT, format!("\"{name}\";r={remaining};t={seconds}"));
    if is_over {
        say(&RETRY_AFTER, seconds.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(quota: u32) -> RateLimits {
        RateLimits::new(Rates { principal: quota, address: 0, anonymous: quota })
    }

    #[test]
    fn a_minutes_share_passes_at_once_and_fills_evenly() {
        let limits = limits(60);
        let me = Caller::Principal(1);
        for used in 1..=60 {
            assert_eq!(limits.take_at(me, 0).map(|left| (left.remaining, left.is_over)), Some((60 - used, false)));
        }
        let over = limits.take_at(me, 0).unwrap();
        assert!(over.is_over && over.seconds == 1, "{over:?}");
        assert!(!limits.take_at(Caller::Principal(2), 0).unwrap().is_over, "another one's share is another one");
        assert!(!limits.take_at(me, 1_000_000_000).unwrap().is_over, "one a second");
        assert!(limits.take_at(me, 1_000_000_000).unwrap().is_over);
        assert_eq!(limits.take_at(me, 2 * MINUTE).unwrap().remaining, 59, "full again after a minute");
    }

    #[test]
    fn no_limit_is_no_limit() {
        assert_eq!(limits(0).take(Caller::Principal(1)), None);
        assert_eq!(limits(1).take(Caller::Address(1)), None);
    }

    #[test]
    fn many_addresses_do_not_grow_the_memory() {
        let limits = limits(1);
        for address in 0..3 * u128::try_from(MOST_CALLERS).unwrap() {
            limits.take_at(Caller::Anonymous(address), 0);
        }
        let kept: usize = limits.shards.iter().map(|shard| shard.lock().unwrap().len()).sum();
        assert!(kept <= MOST_CALLERS, "{kept}");
    }

    #[test]
    fn a_client_with_a_whole_network_is_one_client() {
        let of = |text: &str| number(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}

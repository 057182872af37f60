//! What every address of the API has in common: who asks, how bodies and queries are read, how answers are dressed,
//! how problems look. It knows no feature.

mod batch;
mod body;
mod client;
mod ctx;
mod fallback;
mod guard;
mod headers;
mod health;
mod idempotency;
mod json;
mod listing;
pub mod meta;
pub mod openapi;
#[cfg(test)]
mod parser_laws;
mod problem;
mod problem_page;
mod query;
mod rate;
mod reply;
mod request;
mod service;

pub use batch::{Batch, Item, OneOrMany};
pub use body::{Body, Patch, not_null};
pub use client::{ForwardedBy, Network, TrustedProxies, client_address, origin_of};
pub use ctx::Ctx;
pub use fallback::{Routes, known_parameters, no_such_route};
pub use guard::guarded;
pub use health::{live, ready};
pub use idempotency::{InFlight, Key, Running, begin as begin_once, finish as finish_once};
pub(crate) use listing::page;
pub use listing::{ListQuery, Listing, ListingParameters, SortKey};
pub use problem::{Problem, ProblemFault, problems};
pub use problem_page::problem_page;
pub use query::{Commas, IdPath, Query, check_range, check_search, refuse_path};
pub use rate::{RateLimits, Rates, rate_limited};
pub use reply::{Accepted, Created, Fresh, NoContent, Tagged, Versioned};
pub use request::{KnownTags, locale_of};
pub use service::{Admitted, Credential, Gate, Proof, Service};

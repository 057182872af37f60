//! What a metric comes to over days: for a unit with all below it or for a person, point by point, as a whole and in
//! parts beside each other.
//!
//! It is the same figure as that of a goal with source `measurements`: the database tallies what was measured, subject
//! by subject and slice by slice ([`store`]), and the domain puts that together by its own rules
//! ([`crate::domain::measured::Sliced`]). Who may see what of it is decided by `domain::access` and
//! `domain::disclosure`.

mod api;
mod asked;
mod brought;
mod draw;
mod groups;
mod load;
mod out;
mod parts;
mod store;

pub(crate) use api::routes;
pub use brought::brought;

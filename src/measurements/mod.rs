//! Measurements: dated values of metrics for people or units, from which goals with source `measurements` and series
//! follow.
//!
//! What others compute from stands in [`days`], [`days_again`] and [`touched_since`]; a picture of them is as old as the
//! [`revision`] that it was read at, which moves with every change of what is measured.

pub mod model;
pub mod series;
mod store;

pub use store::days::{DayKey, Wanted, days, days_again, revision, touched_since};

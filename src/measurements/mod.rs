//! Measurements: dated values of metrics for people or units, from which goals with source `measurements` and series
//! follow. They are recorded one by one or in batches ([`record`]), corrected and removed ([`correct`], [`remove`]), and
//! never erased: what one said before stays in its history.
//!
//! What others compute from stands in [`days`], [`days_again`] and [`touched_since`]; a picture of them is as old as the
//! [`revision`] that it was read at, which moves with every change of what is measured.

mod amend;
mod api;
mod input;
mod known;
pub mod model;
mod noted;
mod read;
mod record;
mod rules;
pub mod series;
mod store;

pub use amend::{correct, remove};
pub(crate) use api::routes;
pub use input::{MeasurementIn, MeasurementPatch};
pub use read::{Found, MeasurementFilter, find, history, list, sight};
pub use record::{Recorded, RecordedAs, record};
pub use store::days::{DayKey, Wanted, days, days_again, revision, touched_since};
pub use store::list::Sight;

//! Check-ins: dated statements of a goal's value or completed steps, from which its figure follows.
//!
//! There is one path for a single check-in, a batch, imports and automatic ones: [`record`]. Requests reach it over
//! the [`Desk`], where those that wait share one transaction.

mod amend;
mod api;
mod desk;
mod history;
pub mod model;
mod noted;
mod read;
mod record;
mod rules;
mod store;

pub use amend::{correct, void};
pub use api::{CheckInDesk, desk};
pub(crate) use api::{CheckInOut, routes};
pub use desk::{Desk, ToShow};
pub use history::Standing;
pub use read::{Shown, by_ids, each_to_its_reader, find, of_goal, of_goals};
pub use record::{Command, Outcome, Recorded, record, record_all_or_none};

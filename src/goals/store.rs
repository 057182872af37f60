//! The only SQL on the tables of goals.

mod goals;
mod many;

pub(super) use goals::{find, people};
pub(super) use many::{by_ids, forests_of, people_by_goal};

//! The only SQL on the tables of goals.

mod goals;

pub(super) use goals::{find, people};

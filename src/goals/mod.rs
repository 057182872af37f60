//! Goals: the nodes of the tree, the links between them, and their life.

mod find;
pub mod model;
mod store;
mod watch;

pub use find::{find, find_for_update, must, people_of};
pub use watch::{Watched, many, watch};

//! Figures: the goals of a forest with where they stand, as one person sees them.
//!
//! Facts are read from the tables of goals, links, check-ins and cycles into [`Forests`], the memory that all
//! requests share; permissions are decided per viewer over it. Trees, lists and views are answered from there.

mod activity;
mod api;
mod behind;
mod cache;
mod can;
mod day;
mod detail;
mod explain;
mod fields;
mod history;
mod list;
mod load;
mod lookup;
mod node;
mod one;
mod owed;
mod paint;
mod picture;
mod results;
mod shelf;
mod sight;
mod simulate;
mod standings;
mod target_plan;
mod tree;
mod trend;
mod verify;
mod views;
mod walk;
mod wanted;

pub(crate) use api::routes;
pub use cache::{ForestLimits, Forests};
pub use node::Node;
pub use one::{Viewed, goal_node, goal_with_ancestors, goals_with_ancestors};
pub use owed::{Owed, owed};
pub use results::{last_results, members_results};
pub use standings::standings;
pub use target_plan::{AskedPlan, TargetPlan, target_plan};
pub use verify::{Difference, Verified, verify};

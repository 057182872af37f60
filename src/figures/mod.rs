//! Figures: the goals of a forest with where they stand, as one person sees them.
//!
//! Facts are read from the tables of goals, links, check-ins and cycles into [`Forests`], the memory that all
//! requests share; permissions are decided per viewer over it. Trees, lists and views are answered from there.

mod cache;
mod can;
mod load;
mod node;
mod one;
mod paint;
mod picture;
mod shelf;
mod sight;

pub use cache::{ForestLimits, Forests};
pub use node::Node;
pub use one::{goal_node, goal_with_ancestors};

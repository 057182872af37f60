//! Goals: making them, changing them, their life, their links, and whose word each of it takes.

mod approvals;
mod batches;
mod bulk;
mod getting_round;
mod links;
mod making;
mod plans;
mod split;
mod states;
mod together;
pub mod world;

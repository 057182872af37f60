//! Who may do what, for every operation of the API and every kind of caller; and attempts to break in.
//!
//! One small organization is built once. Each row of the table (`rows`) is a request; each cell is that request sent by
//! one kind of caller, and what it must be answered by the policy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs,
    reason = "a test"
)]

#[path = "../support/mod.rs"]
mod support;

mod break_in;
mod callers;
mod matrix;
mod pivots;
mod policy;
mod rows;
mod subjects;
mod world;

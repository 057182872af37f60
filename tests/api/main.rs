//! Behaviour through HTTP alone, one module a feature. The same binary runs on SQLite and, given `DATABASE_URL`, on
//! PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

#[path = "../support/mod.rs"]
mod support;

mod access;
mod audit;
mod bounds;
mod changes;
mod checkins;
mod conventions;
mod cycles;
mod figures;
mod goals;
mod identity;
mod keys;
mod me;
mod measurements;
mod metrics;
mod org;
mod reviews;
mod series;
mod sign_in;
mod tokens;
mod totp;

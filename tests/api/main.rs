//! Behaviour through HTTP alone, one module a feature. The same binary runs on SQLite and, given `DATABASE_URL`, on
//! PostgreSQL.

#[path = "../support/mod.rs"]
mod support;

mod checkins;
mod conventions;
mod cycles;
mod figures;
mod goals;
mod identity;
mod metrics;
mod org;

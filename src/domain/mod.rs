//! The rules of goaltree as pure functions over plain values: no database, no HTTP, no clock, no logging.

pub mod access;
pub mod amount;
pub mod calendar;
pub mod check_ins;
pub mod comparison;
pub mod currency;
pub mod cycle_settings;
mod decimal;
pub mod derived;
pub mod disclosure;
pub mod evaluate;
pub mod explain;
pub mod facts;
pub mod figures;
pub mod forest;
pub mod formula;
pub mod ids;
pub mod instant;
pub mod limits;
mod mean;
pub mod measure;
pub mod measured;
pub mod outlook;
#[cfg(test)]
mod parser_laws;
pub mod period;
pub mod review;
pub mod rhythm;
pub mod rollup;
pub mod share;
mod status;
pub mod target_plan;
pub mod text;
#[macro_use]
mod word;
pub mod words;

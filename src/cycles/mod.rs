//! Cycles: the dated periods of goals.

pub mod model;

//! Series of what is measured.

mod figures;
mod parts;
mod plans;
mod sight;
mod subtraction;
mod world;

//! goaltree: one live tree of a company's goals.
//!
//! The modules, each using only those above it:
//!
//! 1. [`domain`] the rules, pure
//! 2. [`error`] what can go wrong
//! 3. [`clock`], [`db`] time, ids, transactions
//! 4. [`http`] what every address has in common
//! 5. [`directory`], [`identity`], [`org`], [`audit`], [`cycles`], [`metrics`], [`measurements`], [`goals`],
//!    [`checkins`], [`figures`], [`reviews`], [`me`], [`setup`], [`demo`] the features
//! 6. [`config`], [`telemetry`], [`app`] what puts them together

pub mod app;
pub mod audit;
pub mod checkins;
pub mod clock;
pub mod config;
pub mod cycles;
pub mod db;
pub mod demo;
pub mod directory;
pub mod domain;
pub mod error;
pub mod figures;
pub mod goals;
pub mod http;
pub mod identity;
pub mod me;
pub mod measurements;
pub mod metrics;
pub mod org;
pub mod reviews;
pub mod setup;
pub mod telemetry;

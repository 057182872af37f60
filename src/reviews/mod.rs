//! Reviews: what a cycle came to for each person.
//!
//! HR makes [`templates`] and sets a cycle up with one ([`change_setup`]). When the cycle enters its review, everyone who
//! is reviewed gets a review ([`begin`]); HR adds people and leaves people out ([`add`], [`exclude`]). From then on a
//! review goes step by step: the person writes and submits ([`put_part`], [`submit`]), then their manager, or someone of
//! the lead line, HR, or a delegate, from the score that the figures come to; ratings may be calibrated ([`calibrate`]);
//! it is shared and acknowledged ([`share`], [`acknowledge`]), returned or reopened with a reason ([`give_back`],
//! [`reopen`]). Figures are read in transactions that only read, so what a submission is scored by ([`Grounds`]) is read
//! right before it.

mod api;
mod batch;
mod begin;
mod calibration;
mod change;
mod find;
mod ground;
mod list;
mod model;
mod part;
mod people;
mod setup;
mod steps;
mod store;
pub mod templates;

pub(crate) use api::routes;
pub use batch::{PartItem, SubmitItem, put_parts, submit_all};
pub use begin::begin;
pub use calibration::{Calibration, CalibrationFilter, Compared, Distribution, calibration};
pub use change::Answered;
pub use find::{Known, find};
pub use ground::{Grounds, grounds, grounds_of};
pub use list::{Mine, ReviewFilter, list, mine};
pub use model::{GoalScore, Ground, Moved, Part, QuestionAnswer, Review, ReviewedCycle, ReviewedGoal};
pub use people::{add, exclude};
pub use setup::{Setup, SetupPatch, change_setup, setup};
pub use steps::{Decision, acknowledge, calibrate, give_back, put_part, reopen, share, submit};

//! Reviews: for one person in one cycle a self-review, a manager's review, a calibration and an acknowledgement.
//!
//! A [`ReviewTemplate`] says what is asked and how goals become a score ([`score`]); a review goes its way by
//! [`after`], step by step.

mod layer;
mod scale;
pub mod score;
mod standard;
mod steps;
mod template;
#[cfg(test)]
mod tests;

pub use layer::{GoalMark, Layer, LayerScore, scores, told};
pub use scale::{ScalePoint, convert, ends, nearest};
pub use standard::standard_template;
pub use steps::{Flow, after};
pub use template::{
    Band, Choice, DeadlineDays, Deadlines, LinePoint, PartWeights, Question, ReviewTemplate, ScoreMap, Scoring,
    Section, Settings, Text,
};

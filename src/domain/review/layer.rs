//! A layer of a review: what the figures alone, the person, or the manager come to.

use super::score::{Weighed, mean};
use super::template::{ReviewTemplate, Section};
use crate::domain::amount::{Amount, Weight};
use crate::domain::decimal::quotient;
use crate::domain::derived::Derived;
use crate::domain::words::{GoalKind, ReviewQuestionKind, ReviewRole, ReviewSectionKind};
use std::collections::HashMap;

/// A goal's score in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalMark {
    /// What it is.
    pub kind: GoalKind,
    /// Its review weight.
    pub weight: Weight,
    /// The score as it is told: what someone gave, else what its attainment comes to.
    pub score: Option<Amount>,
}

/// What a layer's score follows from.
#[derive(Debug, Clone, Copy)]
pub struct Layer<'a> {
    /// Who says it; none: the figures alone.
    pub role: Option<ReviewRole>,
    /// The goals that count.
    pub goals: &'a [GoalMark],
    /// The ratings of the cycles inside, each with what it counts, on this template's scale.
    pub cycles: &'a [Weighed],
    /// The answers to questions of kind `rating`, by their keys.
    pub ratings: &'a HashMap<String, Amount>,
}

/// What a layer comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerScore {
    /// The score of the whole: the weighted mean of the sections that have one.
    pub score: Option<Amount>,
    /// The score of each section, in their order.
    pub sections: Vec<Option<Amount>>,
}

/// What a layer comes to. Goals and enclosed cycles count in each, questions where they are asked; sections without a
/// score leave the mean.
pub fn scores(template: &ReviewTemplate, layer: &Layer<'_>) -> LayerScore {
    let of_sections: Vec<_> =
        template.sections.iter().map(|section| (section.weight, layer.section(template, section))).collect();
    let whole = mean(of_sections.iter().map(|(weight, score)| Weighed { score: *score, weight: *weight }));
    LayerScore {
        score: whole.and_then(told),
        sections: of_sections.into_iter().map(|(_, score)| score.and_then(told)).collect(),
    }
}

impl Layer<'_> {
    fn section(&self, template: &ReviewTemplate, section: &Section) -> Option<Derived> {
        match section.kind {
            ReviewSectionKind::Goals => {
                let weighed = |goal: &GoalMark| {
                    (goal.kind, Weighed { score: goal.score.map(Derived::from), weight: goal.weight })
                };
                template.scoring.together(&self.goals.iter().map(weighed).collect::<Vec<_>>())
            }
            ReviewSectionKind::Cycles => template.scoring.of_cycles(self.cycles),
            ReviewSectionKind::Questions => {
                let asked = self.role.is_some_and(|role| section.asked_in.contains(&role));
                let rated = section.questions.iter().filter(|one| asked && one.kind == ReviewQuestionKind::Rating);
                mean(rated.map(|one| Weighed {
                    score: self.ratings.get(&one.key).copied().map(Derived::from),
                    weight: one.weight,
                }))
            }
        }
    }
}

/// A score as it is told and kept: with 4 decimals.
pub fn told(score: Derived) -> Option<Amount> {
    Amount::from_units(i64::try_from(quotient(score.units(), 10_000)?).ok()?)
}

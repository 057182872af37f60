//! How a goal's attainment becomes a score, and goals one score together. Exact: each step is rounded once, half away
//! from zero, to 8 decimals.

use super::template::{Band, LinePoint, ScoreMap, Scoring};
use crate::domain::amount::{Amount, Weight};
use crate::domain::decimal::quotient;
use crate::domain::derived::{Derived, Fraction};
use crate::domain::mean::Mean;
use crate::domain::words::{GoalKind, ReviewUnscored, State};

/// A goal, as far as its score depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoredGoal {
    /// Its life.
    pub state: State,
    /// Whether it is aspirational.
    pub aspirational: bool,
    /// Its review weight.
    pub weight: Weight,
    /// Its attainment; none without data.
    pub attainment: Option<Fraction>,
}

/// What counts together with others: a score, where there is one, and what it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// The score.
    pub score: Option<Derived>,
    /// What it weighs, rated or not.
    pub weight: Weight,
}

impl Scoring {
    /// Why a goal has no score; none where it has one.
    pub fn unscored(&self, goal: &ScoredGoal) -> Option<ReviewUnscored> {
        match goal.state {
            State::OnHold => Some(ReviewUnscored::OnHold),
            State::Active | State::Completed => None,
            _ => Some(ReviewUnscored::Cancelled),
        }
        .or_else(|| goal.weight.is_zero().then_some(ReviewUnscored::Weightless))
        .or_else(|| (goal.aspirational && !self.aspirational).then_some(ReviewUnscored::Aspirational))
        .or_else(|| goal.attainment.is_none().then_some(ReviewUnscored::NoData))
    }

    /// A goal's score; none where it has none to be judged by.
    pub fn score(&self, goal: &ScoredGoal) -> Option<Derived> {
        if self.unscored(goal).is_some() {
            return None;
        }
        let attained = goal.attainment?;
        self.map.score(self.cap.map_or(attained, |cap| attained.min(fraction(cap))))
    }

    /// The score of goals together: their weighted mean, or that of the means of OKRs and KPI goals. What is not rated
    /// leaves it, as long as the share that is rated is enough.
    pub fn together(&self, goals: &[(GoalKind, Weighed)]) -> Option<Derived> {
        let those = |wanted: fn(GoalKind) -> bool| -> Vec<Weighed> {
            goals.iter().filter(|(kind, _)| wanted(*kind)).map(|(_, weighed)| *weighed).collect()
        };
        let parts = match self.part_weights {
            None => vec![(Weight::ONE, those(|_| true))],
            Some(parts) => {
                vec![(parts.okr, those(|kind| kind != GoalKind::Kpi)), (parts.kpi, those(|kind| kind == GoalKind::Kpi))]
            }
        };
        let shares = parts.iter().filter_map(|(weight, part)| Some((share_rated(part)?.units(), *weight)));
        self.is_enough(Fraction::from_units(Mean::of(shares).rounded()?)).then_some(())?;
        mean(parts.iter().map(|(weight, part)| Weighed { score: mean(part.iter().copied()), weight: *weight }))
    }

    /// The mean of ratings of several cycles. What is not rated leaves it, as long as enough is.
    pub fn of_cycles(&self, ratings: &[Weighed]) -> Option<Derived> {
        self.is_enough(share_rated(ratings)?).then_some(())?;
        mean(ratings.iter().copied())
    }

    fn is_enough(&self, share: Fraction) -> bool {
        share.to_compare() >= fraction(self.minimum_share).to_compare()
    }
}

impl ScoreMap {
    /// The score that an attainment comes to. It is compared after rounding to 10 decimals.
    pub fn score(&self, attainment: Fraction) -> Option<Derived> {
        match self {
            Self::Table { bands } => {
                bands.iter().rev().find(|band| band.takes(attainment)).map(|band| band.score.into())
            }
            Self::Line { points } => on_line(points, attainment),
        }
    }
}

impl Band {
    fn takes(&self, attainment: Fraction) -> bool {
        let at = |amount: Amount| fraction(amount).to_compare();
        self.from.is_none_or(|from| attainment.to_compare() >= at(from))
            && self.over.is_none_or(|over| attainment.to_compare() > at(over))
    }
}

fn on_line(points: &[LinePoint], attainment: Fraction) -> Option<Derived> {
    let (first, last) = (points.first()?, points.last()?);
    if attainment <= fraction(first.attainment) {
        return Some(first.score.into());
    }
    let piece = points.array_windows().find(|[_, to]| attainment <= fraction(to.attainment));
    let Some([from, to]) = piece else { return Some(last.score.into()) };
    let (left, right) = (fraction(from.attainment).units(), fraction(to.attainment).units());
    let (low, high) = (Derived::from(from.score).units(), Derived::from(to.score).units());
    let risen = high.checked_sub(low)?.checked_mul(attainment.units().checked_sub(left)?)?;
    Derived::from_units(low.checked_add(quotient(risen, right.checked_sub(left)?)?)?)
}

/// The weighted mean of what is rated; none where nothing is.
pub fn mean(parts: impl Iterator<Item = Weighed>) -> Option<Derived> {
    let rated = parts.filter_map(|part| Some((part.score?.units(), part.weight)));
    Derived::from_units(Mean::of(rated).rounded()?)
}

/// The share of the weight that is rated; none without weight.
fn share_rated(parts: &[Weighed]) -> Option<Fraction> {
    let sum = |parts: &mut dyn Iterator<Item = &Weighed>| parts.map(|part| i128::from(part.weight.units())).sum();
    let rated: i128 = sum(&mut parts.iter().filter(|part| part.score.is_some()));
    Fraction::ratio(rated, sum(&mut parts.iter()))
}

/// An amount as a fraction.
fn fraction(amount: Amount) -> Fraction {
    Fraction::from_units(i128::from(amount.units()) * 100_000_000)
}

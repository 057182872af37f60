//! A review's row, and what stands in it.

use crate::db::columns::Json;
use crate::db::schema::reviews;
use crate::domain::amount::{Amount, Weight};
use crate::domain::derived::{Derived, Fraction};
use crate::domain::ids::{CycleId, GoalId, MetricId, OrganizationId, PersonId, ReviewId};
use crate::domain::instant::Instant;
use crate::domain::words::{Commitment, Direction, GoalKind, Outcome, ReviewStep, ReviewUnscored, State, Status};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The review of one person in one cycle.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reviews, primary_key(organization_id, id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Review {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: ReviewId,
    /// Its cycle.
    pub cycle_id: CycleId,
    /// Whom it is about.
    pub person_id: PersonId,
    /// Where it stands.
    pub step: ReviewStep,
    /// What the person wrote.
    pub self_part: Option<Json<Part>>,
    /// What the manager wrote.
    pub manager_part: Option<Json<Part>>,
    /// What it was scored by when the manager submitted.
    pub record: Option<Json<Ground>>,
    /// Every move of the rating, the last one holding.
    pub calibrations: Json<Vec<Moved>>,
    /// What the figures alone came to.
    pub computed_score: Option<Amount>,
    /// What the person came to.
    pub self_score: Option<Amount>,
    /// The manager's rating.
    pub manager_score: Option<Amount>,
    /// The rating after calibration; none where nobody looked at it.
    pub calibrated_score: Option<Amount>,
    /// When the person submitted.
    pub self_submitted_at: Option<Instant>,
    /// Who wrote the manager's review last.
    pub manager_by: Option<PersonId>,
    /// When it was submitted.
    pub manager_submitted_at: Option<Instant>,
    /// Who shared it.
    pub shared_by: Option<PersonId>,
    /// When.
    pub shared_at: Option<Instant>,
    /// When the person acknowledged it.
    pub acknowledged_at: Option<Instant>,
    /// Whether they agreed.
    pub agreed: Option<bool>,
    /// What they said to it.
    pub acknowledgement: Option<String>,
    /// Why HR added the person; none where the cycle did.
    pub added_reason: Option<String>,
    /// Why HR left the person out.
    pub excluded_reason: Option<String>,
    /// Why it was returned or reopened last.
    pub returned_reason: Option<String>,
    /// Moves with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Review {
    /// Whether the person sees what came of it.
    pub const fn is_shared(&self) -> bool {
        matches!(self.step, ReviewStep::Shared | ReviewStep::Acknowledged)
    }

    /// The rating that holds: calibrated, else the manager's.
    pub fn rating(&self) -> Option<Amount> {
        self.calibrated_score.or(self.manager_score)
    }
}

/// What the person or the manager says in a review. As a whole: what is left out is not said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewPart)]
pub struct Part {
    /// Scores of and comments on goals, each goal once; goals that are not named keep the computed score.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub goals: Vec<GoalScore>,
    /// Answers, each question once.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub answers: Vec<QuestionAnswer>,
    /// The rating of the whole, within the scale; null: what goals, answers and enclosed cycles come to.
    #[serde(default)]
    pub rating: Option<Amount>,
    /// About the whole, at most 5000 characters. Where the manager's rating differs from what it comes to, it says why.
    #[serde(default)]
    pub comment: Option<String>,
}

/// What someone says of a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewGoalScore)]
pub struct GoalScore {
    /// The goal.
    pub goal_id: GoalId,
    /// Its score, within the scale; null: the computed one.
    #[serde(default)]
    pub score: Option<Amount>,
    /// A comment, at most 5000 characters. Where the manager's score differs from the computed one, it says why.
    #[serde(default)]
    pub comment: Option<String>,
}

/// An answer to a question: by the one field of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewAnswer)]
pub struct QuestionAnswer {
    /// The question's key.
    pub question: String,
    /// In words, at most 5000 characters.
    #[serde(default)]
    pub text: Option<String>,
    /// A score within the scale.
    #[serde(default)]
    pub rating: Option<Amount>,
    /// The key of a choice.
    #[serde(default)]
    pub choice: Option<String>,
}

/// What a review is scored by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ground {
    /// The person's goals.
    pub goals: Vec<ReviewedGoal>,
    /// The cycles inside.
    pub cycles: Vec<ReviewedCycle>,
    /// Who submitted the manager's review by it; none while nobody has.
    #[serde(default)]
    pub handed_in_by: Option<PersonId>,
}

/// A goal of the person in a review: one that was agreed upon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewedGoal {
    /// The goal.
    pub id: GoalId,
    /// What it is.
    pub kind: GoalKind,
    /// What it says.
    pub title: String,
    /// Its life.
    pub state: State,
    /// How firmly it was promised.
    pub commitment: Commitment,
    /// Its metric.
    pub metric_id: Option<MetricId>,
    /// The unit as it is written beside values.
    pub display_unit: Option<String>,
    /// Which way is good; null where the figure is the mean of linked goals.
    pub direction: Option<Direction>,
    /// Where its value started.
    pub start: Option<Amount>,
    /// Its target.
    pub target: Option<Amount>,
    /// Of `between`: the lower bound.
    pub lo: Option<Amount>,
    /// Of `between`: the upper bound.
    pub hi: Option<Amount>,
    /// The value that it reached; null where there is none to show.
    pub value: Option<Derived>,
    /// The attainment as it is, above 1 and below 0 included; null where there is nothing to measure.
    pub attainment: Option<Fraction>,
    /// The attainment held in [0, 1].
    pub progress: Option<Fraction>,
    /// How it stood against what is expected.
    pub status: Status,
    /// How it ended; null until it is over.
    pub result: Option<Outcome>,
    /// What it counts in the review.
    pub review_weight: Weight,
    /// The score that its attainment comes to by the template; null where it has none.
    pub score: Option<Amount>,
    /// Why it has none; only one without data counts as not rated, the others do not count at all.
    pub unscored: Option<ReviewUnscored>,
}

impl ReviewedGoal {
    /// Whether it counts, rated or not.
    pub fn counts(&self) -> bool {
        self.unscored.is_none_or(|why| why == ReviewUnscored::NoData)
    }
}

/// What a cycle inside came to for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewedCycle {
    /// The cycle.
    pub id: CycleId,
    /// Its name.
    pub name: String,
    /// The rating of the review that was shared there, on its own scale; null where there is none.
    pub rating: Option<Amount>,
    /// The same on the scale of this review.
    pub score: Option<Amount>,
    /// What it counts.
    pub weight: Weight,
}

/// A move of a rating, or its confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The rating before.
    pub from: Option<Amount>,
    /// The rating after.
    pub to: Amount,
    /// Why; none where it was confirmed.
    pub reason: Option<String>,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Instant,
}

/// Someone's review as lists go by it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reviews)]
pub struct Listed {
    /// Its id.
    pub id: ReviewId,
    /// Its cycle.
    pub cycle_id: CycleId,
    /// Whom it is about.
    pub person_id: PersonId,
    /// Where it stands.
    pub step: ReviewStep,
    /// What the figures alone came to.
    pub computed_score: Option<Amount>,
    /// What the person came to.
    pub self_score: Option<Amount>,
    /// The manager's rating.
    pub manager_score: Option<Amount>,
    /// The rating after calibration.
    pub calibrated_score: Option<Amount>,
    /// When the person submitted.
    pub self_submitted_at: Option<Instant>,
    /// Who wrote the manager's review last.
    pub manager_by: Option<PersonId>,
    /// When it was submitted.
    pub manager_submitted_at: Option<Instant>,
    /// When it was shared.
    pub shared_at: Option<Instant>,
    /// When it was acknowledged.
    pub acknowledged_at: Option<Instant>,
    /// Why HR left the person out.
    pub excluded_reason: Option<String>,
    /// Its version.
    pub version: i64,
}

impl Listed {
    /// Whether the person sees what came of it.
    pub const fn is_shared(&self) -> bool {
        matches!(self.step, ReviewStep::Shared | ReviewStep::Acknowledged)
    }

    /// The rating that holds: calibrated, else the manager's.
    pub fn rating(&self) -> Option<Amount> {
        self.calibrated_score.or(self.manager_score)
    }
}

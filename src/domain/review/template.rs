//! What a review asks, of whom, and how it comes to a score.

use super::scale::ScalePoint;
use crate::domain::amount::{Amount, Weight};
use crate::domain::words::{Locale, ReviewQuestionKind, ReviewRole, ReviewSectionKind, ReviewedPeople};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text in English and in Vietnamese: in one of them at least; the other then shows the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewText)]
pub struct Text {
    /// In English.
    #[serde(default)]
    pub en: Option<String>,
    /// In Vietnamese.
    #[serde(default)]
    pub vi: Option<String>,
}

impl Text {
    /// A text in both languages.
    pub fn new(en: &str, vi: &str) -> Self {
        Self { en: Some(en.to_owned()), vi: Some(vi.to_owned()) }
    }

    /// The text in a language; where there is none, in the other.
    pub fn read(&self, locale: Locale) -> &str {
        let (first, other) = match locale {
            Locale::En => (&self.en, &self.vi),
            Locale::Vi => (&self.vi, &self.en),
        };
        first.as_deref().or(other.as_deref()).unwrap_or_default()
    }
}

/// What a review asks, of whom, and how it comes to a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewTemplate {
    /// The points of the rating scale, the lowest first; 2 to 20. A rating is any number from the lowest to the highest.
    #[schema(min_items = 2, max_items = 20)]
    pub scale: Vec<ScalePoint>,
    /// Its sections, in their order; 1 to 20. Those of kind `goals` and `cycles` are there once at most.
    #[schema(min_items = 1, max_items = 20)]
    pub sections: Vec<Section>,
    /// How goals become a score.
    pub scoring: Scoring,
    /// How the review goes its way.
    pub settings: Settings,
}

impl ReviewTemplate {
    /// A question, by its key.
    pub fn question(&self, key: &str) -> Option<(&Section, &Question)> {
        let all = self.sections.iter().flat_map(|section| section.questions.iter().map(move |one| (section, one)));
        all.into_iter().find(|(_, question)| question.key == key)
    }

    /// Whether anything is asked of someone.
    pub fn asks(&self, role: ReviewRole) -> bool {
        self.sections.iter().any(|section| section.asked_in.contains(&role))
    }
}

/// A section of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewSection)]
pub struct Section {
    /// Its key: a small letter, then small letters, digits and underscores; at most 50. Once in a template.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,49}$", examples("goals"))]
    pub key: String,
    /// Its title, at most 250 characters.
    pub title: Text,
    /// What it is about.
    pub kind: ReviewSectionKind,
    /// What its score counts in the whole; 0: it is there to be read.
    #[serde(default)]
    pub weight: Weight,
    /// Of whom it is asked. In a section of kind `goals` whoever is asked may score and comment on goals; the one of kind
    /// `cycles` is asked of nobody.
    #[serde(default)]
    #[schema(max_items = 2)]
    pub asked_in: Vec<ReviewRole>,
    /// Of kind `questions`: its questions; 1 to 50, else none.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub questions: Vec<Question>,
    /// Of kind `cycles`: what each cycle inside counts, in the order of their first days; 1 for those beyond the list. At
    /// most 60.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub cycle_weights: Vec<Weight>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewQuestion)]
pub struct Question {
    /// Its key, formed like a section's. Once in a template.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,49}$", examples("teamwork"))]
    pub key: String,
    /// What is asked, at most 1000 characters.
    pub text: Text,
    /// How it is answered.
    pub kind: ReviewQuestionKind,
    /// Of kind `rating`: what it counts in its section.
    #[serde(default)]
    pub weight: Weight,
    /// Of kind `choice`: what can be chosen; 2 to 20, else none.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub choices: Vec<Choice>,
    /// By whom it must be answered before they submit: some of those whom its section is asked of.
    #[serde(default)]
    #[schema(max_items = 2)]
    pub required_in: Vec<ReviewRole>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewChoice)]
pub struct Choice {
    /// Its key, formed like a section's. Once in a question.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,49}$", examples("ready"))]
    pub key: String,
    /// What it says, at most 250 characters.
    pub label: Text,
}

/// How goals become a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewScoring)]
pub struct Scoring {
    /// Which score an attainment comes to.
    pub map: ScoreMap,
    /// The attainment that counts at most, a fraction above 0 (`"1.2"` is 120 %); null: as it is.
    #[serde(default)]
    pub cap: Option<Amount>,
    /// Whether aspirational goals count; not unless said.
    #[serde(default)]
    pub aspirational: bool,
    /// What the means of OKRs (objectives, key results) and of KPI goals count; null: all goals are one mean.
    #[serde(default)]
    pub part_weights: Option<PartWeights>,
    /// The share of the weight that must be rated, a fraction from 0 to 1: below it there is no score.
    pub minimum_share: Amount,
}

/// What OKRs and KPI goals count beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewPartWeights)]
pub struct PartWeights {
    /// Objectives and key results.
    pub okr: Weight,
    /// KPI goals.
    pub kpi: Weight,
}

/// Which score an attainment comes to: by a table of bands, or by a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = ReviewScoreMap)]
pub enum ScoreMap {
    /// The score of the band that the attainment lies in.
    Table {
        /// The bands, the lowest first; 1 to 50. The first one has neither `from` nor `over`, each other one of them.
        #[schema(min_items = 1, max_items = 50)]
        bands: Vec<Band>,
    },
    /// The score on the line through points, held at its ends.
    Line {
        /// The points, by attainment; 2 to 50.
        #[schema(min_items = 2, max_items = 50)]
        points: Vec<LinePoint>,
    },
}

/// A band of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewBand)]
pub struct Band {
    /// The attainment that it begins with, as a fraction (`"0.6"` is 60 %).
    #[serde(default)]
    pub from: Option<Amount>,
    /// The attainment beyond which it begins: just this one still lies below.
    #[serde(default)]
    pub over: Option<Amount>,
    /// The score, within the scale.
    pub score: Amount,
}

/// A point of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewLinePoint)]
pub struct LinePoint {
    /// The attainment, as a fraction.
    pub attainment: Amount,
    /// The score, within the scale.
    pub score: Amount,
}

/// How a review goes its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewSettings)]
pub struct Settings {
    /// Who gets a review when the cycle enters its review.
    pub people: ReviewedPeople,
    /// Whether the self-review is hidden from those who review until it is submitted.
    pub self_hidden: bool,
    /// Whether the manager's review is hidden from the person until it is shared.
    pub manager_hidden: bool,
    /// Whether ratings are calibrated: HR then shares, else whoever reviews.
    pub calibration: bool,
    /// By when each step is to be reached.
    #[serde(default)]
    pub deadlines: DeadlineDays,
}

/// Defines the deadlines of the steps: the same steps in days and as days of the calendar.
macro_rules! deadlines {
    ($($(#[$doc:meta])* $name:ident as $schema:ident of $when:ty;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(as = $schema)]
        pub struct $name {
            /// Until the self-review is submitted. Once it is over, the manager may go on without one. Null: none.
            #[serde(default)]
            pub self_submitted: Option<$when>,
            /// Until the manager's review is submitted. Null: none.
            #[serde(default)]
            pub manager_submitted: Option<$when>,
            /// Until it is shared. Null: none.
            #[serde(default)]
            pub shared: Option<$when>,
            /// Until it is acknowledged. Null: none.
            #[serde(default)]
            pub acknowledged: Option<$when>,
        }
    )*};
}

deadlines! {
    /// By when each step is to be reached: so many days (0 to 366) after the cycle's last day, or after the day on which
    /// its review began where that is later.
    DeadlineDays as ReviewDeadlineDays of u32;
    /// By when each step is to be reached: by the end of a day in the organization's time zone.
    Deadlines as ReviewDeadlines of NaiveDate;
}

impl DeadlineDays {
    /// The days that these come to, counted from one.
    pub fn after(self, day: NaiveDate) -> Deadlines {
        let due = |days: Option<u32>| day.checked_add_days(Days::new(days?.into()));
        Deadlines {
            self_submitted: due(self.self_submitted),
            manager_submitted: due(self.manager_submitted),
            shared: due(self.shared),
            acknowledged: due(self.acknowledged),
        }
    }
}

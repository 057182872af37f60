//! Whether a part of a review says what it may, and before it is submitted, what it must.

use super::find::Known;
use super::model::{GoalScore, Ground, Part, QuestionAnswer};
use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::derived::Fraction;
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::domain::review::score::ScoredGoal;
use crate::domain::review::{Question, ReviewTemplate, ends};
use crate::domain::words::{Commitment, ReviewQuestionKind, ReviewRole, ReviewSectionKind};
use crate::error::{Code, Faults, Result};
use crate::goals::{self, model::Goal};
use std::collections::{HashMap, HashSet};

/// A part with its texts trimmed, or everything that is wrong with it. It may say less than it must in the end.
pub(super) fn checked(tx: &mut Tx<'_>, known: &Known, role: ReviewRole, part: &Part) -> Result<Part> {
    let owned = goals::owned(tx, &[known.review.cycle_id], &[known.review.person_id])?;
    let owned: HashMap<GoalId, Goal> = owned.into_iter().map(|goal| (goal.id, goal)).collect();
    let template = &known.setup.template;
    let mut faults = Faults::new();
    let checked = Part {
        goals: goals_said(template, role, &part.goals, &owned, &mut faults),
        answers: answers(template, role, &part.answers, &mut faults),
        rating: part.rating,
        comment: faults.optional_text("/comment", part.comment.as_deref(), limits::NOTE),
    };
    within_scale(template, part.rating, "/rating", &mut faults);
    faults.finish()?;
    Ok(checked)
}

fn goals_said(
    template: &ReviewTemplate,
    role: ReviewRole,
    said: &[GoalScore],
    owned: &HashMap<GoalId, Goal>,
    faults: &mut Faults,
) -> Vec<GoalScore> {
    let mut section = template.sections.iter().filter(|section| section.kind == ReviewSectionKind::Goals);
    let asked = section.any(|section| section.asked_in.contains(&role));
    faults.check(asked || said.is_empty(), "/goals", Code::NotAskedOfThem);
    let mut met = HashSet::new();
    let mut checked = Vec::with_capacity(said.len());
    for (place, one) in said.iter().enumerate() {
        let at = format!("/goals/{place}");
        faults.check(met.insert(one.goal_id), &format!("{at}/goal_id"), Code::Duplicate);
        match owned.get(&one.goal_id) {
            None => faults.add(format!("{at}/goal_id"), Code::NoSuchReference),
            Some(goal) => {
                let counts = one.score.is_none() || counts(template, goal);
                faults.check(counts, &format!("{at}/score"), Code::NotAskedOfThem);
            }
        }
        within_scale(template, one.score, &format!("{at}/score"), faults);
        let comment = faults.optional_text(&format!("{at}/comment"), one.comment.as_deref(), limits::NOTE);
        checked.push(GoalScore { comment, ..one.clone() });
    }
    checked
}

/// Whether a goal counts, rated or not.
fn counts(template: &ReviewTemplate, goal: &Goal) -> bool {
    let aspirational = goal.commitment == Commitment::Aspirational;
    let attainment = Some(Fraction::ZERO);
    let scored = ScoredGoal { state: goal.state, aspirational, weight: goal.review_weight, attainment };
    template.scoring.unscored(&scored).is_none()
}

fn answers(
    template: &ReviewTemplate,
    role: ReviewRole,
    said: &[QuestionAnswer],
    faults: &mut Faults,
) -> Vec<QuestionAnswer> {
    let mut met = HashSet::new();
    let mut checked = Vec::with_capacity(said.len());
    for (place, one) in said.iter().enumerate() {
        let at = format!("/answers/{place}");
        faults.check(met.insert(&one.question), &format!("{at}/question"), Code::Duplicate);
        let Some((section, question)) = template.question(&one.question) else {
            faults.add(format!("{at}/question"), Code::NoSuchReference);
            continue;
        };
        faults.check(section.asked_in.contains(&role), &format!("{at}/question"), Code::NotAskedOfThem);
        let answer = answer(template, question, one, &at, faults);
        // What says nothing is no answer.
        if answer.text.is_some() || answer.rating.is_some() || answer.choice.is_some() {
            checked.push(answer);
        }
    }
    checked
}

fn answer(
    template: &ReviewTemplate,
    question: &Question,
    said: &QuestionAnswer,
    at: &str,
    faults: &mut Faults,
) -> QuestionAnswer {
    let text = faults.optional_text(&format!("{at}/text"), said.text.as_deref(), limits::NOTE);
    within_scale(template, said.rating, &format!("{at}/rating"), faults);
    if let Some(choice) = &said.choice {
        let known = question.choices.iter().any(|one| one.key == *choice);
        let other = question.kind != ReviewQuestionKind::Choice;
        faults.check(known || other, &format!("{at}/choice"), Code::NoSuchReference);
    }
    for (kind, field, given) in [
        (ReviewQuestionKind::Text, "text", text.is_some()),
        (ReviewQuestionKind::Rating, "rating", said.rating.is_some()),
        (ReviewQuestionKind::Choice, "choice", said.choice.is_some()),
    ] {
        let fits = !given || question.kind == kind;
        faults.check(fits, &format!("{at}/{field}"), Code::NotOfThisKind.word("kind", question.kind));
    }
    QuestionAnswer { text, ..said.clone() }
}

fn within_scale(template: &ReviewTemplate, score: Option<Amount>, at: &str, faults: &mut Faults) {
    if let (Some(score), Some((low, high))) = (score, ends(&template.scale)) {
        faults.check((low..=high).contains(&score), at, Code::OutOfRange.with("least", low).with("most", high));
    }
}

/// What a part comes to when it is submitted, or everything that is lacking: required answers and, from the manager, a
/// comment wherever their score differs from the one that was computed. Pointers lead into the part, an answer by its
/// question's key, a goal by its id.
pub(super) fn submitted(
    template: &ReviewTemplate,
    role: ReviewRole,
    part: &Part,
    ground: &Ground,
) -> Result<Option<Amount>> {
    let mut faults = Faults::new();
    let asked = template.sections.iter().flat_map(|section| &section.questions);
    for question in asked.filter(|question| question.required_in.contains(&role)) {
        let answered = part.answers.iter().any(|answer| answer.question == question.key);
        faults.check(answered, &format!("/answers/{}", question.key), Code::Required);
    }
    let proposed = ground.scores(template, Some((role, part))).score;
    let rating = part.rating.or(proposed);
    if role == ReviewRole::Manager {
        explained(part, ground, proposed, &mut faults);
        faults.check(rating.is_some(), "/rating", Code::NoRating);
    }
    faults.finish()?;
    Ok(rating)
}

fn explained(part: &Part, ground: &Ground, proposed: Option<Amount>, faults: &mut Faults) {
    let why = |computed: Option<Amount>| {
        let computed = computed.map_or_else(|| "–".to_owned(), |score| score.to_string());
        Code::CommentRequired.with("computed", computed)
    };
    for one in &part.goals {
        let computed = ground.goals.iter().find(|goal| goal.id == one.goal_id).and_then(|goal| goal.score);
        let agrees = one.score.is_none() || one.score == computed;
        faults.check(agrees || one.comment.is_some(), &format!("/goals/{}/comment", one.goal_id), why(computed));
    }
    let agrees = part.rating.is_none() || part.rating == proposed;
    faults.check(agrees || part.comment.is_some(), "/comment", why(proposed));
}

//! Scores by hand, and the way of a review.

use super::score::{ScoredGoal, Weighed, mean};
use super::*;
use crate::domain::amount::{Amount, Weight};
use crate::domain::derived::{Derived, Fraction};
use crate::domain::words::{
    GoalKind, ReviewAct, ReviewQuestionKind, ReviewRole, ReviewSectionKind, ReviewStep, ReviewUnscored, State,
};
use std::collections::HashMap;

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn fraction(text: &str) -> Fraction {
    Fraction::from_units(i128::from(amount(text).units()) * 100_000_000)
}

fn derived(text: &str) -> Derived {
    amount(text).into()
}

fn scoring() -> Scoring {
    standard_template().scoring
}

fn line(points: &[(&str, &str)]) -> Scoring {
    let point = |(attainment, score): &(&str, &str)| LinePoint { attainment: amount(attainment), score: amount(score) };
    Scoring { map: ScoreMap::Line { points: points.iter().map(point).collect() }, ..scoring() }
}

fn goal(attainment: Option<&str>, weight: &str) -> ScoredGoal {
    let attainment = attainment.map(fraction);
    ScoredGoal { state: State::Active, aspirational: false, weight: weight.parse().unwrap(), attainment }
}

fn score(scoring: &Scoring, attainment: &str) -> String {
    scoring.score(&goal(Some(attainment), "1")).unwrap().to_string()
}

#[test]
fn a_table_gives_the_score_of_the_band_that_an_attainment_lies_in() {
    for (attainment, expected) in [
        ("-5", "1"),
        ("0", "1"),
        ("0.5999", "1"),
        ("0.6", "2"),
        ("0.7999", "2"),
        ("0.8", "3"),
        ("0.9999", "3"),
        ("1", "4"),
        ("1.05", "4"),
        ("1.0501", "5"),
        ("900000", "5"),
    ] {
        assert_eq!(score(&scoring(), attainment), expected, "{attainment}");
    }
    let just_below = ScoredGoal { attainment: Some(Fraction::from_units(599_999_999_999)), ..goal(None, "1") };
    assert_eq!(scoring().score(&just_below), Some(derived("2")), "compared after rounding to 10 decimals");
}

#[test]
fn a_line_leads_through_its_points_and_is_held_at_its_ends() {
    let scoring = line(&[("0.5", "1"), ("1", "4"), ("1.3", "5")]);
    for (attainment, expected) in
        [("-1", "1"), ("0.5", "1"), ("0.75", "2.5"), ("1", "4"), ("1.1", "4.3333"), ("1.3", "5"), ("7", "5")]
    {
        assert_eq!(score(&scoring, attainment), expected, "{attainment}");
    }
    let falling = line(&[("0", "5"), ("1", "1")]);
    assert_eq!(score(&falling, "0.25"), "4", "a scale may run the other way");
}

#[test]
fn over_achievement_counts_up_to_the_cap() {
    let open = line(&[("0", "0"), ("2", "10")]);
    let capped = Scoring { cap: Some(amount("1.2")), ..open.clone() };
    assert_eq!((score(&open, "1.5"), score(&capped, "1.5")), ("7.5".to_owned(), "6".to_owned()));
    assert_eq!(score(&capped, "1.2"), "6");
    assert_eq!(score(&capped, "0.4"), "2");
}

#[test]
fn what_has_no_score_says_why() {
    let why = |goal: ScoredGoal| scoring().unscored(&goal);
    let fine = goal(Some("1"), "1");
    assert_eq!(why(fine), None);
    assert_eq!(why(ScoredGoal { state: State::Completed, ..fine }), None);
    assert_eq!(why(ScoredGoal { state: State::OnHold, ..fine }), Some(ReviewUnscored::OnHold));
    assert_eq!(why(ScoredGoal { state: State::Cancelled, ..fine }), Some(ReviewUnscored::Cancelled));
    assert_eq!(why(goal(Some("1"), "0")), Some(ReviewUnscored::Weightless));
    assert_eq!(why(goal(None, "1")), Some(ReviewUnscored::NoData));
    let aspirational = ScoredGoal { aspirational: true, ..fine };
    assert_eq!(why(aspirational), Some(ReviewUnscored::Aspirational));
    let counting = Scoring { aspirational: true, ..scoring() };
    assert_eq!(counting.score(&aspirational), Some(derived("4")));
}

fn weighed(score: Option<&str>, weight: &str) -> Weighed {
    Weighed { score: score.map(derived), weight: weight.parse().unwrap() }
}

fn together(scoring: &Scoring, goals: &[(GoalKind, Option<&str>, &str)]) -> Option<String> {
    let goals: Vec<_> = goals.iter().map(|(kind, score, weight)| (*kind, weighed(*score, weight))).collect();
    scoring.together(&goals).map(|score| score.to_string())
}

#[test]
fn goals_count_by_their_weights_and_unrated_ones_leave_the_mean() {
    use GoalKind::{Kpi, Objective};
    let half = scoring();
    // (5·60 + 3·30 + 1·10) / 100
    let all = [(Kpi, Some("5"), "60"), (Objective, Some("3"), "30"), (Kpi, Some("1"), "10")];
    assert_eq!(together(&half, &all).unwrap(), "4");
    // (5·60 + 1·10) / 70
    let unrated = [(Kpi, Some("5"), "60"), (Objective, None, "30"), (Kpi, Some("1"), "10")];
    assert_eq!(together(&half, &unrated).unwrap(), "4.4286");
    let just_half = [(Kpi, Some("5"), "50"), (Kpi, None, "50")];
    assert_eq!(together(&half, &just_half).unwrap(), "5", "the minimum share is enough");
    let less = [(Kpi, Some("5"), "49.9999"), (Kpi, None, "50.0001")];
    assert_eq!(together(&half, &less), None, "a little less is not");
    let any = Scoring { minimum_share: Amount::ZERO, ..scoring() };
    assert_eq!(together(&any, &less).unwrap(), "5");
    assert_eq!(together(&any, &[(Kpi, None, "1")]), None, "nothing is rated");
    assert_eq!(together(&any, &[]), None);
    let whole = Scoring { minimum_share: Amount::ONE, ..scoring() };
    assert_eq!(together(&whole, &unrated), None);
    assert_eq!(together(&whole, &all).unwrap(), "4");
}

#[test]
fn okr_and_kpi_parts_are_weighed_apart() {
    use GoalKind::{KeyResult, Kpi, Objective};
    let parts = PartWeights { okr: "30".parse().unwrap(), kpi: "70".parse().unwrap() };
    let apart = Scoring { part_weights: Some(parts), ..scoring() };
    // OKRs (2·1 + 4·1)/2 = 3, KPIs (5·9 + 1·1)/10 = 4.6; (30·3 + 70·4.6)/100 = 4.12
    let all = [(Objective, Some("2"), "1"), (KeyResult, Some("4"), "1"), (Kpi, Some("5"), "9"), (Kpi, Some("1"), "1")];
    assert_eq!(together(&apart, &all).unwrap(), "4.12");
    let okr_alone = &all[..2];
    assert_eq!(together(&apart, okr_alone).unwrap(), "3", "a part without goals leaves the mean");
    // The OKR part is not rated at all: 70 of 100 are.
    let kpi_rated = [(Objective, None, "1"), (Kpi, Some("5"), "1")];
    assert_eq!(together(&apart, &kpi_rated).unwrap(), "5");
    let strict = Scoring { minimum_share: amount("0.71"), ..apart.clone() };
    assert_eq!(together(&strict, &kpi_rated), None);
    let none = PartWeights { okr: Weight::ZERO, ..parts };
    assert_eq!(together(&Scoring { part_weights: Some(none), ..scoring() }, okr_alone), None);
    assert_eq!(together(&Scoring { part_weights: Some(none), ..scoring() }, &all).unwrap(), "4.6");
}

#[test]
fn a_mean_is_rounded_once() {
    let third = mean([weighed(Some("1"), "1"), weighed(Some("2"), "2")].into_iter()).unwrap();
    assert_eq!(third, Derived::from_units(166_666_667).unwrap());
}

#[test]
fn a_rating_moves_to_another_scale_as_far_between_its_ends() {
    let to = |rating, from: (&str, &str), onto: (&str, &str)| {
        let ends = |(low, high)| (amount(low), amount(high));
        convert(amount(rating), ends(from), ends(onto)).map(|score| score.to_string())
    };
    assert_eq!(to("3.4", ("1", "5"), ("0.25", "5")).unwrap(), "3.1");
    assert_eq!(to("1", ("1", "5"), ("0", "100")).unwrap(), "0");
    assert_eq!(to("5", ("1", "5"), ("0", "100")).unwrap(), "100");
    assert_eq!(to("3", ("3", "3"), ("0", "100")), None);
}

#[test]
fn a_rating_belongs_to_the_nearest_point_of_its_scale() {
    let scale = standard_template().scale;
    for (rating, place) in [("1", 0), ("1.4999", 0), ("1.5", 1), ("4.4", 3), ("5", 4), ("-3", 0), ("9", 4)] {
        assert_eq!(nearest(&scale, amount(rating)), Some(place), "{rating}");
    }
    assert_eq!((nearest(&[], amount("1")), ends(&[])), (None, None));
    assert_eq!(ends(&scale), Some((amount("1"), amount("5"))));
}

/// Goals 2, a rating question for both 1, one for the manager alone 1, the cycles inside 1.
fn sectioned() -> ReviewTemplate {
    let mut template = standard_template();
    let asked = |key: &str, roles: &[ReviewRole]| Section {
        key: key.to_owned(),
        weight: Weight::ONE,
        asked_in: roles.to_vec(),
        questions: vec![Question {
            key: format!("{key}_rating"),
            kind: ReviewQuestionKind::Rating,
            ..template.sections[1].questions[0].clone()
        }],
        ..template.sections[1].clone()
    };
    let (both, manager) =
        (asked("values", &[ReviewRole::SelfReview, ReviewRole::Manager]), asked("potential", &[ReviewRole::Manager]));
    let cycles = Section { kind: ReviewSectionKind::Cycles, questions: Vec::new(), ..asked("quarters", &[]) };
    template.sections[0].weight = "2".parse().unwrap();
    template.sections.truncate(1);
    template.sections.extend([both, manager, cycles]);
    template
}

#[test]
fn sections_count_by_their_weights_where_they_are_asked_and_have_a_score() {
    let template = sectioned();
    let goals = [GoalMark { kind: GoalKind::Kpi, weight: Weight::ONE, score: Some(amount("4")) }];
    let cycles = [weighed(Some("3"), "1"), weighed(Some("2"), "3"), weighed(None, "1")];
    let ratings =
        HashMap::from([("values_rating".to_owned(), amount("5")), ("potential_rating".to_owned(), amount("1"))]);
    let of = |role, cycles: &[Weighed]| {
        let scored = scores(&template, &Layer { role, goals: &goals, cycles, ratings: &ratings });
        (
            scored.score.unwrap().to_string(),
            scored.sections.into_iter().map(|one| one.map(|one| one.to_string())).collect::<Vec<_>>(),
        )
    };
    let told = |text: &str| Some(text.to_owned());
    // Cycles (3·1 + 2·3)/4 = 2.25. Alone (2·4 + 2.25)/3; self (2·4 + 5 + 2.25)/4; manager (2·4 + 5 + 1 + 2.25)/5.
    assert_eq!(of(None, &cycles), ("3.4167".to_owned(), vec![told("4"), None, None, told("2.25")]));
    assert_eq!(
        of(Some(ReviewRole::SelfReview), &cycles),
        ("3.8125".to_owned(), vec![told("4"), told("5"), None, told("2.25")])
    );
    assert_eq!(
        of(Some(ReviewRole::Manager), &cycles),
        ("3.25".to_owned(), vec![told("4"), told("5"), told("1"), told("2.25")])
    );
    // Too few of the quarters are rated: their section leaves the mean. (2·4 + 5 + 1)/4
    let few = [weighed(Some("3"), "1"), weighed(None, "2")];
    assert_eq!(of(Some(ReviewRole::Manager), &few).0, "3.5");
}

const PLAIN: Flow = Flow { self_asked: true, self_overdue: false, calibration: false };

fn way(acts: &[ReviewAct], flow: Flow) -> Option<ReviewStep> {
    acts.iter().try_fold(ReviewStep::NotStarted, |step, act| after(step, *act, flow))
}

#[test]
fn a_review_goes_step_by_step() {
    use ReviewAct::*;
    let (written, managed) = ([WriteSelf, SubmitSelf], [WriteManager, SubmitManager]);
    let all = [&written[..], &managed, &[Share, Acknowledge]].concat();
    assert_eq!(way(&all, PLAIN), Some(ReviewStep::Acknowledged));
    for skipped in 0..all.len() - 1 {
        let mut acts = all.clone();
        acts.remove(skipped);
        assert_eq!(way(&acts, PLAIN), None, "without {:?}", all[skipped]);
    }
    assert_eq!(way(&managed, PLAIN), None, "not before the person");
    let submitted = Some(ReviewStep::ManagerSubmitted);
    assert_eq!(way(&managed, Flow { self_overdue: true, ..PLAIN }), submitted);
    assert_eq!(way(&managed, Flow { self_asked: false, ..PLAIN }), submitted);
    assert_eq!(way(&written, Flow { self_asked: false, ..PLAIN }), None);
    assert_eq!(way(&[&all[..], &[Acknowledge]].concat(), PLAIN), None, "once");
}

#[test]
fn a_review_is_returned_a_step_and_reopened_after_it_was_shared() {
    use ReviewAct::*;
    let calibrated = Flow { calibration: true, ..PLAIN };
    for (step, back) in [
        (ReviewStep::NotStarted, None),
        (ReviewStep::SelfDraft, None),
        (ReviewStep::SelfSubmitted, Some(ReviewStep::SelfDraft)),
        (ReviewStep::ManagerDraft, Some(ReviewStep::SelfDraft)),
        (ReviewStep::ManagerSubmitted, Some(ReviewStep::ManagerDraft)),
        (ReviewStep::Calibration, Some(ReviewStep::ManagerDraft)),
        (ReviewStep::Shared, None),
        (ReviewStep::Acknowledged, None),
    ] {
        assert_eq!(after(step, Return, PLAIN), back, "{step}");
        let shown = matches!(step, ReviewStep::Shared | ReviewStep::Acknowledged);
        assert_eq!(after(step, Reopen, PLAIN), shown.then_some(ReviewStep::ManagerSubmitted));
        assert_eq!(after(step, Reopen, calibrated), shown.then_some(ReviewStep::Calibration));
        assert_eq!(after(step, Exclude, PLAIN), (!shown).then_some(step));
        let rated = matches!(step, ReviewStep::ManagerSubmitted | ReviewStep::Calibration);
        assert_eq!(after(step, Calibrate, calibrated), rated.then_some(ReviewStep::Calibration));
        assert_eq!(after(step, Calibrate, PLAIN), None);
    }
    assert_eq!(after(ReviewStep::ManagerDraft, Return, Flow { self_asked: false, ..PLAIN }), None);
}

//! The template of a cycle that chose none.

use super::scale::ScalePoint;
use super::template::{Band, DeadlineDays, Question, ReviewTemplate, ScoreMap, Scoring, Section, Settings, Text};
use crate::domain::amount::{Amount, Weight};
use crate::domain::words::{ReviewQuestionKind, ReviewRole, ReviewSectionKind, ReviewedPeople};

/// The goals by a table of five points, a few questions to reflect on, no calibration.
pub fn standard_template() -> ReviewTemplate {
    ReviewTemplate {
        scale: scale(),
        sections: vec![goals(), reflection(), feedback()],
        scoring: scoring(),
        settings: Settings {
            people: ReviewedPeople::WithGoals,
            self_hidden: true,
            manager_hidden: true,
            calibration: false,
            deadlines: DeadlineDays {
                self_submitted: Some(7),
                manager_submitted: Some(14),
                shared: Some(21),
                acknowledged: Some(28),
            },
        },
    }
}

fn amount(ten_thousandths: i64) -> Amount {
    Amount::from_units(ten_thousandths).unwrap_or(Amount::ZERO)
}

fn scale() -> Vec<ScalePoint> {
    let labels = [
        ("Unsatisfactory", "Không đạt"),
        ("Needs improvement", "Cần cải thiện"),
        ("Meets expectations", "Đạt yêu cầu"),
        ("Exceeds expectations", "Vượt yêu cầu"),
        ("Outstanding", "Xuất sắc"),
    ];
    let point =
        |(score, (en, vi)): (i64, (&str, &str))| ScalePoint { score: amount(score * 10_000), label: Text::new(en, vi) };
    (1..).zip(labels).map(point).collect()
}

/// Below 60 % 1, below 80 % 2, below 100 % 3, up to 105 % 4, beyond 5.
fn scoring() -> Scoring {
    let from = |at, score| Band { from: Some(amount(at)), over: None, score: amount(score) };
    Scoring {
        map: ScoreMap::Table {
            bands: vec![
                Band { from: None, over: None, score: amount(10_000) },
                from(6_000, 20_000),
                from(8_000, 30_000),
                from(10_000, 40_000),
                Band { from: None, over: Some(amount(10_500)), score: amount(50_000) },
            ],
        },
        cap: None,
        aspirational: false,
        part_weights: None,
        minimum_share: amount(5_000),
    }
}

fn goals() -> Section {
    Section {
        key: "goals".to_owned(),
        title: Text::new("Goals", "Mục tiêu"),
        kind: ReviewSectionKind::Goals,
        weight: Weight::ONE,
        asked_in: vec![ReviewRole::SelfReview, ReviewRole::Manager],
        questions: Vec::new(),
        cycle_weights: Vec::new(),
    }
}

fn reflection() -> Section {
    let asked = [
        (
            "achievements",
            "What went well, and what did you do for it?",
            "Điều gì đã làm tốt, và bạn đã làm gì để đạt được?",
        ),
        ("improvements", "What would you do differently?", "Bạn sẽ làm khác đi điều gì?"),
        ("support", "What do you need to do your work better?", "Bạn cần hỗ trợ gì để làm việc tốt hơn?"),
    ];
    questions("reflection", Text::new("Looking back", "Nhìn lại"), ReviewRole::SelfReview, &asked)
}

fn feedback() -> Section {
    let asked = [
        ("strengths", "What did this person do well?", "Người này đã làm tốt điều gì?"),
        ("growth", "What should they work on next?", "Người này nên phát triển điều gì tiếp theo?"),
    ];
    questions("feedback", Text::new("Feedback", "Phản hồi"), ReviewRole::Manager, &asked)
}

/// Questions of which the first must be answered.
fn questions(key: &str, title: Text, role: ReviewRole, asked: &[(&str, &str, &str)]) -> Section {
    let question = |(place, (key, en, vi)): (usize, &(&str, &str, &str))| Question {
        key: (*key).to_owned(),
        text: Text::new(en, vi),
        kind: ReviewQuestionKind::Text,
        weight: Weight::ONE,
        choices: Vec::new(),
        required_in: if place == 0 { vec![role] } else { Vec::new() },
    };
    Section {
        key: key.to_owned(),
        title,
        kind: ReviewSectionKind::Questions,
        weight: Weight::ZERO,
        asked_in: vec![role],
        questions: asked.iter().enumerate().map(question).collect(),
        cycle_weights: Vec::new(),
    }
}

//! Whether a template says what it must: every fault at once.

use crate::domain::amount::Amount;
use crate::domain::limits;
use crate::domain::review::{
    Band, DeadlineDays, LinePoint, Question, ReviewTemplate, ScalePoint, ScoreMap, Scoring, Section, Text, ends,
};
use crate::domain::words::{ReviewQuestionKind, ReviewRole, ReviewSectionKind};
use crate::error::{Code, Faults};
use std::collections::HashSet;

/// The largest number of a scale, and less nought the smallest.
const REACH: i64 = 1_000;
/// The latest deadline, in days.
const LATEST: u32 = 366;

/// Checks a template and trims its texts.
pub(super) fn check(template: &mut ReviewTemplate, faults: &mut Faults) {
    scale(&mut template.scale, faults);
    scoring(&template.scoring, ends(&template.scale), faults);
    deadlines(template.settings.deadlines, faults);
    sections(&mut template.sections, faults);
}

fn scale(points: &mut [ScalePoint], faults: &mut Faults) {
    size(points.len(), (2, limits::REVIEW_SCALE), "/scale", faults);
    let mut before: Option<Amount> = None;
    for (place, point) in points.iter_mut().enumerate() {
        let at = format!("/scale/{place}");
        text(&mut point.label, &format!("{at}/label"), limits::NAME, faults);
        let in_reach = point.score.units().unsigned_abs() <= REACH.unsigned_abs() * 10_000;
        let range = Code::OutOfRange.with("least", -REACH).with("most", REACH);
        faults.check(in_reach, &format!("{at}/score"), range);
        faults.check(before.is_none_or(|before| before < point.score), &format!("{at}/score"), Code::NotAscending);
        before = Some(point.score);
    }
}

fn scoring(scoring: &Scoring, scale: Option<(Amount, Amount)>, faults: &mut Faults) {
    let share = (Amount::ZERO..=Amount::ONE).contains(&scoring.minimum_share);
    faults.check(share, "/scoring/minimum_share", Code::OutOfRange.with("least", 0).with("most", 1));
    let smallest = Amount::from_units(1).unwrap_or(Amount::ONE);
    let cap = scoring.cap.is_none_or(|cap| (smallest..=Amount::MAX).contains(&cap));
    faults.check(cap, "/scoring/cap", Code::OutOfRange.with("least", smallest).with("most", Amount::MAX));
    let within = |score: Amount, at: String, faults: &mut Faults| {
        if let Some((low, high)) = scale {
            let range = Code::OutOfRange.with("least", low).with("most", high);
            faults.check((low..=high).contains(&score), &format!("{at}/score"), range);
        }
    };
    match &scoring.map {
        ScoreMap::Table { bands: all } => {
            bands(all, faults);
            for (place, band) in all.iter().enumerate() {
                within(band.score, format!("/scoring/map/bands/{place}"), faults);
            }
        }
        ScoreMap::Line { points: all } => {
            points(all, faults);
            for (place, point) in all.iter().enumerate() {
                within(point.score, format!("/scoring/map/points/{place}"), faults);
            }
        }
    }
}

fn bands(bands: &[Band], faults: &mut Faults) {
    size(bands.len(), (1, limits::REVIEW_BANDS), "/scoring/map/bands", faults);
    // Of two that begin at the same attainment the one beyond it comes later.
    let begins = |band: &Band| band.from.map(|from| (from, false)).or(band.over.map(|over| (over, true)));
    let mut before = None;
    for (place, band) in bands.iter().enumerate() {
        let at = format!("/scoring/map/bands/{place}");
        let said = usize::from(band.from.is_some()) + usize::from(band.over.is_some());
        faults.check(said == usize::from(place > 0), &at, Code::BandStart);
        faults.check(place == 0 || before < begins(band), &at, Code::NotAscending);
        before = begins(band);
    }
}

fn points(points: &[LinePoint], faults: &mut Faults) {
    size(points.len(), (2, limits::REVIEW_BANDS), "/scoring/map/points", faults);
    for (place, pair) in points.array_windows().enumerate() {
        let [before, after]: &[LinePoint; 2] = pair;
        let at = format!("/scoring/map/points/{}/attainment", place + 1);
        faults.check(before.attainment < after.attainment, &at, Code::NotAscending);
    }
}

fn deadlines(days: DeadlineDays, faults: &mut Faults) {
    for (name, days) in [
        ("self_submitted", days.self_submitted),
        ("manager_submitted", days.manager_submitted),
        ("shared", days.shared),
        ("acknowledged", days.acknowledged),
    ] {
        let range = Code::OutOfRange.with("least", 0).with("most", LATEST);
        faults.check(days.is_none_or(|days| days <= LATEST), &format!("/settings/deadlines/{name}"), range);
    }
}

fn sections(sections: &mut [Section], faults: &mut Faults) {
    size(sections.len(), (1, limits::REVIEW_SECTIONS), "/sections", faults);
    let (mut keys, mut questions, mut kinds) = (HashSet::new(), HashSet::new(), HashSet::new());
    for (place, section) in sections.iter_mut().enumerate() {
        let at = format!("/sections/{place}");
        key(&section.key, &at, &mut keys, faults);
        text(&mut section.title, &format!("{at}/title"), limits::TITLE, faults);
        roles(&section.asked_in, &format!("{at}/asked_in"), faults);
        if section.kind == ReviewSectionKind::Questions {
            size(section.questions.len(), (1, limits::REVIEW_QUESTIONS), &format!("{at}/questions"), faults);
        } else {
            let twice = Code::SectionTwice.word("kind", section.kind);
            faults.check(kinds.insert(section.kind), &format!("{at}/kind"), twice);
            only(section.questions.is_empty(), section, &format!("{at}/questions"), faults);
        }
        let is_cycles = section.kind == ReviewSectionKind::Cycles;
        only(is_cycles || section.cycle_weights.is_empty(), section, &format!("{at}/cycle_weights"), faults);
        only(!is_cycles || section.asked_in.is_empty(), section, &format!("{at}/asked_in"), faults);
        let most = limits::REVIEW_CYCLE_WEIGHTS;
        let few = section.cycle_weights.len() <= most;
        faults.check(few, &format!("{at}/cycle_weights"), Code::TooMany.with("most", most));
        for (place, question) in section.questions.iter_mut().enumerate() {
            check_question(question, &section.asked_in, &format!("{at}/questions/{place}"), &mut questions, faults);
        }
    }
    faults.check(sections.iter().any(counts), "/sections", Code::NothingCounts);
}

/// Whether a section can come to a score that counts.
fn counts(section: &Section) -> bool {
    let is_rated = |one: &Question| one.kind == ReviewQuestionKind::Rating && !one.weight.is_zero();
    !section.weight.is_zero()
        && match section.kind {
            ReviewSectionKind::Goals | ReviewSectionKind::Cycles => true,
            ReviewSectionKind::Questions => {
                section.asked_in.contains(&ReviewRole::Manager) && section.questions.iter().any(is_rated)
            }
        }
}

fn check_question(
    question: &mut Question,
    asked_in: &[ReviewRole],
    at: &str,
    keys: &mut HashSet<String>,
    faults: &mut Faults,
) {
    key(&question.key, at, keys, faults);
    text(&mut question.text, &format!("{at}/text"), limits::REASON, faults);
    roles(&question.required_in, &format!("{at}/required_in"), faults);
    let asked = question.required_in.iter().all(|role| asked_in.contains(role));
    faults.check(asked, &format!("{at}/required_in"), Code::NotAskedOfThem);
    let at = format!("{at}/choices");
    if question.kind == ReviewQuestionKind::Choice {
        size(question.choices.len(), (2, limits::REVIEW_CHOICES), &at, faults);
    } else {
        faults.check(question.choices.is_empty(), &at, Code::NotOfThisKind.word("kind", question.kind));
    }
    let mut own = HashSet::new();
    for (place, choice) in question.choices.iter_mut().enumerate() {
        key(&choice.key, &format!("{at}/{place}"), &mut own, faults);
        text(&mut choice.label, &format!("{at}/{place}/label"), limits::TITLE, faults);
    }
}

fn only(holds: bool, section: &Section, at: &str, faults: &mut Faults) {
    faults.check(holds, at, Code::NotOfThisKind.word("kind", section.kind));
}

fn size(count: usize, (least, most): (usize, usize), at: &str, faults: &mut Faults) {
    faults.check(count >= least, at, Code::TooFew.with("least", least));
    faults.check(count <= most, at, Code::TooMany.with("most", most));
}

fn roles(roles: &[ReviewRole], at: &str, faults: &mut Faults) {
    let mut met = HashSet::new();
    for (place, role) in roles.iter().enumerate() {
        faults.check(met.insert(role), &format!("{at}/{place}"), Code::Duplicate);
    }
}

fn key(key: &str, at: &str, met: &mut HashSet<String>, faults: &mut Faults) {
    let at = format!("{at}/key");
    let fits = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && key.len() <= limits::CODE;
    faults.check(fits, &at, Code::BadKey);
    faults.check(met.insert(key.to_owned()), &at, Code::Duplicate);
}

/// A text in one language at least, trimmed.
fn text(text: &mut Text, at: &str, most: usize, faults: &mut Faults) {
    let mut trimmed =
        |name: &str, text: &Option<String>| faults.optional_line(&format!("{at}/{name}"), text.as_deref(), most);
    let (en, vi) = (trimmed("en", &text.en), trimmed("vi", &text.vi));
    *text = Text { en, vi };
    faults.check(text.en.is_some() || text.vi.is_some(), at, Code::Required);
}

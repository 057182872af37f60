//! What people say in their check-ins: in Vietnamese mostly, in English at times, as in the company's chat.

mod customers;
mod engineering;
mod operations;
mod sales;

use super::chance::Chance;
use crate::checkins::model::{Evidence, Remarks};
use crate::domain::words::Confidence;

/// The words of a trade.
struct Words {
    good: &'static [&'static str],
    even: &'static [&'static str],
    behind: &'static [&'static str],
    blockers: &'static [&'static str],
    next: &'static [&'static str],
    evidence: &'static [(&'static str, &'static str)],
}

/// How a goal feels to its owner in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// Better than planned.
    Good,
    /// As planned.
    Even,
    /// Worse than planned.
    Behind,
}

/// The words of someone's trade, by their employee code.
const fn words_of(code: &str) -> &'static Words {
    match code.as_bytes() {
        [b'K', b'D', ..] | [b'H', b'N', ..] | [b'S', b'G', ..] => &sales::SALES,
        [b'M', b'K', ..] => &sales::MARKETING,
        [b'K', b'H', ..] | [b'C', b'S', ..] | [b'H', b'T', ..] => &customers::CUSTOMERS,
        [b'B' | b'V', ..] | [b'N', b'S', ..] | [b'T', b'C', ..] => &operations::OPERATIONS,
        _ => &engineering::ENGINEERING,
    }
}

/// What someone says beside a value.
pub(super) fn remarks(code: &str, mood: Mood, chance: &mut Chance) -> Remarks {
    let words = words_of(code);
    let (said, confidence, trouble) = match mood {
        Mood::Good => (words.good, Confidence::High, 3),
        Mood::Even => (words.even, if chance.happens(70) { Confidence::High } else { Confidence::Medium }, 12),
        Mood::Behind => (words.behind, if chance.happens(60) { Confidence::Low } else { Confidence::Medium }, 55),
    };
    let mut sometimes = |percent, several: &'static [&'static str]| {
        let said = chance.happens(percent).then(|| chance.one_of(several).copied()).flatten();
        said.map(str::to_owned)
    };
    let (note, blockers, next_steps) =
        (sometimes(85, said), sometimes(trouble, words.blockers), sometimes(45, words.next));
    let shown = chance.happens(20).then(|| chance.one_of(words.evidence)).flatten();
    let evidence = shown.map(|(title, url)| Evidence { title: Some((*title).to_owned()), url: (*url).to_owned() });
    let confidence = chance.happens(90).then_some(confidence);
    Remarks { confidence, note, blockers, next_steps, evidence: evidence.into_iter().collect() }
}

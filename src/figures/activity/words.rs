//! What happened, in a few words.

use super::ActivityEntry;
use crate::db::Tx;
use crate::domain::derived::Derived;
use crate::domain::words::{ActivityKind, Label, Locale, Word};
use crate::figures::fields::FieldChange;
use serde_json::Value;

/// A text of at most so many characters is told in full.
const SHORT: usize = 80;

/// What happened, with what matters most of it.
pub(super) fn summary(tx: &Tx<'_>, entry: &ActivityEntry) -> String {
    let mut words = name(ActivityKind::LABELS, entry.kind, tx.locale).to_owned();
    let details = details(tx, entry);
    if !details.is_empty() {
        words = format!("{words}: {}", details.join(", "));
    }
    words
}

fn details(tx: &Tx<'_>, entry: &ActivityEntry) -> Vec<String> {
    if let Some(link) = &entry.link {
        let weight = link.after.or(link.before).map(|link| format!("× {}", link.weight));
        return [Some(format!("“{}”", link.parent.title)), weight].into_iter().flatten().collect();
    }
    if let Some(check_in) = &entry.check_in {
        return check_in.in_short();
    }
    if let Some(automatic) = &entry.automatic {
        let value = |value: Option<Derived>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
        return vec![format!("{} → {}", value(automatic.before), value(automatic.value))];
    }
    if let Some(asked) = &entry.change_request {
        return vec![name(crate::domain::words::ChangeState::LABELS, asked.state, tx.locale).to_owned()];
    }
    let told = |change: &&FieldChange| !matches!(change.field.as_str(), "state" | "completed_on");
    entry.changes.iter().filter(told).map(|change| field(tx, change)).collect()
}

/// A changed field: what it was and is where both are short, else its name.
fn field(tx: &Tx<'_>, change: &FieldChange) -> String {
    match (value(tx, change, &change.before), value(tx, change, &change.after)) {
        (Some(before), Some(after)) => format!("{} {before} → {after}", change.label),
        _ => change.label.clone(),
    }
}

/// A value as people read it; none where that takes too many words.
fn value(tx: &Tx<'_>, change: &FieldChange, value: &Value) -> Option<String> {
    let directory = &tx.actor.directory;
    match (change.field.as_str(), value) {
        (_, Value::Null) => Some("–".to_owned()),
        ("metric_id", _) => None,
        ("owner_id", Value::String(id)) => id.parse().ok().map(|id| directory.name_of(id).to_owned()),
        ("unit_id", Value::String(id)) => {
            id.parse().ok().and_then(|id| directory.unit(id)).map(|unit| unit.name.clone())
        }
        (_, Value::String(text)) => Some(text.clone()).filter(|text| text.chars().count() <= SHORT),
        (_, Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// What a word is called.
fn name<W: Word>(labels: &'static [Label], word: W, locale: Locale) -> &'static str {
    let found = labels.iter().find(|label| label.value == word.as_str());
    found.map_or("", |label| match locale {
        Locale::En => label.en,
        Locale::Vi => label.vi,
    })
}

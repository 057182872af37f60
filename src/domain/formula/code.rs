//! What metrics are called in formulas.

use crate::domain::limits;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A metric's code: a small letter, then small letters, digits and underscores, at most 50. What formulas use for
/// themselves (the functions' names, `prev`, `value`, `target`, `start`) is no code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Code(String);

/// The words that formulas keep for themselves.
pub(super) const RESERVED: [&str; 11] =
    ["if", "min", "max", "round", "abs", "clamp", "coalesce", "prev", "value", "target", "start"];

impl Code {
    /// The code of a text, if it is one.
    pub fn new(text: &str) -> Option<Self> {
        (has_its_form(text) && !Self::is_reserved(text)).then(|| Self(text.to_owned()))
    }

    /// Whether a text is written as codes are, reserved or not.
    pub fn has_form(text: &str) -> bool {
        has_its_form(text)
    }

    /// Whether formulas keep a word for themselves.
    pub fn is_reserved(text: &str) -> bool {
        RESERVED.contains(&text)
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is written as codes are, reserved or not.
pub(super) fn has_its_form(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && text.len() <= limits::CODE
}

impl TryFrom<String> for Code {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text).ok_or("is not a metric's code")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

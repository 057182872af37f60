//! Faults of single fields, gathered so that a client learns all of them at once.

use super::{Code, Error, Result, Said};
use crate::domain::{calendar, limits, text};
use chrono::NaiveDate;
use chrono_tz::Tz;

/// One wrong field: where it is (RFC 6901), and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place in the request's body, or the parameter's name after a `?`.
    pub pointer: String,
    /// What is wrong.
    pub said: Said,
}

/// The faults found so far in one request.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Fault>,
}

impl Faults {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a fault.
    pub fn add(&mut self, pointer: impl Into<String>, said: impl Into<Said>) {
        self.found.push(Fault { pointer: pointer.into(), said: said.into() });
    }

    /// Notes a fault unless the same was found there already.
    pub fn add_once(&mut self, pointer: impl Into<String>, said: impl Into<Said>) {
        let fault = Fault { pointer: pointer.into(), said: said.into() };
        let is_same = |other: &Fault| other.pointer == fault.pointer && other.said.code == fault.said.code;
        if !self.found.iter().any(is_same) {
            self.found.push(fault);
        }
    }

    /// Notes a fault where a condition does not hold.
    pub fn check(&mut self, holds: bool, pointer: &str, said: impl Into<Said>) {
        if !holds {
            self.add(pointer, said);
        }
    }

    /// Whether nothing was found.
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Takes over what was found inside a part of the request.
    pub fn nest(&mut self, prefix: &str, inner: Self) {
        for fault in inner.found {
            self.found.push(Fault { pointer: format!("{prefix}{}", fault.pointer), ..fault });
        }
    }

    /// The trimmed text, checked: not empty, not longer than `most` characters, no control characters.
    pub fn line(&mut self, pointer: &str, text: &str, most: usize) -> String {
        let trimmed = text.trim();
        self.check(!trimmed.is_empty(), pointer, Code::Blank);
        self.check(!trimmed.chars().any(char::is_control), pointer, Code::ControlCharacter);
        self.length(pointer, trimmed, most);
        trimmed.to_owned()
    }

    /// The trimmed text of an optional field; nothing where it is blank.
    pub fn optional_line(&mut self, pointer: &str, text: Option<&str>, most: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        Some(self.line(pointer, text, most))
    }

    /// The trimmed text of an optional field of several lines; nothing where it is blank.
    pub fn optional_text(&mut self, pointer: &str, text: Option<&str>, most: usize) -> Option<String> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let control = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        self.check(!control, pointer, Code::ControlCharacter);
        self.length(pointer, text, most);
        Some(text.to_owned())
    }

    /// A day that every database orders alike: not before the year 1, not after 9999.
    pub fn day(&mut self, pointer: &str, day: Option<NaiveDate>) {
        let (first, last) = (calendar::FIRST_DAY, calendar::LAST_DAY);
        let taken = day.is_none_or(|day| (first..=last).contains(&day));
        self.check(taken, pointer, Code::OutOfRange.with("least", first).with("most", last));
    }

    /// An email address, trimmed.
    pub fn email(&mut self, pointer: &str, text: &str) -> String {
        let trimmed = text.trim();
        self.check(text::is_email(trimmed), pointer, Code::BadEmail);
        self.length(pointer, trimmed, limits::EMAIL);
        trimmed.to_owned()
    }

    /// A code of letters, digits, dots, dashes and underscores, trimmed.
    pub fn code(&mut self, pointer: &str, text: &str) -> String {
        let trimmed = text.trim();
        self.check(text::is_code(trimmed), pointer, Code::BadCode);
        self.length(pointer, trimmed, limits::CODE);
        trimmed.to_owned()
    }

    /// A time zone by its name in the IANA list; UTC where there is none of that name.
    pub fn time_zone(&mut self, pointer: &str, name: &str) -> Tz {
        let found = name.parse();
        self.check(found.is_ok(), pointer, Code::BadTimeZone);
        found.unwrap_or(Tz::UTC)
    }

    fn length(&mut self, pointer: &str, text: &str, most: usize) {
        self.check(text.chars().count() <= most, pointer, Code::TooLong.with("most", most));
    }

    /// All is well, or everything that was found.
    pub fn finish(self) -> Result<()> {
        if self.found.is_empty() { Ok(()) } else { Err(Error::Invalid(self.found)) }
    }

    /// Everything that was found.
    pub fn into_vec(self) -> Vec<Fault> {
        self.found
    }
}

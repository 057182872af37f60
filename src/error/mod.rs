//! What can go wrong, as a client learns of it: each fault has a stable code, a status and a sentence in English and
//! Vietnamese. This is the only place that reads database errors.

mod codes;
mod faults;

pub use codes::Code;
pub use faults::{Fault, Faults};

use crate::domain::words::{Label, Locale, Word};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use std::error::Error as StdError;

/// The result of everything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Refused for a reason with a code of its own, which names the status.
    #[error("{}", .0.code.as_str())]
    Refused(Said),
    /// The caller's `If-Match` names another version than the present one.
    #[error("stale: the version is {current}")]
    Stale {
        /// The version as it is now.
        current: i64,
    },
    /// Fields of the request are wrong: every fault at once.
    #[error("{} invalid fields", .0.len())]
    Invalid(Vec<Fault>),
    /// Another transaction was in the way; the same closure may run again.
    #[error("a transaction was in the way")]
    Again,
    /// The service can't take this now.
    #[error("busy")]
    Busy,
    /// A fault of the service itself. The cause is for the log alone.
    #[error("internal: {0}")]
    Internal(Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// It does not exist, or the caller may not see it: the answer is the same.
    pub fn not_found() -> Self {
        Code::NotFound.into()
    }

    /// A fault of the service itself.
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// Refuses a change of another version than the caller believes to change; without a belief any will do.
    pub const fn unless_current(believed: Option<i64>, current: i64) -> Result<()> {
        match believed {
            Some(version) if version != current => Err(Self::Stale { current }),
            _ => Ok(()),
        }
    }

    /// The code that a client sees.
    pub const fn code(&self) -> Code {
        match self {
            Self::Refused(said) => said.code,
            Self::Stale { .. } => Code::StaleVersion,
            Self::Invalid(_) => Code::InvalidFields,
            Self::Again | Self::Busy => Code::Busy,
            Self::Internal(_) => Code::Internal,
        }
    }

    /// The sentence that a client reads.
    pub fn detail(&self, locale: Locale) -> String {
        match self {
            Self::Refused(said) => said.detail(locale),
            Self::Stale { current } => Said::from(Code::StaleVersion).with("current", current).detail(locale),
            _ => self.code().text(locale).detail.to_owned(),
        }
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Refused(code.into())
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Invalid(faults.into_vec())
    }
}

impl From<Said> for Error {
    fn from(said: Said) -> Self {
        Self::Refused(said)
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::not_found(),
            DieselError::DatabaseError(kind, info) => match kind {
                // Use cases look first and say which field it is; this is the one that lost a race.
                DatabaseErrorKind::UniqueViolation => Code::AlreadyExists.into(),
                DatabaseErrorKind::ForeignKeyViolation => Code::StillInUse.into(),
                DatabaseErrorKind::SerializationFailure => Self::Again,
                DatabaseErrorKind::ClosedConnection => Self::Busy,
                // A wall of the database's own: a goal that was checked in keeps its versions.
                _ if info.message().contains("keeps what held") => Code::StillInUse.into(),
                _ if is_contention(info.message()) => Self::Again,
                _ if info.message().contains("statement timeout") => Self::Busy,
                _ => Self::internal(DieselError::DatabaseError(kind, info)),
            },
            other => Self::internal(other),
        }
    }
}

/// PostgreSQL's deadlock and SQLite's lock have no kind of their own in diesel.
fn is_contention(message: &str) -> bool {
    message.contains("deadlock detected") || message.contains("database is locked") || message.contains("lock timeout")
}

/// A code with what its sentence needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The code.
    pub code: Code,
    parameters: Vec<(&'static str, Parameter)>,
    member: Option<(&'static str, serde_json::Value)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Parameter {
    Text(String),
    Label(Label),
    Bilingual { en: String, vi: String },
}

impl From<Code> for Said {
    fn from(code: Code) -> Self {
        Self { code, parameters: Vec::new(), member: None }
    }
}

impl Said {
    /// Fills a place of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.parameters.push((name, Parameter::Text(value.to_string())));
        self
    }

    /// Fills a place of the sentence with a word, in the reader's language.
    #[must_use]
    pub fn word<W: Word>(mut self, name: &'static str, value: W) -> Self {
        let label = W::LABELS.iter().find(|label| label.value == value.as_str()).copied();
        let parameter = label.map_or_else(|| Parameter::Text(value.as_str().to_owned()), Parameter::Label);
        self.parameters.push((name, parameter));
        self
    }

    /// Fills a place of the sentence with a text that reads differently in each language.
    #[must_use]
    pub fn bilingual(mut self, name: &'static str, en: impl ToString, vi: impl ToString) -> Self {
        self.parameters.push((name, Parameter::Bilingual { en: en.to_string(), vi: vi.to_string() }));
        self
    }

    /// Adds a member to the problem: what a client can act on.
    #[must_use]
    pub fn member(mut self, name: &'static str, value: serde_json::Value) -> Self {
        self.member = Some((name, value));
        self
    }

    /// The member that was added.
    pub const fn added_member(&self) -> Option<&(&'static str, serde_json::Value)> {
        self.member.as_ref()
    }

    /// The sentence with its places filled.
    pub fn detail(&self, locale: Locale) -> String {
        let mut sentence = self.code.text(locale).detail.to_owned();
        for (name, parameter) in &self.parameters {
            let text = match (parameter, locale) {
                (Parameter::Text(text), _) => text.as_str(),
                (Parameter::Label(label), Locale::En) => label.en,
                (Parameter::Label(label), Locale::Vi) => label.vi,
                (Parameter::Bilingual { en, .. }, Locale::En) => en,
                (Parameter::Bilingual { vi, .. }, Locale::Vi) => vi,
            };
            sentence = sentence.replace(&format!("{{{name}}}"), text);
        }
        sentence
    }
}

impl Code {
    /// This code with the first place of its sentence filled.
    pub fn with(self, name: &'static str, value: impl ToString) -> Said {
        Said::from(self).with(name, value)
    }

    /// This code with the first place of its sentence filled by a word.
    pub fn word<W: Word>(self, name: &'static str, value: W) -> Said {
        Said::from(self).word(name, value)
    }
}

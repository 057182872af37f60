//! What new people must not collide with, and may refer to: emails and employee codes that are there.

use super::{PersonIn, store};
use crate::db::Tx;
use crate::domain::ids::PersonId;
use crate::domain::text::fold;
use crate::error::Result;
use std::collections::{BTreeSet, HashMap};

/// Who has which email address and employee code, of those that are asked for.
#[derive(Debug, Default)]
pub struct Known {
    emails: HashMap<String, PersonId>,
    codes: HashMap<String, PersonId>,
}

impl Known {
    /// Looks up the addresses and codes that a batch mentions.
    pub(super) fn of_batch(tx: &mut Tx<'_>, batch: &[PersonIn]) -> Result<Self> {
        let emails = batch.iter().filter_map(|new| new.email.as_deref());
        let codes =
            batch.iter().flat_map(|new| [new.employee_code.as_deref(), new.manager_employee_code.as_deref()]).flatten();
        Self::of(tx, emails, codes)
    }

    /// Looks up addresses and codes.
    pub fn of<'a>(
        tx: &mut Tx<'_>,
        emails: impl Iterator<Item = &'a str>,
        codes: impl Iterator<Item = &'a str>,
    ) -> Result<Self> {
        let organization = tx.organization();
        let emails: Vec<String> = emails.map(key).collect::<BTreeSet<_>>().into_iter().collect();
        let codes: Vec<String> = codes.map(key).collect::<BTreeSet<_>>().into_iter().collect();
        let emails = store::with_emails(tx.conn, organization, &emails)?;
        let codes = store::with_codes(tx.conn, organization, &codes)?;
        let map = |found: Vec<(Option<String>, PersonId)>| {
            found.into_iter().filter_map(|(text, id)| Some((text?, id))).collect()
        };
        Ok(Self { emails: map(emails), codes: map(codes) })
    }

    /// Whether someone else has an email address.
    pub(super) fn email_taken(&self, folded: Option<&String>, but: PersonId) -> bool {
        folded.and_then(|email| self.emails.get(email)).is_some_and(|id| *id != but)
    }

    /// Whether someone else has an employee code.
    pub(super) fn code_taken(&self, folded: Option<&String>, but: PersonId) -> bool {
        folded.and_then(|code| self.codes.get(code)).is_some_and(|id| *id != but)
    }

    /// Who has an employee code.
    pub fn with_code(&self, code: &str) -> Option<PersonId> {
        self.codes.get(&key(code)).copied()
    }

    /// Who has an email address.
    pub fn with_email(&self, email: &str) -> Option<PersonId> {
        self.emails.get(&key(email)).copied()
    }

    /// Everyone who was found.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.emails.values().chain(self.codes.values()).copied()
    }
}

/// A text as it is unique.
pub(super) fn key(text: &str) -> String {
    fold(text.trim())
}

//! A token's row, and its text: `gt_` and 80 bytes in base64url, which name the token, its organization and its
//! person, and end with 256 random bits. So it is found without a search over secrets, and by scanners for secrets
//! (`gt_[A-Za-z0-9_-]{107}`).

use crate::db::columns::Json;
use crate::db::schema::api_tokens;
use crate::domain::ids::{ApiTokenId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::ApiScope;
use crate::error::{Error, Result};
use crate::http::{Credential, Proof};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// What every token begins with.
const MARK: &str = "gt_";

/// How many characters of a token are shown in lists: enough to tell it from others.
const SHOWN: usize = MARK.len() + 16;

/// A token of a machine. It acts as the person who made it.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = api_tokens)]
pub struct ApiToken {
    pub(super) organization_id: OrganizationId,
    pub(super) id: ApiTokenId,
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) prefix: String,
    pub(super) secret_hash: String,
    pub(super) scopes: Json<Vec<ApiScope>>,
    pub(super) created_at: Instant,
    pub(super) expires_at: Option<Instant>,
    pub(super) last_used_at: Option<Instant>,
    pub(super) revoked_at: Option<Instant>,
}

impl ApiToken {
    /// Whether it works.
    pub(super) fn stands(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > now)
    }

    /// What the event log keeps of it.
    pub(super) fn noted(&self) -> Value {
        json!({
            "name": self.name,
            "prefix": self.prefix,
            "scopes": self.scopes.0,
            "person_id": self.person_id,
            "expires_at": self.expires_at,
        })
    }
}

/// A new token's text, shown once.
pub(super) fn compose(id: ApiTokenId, organization: OrganizationId, person: PersonId) -> Result<String> {
    let mut secret = [0; 32];
    aws_lc_rs::rand::fill(&mut secret).map_err(|_| Error::internal("no randomness"))?;
    let parts = [id.0.as_bytes().as_slice(), organization.0.as_bytes(), person.0.as_bytes(), &secret].concat();
    Ok(format!("{MARK}{}", URL_SAFE_NO_PAD.encode(parts)))
}

/// The part of a token that lists show.
pub(super) fn prefix(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// What is kept of a token.
pub(super) fn hash(text: &str) -> [u8; 32] {
    let mut short = [0; 32];
    short.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    short
}

/// A hash as it lies in the database.
pub(super) fn stored(hash: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(hash)
}

/// What a bearer token says if it is an API token: nothing of it is proven before the database has been asked.
pub(in crate::identity) fn read(bearer: &str) -> Option<Credential> {
    let bytes = URL_SAFE_NO_PAD.decode(bearer.strip_prefix(MARK)?).ok()?;
    let (ids, secret) = bytes.split_at_checked(48)?;
    let mut ids = ids.chunks_exact(16).map(Uuid::from_slice);
    let mut next = || ids.next()?.ok();
    let (id, organization, person) = (next()?, next()?, next()?);
    (secret.len() == 32).then(|| Credential {
        organization: organization.into(),
        person: person.into(),
        proof: Proof::Token { id: id.into(), hash: hash(bearer) },
        need: crate::domain::access::Need::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_token_names_itself(id: u128, organization: u128, person: u128) {
            let [id, organization, person] = [id, organization, person].map(Uuid::from_u128);
            let text = compose(id.into(), organization.into(), person.into()).unwrap();
            prop_assert_eq!(text.len(), MARK.len() + 107);
            let said = read(&text).unwrap();
            prop_assert_eq!(said.organization, organization.into());
            prop_assert_eq!(said.person, person.into());
            prop_assert_eq!(said.proof, Proof::Token { id: id.into(), hash: hash(&text) });
            prop_assert!(text.starts_with(&prefix(&text)));
        }

        #[test]
        fn no_text_breaks_the_reading(text in "(gt_)?.{0,200}") {
            let said = read(&text);
            prop_assert!(said.is_none() || text.len() == MARK.len() + 107);
        }
    }
}

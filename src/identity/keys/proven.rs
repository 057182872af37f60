//! Access tokens whose signatures were found good lately. A signature stays good, and to check one costs as much as all
//! else that a small request takes.

use super::Claims;
use aws_lc_rs::digest::{SHA256, digest};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How many are remembered: some two megabytes.
const MOST: usize = 10_000;

/// A token is known by its digest, so that none lies in memory longer than its request.
type Digest = [u8; 32];

/// What a token says, and which key signed it.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) key: String,
    pub(super) claims: Claims,
}

/// The tokens that are known.
#[derive(Debug, Default)]
pub(super) struct Proven {
    known: RwLock<HashMap<Digest, Arc<Said>>>,
}

impl Proven {
    /// What a token says that is known; else as it is found now, if it is good.
    pub(super) fn or_prove<E>(
        &self,
        token: &str,
        now: i64,
        prove: impl FnOnce() -> Result<Said, E>,
    ) -> Result<Arc<Said>, E> {
        let name = name_of(token);
        if let Some(said) = name.and_then(|name| self.find(&name)) {
            return Ok(said);
        }
        let said = Arc::new(prove()?);
        if let Some(name) = name {
            self.keep(name, &said, now);
        }
        Ok(said)
    }

    fn find(&self, name: &Digest) -> Option<Arc<Said>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Where there is no room, those go whose time is over; if that is none of them, all.
    fn keep(&self, name: Digest, said: &Arc<Said>, now: i64) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, said| said.claims.exp > now);
        }
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(name, Arc::clone(said));
    }
}

fn name_of(token: &str) -> Option<Digest> {
    digest(&SHA256, token.as_bytes()).as_ref().try_into().ok()
}

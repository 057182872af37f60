//! Access tokens: EdDSA JWTs of fifteen minutes, by keys that the instance makes for itself, or by one that its
//! operator gives.
//!
//! Keys rotate: the newest signs, a retired one verifies until the last token that it signed has ended. A running
//! instance finds a new key when it signs, and when someone brings a token of it.

mod proven;
mod store;

pub use store::{Kept, list, rotate};

use super::sessions::Opened;
use crate::clock::Clock;
use crate::db::{Db, Scope, Vault, blocking};
use crate::domain::ids::{OrganizationId, PersonId, SessionId};
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Result};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Duration;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use proven::{Proven, Said};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration as Elapsed, Instant as Moment};
use uuid::Uuid;

/// How long an access token holds.
pub const ACCESS_TOKEN: Duration = Duration::minutes(15);

/// How long a retired key verifies: as long as a token of it can hold, one made by an instance that did not know of
/// its retirement yet.
const RETIRING: Duration = Duration::minutes(16);

/// After how long an instance that signs looks for a newer key.
const LOOK_AGAIN: Elapsed = Elapsed::from_secs(30);

/// How often at most it looks because of a token of an unknown key: whoever makes such tokens up costs next to nothing.
const LOOK_AT_MOST: Elapsed = Elapsed::from_secs(1);

/// Who may have made a token.
const ISSUER: &str = "goaltree";

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    /// The person.
    pub(super) sub: PersonId,
    /// The organization.
    pub(super) org: OrganizationId,
    /// The session.
    pub(super) sid: SessionId,
    iat: i64,
    exp: i64,
}

struct Key {
    id: String,
    sign: EncodingKey,
    verify: DecodingKey,
    retired_at: Option<Instant>,
}

/// The keys at hand, the oldest first, and when they were looked for.
struct Held {
    keys: Vec<Key>,
    looked: Moment,
}

/// The keys.
pub struct Keys {
    held: RwLock<Arc<Held>>,
    proven: Proven,
    clock: Clock,
    /// Where newer ones are found; nowhere where the operator gives the key.
    source: Option<(Db, Vault)>,
}

impl Keys {
    /// The key given by configuration, or those of the database, made at the first start.
    pub fn open(db: &Db, clock: &Clock, vault: &Vault, given: Option<&str>) -> Result<Self> {
        let (keys, source) = if let Some(secret) = given {
            let bytes = STANDARD.decode(secret.trim()).map_err(|_| bad_key())?;
            (vec![Key::new("configured".to_owned(), &bytes, None)?], None)
        } else {
            let rows = db.write_now(Scope::System, |conn, _| store::stored_or_new(conn, clock, vault))?;
            (keys_of(&rows, vault)?, Some((db.clone(), vault.clone())))
        };
        let held = RwLock::new(Arc::new(Held { keys, looked: Moment::now() }));
        Ok(Self { held, proven: Proven::default(), clock: clock.clone(), source })
    }

    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks for newer keys.
    pub(super) fn look(&self) -> Result<()> {
        let Some((db, vault)) = &self.source else { return Ok(()) };
        let now = self.clock.now();
        let rows = db.read_now(Scope::System, |conn| Ok(store::usable(conn, now)?))?;
        let held = Held { keys: keys_of(&rows, vault)?, looked: Moment::now() };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(held);
        Ok(())
    }

    /// The access token of a session that was opened or refreshed.
    pub(super) async fn sign(self: &Arc<Self>, opened: &Opened) -> Result<String> {
        if self.source.is_some() && self.held().looked.elapsed() > LOOK_AGAIN {
            let keys = Arc::clone(self);
            blocking(move || keys.look()).await?;
        }
        let (held, now) = (self.held(), self.clock.now());
        let key = held.keys.iter().rev().find(|key| key.retired_at.is_none()).ok_or_else(bad_key)?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.id.clone());
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: opened.person,
            org: opened.organization,
            sid: opened.session,
            iat: now.utc().timestamp(),
            exp: (now + ACCESS_TOKEN).utc().timestamp(),
        };
        jsonwebtoken::encode(&header, &claims, &key.sign).map_err(Error::internal)
    }

    /// Whether a token names a key that may have been made since we looked.
    pub(super) fn may_be_behind(&self, token: &str) -> bool {
        let held = self.held();
        let unknown = || {
            let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
            (kid.parse::<Uuid>().is_ok() && held.keys.iter().all(|key| key.id != kid)).then_some(())
        };
        self.source.is_some() && held.looked.elapsed() > LOOK_AT_MOST && unknown().is_some()
    }

    /// The claims of a token that one of the keys signed and whose time is not over, by the service's own clock, which
    /// may be held.
    pub(super) fn verify(&self, token: &str, now: Instant) -> Result<Claims> {
        let held = self.held();
        let seconds = now.utc().timestamp();
        let said = self.proven.or_prove(token, seconds, || held.prove(token))?;
        let stands = held.keys.iter().any(|key| key.id == said.key && key.verifies(now));
        if stands && said.claims.exp > seconds { Ok(said.claims.clone()) } else { Err(Code::InvalidToken.into()) }
    }
}

impl Held {
    /// What a token says, if one of the keys signed it.
    fn prove(&self, token: &str) -> Result<Said> {
        let invalid = || Error::from(Code::InvalidToken);
        let header = jsonwebtoken::decode_header(token).map_err(|_| invalid())?;
        let named = |key: &&Key| header.kid.as_ref() == Some(&key.id);
        let key = self.keys.iter().find(named).ok_or_else(invalid)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key.verify, &validation).map_err(|_| invalid())?.claims;
        Ok(Said { key: key.id.clone(), claims })
    }
}

fn keys_of(rows: &[store::Row], vault: &Vault) -> Result<Vec<Key>> {
    rows.iter().map(|row| Key::new(row.id.0.to_string(), &row.secret(vault)?, row.retired_at)).collect()
}

impl Key {
    fn new(id: String, pkcs8: &[u8], retired_at: Option<Instant>) -> Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| bad_key())?;
        let public = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        let verify = DecodingKey::from_ed_components(&public).map_err(Error::internal)?;
        Ok(Self { id, sign: EncodingKey::from_ed_der(pkcs8), verify, retired_at })
    }

    fn verifies(&self, now: Instant) -> bool {
        self.retired_at.is_none_or(|at| at + RETIRING > now)
    }
}

fn bad_key() -> Error {
    Error::internal("the signing key is not an Ed25519 key (PKCS#8, base64)")
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.held().keys.iter().map(|key| &key.id)).finish()
    }
}

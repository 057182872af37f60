//! Access tokens: EdDSA JWTs of fifteen minutes, by keys that the instance makes for itself.

use crate::db::schema::signing_keys::{self, dsl};
use crate::db::{Conn, Db, Scope};
use crate::domain::ids::{OrganizationId, PersonId, SessionId};
use crate::domain::instant::Instant;
use crate::error::{Code, Error, Result};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Duration;
use diesel::prelude::*;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long an access token holds.
pub const ACCESS_TOKEN: Duration = Duration::minutes(15);

/// Who may have made a token.
const ISSUER: &str = "goaltree";

#[derive(Queryable, Insertable)]
#[diesel(table_name = signing_keys)]
struct Row {
    id: crate::db::columns::AnyId,
    secret: String,
    created_at: Instant,
    retired_at: Option<Instant>,
}

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
}

/// The keys: the newest signs, all verify.
pub struct Keys {
    keys: Vec<Key>,
}

impl Keys {
    /// The key given by configuration, or those of the database, made at the first start.
    pub fn open(db: &Db, given: Option<&str>, now: Instant, new_id: Uuid) -> Result<Self> {
        if let Some(secret) = given {
            let bytes = STANDARD.decode(secret.trim()).map_err(|_| bad_key())?;
            return Ok(Self { keys: vec![Key::new("configured".to_owned(), &bytes)?] });
        }
        let rows = db.write_now(Scope::System, |conn, _| stored_or_new(conn, now, new_id))?;
        let keys = rows.iter().map(|row| {
            let bytes = STANDARD.decode(&row.secret).map_err(|_| bad_key())?;
            Key::new(row.id.0.to_string(), &bytes)
        });
        Ok(Self { keys: keys.collect::<Result<_>>()? })
    }

    pub(super) fn sign(
        &self,
        organization: OrganizationId,
        person: PersonId,
        session: SessionId,
        now: Instant,
    ) -> Result<String> {
        let key = self.keys.last().ok_or_else(bad_key)?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.id.clone());
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: person,
            org: organization,
            sid: session,
            iat: now.utc().timestamp(),
            exp: (now + ACCESS_TOKEN).utc().timestamp(),
        };
        jsonwebtoken::encode(&header, &claims, &key.sign).map_err(Error::internal)
    }

    /// The claims of a token that one of the keys signed and whose time is not over.
    pub(super) fn verify(&self, token: &str, now: Instant) -> Result<Claims> {
        let invalid = || Error::from(Code::InvalidToken);
        let header = jsonwebtoken::decode_header(token).map_err(|_| invalid())?;
        let key = self.keys.iter().find(|key| Some(&key.id) == header.kid.as_ref()).ok_or_else(invalid)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        // Against the service's own clock, which may be held.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key.verify, &validation).map_err(|_| invalid())?.claims;
        if claims.exp > now.utc().timestamp() { Ok(claims) } else { Err(invalid()) }
    }
}

impl Key {
    fn new(id: String, pkcs8: &[u8]) -> Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| bad_key())?;
        let public = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        let verify = DecodingKey::from_ed_components(&public).map_err(Error::internal)?;
        Ok(Self { id, sign: EncodingKey::from_ed_der(pkcs8), verify })
    }
}

fn bad_key() -> Error {
    Error::internal("the signing key is not an Ed25519 key (PKCS#8, base64)")
}

fn stored_or_new(conn: &mut Conn, now: Instant, new_id: Uuid) -> Result<Vec<Row>> {
    let load = |conn: &mut Conn| dsl::signing_keys.filter(dsl::retired_at.is_null()).order(dsl::id).load::<Row>(conn);
    let stored = load(conn)?;
    if !stored.is_empty() {
        return Ok(stored);
    }
    let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
        .map_err(|_| Error::internal("no randomness for a signing key"))?;
    let row = Row {
        id: crate::db::columns::AnyId(new_id),
        secret: STANDARD.encode(made.as_ref()),
        created_at: now,
        retired_at: None,
    };
    diesel::insert_into(dsl::signing_keys).values(row).execute(conn)?;
    Ok(load(conn)?)
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.id)).finish()
    }
}

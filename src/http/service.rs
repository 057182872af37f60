//! What the whole service shares, and the gate that callers pass.

use super::client::TrustedProxies;
use super::idempotency::InFlight;
use super::rate::RateLimits;
use crate::clock::Clock;
use crate::db::{Conn, Db, Done, Origin, Scope, Tx, Vault};
use crate::domain::access::{Actor, Need};
use crate::domain::ids::{ApiTokenId, OrganizationId, PersonId, SessionId};
use crate::domain::instant::Instant;
use crate::domain::words::ApiScope;
use crate::error::{Code, Result};
use chrono_tz::Tz;
use std::sync::Arc;

/// What a bearer token says of its caller, and what they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credential {
    /// The organization.
    pub organization: OrganizationId,
    /// The person.
    pub person: PersonId,
    /// What is to prove it.
    pub proof: Proof,
    /// What the operation that is asked for needs.
    pub need: Need,
}

/// What proves who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// An access token, whose signature was verified, made in this session.
    Session(SessionId),
    /// An API token: proven when the database has one with this hash.
    Token {
        /// The token.
        id: ApiTokenId,
        /// The hash of its whole text.
        hash: [u8; 32],
    },
}

impl Proof {
    /// The session, where it is one.
    pub const fn session(&self) -> Option<SessionId> {
        match self {
            Self::Session(session) => Some(*session),
            Self::Token { .. } => None,
        }
    }
}

impl Credential {
    /// Refuses an API token that was not made for what is asked.
    pub fn refuse_unless_made_for(&self, scopes: &[ApiScope]) -> Result<()> {
        match self.need {
            need if need.is_met_by(scopes) => Ok(()),
            Need::Scope(scope) => Err(Code::ScopeMissing.with("scope", scope).into()),
            Need::Session => Err(Code::SessionRequired.into()),
        }
    }
}

/// Someone whom the database knows as signed in.
#[derive(Debug, Clone)]
pub struct Admitted {
    /// Who acts.
    pub actor: Actor,
    /// The organization's time zone.
    pub zone: Tz,
}

/// Decides who gets in.
pub trait Gate: Send + Sync {
    /// What a bearer token says: of an access token signature and time are proven, of an API token nothing yet.
    fn verify(&self, bearer: &str, now: Instant) -> Result<Credential>;
    /// Whether a bearer token may have been signed with a key that came since the gate looked.
    fn may_be_behind(&self, bearer: &str) -> bool;
    /// Looks for what came since, such as a new key.
    fn catch_up(&self) -> Result<()>;
    /// Whether the session or API token stands, the person is still there, and the token was made for what is asked:
    /// asked in the transaction of every request.
    fn admit(&self, conn: &mut Conn, credential: &Credential, now: Instant) -> Result<Admitted>;
    /// The same for several callers of one organization at once, in few queries: what each comes to, in their order.
    fn admit_all(
        &self,
        conn: &mut Conn,
        organization: OrganizationId,
        callers: &[Credential],
        now: Instant,
    ) -> Result<Vec<Result<Admitted>>>;
    /// A person as an actor without a session: for the operator's commands and the demo.
    fn stand_in(
        &self,
        conn: &mut Conn,
        organization: OrganizationId,
        person: PersonId,
        now: Instant,
    ) -> Result<Admitted>;
}

/// What every request needs.
#[derive(Clone)]
pub struct Service {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The gate.
    pub gate: Arc<dyn Gate>,
    /// The requests with an `Idempotency-Key` that are running.
    pub in_flight: InFlight,
    /// The proxies whose word is taken for whom they speak for.
    pub proxies: Arc<TrustedProxies>,
    /// How often someone may ask.
    pub rates: Arc<RateLimits>,
    /// How secrets lie in the database.
    pub vault: Vault,
    /// Whether strangers may make new organizations.
    pub sign_up: bool,
    /// The address that people reach the service by, for links.
    pub public_url: Arc<str>,
}

impl Service {
    /// Runs a use case as a person, without HTTP: for commands and the demo, which events name.
    pub fn write_as<T>(
        &self,
        organization: OrganizationId,
        person: PersonId,
        command: &str,
        run: impl Fn(&mut Tx<'_>) -> Result<T>,
    ) -> Result<(T, Done)> {
        self.db.write_now(Scope::Organization(organization), |conn, patience| {
            let now = self.clock.now();
            let admitted = self.gate.stand_in(conn, organization, person, now)?;
            let origin = Origin::operator(command);
            let mut tx = Tx::new(conn, admitted.actor, admitted.zone, now, &self.clock, origin, patience);
            let value = run(&mut tx)?;
            Ok((value, tx.finish()?))
        })
    }

    /// Reads as a person, without HTTP.
    pub fn read_as<T>(
        &self,
        organization: OrganizationId,
        person: PersonId,
        run: impl Fn(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.db.read_now(Scope::Organization(organization), |conn| {
            let now = self.clock.now();
            let admitted = self.gate.stand_in(conn, organization, person, now)?;
            run(&mut Tx::reading(conn, admitted.actor, admitted.zone, now, &self.clock))
        })
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("db", &self.db).field("clock", &self.clock).finish_non_exhaustive()
    }
}

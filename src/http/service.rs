//! What the whole service shares, and the gate that callers pass.

use super::client::TrustedProxies;
use super::idempotency::InFlight;
use crate::clock::Clock;
use crate::db::{Conn, Db, Done, Origin, Scope, Tx};
use crate::domain::access::Actor;
use crate::domain::ids::{OrganizationId, PersonId, SessionId};
use crate::domain::instant::Instant;
use crate::error::Result;
use chrono_tz::Tz;
use std::sync::Arc;

/// What a token proves by itself, before the database is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credential {
    /// The organization.
    pub organization: OrganizationId,
    /// The person.
    pub person: PersonId,
    /// The session that the token was made in.
    pub session: SessionId,
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
    /// What a bearer token proves: signature and time alone.
    fn verify(&self, bearer: &str, now: Instant) -> Result<Credential>;
    /// Whether the session still stands and the person is still there: asked in the transaction of every request.
    fn admit(&self, conn: &mut Conn, credential: &Credential, now: Instant) -> Result<Admitted>;
    /// A person as an actor without a session: for the operator's commands and the demo.
    fn stand_in(&self, conn: &mut Conn, organization: OrganizationId, person: PersonId) -> Result<Admitted>;
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
            let admitted = self.gate.stand_in(conn, organization, person)?;
            let now = self.clock.now();
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
        run: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.db.read_now(Scope::Organization(organization), |conn| {
            let admitted = self.gate.stand_in(conn, organization, person)?;
            let now = self.clock.now();
            run(&mut Tx::reading(conn, admitted.actor, admitted.zone, now, &self.clock))
        })
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("db", &self.db).field("clock", &self.clock).finish_non_exhaustive()
    }
}

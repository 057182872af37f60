//! The gate: from a bearer token to an actor.

use super::keys::Keys;
use super::sessions;
use super::tokens::{self, Uses};
use crate::db::schema::{organizations, people};
use crate::db::{Conn, Db};
use crate::directory::Directories;
use crate::domain::access::{Actor, Need};
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::Role;
use crate::error::{Code, Error, Result};
use crate::http::{Admitted, Credential, Gate, Proof};
use chrono_tz::Tz;
use diesel::prelude::*;
use std::sync::Arc;

/// What a request needs to know of its caller, in one query.
#[derive(Debug, Clone)]
pub(super) struct Principal {
    pub(super) account: Option<AccountId>,
    pub(super) role: Role,
    pub(super) time_zone: String,
    pub(super) directory_revision: i64,
}

/// Lets in whoever has a session or an API token.
#[derive(Debug, Clone)]
pub struct IdentityGate {
    keys: Arc<Keys>,
    uses: Uses,
    directories: Directories,
}

impl IdentityGate {
    /// A gate with these keys, to what is in this database.
    pub fn new(keys: Arc<Keys>, db: Db) -> Self {
        Self { keys, uses: Uses::noted_in(db), directories: Directories::default() }
    }
}

impl Gate for IdentityGate {
    fn verify(&self, bearer: &str, now: Instant) -> Result<Credential> {
        if let Some(said) = tokens::read(bearer) {
            return Ok(said);
        }
        let claims = self.keys.verify(bearer, now)?;
        let (organization, person, proof) = (claims.org, claims.sub, Proof::Session(claims.sid));
        Ok(Credential { organization, person, proof, need: Need::default() })
    }

    fn may_be_behind(&self, bearer: &str) -> bool {
        self.keys.may_be_behind(bearer)
    }

    fn catch_up(&self) -> Result<()> {
        self.keys.look()
    }

    fn admit(&self, conn: &mut Conn, who: &Credential, now: Instant) -> Result<Admitted> {
        let principal = match &who.proof {
            Proof::Session(session) => sessions::principal(conn, who.organization, who.person, *session, now)?,
            Proof::Token { id, hash } => Some(tokens::admit(conn, &self.uses, who, (*id, hash), now)?),
        };
        self.admitted(conn, who, principal, now)
    }

    fn admit_all(
        &self,
        conn: &mut Conn,
        organization: OrganizationId,
        callers: &[Credential],
        now: Instant,
    ) -> Result<Vec<Result<Admitted>>> {
        let mut sessions: Vec<_> = callers.iter().filter_map(|who| who.proof.session()).collect();
        sessions.sort_unstable();
        sessions.dedup();
        let found = sessions::principals(conn, organization, &sessions, now)?;
        let one = |who: &Credential| match who.proof {
            Proof::Session(session) if who.organization == organization => {
                self.admitted(conn, who, found.get(&(session, who.person)).cloned(), now)
            }
            _ => self.admit(conn, who, now),
        };
        Ok(callers.iter().map(one).collect())
    }

    fn stand_in(
        &self,
        conn: &mut Conn,
        organization: OrganizationId,
        person: PersonId,
        now: Instant,
    ) -> Result<Admitted> {
        let (role, account, time_zone, revision): (Role, Option<AccountId>, String, i64) = people::table
            .inner_join(organizations::table.on(organizations::id.eq(people::organization_id)))
            .filter(people::organization_id.eq(organization))
            .filter(people::id.eq(person))
            .select((people::role, people::account_id, organizations::time_zone, organizations::directory_revision))
            .first(conn)?;
        let directory = self.directories.at(conn, organization, revision)?;
        let zone = zone(&time_zone)?;
        let actor = Actor { organization, person, account, session: None, role, today: now.day_in(zone), directory };
        Ok(Admitted { actor, zone })
    }
}

impl IdentityGate {
    fn admitted(&self, conn: &mut Conn, who: &Credential, found: Option<Principal>, now: Instant) -> Result<Admitted> {
        let principal = found.ok_or(Code::InvalidToken)?;
        let zone = zone(&principal.time_zone)?;
        let actor = Actor {
            organization: who.organization,
            person: who.person,
            account: principal.account,
            session: who.proof.session(),
            role: principal.role,
            today: now.day_in(zone),
            directory: self.directories.at(conn, who.organization, principal.directory_revision)?,
        };
        Ok(Admitted { actor, zone })
    }
}

fn zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| Error::internal(format!("the organization's time zone {name} is unknown")))
}

//! The gate: from a bearer token to an actor.

use super::keys::Keys;
use super::sessions;
use crate::db::Conn;
use crate::db::schema::{organizations, people};
use crate::directory::Directories;
use crate::domain::access::Actor;
use crate::domain::ids::{AccountId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::Role;
use crate::error::{Code, Error, Result};
use crate::http::{Admitted, Credential, Gate};
use chrono_tz::Tz;
use diesel::prelude::*;
use std::sync::Arc;

/// Lets in whoever has a session.
#[derive(Debug, Clone)]
pub struct IdentityGate {
    keys: Arc<Keys>,
    directories: Directories,
}

impl IdentityGate {
    /// A gate with these keys.
    pub fn new(keys: Arc<Keys>) -> Self {
        Self { keys, directories: Directories::default() }
    }
}

impl Gate for IdentityGate {
    fn verify(&self, bearer: &str, now: Instant) -> Result<Credential> {
        let claims = self.keys.verify(bearer, now)?;
        Ok(Credential { organization: claims.org, person: claims.sub, session: claims.sid })
    }

    fn admit(&self, conn: &mut Conn, who: &Credential, now: Instant) -> Result<Admitted> {
        let found = sessions::principal(conn, who.organization, who.person, who.session, now)?;
        let principal = found.ok_or(Code::InvalidToken)?;
        let actor = Actor {
            organization: who.organization,
            person: who.person,
            account: Some(principal.account),
            session: Some(who.session),
            role: principal.role,
            directory: self.directories.at(conn, who.organization, principal.directory_revision)?,
        };
        Ok(Admitted { actor, zone: zone(&principal.time_zone)? })
    }

    fn stand_in(&self, conn: &mut Conn, organization: OrganizationId, person: PersonId) -> Result<Admitted> {
        let (role, account, time_zone, revision): (Role, Option<AccountId>, String, i64) = people::table
            .inner_join(organizations::table.on(organizations::id.eq(people::organization_id)))
            .filter(people::organization_id.eq(organization))
            .filter(people::id.eq(person))
            .select((people::role, people::account_id, organizations::time_zone, organizations::directory_revision))
            .first(conn)?;
        let directory = self.directories.at(conn, organization, revision)?;
        let actor = Actor { organization, person, account, session: None, role, directory };
        Ok(Admitted { actor, zone: zone(&time_zone)? })
    }
}

fn zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| Error::internal(format!("the organization's time zone {name} is unknown")))
}

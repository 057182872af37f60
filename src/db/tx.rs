//! A use case's transaction: who acts, now, and what is noted.

use super::conn::{Conn, Locked};
use super::event::{self, Event, Noted};
use super::forests::{self, ForestRow};
use super::origin::Origin;
use super::schema::organizations;
use crate::clock::Clock;
use crate::domain::access::Actor;
use crate::domain::ids::{ForestId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::Locale;
use crate::error::{Error, Result};
use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What a use case is given: a connection inside a transaction, its actor, and the moment.
///
/// Changes of a forest end with the bump of its revision, and events carry that revision; both happen when the use
/// case is done, so that the row on which all writers meet is held as shortly as can be.
pub struct Tx<'c> {
    /// The connection, inside the transaction.
    pub conn: &'c mut Conn,
    /// Who acts.
    pub actor: Actor,
    /// The lead whom the actor stands for in what they do now; none where they do it by a relation of their own. Who
    /// decides that they may, says so.
    pub delegate_of: Option<PersonId>,
    /// The moment at which all of this happens.
    pub now: Instant,
    /// The organization's time zone.
    pub zone: Tz,
    /// The language that the answer is read in.
    pub locale: Locale,
    clock: &'c Clock,
    origin: Arc<Origin>,
    patience: Patience,
    events: Vec<(By, Event)>,
    forests: BTreeMap<ForestId, Touched>,
    directory_moved: bool,
    reads_only: bool,
}

/// Who noted an event, and on which request.
#[derive(Debug)]
struct By {
    actor: Actor,
    delegate_of: Option<PersonId>,
    origin: Arc<Origin>,
}

/// How a transaction touches a forest.
#[derive(Debug, Clone, Copy)]
enum Touched {
    /// Changes its structure, with its row locked.
    Structure,
    /// Adds facts, validated against this structure.
    Facts { structure_revision: i64 },
}

/// Whether a transaction still hopes that nobody is in its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// The first attempts: no lock before the end.
    Optimistic,
    /// After several attempts met others: lock first.
    Locking,
}

/// The revisions that a transaction made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// Each touched forest's revision.
    pub forests: BTreeMap<ForestId, i64>,
}

impl<'c> Tx<'c> {
    /// Opens a use case's view of a transaction.
    pub fn new(
        conn: &'c mut Conn,
        actor: Actor,
        zone: Tz,
        now: Instant,
        clock: &'c Clock,
        origin: Arc<Origin>,
        patience: Patience,
    ) -> Self {
        let (events, forests) = (Vec::new(), BTreeMap::new());
        let (locale, directory_moved, reads_only) = (Locale::En, false, false);
        Self {
            conn,
            actor,
            delegate_of: None,
            now,
            zone,
            locale,
            clock,
            origin,
            patience,
            events,
            forests,
            directory_moved,
            reads_only,
        }
    }

    /// Opens a use case's view of a transaction that only reads: all that it sees is committed.
    pub fn reading(conn: &'c mut Conn, actor: Actor, zone: Tz, now: Instant, clock: &'c Clock) -> Self {
        Self { reads_only: true, ..Self::new(conn, actor, zone, now, clock, Arc::default(), Patience::Optimistic) }
    }

    /// Whether all that this transaction sees is committed.
    pub const fn reads_only(&self) -> bool {
        self.reads_only
    }

    /// The organization that all of this is about.
    pub const fn organization(&self) -> OrganizationId {
        self.actor.organization
    }

    /// The request that it came with.
    pub const fn origin(&self) -> &Arc<Origin> {
        &self.origin
    }

    /// The day that it is for the organization.
    pub fn today(&self) -> NaiveDate {
        self.now.day_in(self.zone)
    }

    /// A new id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.clock.new_id()
    }

    /// Notes what happened. A forest that it touches must have been locked or watched before.
    pub fn note(&mut self, event: Event) {
        let (actor, delegate_of, origin) = (self.actor.clone(), self.delegate_of, self.origin.clone());
        self.events.push((By { actor, delegate_of, origin }, event));
    }

    /// Does a part of the transaction as someone else of the same organization, on another request: several people's
    /// check-ins share a transaction, and each event names its own.
    pub fn acting_as<T>(&mut self, actor: &Actor, origin: &Arc<Origin>, run: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.actor, actor.clone());
        let came_from = std::mem::replace(&mut self.origin, Arc::clone(origin));
        let stood_for = self.delegate_of.take();
        let done = run(self);
        (self.actor, self.origin, self.delegate_of) = (before, came_from, stood_for);
        done
    }

    /// Before a change of a forest's structure: other such changes wait until this transaction ends. Lock several in
    /// the order of their ids.
    pub fn lock_forest(&mut self, id: ForestId) -> Result<()> {
        if !matches!(self.forests.get(&id), Some(Touched::Structure)) {
            forests::lock(self.conn, self.organization(), id)?.ok_or_else(Error::not_found)?;
            self.forests.insert(id, Touched::Structure);
        }
        Ok(())
    }

    /// Before facts are added to a forest: no lock, but the transaction runs again if the structure that they were
    /// validated against has changed by the time it ends. One that had to run again too often takes the lock.
    pub fn watch_forest(&mut self, id: ForestId) -> Result<()> {
        if !self.forests.contains_key(&id) {
            let found = match self.patience {
                Patience::Optimistic => forests::find(self.conn, self.organization(), id)?,
                Patience::Locking => forests::lock(self.conn, self.organization(), id)?,
            };
            let row = found.ok_or_else(Error::not_found)?;
            self.forests.insert(id, Touched::Facts { structure_revision: row.structure_revision });
        }
        Ok(())
    }

    /// The same where its row was read by the very query that reads what is decided by, so that they are of one moment.
    pub fn watch_as_read(&mut self, row: ForestRow) {
        let facts = Touched::Facts { structure_revision: row.structure_revision };
        self.forests.entry(row.id).or_insert(facts);
    }

    /// Whether it had to run again too often to go on without locks.
    pub fn locks_first(&self) -> bool {
        self.patience == Patience::Locking
    }

    /// Before a change that depends on what stands beside it in the whole organization, such as a new outermost
    /// cycle: other such changes wait until this transaction ends. To be taken after forests.
    pub fn lock_organization(&mut self) -> Result<()> {
        let row = organizations::table.find(self.organization()).select(organizations::id);
        Locked(row).get_result::<OrganizationId>(self.conn)?;
        Ok(())
    }

    /// The clock, for what makes ids and moments of its own.
    pub const fn clock(&self) -> &'c Clock {
        self.clock
    }

    /// Before a change of units, people or memberships: other such changes wait until this transaction ends. Answers
    /// the revision of the directory that is now held still. To be taken after forests.
    pub fn lock_directory(&mut self) -> Result<i64> {
        self.directory_moved = true;
        let row = organizations::table.find(self.organization()).select(organizations::directory_revision);
        Ok(Locked(row).get_result(self.conn)?)
    }

    /// The directory (units, people, memberships) changes with this transaction.
    pub const fn move_directory(&mut self) {
        self.directory_moved = true;
    }

    /// Ends the use case: moves revisions on, and appends the events with them.
    pub fn finish(mut self) -> Result<Done> {
        if self.directory_moved {
            self.bump_directory()?;
        }
        let touched = std::mem::take(&mut self.forests);
        let noted: std::collections::BTreeSet<_> = self.events.iter().filter_map(|(_, event)| event.forest()).collect();
        let mut done = Done::default();
        for (id, how) in touched.into_iter().filter(|(id, _)| noted.contains(id)) {
            let structure = matches!(how, Touched::Structure);
            let row = forests::bump(self.conn, self.organization(), id, structure)?;
            if let Touched::Facts { structure_revision } = how
                && row.structure_revision != structure_revision
            {
                return Err(Error::Again);
            }
            done.forests.insert(id, row.revision);
        }
        self.append_events(&done)?;
        Ok(done)
    }

    fn bump_directory(&mut self) -> QueryResult<()> {
        diesel::update(organizations::table.find(self.organization()))
            .set(organizations::directory_revision.eq(organizations::directory_revision + 1))
            .execute(self.conn)
            .map(drop)
    }

    fn append_events(&mut self, done: &Done) -> QueryResult<()> {
        let (at, clock) = (self.now, self.clock);
        let rows = self.events.iter().map(|(By { actor, delegate_of, origin }, event)| {
            let (organization, delegate_of) = (actor.organization, *delegate_of);
            let noted = Noted { organization, actor: Some(actor.person), delegate_of, origin, at };
            let revision = event.forest().and_then(|forest| done.forests.get(&forest).copied());
            (clock.new_id(), event, noted, revision)
        });
        event::append(self.conn, rows)
    }
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("actor", &self.actor.person).field("now", &self.now).finish_non_exhaustive()
    }
}

//! The forests in memory: loaded once, moved forward by what each reading transaction sees, shared by all.
//!
//! A forest here is never older than the transaction that asks for it, and never holds what is not committed. It
//! moves forward under a mutex of its own, however many wait for it; whoever looks on shares a read lock. Nobody
//! waits for a connection while holding either.

use super::day::check_day;
use super::load::Basis;
use super::picture::{Picture, Reading};
use super::shelf::{Key, Shelf};
use crate::db::{ForestRow, Tx, some_forests};
use crate::domain::ids::ForestId;
use crate::error::{Error, Faults, Result};
use chrono::{Days, NaiveDate};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

/// How much is kept in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForestLimits {
    /// The most goals, over all forests; a forest as of a past day counts for itself, and 8 measurements that its goals
    /// follow count as one.
    pub most_goals: usize,
}

/// The forests in memory.
#[derive(Debug)]
pub struct Forests {
    shelf: Mutex<Shelf>,
}

/// A forest's place in memory.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Held by whoever moves the picture forward.
    moving: Mutex<()>,
    picture: RwLock<Option<Picture>>,
    /// As how many goals it counts.
    pub(super) goals: AtomicUsize,
}

/// A forest as someone looks at it, and as it was seven days before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) now: &'a Picture,
    pub(super) before: &'a Picture,
}

/// How far back `change_7d` looks.
const WEEK: Days = Days::new(7);

impl Forests {
    /// An empty memory.
    pub fn new(limits: ForestLimits) -> Self {
        Self { shelf: Mutex::new(Shelf::new(limits.most_goals)) }
    }

    /// Looks at forests on a day (today where none is given), each at the revision that the transaction sees or a
    /// later one. A forest that is not there is left out.
    pub(super) fn look<T>(
        &self,
        tx: &mut Tx<'_>,
        forests: &[ForestId],
        as_of: Option<NaiveDate>,
        show: impl FnOnce(&mut Tx<'_>, &[Scene<'_>]) -> Result<T>,
    ) -> Result<T> {
        let rows = some_forests(tx.conn, tx.organization(), forests)?;
        self.look_at(tx, rows, as_of, show)
    }

    /// The same with rows that the transaction has read.
    pub(super) fn look_at<T>(
        &self,
        tx: &mut Tx<'_>,
        mut rows: Vec<ForestRow>,
        as_of: Option<NaiveDate>,
        show: impl FnOnce(&mut Tx<'_>, &[Scene<'_>]) -> Result<T>,
    ) -> Result<T> {
        if !tx.reads_only() {
            return Err(Error::internal("forests are looked at by transactions that only read"));
        }
        let (organization, today) = (tx.organization(), tx.today());
        let mut faults = Faults::new();
        check_day("?as_of", as_of, today, &mut faults);
        faults.finish()?;
        let day = as_of.filter(|day| *day < today);
        let bases = [
            day.map_or(Basis::Now, Basis::AsOf),
            Basis::AsOf(day.unwrap_or(today).checked_sub_days(WEEK).unwrap_or(NaiveDate::MIN)),
        ];
        // Locks are taken in this order by everyone, so that nobody waits in a ring.
        rows.sort_unstable_by_key(|row| row.id);
        rows.dedup();
        let mut held = Vec::new();
        for row in rows {
            let mut reading = Reading::new(tx.conn, Arc::clone(&tx.actor.directory), organization, today);
            held.push(self.bring(&mut reading, row, bases)?);
        }
        let locked: Vec<_> = held.iter().map(|[now, before]| (now.look(), before.look())).collect();
        let scenes: Option<Vec<_>> =
            locked.iter().map(|(now, before)| Some(Scene { now: now.as_ref()?, before: before.as_ref()? })).collect();
        show(tx, &scenes.ok_or(Error::Again)?)
    }

    /// Brings a forest to the revision that a connection sees, on several bases.
    pub(super) fn bring<const N: usize>(
        &self,
        reading: &mut Reading<'_>,
        ForestRow { id: forest, revision, .. }: ForestRow,
        bases: [Basis; N],
    ) -> Result<[Arc<Entry>; N]> {
        let organization = reading.organization;
        let entries = bases.map(|basis| self.shelf().take(Key { organization, forest, basis }));
        let mut loaded = false;
        for (entry, basis) in entries.iter().zip(bases) {
            loaded |= entry.move_to(revision, reading, forest, basis)?;
            if let Some(lent) = entry.look().as_ref().and_then(Picture::lend) {
                reading.known.lent = Some(lent);
            }
        }
        if loaded {
            self.shelf().make_room();
        }
        Ok(entries)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Looks at the picture: none before it is loaded.
    pub(super) fn look(&self) -> RwLockReadGuard<'_, Option<Picture>> {
        self.picture.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the picture to a revision and day, and tells whether it had to be loaded.
    fn move_to(&self, revision: i64, reading: &mut Reading<'_>, forest: ForestId, basis: Basis) -> Result<bool> {
        if self.is_there(revision, reading, basis)? {
            return Ok(false);
        }
        let _moving = self.moving.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_there(revision, reading, basis)? {
            return Ok(false);
        }
        let step = match &*self.look() {
            Some(picture) if !self.picture.is_poisoned() => picture.step_to(revision, reading, forest, basis)?,
            _ => None,
        };
        if step.is_some_and(|step| self.write(|picture| picture.as_mut().is_some_and(|it| it.take(step)))) {
            return Ok(false);
        }
        let loaded = Picture::load(reading, forest, basis, revision)?;
        self.write(|picture| *picture = Some(loaded));
        self.picture.clear_poison();
        Ok(true)
    }

    /// What a change left behind that panicked is never built upon.
    fn is_there(&self, revision: i64, reading: &mut Reading<'_>, basis: Basis) -> Result<bool> {
        match &*self.look() {
            Some(picture) if !self.picture.is_poisoned() => picture.is_there(revision, basis, reading),
            _ => Ok(false),
        }
    }

    fn write<T>(&self, change: impl FnOnce(&mut Option<Picture>) -> T) -> T {
        let mut picture = self.picture.write().unwrap_or_else(PoisonError::into_inner);
        let done = change(&mut picture);
        self.goals.store(picture.as_ref().map_or(0, Picture::size), Ordering::Relaxed);
        done
    }
}

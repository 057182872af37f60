//! The database: SQLite inside the process or PostgreSQL, by URL. One set of queries serves both; where they differ,
//! the difference ends in this folder.
//!
//! A request is one closure on one transaction: [`Db::read`] sees one unchanging picture, [`Db::write`] commits all
//! or nothing. Both come in a blocking form for commands.

pub mod columns;
mod conn;
mod event;
mod forests;
mod migrate;
mod origin;
mod pool;
pub mod schema;
mod tx;
mod vault;

pub use conn::{Conn, Locked, MultiBackend, Native};
pub(crate) use conn::{insert_rows, native};
pub use event::{Event, Subject, note as note_event};
pub use forests::{
    ForestRow, all as all_forests, delete as delete_forest, find as find_forest, insert as insert_forest,
    some as some_forests,
};
pub use origin::Origin;
pub use pool::Target;
pub use tx::{Done, Patience, Tx};
pub use vault::Vault;

use crate::domain::ids::OrganizationId;
use crate::error::{Code, Error, Result};
use conn::Mode;
use diesel::r2d2::{Pool, PooledConnection};
use pool::Manager;
use std::sync::Arc;
use std::time::Duration;

/// Whose rows a transaction may touch. PostgreSQL holds it to that by row-level security.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One organization's.
    Organization(OrganizationId),
    /// All: for sign-in, jobs and `verify`, before an organization is known or across them.
    System,
}

/// How long a request's transaction may take unless set.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a transaction that met another one runs again.
const ATTEMPTS: u32 = 10;
/// How many of those hope that nobody is in the way.
const OPTIMISTIC_ATTEMPTS: u32 = 3;

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    target: Target,
    readers: Arc<Pool<Manager>>,
    writers: Arc<Pool<Manager>>,
    patience: Duration,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Db").field(&self.target.engine()).finish()
    }
}

impl Db {
    /// Opens the database with up to `connections` connections. SQLite is made where it does not exist, and has one
    /// writing connection beside the reading ones, so that writers queue fairly.
    pub fn open(target: Target, connections: u32) -> Result<Self> {
        let pool = |size: u32| {
            Pool::builder()
                .max_size(size.max(1))
                .min_idle(Some(1))
                .connection_timeout(Duration::from_secs(10))
                .build(Manager::new(target.clone()))
                .map(Arc::new)
                .map_err(Error::internal)
        };
        let (writers, readers) = match target {
            Target::Sqlite(_) => (pool(1)?, pool(connections)?),
            Target::Postgres(_) => {
                let shared = pool(connections)?;
                (Arc::clone(&shared), shared)
            }
        };
        Ok(Self { target, readers, writers, patience: PATIENCE })
    }

    /// The same, but [`Db::read`] and [`Db::write`] answer [`Code::TimedOut`] after so long. What they run goes on to
    /// its end, and its connection goes back to the pool then.
    #[must_use]
    pub fn patient_for(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Which database it is: `sqlite` or `postgresql`.
    pub const fn engine(&self) -> &'static str {
        self.target.engine()
    }

    /// Brings the tables up to what this binary knows, and says which steps were new. A database made by a newer
    /// binary is refused.
    pub fn migrate(&self) -> Result<Vec<String>> {
        migrate::run(&mut Self::take(&self.writers)?.conn)
    }

    /// Whether the database lets this service past row-level security, as it does a superuser.
    pub fn is_unguarded(&self) -> Result<bool> {
        Ok(migrate::is_unguarded(&mut Self::take(&self.readers)?.conn)?)
    }

    /// Runs a closure on one unchanging picture of the database. It runs again, on a later one, where another
    /// transaction was in the way.
    pub fn read_now<T>(&self, scope: Scope, run: impl Fn(&mut Conn) -> Result<T>) -> Result<T> {
        let mut lent = Self::take(&self.readers)?;
        again(|_| lent.conn.in_transaction(Mode::Read, scope, &run))
    }

    /// Runs a closure that writes: all of it or nothing. It runs again where another transaction was in the way.
    pub fn write_now<T>(&self, scope: Scope, run: impl Fn(&mut Conn, Patience) -> Result<T>) -> Result<T> {
        let mut lent = Self::take(&self.writers)?;
        again(|patience| lent.conn.in_transaction(Mode::Write, scope, |conn| run(conn, patience)))
    }

    /// [`Db::read_now`] off the async threads.
    pub async fn read<T: Send + 'static>(
        &self,
        scope: Scope,
        run: impl Fn(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.clone();
        self.in_time(blocking(move || db.read_now(scope, run))).await
    }

    /// [`Db::write_now`] off the async threads.
    pub async fn write<T: Send + 'static>(
        &self,
        scope: Scope,
        run: impl Fn(&mut Conn, Patience) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.clone();
        self.in_time(blocking(move || db.write_now(scope, run))).await
    }

    async fn in_time<T>(&self, run: impl Future<Output = Result<T>>) -> Result<T> {
        let ended = tokio::time::timeout(self.patience, run).await;
        ended.unwrap_or_else(|_| Err(Code::TimedOut.into()))
    }

    fn take(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
        pool.get().map_err(|error| {
            tracing::warn!(%error, "no database connection");
            Error::Busy
        })
    }
}

/// Tries a transaction until nobody is in its way, or it was tried often enough.
fn again<T>(mut attempt: impl FnMut(Patience) -> Result<T>) -> Result<T> {
    for nth in 1..ATTEMPTS {
        let patience = if nth < OPTIMISTIC_ATTEMPTS { Patience::Optimistic } else { Patience::Locking };
        match attempt(patience) {
            Err(Error::Again) => std::thread::sleep(Duration::from_millis(u64::from(nth * nth))),
            done => return done,
        }
    }
    attempt(Patience::Locking)
}

/// Runs something slow off the async threads.
pub async fn blocking<T: Send + 'static>(run: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    actix_web::web::block(run).await.map_err(Error::internal)?
}

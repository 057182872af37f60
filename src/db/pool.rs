//! Opening connections.

use super::conn::Conn;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ManageConnection, R2D2Connection};
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// A PostgreSQL URL. It may hold a password: never logged.
    Postgres(String),
}

impl Target {
    /// The database's name.
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgresql",
        }
    }
}

/// Opens connections for the pool.
pub(super) struct Manager {
    target: Target,
}

impl Manager {
    pub(super) const fn new(target: Target) -> Self {
        Self { target }
    }
}

/// A connection of the pool, when it was last given back sound, and when its statements were last planned anew.
pub(super) struct Kept {
    pub(super) conn: Conn,
    sound_at: Instant,
    planned_at: Instant,
}

/// How long a connection that was given back sound is lent again unasked: to ask costs a way to the server and back,
/// as much as any small query.
const SOUND: Duration = Duration::from_secs(1);

/// How long PostgreSQL keeps the plans of a connection's statements. They are made for tables of the size that these
/// have then: one made while a table is all but empty goes through the whole of it, however it grows.
const PLANNED: Duration = Duration::from_secs(10);

impl ManageConnection for Manager {
    type Connection = Kept;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Kept, Self::Error> {
        let opened = match &self.target {
            Target::Sqlite(file) => open_sqlite(file).map(Conn::Sqlite),
            Target::Postgres(url) => open_postgres(url).map(Conn::Postgres),
        };
        let conn = opened.map_err(diesel::r2d2::Error::ConnectionError)?;
        Ok(Kept { conn, sound_at: Instant::now(), planned_at: Instant::now() })
    }

    fn is_valid(&self, kept: &mut Kept) -> Result<(), Self::Error> {
        match &mut kept.conn {
            // A file does not go away.
            Conn::Sqlite(_) => Ok(()),
            Conn::Postgres(conn) if kept.planned_at.elapsed() > PLANNED => {
                kept.planned_at = Instant::now();
                conn.batch_execute("DISCARD PLANS").map_err(diesel::r2d2::Error::QueryError)
            }
            Conn::Postgres(_) if kept.sound_at.elapsed() < SOUND => Ok(()),
            Conn::Postgres(conn) => conn.ping().map_err(diesel::r2d2::Error::QueryError),
        }
    }

    fn has_broken(&self, kept: &mut Kept) -> bool {
        kept.sound_at = Instant::now();
        std::thread::panicking() || kept.conn.is_broken()
    }
}

fn open_sqlite(file: &std::path::Path) -> Result<SqliteConnection, ConnectionError> {
    let name = file.to_str().ok_or_else(|| ConnectionError::BadConnection("the path is not UTF-8".to_owned()))?;
    let mut conn = SqliteConnection::establish(name)?;
    // FULL: an answered write outlives a power cut, not only a crash of the process.
    conn.batch_execute(
        "PRAGMA busy_timeout = 10000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -16000;",
    )
    .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

fn open_postgres(url: &str) -> Result<PgConnection, ConnectionError> {
    let mut conn = PgConnection::establish(url)?;
    // Statements are planned once for whatever they are asked with: to plan a small one costs more than to run it.
    conn.batch_execute(
        "SET lock_timeout = '15s'; SET statement_timeout = '60s'; SET TIME ZONE 'UTC';
         SET plan_cache_mode = force_generic_plan;",
    )
    .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

//! Bringing the tables up to date.

use super::conn::Conn;
use crate::error::{Error, Result};
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Any number; the same in every goaltree, so that two that start at once migrate one after the other.
const MIGRATION_LOCK: i64 = 0x676f_616c_7472;

pub(super) fn run(conn: &mut Conn) -> Result<Vec<String>> {
    match conn {
        Conn::Sqlite(conn) => pending(conn),
        Conn::Postgres(conn) => {
            conn.batch_execute(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})"))?;
            let done = pending(conn);
            conn.batch_execute(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))?;
            done
        }
    }
}

fn pending<DB: Backend, C: MigrationHarness<DB>>(conn: &mut C) -> Result<Vec<String>> {
    let known = diesel::migration::MigrationSource::<DB>::migrations(&MIGRATIONS).map_err(Error::Internal)?;
    let known: Vec<_> = known.iter().map(|migration| migration.name().version().as_owned()).collect();
    let applied = conn.applied_migrations().map_err(Error::Internal)?;
    if let Some(unknown) = applied.iter().find(|version| !known.contains(version)) {
        return Err(Error::internal(format!(
            "the database was made by a newer goaltree (it has the migration {unknown}); start that one, or restore a backup"
        )));
    }
    let done = conn.run_pending_migrations(MIGRATIONS).map_err(Error::Internal)?;
    Ok(done.iter().map(ToString::to_string).collect())
}

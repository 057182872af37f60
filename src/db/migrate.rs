//! Bringing the tables up to date, and what each database holds to by itself (`walls/`).

use super::conn::Conn;
use crate::error::{Error, Result};
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Bool;
use diesel::{PgConnection, QueryResult, QueryableByName, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Any number; the same in every goaltree, so that two that start at once migrate one after the other.
const MIGRATION_LOCK: i64 = 0x676f_616c_7472;

/// Migrations change any organization's rows.
const OPEN: &str = "SET goaltree.scope = 'system'";

pub(super) fn run(conn: &mut Conn) -> Result<Vec<String>> {
    match conn {
        Conn::Sqlite(conn) => {
            let done = pending(conn)?;
            conn.batch_execute(include_str!("../../walls/sqlite.sql"))?;
            Ok(done)
        }
        Conn::Postgres(conn) => {
            conn.batch_execute(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK}); {OPEN}"))?;
            let walled = |conn: &mut PgConnection| Ok(conn.batch_execute(include_str!("../../walls/postgresql.sql"))?);
            let done = pending(conn).and_then(|done| walled(conn).map(|()| done));
            conn.batch_execute(&format!("RESET goaltree.scope; SELECT pg_advisory_unlock({MIGRATION_LOCK})"))?;
            done
        }
    }
}

#[derive(QueryableByName)]
struct Role {
    #[diesel(sql_type = Bool)]
    unguarded: bool,
}

/// Whether row-level security does not hold for the role that the service connects as.
pub(super) fn is_unguarded(conn: &mut Conn) -> QueryResult<bool> {
    let Conn::Postgres(conn) = conn else { return Ok(false) };
    let asked = "SELECT rolsuper OR rolbypassrls AS unguarded FROM pg_roles WHERE rolname = current_user";
    diesel::sql_query(asked).get_result::<Role>(conn).map(|role| role.unguarded)
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

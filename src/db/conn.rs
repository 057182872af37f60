//! One connection type over both databases, and the few statements whose text differs between them.

#![expect(missing_docs, reason = "the derive writes undocumented public items")]

use super::Scope;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::pg::{Pg, PgConnection};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel::{Connection, RunQueryDsl};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// The embedded database.
    Sqlite(SqliteConnection),
}

/// How a transaction is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// One unchanging picture of the database, nothing written.
    Read,
    /// Reads what is committed, writes; on SQLite the only writer.
    Write,
}

impl Conn {
    /// Runs a closure in a transaction of its own: committed if it succeeds, undone if it fails. On PostgreSQL it says
    /// whose rows it may touch with the very statement that begins it: row-level security asks for that.
    pub(super) fn in_transaction<T, E: From<diesel::result::Error>>(
        &mut self,
        mode: Mode,
        scope: Scope,
        run: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        match (&mut *self, mode) {
            (Self::Postgres(conn), Mode::Read) => {
                let begin = format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL {}", setting(scope));
                AnsiTransactionManager::begin_transaction_sql(conn, &begin)?;
            }
            (Self::Postgres(conn), Mode::Write) => {
                AnsiTransactionManager::begin_transaction_sql(conn, &format!("BEGIN; SET LOCAL {}", setting(scope)))?;
            }
            (Self::Sqlite(conn), Mode::Read) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN DEFERRED")?,
            (Self::Sqlite(conn), Mode::Write) => {
                AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?;
            }
        }
        match run(self) {
            Ok(value) => {
                <Self as Connection>::TransactionManager::commit_transaction(self)?;
                Ok(value)
            }
            Err(error) => {
                // The closure's own fault is the one to tell; a connection that cannot even roll back is broken,
                // which the pool finds out when it gets it back.
                if let Err(rollback) = <Self as Connection>::TransactionManager::rollback_transaction(self) {
                    tracing::warn!(%rollback, "a transaction could not be rolled back");
                }
                Err(error)
            }
        }
    }
}

/// What row-level security reads (`walls/postgresql.sql`). An id is nothing but hexadecimal digits.
fn setting(scope: Scope) -> String {
    match scope {
        Scope::Organization(id) => format!("goaltree.organization = '{id}'"),
        Scope::System => "goaltree.scope = 'system'".to_owned(),
    }
}

/// A statement that both databases know but diesel's two-database backend does not: `ON CONFLICT`.
#[derive(Debug, Clone, Copy)]
pub struct Native<Q>(pub Q);

impl<Q> QueryFragment<MultiBackend> for Native<Q>
where
    Q: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, out)
    }
}

impl<Q: QueryId> QueryId for Native<Q> {
    type QueryId = Native<Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: Query> Query for Native<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<Conn> for Native<Q> {}

/// A select that locks its rows until the transaction ends, so that writers of the same thing wait for each other.
/// On SQLite the transaction is the lock.
#[derive(Debug, Clone, Copy)]
pub struct Locked<Q>(pub Q);

#[derive(Debug, Clone, Copy)]
struct RowLock;

impl QueryFragment<Pg> for RowLock {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(" FOR NO KEY UPDATE");
        Ok(())
    }
}

impl QueryFragment<Sqlite> for RowLock {
    fn walk_ast<'b>(&'b self, _: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        Ok(())
    }
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Locked<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        MultiBackend::walk_variant_ast(&RowLock, out)
    }
}

impl<Q: QueryId> QueryId for Locked<Q> {
    type QueryId = Locked<Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: Query> Query for Locked<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<Conn> for Locked<Q> {}

/// Compiles one expression once for each database: for inserts of many rows, which the two-database backend lacks.
macro_rules! native {
    ($conn:expr, |$each:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Postgres($each) => $body,
            $crate::db::Conn::Sqlite($each) => $body,
        }
    };
}
pub(crate) use native;

/// Inserts rows, a few in a statement: the statements are of few sizes, so that each is prepared once a connection and
/// not made anew for every count of rows. The rows' type says `treat_none_as_default_value = false`, for the same end.
macro_rules! insert_rows {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let (sixteens, rest) = $rows.as_chunks::<16>();
        let (fours, rest) = rest.as_chunks::<4>();
        let (twos, ones) = rest.as_chunks::<2>();
        for rows in sixteens {
            $crate::db::native!($conn, |each| diesel::insert_into($table).values(rows).execute(each))?;
        }
        for rows in fours {
            $crate::db::native!($conn, |each| diesel::insert_into($table).values(rows).execute(each))?;
        }
        for rows in twos {
            $crate::db::native!($conn, |each| diesel::insert_into($table).values(rows).execute(each))?;
        }
        for row in ones {
            diesel::insert_into($table).values(row).execute($conn)?;
        }
    }};
}
pub(crate) use insert_rows;

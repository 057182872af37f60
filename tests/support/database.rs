//! A database of its own for each test: a file, or, given `DATABASE_URL`, a database on that server, used as a role
//! that row-level security holds for.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use goaltree::db::Target;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The role that the service connects as: no superuser, so that every test runs behind row-level security.
pub const ROLE: &str = "goaltree_test_service";

/// A database that leaves with the test.
pub enum Database {
    /// A folder with a file of the embedded database.
    Sqlite(PathBuf),
    /// A database on a PostgreSQL server: the server's URL, and its name.
    Postgres(String, String),
}

/// The PostgreSQL server that tests are to use.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment which server to use")]
pub fn server() -> Option<String> {
    std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty())
}

impl Database {
    /// A new one, empty.
    pub fn fresh() -> Self {
        let name = format!("goaltree_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        match server() {
            None => Self::Sqlite(std::env::temp_dir().join(name)),
            Some(url) => {
                run(&url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                // Tests of several binaries may come here at once.
                run(
                    &url,
                    &format!(
                        "DO $$ BEGIN CREATE ROLE {ROLE} LOGIN PASSWORD '{ROLE}'; \
                         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
                    ),
                );
                run(&url, &format!("CREATE DATABASE {name} OWNER {ROLE}"));
                Self::Postgres(url, name)
            }
        }
    }

    /// Whether it is PostgreSQL.
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(..))
    }

    /// Where it is.
    pub fn target(&self) -> Target {
        match self {
            Self::Sqlite(folder) => Target::Sqlite(folder.join("goaltree.db")),
            Self::Postgres(..) => Target::Postgres(self.url().unwrap_or_default()),
        }
    }

    /// The URL, of PostgreSQL, for the service's role.
    pub fn url(&self) -> Option<String> {
        self.url_as(Some(ROLE))
    }

    /// The URL, of PostgreSQL, for whoever made the database: a superuser.
    pub fn superuser_url(&self) -> Option<String> {
        self.url_as(None)
    }

    fn url_as(&self, role: Option<&str>) -> Option<String> {
        let Self::Postgres(server, name) = self else { return None };
        let (base, query) = server.split_once('?').map_or((server.as_str(), None), |(b, q)| (b, Some(q)));
        let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
        let base = match (role, base.split_once("://")) {
            (Some(role), Some((scheme, rest))) => {
                let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                format!("{scheme}://{role}:{role}@{host}")
            }
            _ => base.to_owned(),
        };
        Some(query.map_or_else(|| format!("{base}/{name}"), |query| format!("{base}/{name}?{query}")))
    }

    /// The arguments that make the program use it.
    pub fn arguments(&self) -> Vec<String> {
        match self {
            Self::Sqlite(folder) => vec!["--data".to_owned(), folder.display().to_string()],
            Self::Postgres(..) => vec!["--database-url".to_owned(), self.url().unwrap_or_default()],
        }
    }
}

fn run(url: &str, statement: &str) {
    let mut conn = PgConnection::establish(url).expect("the PostgreSQL server of DATABASE_URL answers");
    conn.batch_execute(statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
}

impl Drop for Database {
    fn drop(&mut self) {
        match self {
            Self::Sqlite(folder) => drop(std::fs::remove_dir_all(folder)),
            Self::Postgres(url, name) => run(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")),
        }
    }
}

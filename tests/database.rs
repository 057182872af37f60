//! The two databases behave as one, and the tables are what the code says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

#[path = "support/mod.rs"]
mod support;

use diesel::RunQueryDsl;
use diesel::sql_types::Text;
use goaltree::app::App;
use goaltree::db::{Conn, Db, Scope, Target};
use goaltree::error::{Code, Error};
use support::{Database, config};

fn open(database: &Database) -> Db {
    App::open(&config(&[]), database.target()).expect("the service opens").service.db
}

#[derive(diesel::QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

fn columns(conn: &mut Conn, table: &str) -> Vec<String> {
    let query = match conn {
        Conn::Sqlite(_) => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"),
        Conn::Postgres(_) => format!(
            "SELECT column_name::text AS name FROM information_schema.columns \
             WHERE table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    diesel::sql_query(query).load::<Column>(conn).unwrap().into_iter().map(|column| column.name).collect()
}

#[test]
fn the_tables_are_those_of_the_schema() {
    let schema = [
        include_str!("../src/db/schema.rs"),
        include_str!("../src/db/schema/identity.rs"),
        include_str!("../src/db/schema/review.rs"),
    ]
    .concat();
    let database = Database::fresh();
    let db = open(&database);
    let mut tables = 0;
    for block in schema.split("diesel::table! {").skip(1) {
        let body = block.split("}\n}").next().unwrap();
        let head = body.lines().find(|line| line.contains(") {")).unwrap();
        let table = head.split_whitespace().next().unwrap().to_owned();
        let listed: Vec<_> =
            body.lines().filter_map(|line| line.trim().split_once(" -> ").map(|(name, _)| name.to_owned())).collect();
        let found = db.read_now(Scope::System, |conn| Ok(columns(conn, &table))).unwrap();
        assert_eq!(found, listed, "{table}");
        tables += 1;
    }
    assert!(tables > 15, "{tables} tables were compared");
}

#[test]
fn migrating_twice_changes_nothing() {
    let database = Database::fresh();
    let db = open(&database);
    assert_eq!(db.migrate().unwrap(), Vec::<String>::new());
}

#[test]
fn a_database_of_a_newer_goaltree_is_refused() {
    let database = Database::fresh();
    let db = open(&database);
    db.write_now(Scope::System, |conn, _| {
        diesel::sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231235959')")
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let refused = db.migrate().unwrap_err().to_string();
    assert!(refused.contains("newer goaltree"), "{refused}");
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    let database = Database::fresh();
    let db = open(&database);
    let insert = "INSERT INTO forests (organization_id, id, revision, structure_revision) VALUES ($1, $2, 1, 1)";
    let failed = db.write_now(Scope::System, |conn, _| -> Result<(), Error> {
        diesel::sql_query(insert)
            .bind::<goaltree::db::columns::Uid, _>(goaltree::db::columns::AnyId(uuid::Uuid::nil()))
            .bind::<goaltree::db::columns::Uid, _>(goaltree::db::columns::AnyId(uuid::Uuid::nil()))
            .execute(conn)?;
        Err(Code::Forbidden.into())
    });
    assert_eq!(failed.unwrap_err().code(), Code::Forbidden);
    let count = db
        .read_now(Scope::System, |conn| {
            Ok(diesel::sql_query("SELECT count(*) AS count FROM forests").get_result::<Count>(conn)?.count)
        })
        .unwrap();
    assert_eq!(count, 0);
}

#[test]
fn a_panic_inside_a_transaction_spoils_no_later_one() {
    let database = Database::fresh();
    let db = open(&database);
    let panicking = db.clone();
    let panicked = std::thread::spawn(move || {
        let _ = panicking.write_now(Scope::System, |_, _| -> Result<(), Error> { panic!("on purpose") });
    })
    .join();
    assert!(panicked.is_err());
    db.write_now(Scope::System, |conn, _| Ok(diesel::sql_query("SELECT 1").execute(conn).map(drop)?)).unwrap();
}

#[test]
fn the_embedded_database_is_made_in_a_folder_of_its_owner_alone() {
    let database = Database::fresh();
    let Target::Sqlite(file) = database.target() else { return };
    open(&database);
    assert!(file.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file.parent().unwrap()).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
}

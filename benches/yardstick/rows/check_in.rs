//! Check-ins over HTTP: token, validation, the whole answer with all goals above.

use super::{Cost, Must, ROUNDS, Row, alternate, pick};
use crate::client::request;
use crate::forest::{Size, goal_id};
use crate::load::{self, Ran, Until};
use crate::machine::cpu_of_family;
use crate::results::Reached;
use crate::world::{Engine, World};
use crate::{Bench, Outcome};
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, RunQueryDsl, SqliteConnection};
use std::path::Path;
use std::time::{Duration, Instant};

/// Against what a database does by itself.
pub const ROWS: &[Row] = &[
    Row {
        name: "check-in-8/postgres",
        what: "check-ins a second over 8 connections, 100 000 goals under one root, to `pgbench` with the plain SQL way and 8 clients",
        must: Must::AtLeast(1.5, "×"),
        measure: |bench| against_plain_sql(bench, 8),
    },
    Row {
        name: "check-in-32/postgres",
        what: "the same, 32",
        must: Must::AtLeast(2.0, "×"),
        measure: |bench| against_plain_sql(bench, 32),
    },
    Row {
        name: "check-in-8/sqlite",
        what: "the same over 8 connections, to a bare loop on SQLite that inserts a check-in and updates a row, a commit each",
        must: Must::AtLeast(1.0, "×"),
        measure: |bench| against_a_bare_loop(bench, 8),
    },
    Row {
        name: "check-in-32/sqlite",
        what: "the same, 32",
        must: Must::AtLeast(1.0, "×"),
        measure: |bench| against_a_bare_loop(bench, 32),
    },
];

/// Against a smaller forest.
pub const SIZES: &[Row] = &[
    Row {
        name: "check-in-size/postgres",
        what: "median time of a check-in over 8 connections at 1 000 000 goals, to that at 10 000",
        must: Must::AtMost(1.5, "×"),
        measure: |bench| against_a_small_forest(bench, Engine::Postgres),
    },
    Row {
        name: "check-in-size/sqlite",
        what: "the same on SQLite",
        must: Must::AtMost(1.5, "×"),
        measure: |bench| against_a_small_forest(bench, Engine::Sqlite),
    },
];

/// Each goal at the ends has been checked in once: a table that a database has never seen rows in it plans for badly.
const GOALS: Size = Size { goals: 100_000, check_ins: 1 };
const TURN: Duration = Duration::from_secs(4);

/// Checks in random goals at the ends of the tree.
fn check_in(world: &World, connections: usize, until: Until) -> Outcome<Ran> {
    let tokens: Vec<String> = (0..connections).map(|place| world.token(place).to_owned()).collect();
    let (first, leaves) = (world.size.first_leaf(), world.size.goals + 1 - world.size.first_leaf());
    load::run(world.address()?, connections, until, 201, move |place, count| {
        let chosen = pick(place, count, leaves * 10_000);
        let path = format!("/goals/{}/check-ins", goal_id(first + chosen / 10_000));
        let body = format!(r#"{{"value":"{}","note":"note"}}"#, chosen % 10_000);
        request("POST", &path, tokens.get(place).map_or("", String::as_str), &[], &body)
    })
}

fn against_plain_sql(bench: &Bench, clients: usize) -> Outcome<Reached> {
    let world = bench.world(Engine::Postgres, GOALS)?;
    let world = world.borrow();
    let (server, _) = world.postgres().ok_or("no PostgreSQL")?;
    let plain = bench.new_name();
    server.create(&plain)?;
    let (goals, first) = (format!("n={}", GOALS.goals), format!("first={}", GOALS.first_leaf()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/plain-sql");
    let file = |name: &str| folder.join(name).display().to_string();
    server.run(&plain, &["-v", &goals, "-f", &file("schema.sql")])?;
    let (seconds, count) = (TURN.as_secs().to_string(), clients.to_string());
    let arguments = ["-D", &goals, "-D", &first, "-f", &file("checkin.sql"), "-c", &count, "-j", "2", "-T", &seconds]
        .map(str::to_owned);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (mut ours_cost, mut theirs_cost) = (Cost::default(), Cost::default());
    let mut theirs = || {
        let (before, rate) = (cpu_of_family(server.process()?)?, server.pgbench(&plain, &arguments)?);
        theirs_cost.add(cpu_of_family(server.process()?)?.saturating_sub(before), rate * TURN.as_secs_f64());
        Ok(rate)
    };
    let mut ours = || {
        let (before, ran) = (world.cpu()?, check_in(&world, clients, Until::Past(TURN))?);
        ours_cost.add(world.cpu()?.saturating_sub(before), ran.rate() * TURN.as_secs_f64());
        Ok(ran.rate())
    };
    theirs()?;
    ours()?;
    let sides = alternate(ROUNDS, ours, theirs)?;
    server.remove(&plain)?;
    world.verify()?;
    let cost = format!("CPU each {:.2} ms to {:.2} ms", ours_cost.each(), theirs_cost.each());
    Ok(Reached { figure: sides.ratio, from: format!("{:.0}/s to {:.0}/s; {cost}", sides.ours, sides.theirs) })
}

fn against_a_bare_loop(bench: &Bench, connections: usize) -> Outcome<Reached> {
    let world = bench.world(Engine::Sqlite, GOALS)?;
    let world = world.borrow();
    let file = bench.folder().join("bare.db");
    let mut conn = bare(&file)?;
    let theirs = || bare_rate(&mut conn);
    let ours = || Ok(check_in(&world, connections, Until::Past(TURN))?.rate());
    ours()?;
    let sides = alternate(ROUNDS, ours, theirs)?;
    world.verify()?;
    Ok(Reached { figure: sides.ratio, from: format!("{:.0}/s to {:.0}/s", sides.ours, sides.theirs) })
}

/// A file with as many rows, as durable as the service's.
fn bare(file: &Path) -> Outcome<SqliteConnection> {
    drop(std::fs::remove_file(file));
    let mut conn = SqliteConnection::establish(&file.display().to_string())?;
    conn.batch_execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;
         CREATE TABLE goals (id INTEGER PRIMARY KEY, value BIGINT NOT NULL);
         CREATE TABLE check_ins (id INTEGER PRIMARY KEY, goal_id BIGINT NOT NULL, value BIGINT NOT NULL, note TEXT);
         CREATE INDEX check_ins_goal ON check_ins (goal_id);",
    )?;
    diesel::sql_query(
        "WITH RECURSIVE g(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM g WHERE id < $1) INSERT INTO goals SELECT id, 0 FROM g",
    )
    .bind::<BigInt, _>(i64::try_from(GOALS.goals)?)
    .execute(&mut conn)?;
    Ok(conn)
}

/// Inserts a check-in and updates a row, a commit each; how many a second.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn bare_rate(conn: &mut SqliteConnection) -> Outcome<f64> {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < TURN {
        let goal = i64::try_from(pick(0, count, GOALS.goals))? + 1;
        conn.immediate_transaction(|conn| {
            diesel::sql_query("INSERT INTO check_ins (goal_id, value, note) VALUES ($1, $2, 'note')")
                .bind::<BigInt, _>(goal)
                .bind::<BigInt, _>(goal)
                .execute(conn)?;
            diesel::sql_query("UPDATE goals SET value = $1 WHERE id = $2")
                .bind::<BigInt, _>(goal)
                .bind::<BigInt, _>(goal)
                .execute(conn)
        })?;
        count += 1;
    }
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

fn against_a_small_forest(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let small = bench.world(engine, Size { goals: 10_000, check_ins: 1 })?;
    let large = bench.world(engine, Size { goals: 1_000_000, check_ins: 1 })?;
    let (small, large) = (small.borrow(), large.borrow());
    let median = |world: &World, until| Ok(check_in(world, 8, until)?.median());
    // The first one loads the forest.
    for world in [&small, &large] {
        check_in(world, 1, Until::Answers(1))?;
        median(world, Until::Past(TURN))?;
    }
    let sides = alternate(ROUNDS, || median(&large, Until::Past(TURN)), || median(&small, Until::Past(TURN)))?;
    Ok(Reached { figure: sides.ratio, from: format!("{:.2} ms to {:.2} ms", sides.ours, sides.theirs) })
}

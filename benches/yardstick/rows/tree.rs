//! Trees of whole cycles: what service and database spend on a read.

use super::{Must, ROUNDS, Row, alternate, authenticate_only};
use crate::client::{Answer, Connection, block_on, request};
use crate::forest::Size;
use crate::load::{self, Until};
use crate::results::Reached;
use crate::world::{Engine, World};
use crate::{Bench, Outcome};
use serde_json::Value;
use std::slice::from_ref;

pub const ROWS: &[Row] = &[
    Row {
        name: "tree-1000/postgres",
        what: "tree of a 1 000-goal cycle over HTTP, CPU of service and database a read",
        must: Must::AtMost(5.0, "ms"),
        measure: |bench| of_a_thousand(bench, Engine::Postgres),
    },
    Row {
        name: "tree-1000/sqlite",
        what: "the same on SQLite",
        must: Must::AtMost(5.0, "ms"),
        measure: |bench| of_a_thousand(bench, Engine::Sqlite),
    },
    Row {
        name: "tree-unchanged/postgres",
        what: "the same unchanged, with `If-None-Match`, to an address that only authenticates, CPU",
        must: Must::AtMost(2.0, "×"),
        measure: |bench| unchanged(bench, Engine::Postgres),
    },
    Row {
        name: "tree-unchanged/sqlite",
        what: "the same on SQLite",
        must: Must::AtMost(2.0, "×"),
        measure: |bench| unchanged(bench, Engine::Sqlite),
    },
    Row {
        name: "tree-10000/postgres",
        what: "tree of a 10 000-goal cycle, all its pages, to that of 1 000 goals, CPU",
        must: Must::AtMost(12.0, "×"),
        measure: |bench| of_ten_thousand(bench, Engine::Postgres),
    },
    Row {
        name: "tree-10000/sqlite",
        what: "the same on SQLite",
        must: Must::AtMost(12.0, "×"),
        measure: |bench| of_ten_thousand(bench, Engine::Sqlite),
    },
];

const THOUSAND: Size = Size { goals: 1_000, check_ins: 10 };
const TEN_THOUSAND: Size = Size { goals: 10_000, check_ins: 10 };
/// How many trees are read in a turn, of the smaller cycle and of the larger one.
const READS: usize = 100;
const LARGE_READS: usize = 10;

fn of_a_thousand(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let world = bench.world(engine, THOUSAND)?;
    let world = world.borrow();
    let pages = pages(&world)?;
    read(&world, &pages, 10)?;
    let turns = (0..ROUNDS).map(|_| read(&world, &pages, READS)).collect::<Outcome<Vec<_>>>()?;
    Ok(Reached {
        figure: super::median(turns.into_iter()),
        from: format!("{ROUNDS} × {READS} reads, all 1 000 goals in one"),
    })
}

fn of_ten_thousand(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let (small, large) = (bench.world(engine, THOUSAND)?, bench.world(engine, TEN_THOUSAND)?);
    let (small, large) = (small.borrow(), large.borrow());
    let (few, many) = (pages(&small)?, pages(&large)?);
    read(&large, &many, 1)?;
    let sides = alternate(ROUNDS, || read(&large, &many, LARGE_READS), || read(&small, &few, READS))?;
    let from = format!("{:.1} ms in {} pages to {:.2} ms", sides.ours, many.len(), sides.theirs);
    Ok(Reached { figure: sides.ratio, from })
}

fn unchanged(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let world = bench.world(engine, THOUSAND)?;
    let world = world.borrow();
    let tag = ask(&world, &tree(&world, None, None), |answer| answer.header("etag").map(str::to_owned))?;
    let known = tree(&world, None, Some(&tag.ok_or("a tree without a tag")?));
    let bare = authenticate_only(&world, 0);
    let sides =
        alternate(ROUNDS, || cpu(&world, 304, from_ref(&known), 2_000), || cpu(&world, 304, from_ref(&bare), 2_000))?;
    Ok(Reached { figure: sides.ratio, from: format!("{:.3} ms to {:.3} ms", sides.ours, sides.theirs) })
}

/// The request of a page of a cycle's whole tree.
fn tree(world: &World, cursor: Option<&str>, known: Option<&str>) -> Vec<u8> {
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    let path = format!("/cycles/{}/tree?depth=50&limit=1000{cursor}", world.company.cycle);
    let known = known.map(|tag| ("If-None-Match", tag));
    request("GET", &path, world.token(0), known.as_slice(), "")
}

/// The requests of all pages of a cycle's whole tree.
fn pages(world: &World) -> Outcome<Vec<Vec<u8>>> {
    let mut pages = vec![tree(world, None, None)];
    let mut goals = 0;
    while let Some(page) = pages.last() {
        let answer = ask(world, page, json)??;
        goals += answer.get("nodes").and_then(|nodes| nodes.as_array()).map_or(0, Vec::len);
        match answer.get("next_cursor").and_then(|cursor| cursor.as_str()) {
            Some(cursor) => pages.push(tree(world, Some(cursor), None)),
            None => break,
        }
    }
    if goals == world.size.goals { Ok(pages) } else { Err(format!("{goals} goals are shown").into()) }
}

/// Reads whole trees; milliseconds of CPU that each cost service and database.
fn read(world: &World, pages: &[Vec<u8>], count: usize) -> Outcome<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few pages")]
    Ok(cpu(world, 200, pages, count)? * pages.len() as f64)
}

/// Sends requests in turn, all of them so many times; milliseconds of CPU that each cost service and database.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn cpu(world: &World, status: u16, requests: &[Vec<u8>], times: usize) -> Outcome<f64> {
    let (requests, count) = (requests.to_vec(), requests.len());
    let before = world.cpu()?;
    let ran = load::run(world.address()?, 1, Until::Answers(times * count), status, move |_, sent| {
        requests.get(sent % count).cloned().unwrap_or_default()
    })?;
    Ok(world.cpu()?.saturating_sub(before).as_secs_f64() * 1_000.0 / ran.answers() as f64)
}

fn json(answer: &Answer<'_>) -> Outcome<Value> {
    answer.json()
}

/// Sends one request, and takes something from its answer.
fn ask<T>(world: &World, request: &[u8], take: impl FnOnce(&Answer<'_>) -> T) -> Outcome<T> {
    let address = world.address()?;
    block_on(async { Ok(take(&Connection::open(address).await?.send(request).await?)) })
}

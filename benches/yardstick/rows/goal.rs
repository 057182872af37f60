//! One goal.

use super::{Must, ROUNDS, Row, alternate, authenticate_only, pick};
use crate::client::request;
use crate::forest::{Size, goal_id};
use crate::load::{self, Until};
use crate::results::Reached;
use crate::world::Engine;
use crate::{Bench, Outcome};
use std::time::Duration;

pub const ROWS: &[Row] = &[
    Row {
        name: "goal-64/postgres",
        what: "one goal with its ancestors, requests a second over 64 connections, to an address that only authenticates",
        must: Must::AtLeast(0.4, "×"),
        measure: |bench| with_ancestors(bench, Engine::Postgres),
    },
    Row {
        name: "goal-64/sqlite",
        what: "the same on SQLite",
        must: Must::AtLeast(0.4, "×"),
        measure: |bench| with_ancestors(bench, Engine::Sqlite),
    },
];

const CONNECTIONS: usize = 64;

fn with_ancestors(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let size = Size { goals: 100_000, check_ins: 0 };
    let world = bench.world(engine, size)?;
    let world = world.borrow();
    let turn = Until::Past(Duration::from_secs(3));
    let tokens: Vec<String> = (0..CONNECTIONS).map(|place| world.token(place).to_owned()).collect();
    let one_goal = move |place: usize, count| {
        let path = format!("/goals/{}?include=ancestors", goal_id(pick(place, count, size.goals) + 1));
        request("GET", &path, tokens.get(place).map_or("", String::as_str), &[], "")
    };
    let bare: Vec<_> = (0..CONNECTIONS).map(|place| authenticate_only(&world, place)).collect();
    let authenticate = move |place, _| bare.get(place).cloned().unwrap_or_default();
    let address = world.address()?;
    let ours = || Ok(load::run(address, CONNECTIONS, turn, 200, one_goal.clone())?.rate());
    let theirs = || Ok(load::run(address, CONNECTIONS, turn, 304, authenticate.clone())?.rate());
    // The first one loads the forest.
    load::run(address, 1, Until::Answers(1), 200, one_goal.clone())?;
    let sides = alternate(ROUNDS, ours, theirs)?;
    Ok(Reached { figure: sides.ratio, from: format!("{:.0}/s to {:.0}/s", sides.ours, sides.theirs) })
}

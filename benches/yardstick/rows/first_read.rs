//! The first read of a large cycle by a new process.

use super::{Must, Row, alternate};
use crate::client::{once, request};
use crate::forest::Size;
use crate::load::{self, Until};
use crate::results::Reached;
use crate::world::Engine;
use crate::{Bench, Outcome};
use chrono::NaiveDate;
use diesel::prelude::*;
use goaltree::db::Conn;
use goaltree::db::columns::Json;
use goaltree::db::schema::{check_ins, goal_links, goals};
use goaltree::domain::amount::Amount;
use goaltree::domain::ids::{CheckInId, ForestId, GoalId, OrganizationId};
use goaltree::domain::instant::Instant;
use goaltree::domain::words::{CheckInKind, Confidence};
use goaltree::goals::model::{Goal, GoalLink};
use serde_json::Value;

pub const ROWS: &[Row] = &[
    Row {
        name: "first-read/postgres",
        what: "first read of a 100 000-goal cycle with 10 check-ins each by a new process, to flat SELECTs of its goals, \
               links and check-ins by the same driver",
        must: Must::AtMost(4.0, "×"),
        measure: |bench| first_read(bench, Engine::Postgres),
    },
    Row {
        name: "first-read/sqlite",
        what: "the same on SQLite",
        must: Must::AtMost(4.0, "×"),
        measure: |bench| first_read(bench, Engine::Sqlite),
    },
];

/// The forest of this row, and of the next one.
pub const LARGE: Size = Size { goals: 100_000, check_ins: 10 };
const ROUNDS: usize = 3;

fn first_read(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let world = bench.world(engine, LARGE)?;
    let mut world = world.borrow_mut();
    let mut conn = world.connect()?;
    let (organization, forest) = (world.company.organization, world.company.cycle.into());
    let ours = || {
        world.restart()?;
        let (address, token) = (world.address()?, world.token(0).to_owned());
        // The process has its connections and the directory; the forest is not there yet.
        once(address, "GET", "/units/tree", &token, &Value::Null)?;
        let path = format!("/cycles/{}/tree?depth=1", world.company.cycle);
        let read = move |_, _| request("GET", &path, &token, &[], "");
        Ok(load::run(address, 1, Until::Answers(1), 200, read)?.median())
    };
    let sides = alternate(ROUNDS, ours, || flat(&mut conn, organization, forest))?;
    Ok(Reached { figure: sides.ratio, from: format!("{:.0} ms to {:.0} ms", sides.ours, sides.theirs) })
}

/// What figures and pictures depend on of a check-in.
type CheckInRow = (
    CheckInId,
    GoalId,
    CheckInKind,
    Option<Amount>,
    Option<Amount>,
    Option<Json<Vec<String>>>,
    NaiveDate,
    Option<Confidence>,
    Instant,
);

/// Selects the rows of a forest, table by table; how many milliseconds that takes.
fn flat(conn: &mut Conn, organization: OrganizationId, forest: ForestId) -> Outcome<f64> {
    let start = std::time::Instant::now();
    let goals: Vec<Goal> = goals::table
        .filter(goals::organization_id.eq(organization).and(goals::forest_id.eq(forest)))
        .select(Goal::as_select())
        .load(conn)?;
    let links: Vec<GoalLink> = goal_links::table
        .filter(goal_links::organization_id.eq(organization))
        .select(GoalLink::as_select())
        .load(conn)?;
    let told: Vec<CheckInRow> = check_ins::table
        .filter(check_ins::organization_id.eq(organization))
        .select((
            check_ins::id,
            check_ins::goal_id,
            check_ins::kind,
            check_ins::value,
            check_ins::increment,
            check_ins::completed_steps,
            check_ins::effective_on,
            check_ins::confidence,
            check_ins::entered_at,
        ))
        .load(conn)?;
    if (goals.len(), links.len() + 1) != (LARGE.goals, LARGE.goals) || told.is_empty() {
        return Err("some rows are missing".into());
    }
    Ok(start.elapsed().as_secs_f64() * 1_000.0)
}

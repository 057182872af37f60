//! The memory that a loaded forest takes.

use super::first_read::LARGE;
use super::{Must, Row};
use crate::client::once;
use crate::forest::title;
use crate::results::Reached;
use crate::world::Engine;
use crate::{ALLOCATED, Bench, Outcome};
use clap::Parser;
use goaltree::app::{self, App};
use goaltree::config::Config;
use serde_json::Value;
use std::sync::mpsc;

pub const ROWS: &[Row] = &[Row {
    name: "memory",
    what: "memory of a loaded forest of 100 000 goals with 10 check-ins each, titles apart, a goal",
    must: Must::AtMost(600.0, "bytes"),
    measure: memory,
}];

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

/// Serves from within this very process, whose allocations are counted.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn memory(bench: &Bench) -> Outcome<Reached> {
    let world = bench.world(Engine::Sqlite, LARGE)?;
    let mut world = world.borrow_mut();
    world.stop();
    let config = Settings::try_parse_from(["yardstick"])?.config;
    let app = App::open(&config, world.target())?;
    let listener = app::listen(([127, 0, 0, 1], 0).into())?;
    let address = listener.local_addr()?;
    let (tell, told) = mpsc::channel();
    let serving = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = app.serve(listener)?;
            drop(tell.send(server.handle()));
            server.await
        })
    });
    let handle = told.recv()?;
    let token = world.token(0).to_owned();
    let ask = |path: &str| once(address, "GET", path, &token, &Value::Null).map(drop);
    let tree = format!("/cycles/{}/tree?depth=1", world.company.cycle);
    ask("/units/tree")?;
    let before = ALLOCATED.allocated();
    ask(&tree)?;
    let after = ALLOCATED.allocated();
    drop(handle.stop(false));
    drop(serving.join());
    world.restart()?;
    // Twice: as it is written, and as it is searched for.
    let titles: usize = (1..=LARGE.goals).map(|goal| 2 * title(goal).len()).sum();
    let held = after.saturating_sub(before + titles);
    let from = format!("{:.0} MB, with titles {:.0} MB", held as f64 / 1e6, (after - before) as f64 / 1e6);
    Ok(Reached { figure: held as f64 / LARGE.goals as f64, from })
}

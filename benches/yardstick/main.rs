//! The benchmark: how fast goaltree is against what its own database, driver and front door allow, as ratios within
//! one run.
//!
//! `cargo bench --bench yardstick -- [filters]` measures the rows whose name holds one of the filters, all without.
//! It starts what it needs in a folder that it throws away: a PostgreSQL server with `fsync` on, SQLite files with
//! `synchronous=FULL`, and the service itself as a process of its own. Both sides of a ratio take turns, and the
//! median of their rounds counts. A whole run is kept in `benches/RESULTS.md`; `--list` names the rows, and
//! `--program=PATH` measures another build of the service.
//!
//! What generates the load runs on the same processors as what is measured: `pgbench` (two threads) on the one side,
//! one thread of this program on the other. Where CPU is told, it is that of service and database alone; what is asked of
//! the database without the service costs this program, which holds the driver, beside the database.

#![expect(clippy::print_stdout, reason = "it answers on standard output")]

mod bare;
mod client;
mod forest;
mod load;
mod machine;
mod measured;
mod postgres;
mod results;
mod rows;
mod server;
mod world;

use forest::Size;
use postgres::Postgres;
use results::{Measured, Results};
use std::alloc::System;
use std::cell::{Cell, OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use world::{Engine, World};

/// Counts what is allocated, for the memory of a forest.
#[global_allocator]
static ALLOCATED: cap::Cap<System> = cap::Cap::new(System, usize::MAX);

/// What everything here comes to: a value, or a sentence that says why not.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What a run shares.
pub struct Bench {
    /// The service's program.
    pub program: PathBuf,
    folder: PathBuf,
    postgres: OnceCell<Rc<Postgres>>,
    worlds: RefCell<Vec<(Engine, Rc<RefCell<World>>)>>,
    names: Cell<u32>,
}

/// How many worlds are kept for the next row.
const WORLDS_KEPT: usize = 2;

impl Bench {
    fn new(program: PathBuf) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("goaltree-yardstick-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self { program, folder, postgres: OnceCell::new(), worlds: RefCell::default(), names: Cell::new(0) })
    }

    /// The folder that is thrown away.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The PostgreSQL server.
    pub fn postgres(&self) -> Outcome<Rc<Postgres>> {
        if let Some(server) = self.postgres.get() {
            return Ok(Rc::clone(server));
        }
        let server = Rc::new(Postgres::start(&self.folder)?);
        Ok(Rc::clone(self.postgres.get_or_init(|| server)))
    }

    /// A name that nothing has yet.
    pub fn new_name(&self) -> String {
        self.names.set(self.names.get() + 1);
        format!("bench_{}", self.names.get())
    }

    /// A company with a forest of a size: the one of the row before, where it fits.
    pub fn world(&self, engine: Engine, size: Size) -> Outcome<Rc<RefCell<World>>> {
        let mut worlds = self.worlds.borrow_mut();
        let kept = worlds.iter().find(|(of, world)| *of == engine && world.borrow().size == size);
        if let Some((_, world)) = kept {
            return Ok(Rc::clone(world));
        }
        while worlds.len() >= WORLDS_KEPT {
            worlds.remove(0);
        }
        let world = Rc::new(RefCell::new(World::new(self, engine, size)?));
        worlds.push((engine, Rc::clone(&world)));
        Ok(world)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.worlds.borrow_mut().clear();
        self.postgres.take();
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn main() -> ExitCode {
    // Cargo says `--bench` to every benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (options, filters): (Vec<_>, Vec<_>) = arguments.into_iter().partition(|argument| argument.starts_with("--"));
    if options.iter().any(|option| option == "--list") {
        rows::all().for_each(|row| println!("{:<22} {}", row.name, row.what));
        return ExitCode::SUCCESS;
    }
    let program = options.iter().find_map(|option| option.strip_prefix("--program="));
    match run(program.unwrap_or(env!("CARGO_BIN_EXE_goaltree")).into(), &filters) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("the benchmark could not run: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures the rows that are asked for; whether all of them could be measured.
fn run(program: PathBuf, filters: &[String]) -> Outcome<bool> {
    let bench = Bench::new(program)?;
    let mut results = Results::new(bench.postgres()?.version()?);
    println!("{}\n", results.heading());
    for row in rows::all().filter(|row| filters.is_empty() || filters.iter().any(|filter| row.name.contains(filter))) {
        let measured = Measured { row, reached: (row.measure)(&bench) };
        println!("{}", measured.line());
        results.add(measured);
        if filters.is_empty() {
            results.keep()?;
        }
    }
    Ok(results.complete())
}

//! The demo: a Vietnamese software company in the middle of its quarter, made by the use cases themselves.
//!
//! [`open`] makes it in an empty database and goes on with one that it made before; a database with anything else in it
//! is refused and stays as it is. The same seed makes the same company; only its days follow the day that it is made on.
//!
//! Nothing is kept beside the database, so that SQLite and PostgreSQL go the same way: the demo is known by its
//! founder's account, it is whole once that account has a password, and the passwords follow from the accounts' ids,
//! which nobody is shown.

mod calendar;
mod chance;
mod company;
mod goals;
mod load;
mod metrics;
mod notes;
mod people;
mod plan;
mod sign_ins;
mod story;

pub use company::{DemoAccount, DemoCompany};

use crate::app::App;
use crate::config::Config;
use crate::db::Target;
use crate::domain::amount::Amount;
use crate::error::Error;
use sign_ins::Found;
use std::path::{Path, PathBuf};

/// What the events of the demo's history say that they came from.
const ORIGIN: &str = "demo";

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database is someone's own.
    #[error(
        "the database holds an organization that is not the demo's, and stays as it is: name another folder with \
         --data, or another database with DATABASE_URL"
    )]
    NotTheDemo,
    /// Loading ended early.
    #[error("the demo in this database was not loaded to its end: `goaltree demo --reset` makes it anew")]
    Unfinished,
    /// A PostgreSQL database is not emptied.
    #[error(
        "--reset does not empty a PostgreSQL database: make an empty one (DROP DATABASE …; CREATE DATABASE …) and start \
         the demo on it"
    )]
    NotEmptied,
    /// The old files can't be removed.
    #[error("the old demo in {} can't be removed: {cause}", .file.display())]
    NotRemoved {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Something went wrong.
    #[error("the demo can't be loaded: {0}")]
    Failed(#[from] Error),
}

/// Opens the demo company: made where the database is empty or `reset` asks for it, gone on with otherwise.
pub fn open(config: &Config, target: Target, seed: u64, reset: bool) -> Result<DemoCompany, DemoError> {
    let mut app = App::open(config, target.clone())?;
    let mut found = sign_ins::look(&app.service)?;
    if reset && found != Found::Nothing {
        if matches!(found, Found::SomethingElse | Found::Shared) {
            return Err(DemoError::NotTheDemo);
        }
        let Target::Sqlite(file) = &target else { return Err(DemoError::NotEmptied) };
        drop(app);
        remove(file)?;
        app = App::open(config, target.clone())?;
        found = Found::Nothing;
    }
    match found {
        Found::Nothing => {
            tracing::info!(seed, "making the demo company");
            load::load(&app.service, seed)?;
            sign_ins::set_passwords(&app.service)?;
        }
        Found::Whole | Found::Shared => {}
        Found::Unfinished => return Err(DemoError::Unfinished),
        Found::SomethingElse => return Err(DemoError::NotTheDemo),
    }
    let accounts = sign_ins::all(&app.service)?;
    Ok(DemoCompany { app, accounts })
}

/// Removes the demo's database: its file and what SQLite keeps beside it.
fn remove(file: &Path) -> Result<(), DemoError> {
    for end in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        let file = PathBuf::from(name);
        match std::fs::remove_file(&file) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(DemoError::NotRemoved { file, cause });
            }
            _ => {}
        }
    }
    Ok(())
}

/// A number of the plans.
fn money(text: &str) -> Option<Amount> {
    text.replace('_', "").parse().ok()
}

//! The table of results.

use crate::Outcome;
use crate::machine;
use crate::rows::{Must, Row};
use goaltree::clock::Clock;
use std::fmt::Write;
use std::path::Path;

/// What a row came to.
pub struct Reached {
    /// The figure that is held against what must be reached.
    pub figure: f64,
    /// What it comes from.
    pub from: String,
}

/// A row that was measured, or why it could not be.
pub struct Measured {
    pub row: &'static Row,
    pub reached: Outcome<Reached>,
}

/// All that a run came to.
pub struct Results {
    heading: String,
    rows: Vec<Measured>,
}

/// What follows this line in the file is written by hand and stays.
const BY_HAND: &str = "<!-- What follows is written by hand. -->";

impl Results {
    /// An empty table, with where and when it is filled.
    pub fn new(database: String) -> Self {
        let now = Clock::system().now().utc().format("%Y-%m-%d %H:%M UTC");
        let heading = format!("{now} · {} · load {} · {database}", machine::description(), machine::load());
        Self { heading, rows: Vec::new() }
    }

    /// Where and when it was measured.
    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// Adds a row.
    pub fn add(&mut self, measured: Measured) {
        self.rows.push(measured);
    }

    /// Whether every row could be measured.
    pub fn complete(&self) -> bool {
        self.rows.iter().all(|measured| measured.reached.is_ok())
    }

    /// Writes the table to its file.
    pub fn keep(&self) -> Outcome<()> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md");
        let before = std::fs::read_to_string(&file).unwrap_or_default();
        let by_hand = before.split_once(BY_HAND).map_or("\n", |(_, by_hand)| by_hand);
        Ok(std::fs::write(&file, format!("{}\n{BY_HAND}{by_hand}", self.table()))?)
    }

    fn table(&self) -> String {
        let mut text = format!(
            "# How fast goaltree is\n\n`cargo bench --bench yardstick`, {}\n\n\
             | row | what | must reach | reached | | from |\n| --- | --- | --- | --- | --- | --- |\n",
            self.heading
        );
        for measured in &self.rows {
            let Measured { row: Row { name, what, must, .. }, .. } = measured;
            let (reached, verdict, from) = measured.told();
            let _ = writeln!(text, "| `{name}` | {what} | {must} | {reached} | {verdict} | {from} |");
        }
        text
    }
}

impl Measured {
    /// One line for the reader who waits.
    pub fn line(&self) -> String {
        let (reached, verdict, from) = self.told();
        format!("{:<22} {:>12}   must {:<12} {verdict:<6} {from}", self.row.name, reached, self.row.must.to_string())
    }

    fn told(&self) -> (String, &'static str, String) {
        match &self.reached {
            Ok(Reached { figure, from }) => {
                let verdict = if self.row.must.is_met_by(*figure) { "pass" } else { "short" };
                (self.row.must.written(*figure), verdict, from.clone())
            }
            Err(error) => ("–".to_owned(), "failed", error.to_string()),
        }
    }
}

impl Must {
    fn is_met_by(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(bound, _) => figure >= bound,
            Self::AtMost(bound, _) => figure <= bound,
        }
    }

    fn written(self, figure: f64) -> String {
        let (Self::AtLeast(_, unit) | Self::AtMost(_, unit)) = self;
        let decimals = if figure >= 100.0 { 0 } else { 2 };
        format!("{figure:.decimals$} {unit}")
    }
}

impl std::fmt::Display for Must {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AtLeast(bound, unit) => f.pad(&format!("≥ {bound} {unit}")),
            Self::AtMost(bound, unit) => f.pad(&format!("≤ {bound} {unit}")),
        }
    }
}

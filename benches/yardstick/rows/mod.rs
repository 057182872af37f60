//! The rows of the table. Each is found by its name: `check-in-8/postgres`.

mod check_in;
mod first_read;
mod goal;
mod measurements;
mod memory;
mod tree;

use crate::results::Reached;
use crate::world::World;
use crate::{Bench, Outcome, client};
use std::time::Duration;

/// What is measured, and what it must come to.
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub what: &'static str,
    /// What it must reach.
    pub must: Must,
    /// Measures it.
    pub measure: fn(&Bench) -> Outcome<Reached>,
}

/// What must be reached, with its unit.
#[derive(Debug, Clone, Copy)]
pub enum Must {
    /// So much or more.
    AtLeast(f64, &'static str),
    /// So much or less.
    AtMost(f64, &'static str),
}

/// Every row, those that share a forest one after the other.
pub fn all() -> impl Iterator<Item = &'static Row> {
    let of_goals = [check_in::ROWS, goal::ROWS, first_read::ROWS, memory::ROWS, check_in::SIZES, tree::ROWS];
    of_goals.into_iter().chain([measurements::ROWS]).flatten()
}

/// How often both sides of a ratio take their turn.
const ROUNDS: usize = 5;

/// Two sides that took turns.
struct Sides {
    /// The median of the one side's figures.
    ours: f64,
    /// The median of the other's.
    theirs: f64,
    /// The median of the rounds' ratios, ours to theirs: what disturbs one round disturbs both sides of it.
    ratio: f64,
}

/// Lets two sides take turns.
fn alternate(
    rounds: usize,
    mut ours: impl FnMut() -> Outcome<f64>,
    mut theirs: impl FnMut() -> Outcome<f64>,
) -> Outcome<Sides> {
    let rounds = (0..rounds).map(|_| Ok((theirs()?, ours()?))).collect::<Outcome<Vec<_>>>()?;
    Ok(Sides {
        ours: median(rounds.iter().map(|(_, ours)| *ours)),
        theirs: median(rounds.iter().map(|(theirs, _)| *theirs)),
        ratio: median(rounds.iter().map(|(theirs, ours)| ours / theirs)),
    })
}

/// What things cost in CPU.
#[derive(Default)]
struct Cost {
    spent: Duration,
    count: f64,
}

impl Cost {
    fn add(&mut self, spent: Duration, count: f64) {
        self.spent += spent;
        self.count += count;
    }

    /// Milliseconds of CPU a thing.
    fn each(&self) -> f64 {
        self.spent.as_secs_f64() * 1_000.0 / self.count
    }
}

/// The one in the middle.
fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = figures.collect();
    all.sort_unstable_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A request of an address that only authenticates: token, session and role are checked in a transaction as for every
/// other; since the caller has the answer already, there is none (304).
fn authenticate_only(world: &World, person: usize) -> Vec<u8> {
    client::request("GET", "/units/tree", world.token(person), &[("If-None-Match", "*")], "")
}

/// A random number below a bound, by the place and the count of what is asked for.
fn pick(place: usize, count: usize, below: usize) -> usize {
    // SplitMix64: neighbours come out far from each other.
    let mut mixed = ((place as u64) << 40 | count as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mixed ^ (mixed >> 31)) % below.max(1) as u64).unwrap_or(0)
}

//! How a goal's value goes from week to week.

use super::chance::Chance;
use super::notes::Mood;
use super::plan::{Gauge, Life, Plan, Tale};
use super::{metrics, money};
use crate::domain::amount::Amount;
use crate::domain::check_ins::{Statement, StepIds};

/// How many weeks of the quarter are told.
pub(super) const WEEKS: u32 = 8;
/// The weeks of which goals of the year are told: at the ends of months.
const MONTHLY: [u32; 2] = [4, 8];

/// What a goal's owner states in a week; nothing where they keep silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Telling {
    pub(super) statement: Statement,
    pub(super) mood: Mood,
}

/// All that is told of a goal: by week, 1 to [`WEEKS`].
pub(super) fn of(plan: &Plan, seed: u64) -> Vec<(u32, Telling)> {
    let mut chance = Chance::of(seed, plan.key);
    let path = Path::of(plan, &mut chance);
    let mut told = Vec::new();
    let mut before = None;
    for week in (1..=WEEKS).filter(|week| is_told_in(plan, *week)) {
        // A week is missed now and then, never the last one.
        let missed = week != last_week(plan) && !plan.yearly && chance.happens(6);
        let Some(statement) = path.at(plan, week, &mut chance) else { continue };
        if missed {
            continue;
        }
        let unchanged = before.as_ref() == Some(&statement) && chance.happens(50);
        before = Some(statement.clone());
        let statement = if unchanged { Statement::Unchanged } else { statement };
        told.push((week, Telling { statement, mood: mood(plan.tale, week) }));
    }
    told
}

fn is_told_in(plan: &Plan, week: u32) -> bool {
    plan.is_told() && week <= last_week(plan) && (!plan.yearly || MONTHLY.contains(&week)) && first_week(plan) <= week
}

/// The first week that a goal is under way.
const fn first_week(plan: &Plan) -> u32 {
    match plan.life {
        Life::ActiveFrom(week) => week + 1,
        _ => 1,
    }
}

/// The last week that something is said of a goal.
const fn last_week(plan: &Plan) -> u32 {
    match (plan.life, plan.tale) {
        (Life::Held(week, _) | Life::Dropped(week, _), _) => week - 1,
        (Life::Done(week), _) => week,
        (Life::Draft | Life::Pending(_), _) => 0,
        (_, Tale::Fades) => WEEKS / 2,
        _ => WEEKS,
    }
}

fn mood(tale: Tale, week: u32) -> Mood {
    match tale {
        Tale::Ahead | Tale::Reached => Mood::Good,
        Tale::Stuck => Mood::Behind,
        Tale::Slow if week > WEEKS / 3 => Mood::Behind,
        _ => Mood::Even,
    }
}

/// A way from a first to a last value, in units of an amount; for steps, in steps.
struct Path {
    first: i64,
    last: i64,
    /// The value lies on multiples of this.
    grain: i64,
    /// How far a value strays from the way, in hundredths of the way.
    stray: i64,
}

impl Path {
    fn of(plan: &Plan, chance: &mut Chance) -> Self {
        let (start, target) = ends(plan);
        let share = share(plan.tale, chance);
        let (first, last) = match plan.tale {
            Tale::From(first, last) => (units(first), units(last)),
            Tale::To(last) => (start, units(last)),
            _ => (start, start + (target - start) * share / 1_000),
        };
        let kept = matches!(plan.tale, Tale::From(..));
        Self { first, last, grain: grain(plan), stray: if kept { 12 } else { 3 } }
    }

    fn at(&self, plan: &Plan, week: u32, chance: &mut Chance) -> Option<Statement> {
        let last = i64::from(WEEKS);
        let way = self.last - self.first;
        // What is kept starts at its first value; what is reached has gone a week's way already.
        let gone = match plan.tale {
            Tale::From(..) => (i64::from(week) - 1) * 1_000 / (last - 1),
            Tale::Fades => i64::from(week) * 1_000 / last,
            _ if plan.life == Life::Done(week) => 1_000,
            _ => i64::from(week) * 1_000 / last,
        };
        let stray = if gone >= 1_000 { 0 } else { chance.between(-self.stray, self.stray) * 10 };
        let value = self.first + way / 1_000 * (gone + stray) + way % 1_000 * (gone + stray) / 1_000;
        if let Gauge::Steps(steps) = plan.gauge {
            let done = usize::try_from(round(value, 1_000) / 1_000).unwrap_or_default().min(steps.len());
            return Some(Statement::Steps(Box::new(StepIds((1..=done).map(|step| step.to_string()).collect()))));
        }
        Amount::from_units(round(value, self.grain)).map(Statement::Value)
    }
}

/// Where a goal's value starts, and its target.
fn ends(plan: &Plan) -> (i64, i64) {
    match plan.gauge {
        Gauge::Rise(start, target) | Gauge::Fall(start, target) => (units(start), units(target)),
        Gauge::Steps(steps) => (0, i64::try_from(steps.len()).unwrap_or_default() * 1_000),
        Gauge::Links | Gauge::Least(..) | Gauge::Most(..) | Gauge::Within(..) => (0, 0),
    }
}

/// The share of the way that is gone in the last week, in thousandths; about 630 are expected then.
fn share(tale: Tale, chance: &mut Chance) -> i64 {
    match tale {
        Tale::Ahead => chance.between(830, 930),
        Tale::Reached => chance.between(1_000, 1_060),
        Tale::Slow => chance.between(440, 465),
        Tale::Stuck => chance.between(180, 260),
        _ => chance.between(610, 665),
    }
}

/// The smallest step of a goal's values: a number written by hand is round.
fn grain(plan: &Plan) -> i64 {
    let one = Amount::ONE.units();
    let (start, target) = ends(plan);
    let span = (target - start).abs();
    match plan.metric.and_then(metrics::decimals) {
        _ if span >= 10_000_000 * one => 1_000_000 * one,
        Some(decimals) => one / 10_i64.pow(u32::try_from(decimals).unwrap_or_default()),
        None if span >= 1_000 * one => 100 * one,
        None if span == 0 => one / 100,
        None if plan.title.contains('%') => one / 10,
        None => one,
    }
}

fn round(value: i64, grain: i64) -> i64 {
    let grain = grain.max(1);
    (value + grain / 2).div_euclid(grain) * grain
}

fn units(text: &str) -> i64 {
    money(text).map(Amount::units).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::goals;
    use crate::domain::measure::{Measure, MeasureParts};

    fn last_told(key: &str) -> Option<Statement> {
        of(goals::find(key)?, 1).pop().map(|(_, telling)| telling.statement)
    }

    #[test]
    fn the_same_seed_tells_the_same_and_another_one_something_else() {
        let all = |seed| goals::all().map(|plan| of(plan, seed)).collect::<Vec<_>>();
        assert_eq!(all(1), all(1));
        assert_ne!(all(1), all(2));
    }

    #[test]
    fn whoever_is_silent_says_nothing() {
        assert_eq!(last_told("mk.brand"), None);
        assert_eq!(last_told("ud05.hook"), None);
        let faded = goals::find("hn06.rev").map(|plan| of(plan, 1)).unwrap_or_default();
        assert!(faded.iter().all(|(week, _)| *week <= WEEKS / 2) && !faded.is_empty());
    }

    #[test]
    fn what_is_told_first_is_a_value() {
        for plan in goals::all() {
            let first = of(plan, 1).into_iter().next().map(|(_, telling)| telling.statement);
            assert_ne!(first, Some(Statement::Unchanged), "{}", plan.key);
        }
    }

    #[test]
    fn every_number_of_a_plan_is_one() {
        for plan in goals::all() {
            let parts = crate::demo::load::parts_of(plan);
            let day = |text: &str| text.parse().unwrap_or_default();
            let window = crate::domain::calendar::Window::new(day("2026-01-01"), day("2026-12-31"));
            let measure = |parts: MeasureParts| window.map(|window| Measure::new(parts, window));
            let fits = matches!(plan.gauge, Gauge::Links) || matches!(measure(parts), Some(Ok(_)));
            assert!(fits, "{}", plan.key);
        }
    }
}

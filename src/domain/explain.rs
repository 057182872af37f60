//! Why a goal's figures are what they are: the goals that count in it with the points that they add, those left out
//! and why, and each figure as a formula, in numbers and in words. It reads what the evaluator put there, by the very
//! functions that put it there.

mod judged;
mod lines;
mod points;
mod value;
mod words;

pub use points::Points;
pub use words::{why_hidden, why_left_out};

use super::amount::Weight;
use super::calendar::Window;
use super::check_ins;
use super::facts::{CycleRules, GoalFacts};
use super::figures::Figures;
use super::forest::Forest;
use super::formula::ProgressFormula;
use super::ids::GoalId;
use super::measure::Measure;
use super::measured::Measured;
use super::rollup::{Contributor, left_out, put_in};
use super::words::{CheckInPart, LeftOut, Locale, Source};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Why a goal's figures are what they are, for someone who sees some of the goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Where the figure comes from, in words.
    pub text: String,
    /// How each figure comes about.
    pub lines: Vec<Line>,
    /// The goals that count in it and are seen.
    pub contributors: Vec<Share>,
    /// What the hidden goals that count in it add together; none where none is hidden.
    pub hidden: Option<Hidden>,
    /// The goals linked under it that are seen and do not count.
    pub left_out: Vec<Omission>,
}

/// One figure: how it comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which figure.
    pub figure: Figure,
    /// The formula in symbols; none where there is none.
    pub formula: Option<Cow<'static, str>>,
    /// The formula with the numbers put in, and what it gives; none where hidden goals are among them.
    pub numbers: Option<String>,
    /// The same in words.
    pub text: String,
}

/// A figure of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Its value.
    Value,
    /// Its attainment.
    Attainment,
    /// Its progress.
    Progress,
    /// The day that it is judged on.
    JudgedOn,
    /// What is expected of it by then.
    Expected,
    /// Its status.
    Status,
    /// How it ended.
    Result,
    /// Where it ends if it goes on so.
    Forecast,
    /// What it needs a day.
    RequiredPace,
    /// What is allocated below it.
    Allocated,
    /// Its target less that.
    AllocationGap,
    /// Why someone should look at it.
    Attention,
}

/// A goal that counts in the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which goal.
    pub goal: GoalId,
    /// The weight of its link.
    pub weight: Weight,
    /// Whether that is its primary link.
    pub primary: bool,
    /// What it adds. None where its figures are not to be shown beside hidden ones.
    pub points: Option<Points>,
}

/// What hidden goals add, without their names or number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// What they add together; none where that would be the figure of a single one.
    pub points: Option<Points>,
}

/// A goal linked under another without counting there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Omission {
    /// Which goal.
    pub goal: GoalId,
    /// The weight of its link.
    pub weight: Weight,
    /// Whether that is its primary link.
    pub primary: bool,
    /// Why it does not count.
    pub reason: LeftOut,
}

impl Explanation {
    /// Whether the figures of the goals that count are kept back, since with a hidden one among them they would give
    /// its figures away.
    pub fn keeps_back(&self) -> bool {
        self.hidden.is_some_and(|hidden| hidden.points.is_none())
    }
}

/// A goal with what explains it.
struct Subject<'a> {
    goal: &'a GoalFacts,
    rules: &'a CycleRules,
    window: Window,
    day: NaiveDate,
    figures: Figures,
    /// What makes its progress in place of its direction, where its metric has such a formula.
    progress: Option<&'a ProgressFormula>,
    /// What its metric comes to, where measurements are its source.
    measured: Option<Measured>,
    /// Those that count and put something in, with what they add.
    counted: Vec<(Contributor<'a>, Points)>,
    /// Whether all of them are seen.
    all_seen: bool,
    locale: Locale,
}

/// Explains a goal's figures to someone who sees some of the goals; none where there is no such goal.
pub fn explain(forest: &Forest, goal: GoalId, sees: &dyn Fn(GoalId) -> bool, locale: Locale) -> Option<Explanation> {
    let facts = forest.goal(goal)?;
    let rules = forest.rules(facts.cycle)?;
    let figures = forest.figures(goal)?;
    let (mut counted, mut omitted) = (vec![], vec![]);
    for child in forest.contributors(goal) {
        match omission(facts, &child) {
            None => counted.push(child),
            Some(reason) if sees(child.goal.id) => omitted.push(omission_of(&child, reason)),
            Some(_) => {}
        }
    }
    let points = match facts.source {
        Source::Children | Source::KeyResults => points::of_means(&counted, &figures.standing),
        source => points::of_values(source, &counted, &figures.standing),
    };
    let counted: Vec<_> = counted.into_iter().zip(points).collect();
    let all_seen = counted.iter().all(|(child, _)| sees(child.goal.id));
    let (window, day, progress) = (facts.window(rules), forest.day(), forest.progress_formula(goal));
    let measured = forest.measured(goal);
    let subject = Subject { goal: facts, rules, window, day, figures, progress, measured, counted, all_seen, locale };
    let (contributors, hidden) = subject.shared_out(sees);
    Some(Explanation { text: subject.source(), lines: subject.lines(), contributors, hidden, left_out: omitted })
}

/// What each of a goal's check-ins up to a day does for its value or steps, in the order in which they count.
pub fn check_in_parts(goal: &GoalFacts, day: NaiveDate) -> Vec<CheckInPart> {
    let of_steps = matches!(goal.measure, Some(Measure::Milestone { .. }));
    check_ins::parts(goal.check_ins.up_to(goal.facts_until(day)), of_steps)
}

/// Why a linked goal adds nothing to the goal above; none if it does.
pub fn omission(parent: &GoalFacts, child: &Contributor<'_>) -> Option<LeftOut> {
    let without_value = || match parent.source {
        Source::Children | Source::KeyResults => None,
        source if put_in(source, child).is_some() => None,
        _ if child.standing.value_out_of_range => Some(LeftOut::OutOfRange),
        _ => Some(LeftOut::NoData),
    };
    left_out(parent, child).or_else(without_value)
}

fn omission_of(child: &Contributor<'_>, reason: LeftOut) -> Omission {
    Omission { goal: child.goal.id, weight: child.weight, primary: child.primary, reason }
}

impl Subject<'_> {
    /// Those that are seen with what they add, and what the hidden ones add together.
    ///
    /// Of a single hidden one nothing is told that subtraction would reveal: neither what the others add nor their
    /// figures. One that has no data adds nothing that another could hide behind, so there must be two with data. Where
    /// none of those that count is seen it stays open how many there are, and nothing is told either.
    fn shared_out(&self, sees: &dyn Fn(GoalId) -> bool) -> (Vec<Share>, Option<Hidden>) {
        let (known, hidden): (Vec<&(_, _)>, Vec<&(_, _)>) =
            self.counted.iter().partition(|(child, _)| sees(child.goal.id));
        let is_told =
            hidden.is_empty() || (hides_each_other(hidden.iter().map(|(child, _)| child)) && !known.is_empty());
        let share = |(child, points): &(Contributor<'_>, Points)| Share {
            goal: child.goal.id,
            weight: child.weight,
            primary: child.primary,
            points: is_told.then_some(*points),
        };
        let together =
            || Hidden { points: is_told.then(|| points::together(hidden.iter().map(|(_, points)| *points))) };
        (known.into_iter().map(share).collect(), (!hidden.is_empty()).then(together))
    }
}

/// Whether hidden goals hide each other in a sum: two of them with data do.
pub(super) fn hides_each_other<'a>(hidden: impl Iterator<Item = &'a Contributor<'a>>) -> bool {
    hidden.filter(|child| child.standing.has_data).nth(1).is_some()
}

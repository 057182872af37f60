//! Why a goal's figures are what they are, as one person may know it.

mod measured;

use super::cache::Forests;
use super::node::Node;
use super::one::with_goal;
use super::paint::Painter;
use super::sight::Sight;
use crate::checkins::{self, CheckInOut, Shown};
use crate::db::Tx;
use crate::domain::amount::{Amount, Weight};
use crate::domain::derived::{Derived, Fraction};
use crate::domain::explain::{self, Explanation, Figure, Line, Omission, Points, Share};
use crate::domain::ids::GoalId;
use crate::domain::limits;
use crate::domain::measure::Measure;
use crate::domain::words::{CheckInPart, LeftOut, Locale, Source, State};
use crate::error::{Error, Result};
use crate::org::PersonRef;
use chrono::NaiveDate;
use measured::ExplainedMeasurements;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Why a goal's figures are what they are.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoalExplanation {
    /// The day that the figures are those of.
    pub as_of: NaiveDate,
    /// Whether goals further down were left unexplained since there are too many; their `explanation` is null.
    pub truncated: bool,
    /// The goal, explained.
    #[serde(flatten)]
    pub explained: ExplainedGoal,
}

/// A goal with what explains its figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedGoal {
    /// The goal with its figures.
    pub goal: Node,
    /// Where its figure comes from, in the caller's language.
    pub text: String,
    /// How each figure comes about, one after the other; a figure that there is none of has no line.
    pub lines: Vec<ExplainedFigure>,
    /// The goals that count in it and that the caller sees. What they add is rounded to 4 decimals so that all of it,
    /// the hidden goals' included, adds up exactly to the figure as it is shown.
    pub contributors: Vec<ExplainedContributor>,
    /// What goals that the caller may not see add; null where there are none.
    pub hidden_contributors: Option<HiddenContributors>,
    /// The goals linked under it that the caller sees and that do not count, each with the reason.
    pub left_out: Vec<LeftOutGoal>,
    /// Of a goal with check-ins: its latest 20 and the one that counts, the latest first. The voided ones are among
    /// them for those who may check in. Null for the others.
    pub check_ins: Option<Vec<ExplainedCheckIn>>,
    /// How many more check-ins there are.
    pub more_check_ins: usize,
    /// Of a goal with measurements: what its value comes from. Null for the others.
    pub measured: Option<ExplainedMeasurements>,
}

/// One figure: how it comes about.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedFigure {
    /// Which figure.
    pub figure: Figure,
    /// The formula in symbols: v value, s start, t target, a attainment, p progress, e expected, w weight, n of N days.
    /// Null where words alone explain it.
    #[schema(example = "(v − s)/(t − s)")]
    pub formula: Option<String>,
    /// The formula with the numbers put in, and what it gives; sums of more than 12 terms are cut short. Null where
    /// there is no formula, and where hidden goals are among its terms.
    #[schema(example = "(640 − 0)/(1000 − 0) = 0.64")]
    pub numbers: Option<String>,
    /// The same in words, in the caller's language.
    pub text: String,
}

/// A goal that counts in the one above.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedContributor {
    /// The goal.
    pub goal_id: GoalId,
    /// What it says.
    pub title: String,
    /// The one accountable for it.
    pub owner: PersonRef,
    /// Its life.
    pub state: State,
    /// The weight of its link.
    pub weight: Weight,
    /// Whether that is its primary link.
    pub primary: bool,
    /// Its value. Null where it has none, and with the other figures where they would give away a single hidden goal's.
    pub value: Option<Derived>,
    /// Its target.
    pub target: Option<Amount>,
    /// Its progress.
    pub progress: Option<Fraction>,
    /// Its attainment.
    pub attainment: Option<Fraction>,
    /// What is expected of it.
    pub expected: Option<Fraction>,
    /// What it adds to the goal above; null where figures are kept back.
    pub points: Option<PointsOut>,
    /// The same for the goal itself, down to the `depth` that was asked for; null below.
    #[schema(no_recursion)]
    pub explanation: Option<Box<ExplainedGoal>>,
}

/// What a goal adds to the figures of the one above.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PointsOut {
    /// To its value: its share of a `sum`, `average` or `weighted_average`; of a `min` or `max` all of it for the first
    /// goal that decides, 0 for the others. Null where the figure above is no value or has no data.
    pub value: Option<Derived>,
    /// To its progress, where that is the mean of the linked goals'; else null.
    pub progress: Option<Fraction>,
    /// To its attainment, likewise.
    pub attainment: Option<Fraction>,
    /// To what is expected of it, likewise.
    pub expected: Option<Fraction>,
}

/// What goals that the caller may not see add, without their names or number.
#[derive(Debug, Serialize, ToSchema)]
pub struct HiddenContributors {
    /// What they add together. Null where that would give the figures of a single one away: then the figures of all
    /// goals that count are kept back.
    pub points: Option<PointsOut>,
    /// The same in words, in the caller's language.
    pub text: String,
}

/// A goal linked under another without counting there.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutGoal {
    /// The goal.
    pub goal_id: GoalId,
    /// What it says.
    pub title: String,
    /// The one accountable for it.
    pub owner: PersonRef,
    /// Its life.
    pub state: State,
    /// The weight of its link.
    pub weight: Weight,
    /// Whether that is its primary link.
    pub primary: bool,
    /// Why it does not count.
    pub reason: LeftOut,
    /// The same in words, in the caller's language.
    pub text: String,
}

/// A check-in with what it does for the value.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedCheckIn {
    /// The check-in.
    #[serde(flatten)]
    pub check_in: CheckInOut,
    /// What it does for the goal's value or steps on the day.
    pub part: CheckInPart,
}

/// Explains a goal's figures on a day, so many levels down.
pub(super) fn explain(
    tx: &mut Tx<'_>,
    forests: &Forests,
    id: GoalId,
    as_of: Option<NaiveDate>,
    depth: usize,
) -> Result<GoalExplanation> {
    with_goal(tx, forests, id, as_of, |tx, sight| {
        let found = Found::of(sight, id, depth, tx.locale);
        let goals: Vec<GoalId> = found.all.iter().map(|one| one.goal).collect();
        let mut check_ins = explained_check_ins(tx, sight, &goals)?;
        let mut measured = measured::explained(tx, sight, &goals)?;
        let painter = Painter::new(tx, sight, &goals)?;
        let mut behind = Behind { check_ins: &mut check_ins, measured: &mut measured };
        let explained = found.show(0, &painter, &mut behind, tx.locale).ok_or_else(Error::not_found)?;
        Ok(GoalExplanation { as_of: sight.scene.now.forest.day(), truncated: found.truncated, explained })
    })
}

/// The explanations of a goal and of those below it, level by level.
struct Found {
    all: Vec<FoundGoal>,
    /// How many goals they name that are linked under them.
    named: usize,
    truncated: bool,
}

struct FoundGoal {
    goal: GoalId,
    explanation: Explanation,
    /// For each contributor where its own explanation is.
    below: Vec<Option<usize>>,
}

/// What is behind the values of the goals that are explained, each to be taken once.
struct Behind<'a> {
    check_ins: &'a mut [Option<Told>],
    measured: &'a mut [Option<ExplainedMeasurements>],
}

impl Behind<'_> {
    fn take(&mut self, place: usize) -> (Option<Told>, Option<ExplainedMeasurements>) {
        let told = self.check_ins.get_mut(place).and_then(Option::take);
        (told, self.measured.get_mut(place).and_then(Option::take))
    }
}

impl Found {
    /// Those of a goal and, level by level, of the goals that count in it, as many as are explained at once. Where
    /// figures are kept back they are not explained either.
    fn of(sight: &Sight<'_>, root: GoalId, depth: usize, locale: Locale) -> Self {
        let explanation_of = |goal| {
            let explanation = explain::explain(&sight.scene.now.forest, goal, &|goal| sight.sees(goal), locale)?;
            Some(FoundGoal { goal, explanation, below: Vec::new() })
        };
        let mut found = Self { all: Vec::new(), named: 0, truncated: false };
        found.take(explanation_of(root));
        let mut level = 0..found.all.len();
        for _ in 1..depth {
            let next = found.all.len();
            for place in level {
                found.descend(place, explanation_of);
            }
            level = next..found.all.len();
        }
        found
    }

    fn descend(&mut self, place: usize, explanation_of: impl Fn(GoalId) -> Option<FoundGoal>) {
        let Some(above) = self.all.get(place).map(|above| &above.explanation) else { return };
        let told = !above.keeps_back();
        let goals: Vec<_> = above.contributors.iter().filter(|_| told).map(|share| share.goal).collect();
        let mut below = Vec::new();
        for goal in goals {
            let fits = self.all.len() < limits::EXPLAINED && self.named < limits::EXPLAINED_LINKS;
            self.truncated |= !fits;
            below.push(self.take(Some(goal).filter(|_| fits).and_then(&explanation_of)));
        }
        if let Some(above) = self.all.get_mut(place) {
            above.below = below;
        }
    }

    /// Adds an explanation, and tells its place.
    fn take(&mut self, found: Option<FoundGoal>) -> Option<usize> {
        let found = found?;
        self.named += found.explanation.contributors.len() + found.explanation.left_out.len();
        self.all.push(found);
        self.all.len().checked_sub(1)
    }

    /// The explanation at a place, with those below it.
    fn show(
        &self,
        place: usize,
        painter: &Painter<'_>,
        behind: &mut Behind<'_>,
        locale: Locale,
    ) -> Option<ExplainedGoal> {
        let FoundGoal { goal, explanation, below } = self.all.get(place)?;
        let sight = painter.sight;
        let (told, measured) = behind.take(place);
        let kept_back = explanation.keeps_back();
        let contributors = explanation.contributors.iter().enumerate().filter_map(|(nth, share)| {
            let below = below.get(nth).copied().flatten();
            let below = below.and_then(|place| self.show(place, painter, behind, locale));
            contributor(sight, share, kept_back, below)
        });
        Some(ExplainedGoal {
            goal: painter.node(*goal)?,
            text: explanation.text.clone(),
            lines: explanation.lines.iter().map(ExplainedFigure::of).collect(),
            contributors: contributors.collect(),
            hidden_contributors: explanation.hidden.map(|hidden| HiddenContributors {
                points: hidden.points.map(PointsOut::of),
                text: explain::why_hidden(hidden.points.is_some(), locale),
            }),
            left_out: explanation.left_out.iter().filter_map(|one| left_out(sight, one, locale)).collect(),
            more_check_ins: told.as_ref().map_or(0, |told| told.more),
            check_ins: told.map(|told| told.items),
            measured,
        })
    }
}

fn contributor(
    sight: &Sight<'_>,
    share: &Share,
    kept_back: bool,
    explanation: Option<ExplainedGoal>,
) -> Option<ExplainedContributor> {
    let (facts, card) = sight.goal(share.goal)?;
    let standing = Some(sight.scene.now.forest.standing(share.goal)?).filter(|_| !kept_back);
    Some(ExplainedContributor {
        goal_id: share.goal,
        title: card.title.clone(),
        owner: PersonRef::of(&sight.actor.directory, card.owner),
        state: facts.state,
        weight: share.weight,
        primary: share.primary,
        value: standing.and_then(|standing| standing.value),
        target: facts.measure.as_ref().filter(|_| !kept_back).and_then(Measure::target),
        progress: standing.and_then(|standing| standing.progress),
        attainment: standing.and_then(|standing| standing.attainment),
        expected: standing.and_then(|standing| standing.expected),
        points: share.points.map(PointsOut::of),
        explanation: explanation.map(Box::new),
    })
}

fn left_out(sight: &Sight<'_>, omission: &Omission, locale: Locale) -> Option<LeftOutGoal> {
    let (facts, card) = sight.goal(omission.goal)?;
    Some(LeftOutGoal {
        goal_id: omission.goal,
        title: card.title.clone(),
        owner: PersonRef::of(&sight.actor.directory, card.owner),
        state: facts.state,
        weight: omission.weight,
        primary: omission.primary,
        reason: omission.reason,
        text: explain::why_left_out(omission.reason, facts.state, locale),
    })
}

impl ExplainedFigure {
    fn of(line: &Line) -> Self {
        let Line { figure, formula, numbers, text } = line;
        Self {
            figure: *figure,
            formula: formula.as_ref().map(ToString::to_string),
            numbers: numbers.clone(),
            text: text.clone(),
        }
    }
}

impl PointsOut {
    const fn of(points: Points) -> Self {
        let Points { value, progress, attainment, expected } = points;
        Self { value, progress, attainment, expected }
    }
}

/// A goal's check-ins as they are shown, and how many more there are.
struct Told {
    items: Vec<ExplainedCheckIn>,
    more: usize,
}

/// The check-ins of each of some goals, none of those that are not checked in. A goal that counts in several is there as
/// often.
fn explained_check_ins(tx: &mut Tx<'_>, sight: &Sight<'_>, goals: &[GoalId]) -> Result<Vec<Option<Told>>> {
    let forest = &sight.scene.now.forest;
    let checked_in = |goal: &GoalId| forest.goal(*goal).is_some_and(|facts| facts.source == Source::CheckIns);
    let all: BTreeSet<_> = goals.iter().copied().filter(checked_in).collect();
    let rows = checkins::of_goals(tx, &Vec::from_iter(all))?;
    let of_one = |goal: &GoalId| told(tx, sight, *goal, rows.get(goal).cloned().unwrap_or_default());
    goals.iter().map(|goal| checked_in(goal).then(|| of_one(goal)).transpose()).collect()
}

/// The latest check-ins of a goal, and the one that counts, each with what it does.
fn told(tx: &Tx<'_>, sight: &Sight<'_>, goal: GoalId, rows: Vec<Shown>) -> Result<Told> {
    let parts = parts(sight, goal, &rows).ok_or(Error::Again)?;
    let (all, mut items) = (rows.len(), Vec::new());
    for (shown, part) in rows.into_iter().zip(parts).rev() {
        if items.len() < limits::EXPLAINED_CHECK_INS || part == CheckInPart::Taken {
            items.push(ExplainedCheckIn { check_in: CheckInOut::of(shown, &tx.actor.directory), part });
        }
    }
    Ok(Told { more: all - items.len(), items })
}

/// What each check-in does for the value. None where another one has come in between reading the forest and these.
fn parts(sight: &Sight<'_>, goal: GoalId, rows: &[Shown]) -> Option<Vec<CheckInPart>> {
    let forest = &sight.scene.now.forest;
    let (facts, day) = (forest.goal(goal)?, forest.day());
    let until = facts.facts_until(day);
    let mut told = facts.check_ins.up_to(until).iter().zip(explain::check_in_parts(facts, day));
    let part = |shown: &Shown| match &shown.row {
        row if !row.counts() => Some(CheckInPart::Voided),
        row if row.effective_on > until => Some(CheckInPart::AfterTheDay),
        row => {
            let (fact, part) = told.next()?;
            (fact.effective_on == row.effective_on && fact.statement == row.statement()).then_some(part)
        }
    };
    let parts: Option<Vec<_>> = rows.iter().map(part).collect();
    parts.filter(|_| told.next().is_none())
}

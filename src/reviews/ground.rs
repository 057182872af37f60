//! What reviews are scored by: the person's goals as they stand, and the ratings of the cycles inside. Read in
//! transactions that only read, as figures are; kept with the review when the manager submits.

use super::find::{self, Known};
use super::model::{Ground, ReviewedCycle, ReviewedGoal};
use super::setup;
use super::store;
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::seen_by_all;
use crate::domain::amount::{Amount, Weight};
use crate::domain::derived::Derived;
use crate::domain::figures::Standing;
use crate::domain::ids::{CycleId, ForestId, GoalId, MetricId, PersonId, ReviewId};
use crate::domain::review::score::{ScoredGoal, Weighed};
use crate::domain::review::{GoalMark, Layer, LayerScore, ReviewTemplate, convert, ends, scores, told};
use crate::domain::words::{Commitment, ReviewQuestionKind, ReviewRole, ReviewSectionKind};
use crate::error::{Error, Result};
use crate::figures::{self, Forests};
use crate::goals::{self, model::Goal};
use crate::metrics;
use crate::reviews::model::Part;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What each review is scored by, as it was read.
#[derive(Debug, Clone, Default)]
pub struct Grounds(HashMap<ReviewId, Ground>);

impl Grounds {
    /// What a review is scored by: what was kept with it, else what was read.
    pub fn of(&self, known: &Known) -> Result<Ground> {
        match &known.review.record {
            Some(kept) => Ok(kept.0.clone()),
            None => self.read(known.review.id),
        }
    }

    /// What was read for a review.
    pub(super) fn read(&self, review: ReviewId) -> Result<Ground> {
        self.0.get(&review).cloned().ok_or(Error::Again)
    }
}

impl Ground {
    /// What a layer comes to: the figures alone, or with what someone says.
    pub fn scores(&self, template: &ReviewTemplate, said: Option<(ReviewRole, &Part)>) -> LayerScore {
        let given = |goal: GoalId| said?.1.goals.iter().find(|one| one.goal_id == goal)?.score;
        let counting = self.goals.iter().filter(|goal| goal.counts());
        let goals: Vec<_> = counting
            .map(|goal| GoalMark { kind: goal.kind, weight: goal.review_weight, score: given(goal.id).or(goal.score) })
            .collect();
        let cycles: Vec<_> = self
            .cycles
            .iter()
            .map(|cycle| Weighed { score: cycle.score.map(Derived::from), weight: cycle.weight })
            .collect();
        let is_rating =
            |key: &str| template.question(key).is_some_and(|(_, question)| question.kind == ReviewQuestionKind::Rating);
        let answers = said.map(|(_, part)| part.answers.as_slice()).unwrap_or_default();
        let ratings = answers.iter().filter(|answer| is_rating(&answer.question));
        let ratings = ratings.filter_map(|answer| Some((answer.question.clone(), answer.rating?))).collect();
        scores(template, &Layer { role: said.map(|(role, _)| role), goals: &goals, cycles: &cycles, ratings: &ratings })
    }
}

/// What reviews with these ids are scored by now, as far as the actor sees them.
pub fn grounds_of(tx: &mut Tx<'_>, forests: &Forests, ids: &[ReviewId]) -> Result<Grounds> {
    let known = find::by_ids(tx, ids)?;
    read(tx, forests, &known.iter().collect::<Vec<_>>())
}

/// What reviews are scored by now; those left out whose ground was kept.
pub fn grounds(tx: &mut Tx<'_>, forests: &Forests, reviews: &[Known]) -> Result<Grounds> {
    let open: Vec<_> = reviews.iter().filter(|known| known.review.record.is_none()).collect();
    read(tx, forests, &open)
}

fn read(tx: &mut Tx<'_>, forests: &Forests, reviews: &[&Known]) -> Result<Grounds> {
    if reviews.is_empty() {
        return Ok(Grounds::default());
    }
    let cycles: HashSet<CycleId> = reviews.iter().map(|known| known.cycle.id).collect();
    let places: HashSet<ForestId> = reviews.iter().map(|known| known.cycle.forest_id).collect();
    let people: HashSet<PersonId> = reviews.iter().map(|known| known.review.person_id).collect();
    let (cycles, people): (Vec<_>, Vec<_>) = (cycles.into_iter().collect(), people.into_iter().collect());
    let rows = goals::owned(tx, &cycles, &people)?;
    let ids: Vec<GoalId> = rows.iter().map(|goal| goal.id).collect();
    let places: Vec<_> = places.into_iter().collect();
    let standings = figures::standings(tx, forests, &places, &ids)?;
    let units = display_units(tx, &rows)?;
    let inside = Inside::read(tx, reviews, &people)?;
    let ground = |known: &&Known| {
        let template = &known.setup.template;
        let own = rows
            .iter()
            .filter(|goal| goal.owner_id == known.review.person_id && goal.cycle_id == known.review.cycle_id);
        let goals = own.filter_map(|goal| Some(reviewed(template, goal, standings.get(&goal.id)?, &units)));
        let goals = goals.collect();
        (known.review.id, Ground { goals, cycles: inside.of(known), handed_in_by: None })
    };
    Ok(Grounds(reviews.iter().map(ground).collect()))
}

fn display_units(tx: &mut Tx<'_>, goals: &[Goal]) -> Result<HashMap<MetricId, String>> {
    if goals.iter().all(|goal| goal.metric_id.is_none()) {
        return Ok(HashMap::new());
    }
    Ok(metrics::all(tx)?.into_iter().filter_map(|metric| Some((metric.id, metric.display_unit?))).collect())
}

fn reviewed(
    template: &ReviewTemplate,
    goal: &Goal,
    standing: &Standing,
    units: &HashMap<MetricId, String>,
) -> ReviewedGoal {
    let scored = ScoredGoal {
        state: goal.state,
        aspirational: goal.commitment == Commitment::Aspirational,
        weight: goal.review_weight,
        attainment: standing.attainment.filter(|_| standing.has_data),
    };
    ReviewedGoal {
        id: goal.id,
        kind: goal.kind,
        title: goal.title.clone(),
        state: goal.state,
        commitment: goal.commitment,
        metric_id: goal.metric_id,
        display_unit: goal.metric_id.and_then(|metric| units.get(&metric).cloned()),
        direction: goal.direction,
        start: goal.start_value,
        target: goal.target,
        lo: goal.lo,
        hi: goal.hi,
        value: standing.value,
        attainment: standing.attainment,
        progress: standing.progress,
        status: standing.status,
        result: standing.result,
        review_weight: goal.review_weight,
        score: template.scoring.score(&scored).and_then(told),
        unscored: template.scoring.unscored(&scored),
    }
}

/// What the cycles inside those of some reviews came to.
struct Inside {
    /// The cycles directly inside each, in the order of their first days.
    children: HashMap<CycleId, Vec<Cycle>>,
    /// The ends of the scale that each goes by.
    scales: HashMap<CycleId, Option<(Amount, Amount)>>,
    ratings: HashMap<(CycleId, PersonId), Amount>,
}

impl Inside {
    fn read(tx: &mut Tx<'_>, reviews: &[&Known], people: &[PersonId]) -> Result<Self> {
        let mut children: HashMap<CycleId, Vec<Cycle>> = HashMap::new();
        for known in reviews.iter().filter(|known| asks_cycles(&known.setup.template)) {
            if let Entry::Vacant(new) = children.entry(known.cycle.id) {
                let mut inside = cycles::in_forest(tx, known.cycle.forest_id)?;
                // Drafts are seen by HR alone, and what a review comes to is the same for everyone.
                inside.retain(|one| one.parent_id == Some(known.cycle.id) && seen_by_all(one.phase));
                new.insert(inside);
            }
        }
        let (mut scales, all) = (HashMap::new(), children.values().flatten().cloned().collect::<Vec<_>>());
        for cycle in &all {
            scales.insert(cycle.id, ends(&setup::of(tx, cycle)?.template.scale));
        }
        let ids: Vec<_> = all.iter().map(|cycle| cycle.id).collect();
        let found =
            if ids.is_empty() { Vec::new() } else { store::of_people(tx.conn, tx.organization(), &ids, people)? };
        let shared = found.into_iter().filter(|one| one.is_shared() && one.excluded_reason.is_none());
        let ratings = shared.filter_map(|one| Some(((one.cycle_id, one.person_id), one.rating()?))).collect();
        Ok(Self { children, scales, ratings })
    }

    fn of(&self, known: &Known) -> Vec<ReviewedCycle> {
        let template = &known.setup.template;
        let section = template.sections.iter().find(|one| one.kind == ReviewSectionKind::Cycles);
        let weights = section.map(|one| one.cycle_weights.as_slice()).unwrap_or_default();
        let inside = self.children.get(&known.cycle.id).map(Vec::as_slice).unwrap_or_default();
        let reviewed = |(place, cycle): (usize, &Cycle)| {
            let rating = self.ratings.get(&(cycle.id, known.review.person_id)).copied();
            let scales = self.scales.get(&cycle.id).copied().flatten().zip(ends(&template.scale));
            let score = rating.zip(scales).and_then(|(rating, (from, to))| convert(rating, from, to));
            ReviewedCycle {
                id: cycle.id,
                name: cycle.name.clone(),
                rating,
                score: score.and_then(told),
                weight: weights.get(place).copied().unwrap_or(Weight::ONE),
            }
        };
        inside.iter().enumerate().map(reviewed).collect()
    }
}

fn asks_cycles(template: &ReviewTemplate) -> bool {
    template.sections.iter().any(|section| section.kind == ReviewSectionKind::Cycles)
}

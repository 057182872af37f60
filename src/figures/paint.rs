//! Making nodes of goals, for one person.

use super::can::can;
use super::node::{GoalMetric, GoalStep, Node};
use super::sight::Sight;
use crate::db::Tx;
use crate::db::schema::metrics;
use crate::domain::derived::Fraction;
use crate::domain::facts::GoalFacts;
use crate::domain::figures::Figures;
use crate::domain::ids::{GoalId, MetricId};
use crate::domain::measure::{Measure, MeasureParts};
use crate::domain::words::Commitment;
use crate::error::Result;
use crate::goals::model::Days;
use crate::metrics::model::Metric;
use crate::org::{PersonRef, UnitRef};
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// Makes nodes of the goals that someone sees.
pub(super) struct Painter<'a> {
    pub(super) sight: &'a Sight<'a>,
    metrics: Rc<HashMap<MetricId, Metric>>,
}

impl<'a> Painter<'a> {
    /// One that is ready to paint these goals.
    pub(super) fn new(tx: &mut Tx<'_>, sight: &'a Sight<'a>, goals: &[GoalId]) -> Result<Self> {
        let metrics = metrics_of(tx, goals.iter().filter_map(|goal| sight.metric(*goal)).collect())?;
        Ok(Self { sight, metrics: Rc::new(metrics) })
    }

    /// The nodes of these goals, those left out that are hidden.
    pub(super) fn nodes(tx: &mut Tx<'_>, sight: &'a Sight<'a>, goals: &[GoalId]) -> Result<Vec<Node>> {
        Ok(Self::new(tx, sight, goals)?.all(goals))
    }

    /// The same for several people, each with goals of their own.
    pub(super) fn nodes_of_each(tx: &mut Tx<'_>, all: &'a [(Sight<'a>, Vec<GoalId>)]) -> Result<Vec<Vec<Node>>> {
        let used = all.iter().flat_map(|(sight, goals)| goals.iter().filter_map(|goal| sight.metric(*goal)));
        let metrics = Rc::new(metrics_of(tx, used.collect())?);
        Ok(all.iter().map(|(sight, goals)| Self { sight, metrics: Rc::clone(&metrics) }.all(goals)).collect())
    }

    fn all(&self, goals: &[GoalId]) -> Vec<Node> {
        goals.iter().filter_map(|goal| self.node(*goal)).collect()
    }

    /// A goal's node; none where it is hidden.
    pub(super) fn node(&self, id: GoalId) -> Option<Node> {
        self.node_at(id, self.sight.depth(id))
    }

    /// A goal's node at a depth; none where it is hidden.
    pub(super) fn node_at(&self, id: GoalId, depth: u32) -> Option<Node> {
        let sight = self.sight;
        let (facts, _) = sight.goal(id)?;
        self.painted(id, depth, facts, sight.scene.now.forest.figures(id)?)
    }

    /// The same with these facts and figures: as they are, or as they would be.
    pub(super) fn painted(&self, id: GoalId, depth: u32, facts: &GoalFacts, figures: Figures) -> Option<Node> {
        let sight = self.sight;
        let (_, card) = sight.goal(id)?;
        let now = sight.scene.now;
        let standing = figures.standing;
        let window = facts.window(now.forest.rules(facts.cycle)?);
        let place = sight.place(id);
        let link = now.forest.links(id).find(|link| link.primary && !place.through_hidden);
        let parts = facts.measure.as_ref().map(Measure::parts).unwrap_or_default();
        Some(Node {
            id,
            version: card.version,
            cycle_id: facts.cycle,
            kind: facts.kind,
            scope: card.scope,
            title: card.title.clone(),
            state: facts.state,
            status: standing.status,
            attention: standing.attention.iter().collect(),
            result: standing.result,
            owner: PersonRef::of(&sight.actor.directory, card.owner),
            unit: UnitRef::of(&sight.actor.directory, card.unit),
            parent_id: place.parent,
            depth,
            child_count: sight.hanging_under(id).len(),
            through_hidden: place.through_hidden,
            weight: link.map(|link| link.weight),
            source: facts.source,
            direction: parts.direction,
            metric: facts.metric.and_then(|metric| self.metric(metric)),
            start: parts.start,
            value: standing.value,
            target: parts.target,
            floor: parts.floor,
            ceiling: parts.ceiling,
            lo: parts.lo,
            hi: parts.hi,
            tolerance: parts.tolerance,
            steps: steps(facts, parts, sight),
            progress: standing.progress,
            attainment: standing.attainment,
            expected: standing.expected,
            judged_on: standing.judged_on,
            forecast: figures.forecast,
            required_pace: figures.required_pace,
            planned: figures.planned,
            allocated: figures.allocated,
            allocation_gap: figures.allocation_gap,
            confidence: card.confidence,
            commitment: if facts.aspirational { Commitment::Aspirational } else { Commitment::Committed },
            visibility: card.visibility,
            window: Days { first: window.first(), last: window.last() },
            last_check_in_on: standing.last_data_on.filter(|_| facts.has_own_value()),
            next_due_on: standing.next_due_on,
            change_7d: self.change(id, standing.progress),
            can: can(sight, id),
        })
    }

    /// A metric in the viewer's language.
    fn metric(&self, metric: MetricId) -> Option<GoalMetric> {
        self.metrics.get(&metric).map(|row| GoalMetric::of(row, self.sight.locale))
    }

    /// Progress less what it was a week before.
    fn change(&self, goal: GoalId, progress: Option<Fraction>) -> Option<Fraction> {
        let before = self.sight.scene.before.forest.standing(goal)?.progress?;
        Some(Fraction::from_units(progress?.units() - before.units()))
    }
}

/// A milestone's steps.
fn steps(goal: &GoalFacts, parts: MeasureParts, sight: &Sight<'_>) -> Option<Vec<GoalStep>> {
    let Some(Measure::Milestone { .. }) = goal.measure else { return None };
    let until = goal.facts_until(sight.scene.now.forest.day());
    let complete = goal.check_ins.steps_complete(until);
    let as_shown = parts.steps.into_iter().map(|step| GoalStep {
        complete: complete.contains(&step.id),
        id: step.id,
        title: step.title,
        weight: step.weight,
    });
    Some(as_shown.collect())
}

fn metrics_of(tx: &mut Tx<'_>, used: BTreeSet<MetricId>) -> Result<HashMap<MetricId, Metric>> {
    if used.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Metric> = metrics::table
        .filter(metrics::organization_id.eq(tx.organization()).and(metrics::id.eq_any(used)))
        .select(Metric::as_select())
        .load(tx.conn)?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

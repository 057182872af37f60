//! What measured goals of a forest come to, and which of them a measurement moves.

use super::Slot;
use crate::domain::facts::GoalFacts;
use crate::domain::formula::ProgressFormula;
use crate::domain::ids::{MetricId, UnitId};
use crate::domain::measured::{
    Ledger, Measured, MeasuredDay, MeasuredDays, MetricRules, Metrics, Origin, Question, Subject, made_of, measure,
};
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Metrics, units and measurements, with the goals that depend on them.
#[derive(Debug, Clone, Default)]
pub(super) struct Measuring {
    metrics: Metrics,
    /// The formulas that make progress; most forests have none.
    progress: HashMap<MetricId, ProgressFormula>,
    units: Vec<(UnitId, Option<UnitId>)>,
    ledger: Ledger,
    /// The goals that a metric's measurements in a scope move.
    followers: HashMap<(MetricId, Subject), HashSet<Slot>>,
    /// What each measured goal's metric comes to.
    answers: FxHashMap<Slot, Measured>,
}

impl Measuring {
    /// Begins with what was measured.
    pub(super) fn over(days: MeasuredDays) -> Self {
        let mut measuring = Self::default();
        measuring.ledger.begin_with(days);
        measuring
    }

    /// What a goal's question comes to, which is remembered; a goal without one has no answer.
    pub(super) fn answer(&mut self, slot: Slot, question: Option<Question>) -> Option<Measured> {
        let Some(question) = question else {
            self.answers.remove(&slot);
            return None;
        };
        let answer = measure(&self.metrics, &mut self.ledger, question);
        self.answers.insert(slot, answer);
        Some(answer)
    }

    /// What a goal's question came to.
    pub(super) fn answered(&self, slot: Slot) -> Option<Measured> {
        self.answers.get(&slot).copied()
    }

    /// What a question comes to that no goal asks; nothing of it is kept.
    pub(super) fn measure(&self, question: Question) -> Measured {
        measure(&self.metrics, &mut self.ledger.fresh(), question)
    }

    /// The same with those of whom the measurements are that count in it.
    pub(super) fn made_of(&self, question: Question) -> (Measured, Vec<BTreeSet<Subject>>) {
        made_of(&self.metrics, &self.ledger, question)
    }

    /// The formula that makes a goal's progress, if its metric has one.
    pub(super) fn progress(&self, facts: &GoalFacts) -> Option<&ProgressFormula> {
        self.progress.get(facts.metric.as_ref()?)
    }

    /// Takes up that a metric is defined so. The goals on it are to be followed anew.
    pub(super) fn define(&mut self, metric: MetricId, rules: MetricRules) {
        match rules.progress.clone() {
            Some(formula) => self.progress.insert(metric, formula),
            None => self.progress.remove(&metric),
        };
        self.metrics.insert(metric, rules);
        self.followers.clear();
        self.ledger.forget();
    }

    /// Takes up how the units lie.
    pub(super) fn arrange(&mut self, units: Vec<(UnitId, Option<UnitId>)>) {
        self.ledger.arrange(&units);
        self.units = units;
    }

    /// Takes up that another day has begun.
    pub(super) fn begin_day(&mut self) {
        self.ledger.begin_day();
    }

    /// Every goal has asked what it comes to on the day.
    pub(super) fn end_day(&mut self) {
        self.ledger.end_day();
    }

    /// Puts what was measured on days, and tells the goals that it may move.
    pub(super) fn put(&mut self, days: Vec<MeasuredDay>) -> Vec<Slot> {
        let scopes = self.ledger.put(days);
        scopes.iter().filter_map(|key| self.followers.get(key)).flatten().copied().collect()
    }

    /// Remembers which measurements move a goal.
    pub(super) fn follow(&mut self, slot: Slot, facts: &GoalFacts) {
        for key in self.followed_by(facts) {
            self.followers.entry(key).or_default().insert(slot);
        }
    }

    /// Forgets what a goal followed, and the sums that no other goal asks for.
    pub(super) fn unfollow(&mut self, slot: Slot, facts: &GoalFacts) {
        for key in self.followed_by(facts) {
            let Some(followers) = self.followers.get_mut(&key) else { continue };
            followers.remove(&slot);
            if followers.is_empty() {
                self.followers.remove(&key);
                self.ledger.forget_scope(key.0, key.1);
            }
        }
    }

    /// The measured metrics that a goal's value comes from, through formulas too, each with the goal's scope.
    fn followed_by(&self, facts: &GoalFacts) -> Vec<(MetricId, Subject)> {
        let Some((metric, scope)) = facts.measured_by() else { return vec![] };
        let mut met = BTreeSet::from([metric]);
        let mut open = vec![metric];
        let mut followed = vec![];
        while let Some(metric) = open.pop() {
            match self.metrics.get(&metric).map(|rules| &rules.origin) {
                Some(Origin::Measured(_)) => followed.push((metric, scope)),
                Some(Origin::Computed(formula)) => {
                    open.extend(formula.inputs().into_iter().map(|term| term.metric).filter(|next| met.insert(*next)));
                }
                Some(Origin::Typed) | None => {}
            }
        }
        followed
    }

    /// The metrics with their rules.
    pub(super) const fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The units, each with the one above it.
    pub(super) fn units(&self) -> &[(UnitId, Option<UnitId>)] {
        &self.units
    }

    /// All that was measured.
    pub(super) const fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

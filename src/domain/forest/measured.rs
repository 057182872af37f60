//! What one can ask a forest about what is measured.

use super::Forest;
use crate::domain::derived::Derived;
use crate::domain::facts::GoalFacts;
use crate::domain::formula::Term;
use crate::domain::ids::{GoalId, MetricId, UnitId};
use crate::domain::measured::{
    Measured, MeasuredDays, MetricRules, Move, Origin, Period, Question, Subject, followed, moves,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a formula asks, and what that comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Which metric, over the goal's own period or over the one before.
    pub term: Term<MetricId>,
    /// The period; none where there is none before.
    pub period: Option<Period>,
    /// What it comes to.
    pub measured: Measured,
    /// Of whom the measurements are that count in it, of each metric that it comes from.
    pub subjects: Vec<BTreeSet<Subject>>,
}

/// What is measured of one subject, as far as it counts in a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Of whom.
    pub subject: Subject,
    /// What it comes to over time; none where that is beyond a derived value's bounds.
    pub value: Option<Derived>,
    /// The day of the last measurement in it.
    pub last_on: NaiveDate,
}

impl Forest {
    /// What a goal's metric comes to, or why it comes to nothing; none where measurements are not its source.
    pub fn measured(&self, goal: GoalId) -> Option<Measured> {
        self.measuring.answered(self.slot(goal)?)
    }

    /// The days over which a goal is measured.
    pub fn period(&self, goal: GoalId) -> Option<Period> {
        self.question(goal).map(|question| question.period)
    }

    /// What a goal's metric is made of, where it is computed from others: each input once, in the order of the formula.
    pub fn inputs(&self, goal: GoalId) -> Vec<Input> {
        let Some(question) = self.question(goal) else { return vec![] };
        let Some(Origin::Computed(formula)) = self.metric(question.metric).map(|rules| &rules.origin) else {
            return vec![];
        };
        let mut inputs: Vec<Input> = vec![];
        for term in formula.inputs() {
            if inputs.iter().any(|known| known.term == *term) {
                continue;
            }
            let period = if term.before { question.period.before() } else { Some(question.period) };
            let of = |period| self.measuring.made_of(Question { metric: term.metric, period, ..question });
            let (measured, subjects) = period.map_or((Measured::NOTHING, vec![]), of);
            inputs.push(Input { term: *term, period, measured, subjects });
        }
        inputs
    }

    /// What a goal's value is put together from, subject by subject, where its metric is measured and not computed.
    pub fn parts(&self, goal: GoalId) -> Vec<Part> {
        let Some(question) = self.question(goal).filter(|question| question.period.has_begun()) else { return vec![] };
        let Some(Origin::Measured(rule)) = self.metric(question.metric).map(|rules| &rules.origin) else {
            return vec![];
        };
        let view = self.measuring.ledger().view(question, *rule);
        let part = |(subject, value, last_on)| Part { subject, value, last_on };
        view.values().map(part).collect()
    }

    /// Every day on which what is measured of a goal came to another value, the earliest first.
    pub fn moves(&self, goal: GoalId) -> Vec<Move> {
        let question = self.question(goal);
        question.map_or_else(Vec::new, |question| moves(self.measuring.metrics(), self.measuring.ledger(), question))
    }

    /// The measured metrics that a goal's value comes from, each with the days over which.
    pub fn followed(&self, goal: GoalId) -> Vec<(MetricId, Period)> {
        let Some(Question { metric, period, .. }) = self.question(goal) else { return vec![] };
        let mut all = Vec::from_iter(followed(self.measuring.metrics(), metric, period));
        all.sort_by_key(|(metric, period)| (*metric, period.first(), period.until()));
        all
    }

    /// The days on which something was measured of those who may count in a goal: of whom, and how many of their
    /// measurements count. Those of none may supersede what was measured before.
    pub fn counted(&self, goal: GoalId, metric: MetricId) -> BTreeMap<NaiveDate, Vec<(Subject, usize)>> {
        let scope = self.question(goal).map(|question| question.scope);
        scope.map_or_else(BTreeMap::new, |scope| self.measuring.ledger().counts_of_each(metric, scope))
    }

    /// A metric's rules.
    pub fn metric(&self, metric: MetricId) -> Option<&MetricRules> {
        self.metrics().get(&metric)
    }

    /// Every metric's rules.
    pub const fn metrics(&self) -> &HashMap<MetricId, MetricRules> {
        self.measuring.metrics()
    }

    /// All that was measured.
    pub const fn measured_days(&self) -> &MeasuredDays {
        self.measuring.ledger().days()
    }

    /// The units, each with the one above it.
    pub fn units(&self) -> &[(UnitId, Option<UnitId>)] {
        self.measuring.units()
    }

    fn question(&self, goal: GoalId) -> Option<Question> {
        let facts: &GoalFacts = self.goal(goal)?;
        facts.question(self.rules(facts.cycle)?, self.day)
    }
}

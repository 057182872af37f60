//! Whose measurements a metric's value is made of.

use super::compute::{Aggregates, measure};
use super::ledger::Ledger;
use super::tally::Aggregate;
use super::{Aggregation, Measured, Metrics, Question, Subject};
use std::collections::BTreeSet;

/// What a question comes to, and of whom the measurements are that count in it: of each metric that is
/// measured, through formulas too.
pub(in crate::domain) fn made_of(
    metrics: &Metrics,
    ledger: &Ledger,
    question: Question,
) -> (Measured, Vec<BTreeSet<Subject>>) {
    let mut asked = Asked { ledger, subjects: vec![] };
    let measured = measure(metrics, &mut asked, question);
    (measured, asked.subjects)
}

struct Asked<'a> {
    ledger: &'a Ledger,
    subjects: Vec<BTreeSet<Subject>>,
}

impl Aggregates for Asked<'_> {
    fn aggregate(&mut self, question: Question, rule: Aggregation) -> Option<Aggregate> {
        if !question.period.has_begun() {
            return None;
        }
        let view = self.ledger.view(question, rule);
        self.subjects.push(view.values().map(|(subject, _, _)| subject).collect());
        view.aggregate()
    }
}

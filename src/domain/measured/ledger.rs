//! Measurements as the forest keeps them, with partial sums: what one scope comes to over one period is kept subject by
//! subject, and an arriving measurement changes its own subject's part alone.

use super::compute::Aggregates;
use super::days::MeasuredDays;
use super::tally::Aggregate;
use super::units::Units;
use super::view::{Basis, View};
use super::{Aggregation, MeasuredDay, Question, Subject};
use crate::domain::calendar::{FIRST_DAY, LAST_DAY};
use crate::domain::ids::{MetricId, UnitId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// All measurements of a forest.
#[derive(Debug, Clone, Default)]
pub(in crate::domain) struct Ledger {
    units: Units,
    days: MeasuredDays,
    views: HashMap<(MetricId, Subject), Vec<Kept>>,
}

/// A view, and whether somebody asked for it since the day began.
#[derive(Debug, Clone)]
struct Kept {
    view: View,
    is_asked: bool,
}

impl Ledger {
    /// Takes up how the units lie.
    pub(in crate::domain) fn arrange(&mut self, units: &[(UnitId, Option<UnitId>)]) {
        self.units = Units::new(units.iter().copied());
        self.forget();
    }

    /// Forgets every partial sum: metrics or units are otherwise.
    pub(in crate::domain) fn forget(&mut self) {
        self.views.clear();
    }

    /// Another day has begun: partial sums go on to it where they are asked for.
    pub(in crate::domain) fn begin_day(&mut self) {
        for kept in self.views.values_mut().flatten() {
            kept.is_asked = false;
        }
    }

    /// Everyone has asked: forgets the partial sums that nobody asked for since the day began.
    pub(in crate::domain) fn end_day(&mut self) {
        self.views.retain(|_, views| {
            views.retain(|kept| kept.is_asked);
            !views.is_empty()
        });
    }

    /// Forgets the partial sums of a scope that nobody asks for any more.
    pub(in crate::domain) fn forget_scope(&mut self, metric: MetricId, scope: Subject) {
        self.views.remove(&(metric, scope));
    }

    /// Begins with what was measured.
    pub(in crate::domain) fn begin_with(&mut self, days: MeasuredDays) {
        self.days = days;
        self.forget();
    }

    /// Puts what was measured on days, and tells the scopes in which that counts, each with its metric: the subject's
    /// own, and the units in which it was ever measured with all above them.
    pub(in crate::domain) fn put(&mut self, days: Vec<MeasuredDay>) -> BTreeSet<(MetricId, Subject)> {
        let mut touched: BTreeMap<(MetricId, Subject), Vec<NaiveDate>> = BTreeMap::new();
        for day in days {
            touched.entry((day.metric, day.subject)).or_default().push(day.on);
            self.days.put(day);
        }
        touched.into_iter().flat_map(|((metric, subject), days)| self.touch(metric, subject, &days)).collect()
    }

    /// Takes up in every view that is kept what is there now of one subject's days.
    fn touch(&mut self, metric: MetricId, subject: Subject, days: &[NaiveDate]) -> BTreeSet<(MetricId, Subject)> {
        let Some(series) = self.days.of(metric, subject) else { return BTreeSet::new() };
        let units = series.units().flat_map(|unit| self.units.upward(unit)).map(Subject::Unit);
        let scopes: BTreeSet<_> = units.chain([subject]).map(|scope| (metric, scope)).collect();
        let basis = Basis { days: &self.days, units: &self.units };
        for key in &scopes {
            for kept in self.views.get_mut(key).into_iter().flatten() {
                kept.view.touch(basis, subject, days);
            }
        }
        scopes
    }

    /// All that was measured.
    pub(in crate::domain) const fn days(&self) -> &MeasuredDays {
        &self.days
    }

    /// The same measurements with nothing put together yet.
    pub(in crate::domain) fn fresh(&self) -> Self {
        Self { units: self.units.clone(), days: self.days.clone(), views: HashMap::new() }
    }

    /// The days on which something was measured of those who may count in a scope, each with how many of that count
    /// there.
    pub(in crate::domain) fn counts_in(&self, metric: MetricId, scope: Subject) -> BTreeMap<NaiveDate, usize> {
        let days = self.counts_of_each(metric, scope).into_iter();
        days.map(|(on, each)| (on, each.into_iter().map(|(_, count)| count).sum())).collect()
    }

    /// The same with whom it was measured of.
    pub(in crate::domain) fn counts_of_each(
        &self,
        metric: MetricId,
        scope: Subject,
    ) -> BTreeMap<NaiveDate, Vec<(Subject, usize)>> {
        let basis = Basis { days: &self.days, units: &self.units };
        let mut counts: BTreeMap<NaiveDate, Vec<(Subject, usize)>> = BTreeMap::new();
        for subject in basis.candidates(metric, scope) {
            let series = self.days.of(metric, subject);
            for (on, row) in series.into_iter().flat_map(|series| series.between(FIRST_DAY, LAST_DAY)) {
                let more = usize::from(basis.is_inside(scope, subject, row));
                let each = counts.entry(on).or_default();
                match each.last_mut().filter(|(last, _)| *last == subject) {
                    Some((_, count)) => *count += more,
                    None => each.push((subject, more)),
                }
            }
        }
        counts
    }

    /// What answers a question, put together anew.
    pub(in crate::domain) fn view(&self, question: Question, rule: Aggregation) -> View {
        View::new(Basis { days: &self.days, units: &self.units }, question, rule)
    }
}

impl Aggregates for Ledger {
    fn aggregate(&mut self, question: Question, rule: Aggregation) -> Option<Aggregate> {
        let period = question.period;
        if !period.has_begun() {
            return None;
        }
        let basis = Basis { days: &self.days, units: &self.units };
        let views = self.views.entry((question.metric, question.scope)).or_default();
        if let Some(kept) = views.iter_mut().find(|kept| kept.view.period() == period) {
            kept.is_asked = true;
            return kept.view.aggregate();
        }
        let earlier = views.iter_mut().filter(|kept| !kept.is_asked && period.goes_on(kept.view.period()));
        if let Some(kept) = earlier.max_by_key(|kept| kept.view.period().until()) {
            kept.is_asked = true;
            kept.view.go_on(basis, period);
            return kept.view.aggregate();
        }
        let view = View::new(basis, question, rule);
        let aggregate = view.aggregate();
        views.push(Kept { view, is_asked: true });
        aggregate
    }
}

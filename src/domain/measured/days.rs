//! All that was measured, by subject and day. It is cheap to clone: what several forests hold alike is there once.

use super::{MeasuredDay, Measurement, Subject};
use crate::domain::ids::{MetricId, UnitId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What was measured of metrics, day by day.
#[derive(Debug, Clone, Default)]
pub struct MeasuredDays {
    series: Arc<HashMap<(MetricId, Subject), Arc<Series>>>,
    /// Who was ever measured in a unit.
    measured_in: Arc<HashMap<MetricId, HashMap<UnitId, BTreeSet<Subject>>>>,
    rows: usize,
}

/// One subject's measurements of a metric.
#[derive(Debug, Clone, Default)]
pub(super) struct Series {
    days: BTreeMap<NaiveDate, Arc<[Measurement]>>,
    /// The units in which it was ever measured.
    units: BTreeSet<UnitId>,
}

impl MeasuredDays {
    /// Puts what was measured on a day in the place of what was there; nothing where nothing is left.
    pub fn put(&mut self, day: MeasuredDay) {
        let MeasuredDay { metric, subject, on, measurements } = day;
        let series = Arc::make_mut(Arc::make_mut(&mut self.series).entry((metric, subject)).or_default());
        for row in measurements.iter().filter(|row| series.units.insert(row.unit)).map(|row| row.unit) {
            Arc::make_mut(&mut self.measured_in).entry(metric).or_default().entry(row).or_default().insert(subject);
        }
        self.rows += measurements.len();
        let before =
            if measurements.is_empty() { series.days.remove(&on) } else { series.days.insert(on, measurements) };
        self.rows -= before.map_or(0, |before| before.len());
    }

    /// How many measurements there are.
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// All of them again.
    pub fn iter(&self) -> impl Iterator<Item = MeasuredDay> {
        self.series.iter().flat_map(|((metric, subject), series)| {
            let day = |(on, measurements): (&NaiveDate, &Arc<[Measurement]>)| MeasuredDay {
                metric: *metric,
                subject: *subject,
                on: *on,
                measurements: Arc::clone(measurements),
            };
            series.days.iter().map(day)
        })
    }

    /// One subject's.
    pub(super) fn of(&self, metric: MetricId, subject: Subject) -> Option<&Series> {
        self.series.get(&(metric, subject)).map(|series| &**series)
    }

    /// Who was ever measured in the units for which this holds.
    pub(super) fn measured_in(&self, metric: MetricId, is_inside: impl Fn(UnitId) -> bool) -> BTreeSet<Subject> {
        let seen = self.measured_in.get(&metric).into_iter().flatten();
        seen.filter(|(unit, _)| is_inside(**unit)).flat_map(|(_, subjects)| subjects).copied().collect()
    }
}

impl FromIterator<MeasuredDay> for MeasuredDays {
    fn from_iter<I: IntoIterator<Item = MeasuredDay>>(days: I) -> Self {
        let mut all = Self::default();
        for day in days {
            all.put(day);
        }
        all
    }
}

impl Series {
    /// The measurements of some days, in the order of day and entry.
    pub(super) fn between(
        &self,
        first: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, &Measurement)> + Clone {
        let days = (first <= last).then(|| self.days.range(first..=last)).into_iter().flatten();
        days.flat_map(|(on, rows)| rows.iter().map(|row| (*on, row)))
    }

    /// The days of those on which something was measured.
    pub(super) fn days_between(&self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let days = (first <= last).then(|| self.days.range(first..=last)).into_iter().flatten();
        days.map(|(on, _)| *on)
    }

    /// The units in which it was ever measured.
    pub(super) fn units(&self) -> impl Iterator<Item = UnitId> {
        self.units.iter().copied()
    }
}

//! What is measured, as far as a forest's goals follow it: which days of which metrics are read, and which are read
//! again.
//!
//! Whole metrics are read and not scopes alone, since what was measured of someone elsewhere may supersede what was
//! measured of them here.

use super::{Known, rules};
use crate::cycles::model::Cycle;
use crate::db::Conn;
use crate::domain::access::Directory;
use crate::domain::calendar::Window;
use crate::domain::facts::GoalFacts;
use crate::domain::ids::{CycleId, MetricId, OrganizationId, UnitId};
use crate::domain::measured::{MeasuredDay, MeasuredDays, MetricRules, reads};
use crate::measurements::{self, DayKey, Wanted};
use crate::metrics;
use diesel::QueryResult;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The days of metrics that are read, or have been.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::figures) struct Reads(BTreeMap<MetricId, Window>);

/// What was read of them at a revision.
#[derive(Debug, Clone, Default)]
pub(in crate::figures) struct ReadDays {
    pub(in crate::figures) revision: i64,
    pub(in crate::figures) reads: Reads,
    pub(in crate::figures) days: MeasuredDays,
}

impl Reads {
    /// Those that goals follow.
    pub(in crate::figures) fn of<'a>(
        goals: impl Iterator<Item = &'a GoalFacts>,
        metrics: &HashMap<MetricId, MetricRules>,
        cycles: &HashMap<CycleId, Cycle>,
    ) -> Self {
        let mut all = Self::default();
        for goal in goals {
            let Some((metric, _)) = goal.measured_by() else { continue };
            let Some(rules) = cycles.get(&goal.cycle).and_then(rules) else { continue };
            for (metric, days) in reads(metrics, metric, goal.window(&rules)) {
                all.add(metric, days);
            }
        }
        all
    }

    pub(in crate::figures) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in all days from the first to the last one of both.
    fn add(&mut self, metric: MetricId, days: Window) {
        let known = self.0.entry(metric).or_insert(days);
        let (first, last) = (known.first().min(days.first()), known.last().max(days.last()));
        *known = Window::new(first, last).unwrap_or(days);
    }

    /// These and others.
    pub(in crate::figures) fn and(&self, others: &Self) -> Self {
        let mut all = self.clone();
        for (metric, days) in &others.0 {
            all.add(*metric, *days);
        }
        all
    }

    /// Those of others that are not among them, with all the days that these metrics then have.
    pub(in crate::figures) fn lacking(&self, others: &Self) -> Self {
        let all = self.and(others);
        Self(all.0.into_iter().filter(|(metric, days)| self.0.get(metric) != Some(days)).collect())
    }

    fn has(&self, key: &DayKey) -> bool {
        self.0.get(&key.metric).is_some_and(|days| days.contains(key.on))
    }

    /// Reads them.
    pub(in crate::figures) fn read(
        &self,
        conn: &mut Conn,
        organization: OrganizationId,
    ) -> QueryResult<Vec<MeasuredDay>> {
        let mut found = Vec::new();
        for (metric, days) in &self.0 {
            let (metrics, subjects, first, last) = ([*metric], None, days.first(), days.last());
            let wanted = Wanted { metrics: &metrics, subjects, first, last };
            found.append(&mut measurements::days(conn, organization, wanted)?);
        }
        Ok(found)
    }

    /// Reads those of them again that changed after a revision.
    pub(in crate::figures) fn read_again(
        &self,
        conn: &mut Conn,
        organization: OrganizationId,
        revision: i64,
    ) -> QueryResult<Vec<MeasuredDay>> {
        let metrics: Vec<MetricId> = self.0.keys().copied().collect();
        let touched = measurements::touched_since(conn, organization, revision, &metrics)?;
        let meant: BTreeSet<DayKey> = touched.into_iter().filter(|key| self.has(key)).collect();
        measurements::days_again(conn, organization, &meant)
    }
}

impl Known {
    /// The rules of all metrics, where one of these goals is on one.
    pub(in crate::figures) fn metrics<'a>(
        &mut self,
        conn: &mut Conn,
        organization: OrganizationId,
        mut goals: impl Iterator<Item = &'a GoalFacts>,
    ) -> QueryResult<&HashMap<MetricId, MetricRules>> {
        if !self.knows_metrics && goals.any(|goal| goal.metric.is_some()) {
            self.metrics = metrics::rules(conn, organization)?.into_iter().collect();
            self.knows_metrics = true;
        }
        Ok(&self.metrics)
    }

    /// The revision that all measured is at in this transaction.
    pub(in crate::figures) fn measured_at(
        &mut self,
        conn: &mut Conn,
        organization: OrganizationId,
    ) -> QueryResult<i64> {
        let revision = match self.measured_at {
            Some(known) => known,
            None => measurements::revision(conn, organization)?,
        };
        Ok(*self.measured_at.insert(revision))
    }

    /// What was measured on these days and perhaps on more: what another forest of this transaction stands on is read
    /// no second time.
    pub(in crate::figures) fn measured(
        &mut self,
        conn: &mut Conn,
        organization: OrganizationId,
        reads: &Reads,
    ) -> QueryResult<ReadDays> {
        if reads.is_empty() {
            return Ok(ReadDays::default());
        }
        let mut read = match self.lent.take() {
            Some(lent) => lent,
            None => ReadDays { revision: self.measured_at(conn, organization)?, ..ReadDays::default() },
        };
        let lacking = read.reads.lacking(reads);
        if !lacking.is_empty() {
            // What was lent may know of more than this transaction sees of what it lacked.
            read.revision = read.revision.min(self.measured_at(conn, organization)?);
        }
        for day in lacking.read(conn, organization)? {
            read.days.put(day);
        }
        read.reads = read.reads.and(&lacking);
        Ok(self.lent.insert(read).clone())
    }

    /// The days that changed after a revision.
    pub(in crate::figures) fn measured_since(
        &mut self,
        conn: &mut Conn,
        organization: OrganizationId,
        revision: i64,
        reads: &Reads,
    ) -> QueryResult<Vec<MeasuredDay>> {
        let again = match self.again.take().filter(|(after, of, _)| (*after, of) == (revision, reads)) {
            Some(known) => known,
            None => (revision, reads.clone(), reads.read_again(conn, organization, revision)?),
        };
        Ok(self.again.insert(again).2.clone())
    }
}

/// The units, each with the one above it, in one order.
pub(in crate::figures) fn units(directory: &Directory) -> Vec<(UnitId, Option<UnitId>)> {
    let mut units: Vec<_> = directory.units().map(|unit| (unit.id, unit.parent)).collect();
    units.sort_unstable();
    units
}

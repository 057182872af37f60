//! Drawing a series: each figure by the domain's rules, and none that the actor may not see.

use super::asked::{Asked, Checked, Planned, check};
use super::groups;
use super::load::{Loaded, load};
use super::out::{
    Series, SeriesChange, SeriesFigure, SeriesFigures, SeriesMetric, SeriesPlan, SeriesPoint, SeriesSpan,
};
use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::derived::Derived;
use crate::domain::disclosure::{Part, shown};
use crate::domain::ids::MetricId;
use crate::domain::measured::{Bucket, Period, Sliced, Subject, Told, Years};
use crate::domain::words::Locale;
use crate::error::Result;
use crate::org::{PersonRef, UnitRef};

/// What a metric comes to over days, for a unit or a person that the actor may see the figures of.
pub(super) fn series(tx: &mut Tx<'_>, id: MetricId, asked: Asked) -> Result<Series> {
    let asked = check(tx, id, asked)?;
    let Loaded { cells, parts, hidden } = load(tx, &asked)?;
    let hides = !hidden.is_empty();
    let sliced = Sliced::new(&asked.rules, cells, hidden);
    let mut drawing = Drawing { asked: &asked, sliced, hides, locale: tx.locale };
    let figures = drawing.whole();
    let groups = asked.group_by.as_ref().map(|_| groups::groups(&mut drawing, &parts, &tx.actor)).transpose()?;
    let (groups, more_groups) = groups.map_or((None, 0), |(groups, more)| (Some(groups), more));
    let directory = &tx.actor.directory;
    let (unit, person) = match asked.subject {
        Subject::Unit(unit) => (Some(UnitRef::of(directory, unit)), None),
        Subject::Person(person) => (None, Some(PersonRef::of(directory, person))),
    };
    Ok(Series {
        metric: SeriesMetric::of(&asked.metric, tx.locale),
        unit,
        person,
        from: asked.span.first(),
        to: asked.span.last(),
        interval: asked.interval,
        group_by: asked.group_by.as_ref().map(ToString::to_string),
        goal_id: asked.planned.as_ref().map(|planned| planned.goal),
        figures,
        groups,
        more_groups,
    })
}

/// A series that is being drawn.
pub(super) struct Drawing<'a> {
    pub(super) asked: &'a Checked,
    sliced: Sliced<'a>,
    /// Whether the figures of anyone in it are hidden from the actor.
    pub(super) hides: bool,
    locale: Locale,
}

/// All that the metric comes to, as a whole or in a part.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) points: Vec<Told>,
    pub(super) total: Told,
    pub(super) to_date: Option<Told>,
    pub(super) before: Option<Told>,
}

/// Which figures of it are shown.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) points: Vec<bool>,
    pub(super) total: bool,
    pub(super) to_date: bool,
    pub(super) before: bool,
}

impl Drawing<'_> {
    /// What it comes to over all days.
    pub(super) fn total(&mut self, part: Option<usize>) -> Told {
        self.told(self.asked.whole(), part)
    }

    /// All that it comes to.
    pub(super) fn drawn(&mut self, part: Option<usize>) -> Drawn {
        let (asked, years) = (self.asked, self.asked.years);
        Drawn {
            points: asked.buckets.iter().map(|bucket| self.told(bucket.period, part)).collect(),
            total: self.total(part),
            to_date: years.map(|years| self.told(years.to_date, part)),
            before: years.and_then(|years| years.before).map(|before| self.told(before, part)),
        }
    }

    fn told(&mut self, period: Period, part: Option<usize>) -> Told {
        self.sliced.told(self.asked.metric.id, period, part)
    }

    /// The whole: of its points none that stands for a single person, as parts of its total.
    fn whole(&mut self) -> SeriesFigures {
        let drawn = self.drawn(None);
        let of_point = |told: &Told| Part { hidden: vec![told.hidden], in_sight: true };
        let is_seen = |told: &Told| !told.hidden.singles_out();
        let seen = Seen {
            points: shown(&drawn.points.iter().map(of_point).collect::<Vec<_>>()),
            total: is_seen(&drawn.total),
            to_date: self.tells_years() && drawn.to_date.as_ref().is_none_or(is_seen),
            before: self.tells_years() && drawn.before.as_ref().is_none_or(is_seen),
        };
        let mut figures = self.painted(&drawn, &seen);
        let Some(planned) = &self.asked.planned else { return figures };
        let reached = self.reached(&seen);
        for ((point, bucket), reached) in figures.points.iter_mut().zip(&self.asked.buckets).zip(reached) {
            point.plan = plan(planned, bucket, reached);
        }
        figures
    }

    /// Whether the years may be told beside the total. Where people are hidden they are only if this year begins with the
    /// first point: else it would tell, less the total, what the days before came to.
    pub(super) fn tells_years(&self) -> bool {
        let begins = |years: Years| years.to_date.first() == self.asked.span.first();
        !self.hides || self.asked.years.is_none_or(begins)
    }

    /// What was reached by each point's end over the plan's window. One less the one before is what a point brought: where
    /// people are hidden they are told only as sums of points that are all told.
    fn reached(&mut self, seen: &Seen) -> Vec<Option<Derived>> {
        let asked = self.asked;
        let periods: Vec<_> = asked.buckets.iter().map(|bucket| asked.planned_period(bucket)).collect();
        let told: Vec<_> = periods.iter().map(|period| period.map(|period| self.told(period, None))).collect();
        let of_points = |period: &Period| {
            let ends = |bucket: &Bucket| bucket.period.until() == period.until();
            let begins = |bucket: &Bucket| bucket.period.first() == period.first();
            asked.buckets.iter().any(begins) && asked.buckets.iter().any(ends)
        };
        let all_told = seen.points.iter().all(|seen| *seen)
            && periods.iter().flatten().all(of_points)
            && told.iter().flatten().all(|told| !told.hidden.singles_out());
        let is_told = !self.hides || all_told;
        told.into_iter().map(|told| told.filter(|_| is_told).and_then(|told| told.value.ok())).collect()
    }

    /// What is shown of it.
    pub(super) fn painted(&self, drawn: &Drawn, seen: &Seen) -> SeriesFigures {
        let points = self.asked.buckets.iter().zip(&drawn.points).zip(&seen.points);
        let points = points.map(|((bucket, told), seen)| SeriesPoint {
            first_day: bucket.days.first(),
            last_day: bucket.days.last(),
            figure: self.figure(bucket.period, told, *seen),
            plan: None,
        });
        let whole = self.asked.whole();
        let total = SeriesSpan {
            first_day: self.asked.span.first(),
            last_day: self.asked.span.last(),
            figure: self.figure(whole, &drawn.total, seen.total),
        };
        let year = |period: Option<Period>, told: Option<&Told>, seen: bool| {
            let (period, told) = period.zip(told)?;
            let (first_day, last_day) = (period.first(), period.until());
            Some(SeriesSpan { first_day, last_day, figure: self.figure(period, told, seen) })
        };
        let years = self.asked.years;
        let year_to_date = year(years.map(|years| years.to_date), drawn.to_date.as_ref(), seen.to_date);
        let year_before = year(years.and_then(|years| years.before), drawn.before.as_ref(), seen.before);
        let change = SeriesChange::of(year_before.as_ref(), year_to_date.as_ref());
        SeriesFigures { points: points.collect(), total, year_to_date, year_before, change }
    }

    fn figure(&self, period: Period, told: &Told, seen: bool) -> SeriesFigure {
        match seen {
            _ if !period.has_begun() => SeriesFigure::to_come(self.locale),
            true => SeriesFigure::of(told, self.locale),
            false => SeriesFigure::held_back(self.locale),
        }
    }
}

/// Actual against plan at a point's end, as far as it has come; of a point to come the plan alone.
fn plan(planned: &Planned, bucket: &Bucket, reached: Option<Derived>) -> Option<SeriesPlan> {
    Window::new(bucket.days.first().max(planned.window.first()), bucket.days.last().min(planned.window.last()))?;
    let until = if bucket.period.has_begun() { bucket.period.until() } else { bucket.days.last() };
    let by = |day| planned.measure.as_ref()?.planned(planned.window, day);
    let (now, before) = (by(until), bucket.days.first().pred_opt().and_then(by));
    Some(SeriesPlan {
        planned_to_date: now,
        actual_to_date: reached,
        planned: now.zip(before).and_then(|(now, before)| Derived::from_units(now.units() - before.units())),
    })
}

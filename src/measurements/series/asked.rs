//! What is asked of a series, checked: every fault at once.

use crate::db::Tx;
use crate::domain::calendar::{FIRST_DAY, LAST_DAY, Window};
use crate::domain::ids::{GoalId, MetricId, PersonId, UnitId};
use crate::domain::limits;
use crate::domain::measure::Measure;
use crate::domain::measured::{Bucket, MetricRules, Period, Subject, Years, buckets};
use crate::domain::period::FiscalYear;
use crate::domain::words::{CycleKind, MeasuredFor, RankingVisibility, SeriesInterval};
use crate::error::{Code, Error, Faults, Result, Said};
use crate::http;
use crate::metrics::{self, Feeding, model::Metric};
use crate::org;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

/// Into which parts a series is split.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum GroupBy {
    /// The units directly below, and what was measured directly in the unit itself.
    Unit,
    /// The people.
    Person,
    /// The values of a dimension.
    Dimension(String),
}

impl TryFrom<String> for GroupBy {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "unit" => Ok(Self::Unit),
            None if text == "person" => Ok(Self::Person),
            Some(("dimension", name)) if !name.is_empty() => Ok(Self::Dimension(name.to_owned())),
            _ => Err(format!("`{text}` is none of unit, person, dimension:<name>")),
        }
    }
}

impl fmt::Display for GroupBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("unit"),
            Self::Person => f.write_str("person"),
            Self::Dimension(name) => write!(f, "dimension:{name}"),
        }
    }
}

impl Serialize for GroupBy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The measured goal whose plan a series is compared with.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) goal: GoalId,
    pub(super) metric: Option<MetricId>,
    /// Whom it measures; none where it is not measured.
    pub(super) subject: Option<Subject>,
    pub(super) window: Window,
    pub(super) measure: Option<Measure>,
    pub(super) completed_on: Option<NaiveDate>,
}

/// What is asked; what is left out follows from the rest.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) unit: Option<UnitId>,
    pub(super) person: Option<PersonId>,
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
    pub(super) interval: Option<SeriesInterval>,
    pub(super) group_by: Option<GroupBy>,
    pub(super) limit: Option<usize>,
    pub(super) sort: Option<String>,
    pub(super) years: bool,
    pub(super) planned: Option<Planned>,
}

/// How parts are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) by_name: bool,
    pub(super) reverse: bool,
}

/// A series that can be drawn.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) metric: Metric,
    pub(super) rules: HashMap<MetricId, MetricRules>,
    pub(super) feeding: Feeding,
    pub(super) subject: Subject,
    pub(super) span: Window,
    pub(super) interval: SeriesInterval,
    pub(super) today: NaiveDate,
    pub(super) buckets: Vec<Bucket>,
    pub(super) years: Option<Years>,
    pub(super) group_by: Option<GroupBy>,
    pub(super) limit: usize,
    pub(super) order: Order,
    pub(super) ranking: RankingVisibility,
    pub(super) planned: Option<Planned>,
}

impl Checked {
    /// All of the span.
    pub(super) fn whole(&self) -> Period {
        Period::of(self.span, self.today)
    }

    /// The plan's window up to each point's end, where the point lies in it.
    pub(super) fn planned_period(&self, bucket: &Bucket) -> Option<Period> {
        let planned = self.planned.as_ref()?;
        let until = planned.completed_on.map_or(bucket.period.until(), |over| over.min(bucket.period.until()));
        Some(Period::of(planned.window, until)).filter(|period| period.has_begun() && bucket.period.has_begun())
    }

    /// Every period that is asked for.
    pub(super) fn periods(&self) -> impl Iterator<Item = Period> {
        let years = self.years.into_iter().flat_map(|years| [Some(years.to_date), years.before]).flatten();
        let points = self.buckets.iter().map(|bucket| bucket.period);
        let planned = self.buckets.iter().filter_map(|bucket| self.planned_period(bucket));
        points.chain([self.whole()]).chain(years).chain(planned)
    }
}

/// What is asked of a metric, if the actor may see it.
pub(super) fn check(tx: &mut Tx<'_>, id: MetricId, asked: Asked) -> Result<Checked> {
    let metric = metrics::find(tx, id)?;
    let organization = org::organization::get(tx)?;
    let ranking = organization.ranking_visibility;
    let subject = subject(tx, &asked, ranking)?;
    if asked.group_by == Some(GroupBy::Person) {
        must_rank(tx, subject, ranking)?;
    }
    let (limit, order) = (limit(asked.limit)?, order(asked.sort.as_deref())?);
    let fiscal = u32::try_from(organization.fiscal_year_start).ok().and_then(FiscalYear::beginning_in);
    let fiscal = fiscal.unwrap_or(FiscalYear::CALENDAR);
    let rules = metrics::rules(tx.conn, tx.organization())?.into_iter().collect();
    let feeding = metrics::feeding(tx.conn, tx.organization(), id)?;
    let mut faults = Faults::new();
    check_subject(&asked, &metric, &feeding, subject, &mut faults);
    check_parts(tx, &asked, &metric, &feeding, &mut faults)?;
    let span = span(&asked, fiscal, tx.today(), &mut faults);
    let interval = asked.interval.unwrap_or(SeriesInterval::Month);
    let buckets = points(span, interval, fiscal, tx.today(), asked.group_by.as_ref().map(|_| limit), &mut faults);
    faults.finish()?;
    let span = span.ok_or_else(|| Error::internal("a series without days"))?;
    let years = asked.years.then(|| Years::up_to(span.last().min(tx.today()), fiscal)).flatten();
    let Asked { group_by, planned, .. } = asked;
    let today = tx.today();
    Ok(Checked {
        metric,
        rules,
        feeding,
        subject,
        span,
        interval,
        today,
        buckets,
        years,
        group_by,
        limit,
        order,
        ranking,
        planned,
    })
}

/// Whose series it is: the unit's or person's that is named, else the goal's, else the company's. What may not be seen
/// is not there.
fn subject(tx: &Tx<'_>, asked: &Asked, ranking: RankingVisibility) -> Result<Subject> {
    let of_goal = || asked.planned.as_ref().and_then(|planned| planned.subject);
    let root = || tx.actor.directory.root().map(Subject::Unit);
    let named = asked.unit.map(Subject::Unit).or(asked.person.map(Subject::Person));
    let subject = named.or_else(of_goal).or_else(root).ok_or_else(Error::not_found)?;
    let seen = |subject: Subject| match subject {
        Subject::Unit(unit) => tx.actor.directory.unit(unit).is_some() && tx.actor.sees_figures_of_unit(unit),
        Subject::Person(person) => tx.actor.sees_figures_of_person(person, ranking),
    };
    let all_seen = seen(subject) && asked.person.is_none_or(|person| seen(Subject::Person(person)));
    if all_seen { Ok(subject) } else { Err(Error::not_found()) }
}

/// Shows people beside each other to those alone whom the organization shows them to.
fn must_rank(tx: &Tx<'_>, subject: Subject, ranking: RankingVisibility) -> Result<()> {
    let may = match subject {
        Subject::Unit(unit) => tx.actor.sees_ranking_in(unit, ranking),
        Subject::Person(_) => true,
    };
    if may { Ok(()) } else { Err(Code::RankingHidden.word("ranking", ranking).into()) }
}

fn limit(asked: Option<usize>) -> Result<usize> {
    let limit = asked.unwrap_or(limits::SERIES_GROUPS_DEFAULT);
    http::check_range("limit", limit, limits::SERIES_GROUPS).map(|()| limit)
}

fn order(asked: Option<&str>) -> Result<Order> {
    let asked = asked.unwrap_or("rank");
    let (name, reverse) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
    match name {
        "rank" | "name" => Ok(Order { by_name: name == "name", reverse }),
        _ => Err(Code::NotSortable.with("allowed", "rank, name").into()),
    }
}

fn check_subject(asked: &Asked, metric: &Metric, feeding: &Feeding, subject: Subject, faults: &mut Faults) {
    faults.check(asked.unit.is_none() || asked.person.is_none(), "?person_id", Code::UnitOrPerson);
    let of_people = feeding.measured.values().any(|who| *who == MeasuredFor::Person);
    let asks_people =
        [("?person_id", matches!(subject, Subject::Person(_))), ("?group_by", asked.group_by == Some(GroupBy::Person))];
    for (pointer, asks) in asks_people {
        faults.check(!asks || of_people, pointer, Code::NotMeasuredForPeople.with("metric", &metric.code));
    }
    if let Some(planned) = &asked.planned {
        let fits = planned.metric == Some(metric.id) && planned.subject == Some(subject);
        faults.check(fits, "?goal_id", Code::GoalNotInSeries);
    }
}

/// A person has no parts by unit or person; a dimension has to be one of all that the metric is computed from.
fn check_parts(tx: &mut Tx<'_>, asked: &Asked, metric: &Metric, feeding: &Feeding, faults: &mut Faults) -> Result<()> {
    match &asked.group_by {
        Some(GroupBy::Dimension(name)) => {
            let undeclared = undeclared(tx, metric, feeding, name)?;
            if let Some(said) = undeclared {
                faults.add("?group_by", said);
            }
        }
        Some(GroupBy::Unit | GroupBy::Person) => {
            faults.check(asked.person.is_none(), "?group_by", Code::PersonHasNoParts);
        }
        None => {}
    }
    Ok(())
}

/// What is wrong with a dimension: the measured metrics that do not declare it.
fn undeclared(tx: &mut Tx<'_>, metric: &Metric, feeding: &Feeding, name: &str) -> Result<Option<Said>> {
    let is_asked =
        |one: &Metric| feeding.measured.contains_key(&one.id) || one.id == metric.id && feeding.measured.is_empty();
    let lacks = |one: &Metric| !one.dimensions().iter().any(|dimension| dimension == name);
    let lacking: Vec<String> =
        metrics::all(tx)?.into_iter().filter(|one| is_asked(one) && lacks(one)).map(|one| one.code).collect();
    let said = || Code::NotMeasuredBy.with("dimension", name).with("metrics", lacking.join(", "));
    Ok((!lacking.is_empty()).then(said))
}

/// The days asked for: from the beginning of the fiscal year to today, or those of the goal that have come.
fn span(asked: &Asked, fiscal: FiscalYear, today: NaiveDate, faults: &mut Faults) -> Option<Window> {
    let range = Code::OutOfRange.with("least", FIRST_DAY).with("most", LAST_DAY);
    for (pointer, day) in [("?from", asked.from), ("?to", asked.to)] {
        let known = day.is_none_or(|day| (FIRST_DAY..=LAST_DAY).contains(&day));
        faults.check(known, pointer, range.clone());
    }
    let window = asked.planned.as_ref().map(|planned| planned.window);
    let to = asked.to.unwrap_or_else(|| window.map_or(today, |window| today.clamp(window.first(), window.last())));
    let year = || fiscal.around(CycleKind::Year, to).map_or(to, Window::first);
    let from = asked.from.unwrap_or_else(|| window.map_or_else(year, Window::first));
    let span = Window::new(from, to);
    faults.check(span.is_some(), "?from", Code::DatesReversed);
    span
}

/// The points, as many as fit; with parts as many parts as may be shown at once have to fit too.
fn points(
    span: Option<Window>,
    interval: SeriesInterval,
    fiscal: FiscalYear,
    today: NaiveDate,
    parts: Option<usize>,
    faults: &mut Faults,
) -> Vec<Bucket> {
    let all = span.into_iter().flat_map(|span| buckets(span, interval, fiscal, today));
    let points: Vec<Bucket> = all.take(limits::SERIES_POINTS + 1).collect();
    let most = Code::TooManyPoints.with("most", limits::SERIES_POINTS);
    faults.check(points.len() <= limits::SERIES_POINTS, "?interval", most);
    let figures = parts.map_or(0, |parts| points.len().min(limits::SERIES_POINTS) * parts);
    faults.check(figures <= limits::SERIES_FIGURES, "?limit", Code::TooManyPoints.with("most", limits::SERIES_FIGURES));
    points
}

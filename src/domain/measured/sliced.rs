//! Measurements that were tallied slice by slice, in one pass over them: what a metric comes to over many periods, as a
//! whole and in parts (by unit, by person, by a dimension's values).

use super::compute::{Aggregates, measure};
use super::tally::{Aggregate, Tally, over_people};
use super::{Aggregation, Metrics, Period, Question, Subject};
use crate::domain::calendar::Window;
use crate::domain::derived::Derived;
use crate::domain::disclosure::Hidden;
use crate::domain::formula::Null;
use crate::domain::ids::{MetricId, PersonId};
use crate::domain::words::TimeAggregation;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// What was measured of one subject over a slice of days in one part. Of `last` it is what was measured last there of one
/// combination of dimensions, wherever that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The slice's first day.
    pub from: NaiveDate,
    /// Whom it was measured of.
    pub subject: Subject,
    /// The part that it counts in; none outside of what is asked for.
    pub part: Option<usize>,
    /// Of `last`, the combination of its dimensions; else empty.
    pub dimensions: Box<str>,
    /// What it comes to.
    pub tally: Tally,
}

/// What a metric comes to, and what of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The value, or why there is none.
    pub value: Result<Derived, Null>,
    /// How many measurements count in it, those of a formula's inputs and of periods before included.
    pub measurements: i128,
    /// How many people or units they are of.
    pub subjects: usize,
    /// Whose of them the reader may not see. Of a formula with an input that is a single hidden person's, theirs: whoever
    /// knows its other inputs can solve it for that one.
    pub hidden: Hidden,
}

/// All cells of the metrics that one is computed from.
#[derive(Debug)]
pub struct Sliced<'a> {
    metrics: &'a Metrics,
    /// By the first day of their slices.
    cells: HashMap<MetricId, Vec<Cell>>,
    /// The people whose figures the reader may not see.
    hidden: HashSet<PersonId>,
    known: HashMap<(MetricId, Period), Rc<Parts>>,
}

/// What each subject comes to over a period.
#[derive(Debug, Default)]
struct Parts {
    whole: Vec<(Subject, Tally)>,
    /// By part.
    each: Vec<(usize, Vec<(Subject, Tally)>)>,
}

/// The days that have to be tallied of each measured metric to tell what one comes to over some periods.
pub fn needed(
    metrics: &Metrics,
    metric: MetricId,
    periods: impl IntoIterator<Item = Period>,
) -> BTreeMap<MetricId, Vec<Window>> {
    let mut needs = Needs::default();
    for period in periods {
        measure(metrics, &mut needs, Question { metric, scope: NO_MATTER, period });
    }
    needs.0
}

/// Of whom is settled by the cells.
const NO_MATTER: Subject = Subject::Unit(crate::domain::ids::UnitId(uuid::Uuid::nil()));

#[derive(Default)]
struct Needs(BTreeMap<MetricId, Vec<Window>>);

impl Aggregates for Needs {
    fn aggregate(&mut self, Question { metric, period, .. }: Question, _: Aggregation) -> Option<Aggregate> {
        self.0.entry(metric).or_default().extend(Window::new(period.first(), period.until()));
        None
    }
}

impl<'a> Sliced<'a> {
    /// Takes up what was tallied, for someone who may not see the figures of some.
    pub fn new(metrics: &'a Metrics, mut cells: HashMap<MetricId, Vec<Cell>>, hidden: HashSet<PersonId>) -> Self {
        for of_metric in cells.values_mut() {
            of_metric.sort_by_key(|cell| cell.from);
        }
        Self { metrics, cells, hidden, known: HashMap::new() }
    }

    /// What a metric comes to over a period, as a whole or in a part.
    pub fn told(&mut self, metric: MetricId, period: Period, part: Option<usize>) -> Told {
        let metrics = self.metrics;
        let mut asked = Asked {
            sliced: self,
            part,
            counted: BTreeSet::new(),
            measurements: 0,
            subjects: BTreeSet::new(),
            inputs: vec![],
        };
        let value = measure(metrics, &mut asked, Question { metric, scope: NO_MATTER, period }).value;
        let Asked { measurements, subjects, inputs, .. } = asked;
        let hidden = Hidden::of_formula(inputs);
        Told { value, measurements, subjects: subjects.len(), hidden }
    }

    /// Whose figures the reader may not see, of those that something is made of.
    fn hidden(&self, tallies: &[(Subject, Tally)]) -> Hidden {
        Hidden::all(tallies.iter().map(|(subject, _)| match subject {
            Subject::Person(person) if self.hidden.contains(person) => Hidden::One(*subject),
            Subject::Person(_) | Subject::Unit(_) => Hidden::Nobody,
        }))
    }

    /// Puts a period's cells together, once.
    fn parts(&mut self, metric: MetricId, period: Period, time: TimeAggregation) -> Rc<Parts> {
        if let Some(known) = self.known.get(&(metric, period)) {
            return Rc::clone(known);
        }
        let cells = self.cells.get(&metric).map_or(&[][..], Vec::as_slice);
        let from = cells.partition_point(|cell| cell.from < period.first());
        let to = cells.partition_point(|cell| cell.from <= period.until());
        let parts = Rc::new(Parts::of(cells.get(from..to).unwrap_or_default(), time));
        self.known.insert((metric, period), Rc::clone(&parts));
        parts
    }
}

impl Parts {
    /// Those of cells in the order of their days: of `last` the latest of each combination of dimensions, in the part
    /// where it was measured.
    fn of(cells: &[Cell], time: TimeAggregation) -> Self {
        let counted: Vec<&Cell> = if time == TimeAggregation::Last {
            let latest = cells.iter().map(|cell| ((cell.subject, &*cell.dimensions), cell));
            latest.collect::<BTreeMap<_, _>>().into_values().collect()
        } else {
            cells.iter().collect()
        };
        let (mut whole, mut each) = (BTreeMap::new(), BTreeMap::<usize, BTreeMap<_, _>>::new());
        for cell in counted {
            let Some(part) = cell.part else { continue };
            add(&mut whole, cell);
            add(each.entry(part).or_default(), cell);
        }
        let each = each.into_iter().map(|(part, tallies)| (part, tallies.into_iter().collect())).collect();
        Self { whole: whole.into_iter().collect(), each }
    }

    fn tallies(&self, part: Option<usize>) -> &[(Subject, Tally)] {
        let Some(part) = part else { return &self.whole };
        let place = self.each.binary_search_by_key(&part, |(part, _)| *part).ok();
        place.and_then(|place| self.each.get(place)).map_or(&[], |(_, tallies)| tallies)
    }
}

fn add(tallies: &mut BTreeMap<Subject, Tally>, cell: &Cell) {
    tallies.entry(cell.subject).and_modify(|tally| *tally = tally.and(cell.tally)).or_insert(cell.tally);
}

/// One question, with what its answer is made of.
struct Asked<'s, 'a> {
    sliced: &'s mut Sliced<'a>,
    part: Option<usize>,
    /// What a formula names several times is counted once.
    counted: BTreeSet<(MetricId, NaiveDate, NaiveDate)>,
    measurements: i128,
    subjects: BTreeSet<Subject>,
    /// Who is hidden in each input.
    inputs: Vec<Hidden>,
}

impl Aggregates for Asked<'_, '_> {
    fn aggregate(&mut self, Question { metric, period, .. }: Question, rule: Aggregation) -> Option<Aggregate> {
        if !period.has_begun() {
            return None;
        }
        let parts = self.sliced.parts(metric, period, rule.time);
        let tallies = parts.tallies(self.part);
        if self.counted.insert((metric, period.first(), period.until())) {
            self.measurements += tallies.iter().map(|(_, tally)| tally.count).sum::<i128>();
        }
        self.inputs.push(self.sliced.hidden(tallies));
        self.subjects.extend(tallies.iter().map(|(subject, _)| *subject));
        over_people(rule, tallies.iter().map(|(_, tally)| tally))
    }
}

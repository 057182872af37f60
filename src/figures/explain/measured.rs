//! What is behind a measured value: the measurements, the subjects, the inputs of a formula, as one person may know them.

use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::derived::Derived;
use crate::domain::disclosure::{self, Hidden};
use crate::domain::facts::GoalFacts;
use crate::domain::forest::{Input, Part};
use crate::domain::formula::{Formula, Null, Term};
use crate::domain::ids::{GoalId, MeasurementId, MetricId};
use crate::domain::limits;
use crate::domain::measured::{Aggregation, Origin, Period, Subject};
use crate::domain::words::{PeopleAggregation, Source, TimeAggregation, Word};
use crate::error::Result;
use crate::figures::behind::{Behind, Naming};
use crate::figures::node::GoalMetric;
use crate::figures::sight::Sight;
use crate::metrics::{self, model::Metric};
use crate::org::{PersonRef, UnitRef};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use utoipa::ToSchema;

/// What a measured goal's value comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedMeasurements {
    /// The first day of what is measured: that of the goal's window.
    pub from: NaiveDate,
    /// The last one: the day that the figures are those of, or on which the window or the goal ended.
    pub to: NaiveDate,
    /// What is measured comes to this, a decimal string; null where there is nothing.
    pub value: Option<Derived>,
    /// Why there is no value; null where there is one.
    pub no_result: Option<Null>,
    /// The same in words, in the caller's language.
    pub no_result_text: Option<String>,
    /// How what is measured of one subject is put together over time; null where the metric is computed by a formula.
    pub time_aggregation: Option<TimeAggregation>,
    /// How the subjects are put together; null for a person's goal, and where the metric is computed by a formula.
    pub people_aggregation: Option<PeopleAggregation>,
    /// The formula by which the metric is computed; null where it is measured itself.
    pub formula: Option<ExplainedFormula>,
    /// What the formula is computed from, each over the goal's own days or over those of the period before. Their values
    /// are held back where they would tell what a single person or unit came to whose measurements the caller may not
    /// see, and of a person's goal unless the caller may see what is measured of that person.
    pub inputs: Vec<ExplainedInput>,
    /// How many measurements lie in its days, of all metrics that the value comes from; of a metric that takes the `last`
    /// ones, those superseded since are among them. Null where that, like the values of inputs, is held back.
    pub measurement_count: Option<usize>,
    /// The day of the first one; null without any, and where it is held back.
    pub first_on: Option<NaiveDate>,
    /// The day of the last one; null without any, and where it is held back.
    pub last_on: Option<NaiveDate>,
    /// The latest in its days that the caller may see, the latest first; 20 at most.
    #[schema(max_items = 20)]
    pub latest: Vec<ExplainedMeasurement>,
    /// What is measured of each subject, in the order of their names, where the metric is measured itself: those whom the
    /// caller may see; 200 at most. Empty where one of the others would be given away by them.
    #[schema(max_items = 200)]
    pub parts: Vec<MeasuredPart>,
    /// Whether others count that are not among the parts.
    pub more_parts: bool,
}

/// A metric's formula.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedFormula {
    /// The formula over the metrics' codes.
    #[schema(examples("won_deals / (won_deals + lost_deals)"))]
    pub formula: String,
    /// The same with what each input comes to, and the result; `–` where there is none or it is held back.
    #[schema(examples("12 / (12 + 18) = 0.4"))]
    pub numbers: String,
    /// The same over the metrics' names in the caller's language.
    #[schema(examples("Deals won / (Deals won + Deals lost)"))]
    pub text: String,
}

/// What a formula is computed from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedInput {
    /// The metric.
    pub metric: GoalMetric,
    /// Whether it is taken over the period before: `prev(code)`.
    pub previous: bool,
    /// The first day over which it is taken; null where there is no period before.
    pub from: Option<NaiveDate>,
    /// The last one.
    pub to: Option<NaiveDate>,
    /// What it comes to, a decimal string; null where there is nothing, and where it is held back.
    pub value: Option<Derived>,
    /// Whether what it comes to is held back from the caller.
    pub held_back: bool,
    /// Why it comes to nothing; null where there is a value, and where that is held back.
    pub no_result: Option<Null>,
    /// The same in words, in the caller's language.
    pub no_result_text: Option<String>,
}

/// A measurement that a value comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedMeasurement {
    /// Its id.
    pub id: MeasurementId,
    /// What was measured.
    pub metric_id: MetricId,
    /// Of whom; null where a unit was measured.
    pub person: Option<PersonRef>,
    /// The unit that was measured, or that the person belonged to on that day.
    pub unit: UnitRef,
    /// The day.
    pub date: NaiveDate,
    /// The value.
    pub value: Amount,
}

/// What is measured of one subject.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasuredPart {
    /// The person; null where a unit is measured.
    pub person: Option<PersonRef>,
    /// The unit; null where a person is measured.
    pub unit: Option<UnitRef>,
    /// What it comes to over time, a decimal string; null beyond 9·10^17.
    pub value: Option<Derived>,
    /// The day of the last measurement in it.
    pub last_on: NaiveDate,
}

/// What is behind each of some goals' values; nothing of those that are not measured. A goal that counts in several is
/// there as often.
pub(super) fn explained(
    tx: &mut Tx<'_>,
    sight: &Sight<'_>,
    goals: &[GoalId],
) -> Result<Vec<Option<ExplainedMeasurements>>> {
    let forest = &sight.scene.now.forest;
    let is_measured = |goal: GoalId| forest.goal(goal).is_some_and(|facts| facts.source == Source::Measurements);
    if !goals.iter().any(|goal| is_measured(*goal)) {
        return Ok(goals.iter().map(|_| None).collect());
    }
    let metrics = metrics::all(tx)?.into_iter().map(|metric| (metric.id, metric)).collect();
    let explaining = Explaining { sight, metrics, naming: Naming::new(tx) };
    goals.iter().map(|goal| explaining.goal(tx, *goal)).collect()
}

struct Explaining<'a> {
    sight: &'a Sight<'a>,
    metrics: HashMap<MetricId, Metric>,
    naming: Naming,
}

impl Explaining<'_> {
    fn goal(&self, tx: &mut Tx<'_>, id: GoalId) -> Result<Option<ExplainedMeasurements>> {
        let forest = &self.sight.scene.now.forest;
        let (Some(measured), Some(period)) = (forest.measured(id), forest.period(id)) else { return Ok(None) };
        let Some((metric, scope)) = forest.goal(id).and_then(GoalFacts::measured_by) else { return Ok(None) };
        let origin = forest.metric(metric).map(|rules| &rules.origin);
        let aggregation = match origin {
            Some(Origin::Measured(rule)) => Some(*rule),
            _ => None,
        };
        let inputs = self.inputs(id, scope);
        let formula = match origin {
            Some(Origin::Computed(formula)) => Some(self.formula(formula, &inputs, measured.value.ok())),
            _ => None,
        };
        let followed = forest.followed(id);
        let told = self.told(id, scope, &followed).filter(|_| inputs.iter().all(|(_, shown)| *shown));
        let (parts, more_parts) = self.parts(forest.parts(id), scope);
        let no_result = measured.value.err();
        Ok(Some(ExplainedMeasurements {
            from: period.first(),
            to: period.until(),
            value: measured.value.ok(),
            no_result,
            no_result_text: self.why(no_result),
            time_aggregation: aggregation.map(|rule| rule.time),
            people_aggregation: aggregation.and_then(|rule| people_of(rule, scope)),
            formula,
            inputs: inputs.iter().filter_map(|(input, shown)| self.input(input, *shown)).collect(),
            measurement_count: told.as_ref().map(|told| told.iter().map(|(_, count)| count).sum()),
            first_on: told.iter().flatten().map(|(on, _)| *on).min(),
            last_on: told.iter().flatten().map(|(on, _)| *on).max(),
            latest: self.latest(tx, scope, &followed)?,
            parts,
            more_parts,
        }))
    }

    /// What a formula is computed from, each with whether it is shown: the result is shown with the goal, so that what
    /// is shown beside it must not tell the rest.
    fn inputs(&self, goal: GoalId, scope: Subject) -> Vec<(Input, bool)> {
        let inputs = self.sight.scene.now.forest.inputs(goal);
        let in_sight = self.is_in_sight(scope);
        let part = |input: &Input| {
            let of_each = input.subjects.iter().map(|of| self.sight.actor.hidden_among(of.iter().copied()));
            let hidden = Hidden::of_formula(of_each);
            disclosure::Part { hidden: vec![hidden], in_sight }
        };
        let shown = disclosure::shown(&inputs.iter().map(part).collect::<Vec<_>>());
        inputs.into_iter().zip(shown).collect()
    }

    /// On which days how many measurements count, where that tells nothing of a single one who is hidden.
    fn told(&self, goal: GoalId, scope: Subject, followed: &[(MetricId, Period)]) -> Option<Vec<(NaiveDate, usize)>> {
        let forest = &self.sight.scene.now.forest;
        let (mut days, mut subjects) = (Vec::new(), BTreeSet::new());
        for (metric, period) in followed {
            for (on, each) in forest.counted(goal, *metric).into_iter().filter(|(on, _)| period.contains(*on)) {
                let each = each.into_iter().filter(|(_, count)| *count > 0);
                for (subject, count) in each {
                    subjects.insert(subject);
                    days.push((on, count));
                }
            }
        }
        let told = self.is_in_sight(scope) && !self.sight.actor.hidden_among(subjects).singles_out();
        told.then_some(days)
    }

    /// Whether what is behind a value is there for the reader at all: of a person's goal for those who may see what is
    /// measured of them.
    fn is_in_sight(&self, scope: Subject) -> bool {
        matches!(scope, Subject::Unit(_)) || self.sight.actor.sees_measured(scope)
    }

    /// A formula over codes, in numbers and over names.
    fn formula(
        &self,
        formula: &Formula<Term<MetricId>>,
        inputs: &[(Input, bool)],
        result: Option<Derived>,
    ) -> ExplainedFormula {
        let locale = self.sight.locale;
        let called = |name: &dyn Fn(&Metric) -> String| {
            formula.written(|term| {
                let metric = self.metrics.get(&term.metric).map_or_else(String::new, name);
                Term { metric, before: term.before }
            })
        };
        let number = |term: &Term<MetricId>| {
            let input = inputs.iter().find(|(input, shown)| *shown && input.term == *term);
            input.and_then(|(input, _)| input.measured.value.ok()).map_or_else(|| "–".to_owned(), in_a_formula)
        };
        let result = result.map_or_else(|| "–".to_owned(), |value| value.to_string());
        ExplainedFormula {
            formula: called(&|metric| metric.code.clone()),
            numbers: format!("{} = {result}", formula.written(number)),
            text: called(&|metric| metric.name(locale).to_owned()),
        }
    }

    fn input(&self, input: &Input, shown: bool) -> Option<ExplainedInput> {
        let no_result = input.measured.value.err().filter(|_| shown);
        Some(ExplainedInput {
            metric: GoalMetric::of(self.metrics.get(&input.term.metric)?, self.sight.locale),
            previous: input.term.before,
            from: input.period.map(Period::first),
            to: input.period.map(Period::until),
            value: input.measured.value.ok().filter(|_| shown),
            held_back: !shown,
            no_result,
            no_result_text: self.why(no_result),
        })
    }

    fn why(&self, null: Option<Null>) -> Option<String> {
        null.map(|null| null.label(self.sight.locale).to_owned())
    }

    fn latest(
        &self,
        tx: &mut Tx<'_>,
        scope: Subject,
        followed: &[(MetricId, Period)],
    ) -> Result<Vec<ExplainedMeasurement>> {
        let mut rows: Vec<Behind> = Vec::new();
        for (metric, period) in followed {
            rows.append(&mut self.naming.latest(tx, scope, (*metric, period.first(), period.until()))?);
        }
        // Those of one metric and day stay in the order of entry.
        rows.sort_by_key(|row| std::cmp::Reverse(row.measured_on));
        rows.truncate(limits::NAMED_MEASUREMENTS);
        let directory = &self.sight.actor.directory;
        let shown = |row: Behind| ExplainedMeasurement {
            id: row.id,
            metric_id: row.metric_id,
            person: row.person_id.map(|person| PersonRef::of(directory, person)),
            unit: UnitRef::of(directory, row.unit_id),
            date: row.measured_on,
            value: row.value,
        };
        Ok(rows.into_iter().map(shown).collect())
    }

    /// The parts of those whom the reader may see, and whether there are others. Of a single other one nothing is told
    /// that subtraction would reveal; a person's own goal has no parts.
    fn parts(&self, all: Vec<Part>, scope: Subject) -> (Vec<MeasuredPart>, bool) {
        if matches!(scope, Subject::Person(_)) {
            return (Vec::new(), false);
        }
        let count = all.len();
        if self.sight.actor.hidden_among(all.iter().map(|part| part.subject)).singles_out() {
            return (Vec::new(), true);
        }
        let mut seen: Vec<Part> = all;
        seen.retain(|part| self.sight.actor.sees_measured(part.subject));
        let mut parts: Vec<MeasuredPart> = seen.into_iter().map(|part| self.part(part)).collect();
        parts.sort_by(|a, b| a.name().cmp(&b.name()));
        parts.truncate(limits::MEASURED_PARTS);
        let more = parts.len() < count;
        (parts, more)
    }

    fn part(&self, part: Part) -> MeasuredPart {
        let directory = &self.sight.actor.directory;
        let (person, unit) = match part.subject {
            Subject::Person(person) => (Some(PersonRef::of(directory, person)), None),
            Subject::Unit(unit) => (None, Some(UnitRef::of(directory, unit))),
        };
        MeasuredPart { person, unit, value: part.value, last_on: part.last_on }
    }
}

impl MeasuredPart {
    fn name(&self) -> Option<&str> {
        self.person.as_ref().map(|person| person.name.as_str()).or(self.unit.as_ref().map(|unit| unit.name.as_str()))
    }
}

/// A single person is not put together with others.
const fn people_of(rule: Aggregation, scope: Subject) -> Option<PeopleAggregation> {
    match scope {
        Subject::Person(_) => None,
        Subject::Unit(_) => Some(rule.people),
    }
}

/// A number as a term of a formula.
fn in_a_formula(value: Derived) -> String {
    if value.units() < 0 { format!("({value})") } else { value.to_string() }
}

//! What a measurement must be to be taken: every fault at once.

use super::input::MeasurementIn;
use super::known::Known;
use super::model::{Entry, Statement, dimensions_text};
use crate::domain::amount::Amount;
use crate::domain::calendar::FIRST_DAY;
use crate::domain::ids::UnitId;
use crate::domain::limits;
use crate::domain::measured::Subject;
use crate::domain::words::MeasuredFor;
use crate::error::{Code, Error, Faults, Result};
use crate::metrics::model::Metric;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A measurement that was sent, if the actor may record it and all of it fits.
pub(super) fn entry(known: &Known, said: &MeasurementIn) -> Result<Entry> {
    let mut faults = Faults::new();
    let metric = known.metric_called(&said.metric);
    faults.check(metric.is_some(), "/metric", Code::NoSuchReference);
    let subject = subject_of(known, said, &mut faults);
    if subject.is_some_and(|(subject, _)| !known.actor.may_measure(subject)) {
        return Err(Code::Forbidden.into());
    }
    if let Some(metric) = metric {
        is_measured(metric, &mut faults);
    }
    let source = faults.line("/source", &said.source, limits::SOURCE);
    let external_id = said.external_id.as_deref().map(|id| faults.line("/external_id", id, limits::EXTERNAL_ID));
    let empty = BTreeMap::new();
    let dimensions = said.dimensions.as_ref().unwrap_or(&empty);
    let statement = statement(known, metric, subject, (said.date, said.value), dimensions, &mut faults);
    faults.finish()?;
    // Without a fault there is nothing that it lacks.
    Ok(Entry { statement: statement.ok_or_else(Error::not_found)?, source, external_id })
}

/// What a measurement states, recorded or corrected; nothing where its metric or subject is not known.
pub(super) fn statement(
    known: &Known,
    metric: Option<&Metric>,
    subject: Option<(Subject, &'static str)>,
    (on, value): (NaiveDate, Amount),
    dimensions: &BTreeMap<String, String>,
    faults: &mut Faults,
) -> Option<Statement> {
    has_come(on, known.today, faults);
    if let Some((Subject::Person(person), _)) = subject {
        let stay = known.homes.stay(person);
        if let Some(first) = stay.first {
            faults.check(first <= on, "/date", Code::BeforeJoining.with("day", first));
        }
        if let Some(last) = stay.last {
            faults.check(on <= last, "/date", Code::AfterLeaving.with("day", last));
        }
    }
    let metric = metric?;
    let dimensions = canonical(metric, dimensions, faults);
    let (subject, pointer) = subject?;
    fits(metric, subject, pointer, faults);
    let unit = unit_on(known, subject, on)?;
    Some(Statement { metric: metric.id, subject, unit, on, value, dimensions })
}

/// The unit that something measured of a subject on a day counts in.
fn unit_on(known: &Known, subject: Subject, day: NaiveDate) -> Option<UnitId> {
    match subject {
        Subject::Person(person) => known.homes.on(person, day),
        Subject::Unit(unit) => Some(unit),
    }
}

fn has_come(day: NaiveDate, today: NaiveDate, faults: &mut Faults) {
    if day < FIRST_DAY {
        faults.add("/date", Code::OutOfRange.with("least", FIRST_DAY).with("most", today));
    }
    faults.check(day <= today, "/date", Code::InTheFuture.with("today", today));
}

fn is_measured(metric: &Metric, faults: &mut Faults) {
    let says_how =
        metric.time_aggregation.is_some() && metric.people_aggregation.is_some() && metric.measured_for.is_some();
    faults.check(metric.formula.is_none() && says_how, "/metric", Code::NotMeasured);
}

/// A metric is measured for people or for units, not for both.
fn fits(metric: &Metric, subject: Subject, pointer: &str, faults: &mut Faults) {
    let of = match subject {
        Subject::Person(_) => MeasuredFor::Person,
        Subject::Unit(_) => MeasuredFor::Unit,
    };
    if let Some(measured_for) = metric.measured_for.filter(|measured_for| *measured_for != of) {
        faults.add(pointer, Code::MeasuredForOthers.word("measured_for", measured_for));
    }
}

/// Whom it is of, with the field that says so.
fn subject_of(known: &Known, said: &MeasurementIn, faults: &mut Faults) -> Option<(Subject, &'static str)> {
    let named = [
        said.person_id.map(|id| ("/person_id", known.person(id))),
        said.employee_code.as_deref().map(|code| ("/employee_code", known.person_with_code(code))),
        said.email.as_deref().map(|email| ("/email", known.person_with_email(email))),
        said.unit_id.map(|id| ("/unit_id", known.unit(id))),
        said.unit_code.as_deref().map(|code| ("/unit_code", known.unit_with_code(code))),
    ];
    let mut named = named.into_iter().flatten();
    let Some((pointer, found)) = named.next() else {
        faults.add("", Code::OneSubject);
        return None;
    };
    faults.check(found.is_some(), pointer, Code::NoSuchReference);
    for (further, _) in named {
        faults.add(further, Code::OneSubject);
    }
    found.map(|subject| (subject, pointer))
}

/// The combination of dimensions as one text, the same however it was sent.
fn canonical(metric: &Metric, said: &BTreeMap<String, String>, faults: &mut Faults) -> String {
    let declared = metric.dimensions();
    let mut told = BTreeMap::new();
    let mut strangers = 0;
    for (name, text) in said {
        let pointer = format!("/dimensions/{}", name.replace('~', "~0").replace('/', "~1"));
        if declared.contains(name) {
            told.insert(name, faults.line(&pointer, text, limits::DIMENSION_VALUE));
        } else if strangers < limits::DIMENSIONS {
            // No more than there may be at all: the rest is no better.
            faults.add(pointer, Code::UndeclaredDimension.with("dimensions", declared.join(", ")));
            strangers += 1;
        }
    }
    dimensions_text(&told)
}

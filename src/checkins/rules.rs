//! What a goal takes as a check-in.

use super::history::History;
use super::model::{Entry, Evidence, Place, Remarks};
use crate::domain::access::{self, PhaseAct};
use crate::domain::check_ins::Statement;
use crate::domain::limits;
use crate::domain::words::{Direction, Source, State};
use crate::error::{Code, Faults, Result};
use crate::goals::Watched;
use crate::goals::model::Goal;
use chrono::NaiveDate;
use std::collections::HashSet;

/// Whether the state of things lets anyone check in a goal: it is checked in at all, it is active, and its cycle
/// takes check-ins.
pub(super) fn takes_check_ins(watched: &Watched) -> Result<()> {
    let Watched { goal, cycle, .. } = watched;
    if goal.source != Source::CheckIns {
        return Err(Code::NotCheckedIn.word("source", goal.source).into());
    }
    if goal.state != State::Active {
        return Err(Code::GoalNotActive.word("state", goal.state).into());
    }
    if !access::phase_allows(cycle.phase, PhaseAct::CheckIn, false) {
        return Err(Code::PhaseTakesNoCheckIns.word("phase", cycle.phase).into());
    }
    Ok(())
}

/// The day is one of the goal's window that has come.
pub(super) fn day_fits(day: NaiveDate, watched: &Watched, today: NaiveDate, faults: &mut Faults) {
    faults.check(day <= today, "/effective_date", Code::InTheFuture.with("today", today));
    if let Some(window) = watched.window().filter(|window| !window.contains(day)) {
        let outside = Code::OutsideWindow.with("first", window.first()).with("last", window.last());
        faults.add("/effective_date", outside);
    }
}

/// What a check-in says, if it fits the goal and what comes before and after it, and its goal's history with it.
pub(super) fn fitting(
    history: &History,
    place: Place,
    entry: Entry,
    goal: &Goal,
    mut faults: Faults,
) -> Result<(Statement, Remarks, History)> {
    let remarks = remarks(entry.remarks, &mut faults);
    let one: Result<[Statement; 1], _> = entry.statements.try_into();
    let Ok([statement]) = one else {
        faults.add("", Code::OneStatement);
        return Err(faults.into());
    };
    let mut after = history.clone();
    after.tell(place, statement.clone());
    let field = field_of(&statement);
    statement_fits(&statement, goal, field, &mut faults);
    let repeats_nothing = statement == Statement::Unchanged && !after.has_before(place);
    faults.check(!repeats_nothing, field, Code::NothingBefore);
    if let Some(day) = after.beyond_bounds_on() {
        faults.add(field, Code::BeyondBounds.with("date", day));
    }
    faults.finish()?;
    Ok((statement, remarks, after))
}

/// The words beside a value, trimmed and of sane lengths.
fn remarks(said: Remarks, faults: &mut Faults) -> Remarks {
    let mut text = |pointer, text: Option<String>| faults.optional_text(pointer, text.as_deref(), limits::NOTE);
    Remarks {
        confidence: said.confidence,
        note: text("/note", said.note),
        blockers: text("/blockers", said.blockers),
        next_steps: text("/next_steps", said.next_steps),
        evidence: evidence(&said.evidence, faults),
    }
}

/// Links that a browser may follow: `http` and `https` alone.
fn evidence(links: &[Evidence], faults: &mut Faults) -> Vec<Evidence> {
    faults.check(links.len() <= limits::EVIDENCE, "/evidence", Code::TooMany.with("most", limits::EVIDENCE));
    let checked = links.iter().enumerate().map(|(index, link)| {
        let at = |field: &str| format!("/evidence/{index}/{field}");
        let url = faults.line(&at("url"), &link.url, limits::URL);
        faults.check(is_web_address(&url), &at("url"), Code::BadUrl);
        Evidence { title: faults.optional_line(&at("title"), link.title.as_deref(), limits::TITLE), url }
    });
    checked.collect()
}

fn is_web_address(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    web && !host.is_empty() && !url.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\'))
}

/// A milestone is checked in by its steps, all else by a value.
fn statement_fits(statement: &Statement, goal: &Goal, field: &str, faults: &mut Faults) {
    let milestone = goal.direction == Some(Direction::Milestone);
    match statement {
        Statement::Value(_) | Statement::Increment(_) => {
            faults.check(!milestone, field, Code::CheckedInBySteps);
        }
        Statement::Steps(_) if !milestone => faults.add(field, Code::CheckedInByValue),
        Statement::Steps(completed) => steps_fit(&completed.0, goal, faults),
        Statement::Unchanged => {}
    }
}

/// Each completed step is one of the goal's, named once.
fn steps_fit(completed: &[String], goal: &Goal, faults: &mut Faults) {
    let known: Vec<&str> = goal.steps.iter().flat_map(|steps| &steps.0).map(|step| step.id.as_str()).collect();
    let mut named = HashSet::new();
    for (index, id) in completed.iter().enumerate() {
        let at = format!("/completed_steps/{index}");
        faults.check(known.contains(&id.as_str()), &at, Code::UnknownStep.with("steps", known.join(", ")));
        faults.check(named.insert(id), &at, Code::Duplicate);
    }
}

/// The field that says a statement.
const fn field_of(statement: &Statement) -> &'static str {
    match statement {
        Statement::Value(_) => "/value",
        Statement::Increment(_) => "/increment",
        Statement::Steps(_) => "/completed_steps",
        Statement::Unchanged => "/unchanged",
    }
}

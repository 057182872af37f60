//! Writing goals and links down: the row as it is, the version that it made, and the event that tells of it.

use super::find::{Known, days_of};
use super::follow::without_lost_followers;
use super::model::{Goal, GoalBody, GoalLink, GoalVersion, LinkVersion};
use super::store;
use crate::cycles::model::Cycle;
use crate::db::columns::Json;
use crate::db::{Event, Subject, Tx};
use crate::domain::access::{self, Action};
use crate::domain::words::State;
use crate::error::{Code, Error, Result};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// Writes a new goal down.
pub(super) fn birth(tx: &mut Tx<'_>, goal: &Goal, body: &GoalBody) -> Result<()> {
    stays_in_sight(tx, goal, body)?;
    store::insert(tx.conn, goal)?;
    store::set_people(tx.conn, goal.organization_id, goal.id, &body.people())?;
    version(tx, goal, body, tx.today(), None)?;
    tx.note(event("goal.created", goal).after(body)?);
    Ok(())
}

/// Writes down what a goal says from now on. Where it says nothing new, nothing happens.
///
/// Its first activation holds from its window's first day, with its links as they are then, so that a goal approved on
/// day twelve has a past; every other change holds from its own day.
pub(super) fn change(
    tx: &mut Tx<'_>,
    known: &Known,
    body: &GoalBody,
    what: &'static str,
    reason: Option<&str>,
) -> Result<Goal> {
    let was = known.body();
    let body = &without_lost_followers(tx, &was, body);
    if was == *body {
        return Ok(known.goal.clone());
    }
    let goal = Goal { version: known.goal.version + 1, updated_at: tx.now, ..known.goal.saying(body) };
    stays_in_sight(tx, &goal, body)?;
    if store::update(tx.conn, &goal, known.goal.version)? == 0 {
        return Err(Error::Again);
    }
    if was.people() != body.people() {
        store::set_people(tx.conn, goal.organization_id, goal.id, &body.people())?;
    }
    let mut holds_from = tx.today();
    if body.state == State::Active && !known.goal.ever_active {
        holds_from = holds_from.min(first_day(&goal, &known.cycle)?);
        links_hold_from(tx, &goal, holds_from)?;
    }
    version(tx, &goal, body, holds_from, reason)?;
    let (before, mut after) = differences(&was, body)?;
    after.extend(reason.map(|reason| ("reason".to_owned(), reason.into())));
    tx.note(event(what, &goal).before(&before)?.after(&after)?);
    Ok(goal)
}

/// Nobody writes a goal out of their own sight: they could neither be told what became of it nor set it right.
fn stays_in_sight(tx: &Tx<'_>, goal: &Goal, body: &GoalBody) -> Result<()> {
    let people = body.people();
    let seen = access::allows(&tx.actor, Action::See, &goal.access(&people)).is_some();
    if seen { Ok(()) } else { Err(Code::WouldHideFromYou.into()) }
}

fn first_day(goal: &Goal, cycle: &Cycle) -> Result<NaiveDate> {
    goal.own_window().map_or_else(|| days_of(cycle), Ok).map(crate::domain::calendar::Window::first)
}

/// Writes a link down: made, changed, or (with no `is`) taken away. Events speak of its child.
pub(super) fn link(
    tx: &mut Tx<'_>,
    child: &Goal,
    was: Option<&GoalLink>,
    is: Option<&GoalLink>,
    reason: Option<&str>,
) -> Result<()> {
    let what = match (was, is) {
        (None, Some(new)) => {
            store::insert_link(tx.conn, new)?;
            "goal.linked"
        }
        (Some(_), Some(changed)) => {
            store::update_link(tx.conn, changed)?;
            "goal.link_changed"
        }
        (Some(old), None) => {
            store::delete_link(tx.conn, old)?;
            "goal.unlinked"
        }
        (None, None) => return Ok(()),
    };
    if let Some(link) = is.or(was) {
        link_version(tx, link, is.is_none(), tx.today(), reason)?;
    }
    let told = event(what, child).before(&was.map(GoalLink::body))?;
    tx.note(told.after(&is.map(GoalLink::body))?);
    Ok(())
}

/// Makes a goal's present links hold from an earlier day: that from which its first activation holds.
fn links_hold_from(tx: &mut Tx<'_>, child: &Goal, day: NaiveDate) -> Result<()> {
    for link in store::links_above(tx.conn, child.organization_id, child.id)? {
        link_version(tx, &link, false, day, None)?;
    }
    Ok(())
}

/// The one place that keeps versions of goals.
fn version(tx: &mut Tx<'_>, goal: &Goal, body: &GoalBody, holds_from: NaiveDate, reason: Option<&str>) -> Result<()> {
    let version = GoalVersion {
        organization_id: goal.organization_id,
        goal_id: goal.id,
        version: goal.version,
        holds_from,
        recorded_at: tx.now,
        actor_id: Some(tx.actor.person),
        reason: reason.map(str::to_owned),
        body: Json(body.clone()),
        delegate_of: tx.delegate_of,
    };
    Ok(store::insert_version(tx.conn, &version)?)
}

/// The one place that keeps versions of links.
fn link_version(
    tx: &mut Tx<'_>,
    link: &GoalLink,
    removed: bool,
    holds_from: NaiveDate,
    reason: Option<&str>,
) -> Result<()> {
    let last = store::last_link_version(tx.conn, link.organization_id, link.child_id, link.parent_id)?;
    let version = LinkVersion {
        organization_id: link.organization_id,
        child_id: link.child_id,
        parent_id: link.parent_id,
        version: last + 1,
        holds_from,
        recorded_at: tx.now,
        actor_id: Some(tx.actor.person),
        reason: reason.map(str::to_owned),
        weight: link.weight,
        is_primary: link.is_primary,
        removed,
        delegate_of: tx.delegate_of,
    };
    Ok(store::insert_link_version(tx.conn, &version)?)
}

/// An event about a goal that its forest takes notice of.
pub(super) fn event(what: &'static str, goal: &Goal) -> Event {
    Event::new(what, Subject::new("goal", goal.id).called(&goal.title)).goal(goal.forest_id, goal.id)
}

/// The fields that differ, as they were and as they are.
pub(super) fn differences(was: &GoalBody, is: &GoalBody) -> Result<(Map<String, Value>, Map<String, Value>)> {
    let (mut before, mut after) = (fields(was)?, fields(is)?);
    before.retain(|field, value| after.get(field) != Some(value));
    after.retain(|field, _| before.contains_key(field));
    Ok((before, after))
}

/// All fields by their names.
pub(super) fn fields(body: &GoalBody) -> Result<Map<String, Value>> {
    match serde_json::to_value(body).map_err(Error::internal)? {
        Value::Object(fields) => Ok(fields),
        other => Err(Error::internal(format!("a goal is no object: {other}"))),
    }
}

//! Links: goal to the goal that it serves. The primary one is its place in the tree, further ones cross the
//! organization.
//!
//! Whoever may edit the goal above gives a link its weight; others propose one, and until it is accepted the link
//! counts nothing: nobody moves the company's goal by linking to it.

mod fit;

pub(super) use fit::{full, may_go, misfit};

use super::approval::{self, Done};
use super::find::{Known, Named, look, take};
use super::model::{Change, Goal, GoalLink};
use super::{record, store};
use crate::db::Tx;
use crate::domain::access::{Action, PhaseAct};
use crate::domain::amount::Weight;
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::limits;
use crate::domain::words::{GoalKind, Source, State};
use crate::error::{Code, Error, Faults, Result};
use crate::http::not_null;
use serde::Deserialize;

/// What a link is to be. What is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LinkIn)]
pub struct LinkWish {
    /// How much it counts in the goal above: 1 for a new link. Where the caller may not edit that goal it becomes a
    /// proposal, and counts nothing until accepted.
    #[serde(default, deserialize_with = "not_null")]
    pub weight: Option<Weight>,
    /// Whether it is the goal's place in the tree: no for a new link. A goal has one primary link at most.
    #[serde(default, deserialize_with = "not_null")]
    pub primary: Option<bool>,
    /// Whether a primary link takes the place of the present one, which goes: the goal moves.
    #[serde(default)]
    pub replace: bool,
    /// Why; kept with the change. At most 1 000 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
}

/// Makes a link, weighs it, accepts it, or moves the goal.
///
/// Making one or changing whether it is primary is for those who may edit the goal below; its weight for those who may
/// edit the goal above, and a proposal for the others. It obeys the phase of the cycle of the goal below.
pub fn put(tx: &mut Tx<'_>, child: GoalId, parent: GoalId, version: Option<i64>, wish: &LinkWish) -> Result<Done> {
    let below = take(tx, child)?;
    let above = look(tx, parent)?;
    let was = store::find_link(tx.conn, tx.organization(), child, parent)?;
    may_put(tx, &below, &above, was.as_ref(), wish)?;
    below.at_version(version)?;
    below.in_phase(tx, PhaseAct::ChangeGoals)?;
    let reason = reason_of(wish.reason.as_deref())?;
    let stands = Standing { was, gone: replaced(tx, &below.goal, parent, wish)? };
    may_stand(tx, &below, &above, &stands, wish)?;
    let asker = tx.actor.person;
    let Some(link) = changed(tx, asker, (&below, &above), &stands, wish) else { return Ok(Done::Now(child)) };
    if approval::waits(tx, &below) {
        let change = Change::Link {
            before: stands.was.as_ref().map(GoalLink::body),
            parent_id: parent,
            weight: wish.weight,
            primary: wish.primary,
            replace: wish.replace,
        };
        return approval::ask(tx, &below, change, reason);
    }
    set(tx, &below, &stands, &link, reason.as_deref())?;
    Ok(Done::Now(child))
}

/// Takes a link away. For those who may edit either goal.
pub fn remove(
    tx: &mut Tx<'_>,
    child: GoalId,
    parent: GoalId,
    version: Option<i64>,
    reason: Option<&str>,
) -> Result<Done> {
    let below = take(tx, child)?;
    let above = look(tx, parent)?;
    let was = store::find_link(tx.conn, tx.organization(), child, parent)?.ok_or_else(Error::not_found)?;
    if below.rule(tx, Action::Edit).is_none() {
        above.must(tx, Action::Weigh)?;
    }
    below.at_version(version)?;
    below.in_phase(tx, PhaseAct::ChangeGoals)?;
    let reason = reason_of(reason)?;
    may_go(&below, &above, &was)?;
    if approval::waits(tx, &below) {
        return approval::ask(tx, &below, Change::Unlink { before: was.body() }, reason);
    }
    cut(tx, &below.goal, &was, reason.as_deref())?;
    Ok(Done::Now(child))
}

/// A link as it is, and the primary one that it takes the place of.
pub(super) struct Standing {
    pub(super) was: Option<GoalLink>,
    pub(super) gone: Option<GoalLink>,
}

fn may_put(tx: &mut Tx<'_>, below: &Known, above: &Known, was: Option<&GoalLink>, wish: &LinkWish) -> Result<()> {
    let weighs_alone = was.is_some_and(|was| wish.primary.is_none_or(|primary| primary == was.is_primary));
    if weighs_alone && above.rule(tx, Action::Weigh).is_some() {
        return Ok(());
    }
    below.must(tx, Action::Edit).map(drop)
}

/// The primary link that gives way, where the wish says so. Else a second one is refused, naming the first.
pub(super) fn replaced(tx: &mut Tx<'_>, child: &Goal, parent: GoalId, wish: &LinkWish) -> Result<Option<GoalLink>> {
    if wish.primary != Some(true) {
        return Ok(None);
    }
    let links = store::links_above(tx.conn, child.organization_id, child.id)?;
    let other = links.into_iter().find(|link| link.is_primary && link.parent_id != parent);
    match other {
        Some(other) if !wish.replace => Err(second_primary(tx, &other)?),
        other => Ok(other),
    }
}

fn second_primary(tx: &mut Tx<'_>, first: &GoalLink) -> Result<Error> {
    let named = Named::all(tx, &[first.parent_id])?;
    let title = named.goals.first().map_or("…", |(_, title)| title);
    Ok(Code::SecondPrimary.with("title", title).member("goals", named.json()).into())
}

/// Whether a link as wished may stand between two goals.
pub(super) fn may_stand(
    tx: &mut Tx<'_>,
    below: &Known,
    above: &Known,
    stands: &Standing,
    wish: &LinkWish,
) -> Result<()> {
    let primary = wish.primary.or_else(|| stands.was.as_ref().map(|was| was.is_primary)).unwrap_or(false);
    if let Some(said) = misfit(tx, &below.goal, &below.cycle, above, primary)? {
        return Err(said.into());
    }
    let gives_up_its_place = stands.was.as_ref().is_some_and(|was| was.is_primary) && !primary;
    if gives_up_its_place && below.goal.kind == GoalKind::KeyResult {
        return Err(Code::KeyResultNeedsObjective.into());
    }
    if let Some(gone) = &stands.gone {
        let left = store::find(tx.conn, gone.organization_id, gone.parent_id)?;
        if left.is_some_and(|left| left.state == State::Completed) {
            return Err(Code::ParentOver.word("state", State::Completed).into());
        }
    }
    if stands.was.is_some() { Ok(()) } else { fit::may_be_made(tx, &below.goal, above, stands.gone.is_some()) }
}

/// The link as someone asks for it to be; none where it is so already.
pub(super) fn changed(
    tx: &Tx<'_>,
    asker: PersonId,
    (below, above): (&Known, &Known),
    stands: &Standing,
    wish: &LinkWish,
) -> Option<GoalLink> {
    let start = stands.was.clone().unwrap_or_else(|| blank(tx, &below.goal, above.goal.id));
    let link = weighed(tx, asker, above, stands.was.as_ref(), wish, start);
    (stands.was.as_ref() != Some(&link) || stands.gone.is_some()).then_some(link)
}

/// Writes a link down, and the one that gives way to it.
pub(super) fn set(
    tx: &mut Tx<'_>,
    below: &Known,
    stands: &Standing,
    link: &GoalLink,
    reason: Option<&str>,
) -> Result<()> {
    if let Some(gone) = &stands.gone {
        record::link(tx, &below.goal, Some(gone), None, reason)?;
    }
    record::link(tx, &below.goal, stands.was.as_ref(), Some(link), reason)?;
    Ok(store::touch(tx.conn, &below.goal, tx.now)?)
}

/// A link that says nothing yet.
pub(super) fn blank(tx: &Tx<'_>, child: &Goal, parent_id: GoalId) -> GoalLink {
    GoalLink {
        organization_id: child.organization_id,
        child_id: child.id,
        parent_id,
        weight: Weight::ZERO,
        is_primary: false,
        proposed_weight: None,
        proposed_by: None,
        created_at: tx.now,
    }
}

/// A link with its wished weight: given by those who may edit the goal above, else proposed by whoever asks.
pub(super) fn weighed(
    tx: &Tx<'_>,
    asker: PersonId,
    above: &Known,
    was: Option<&GoalLink>,
    wish: &LinkWish,
    mut link: GoalLink,
) -> GoalLink {
    let before = was.map(|was| was.weight);
    let weight = wish.weight.or(before).unwrap_or(Weight::ONE);
    let was_primary = link.is_primary;
    link.is_primary = wish.primary.unwrap_or(was_primary);
    if above.rule(tx, Action::Weigh).is_some() {
        if wish.weight.is_some() || was.is_none() {
            (link.proposed_weight, link.proposed_by) = (None, None);
        }
        link.weight = weight;
        return link;
    }
    // Values roll up by primary links alone: a further link that becomes primary would move them.
    if link.is_primary && !was_primary && rolls_values_up(above.goal.source) {
        link.weight = Weight::ZERO;
    }
    if weight != link.weight {
        (link.proposed_weight, link.proposed_by) = (Some(weight), Some(asker));
    }
    link
}

/// Whether a goal's value is put together from its children's.
pub(super) const fn rolls_values_up(source: Source) -> bool {
    matches!(source, Source::Sum | Source::Average | Source::WeightedAverage | Source::Min | Source::Max)
}

/// Takes a link away.
pub(super) fn cut(tx: &mut Tx<'_>, child: &Goal, was: &GoalLink, reason: Option<&str>) -> Result<()> {
    record::link(tx, child, Some(was), None, reason)?;
    Ok(store::touch(tx.conn, child, tx.now)?)
}

/// A reason as it is kept.
pub(super) fn reason_of(reason: Option<&str>) -> Result<Option<String>> {
    let mut faults = Faults::new();
    let reason = faults.optional_text("/reason", reason, limits::REASON);
    faults.finish()?;
    Ok(reason)
}

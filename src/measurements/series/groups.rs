//! The parts of a series beside each other: ranked, ordered, as many as were asked for.

use super::draw::{Drawing, Drawn, Seen};
use super::out::SeriesGroup;
use super::parts::{Part, Parts};
use crate::domain::access::Actor;
use crate::domain::comparison::places;
use crate::domain::derived::Derived;
use crate::domain::disclosure::{self, Hidden, shown};
use crate::domain::limits;
use crate::domain::measured::Told;
use crate::domain::text::fold;
use crate::error::{Code, Faults, Result};
use crate::org::{PersonRef, UnitRef};
use std::cmp::Ordering;

/// A part with what it comes to over all days.
struct Group<'a> {
    part: &'a Part,
    number: usize,
    name: String,
    total: Told,
    /// Whether the actor may see it at all.
    in_sight: bool,
    rank: Option<usize>,
}

/// The groups in the order asked for, and how many more there are.
pub(super) fn groups(drawing: &mut Drawing<'_>, parts: &Parts<'_>, actor: &Actor) -> Result<(Vec<SeriesGroup>, usize)> {
    must_fit(drawing, parts)?;
    let mut all: Vec<Group<'_>> = parts
        .all()
        .filter(|(part, _)| **part != Part::OfUnits)
        .map(|(part, number)| Group {
            part,
            number,
            name: fold(&name(part, actor)),
            total: drawing.total(Some(number)),
            in_sight: is_in_sight(part, actor),
            rank: None,
        })
        .collect();
    rank(&mut all, drawing);
    let order = drawing.asked.order;
    all.sort_by(|one, other| {
        let directed = |order: Ordering, reverse| if reverse { order.reverse() } else { order };
        let unranked = one.rank.is_none().cmp(&other.rank.is_none());
        let by_rank = unranked.then(directed(one.rank.cmp(&other.rank), order.reverse));
        let by_name = (&one.name, one.part).cmp(&(&other.name, other.part));
        let first = if order.by_name { directed(by_name, order.reverse) } else { by_rank };
        other.in_sight.cmp(&one.in_sight).then(first).then(by_name)
    });
    let in_sight = all.iter().filter(|group| group.in_sight).count();
    let listed = in_sight.min(drawing.asked.limit);
    Ok((drawn(drawing, &all, listed, actor), in_sight - listed))
}

/// Where people are hidden every part is drawn, listed or not: so many of them have to fit.
fn must_fit(drawing: &Drawing<'_>, parts: &Parts<'_>) -> Result<()> {
    let figures = parts.all().count() * drawing.asked.buckets.len();
    let mut faults = Faults::new();
    let said = Code::TooManyPoints.with("most", limits::SERIES_FIGURES);
    faults.check(!drawing.hides || figures <= limits::SERIES_FIGURES, "?interval", said);
    faults.finish()
}

/// Gives each part that may be shown its place.
fn rank(all: &mut [Group<'_>], drawing: &Drawing<'_>) {
    let parts: Vec<_> = all.iter().map(|group| part(group, [&group.total])).collect();
    let seen = shown(&parts);
    let values: Vec<Option<Derived>> =
        all.iter().zip(seen).map(|(group, seen)| group.total.value.ok().filter(|_| seen)).collect();
    for (group, place) in all.iter_mut().zip(places(&values, drawing.asked.metric.direction)) {
        group.rank = place;
    }
}

fn part<'t>(group: &Group<'_>, told: impl IntoIterator<Item = &'t Told>) -> disclosure::Part {
    let hidden: Vec<Hidden> = told.into_iter().map(|told| told.hidden).collect();
    disclosure::Part { hidden, in_sight: group.in_sight }
}

/// The first groups with all their figures: of those that hide people none that tells them apart, by itself or by what
/// is left of the whole without what is shown. That is decided over all groups, whichever are listed: else lists of some
/// at a time would together tell what one of all does not.
fn drawn(drawing: &mut Drawing<'_>, all: &[Group<'_>], listed: usize, actor: &Actor) -> Vec<SeriesGroup> {
    // Whoever may see all needs no figures of what is not listed.
    let needed = if drawing.hides { all.len() } else { listed };
    let drawn: Vec<Drawn> = all.iter().take(needed).map(|group| drawing.drawn(Some(group.number))).collect();
    let mut seen = seen(all, &drawn);
    for seen in seen.iter_mut().filter(|_| !drawing.tells_years()) {
        (seen.to_date, seen.before) = (false, false);
    }
    let shown = all.iter().zip(&drawn).zip(&seen).take(listed);
    shown
        .map(|((group, drawn), seen)| SeriesGroup {
            rank: group.rank.filter(|_| seen.total),
            unit: match group.part {
                Part::Unit(unit) | Part::Directly(unit) => Some(UnitRef::of(&actor.directory, *unit)),
                _ => None,
            },
            directly: matches!(group.part, Part::Directly(_)),
            person: match group.part {
                Part::Person(person) => Some(PersonRef::of(&actor.directory, *person)),
                _ => None,
            },
            dimension_value: match group.part {
                Part::Value(value) => value.clone(),
                _ => None,
            },
            figures: drawing.painted(drawn, seen),
        })
        .collect()
}

fn seen(all: &[Group<'_>], drawn: &[Drawn]) -> Vec<Seen> {
    fn of<'t, I: IntoIterator<Item = &'t Told>>(
        all: &[Group<'_>],
        drawn: &'t [Drawn],
        told: impl Fn(&'t Drawn) -> I,
    ) -> Vec<bool> {
        shown(&all.iter().zip(drawn).map(|(group, drawn)| part(group, told(drawn))).collect::<Vec<_>>())
    }
    let points = of(all, drawn, |drawn| &drawn.points);
    let total = of(all, drawn, |drawn| [&drawn.total]);
    let to_date = of(all, drawn, |drawn| &drawn.to_date);
    let before = of(all, drawn, |drawn| &drawn.before);
    let each = points.into_iter().zip(total).zip(to_date).zip(before).zip(drawn);
    each.map(|((((points, total), to_date), before), drawn)| Seen {
        points: vec![points; drawn.points.len()],
        total,
        to_date,
        before,
    })
    .collect()
}

/// Units that the actor may not see the figures of are absent, and so are their names.
fn is_in_sight(part: &Part, actor: &Actor) -> bool {
    match part {
        Part::Unit(unit) => actor.sees_figures_of_unit(*unit),
        _ => true,
    }
}

fn name(part: &Part, actor: &Actor) -> String {
    match part {
        Part::Unit(unit) | Part::Directly(unit) => {
            actor.directory.unit(*unit).map(|unit| unit.name.clone()).unwrap_or_default()
        }
        Part::Person(person) => actor.directory.name_of(*person).to_owned(),
        Part::Value(value) => value.clone().unwrap_or_default(),
        Part::Whole | Part::OfUnits => String::new(),
    }
}

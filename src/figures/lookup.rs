//! Look-up for pickers: people, units, goals, metrics and cycles by a part of their name.

use super::cache::Forests;
use super::sight::Sight;
use super::wanted::words_of;
use crate::cycles::model::Cycle;
use crate::db::schema::{cycles, metrics, people};
use crate::db::{MultiBackend, Tx};
use crate::domain::access;
use crate::domain::ids::{CycleId, ForestId, PersonId, UnitId};
use crate::domain::text::fold;
use crate::domain::words::Phase;
use crate::error::Result;
use crate::metrics::model::Metric;
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LookupType {
    /// Someone who is with the organization.
    Person,
    /// A unit.
    Unit,
    /// A goal of a cycle that is not closed.
    Goal,
    /// A metric that is not retired.
    Metric,
    /// A cycle.
    Cycle,
}

impl LookupType {
    pub(super) const ALL: [Self; 5] = [Self::Person, Self::Unit, Self::Goal, Self::Metric, Self::Cycle];
}

impl std::str::FromStr for LookupType {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "person" => Ok(Self::Person),
            "unit" => Ok(Self::Unit),
            "goal" => Ok(Self::Goal),
            "metric" => Ok(Self::Metric),
            "cycle" => Ok(Self::Cycle),
            _ => Err("types are person, unit, goal, metric, cycle"),
        }
    }
}

/// Something that was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: LookupType,
    /// Its id.
    #[schema(value_type = Uuid)]
    pub id: Uuid,
    /// Its name or title.
    pub label: String,
    /// What tells it from others of the same name; null where there is nothing.
    pub hint: Option<String>,
}

/// What is looked for.
#[derive(Debug, Clone)]
pub(super) struct Search {
    pub(super) types: Vec<LookupType>,
    pub(super) text: String,
    /// Goals of this cycle alone.
    pub(super) cycle: Option<CycleId>,
    /// At most so many of each type.
    pub(super) limit: usize,
}

/// Finds things by their names, the best matches of each type first: those that begin with the text, those with a
/// word that does, those with all its words somewhere.
pub(super) fn find(tx: &mut Tx<'_>, forests: &Forests, search: &Search) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    for kind in &search.types {
        let mut found = match kind {
            LookupType::Person => persons(tx, search)?,
            LookupType::Unit => units(tx),
            LookupType::Goal => goals(tx, forests, search)?,
            LookupType::Metric => metrics(tx)?,
            LookupType::Cycle => cycles(tx)?,
        };
        let text = fold(search.text.trim());
        found.retain(|one| rank(&one.0, &text).is_some());
        found.sort_by_cached_key(|(name, hit)| (rank(name, &text), name.clone(), hit.id));
        hits.extend(found.into_iter().take(search.limit).map(|(_, hit)| hit));
    }
    Ok(hits)
}

/// Something with its name as people search for it.
type Named = (String, Hit);

/// How well a folded name matches a folded text, 0 best; none where it does not.
fn rank(name: &str, text: &str) -> Option<u8> {
    let starts_a_word = || {
        name.match_indices(text).any(|(at, _)| {
            name.get(..at).is_some_and(|before| before.chars().next_back().is_none_or(|last| !last.is_alphanumeric()))
        })
    };
    if name.starts_with(text) {
        Some(0)
    } else if starts_a_word() {
        Some(1)
    } else {
        words_of(Some(text)).iter().all(|word| name.contains(word)).then_some(2)
    }
}

/// People who are with the organization, as far as their names hold all words.
fn persons(tx: &mut Tx<'_>, search: &Search) -> Result<Vec<Named>> {
    let mut query = people::table
        .filter(people::organization_id.eq(tx.organization()).and(people::deactivated_at.is_null()))
        .select((people::id, people::display_name, people::name_folded, people::job_title, people::unit_id))
        .into_boxed::<MultiBackend>();
    for word in words_of(Some(&search.text)) {
        query = query.filter(people::name_folded.like(containing(&word)).escape('\\'));
    }
    let rows: Vec<(PersonId, String, String, Option<String>, UnitId)> = query.load(tx.conn)?;
    let hit = |(id, label, name, job, unit): (PersonId, String, String, Option<String>, UnitId)| {
        let unit = tx.actor.directory.unit(unit).map(|unit| unit.name.clone());
        (name, Hit { kind: LookupType::Person, id: id.into(), label, hint: joined([job, unit]) })
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// A pattern of texts that hold a word.
fn containing(word: &str) -> String {
    format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

fn units(tx: &Tx<'_>) -> Vec<Named> {
    let directory = &tx.actor.directory;
    let hit = |unit: &access::UnitFacts| {
        let above = unit.parent.and_then(|parent| directory.unit(parent)).map(|parent| parent.name.clone());
        let (label, hint) = (unit.name.clone(), joined([Some(unit.code.clone()), above]));
        (fold(&format!("{} {}", unit.name, unit.code)), Hit { kind: LookupType::Unit, id: unit.id.into(), label, hint })
    };
    directory.units().map(hit).collect()
}

fn metrics(tx: &mut Tx<'_>) -> Result<Vec<Named>> {
    let rows: Vec<Metric> = metrics::table
        .filter(metrics::organization_id.eq(tx.organization()).and(metrics::retired_at.is_null()))
        .select(Metric::as_select())
        .load(tx.conn)?;
    let locale = tx.locale;
    let hit = |row: Metric| {
        let (label, hint) = (row.name(locale).to_owned(), Some(row.code));
        (
            format!("{} {}", fold(&label), row.names_folded),
            Hit { kind: LookupType::Metric, id: row.id.into(), label, hint },
        )
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// The cycles that the actor sees.
fn cycles(tx: &mut Tx<'_>) -> Result<Vec<Named>> {
    let hit = |row: Cycle| {
        let hint = Some(format!("{} – {}", row.starts_on, row.ends_on));
        (row.name_folded, Hit { kind: LookupType::Cycle, id: row.id.into(), label: row.name, hint })
    };
    Ok(seen_cycles(tx)?.into_iter().map(hit).collect())
}

fn seen_cycles(tx: &mut Tx<'_>) -> Result<Vec<Cycle>> {
    let mut rows: Vec<Cycle> =
        cycles::table.filter(cycles::organization_id.eq(tx.organization())).select(Cycle::as_select()).load(tx.conn)?;
    rows.retain(|cycle| tx.actor.is_admin() || access::seen_by_all(cycle.phase));
    Ok(rows)
}

/// Goals that the actor sees, of the cycle that is asked for or of all that are not closed.
fn goals(tx: &mut Tx<'_>, forests: &Forests, search: &Search) -> Result<Vec<Named>> {
    let is_meant = |cycle: &Cycle| search.cycle.map_or(cycle.phase != Phase::Closed, |asked| cycle.id == asked);
    let cycles: Vec<Cycle> = seen_cycles(tx)?.into_iter().filter(is_meant).collect();
    let places: Vec<ForestId> = cycles.iter().map(|cycle| cycle.forest_id).collect();
    let text = fold(search.text.trim());
    forests.look(tx, &places, None, |tx, scenes| {
        let mut found = Vec::new();
        for scene in scenes {
            let sight = Sight::new(tx, scene);
            let fitting = scene.now.cards.iter().filter(|(_, card)| rank(&card.title_folded, &text).is_some());
            found.extend(fitting.filter_map(|(id, card)| {
                let (facts, _) = sight.goal(*id)?;
                let cycle = cycles.iter().find(|cycle| cycle.id == facts.cycle)?;
                let owner = sight.actor.directory.name_of(card.owner).to_owned();
                let hint = joined([Some(owner), Some(cycle.name.clone())]);
                let label = card.title.clone();
                Some((card.title_folded.clone(), Hit { kind: LookupType::Goal, id: (*id).into(), label, hint }))
            }));
        }
        Ok(found)
    })
}

/// What is there of two things, one beside the other.
fn joined(parts: [Option<String>; 2]) -> Option<String> {
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Some(parts.join(" · ")).filter(|hint| !hint.is_empty())
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn what_begins_with_the_text_comes_before_what_only_holds_it() {
        assert_eq!(rank("muc tieu quy", "muc t"), Some(0));
        assert_eq!(rank("cac muc tieu", "muc"), Some(1));
        assert_eq!(rank("(muc tieu)", "muc"), Some(1));
        assert_eq!(rank("tieu chi va muc do", "muc tieu"), Some(2));
        assert_eq!(rank("doanh thu", "muc"), None);
        assert_eq!(rank("doanh thu", ""), Some(0));
    }
}

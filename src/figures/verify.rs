//! Holding the forests in memory against the plain evaluator over the kept versions: they never differ.

use super::cache::Forests;
use super::load::Basis;
use super::picture::{Picture, Reading};
use crate::clock::Clock;
use crate::db::schema::organizations;
use crate::db::{Conn, Db, Scope, all_forests};
use crate::domain::evaluate::evaluate;
use crate::domain::facts::Link;
use crate::domain::ids::{ForestId, GoalId, OrganizationId};
use crate::error::{Error, Result};
use chrono_tz::Tz;
use diesel::prelude::*;
use std::collections::BTreeSet;
use std::fmt;

/// Something that is otherwise than it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// In which organization.
    pub organization: OrganizationId,
    /// In which forest.
    pub forest: ForestId,
    /// At which goal.
    pub goal: GoalId,
    /// What differs.
    pub what: &'static str,
    /// What the service goes by.
    pub served: String,
    /// What it must be.
    pub must_be: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { organization, forest, goal, what, served, must_be } = self;
        write!(f, "organization {organization}, forest {forest}, goal {goal}: {what}: {served}, must be {must_be}")
    }
}

/// Recomputes every figure of every organization as of today from the versions of goals and links, and tells every
/// goal whose facts as they stand or whose figures as they are served differ.
pub fn verify(db: &Db, clock: &Clock, forests: &Forests) -> Result<Vec<Difference>> {
    let now = clock.now();
    let places = db.read_now(Scope::System, |conn| {
        let all: Vec<(OrganizationId, String)> =
            organizations::table.select((organizations::id, organizations::time_zone)).load(conn)?;
        let mut places = Vec::new();
        for (organization, zone) in all {
            let zone: Tz = zone.parse().map_err(Error::internal)?;
            places.extend(all_forests(conn, organization)?.into_iter().map(|row| (organization, row.id, zone)));
        }
        Ok(places)
    })?;
    let mut differences = Vec::new();
    for (organization, forest, zone) in places {
        let scope = Scope::Organization(organization);
        differences.extend(db.read_now(scope, |conn: &mut Conn| {
            differences_in(&mut Reading::new(conn, organization, now.day_in(zone)), forests, forest)
        })?);
    }
    Ok(differences)
}

fn differences_in(reading: &mut Reading<'_>, forests: &Forests, forest: ForestId) -> Result<Vec<Difference>> {
    let Some([entry]) = forests.bring(reading, forest, [Basis::Now])? else { return Ok(Vec::new()) };
    let kept = Picture::load_from_versions(reading, forest, reading.today)?;
    let figures = evaluate(&kept.forest.facts(), reading.today);
    let served = entry.look();
    let Some(served) = &*served else { return Ok(Vec::new()) };
    let goals: BTreeSet<GoalId> = served.cards.keys().chain(kept.cards.keys()).copied().collect();
    let organization = reading.organization;
    let differ = |goal: GoalId, what, served: String, must_be: String| {
        (served != must_be).then_some(Difference { organization, forest, goal, what, served, must_be })
    };
    let compared = goals.into_iter().flat_map(|goal| {
        let facts = |picture: &Picture| format!("{:?}", picture.forest.goal(goal));
        let card = |picture: &Picture| format!("{:?}", picture.cards.get(&goal));
        [
            differ(goal, "facts", facts(served), facts(&kept)),
            differ(goal, "what is shown", card(served), card(&kept)),
            differ(goal, "links", format!("{:?}", links(served, goal)), format!("{:?}", links(&kept, goal))),
            differ(goal, "figures", format!("{:?}", served.forest.figures(goal)), format!("{:?}", figures.get(&goal))),
        ]
    });
    Ok(compared.flatten().collect())
}

/// A goal's links upward, in one order.
fn links(picture: &Picture, goal: GoalId) -> Vec<Link> {
    let mut links: Vec<_> = picture.forest.links(goal).collect();
    links.sort_unstable_by_key(|link| link.parent);
    links
}

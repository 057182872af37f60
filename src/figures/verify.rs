//! Holding the forests in memory against the plain evaluator over the kept versions: they never differ.

use super::cache::Forests;
use super::load::{self, Basis};
use super::picture::{Picture, Reading};
use crate::clock::Clock;
use crate::db::schema::organizations;
use crate::db::{Conn, Db, ForestRow, Scope, all_forests};
use crate::directory::Directories;
use crate::domain::evaluate::evaluate;
use crate::domain::facts::Link;
use crate::domain::ids::{ForestId, GoalId, OrganizationId};
use crate::error::{Error, Result};
use chrono::{Days, NaiveDate};
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
    /// As of which day.
    pub day: NaiveDate,
    /// What differs.
    pub what: &'static str,
    /// What the service goes by.
    pub served: String,
    /// What it must be.
    pub must_be: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { organization, forest, goal, day, what, served, must_be } = self;
        writeln!(f, "organization {organization}, forest {forest}, goal {goal}, as of {day}: {what}")?;
        write!(f, "  served:  {served}\n  must be: {must_be}")
    }
}

/// What was compared, and what differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Every difference.
    pub differences: Vec<Difference>,
    /// How many organizations there are.
    pub organizations: usize,
    /// How many forests they have.
    pub forests: usize,
    /// How many goals were compared, each once for each day.
    pub goals: usize,
}

impl fmt::Display for Verified {
    /// Each difference on a line of its own, and the sum of it all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            writeln!(f, "{difference}")?;
        }
        let Self { differences, organizations, forests, goals } = self;
        let count = differences.len();
        write!(f, "{count} differences: {goals} goals and days of {forests} forests, {organizations} organizations")
    }
}

/// Recomputes every figure of every organization from the versions of goals and links, as of today and of some days
/// gone by, and tells every goal whose facts as they stand or whose figures as they are served differ.
pub fn verify(db: &Db, clock: &Clock, forests: &Forests) -> Result<Verified> {
    let now = clock.now();
    let mut verified = Verified::default();
    let all = db.read_now(Scope::System, |conn| {
        let zones = organizations::table.select((organizations::id, organizations::time_zone));
        Ok(zones.load::<(OrganizationId, String)>(conn)?)
    })?;
    let directories = Directories::default();
    for (organization, zone) in all {
        let zone: Tz = zone.parse().map_err(Error::internal)?;
        let scope = Scope::Organization(organization);
        let places = db.read_now(scope, |conn| Ok(all_forests(conn, organization)?))?;
        verified.organizations += 1;
        for forest in places {
            verified.add(db.read_now(scope, |conn: &mut Conn| {
                let row = organizations::table.find(organization).select(organizations::directory_revision);
                let revision = row.first(conn)?;
                let directory = directories.at(conn, organization, revision)?;
                let mut reading = Reading::new(conn, directory, organization, now.day_in(zone));
                Verified::of_forest(&mut reading, forests, forest)
            })?);
        }
    }
    Ok(verified)
}

/// The days gone by that are recomputed: yesterday, a week ago, and these shares of the way from a forest's first day.
const SHARES_OF_THE_WAY: [u64; 3] = [0, 1, 2];

impl Verified {
    fn of_forest(reading: &mut Reading<'_>, forests: &Forests, row: ForestRow) -> Result<Self> {
        let mut verified = Self { forests: 1, ..Self::default() };
        verified.day(reading, forests, row, Basis::Now)?;
        for day in days_gone_by(reading, row.id)? {
            verified.day(reading, forests, row, Basis::AsOf(day))?;
        }
        Ok(verified)
    }

    fn add(&mut self, other: Self) {
        self.differences.extend(other.differences);
        self.organizations += other.organizations;
        self.forests += other.forests;
        self.goals += other.goals;
    }

    /// Holds a forest as it is served, moved forward by events, against the plain evaluator over what is kept.
    fn day(&mut self, reading: &mut Reading<'_>, forests: &Forests, row: ForestRow, basis: Basis) -> Result<()> {
        let forest = row.id;
        let [entry] = forests.bring(reading, row, [basis])?;
        let day = reading.day(basis);
        let kept = Picture::load_from_versions(reading, forest, basis)?;
        let figures = evaluate(&kept.forest.facts(), day);
        let served = entry.look();
        let Some(served) = &*served else { return Ok(()) };
        let goals: BTreeSet<GoalId> = served.cards.keys().chain(kept.cards.keys()).copied().collect();
        self.goals += goals.len();
        for goal in goals {
            let mut differ = |what, served: String, must_be: String| {
                if served != must_be {
                    let organization = reading.organization;
                    self.differences.push(Difference { organization, forest, goal, day, what, served, must_be });
                }
            };
            let facts = |picture: &Picture| format!("{:?}", picture.forest.goal(goal));
            let card = |picture: &Picture| format!("{:?}", picture.cards.get(&goal));
            differ("facts", facts(served), facts(&kept));
            differ("what is shown", card(served), card(&kept));
            differ("links", format!("{:?}", links(served, goal)), format!("{:?}", links(&kept, goal)));
            let measured = |picture: &Picture| format!("{:?}", picture.forest.measured(goal));
            differ("what is measured", measured(served), measured(&kept));
            differ("figures", format!("{:?}", served.forest.figures(goal)), format!("{:?}", figures.get(&goal)));
        }
        Ok(())
    }
}

/// Some days between a forest's first day and today.
fn days_gone_by(reading: &mut Reading<'_>, forest: ForestId) -> Result<BTreeSet<NaiveDate>> {
    let today = reading.today;
    let cycles = load::cycles(reading.conn, reading.organization, forest)?;
    let first = cycles.values().map(|cycle| cycle.starts_on).min().unwrap_or(today);
    let gone_by = u64::try_from(today.signed_duration_since(first).num_days()).unwrap_or(0);
    let parts = u64::try_from(SHARES_OF_THE_WAY.len()).unwrap_or(1);
    let on_the_way =
        SHARES_OF_THE_WAY.iter().filter_map(|share| first.checked_add_days(Days::new(gone_by * share / parts)));
    let lately = [1, 7].into_iter().filter_map(|days| today.checked_sub_days(Days::new(days)));
    Ok(on_the_way.chain(lately).filter(|day| *day < today).collect())
}

/// A goal's links upward, in one order.
fn links(picture: &Picture, goal: GoalId) -> Vec<Link> {
    let mut links: Vec<_> = picture.forest.links(goal).collect();
    links.sort_unstable_by_key(|link| link.parent);
    links
}

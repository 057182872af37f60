//! The weeks of the quarter: everyone checks in, at their own hour, and things happen.

use super::{Loader, as_actor, at_step};
use crate::checkins::model::Entry;
use crate::checkins::{self, Command};
use crate::db::Origin;
use crate::demo::calendar::{earlier, moment};
use crate::demo::chance::Chance;
use crate::demo::plan::{Life, Plan};
use crate::demo::story::{self, Telling, WEEKS};
use crate::demo::{goals as plans, notes, people};
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::Source;
use crate::error::Result;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The hours at which people check in, in their order: the day before Friday, Friday itself, the Monday after.
const HOURS: [(i64, u32, u32); 6] = [(-1, 17, 5), (0, 9, 20), (0, 11, 10), (0, 15, 45), (0, 17, 30), (3, 8, 50)];
/// The hour of those who would be late in the last week, whose Monday may not have come.
const LAST_HOUR: usize = 4;

/// What someone will state of a goal.
struct Due {
    plan: &'static Plan,
    goal: GoalId,
    author: PersonId,
    telling: Telling,
}

impl Loader<'_> {
    /// Lives through the weeks, one after the other.
    pub(super) fn live_the_weeks(&mut self) -> Result<()> {
        let told: Vec<_> = plans::all().map(|plan| (plan, story::of(plan, self.seed))).collect();
        for week in 1..=WEEKS {
            self.agree_late(week)?;
            let mut hours: BTreeMap<usize, Vec<Due>> = BTreeMap::new();
            for (plan, tellings) in &told {
                let Some((_, telling)) = tellings.iter().find(|(of, _)| *of == week) else { continue };
                if plan.source == Some(Source::Measurements) {
                    continue;
                }
                let (goal, author) = (self.goal(plan.key)?, self.author(plan, week)?);
                let due = Due { plan, goal, author, telling: telling.clone() };
                hours.entry(self.hour_of(plan, week)).or_default().push(due);
            }
            self.measure(week, &told)?;
            let late = hours.split_off(&(LAST_HOUR + 1));
            self.record_all(week, hours)?;
            self.happen(week)?;
            self.record_all(week, late)?;
        }
        Ok(())
    }

    /// Who checks a goal in: its owner, or someone on their behalf.
    fn author(&self, plan: &Plan, week: u32) -> Result<PersonId> {
        let other = super::happenings::ON_BEHALF.iter().find(|(key, when, _)| *key == plan.key && *when == week);
        self.person(other.map_or(plan.owner, |(_, _, who)| *who))
    }

    /// Everyone has a usual hour, and strays from it at times.
    fn hour_of(&self, plan: &Plan, week: u32) -> usize {
        let usual = Chance::of(self.seed, plan.owner).between(0, 4);
        let mut chance = Chance::of(self.seed, &format!("{} in week {week}", plan.owner));
        let hour = if chance.happens(70) { usual } else { chance.between(0, 5) };
        let hour = usize::try_from(hour).unwrap_or_default();
        let in_time = week == WEEKS || super::happenings::needs(plan, week);
        if in_time { hour.min(LAST_HOUR) } else { hour }
    }

    fn record_all(&mut self, week: u32, hours: BTreeMap<usize, Vec<Due>>) -> Result<()> {
        let friday = self.calendar.friday(week, WEEKS);
        for (hour, due) in hours {
            let Some((days, hour, minute)) = HOURS.get(hour).copied() else { continue };
            let day = if days < 0 { earlier(friday, days.unsigned_abs()) } else { after(friday, days) };
            // Whoever is late speaks of the Friday.
            let speaks_of = (day > friday).then_some(friday);
            self.record(week, moment(day, hour, minute), speaks_of, &due)?;
        }
        Ok(())
    }

    /// Several people's check-ins share a transaction, as they do in the service.
    fn record(&mut self, week: u32, moment: Instant, effective_on: Option<NaiveDate>, due: &[Due]) -> Result<()> {
        let outcomes = self.acts(moment, people::HR, |tx| {
            let mut commands = Vec::with_capacity(due.len());
            for one in due {
                let mut chance = Chance::of(self.seed, &format!("{} said in week {week}", one.plan.key));
                let remarks = notes::remarks(one.plan.owner, one.telling.mood, &mut chance);
                let entry = Entry { statements: vec![one.telling.statement.clone()], effective_on, remarks };
                let (actor, origin) = (as_actor(tx, one.author)?, Origin::operator(crate::demo::ORIGIN));
                commands.push(Command { actor, origin, goal: one.goal, entry });
            }
            checkins::record(tx, &commands)
        })?;
        for (one, outcome) in due.iter().zip(outcomes) {
            let shown = at_step(one.plan.key, outcome)?;
            self.ids.check_ins.insert((one.plan.key, week), shown.row.id);
        }
        Ok(())
    }

    /// Goals that are agreed on late in the quarter, or still wait for that.
    fn agree_late(&self, week: u32) -> Result<()> {
        let with = |life| plans::all().filter(move |plan| plan.life == life).collect::<Vec<_>>();
        let (late, pending) = (with(Life::ActiveFrom(week)), with(Life::Pending(week)));
        let friday = self.calendar.friday(week, WEEKS);
        self.submit(&[late.clone(), pending].concat(), moment(earlier(friday, 2), 9, 0))?;
        self.approve(&late, moment(earlier(friday, 1), 10, 0))
    }
}

fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(days.unsigned_abs())).unwrap_or(day)
}

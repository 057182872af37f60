//! What happens beside the check-ins: goals are put on hold, cancelled and completed, a target changes, someone errs.

use super::{Loader, at_step};
use crate::checkins::{self, model::Entry};
use crate::demo::calendar::moment;
use crate::demo::goals as plans;
use crate::demo::money;
use crate::demo::plan::{Life, Plan};
use crate::demo::story::WEEKS;
use crate::domain::amount::Amount;
use crate::domain::check_ins::Statement;
use crate::domain::words::State;
use crate::error::{Error, Result};
use crate::goals::{self, GoalPatch};
use crate::http::Patch;

/// Who checks which goal in for its owner, and in which week.
pub(super) const ON_BEHALF: &[(&str, u32, &str)] = &[("cs06.class", 5, "CS01"), ("hn05.rev", 6, "HN01")];

/// Changes of targets: goal, week, who, the new target, why. An owner's own waits for approval.
const TARGETS: &[(&str, u32, &str, &str, &str)] = &[
    ("nt.load", 4, "NT01", "26_000", "Ngân sách máy chủ quý này giảm, ban giám đốc đồng ý hạ mục tiêu"),
    ("ht.self", 5, "HT01", "42", "Kết quả nửa đầu quý tốt hơn dự kiến"),
    ("sg06.rev", 7, "SG06", "1_200_000_000", "Khách hàng lớn nhất lùi ký sang quý sau"),
];

/// Check-ins that were wrong altogether: goal, week, why.
const VOIDED: &[(&str, u32, &str)] = &[("ht05.solved", 3, "Nhập nhầm số liệu của ca khác")];

/// Check-ins that were corrected: goal, week, by how much.
const CORRECTED: &[(&str, u32, &str)] = &[("sg03.rev", 5, "20_000_000")];

/// Whether something that happens at a week's end needs the goal's check-in of that week.
pub(super) fn needs(plan: &Plan, week: u32) -> bool {
    let named = |key: &str, when: u32| key == plan.key && when == week;
    plan.life == Life::Done(week)
        || VOIDED.iter().any(|error| named(error.0, error.1))
        || CORRECTED.iter().any(|error| named(error.0, error.1))
}

impl Loader<'_> {
    /// What happens in a week, after its check-ins.
    pub(super) fn happen(&self, week: u32) -> Result<()> {
        for plan in plans::all() {
            self.turn(plan, week)?;
        }
        for (key, _, who, target, why) in TARGETS.iter().filter(|change| change.1 == week) {
            at_step(key, self.change_target(key, week, who, target, why))?;
        }
        for (key, _, why) in VOIDED.iter().filter(|error| error.1 == week) {
            at_step(key, self.void(key, week, why))?;
        }
        for (key, _, more) in CORRECTED.iter().filter(|error| error.1 == week) {
            at_step(key, self.correct(key, week, more))?;
        }
        Ok(())
    }

    /// A goal is held, cancelled or completed.
    fn turn(&self, plan: &'static Plan, week: u32) -> Result<()> {
        let (to, who, reason) = match plan.life {
            Life::Held(when, reason) if when == week => (State::OnHold, self.manager_of(plan.owner)?, Some(reason)),
            Life::Dropped(when, reason) if when == week => {
                (State::Cancelled, self.manager_of(plan.owner)?, Some(reason))
            }
            Life::Done(when) if when == week => (State::Completed, plan.owner, None),
            _ => return Ok(()),
        };
        let at = moment(self.calendar.friday(week, WEEKS), 18, 0);
        self.acts(at, who, |tx| self.step(tx, plan, to, reason))
    }

    fn change_target(&self, key: &str, week: u32, who: &str, target: &str, why: &str) -> Result<()> {
        let patch = GoalPatch {
            target: money(target).map_or(Patch::Keep, Patch::Set),
            reason: Some(why.to_owned()),
            ..GoalPatch::default()
        };
        let (at, goal) = (moment(self.calendar.friday(week, WEEKS), 18, 10), self.goal(key)?);
        self.acts(at, who, |tx| goals::edit(tx, goal, None, &patch)).map(drop)
    }

    fn void(&self, key: &str, week: u32, why: &str) -> Result<()> {
        let (id, owner) = self.check_in(key, week)?;
        let at = moment(self.calendar.friday(week, WEEKS), 18, 20);
        self.acts(at, owner, |tx| checkins::void(tx, id, None, Some(why)))
    }

    fn correct(&self, key: &str, week: u32, more: &str) -> Result<()> {
        let (id, owner) = self.check_in(key, week)?;
        let more = money(more).map(Amount::units).unwrap_or_default();
        let corrected = move |entry: Entry| {
            let add = |value: Amount| Amount::from_units(value.units() + more).unwrap_or(value);
            let added = |statement| match statement {
                Statement::Value(value) => Statement::Value(add(value)),
                other => other,
            };
            Entry { statements: entry.statements.into_iter().map(added).collect(), ..entry }
        };
        let at = moment(self.calendar.friday(week, WEEKS), 18, 30);
        self.acts(at, owner, |tx| checkins::correct(tx, id, None, corrected)).map(drop)
    }

    /// A check-in of a week with its goal's owner.
    fn check_in(&self, key: &str, week: u32) -> Result<(crate::domain::ids::CheckInId, &'static str)> {
        let id = self.ids.check_ins.iter().find(|((of, when), _)| *of == key && *when == week).map(|(_, id)| *id);
        let id = id.ok_or_else(|| Error::internal(format!("{key} was not checked in in week {week}")))?;
        let plan = plans::find(key).ok_or_else(Error::not_found)?;
        Ok((id, plan.owner))
    }
}

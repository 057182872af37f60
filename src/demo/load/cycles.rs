//! The year with its quarters, and their phases.

use super::Loader;
use crate::cycles::{self, input::CycleIn, input::PhaseIn};
use crate::demo::people;
use crate::domain::calendar::Window;
use crate::domain::cycle_settings::CycleSettingsPatch;
use crate::domain::ids::CycleId;
use crate::domain::instant::Instant;
use crate::domain::words::{Cadence, ChangeApproval, CycleKind, Phase};
use crate::error::{Error, Result};

/// The names of the two cycles that have goals.
pub(super) const YEAR: &str = "year";
/// The quarter that is under way.
pub(super) const QUARTER: &str = "quarter";

impl Loader<'_> {
    /// HR makes the year with its quarters; the first one is opened for planning.
    pub(super) fn open_cycles(&mut self) -> Result<()> {
        let name = self.calendar.year_name();
        let year = cycle_in(CycleKind::Year, format!("Năm tài chính {name}"), self.calendar.year(), None)?;
        let calendar = self.calendar;
        let (year, quarters) = self.acts(self.calendar.at(-34, 9, 0), people::HR, |tx| {
            let year = cycles::create(tx, &year)?;
            let quarter = |number: u32| {
                let quarter = format!("Quý {} {name}", number + 1);
                cycle_in(CycleKind::Quarter, quarter, calendar.quarter(number), Some(year))
            };
            let quarters = (0..4).map(|number| cycles::create(tx, &quarter(number)?)).collect::<Result<Vec<_>>>()?;
            Ok((year, quarters))
        })?;
        let first = quarters.first().copied().ok_or_else(Error::not_found)?;
        self.ids.cycles.extend([(YEAR, year), (QUARTER, first)]);
        self.move_cycles(self.calendar.at(-30, 9, 0), Phase::Planning)
    }

    /// The year and its first quarter go to their next phase.
    pub(super) fn move_cycles(&self, at: Instant, to: Phase) -> Result<()> {
        let asked = PhaseIn { to, reason: None };
        let both = [self.cycle(YEAR)?, self.cycle(QUARTER)?];
        self.acts(at, people::HR, |tx| both.iter().try_for_each(|id| cycles::move_phase(tx, *id, &asked, None)))
    }
}

/// A cycle of the demo: the year is looked at each month, a quarter each week.
fn cycle_in(kind: CycleKind, name: String, window: Option<Window>, parent_id: Option<CycleId>) -> Result<CycleIn> {
    let window = window.ok_or_else(|| Error::internal("the clock stands at the end of the calendar"))?;
    let cadence = if kind == CycleKind::Year { Cadence::Month } else { Cadence::Week };
    let settings = CycleSettingsPatch {
        cadence: Some(cadence),
        change_approval: Some(ChangeApproval::Manager),
        ..Default::default()
    };
    Ok(CycleIn { kind, name: Some(name), starts_on: window.first(), ends_on: window.last(), parent_id, settings })
}

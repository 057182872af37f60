//! What the organization says about its cycles.

use crate::db::Tx;
use crate::domain::calendar::Window;
use crate::domain::cycle_settings::{CycleSettings, CycleSettingsPatch};
use crate::domain::limits;
use crate::domain::period::{self, FiscalYear};
use crate::domain::words::{CycleKind, Locale};
use crate::error::{Code, Faults, Result};
use crate::org;

/// The organization's fiscal year, language and default settings.
pub(super) struct Ground {
    pub(super) fiscal: FiscalYear,
    pub(super) locale: Locale,
    defaults: CycleSettings,
}

impl Ground {
    pub(super) fn load(tx: &mut Tx<'_>) -> Result<Self> {
        let organization = org::organization::get(tx)?;
        let fiscal = u32::try_from(organization.fiscal_year_start).ok().and_then(FiscalYear::beginning_in);
        Ok(Self {
            fiscal: fiscal.unwrap_or(FiscalYear::CALENDAR),
            locale: organization.locale,
            defaults: organization.cycle_defaults.0,
        })
    }

    /// A new cycle's name: the one that is given, else its period's.
    pub(super) fn name(
        &self,
        given: Option<&str>,
        kind: CycleKind,
        window: Option<Window>,
        faults: &mut Faults,
    ) -> String {
        if let Some(given) = given {
            return faults.line("/name", given, limits::NAME);
        }
        let name_of = |window| self.fiscal.or_calendar(kind, window)?.name(kind, window, self.locale);
        let named = window.and_then(name_of);
        // Where the days are at fault, they are told alone.
        let to_be_named = kind == CycleKind::Custom || window.is_some_and(|window| period::lasts(kind, window));
        faults.check(named.is_some() || !to_be_named, "/name", Code::Required);
        named.unwrap_or_default()
    }

    /// A new cycle's settings: the organization's, but for what is given.
    pub(super) fn settings(&self, given: &CycleSettingsPatch, faults: &mut Faults) -> CycleSettings {
        settings(&self.defaults, given, faults)
    }
}

/// Settings after a change, each checked.
pub(super) fn settings(before: &CycleSettings, patch: &CycleSettingsPatch, faults: &mut Faults) -> CycleSettings {
    let after = patch.over(before);
    for fault in after.faults() {
        let range = Code::OutOfRange.with("least", fault.least).with("most", fault.most);
        faults.add(format!("/settings/{}", fault.field), range);
    }
    after
}

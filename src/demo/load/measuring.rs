//! What the CRM of the company knows: measurements that check goals in by themselves.

use super::{Loader, at_step};
use crate::demo::calendar::{earlier, moment};
use crate::demo::chance::Chance;
use crate::demo::people;
use crate::demo::plan::Plan;
use crate::demo::story::{Telling, WEEKS};
use crate::domain::amount::Amount;
use crate::domain::check_ins::Statement;
use crate::domain::words::{Scope, Source};
use crate::error::Result;
use crate::measurements::{self, MeasurementIn};
use chrono::NaiveDate;

/// Those whose deals are measured.
const SELLERS: [&str; 5] = ["HN02", "HN03", "HN04", "HN05", "HN06"];
/// A goal, and what is told of it week by week.
type Told = (&'static Plan, Vec<(u32, Telling)>);

impl Loader<'_> {
    /// The CRM sends what people did in a week, on its Friday evening.
    pub(super) fn measure(&mut self, week: u32, told: &[Told]) -> Result<()> {
        let friday = self.calendar.friday(week, WEEKS);
        let mut sent = self.deals(week, friday)?;
        for (plan, tellings) in told {
            let is_own = plan.source == Some(Source::Measurements) && plan.scope() == Scope::Person;
            let telling = tellings.iter().find(|(of, _)| *of == week).map(|(_, telling)| telling);
            if let Some(telling) = telling.filter(|_| is_own) {
                sent.extend(self.on_the_way(plan, telling, friday)?);
            }
        }
        let sent: Vec<_> = sent.into_iter().map(Ok).collect();
        let outcomes = self.acts(moment(friday, 18, 30), people::HR, |tx| measurements::record(tx, &sent, true))?;
        outcomes.into_iter().try_for_each(|outcome| at_step("the CRM", outcome).map(drop))
    }

    /// What takes a person's goal from what was measured before to what is told: some on Wednesday, the rest on Friday.
    fn on_the_way(&mut self, plan: &'static Plan, telling: &Telling, friday: NaiveDate) -> Result<Vec<MeasurementIn>> {
        let (Statement::Value(value), Some(metric)) = (&telling.statement, plan.metric) else { return Ok(Vec::new()) };
        let before = self.ids.measured.get(plan.key).copied().unwrap_or(Amount::ZERO);
        if *value <= before {
            return Ok(Vec::new());
        }
        self.ids.measured.insert(plan.key, *value);
        let whole = (value.units() - before.units()) / Amount::ONE.units();
        let parts = [(earlier(friday, 2), whole / 2), (friday, whole - whole / 2)];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0);
        parts.map(|(day, count)| self.counted(metric, plan.owner, day, count)).collect()
    }

    /// The deals that were won and lost.
    fn deals(&self, week: u32, friday: NaiveDate) -> Result<Vec<MeasurementIn>> {
        let mut sent = Vec::new();
        for seller in SELLERS {
            let mut chance = Chance::of(self.seed, &format!("deals of {seller} in week {week}"));
            for (metric, most) in [("deals_won", 2), ("deals_lost", 4)] {
                let (day, count) = (earlier(friday, chance.between(0, 4).unsigned_abs()), chance.between(0, most));
                if count > 0 {
                    sent.push(self.counted(metric, seller, day, count)?);
                }
            }
        }
        Ok(sent)
    }

    fn counted(&self, metric: &str, person: &str, date: NaiveDate, count: i64) -> Result<MeasurementIn> {
        Ok(MeasurementIn {
            metric: metric.to_owned(),
            person_id: Some(self.person(person)?),
            employee_code: None,
            email: None,
            unit_id: None,
            unit_code: None,
            date,
            value: Amount::from_units(count * Amount::ONE.units()).unwrap_or(Amount::ONE),
            dimensions: None,
            source: "crm".to_owned(),
            external_id: Some(format!("{metric}-{person}-{date}")),
        })
    }
}

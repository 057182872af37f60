//! The company is founded; its units, people and metrics come in.

use super::{Ids, Loader, as_actor};
use crate::db::{Origin, Scope};
use crate::demo::calendar::{Calendar, ZONE, earlier};
use crate::demo::chance::Chance;
use crate::demo::metrics;
use crate::demo::people::{self, PersonPlan, UnitPlan};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::{Locale, Role, UnitKind, UnitRole};
use crate::error::{Error, Result};
use crate::http::{Patch, Service};
use crate::identity;
use crate::metrics::input::{MetricIn, TextsIn};
use crate::org::organization::OrganizationPatch;
use crate::org::people::{PersonIn, PersonPatch};
use crate::org::units::{UnitIn, UnitPatch};
use crate::org::{self, Founded, NewOrganization};
use chrono::NaiveDate;
use std::sync::Arc;

/// Days before the quarter on which the company starts with goaltree.
const FOUNDED: i64 = -45;

impl<'a> Loader<'a> {
    /// The founder takes the instance; units, people and metrics come in.
    pub(super) fn found(service: &'a Service, seed: u64, calendar: Calendar) -> Result<Self> {
        service.clock.set(calendar.at(FOUNDED, 9, 0));
        let founder = people::find(people::FOUNDER).ok_or_else(Error::not_found)?;
        let Founded { organization, root_unit, owner } = found_by(service, founder)?;
        let ids = Ids {
            people: [(people::FOUNDER, owner)].into(),
            units: [(people::ROOT, root_unit)].into(),
            ..Ids::default()
        };
        let mut loader = Self { service, seed, calendar, organization, ids, directory: Arc::default() };
        loader.name_company(founder)?;
        loader.add_units()?;
        loader.add_people()?;
        loader.place_people()?;
        loader.open_accounts()?;
        loader.directory = service.read_as(organization, owner, |tx| Ok(Arc::clone(&tx.actor.directory)))?;
        loader.define_metrics()?;
        Ok(loader)
    }

    fn name_company(&self, founder: &PersonPlan) -> Result<()> {
        let month = i32::try_from(self.calendar.first_month()).unwrap_or(1);
        let organization = OrganizationPatch { fiscal_year_start: Some(month), ..OrganizationPatch::default() };
        let unit = UnitPatch { code: Some(people::ROOT.to_owned()), ..UnitPatch::default() };
        let person = PersonPatch {
            employee_code: Patch::Set(founder.code.to_owned()),
            job_title: Patch::Set(founder.title.to_owned()),
            joined_on: Patch::Set(self.joined_on(founder)),
            ..PersonPatch::default()
        };
        let (root, id) = (self.unit(people::ROOT)?, self.person(founder.code)?);
        self.acts(self.calendar.at(FOUNDED, 9, 10), founder.code, |tx| {
            org::organization::change(tx, &organization, None)?;
            org::units::change(tx, root, &unit, None)?;
            org::people::change(tx, id, &person, None)?;
            org::units::place(tx, root, id, UnitRole::Lead, None)
        })
    }

    /// Departments first: a unit is found as another one's place once it is there.
    fn add_units(&mut self) -> Result<()> {
        for (minute, kind) in [(30, UnitKind::Department), (40, UnitKind::Team)] {
            let of_kind = people::UNITS.iter().filter(|plan| plan.kind == kind);
            let new =
                of_kind.map(|plan| Ok((plan.code, unit_in(plan, self.unit(plan.parent.unwrap_or(people::ROOT))?))));
            let new = new.collect::<Result<Vec<_>>>()?;
            let made = self.acts(self.calendar.at(FOUNDED, 9, minute), people::FOUNDER, |tx| {
                new.iter().map(|(code, unit)| Ok((*code, org::units::add(tx, unit)?))).collect::<Result<Vec<_>>>()
            })?;
            self.ids.units.extend(made);
        }
        Ok(())
    }

    fn add_people(&mut self) -> Result<()> {
        let new: Vec<_> = people::PEOPLE.iter().filter(|person| person.code != people::FOUNDER).collect();
        let batch: Vec<PersonIn> = new.iter().map(|person| self.person_in(person)).collect();
        let outcomes =
            self.acts(self.calendar.at(FOUNDED, 10, 0), people::FOUNDER, |tx| org::people::add_all(tx, &batch))?;
        for (person, outcome) in new.into_iter().zip(outcomes) {
            self.ids.people.insert(person.code, super::at_step(person.code, outcome)?);
        }
        Ok(())
    }

    fn person_in(&self, person: &PersonPlan) -> PersonIn {
        let signs_in = people::SIGN_INS.iter().find(|plan| plan.code == person.code);
        let manager = people::MANAGERS.iter().find(|(code, _)| *code == person.code);
        PersonIn {
            display_name: person.name.to_owned(),
            email: Some(person.email()),
            employee_code: Some(person.code.to_owned()),
            job_title: Some(person.title.to_owned()),
            unit_code: Some(person.unit.to_owned()),
            manager_employee_code: manager.map(|(_, code)| (*code).to_owned()),
            role: Some(signs_in.map_or(Role::Member, |plan| plan.role)),
            joined_on: Some(self.joined_on(person)),
            ..PersonIn::default()
        }
    }

    /// Some years or months ago.
    fn joined_on(&self, person: &PersonPlan) -> NaiveDate {
        let days = Chance::of(self.seed, person.code).between(80, 2_200).unsigned_abs();
        earlier(self.calendar.at(0, 9, 0).day_in(ZONE), days)
    }

    /// Who leads and who supervises.
    fn place_people(&self) -> Result<()> {
        let leads = people::UNITS.iter().map(|unit| (unit.code, unit.lead, UnitRole::Lead));
        let others = people::SUPERVISORS.iter().map(|(unit, person)| (*unit, *person, UnitRole::Supervisor));
        let places = leads.chain(others).map(|(unit, person, role)| Ok((self.unit(unit)?, self.person(person)?, role)));
        let places = places.collect::<Result<Vec<_>>>()?;
        self.acts(self.calendar.at(FOUNDED, 11, 0), people::FOUNDER, |tx| {
            places.iter().try_for_each(|(unit, person, role)| org::units::place(tx, *unit, *person, *role, None))
        })
    }

    /// Those who will sign in get their accounts; passwords come last, when all is there.
    fn open_accounts(&self) -> Result<()> {
        let others = people::SIGN_INS.iter().filter(|plan| plan.code != people::FOUNDER);
        let joining = others.filter_map(|plan| people::find(plan.code));
        let joining = joining.map(|person| Ok((self.person(person.code)?, person.email())));
        let joining = joining.collect::<Result<Vec<_>>>()?;
        let clock = &self.service.clock;
        clock.set(self.calendar.at(FOUNDED, 14, 0));
        let opened = self.service.db.write_now(Scope::System, |conn, _| {
            let open = |(person, email): &(PersonId, String)| {
                Ok((*person, identity::create_account(conn, clock.new_id(), email, None, clock.now())?))
            };
            joining.iter().map(open).collect::<Result<Vec<_>>>()
        })?;
        self.acts(self.calendar.at(FOUNDED, 14, 0), people::FOUNDER, |tx| {
            for (person, account) in &opened {
                let actor = as_actor(tx, *person)?;
                let origin = Arc::clone(tx.origin());
                tx.acting_as(&actor, &origin, |tx| org::people::join(tx, *account))?;
            }
            Ok(())
        })
    }

    /// Those of the library, then the company's own.
    fn define_metrics(&mut self) -> Result<()> {
        let made = self.acts(self.calendar.at(FOUNDED + 1, 10, 0), people::HR, |tx| {
            crate::metrics::from_library(tx, &metrics::STANDARD.map(str::to_owned))?;
            for plan in metrics::METRICS {
                crate::metrics::create(tx, &metric_in(plan))?;
            }
            crate::metrics::all(tx)
        })?;
        let codes = metrics::STANDARD.into_iter().chain(metrics::METRICS.iter().map(|plan| plan.code));
        let known = |code| made.iter().find(|metric| metric.code == code).map(|metric| (code, metric.id));
        self.ids.metrics.extend(codes.filter_map(known));
        Ok(())
    }
}

fn found_by(service: &Service, founder: &PersonPlan) -> Result<Founded> {
    service.db.write_now(Scope::System, |conn, _| {
        let (clock, email) = (&service.clock, founder.email());
        let account = identity::create_account(conn, clock.new_id(), &email, None, clock.now())?;
        let new = NewOrganization {
            name: people::COMPANY.to_owned(),
            time_zone: ZONE,
            locale: Locale::Vi,
            currency: Some("VND".to_owned()),
            account,
            owner_name: founder.name.to_owned(),
            owner_email: email,
        };
        org::found(conn, clock, &Origin::operator(crate::demo::ORIGIN), &new)
    })
}

fn unit_in(plan: &UnitPlan, parent: UnitId) -> UnitIn {
    UnitIn {
        kind: plan.kind,
        code: plan.code.to_owned(),
        name: plan.name.to_owned(),
        parent_id: Some(parent),
        supervisors_may_create: None,
        supervisors_may_edit: None,
        owners_may_edit: None,
        owners_may_delete: None,
        owners_may_edit_key_results: None,
        okr_visibility: None,
        kpi_visibility: None,
        review_visibility: None,
    }
}

fn metric_in(plan: &metrics::MetricPlan) -> MetricIn {
    MetricIn {
        code: plan.code.to_owned(),
        name: TextsIn { en: Patch::Set(plan.en.to_owned()), vi: Patch::Set(plan.vi.to_owned()) },
        description: TextsIn::default(),
        unit: plan.unit,
        display_unit: Some(plan.shown.to_owned()),
        decimals: plan.decimals,
        direction: plan.direction,
        time_aggregation: None,
        people_aggregation: None,
        measured_for: None,
        empty_is_zero: false,
        formula: None,
        progress_formula: None,
        dimensions: Vec::new(),
    }
}

//! `/me`.

use super::{Permission, permissions};
use crate::cycles::{self, model::Cycle};
use crate::db::Tx;
use crate::domain::access::Actor;
use crate::domain::ids::{CycleId, OrganizationId, PersonId, UnitId};
use crate::domain::words::{CycleKind, Locale, Phase, Role, UnitKind};
use crate::error::Result;
use crate::figures::{self, Forests, Owed};
use crate::http::{Body, Ctx, Tagged, Versioned};
use crate::org::organization;
use crate::org::people::{self, OwnPatch, Person};
use actix_web::web::Data;
use actix_web::{get, patch};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the addresses.
pub fn routes(services: &mut ServiceConfig<'_>) {
    services.service(get_me).service(change_me);
}

/// The caller.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MyPerson {
    /// Their id here.
    pub id: PersonId,
    /// Their name.
    pub display_name: String,
    /// Where they are written to.
    pub email: Option<String>,
    /// Their role.
    pub role: Role,
    /// Their job title.
    pub job_title: Option<String>,
    /// Their home unit.
    pub unit: MyUnit,
    /// Who manages them: named, or by their unit.
    pub manager: Option<MyManager>,
    /// Their time zone (IANA), the organization's where they have none of their own.
    pub time_zone: String,
    /// Their language, the organization's where they have none of their own.
    pub locale: Locale,
}

/// A unit of the caller's.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MyUnit {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: UnitKind,
}

/// The caller's manager.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MyManager {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// The organization that the caller is signed in to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MyOrganization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its time zone (IANA): days are days there.
    pub time_zone: String,
    /// Its language.
    pub locale: Locale,
    /// Its currency (ISO 4217).
    pub currency: String,
    /// The day that it is for the organization.
    pub today: NaiveDate,
}

/// A cycle that is on.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MyCycle {
    /// The cycle.
    pub id: CycleId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: CycleKind,
    /// Its phase.
    pub phase: Phase,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

/// What someone who is signed in first wants to know.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Me {
    /// Who they are here.
    pub person: MyPerson,
    /// The organization.
    pub organization: MyOrganization,
    /// The units that they lead, by name.
    pub units_led: Vec<MyUnit>,
    /// The cycles that today lies in and that are past draft and not closed, the shortest first: where their goals
    /// are.
    pub current_cycles: Vec<MyCycle>,
    /// What they owe.
    pub owed: Owed,
    /// What they may do in the whole organization; what they may do with a goal stands with the goal (`can`).
    pub permissions: Vec<Permission>,
    /// Moves with every change of the person.
    pub version: i64,
}

impl Versioned for Me {
    fn version(&self) -> i64 {
        self.version
    }
}

/// Who am I
///
/// The person that the caller is in this organization, the units that they lead, the cycles that are on, what they
/// owe and what they may do.
#[utoipa::path(tag = "session", responses((status = 200, body = Me, description = "The caller")))]
#[get("/me")]
async fn get_me(ctx: Ctx, forests: Data<Forests>) -> Result<Tagged<Me>> {
    ctx.read(move |tx| me(tx, &forests)).await.map(Tagged)
}

/// Change my settings
///
/// The caller's own time zone and language; everything else about a person is changed by HR.
#[utoipa::path(tag = "session", request_body = OwnPatch, responses((status = 200, body = Me, description = "The caller as they are now")))]
#[patch("/me")]
async fn change_me(ctx: Ctx, forests: Data<Forests>, body: Body<OwnPatch>) -> Result<Tagged<Me>> {
    let if_match = ctx.if_match()?;
    ctx.write(move |tx| people::change_own(tx, &body.0, if_match)).await?;
    ctx.read(move |tx| me(tx, &forests)).await.map(Tagged)
}

fn me(tx: &mut Tx<'_>, forests: &Forests) -> Result<Me> {
    let person = people::get(tx, tx.actor.person)?;
    let organization = organization::get(tx)?;
    let current_cycles = current_cycles(tx)?;
    let owed = figures::owed(tx, forests)?;
    let actor = &tx.actor;
    Ok(Me {
        current_cycles,
        owed,
        units_led: actor.directory.led_by(actor.person).into_iter().map(|id| unit(actor, id)).collect(),
        permissions: permissions(actor),
        version: person.version,
        person: my_person(actor, person, &organization.time_zone, organization.locale),
        organization: MyOrganization {
            id: organization.id,
            name: organization.name,
            time_zone: organization.time_zone,
            locale: organization.locale,
            currency: organization.currency,
            today: tx.today(),
        },
    })
}

fn current_cycles(tx: &mut Tx<'_>) -> Result<Vec<MyCycle>> {
    let today = tx.today();
    let is_on = |cycle: &Cycle| {
        (cycle.starts_on..=cycle.ends_on).contains(&today) && !matches!(cycle.phase, Phase::Draft | Phase::Closed)
    };
    let mut current: Vec<Cycle> = cycles::all(tx)?.into_iter().filter(is_on).collect();
    current.sort_by_key(|cycle| (cycle.ends_on - cycle.starts_on, cycle.id));
    let shown = |cycle: Cycle| MyCycle {
        id: cycle.id,
        name: cycle.name,
        kind: cycle.kind,
        phase: cycle.phase,
        starts_on: cycle.starts_on,
        ends_on: cycle.ends_on,
    };
    Ok(current.into_iter().map(shown).collect())
}

fn my_person(actor: &Actor, person: Person, zone: &str, locale: Locale) -> MyPerson {
    let manager = actor.directory.manager_of(person.id);
    MyPerson {
        id: person.id,
        display_name: person.display_name,
        email: person.email,
        role: person.role,
        job_title: person.job_title,
        unit: unit(actor, person.unit_id),
        manager: manager.map(|id| MyManager { id, name: actor.directory.name_of(id).to_owned() }),
        time_zone: person.time_zone.unwrap_or_else(|| zone.to_owned()),
        locale: person.locale.unwrap_or(locale),
    }
}

fn unit(actor: &Actor, id: UnitId) -> MyUnit {
    let facts = actor.directory.unit(id);
    MyUnit {
        id,
        name: facts.map(|unit| unit.name.clone()).unwrap_or_default(),
        kind: facts.map_or(UnitKind::Team, |unit| unit.kind),
    }
}

//! Founding an organization.

use super::model::Organization;
use super::store;
use crate::clock::Clock;
use crate::db::columns::Json;
use crate::db::{Conn, Event, Origin, Patience, Subject, Tx};
use crate::domain::access::{Actor, Directory};
use crate::domain::cycle_settings::CycleSettings;
use crate::domain::ids::{AccountId, OrganizationId, PersonId, UnitId};
use crate::domain::words::{Locale, RankingVisibility, Role};
use crate::error::Result;
use crate::org::{people, units};
use chrono_tz::Tz;
use std::sync::Arc;

/// An organization to be, with its first owner. Its texts are checked by whoever read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrganization {
    /// Its name, and its company unit's.
    pub name: String,
    /// Its time zone.
    pub time_zone: Tz,
    /// Its language.
    pub locale: Locale,
    /// Its currency (ISO 4217); none: that of its language.
    pub currency: Option<String>,
    /// The account of its first owner.
    pub account: AccountId,
    /// The first owner's name.
    pub owner_name: String,
    /// The first owner's email address.
    pub owner_email: String,
}

/// What founding made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Founded {
    /// The organization.
    pub organization: OrganizationId,
    /// Its company unit.
    pub root_unit: UnitId,
    /// Its first owner.
    pub owner: PersonId,
}

/// Founds an organization with its company unit and its first owner, who is the one to have done it.
pub fn found(conn: &mut Conn, clock: &Clock, origin: &Arc<Origin>, new: &NewOrganization) -> Result<Founded> {
    let founded = Founded { organization: clock.new_id(), root_unit: clock.new_id(), owner: clock.new_id() };
    let actor = Actor {
        organization: founded.organization,
        person: founded.owner,
        account: Some(new.account),
        session: None,
        role: Role::Owner,
        today: clock.now().day_in(new.time_zone),
        directory: Arc::new(Directory::default()),
    };
    let mut tx = Tx::new(conn, actor, new.time_zone, clock.now(), clock, Arc::clone(origin), Patience::Optimistic);
    let organization = row(&tx, new);
    store::insert(tx.conn, &organization)?;
    tx.note(
        Event::new("organization.founded", Subject::new("organization", organization.id).called(&organization.name))
            .after(&organization.noted())?,
    );
    units::insert_company(&mut tx, founded.root_unit, &new.name)?;
    people::insert_first_owner(&mut tx, founded.root_unit, new)?;
    tx.finish()?;
    Ok(founded)
}

fn row(tx: &Tx<'_>, new: &NewOrganization) -> Organization {
    let usual = match new.locale {
        Locale::Vi => "VND",
        Locale::En => "USD",
    };
    Organization {
        id: tx.organization(),
        name: new.name.clone(),
        time_zone: new.time_zone.name().to_owned(),
        locale: new.locale,
        currency: new.currency.clone().unwrap_or_else(|| usual.to_owned()),
        fiscal_year_start: 1,
        cycle_defaults: Json(CycleSettings::default()),
        directory_revision: 1,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
        ranking_visibility: RankingVisibility::Leads,
    }
}

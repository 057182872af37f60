//! The organization's row.

use crate::db::columns::Json;
use crate::db::schema::organizations;
use crate::domain::currency::is_currency;
use crate::domain::cycle_settings::{CycleSettings, CycleSettingsPatch};
use crate::domain::ids::OrganizationId;
use crate::domain::instant::Instant;
use crate::domain::limits;
use crate::domain::words::{Locale, RankingVisibility};
use crate::error::{Code, Faults, Result};
use crate::http::not_null;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = organizations)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its time zone, by its name in the IANA list: days are days there.
    pub time_zone: String,
    /// The language of what it is sent.
    pub locale: Locale,
    /// The currency of its amounts (ISO 4217).
    pub currency: String,
    /// The month that its year begins with, 1 to 12.
    pub fiscal_year_start: i32,
    /// The settings of new cycles.
    pub cycle_defaults: Json<CycleSettings>,
    /// Moves with every change of units, people and memberships.
    pub directory_revision: i64,
    /// Moves with every change of this row.
    pub version: i64,
    /// When it was founded.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// Who sees figures person beside person.
    pub ranking_visibility: RankingVisibility,
}

/// A change of the organization: what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationPatch {
    /// The name, at most 120 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// The time zone, by its name in the IANA list. Days (due days, a goal's window) are days there.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false, examples("Asia/Ho_Chi_Minh"))]
    pub time_zone: Option<String>,
    /// The language of what the organization is sent.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub locale: Option<Locale>,
    /// The currency of amounts of money, by its three letters (ISO 4217).
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false, examples("VND"))]
    pub currency: Option<String>,
    /// The month that the fiscal year begins with: 1 January to 12 December.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false, minimum = 1, maximum = 12)]
    pub fiscal_year_start: Option<i32>,
    /// Settings of new cycles; those that are left out stay as they are.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub cycle_defaults: Option<CycleSettingsPatch>,
    /// Who sees figures person beside person: `all` of a unit, its `leads`, or `none`. With `all` everyone also sees
    /// each person's own figures.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub ranking_visibility: Option<RankingVisibility>,
}

impl OrganizationPatch {
    /// The organization after this change, or everything that is wrong with it.
    pub(super) fn over(&self, before: &Organization) -> Result<Organization> {
        let mut after = before.clone();
        let mut faults = Faults::new();
        if let Some(name) = &self.name {
            after.name = faults.line("/name", name, limits::NAME);
        }
        if let Some(zone) = &self.time_zone {
            faults.time_zone("/time_zone", zone);
            after.time_zone.clone_from(zone);
        }
        if let Some(currency) = &self.currency {
            faults.check(is_currency(currency), "/currency", Code::BadCurrency);
            after.currency.clone_from(currency);
        }
        if let Some(month) = self.fiscal_year_start {
            let range = Code::OutOfRange.with("least", 1).with("most", 12);
            faults.check((1..=12).contains(&month), "/fiscal_year_start", range);
            after.fiscal_year_start = month;
        }
        if let Some(settings) = &self.cycle_defaults {
            after.cycle_defaults = Json(settings.over(&before.cycle_defaults.0));
            for fault in after.cycle_defaults.0.faults() {
                let range = Code::OutOfRange.with("least", fault.least).with("most", fault.most);
                faults.add(format!("/cycle_defaults/{}", fault.field), range);
            }
        }
        after.locale = self.locale.unwrap_or(before.locale);
        after.ranking_visibility = self.ranking_visibility.unwrap_or(before.ranking_visibility);
        faults.finish().map(|()| after)
    }
}

impl Organization {
    /// What the event log keeps of it.
    pub(super) fn noted(&self) -> Value {
        json!({
            "name": self.name,
            "time_zone": self.time_zone,
            "locale": self.locale,
            "currency": self.currency,
            "fiscal_year_start": self.fiscal_year_start,
            "cycle_defaults": self.cycle_defaults.0,
            "ranking_visibility": self.ranking_visibility,
        })
    }
}

//! What everyone may change of themself.

use super::change::write;
use super::store;
use crate::db::Tx;
use crate::domain::words::Locale;
use crate::error::{Error, Faults, Result};
use crate::http::Patch;
use crate::org::hold_directory;
use serde::Deserialize;

/// A change of one's own settings: what is left out stays, what is null falls back to the organization's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnPatch {
    /// Their time zone (IANA): when they are reminded.
    #[serde(default)]
    #[schema(value_type = Option<String>, examples("Asia/Ho_Chi_Minh"))]
    pub time_zone: Patch<String>,
    /// Their language.
    #[serde(default)]
    #[schema(value_type = Option<Locale>)]
    pub locale: Patch<Locale>,
}

/// Changes the actor's own settings.
pub fn change_own(tx: &mut Tx<'_>, patch: &OwnPatch, if_match: Option<i64>) -> Result<()> {
    hold_directory(tx)?;
    let before = store::find_for_update(tx.conn, tx.organization(), tx.actor.person)?.ok_or_else(Error::not_found)?;
    Error::unless_current(if_match, before.version)?;
    let mut faults = Faults::new();
    let zone = patch.time_zone.clone().map(|zone| faults.time_zone("/time_zone", &zone).name().to_owned());
    faults.finish()?;
    let mut after = before.clone();
    after.time_zone = zone.over(after.time_zone);
    after.locale = patch.locale.over(after.locale);
    if after == before { Ok(()) } else { write(tx, &before, after) }
}

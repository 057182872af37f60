//! How a cycle's reviews are set up: by which template, until when. From their beginning on the template is fixed.

use super::{store, templates};
use crate::cycles::{self, model::Cycle};
use crate::db::columns::Json;
use crate::db::schema::review_setups;
use crate::db::{Event, Subject, Tx};
use crate::domain::ids::{CycleId, OrganizationId, ReviewTemplateId};
use crate::domain::instant::Instant;
use crate::domain::review::{Deadlines, ReviewTemplate, standard_template};
use crate::domain::words::Phase;
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Patch, not_null};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

/// How a cycle's reviews are set up, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_setups, primary_key(organization_id, cycle_id), treat_none_as_null = true)]
pub struct SetupRow {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The cycle.
    pub cycle_id: CycleId,
    /// The template that it chose; none: the standard one.
    pub template_id: Option<ReviewTemplateId>,
    /// The template's version on the day on which reviews began.
    pub template_version: Option<i64>,
    /// The template as it was then.
    pub template: Option<Json<ReviewTemplate>>,
    /// By when each step is to be reached.
    pub deadlines: Json<Deadlines>,
    /// When reviews began.
    pub began_at: Option<Instant>,
    /// Moves with every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// How a cycle's reviews are set up.
#[derive(Debug, Clone)]
pub struct Setup {
    /// As it is kept; at version 0 where nobody set anything.
    pub row: SetupRow,
    /// The template that holds: fixed from the beginning on, before it as it is now.
    pub template: ReviewTemplate,
}

/// A change of a cycle's set-up; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewSetupPatch)]
pub struct SetupPatch {
    /// The template; null: the standard one. Only before reviews have begun.
    #[serde(default)]
    #[schema(value_type = Option<ReviewTemplateId>)]
    pub template_id: Patch<ReviewTemplateId>,
    /// By when each step is to be reached, all of them: days in the organization's time zone. Where one is null when
    /// reviews begin, the template's days after the cycle's last day say it; later, null is no deadline.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub deadlines: Option<Deadlines>,
}

/// How a cycle that the actor sees is set up.
pub fn setup(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Setup> {
    let cycle = cycles::find(tx, cycle)?;
    of(tx, &cycle)
}

/// Changes a cycle's set-up. HR alone.
pub fn change_setup(tx: &mut Tx<'_>, cycle: CycleId, patch: &SetupPatch, if_match: Option<i64>) -> Result<CycleId> {
    cycles::find(tx, cycle)?;
    if !tx.actor.is_admin() {
        return Err(Code::Forbidden.into());
    }
    let cycle = cycles::find_for_update(tx, cycle)?;
    let before = of(tx, &cycle)?.row;
    Error::unless_current(if_match, before.version)?;
    if cycle.phase == Phase::Closed {
        return Err(Code::CycleClosed.with("name", &cycle.name).into());
    }
    let after = patched(tx, &before, patch)?;
    if after != before {
        write(tx, &cycle, &before, SetupRow { version: before.version + 1, updated_at: tx.now, ..after })?;
    }
    Ok(cycle.id)
}

fn patched(tx: &mut Tx<'_>, before: &SetupRow, patch: &SetupPatch) -> Result<SetupRow> {
    let template_id = patch.template_id.over(before.template_id);
    if template_id != before.template_id {
        if before.began_at.is_some() {
            return Err(Code::ReviewsBegan.into());
        }
        let mut faults = Faults::new();
        if let Some(id) = template_id {
            match templates::known(tx, id)? {
                None => faults.add("/template_id", Code::NoSuchReference),
                Some(one) => faults.check(!one.archived, "/template_id", Code::ReviewTemplateArchived),
            }
        }
        faults.finish()?;
    }
    let deadlines = patch.deadlines.map_or_else(|| before.deadlines.clone(), Json);
    Ok(SetupRow { template_id, deadlines, ..before.clone() })
}

/// Keeps a set-up.
pub(super) fn write(tx: &mut Tx<'_>, cycle: &Cycle, before: &SetupRow, after: SetupRow) -> Result<()> {
    if before.version == 0 {
        store::insert_setup(tx.conn, &after)?;
    } else {
        store::update_setup(tx.conn, &after)?;
    }
    let changed = Event::new("cycle.reviews_set_up", Subject::new("cycle", cycle.id).called(&cycle.name));
    tx.note(changed.before(&before.noted())?.after(&after.noted())?);
    Ok(())
}

/// How a cycle is set up.
pub(super) fn of(tx: &mut Tx<'_>, cycle: &Cycle) -> Result<Setup> {
    let row = store::setup(tx.conn, tx.organization(), cycle.id)?.unwrap_or_else(|| SetupRow::new(tx, cycle.id));
    let chosen = match (&row.template, row.template_id) {
        (Some(fixed), _) => return Ok(Setup { template: fixed.0.clone(), row }),
        (None, Some(id)) => templates::known(tx, id)?,
        (None, None) => None,
    };
    let row = SetupRow { template_version: chosen.as_ref().map(|one| one.version), ..row };
    Ok(Setup { template: chosen.map_or_else(standard_template, |one| one.body.0), row })
}

impl SetupRow {
    fn new(tx: &Tx<'_>, cycle_id: CycleId) -> Self {
        Self {
            organization_id: tx.organization(),
            cycle_id,
            template_id: None,
            template_version: None,
            template: None,
            deadlines: Json(Deadlines::default()),
            began_at: None,
            version: 0,
            updated_at: tx.now,
        }
    }

    fn noted(&self) -> Value {
        json!({
            "template_id": self.template_id,
            "template_version": self.template_version,
            "deadlines": self.deadlines.0,
            "began_at": self.began_at,
        })
    }
}

//! Templates of reviews: what is asked, of whom, and how it comes to a score. HR makes and changes them; a cycle whose
//! reviews have begun keeps its template as it was then, so that a change is for later cycles.

mod api;
mod check;
mod model;
mod store;

pub(super) use api::routes;
pub use model::{Template, TemplateIn, TemplatePatch};

use crate::db::columns::Json;
use crate::db::{Event, Subject, Tx};
use crate::domain::ids::ReviewTemplateId;
use crate::domain::limits;
use crate::domain::text::fold;
use crate::error::{Code, Error, Faults, Result};

/// Makes a template: what is left out is as in the standard one. HR alone.
pub fn create(tx: &mut Tx<'_>, new: &TemplateIn) -> Result<ReviewTemplateId> {
    must_be_admin(tx)?;
    let mut faults = Faults::new();
    let mut template = Template::new(tx, new);
    checked(&mut template, &mut faults);
    let count = store::count(tx.conn, tx.organization())?;
    let most = limits::REVIEW_TEMPLATES;
    faults.check(usize::try_from(count).is_ok_and(|count| count < most), "", Code::TooMany.with("most", most));
    faults.finish()?;
    store::insert(tx.conn, &template)?;
    tx.note(Event::new("review_template.created", subject(&template)).after(&template.noted())?);
    Ok(template.id)
}

/// Changes a template: a new version of it, for cycles whose reviews have not begun. HR alone.
pub fn update(tx: &mut Tx<'_>, id: ReviewTemplateId, patch: &TemplatePatch, if_match: Option<i64>) -> Result<()> {
    let before = find(tx, id)?;
    Error::unless_current(if_match, before.version)?;
    let mut faults = Faults::new();
    let mut after = patch.over(&before);
    checked(&mut after, &mut faults);
    faults.finish()?;
    if after == before {
        return Ok(());
    }
    after.version += 1;
    after.updated_at = tx.now;
    if !store::update(tx.conn, &after, before.version)? {
        return Err(Error::Again);
    }
    let changed = Event::new("review_template.changed", subject(&after));
    tx.note(changed.before(&before.noted())?.after(&after.noted())?);
    Ok(())
}

/// A template. HR alone.
pub fn find(tx: &mut Tx<'_>, id: ReviewTemplateId) -> Result<Template> {
    must_be_admin(tx)?;
    store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)
}

/// All templates. HR alone.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Template>> {
    must_be_admin(tx)?;
    Ok(store::all(tx.conn, tx.organization())?)
}

/// A template, for whoever sets up a cycle; none where there is none.
pub(super) fn known(tx: &mut Tx<'_>, id: ReviewTemplateId) -> Result<Option<Template>> {
    Ok(store::find(tx.conn, tx.organization(), id)?)
}

fn checked(template: &mut Template, faults: &mut Faults) {
    template.name = faults.line("/name", &template.name, limits::NAME);
    template.name_folded = fold(&template.name);
    let Json(body) = &mut template.body;
    check::check(body, faults);
}

fn subject(template: &Template) -> Subject {
    Subject::new("review_template", template.id).called(&template.name)
}

fn must_be_admin(tx: &Tx<'_>) -> Result<()> {
    if tx.actor.is_admin() { Ok(()) } else { Err(Code::Forbidden.into()) }
}

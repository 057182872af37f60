//! The audit log: who did what, when and from where, with what was before and after. It is what the events say, and
//! nothing else is written for it. For HR (admins and owners) alone.

mod api;
mod csv;
mod model;
mod store;

pub use api::ExportAs;
pub(crate) use api::routes;
pub use model::{AuditFilter, Entry};

use crate::db::Tx;
use crate::domain::ids::EventId;
use crate::error::{Code, Faults, Result};
use store::Asked;

/// The newest entries that a filter takes, at most so many, after one that was seen already.
pub fn entries(tx: &mut Tx<'_>, filter: &AuditFilter, after: Option<EventId>, most: usize) -> Result<Vec<Entry>> {
    if !tx.actor.is_admin() {
        return Err(Code::Forbidden.into());
    }
    let asked = asked(tx, filter)?;
    Ok(store::newest(tx.conn, tx.organization(), &asked, after, i64::try_from(most).unwrap_or(i64::MAX))?)
}

/// How many entries a filter takes. Whoever asks has been let see them.
fn count(tx: &mut Tx<'_>, filter: &AuditFilter) -> Result<usize> {
    let asked = asked(tx, filter)?;
    Ok(usize::try_from(store::count(tx.conn, tx.organization(), &asked)?).unwrap_or(0))
}

/// The filter with its days as moments, or everything that is wrong with it.
fn asked<'f>(tx: &Tx<'_>, filter: &'f AuditFilter) -> Result<Asked<'f>> {
    let mut faults = Faults::new();
    let is_kind = |kind: &str| !kind.is_empty() && kind.chars().all(|c| c.is_ascii_lowercase() || "_.".contains(c));
    faults.check(filter.kind.as_deref().is_none_or(is_kind), "?kind", Code::NoSuchReference);
    faults.day("?from", filter.from);
    faults.day("?to", filter.to);
    let in_order = filter.from.zip(filter.to).is_none_or(|(from, to)| from <= to);
    faults.check(in_order, "?to", Code::DatesReversed);
    faults.finish()?;
    Ok(Asked::new(filter, tx.zone))
}

//! `GET /audit-log/export`: all of the log that is asked for, written as it is read.

use super::AuditEntryOut;
use crate::audit::{AuditFilter, csv};
use crate::domain::ids::{EventId, GoalId, PersonId};
use crate::domain::words::Via;
use crate::error::{Error, Result};
use crate::http::{Ctx, Query};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use futures_util::stream;
use serde::Deserialize;
use uuid::Uuid;

/// Entries that are in memory at a time.
const AT_A_TIME: usize = 500;

const COLUMNS: [&str; 18] = [
    "at",
    "kind",
    "actor_id",
    "actor",
    "delegate_of_id",
    "delegate_of",
    "via",
    "via_id",
    "subject_kind",
    "subject_id",
    "subject",
    "goal_id",
    "before",
    "after",
    "address",
    "user_agent",
    "request_id",
    "id",
];

/// How the export is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportAs {
    /// Comma-separated, UTF-8 with a byte order mark, with a line of names.
    #[default]
    Csv,
    /// One JSON object a line, as in the list.
    Ndjson,
}

/// What is exported, and how.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// `csv` unless asked, or `ndjson`.
    format: ExportAs,
    /// As in the list.
    actor_id: Option<PersonId>,
    /// As in the list.
    kind: Option<String>,
    /// As in the list.
    subject_id: Option<Uuid>,
    /// As in the list.
    goal_id: Option<GoalId>,
    /// As in the list.
    via: Option<Via>,
    /// As in the list.
    from: Option<NaiveDate>,
    /// As in the list.
    to: Option<NaiveDate>,
}

impl ExportQuery {
    fn filter(self) -> AuditFilter {
        let Self { format: _, actor_id, kind, subject_id, goal_id, via, from, to } = self;
        AuditFilter { actor_id, kind, subject_id, goal_id, via, from, to }
    }
}

/// Export the audit log
///
/// Every entry that the filters take, the newest first, as a file: `format=csv` for spreadsheets (whatever would be
/// taken for a formula begins with `'`) or `format=ndjson` for programs. HR (admins and owners) alone. It is written
/// while it is read, in portions, so that it may be of any size; if the caller's rights end meanwhile, it breaks off.
#[utoipa::path(
    tag = "audit",
    params(ExportQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/x-ndjson")), description = "The file"))
)]
#[get("/audit-log/export")]
pub(super) async fn export_audit_log(ctx: Ctx, query: Query<ExportQuery>) -> Result<HttpResponse> {
    let format = query.0.format;
    // The first portion is read before the answer begins, so that a refusal is one.
    let mut export = Export { ctx, filter: query.0.filter(), format, after: None, is_over: false };
    let first = export.portion().await?;
    let head = match format {
        ExportAs::Csv => format!("{}{}", csv::MARK, csv::line(COLUMNS)),
        ExportAs::Ndjson => String::new(),
    };
    let beginning = stream::once(std::future::ready(Ok(Bytes::from(head + &first))));
    let rest = stream::try_unfold(export, |mut export| async move {
        if export.is_over {
            return Ok::<_, Error>(None);
        }
        let portion = export.portion().await?;
        Ok(Some((Bytes::from(portion), export)))
    });
    let (kind, name) = match format {
        ExportAs::Csv => ("text/csv; charset=utf-8", "audit-log.csv"),
        ExportAs::Ndjson => ("application/x-ndjson", "audit-log.ndjson"),
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{name}\"")))
        .streaming(futures_util::StreamExt::chain(beginning, rest)))
}

/// An export on its way.
struct Export {
    ctx: Ctx,
    filter: AuditFilter,
    format: ExportAs,
    after: Option<EventId>,
    is_over: bool,
}

impl Export {
    /// The next portion as text; each is a transaction of its own in which the caller is let in anew.
    async fn portion(&mut self) -> Result<String> {
        let (filter, after) = (self.filter.clone(), self.after);
        let entries: Vec<_> = self
            .ctx
            .read(move |tx| {
                let found = crate::audit::entries(tx, &filter, after, AT_A_TIME)?;
                Ok(found.into_iter().map(|entry| AuditEntryOut::of(entry, &tx.actor.directory)).collect())
            })
            .await?;
        self.is_over = entries.len() < AT_A_TIME;
        self.after = entries.last().map(|entry| entry.id).or(self.after);
        let write = |entry: &AuditEntryOut| match self.format {
            ExportAs::Csv => Ok(csv_line(entry)),
            ExportAs::Ndjson => serde_json::to_string(entry).map(|line| line + "\n"),
        };
        entries.iter().map(write).collect::<Result<String, _>>().map_err(Error::internal)
    }
}

fn csv_line(entry: &AuditEntryOut) -> String {
    let text = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string).unwrap_or_default();
    let (at, id) = (entry.at.utc().to_rfc3339_opts(chrono::SecondsFormat::Millis, true), entry.id.to_string());
    let (actor, via) =
        (text(entry.actor.as_ref().map(|actor| &actor.id as _)), text(entry.via.as_ref().map(|v| v as _)));
    let (via_id, goal) =
        (text(entry.via_id.as_ref().map(|id| id as _)), text(entry.goal_id.as_ref().map(|id| id as _)));
    let lead = text(entry.delegate_of.as_ref().map(|lead| &lead.id as _));
    let subject = entry.subject.id.to_string();
    csv::line([
        at.as_str(),
        &entry.kind,
        &actor,
        entry.actor.as_ref().map_or("", |actor| &actor.name),
        &lead,
        entry.delegate_of.as_ref().map_or("", |lead| &lead.name),
        &via,
        &via_id,
        &entry.subject.kind,
        &subject,
        entry.subject.label.as_deref().unwrap_or_default(),
        &goal,
        entry.before.as_deref().map_or("", serde_json::value::RawValue::get),
        entry.after.as_deref().map_or("", serde_json::value::RawValue::get),
        entry.address.as_deref().unwrap_or_default(),
        entry.user_agent.as_deref().unwrap_or_default(),
        entry.request_id.as_deref().unwrap_or_default(),
        &id,
    ])
}

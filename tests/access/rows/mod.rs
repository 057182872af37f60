//! The table: requests to every operation, and who may send them.
//!
//! A row's path and body name what they are about in double braces; see `subjects`.

mod goals;
mod identity;
mod measurements;
mod organization;
mod reviews;

use crate::policy::{Answer, Who};
use crate::support::Client;
use serde_json::Value;

/// A request to an operation.
pub struct Row {
    pub operation: &'static str,
    pub path: &'static str,
    pub body: Option<Value>,
    pub who: Who,
    /// What an owner of another organization is answered.
    pub foreign: Answer,
    /// Whether it ends the caller's session, so that the caller comes with another one.
    pub ends_session: bool,
    /// Whether the answer that counts is that to the first item of a batch.
    pub per_item: bool,
    /// The scope that an API token needs for it; empty where none will do.
    pub scope: &'static str,
    /// What those who may are answered, where it is not that it is done.
    pub done: Answer,
    /// The version that it must name of what it changes.
    pub version: Option<u32>,
}

/// A request without a body. An owner of another organization does not find what its path names.
pub const fn row(operation: &'static str, path: &'static str, who: Who) -> Row {
    Row {
        operation,
        path,
        body: None,
        who,
        foreign: Answer::Hidden,
        ends_session: false,
        per_item: false,
        scope: "",
        done: Answer::Done,
        version: None,
    }
}

impl Row {
    pub fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// What an owner of another organization is answered.
    pub fn foreign(self, foreign: Answer) -> Self {
        Self { foreign, ..self }
    }

    /// It speaks of the caller's organization, whichever that is.
    pub fn everywhere(self) -> Self {
        self.foreign(Answer::Done)
    }

    /// The scope that an API token needs for it.
    pub fn scope(self, scope: &'static str) -> Self {
        Self { scope, ..self }
    }

    pub fn ends_session(self) -> Self {
        Self { ends_session: true, ..self }
    }

    pub fn per_item(self) -> Self {
        Self { per_item: true, ..self }
    }

    /// It must name the version of what it changes, which is this one.
    pub fn at(self, version: u32) -> Self {
        Self { version: Some(version), ..self }
    }

    /// Who sends it, naming the version where it must be named.
    pub fn sent_by(&self, client: &Client) -> Client {
        self.version.map_or_else(|| client.clone(), |version| client.with("If-Match", format!("\"v{version}\"")))
    }

    /// What those who may are answered.
    pub fn answered(self, done: Answer) -> Self {
        Self { done, ..self }
    }
}

/// Every row.
pub fn all() -> Vec<Row> {
    let mut rows = identity::rows();
    rows.extend(organization::rows().into_iter().map(|row| row.scope("admin")));
    rows.extend(reviews::rows());
    rows.extend(reviews::of_hr().into_iter().map(|row| row.scope("admin")));
    rows.extend(reviews::reads().into_iter().map(|row| row.scope("read")));
    rows.extend(goals::rows().into_iter().map(|row| row.scope("goals:write")));
    rows.extend(measurements::rows().into_iter().map(|row| row.scope("measurements:write")));
    let reads = organization::reads().into_iter().chain(goals::reads()).chain(measurements::reads());
    rows.extend(reads.map(|row| row.scope("read")));
    rows
}

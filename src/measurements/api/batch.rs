//! What a single measurement and a batch of them come to.

use super::out::MeasurementOut;
use crate::db::Tx;
use crate::domain::ids::MeasurementId;
use crate::error::{Error, Result};
use crate::http::{Batch, Created, Problem, Tagged};
use crate::measurements::input::MeasurementIn;
use crate::measurements::{self, Recorded, RecordedAs};
use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A measurement, or a batch of them.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "for the document alone: what is read is `OneOrMany<MeasurementIn>`")]
pub enum MeasurementsIn {
    /// One measurement.
    One(MeasurementIn),
    /// Many.
    Many(MeasurementBatchIn),
}

/// Many measurements.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[expect(dead_code, reason = "for the document alone: what is read is `OneOrMany<MeasurementIn>`")]
pub struct MeasurementBatchIn {
    /// The measurements, at most 10000. Each is read and checked by itself: one that does not fit spoils no other.
    #[schema(min_items = 1, max_items = 10_000)]
    pub items: Vec<MeasurementIn>,
    /// Whether all are taken or none; each stands for itself unless given.
    #[serde(default)]
    pub atomic: bool,
}

/// What an item of a batch came to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MeasurementOutcome {
    /// The item's place in the batch, from 0.
    pub index: usize,
    /// The status that it would have been answered with alone: 201 where it is new, 200 where it replaced another or was
    /// there already.
    pub status: u16,
    /// What became of it; absent where it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RecordedAs>,
    /// The measurement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<MeasurementId>,
    /// Its version now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Why it was refused; its pointers are those of the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Problem>)]
    pub problem: Option<Value>,
}

/// What a batch came to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MeasurementBatchOut {
    /// How many are new.
    pub created: usize,
    /// How many took the place of what was there.
    pub replaced: usize,
    /// How many were there already and said the same.
    pub unchanged: usize,
    /// How many were refused.
    pub refused: usize,
    /// The outcomes, in the order of the batch.
    pub items: Vec<MeasurementOutcome>,
}

/// The measurement that was sent as it stands, or what a batch came to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum MeasurementsOut {
    /// The measurement.
    One(Box<MeasurementOut>),
    /// What each item of a batch came to.
    Many(MeasurementBatchOut),
}

/// What is remembered of an item.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Made {
    /// It was taken.
    Recorded(Recorded),
    /// It was refused.
    Refused(Value),
}

/// Records a single measurement.
pub(super) fn one(tx: &mut Tx<'_>, said: &MeasurementIn) -> Result<Recorded> {
    let mut outcomes = measurements::record(tx, &[Ok(said.clone())], false)?;
    outcomes.pop().ok_or_else(Error::not_found)?
}

/// Records the measurements of a batch.
pub(super) fn record(tx: &mut Tx<'_>, batch: &Batch<MeasurementIn>) -> Result<Vec<Made>> {
    let locale = tx.locale;
    let made = |outcome: Result<Recorded>| match outcome {
        Ok(recorded) => Ok(Made::Recorded(recorded)),
        Err(error) => {
            serde_json::to_value(Problem::of_item(&error, locale)).map(Made::Refused).map_err(Error::internal)
        }
    };
    measurements::record(tx, &batch.items, batch.atomic)?.into_iter().map(made).collect()
}

/// The outcomes as they are shown.
pub(super) fn shown(made: Vec<Made>) -> MeasurementBatchOut {
    let items: Vec<MeasurementOutcome> =
        made.into_iter().enumerate().map(|(index, made)| MeasurementOutcome::of(index, made)).collect();
    let count = |outcome: Option<RecordedAs>| items.iter().filter(|item| item.outcome == outcome).count();
    MeasurementBatchOut {
        created: count(Some(RecordedAs::Created)),
        replaced: count(Some(RecordedAs::Replaced)),
        unchanged: count(Some(RecordedAs::Unchanged)),
        refused: count(None),
        items,
    }
}

impl MeasurementOutcome {
    fn of(index: usize, made: Made) -> Self {
        match made {
            Made::Recorded(Recorded { id, version, outcome }) => {
                let status = if outcome == RecordedAs::Created { 201 } else { 200 };
                let (outcome, id, version) = (Some(outcome), Some(id), Some(version));
                Self { index, status, outcome, id, version, problem: None }
            }
            Made::Refused(problem) => {
                let status = problem.get("status").and_then(Value::as_u64).and_then(|status| status.try_into().ok());
                let status = status.unwrap_or(422);
                Self { index, status, outcome: None, id: None, version: None, problem: Some(problem) }
            }
        }
    }
}

/// The answer to what was sent: 201 for a single new measurement, 200 for all else.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) is_new: bool,
    pub(super) body: MeasurementsOut,
}

impl Responder for Taken {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self.body {
            MeasurementsOut::One(body) if self.is_new => {
                Created { location: format!("/measurements/{}", body.id), body: *body }.respond_to(request)
            }
            MeasurementsOut::One(body) => Tagged(*body).respond_to(request),
            MeasurementsOut::Many(body) => HttpResponse::Ok().json(body),
        }
    }
}

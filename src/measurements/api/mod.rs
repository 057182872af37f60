//! Measurements over HTTP.

mod batch;
mod out;

use super::input::{MeasurementIn, MeasurementPatch};
use super::read::MeasurementFilter;
use super::record::RecordedAs;
use crate::domain::ids::MeasurementId;
use crate::domain::limits;
use crate::error::{Faults, Result};
use crate::http::{Body, Ctx, IdPath, ListQuery, ListingParameters, NoContent, OneOrMany, Query, Tagged};
use actix_web::web::Json;
use actix_web::{delete, get, patch, post};
use batch::{MeasurementsIn, MeasurementsOut, Taken};
use out::{MeasurementHistoryPage, MeasurementOut, MeasurementPage};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

/// Why a measurement is removed.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RemoveParameters {
    /// Why; at most 1000 characters.
    #[serde(default)]
    reason: Option<String>,
}

/// Record measurements
///
/// One, or up to 10000 as `items`. HR records for everyone; leads for the people of their line, and for the units that
/// they lead with those below; an API token like the person who made it. Nobody records for themself.
///
/// The same metric, source and external id again replace what was recorded before, so that a sync can be repeated: what
/// says the same is left as it is, what was removed counts again, what is replaced stays in the history. A person's
/// measurement keeps the unit that they belonged to on its day.
///
/// One is answered as it stands: with 201 where it is new, with 200 where it replaced another or was there already. A
/// batch is answered with an outcome for each item. Items are independent unless `atomic` says that all are taken or
/// none; two items of one batch with the same metric, source and external id are no order of events: the second is
/// refused. A body may have 8388608 bytes.
#[utoipa::path(tag = "measurements", request_body = MeasurementsIn,
    responses(
        (status = 201, body = MeasurementOut, description = "The new measurement, where one was sent"),
        (status = 200, body = MeasurementsOut,
            description = "The measurement, where one was sent and it is not new; what each item of a batch came to"),
    ))]
#[post("/measurements")]
async fn record_measurements(ctx: Ctx, body: OneOrMany<MeasurementIn>) -> Result<Taken> {
    match body {
        OneOrMany::One(said) => {
            let recorded = ctx.write(move |tx| batch::one(tx, &said)).await?;
            let measurement = ctx.read(move |tx| out::one(tx, recorded.id)).await?;
            let is_new = recorded.outcome == RecordedAs::Created;
            Ok(Taken { is_new, body: MeasurementsOut::One(Box::new(measurement)) })
        }
        OneOrMany::Many(sent) => {
            let made = ctx.write(move |tx| batch::record(tx, &sent)).await?;
            Ok(Taken { is_new: false, body: MeasurementsOut::Many(batch::shown(made)) })
        }
    }
}

/// The measurements
///
/// Those that were entered last come first (`newest`); `date` orders by the day, `-` turns either round. Everyone sees
/// their own and those of the units that they belong to, with all units above them; leads those of their line and of
/// their units, supervisors those of their units; HR all. What one may not see is not there, nor counted.
#[utoipa::path(tag = "measurements", params(MeasurementFilter, ListingParameters),
    responses((status = 200, body = MeasurementPage, description = "A page of measurements")))]
#[get("/measurements")]
async fn list_measurements(ctx: Ctx, query: ListQuery<MeasurementFilter>) -> Result<Json<MeasurementPage>> {
    ctx.read(move |tx| out::page(tx, &query.filter, &query.listing)).await.map(Json)
}

/// A measurement
///
/// A removed one too.
#[utoipa::path(tag = "measurements", params(("id" = MeasurementId, Path, description = "The measurement")),
    responses((status = 200, body = MeasurementOut, description = "The measurement")))]
#[get("/measurements/{id}")]
async fn get_measurement(ctx: Ctx, id: IdPath<MeasurementId>) -> Result<Tagged<MeasurementOut>> {
    let id = id.into_inner();
    ctx.read(move |tx| out::one(tx, id)).await.map(Tagged)
}

/// What a measurement said
///
/// As it stands and all that it said before, the newest first (`sort=-newest` turns it round), with who changed it, when
/// and why. What it said of someone whose measurements the caller may not see is left out.
#[utoipa::path(tag = "measurements",
    params(("id" = MeasurementId, Path, description = "The measurement"), ListingParameters),
    responses((status = 200, body = MeasurementHistoryPage, description = "A page of its history")))]
#[get("/measurements/{id}/history")]
async fn list_measurement_history(
    ctx: Ctx,
    id: IdPath<MeasurementId>,
    query: ListQuery<NoFilter>,
) -> Result<Json<MeasurementHistoryPage>> {
    let id = id.into_inner();
    ctx.read(move |tx| out::history(tx, id, &query.listing)).await.map(Json)
}

/// A list without filters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoFilter {}

/// Correct a measurement
///
/// A merge patch. What it said stays in its history. It keeps its metric, its source, its external id and its time of
/// entry. Who may record it may correct it, and only to what they may record. Where its source sends it again, what is
/// sent then holds.
#[utoipa::path(tag = "measurements", request_body = MeasurementPatch,
    params(("id" = MeasurementId, Path, description = "The measurement")),
    responses((status = 200, body = MeasurementOut, description = "The measurement as it is now")))]
#[patch("/measurements/{id}")]
async fn update_measurement(
    ctx: Ctx,
    id: IdPath<MeasurementId>,
    body: Body<MeasurementPatch>,
) -> Result<Tagged<MeasurementOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::correct(tx, id, &body.0, version)).await?;
    ctx.read(move |tx| out::one(tx, id)).await.map(Tagged)
}

/// Remove a measurement
///
/// It stays for the record and counts for nothing. Where its source sends it again, it counts again. Who may record it
/// may remove it.
#[utoipa::path(tag = "measurements",
    params(("id" = MeasurementId, Path, description = "The measurement"), RemoveParameters),
    responses((status = 204, description = "It is removed")))]
#[delete("/measurements/{id}")]
async fn remove_measurement(ctx: Ctx, id: IdPath<MeasurementId>, query: Query<RemoveParameters>) -> Result<NoContent> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    let reason = query.0.reason()?;
    ctx.write(move |tx| super::remove(tx, id, version, reason.as_deref())).await?;
    Ok(NoContent)
}

impl RemoveParameters {
    fn reason(&self) -> Result<Option<String>> {
        let mut faults = Faults::new();
        let reason = faults.optional_text("?reason", self.reason.as_deref(), limits::REASON);
        faults.finish()?;
        Ok(reason)
    }
}

/// The addresses of measurements.
pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(record_measurements)
        .service(list_measurements)
        .service(get_measurement)
        .service(list_measurement_history)
        .service(update_measurement)
        .service(remove_measurement);
}

//! Metrics over HTTP.

mod formulas;
mod library;

use super::catalogue::Catalogue;
use super::input::{MetricIn, MetricPatch};
use super::library as standard;
use super::model::Metric;
use crate::db::Tx;
use crate::domain::ids::MetricId;
use crate::domain::instant::Instant;
use crate::domain::text::fold;
use crate::domain::words::{
    Direction, Locale, MeasuredFor, MetricGroup, MetricUnit, PeopleAggregation, TimeAggregation,
};
use crate::error::Result;
use crate::http::{
    Body, Commas, Created, Ctx, IdPath, ListQuery, Listing, ListingParameters, NoContent, SortKey, Tagged, Versioned,
    check_search, page,
};
use actix_web::web::Json;
use actix_web::{delete, get, patch, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

/// A text in English and in Vietnamese.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TextsOut {
    /// In English; null where there is none.
    pub en: Option<String>,
    /// In Vietnamese; null where there is none.
    pub vi: Option<String>,
}

/// The standard metric of the library that a metric was made from.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LibraryRefOut {
    /// Its code in the library.
    pub code: String,
    /// The items of the article on sales KPIs that it serves: `1` to `19`, `B1` to `B10`.
    pub article: &'static [String],
    /// What it speaks of.
    pub group: MetricGroup,
}

/// A metric: a standard measure of the organization.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MetricOut {
    /// Its id.
    pub id: MetricId,
    /// Moves with every change; the `ETag`.
    pub version: i64,
    /// Its code, for good.
    #[schema(examples("won_value"))]
    pub code: String,
    /// Its names.
    pub name: TextsOut,
    /// Its name in the caller's language (`Accept-Language`), in the other where it has none in that one.
    pub label: String,
    /// What it means.
    pub description: TextsOut,
    /// What sort of quantity it measures.
    pub unit: MetricUnit,
    /// The unit as it is written beside values.
    pub display_unit: Option<String>,
    /// With how many decimals its values are shown, 0 to 4.
    pub decimals: i32,
    /// The direction of new goals on it.
    pub direction: Direction,
    /// How measurements of one subject are put together over time; null where it is not measured itself.
    pub time_aggregation: Option<TimeAggregation>,
    /// How subjects are put together; null where it is not measured itself.
    pub people_aggregation: Option<PeopleAggregation>,
    /// Whom it is measured for; null where it is not measured itself.
    pub measured_for: Option<MeasuredFor>,
    /// Whether nothing measured is zero.
    pub empty_is_zero: bool,
    /// The formula over other metrics, in its canonical form; null where it is not computed.
    pub formula: Option<String>,
    /// The codes of the metrics that its formula names.
    pub inputs: Vec<String>,
    /// The formula that makes a goal's progress of `value`, `target` and `start`, in its canonical form; null: the goal's
    /// direction does.
    pub progress_formula: Option<String>,
    /// By what it may be split: its own dimensions, or those that all that it is computed from has.
    pub dimensions: Vec<String>,
    /// For whom goals can take its values from measurements: `person` and `unit` where all that it comes from is measured
    /// for people, `unit` where some is measured for units; nobody where it is typed in alone.
    pub measurable_for: Vec<MeasuredFor>,
    /// The standard metric that it was made from; null where it is the organization's own.
    pub library: Option<LibraryRefOut>,
    /// Whether it is retired: not offered for new goals any more.
    pub retired: bool,
    /// When it was retired.
    pub retired_at: Option<Instant>,
    /// When it was defined.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Versioned for MetricOut {
    fn version(&self) -> i64 {
        self.version
    }
}

impl MetricOut {
    fn of(metric: Metric, catalogue: &Catalogue, locale: Locale) -> Self {
        let feeding = catalogue.feeding(metric.id);
        let from = metric.library_code.as_deref().and_then(standard::find);
        Self {
            label: metric.name(locale).to_owned(),
            id: metric.id,
            version: metric.version,
            code: metric.code,
            name: TextsOut { en: metric.name_en, vi: metric.name_vi },
            description: TextsOut { en: metric.description_en, vi: metric.description_vi },
            unit: metric.unit,
            display_unit: metric.display_unit,
            decimals: metric.decimals,
            direction: metric.direction,
            time_aggregation: metric.time_aggregation,
            people_aggregation: metric.people_aggregation,
            measured_for: metric.measured_for,
            empty_is_zero: metric.empty_is_zero,
            formula: metric.formula,
            inputs: catalogue.inputs(metric.id).into_iter().map(ToString::to_string).collect(),
            progress_formula: metric.progress_formula,
            measurable_for: feeding.fits(),
            dimensions: feeding.dimensions,
            library: from.map(|standard| LibraryRefOut {
                code: standard.code.to_string(),
                article: &standard.article,
                group: standard.group,
            }),
            retired: metric.retired_at.is_some(),
            retired_at: metric.retired_at,
            created_at: metric.created_at,
            updated_at: metric.updated_at,
        }
    }

    async fn read(ctx: &Ctx, id: MetricId) -> Result<Self> {
        ctx.read(move |tx| Ok(Self::of(super::find(tx, id)?, &super::catalogue(tx)?, tx.locale))).await
    }
}

page!(
    /// A page of metrics.
    MetricPage of MetricOut
);

/// Which metrics are listed.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct MetricFilter {
    /// Those whose code or name has this text; case and accents do not matter.
    q: Option<String>,
    /// The retired ones, or those that are not: the latter unless said, both where `ids` is given.
    retired: Option<bool>,
    /// Those with these ids, separated by commas; at most 200.
    #[param(value_type = Option<String>)]
    ids: Option<Commas<MetricId>>,
}

impl MetricFilter {
    fn takes(&self, metric: &Metric) -> bool {
        let retired = self.retired.or(if self.ids.is_some() { None } else { Some(false) });
        retired.is_none_or(|retired| metric.retired_at.is_some() == retired)
            && self.q.as_ref().is_none_or(|text| metric.names_folded.contains(&fold(text.trim())))
            && self.ids.as_ref().is_none_or(|ids| ids.0.contains(&metric.id))
    }
}

/// A page of metrics that are all at hand: an organization has some dozens.
fn page_of(tx: &mut Tx<'_>, filter: &MetricFilter, listing: &Listing) -> Result<MetricPage> {
    let (all, catalogue, locale) = (super::all(tx)?, super::catalogue(tx)?, tx.locale);
    let (sort, reverse) = listing.order(&["code", "name"])?;
    let found: Vec<Metric> = all.into_iter().filter(|metric| filter.takes(metric)).collect();
    let total = listing.include_total.then_some(found.len());
    let (page, next_cursor) = listing.page_of(found, reverse, |metric| {
        let key = if sort == "name" { fold(metric.name(locale)) } else { metric.code.clone() };
        (SortKey::from(key), metric.id.into())
    });
    let items = page.into_iter().map(|metric| MetricOut::of(metric, &catalogue, locale)).collect();
    Ok(MetricPage { items, next_cursor, total })
}

/// The metrics
///
/// By `code` unless asked, or by `name` in the caller's language. Everyone sees them.
#[utoipa::path(tag = "metrics", params(MetricFilter, ListingParameters),
    responses((status = 200, body = MetricPage, description = "A page of metrics")))]
#[get("/metrics")]
async fn list_metrics(ctx: Ctx, query: ListQuery<MetricFilter>) -> Result<Json<MetricPage>> {
    check_search(query.filter.q.as_deref())?;
    ctx.read(move |tx| page_of(tx, &query.filter, &query.listing)).await.map(Json)
}

/// Define a metric
///
/// A standard measure that goals of the whole organization use. It is measured (both aggregations and `measured_for`), or
/// computed from other metrics (`formula`), or typed in at check-ins alone (neither). What is wrong with a formula is
/// told fault by fault, with its `position`, its `length` and what may have been meant. HR only.
#[utoipa::path(tag = "metrics", request_body = MetricIn,
    responses((status = 201, body = MetricOut, description = "The new metric")))]
#[post("/metrics")]
async fn create_metric(ctx: Ctx, body: Body<MetricIn>) -> Result<Created<MetricOut>> {
    let id = ctx.write(move |tx| super::create(tx, &body.0)).await?;
    Ok(Created { location: format!("/metrics/{id}"), body: MetricOut::read(&ctx, id).await? })
}

/// A metric
///
/// A retired one too.
#[utoipa::path(tag = "metrics", params(("id" = MetricId, Path, description = "The metric")),
    responses((status = 200, body = MetricOut, description = "The metric")))]
#[get("/metrics/{id}")]
async fn get_metric(ctx: Ctx, id: IdPath<MetricId>) -> Result<Tagged<MetricOut>> {
    MetricOut::read(&ctx, id.into_inner()).await.map(Tagged)
}

/// Change or retire a metric
///
/// A merge patch; in `name` and `description` each language by itself. Once a goal past draft uses it, directly or
/// through formulas, what figures depend on is fixed: `time_aggregation`, `people_aggregation`, `measured_for`,
/// `empty_is_zero` and `formula`, and where goals are on it itself `unit` and `progress_formula`. Retire it with
/// `retired: true` and define another. Once it has measurements, `measured_for` is fixed and no dimension is taken away.
/// A retired metric stays in the formulas that name it and is not taken into new ones. HR only.
#[utoipa::path(tag = "metrics", request_body = MetricPatch,
    params(("id" = MetricId, Path, description = "The metric")),
    responses((status = 200, body = MetricOut, description = "The metric as it is now")))]
#[patch("/metrics/{id}")]
async fn update_metric(ctx: Ctx, id: IdPath<MetricId>, body: Body<MetricPatch>) -> Result<Tagged<MetricOut>> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::update(tx, id, &body.0, version)).await?;
    MetricOut::read(&ctx, id).await.map(Tagged)
}

/// Delete a metric
///
/// One that no goal and no other metric's formula uses and that has no measurements; a used one can be retired. HR only.
#[utoipa::path(tag = "metrics", params(("id" = MetricId, Path, description = "The metric")),
    responses((status = 204, description = "It is deleted")))]
#[delete("/metrics/{id}")]
async fn delete_metric(ctx: Ctx, id: IdPath<MetricId>) -> Result<NoContent> {
    let (id, version) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::delete(tx, id, version)).await?;
    Ok(NoContent)
}

/// The addresses of metrics.
pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(list_metrics)
        .service(create_metric)
        .service(get_metric)
        .service(update_metric)
        .service(delete_metric)
        .service(library::list_metric_library)
        .service(library::create_metrics_from_library)
        .service(formulas::validate_formula)
        .service(formulas::preview_formula);
}

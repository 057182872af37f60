//! The library of standard metrics over HTTP.

use super::{MetricOut, TextsOut};
use crate::db::Tx;
use crate::domain::ids::MetricId;
use crate::domain::text::fold;
use crate::domain::words::{
    Direction, LibraryOutcome, Locale, MeasuredFor, MetricGroup, MetricUnit, PeopleAggregation, TimeAggregation,
    TypicalPeriod, Word,
};
use crate::error::Result;
use crate::http::{Body, Ctx, ListQuery, Listing, ListingParameters, SortKey, check_search, page};
use crate::metrics::library::{InBoth, LIBRARY, LibraryMetric};
use crate::metrics::model::Metric;
use crate::metrics::{self, Adopted};
use crate::org::organization::{self, Organization};
use actix_web::web::Json;
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// A standard metric of the library.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LibraryMetricOut {
    /// What formulas call it.
    #[schema(examples("win_rate"))]
    pub code: String,
    /// Its names.
    pub name: TextsOut,
    /// Its name in the caller's language.
    pub label: String,
    /// What it means.
    pub description: TextsOut,
    /// What sort of quantity it measures.
    pub unit: MetricUnit,
    /// The unit as it would be written beside values, in the organization's language and currency.
    pub display_unit: String,
    /// With how many decimals its values are shown, 0 to 4.
    pub decimals: i32,
    /// The direction of new goals on it.
    pub direction: Direction,
    /// How measurements of one subject are put together over time; null where it is computed.
    pub time_aggregation: Option<TimeAggregation>,
    /// How subjects are put together; null where it is computed.
    pub people_aggregation: Option<PeopleAggregation>,
    /// Whom it is measured for; null where it is computed.
    pub measured_for: Option<MeasuredFor>,
    /// Whether nothing measured is zero.
    pub empty_is_zero: bool,
    /// The formula that it is computed by; null where it is measured.
    pub formula: Option<String>,
    /// The codes of the standard metrics that its formula names: they are added with it.
    pub inputs: Vec<String>,
    /// By what its measurements may be split, the most telling first; of a computed metric none, it has those that all of
    /// its inputs have.
    pub dimensions: &'static [String],
    /// Over what it is mostly looked at.
    pub typical_period: TypicalPeriod,
    /// What it speaks of.
    pub group: MetricGroup,
    /// The items of the article on sales KPIs that it serves: `1` to `19`, `B1` to `B10`. Without any it is an input or an
    /// extra.
    pub article: &'static [String],
    /// The organization's metric that was made from it; null where there is none.
    pub metric_id: Option<MetricId>,
    /// Whether another metric of the organization has its code, so that it can't be added.
    pub code_taken: bool,
}

page!(
    /// A page of standard metrics.
    LibraryPage of LibraryMetricOut
);

/// Which standard metrics are listed.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct LibraryFilter {
    /// Those whose code, names or descriptions have this text; case and accents do not matter.
    q: Option<String>,
    /// Those that speak of this.
    group: Option<MetricGroup>,
    /// Those that serve this item of the article on sales KPIs: `1` to `19`, `B1` to `B10`.
    article: Option<String>,
}

impl LibraryFilter {
    fn takes(&self, standard: &LibraryMetric) -> bool {
        let InBoth { en, vi } = &standard.name;
        let texts = [standard.code.as_str(), en, vi, &standard.description.en, &standard.description.vi];
        let has = |wanted: &String| fold(&texts.join("\n")).contains(&fold(wanted.trim()));
        self.q.as_ref().is_none_or(has)
            && self.group.is_none_or(|group| standard.group == group)
            && self.article.as_ref().is_none_or(|item| standard.article.contains(item))
    }
}

impl From<&InBoth> for TextsOut {
    fn from(text: &InBoth) -> Self {
        Self { en: Some(text.en.clone()), vi: Some(text.vi.clone()) }
    }
}

impl LibraryMetricOut {
    fn of(standard: &'static LibraryMetric, own: Option<&Metric>, organization: &Organization, locale: Locale) -> Self {
        Self {
            code: standard.code.to_string(),
            name: (&standard.name).into(),
            label: standard.name.text(locale).to_owned(),
            description: (&standard.description).into(),
            unit: standard.unit,
            display_unit: standard.display_unit(organization.locale, &organization.currency),
            decimals: standard.decimals,
            direction: standard.direction,
            time_aggregation: standard.time_aggregation,
            people_aggregation: standard.people_aggregation,
            measured_for: standard.measured_for,
            empty_is_zero: standard.empty_is_zero,
            formula: standard.formula.clone(),
            inputs: standard.inputs().iter().map(ToString::to_string).collect(),
            dimensions: &standard.dimensions,
            typical_period: standard.typical_period,
            group: standard.group,
            article: &standard.article,
            metric_id: own.filter(|own| own.library_code.is_some()).map(|own| own.id),
            code_taken: own.is_some_and(|own| own.library_code.is_none()),
        }
    }
}

/// In the library's own order group by group, or by code or name.
fn page_of(tx: &mut Tx<'_>, filter: &LibraryFilter, listing: &Listing) -> Result<LibraryPage> {
    let (sort, reverse) = listing.order(&["group", "code", "name"])?;
    let organization = organization::get(tx)?;
    let own: HashMap<String, Metric> =
        metrics::all(tx)?.into_iter().map(|metric| (metric.code.clone(), metric)).collect();
    let places = LIBRARY.iter().enumerate();
    let found: Vec<_> = places.filter(|(_, standard)| filter.takes(standard)).collect();
    let total = listing.include_total.then_some(found.len());
    let locale = tx.locale;
    let (page, next_cursor) = listing.page_of(found, reverse, |(place, standard)| {
        let key = match sort {
            "code" => standard.code.to_string(),
            "name" => fold(standard.name.text(locale)),
            _ => MetricGroup::LABELS
                .iter()
                .position(|label| label.value == standard.group.as_str())
                .map_or_else(String::new, |place| format!("{place:02}")),
        };
        (SortKey::from(key), Uuid::from_u64_pair(0, *place as u64))
    });
    let shown = |(_, standard): (usize, &'static LibraryMetric)| {
        LibraryMetricOut::of(standard, own.get(standard.code.as_str()), &organization, locale)
    };
    Ok(LibraryPage { items: page.into_iter().map(shown).collect(), next_cursor, total })
}

/// The library of standard metrics
///
/// What sales organizations measure, each with its raw inputs, in English and Vietnamese: by `group` unless asked, then
/// in the library's own order; or by `code` or by `name` in the caller's language. Each says whether the organization has
/// it already. Everyone sees them.
#[utoipa::path(tag = "metrics", params(LibraryFilter, ListingParameters),
    responses((status = 200, body = LibraryPage, description = "A page of standard metrics")))]
#[get("/metric-library")]
pub(super) async fn list_metric_library(ctx: Ctx, query: ListQuery<LibraryFilter>) -> Result<Json<LibraryPage>> {
    check_search(query.filter.q.as_deref())?;
    ctx.read(move |tx| page_of(tx, &query.filter, &query.listing)).await.map(Json)
}

/// Standard metrics that the organization wants.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FromLibraryIn {
    /// Their codes in the library, at most 500.
    #[schema(min_items = 1, max_items = 500, examples(json!(["win_rate", "cac"])))]
    pub codes: Vec<String>,
}

/// What came of a standard metric.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FromLibraryItemOut {
    /// Its code.
    pub code: String,
    /// Whether it was added or was there already.
    pub outcome: LibraryOutcome,
    /// Whether it was chosen; otherwise it came along, since what was chosen is computed from it.
    pub chosen: bool,
    /// The organization's metric as it is now.
    pub metric: MetricOut,
}

/// What came of the standard metrics, in the library's order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FromLibraryOut {
    /// Each of them with all that they are computed from.
    pub items: Vec<FromLibraryItemOut>,
}

/// Take metrics from the library
///
/// Adds the chosen standard metrics with all that they are computed from, all in one: with the organization's currency,
/// and units in its language. What the organization has already stays as it is, a retired one too. Refused where another
/// metric of the organization has a code that is needed, or a new formula needs a retired one. HR only.
#[utoipa::path(tag = "metrics", request_body = FromLibraryIn,
    responses((status = 200, body = FromLibraryOut, description = "What came of each metric")))]
#[post("/metrics/from-library")]
pub(super) async fn create_metrics_from_library(ctx: Ctx, body: Body<FromLibraryIn>) -> Result<Json<FromLibraryOut>> {
    let adopted = ctx.write(move |tx| metrics::from_library(tx, &body.0.codes)).await?;
    ctx.read(move |tx| shown(tx, &adopted)).await.map(Json)
}

/// What was deleted since is left out.
fn shown(tx: &mut Tx<'_>, adopted: &[Adopted]) -> Result<FromLibraryOut> {
    let catalogue = metrics::catalogue(tx)?;
    let mut all: HashMap<MetricId, Metric> = metrics::all(tx)?.into_iter().map(|metric| (metric.id, metric)).collect();
    let item = |Adopted { metric, outcome, chosen }: &Adopted| {
        let metric = all.remove(metric)?;
        let code = metric.code.clone();
        Some(FromLibraryItemOut {
            code,
            outcome: *outcome,
            chosen: *chosen,
            metric: MetricOut::of(metric, &catalogue, tx.locale),
        })
    };
    Ok(FromLibraryOut { items: adopted.iter().filter_map(item).collect() })
}

//! Ratings beside each other.

use crate::db::Tx;
use crate::domain::amount::Amount;
use crate::domain::ids::{CycleId, ReviewId};
use crate::domain::review::ScalePoint;
use crate::domain::words::ReviewStep;
use crate::error::Result;
use crate::http::{Ctx, IdPath, ListQuery, ListingParameters};
use crate::org::{PersonRef, UnitRef};
use crate::reviews::{self, CalibrationFilter, Compared, Distribution};
use actix_web::get;
use actix_web::web::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// Ratings beside each other.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CalibrationOut {
    /// The rating scale.
    scale: Vec<ScalePoint>,
    /// How all ratings of the part lie on it.
    distribution: DistributionOut,
    /// The same for each home unit with ratings, by name.
    units: Vec<UnitDistribution>,
    /// The same for the whole cycle but the caller, to compare with; null where fewer than four people in it, and at
    /// least one, are not the caller's to review.
    whole: Option<DistributionOut>,
    /// The ratings of this page.
    items: Vec<ComparedRating>,
    /// The `cursor` of the next page; null on the last one.
    next_cursor: Option<String>,
    /// The number of all, where `include_total=true` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
}

/// How ratings lie on a scale; each belongs to the point that it is nearest to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DistributionOut {
    /// How many there are.
    rated: usize,
    /// How many there are at each point, in the order of the scale.
    counts: Vec<usize>,
}

/// The ratings of a unit's members.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UnitDistribution {
    /// The unit.
    unit: UnitRef,
    /// How their ratings lie on the scale.
    distribution: DistributionOut,
}

/// A rating beside what it may be compared with.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ComparedRating {
    /// The review.
    review_id: ReviewId,
    /// Its version, for `If-Match`.
    version: i64,
    /// Whose it is.
    person: PersonRef,
    /// Their home unit.
    unit: Option<UnitRef>,
    /// Who rated them.
    rated_by: Option<PersonRef>,
    /// Where it stands.
    step: ReviewStep,
    /// What the figures alone came to.
    computed: Option<Amount>,
    /// What the person came to.
    #[serde(rename = "self")]
    self_review: Option<Amount>,
    /// The manager's rating.
    manager: Option<Amount>,
    /// The rating after calibration; null where nobody looked at it.
    calibrated: Option<Amount>,
    /// The rating that holds.
    #[serde(rename = "final")]
    rating: Option<Amount>,
    /// What the person came to in the last cycle of the same kind before.
    last: Option<LastRating>,
}

/// What someone came to in a cycle before.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LastRating {
    /// The cycle.
    cycle_id: CycleId,
    /// Its name.
    name: String,
    /// The rating, on the scale of this cycle.
    rating: Amount,
}

/// Ratings beside each other
///
/// The ratings that managers have submitted: how they lie on the scale, unit by unit, and each beside the computed score,
/// the person's own and that of the cycle before. HR sees all, leads and their delegates those of the people whom they may
/// review; one's own is left out. By `name`, or by `rating`.
#[utoipa::path(tag = "reviews",
    params(("id" = CycleId, Path, description = "The cycle"), CalibrationFilter, ListingParameters),
    responses((status = 200, body = CalibrationOut, description = "The ratings")))]
#[get("/cycles/{id}/calibration")]
pub(super) async fn get_calibration(
    ctx: Ctx,
    id: IdPath<CycleId>,
    query: ListQuery<CalibrationFilter>,
) -> Result<Json<CalibrationOut>> {
    let cycle = id.into_inner();
    ctx.read(move |tx| {
        let found = reviews::calibration(tx, cycle, query.filter, &query.listing)?;
        let directory = &tx.actor.directory;
        let named = |(unit, distribution): (_, Distribution)| UnitDistribution {
            unit: UnitRef::of(directory, unit),
            distribution: distribution.into(),
        };
        let mut units: Vec<_> = found.units.into_iter().map(named).collect();
        units.sort_by(|a, b| (&a.unit.name, a.unit.id).cmp(&(&b.unit.name, b.unit.id)));
        Ok(CalibrationOut {
            scale: found.scale,
            distribution: found.part.into(),
            units,
            whole: found.whole.map(DistributionOut::from),
            items: found.items.into_iter().map(|one| ComparedRating::of(tx, one)).collect(),
            next_cursor: found.next_cursor,
            total: found.total,
        })
    })
    .await
    .map(Json)
}

impl From<Distribution> for DistributionOut {
    fn from(distribution: Distribution) -> Self {
        Self { rated: distribution.counts.iter().sum(), counts: distribution.counts }
    }
}

impl ComparedRating {
    fn of(tx: &Tx<'_>, Compared { review, last }: Compared) -> Self {
        let directory = &tx.actor.directory;
        Self {
            review_id: review.id,
            version: review.version,
            person: PersonRef::of(directory, review.person_id),
            unit: directory.person(review.person_id).map(|facts| UnitRef::of(directory, facts.unit)),
            rated_by: review.manager_by.map(|id| PersonRef::of(directory, id)),
            step: review.step,
            computed: review.computed_score,
            self_review: review.self_score,
            manager: review.manager_score,
            calibrated: review.calibrated_score,
            rating: review.rating(),
            last: last.map(|(cycle_id, name, rating)| LastRating { cycle_id, name, rating }),
        }
    }
}

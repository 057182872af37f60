//! `/review-templates`.

use super::{Template, TemplateIn, TemplatePatch};
use crate::db::Tx;
use crate::domain::ids::ReviewTemplateId;
use crate::domain::instant::Instant;
use crate::domain::review::ReviewTemplate;
use crate::domain::text::fold;
use crate::error::Result;
use crate::http::{
    Body, Created, Ctx, IdPath, ListQuery, Listing, ListingParameters, Tagged, Versioned, check_search, page,
};
use crate::org::PersonRef;
use actix_web::web::Json;
use actix_web::{get, patch, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(in crate::reviews) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(list_review_templates)
        .service(create_review_template)
        .service(get_review_template)
        .service(update_review_template);
}

/// A template of reviews.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReviewTemplateOut {
    /// Its id.
    pub id: ReviewTemplateId,
    /// Moves with every change; the `ETag`. Cycles whose reviews have begun keep theirs at the version of that day.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Whether it is put away: no cycle chooses it any more.
    pub archived: bool,
    /// What it says.
    pub template: ReviewTemplate,
    /// Who made it.
    pub created_by: PersonRef,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Versioned for ReviewTemplateOut {
    fn version(&self) -> i64 {
        self.version
    }
}

page! {
    /// A page of templates.
    ReviewTemplatePage of ReviewTemplateOut
}

/// Which templates are listed.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ReviewTemplateFilter {
    /// Those put away (`true`), or those that can be chosen.
    archived: Option<bool>,
    /// Those whose name has this text; case and accents do not matter.
    q: Option<String>,
}

impl ReviewTemplateFilter {
    fn takes(&self, template: &Template) -> bool {
        self.archived.is_none_or(|archived| archived == template.archived)
            && self.q.as_ref().is_none_or(|text| template.name_folded.contains(&fold(text.trim())))
    }
}

/// The templates of reviews
///
/// What reviews ask, of whom, and how they come to a score. By `name`. HR only.
#[utoipa::path(tag = "reviews", params(ReviewTemplateFilter, ListingParameters),
    responses((status = 200, body = ReviewTemplatePage, description = "A page of templates")))]
#[get("/review-templates")]
async fn list_review_templates(ctx: Ctx, query: ListQuery<ReviewTemplateFilter>) -> Result<Json<ReviewTemplatePage>> {
    check_search(query.filter.q.as_deref())?;
    ctx.read(move |tx| ReviewTemplatePage::of(tx, &query.filter, &query.listing)).await.map(Json)
}

/// Make a template of reviews
///
/// What is left out is as in the standard template, by which cycles go that chose none: `POST` with a name alone to get
/// one to change. HR only.
#[utoipa::path(tag = "reviews", request_body = TemplateIn,
    responses((status = 201, body = ReviewTemplateOut, description = "The new template")))]
#[post("/review-templates")]
async fn create_review_template(ctx: Ctx, body: Body<TemplateIn>) -> Result<Created<ReviewTemplateOut>> {
    let id = ctx.write(move |tx| super::create(tx, &body.0)).await?;
    Ok(Created { location: format!("/review-templates/{id}"), body: shown(&ctx, id).await? })
}

/// A template of reviews
///
/// HR only; others read it in their reviews.
#[utoipa::path(tag = "reviews", params(("id" = ReviewTemplateId, Path, description = "The template")),
    responses((status = 200, body = ReviewTemplateOut, description = "The template")))]
#[get("/review-templates/{id}")]
async fn get_review_template(ctx: Ctx, id: IdPath<ReviewTemplateId>) -> Result<Tagged<ReviewTemplateOut>> {
    shown(&ctx, id.into_inner()).await.map(Tagged)
}

/// Change a template of reviews
///
/// What is given is replaced whole, and makes a new version. Cycles whose reviews have begun keep the template as it was
/// then; those that chose it and have not begun go by the new version. HR only.
#[utoipa::path(tag = "reviews", request_body = TemplatePatch,
    params(("id" = ReviewTemplateId, Path, description = "The template")),
    responses((status = 200, body = ReviewTemplateOut, description = "The template as it is now")))]
#[patch("/review-templates/{id}")]
async fn update_review_template(
    ctx: Ctx,
    id: IdPath<ReviewTemplateId>,
    body: Body<TemplatePatch>,
) -> Result<Tagged<ReviewTemplateOut>> {
    let (id, if_match) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::update(tx, id, &body.0, if_match)).await?;
    shown(&ctx, id).await.map(Tagged)
}

async fn shown(ctx: &Ctx, id: ReviewTemplateId) -> Result<ReviewTemplateOut> {
    ctx.read(move |tx| super::find(tx, id).map(|one| ReviewTemplateOut::of(tx, one))).await
}

impl ReviewTemplateOut {
    fn of(tx: &Tx<'_>, template: Template) -> Self {
        Self {
            id: template.id,
            version: template.version,
            name: template.name,
            archived: template.archived,
            template: template.body.0,
            created_by: PersonRef::of(&tx.actor.directory, template.created_by),
            created_at: template.created_at,
            updated_at: template.updated_at,
        }
    }
}

impl ReviewTemplatePage {
    fn of(tx: &mut Tx<'_>, filter: &ReviewTemplateFilter, listing: &Listing) -> Result<Self> {
        let (_, reverse) = listing.order(&["name"])?;
        let found: Vec<_> = super::all(tx)?.into_iter().filter(|one| filter.takes(one)).collect();
        let total = listing.include_total.then_some(found.len());
        let (page, next_cursor) =
            listing.page_of(found, reverse, |one| (one.name_folded.clone().into(), one.id.into()));
        Ok(Self { items: page.into_iter().map(|one| ReviewTemplateOut::of(tx, one)).collect(), next_cursor, total })
    }
}

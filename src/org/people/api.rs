//! `/people`.

mod accept;
mod batch;
mod handover;
mod out;

pub use batch::{PeopleBatchIn, PeopleBatchOut};
pub use handover::{HandoverIn, HandoverOut};
pub use out::{PersonOut, PersonPage};

use super::{Invitation, PersonFilter, PersonIn, PersonPatch};
use crate::domain::ids::PersonId;
use crate::domain::instant::Instant;
use crate::error::Result;
use crate::http::{Accepted, Body, Created, Ctx, IdPath, ListQuery, ListingParameters, Tagged, check_search};
use actix_web::web::Json;
use actix_web::{get, patch, post};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

pub(in crate::org) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(list_people)
        .service(create_person)
        .service(create_people)
        .service(invite_people)
        .service(accept::accept_invitation)
        .service(hand_over)
        .service(get_person)
        .service(change_person);
}

/// List people
///
/// Everyone of the organization sees everyone's name, unit and title; the other fields are there for the person
/// themself, those who stand above them, and HR, and nobody finds people by fields that they may not see. Sorted by
/// `name` (unless asked), `created`, or for HR `joined_on`.
#[utoipa::path(
    tag = "people",
    params(PersonFilter, ListingParameters),
    responses((status = 200, body = PersonPage, description = "A page of people"))
)]
#[get("/people")]
async fn list_people(ctx: Ctx, query: ListQuery<PersonFilter>) -> Result<Json<PersonPage>> {
    check_search(query.filter.q.as_deref())?;
    ctx.read(move |tx| {
        let found = super::list(tx, &query.filter, &query.listing)?;
        Ok(Json(PersonPage::of(found, &tx.actor)))
    })
    .await
}

/// Add a person
///
/// HR (admins and owners) alone; admins and owners are named by an owner. The person can't sign in until invited.
/// Refused (422): an email address or employee code that someone has, a manager or unit that is not there, a
/// deactivated manager.
#[utoipa::path(
    tag = "people",
    request_body = PersonIn,
    responses((status = 201, body = PersonOut, description = "The person"))
)]
#[post("/people")]
async fn create_person(ctx: Ctx, body: Body<PersonIn>) -> Result<Created<PersonOut>> {
    let id = ctx.write(move |tx| super::add(tx, &body.0)).await?;
    Ok(Created { location: format!("/people/{id}"), body: shown(&ctx, id).await? })
}

/// Add many people
///
/// HR (admins and owners) alone. At most 500 items, each with an outcome of its own: one that is refused keeps nobody
/// from being added but those whose manager it would be, unless `atomic`. Units may be named by code, managers by
/// employee code, those of the same batch included, in any order.
#[utoipa::path(
    tag = "people",
    request_body = PeopleBatchIn,
    responses((status = 200, body = PeopleBatchOut, description = "What each item came to"))
)]
#[post("/people/batch")]
async fn create_people(ctx: Ctx, body: Body<PeopleBatchIn>) -> Result<Json<PeopleBatchOut>> {
    let made = ctx.write(move |tx| batch::add(tx, &body.0)).await?;
    ctx.read(move |tx| batch::shown(tx, &made)).await.map(Json)
}

/// A person
///
/// Everyone of the organization sees name, unit and title; the person themself, those who stand above them (managers
/// up the line, leads of their unit and of those above) and HR see all fields.
#[utoipa::path(
    tag = "people",
    params(("id" = PersonId, Path, description = "The person")),
    responses((status = 200, body = PersonOut, description = "The person"))
)]
#[get("/people/{id}")]
async fn get_person(ctx: Ctx, id: IdPath<PersonId>) -> Result<Tagged<PersonOut>> {
    shown(&ctx, id.into_inner()).await.map(Tagged)
}

/// Change a person
///
/// HR (admins and owners) alone. Giving or taking the role of an admin or owner, and deactivating one, is for an
/// owner, and so are an owner's email and manager; the last owner stays, and nobody deactivates themself. A deactivated person's sessions end at once; what
/// they own stays with them until it is handed over. A manager who is deactivated or stands below the person is
/// refused (422, the way round named).
#[utoipa::path(
    tag = "people",
    params(("id" = PersonId, Path, description = "The person")),
    request_body = PersonPatch,
    responses((status = 200, body = PersonOut, description = "The person as they are now"))
)]
#[patch("/people/{id}")]
async fn change_person(ctx: Ctx, id: IdPath<PersonId>, body: Body<PersonPatch>) -> Result<Tagged<PersonOut>> {
    let (id, if_match) = (id.into_inner(), ctx.if_match()?);
    ctx.write(move |tx| super::change(tx, id, &body.0, if_match)).await?;
    shown(&ctx, id).await.map(Tagged)
}

/// Whom to invite.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationsIn {
    /// People with an email address and without an account, at most 500.
    #[schema(min_items = 1, max_items = 500)]
    person_ids: Vec<PersonId>,
}

/// An invitation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationOut {
    /// Who is invited.
    pub person_id: PersonId,
    /// The secret for `POST /invitations/accept`. Shown this once: null where the request is repeated with the same
    /// `Idempotency-Key`.
    pub token: Option<String>,
    /// Until when it works: 7 days, unless it is used or a newer one takes its place.
    pub expires_at: Instant,
}

impl From<Invitation> for InvitationOut {
    fn from(made: Invitation) -> Self {
        Self { person_id: made.person_id, token: made.token, expires_at: made.expires_at }
    }
}

/// Invitations.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationsOut {
    /// One for each person, in the order asked.
    pub items: Vec<InvitationOut>,
}

/// Invite people
///
/// Makes one-time links with which people choose their password and sign in first. HR (admins and owners) alone;
/// admins and owners are invited by an owner. All or none: people who are deactivated, have an account already or no
/// email address are refused (422). Nothing is sent; hand the tokens over yourself.
#[utoipa::path(
    tag = "people",
    request_body = InvitationsIn,
    responses((status = 201, body = InvitationsOut, description = "The invitations"))
)]
#[post("/people/invitations")]
async fn invite_people(ctx: Ctx, body: Body<InvitationsIn>) -> Result<Accepted<InvitationsOut>> {
    let made: Vec<Invitation> = ctx.write(move |tx| super::invite(tx, &body.0.person_ids)).await?;
    Ok(Accepted(InvitationsOut { items: made.into_iter().map(InvitationOut::from).collect() }))
}

/// Hand over what a person answers for
///
/// Those whom they manage get the successor as manager, a successor whom they managed their own manager (owners' managers
/// are for owners to change); the successor leads the units that they lead; their goals that are neither completed nor
/// cancelled get the successor as owner, and those of others that they work on as contributor, but for closed cycles.
/// What waits for their approval follows people and units. A person's goal goes to the successor's home unit unless it
/// lies in a unit of theirs. The answer names all that changed hands. All or nothing. HR (admins and owners) alone. Single
/// goals change hands at `POST /goals/batch`.
#[utoipa::path(
    tag = "people",
    params(("id" = PersonId, Path, description = "The person whose part is handed over")),
    request_body = HandoverIn,
    responses((status = 200, body = HandoverOut, description = "What was handed over"))
)]
#[post("/people/{id}/handover")]
async fn hand_over(ctx: Ctx, id: IdPath<PersonId>, body: Body<HandoverIn>) -> Result<Json<HandoverOut>> {
    let from = id.into_inner();
    ctx.write(move |tx| handover::hand_over(tx, from, &body.0)).await.map(Json)
}

async fn shown(ctx: &Ctx, id: PersonId) -> Result<PersonOut> {
    ctx.read(move |tx| super::get(tx, id).map(|person| PersonOut::of(person, &tx.actor))).await
}

//! What a change is answered with: the goal as it is now, or the request that waits.

use super::requests::ChangeRequestOut;
use crate::db::Tx;
use crate::error::Result;
use crate::figures::{self, Forests, Node};
use crate::goals::Done;
use crate::http::{Ctx, Tagged};
use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, Responder};

/// The answer to a change.
pub(super) enum Answer {
    /// 200: it holds.
    Now(Box<Node>),
    /// 204: it holds, and there is nothing to show.
    Gone,
    /// 202: it waits for approval.
    Waits(Box<ChangeRequestOut>),
}

impl Answer {
    /// The answer to what came of a change.
    pub(super) async fn of(ctx: &Ctx, forests: Data<Forests>, done: Done) -> Result<Self> {
        ctx.read(move |tx| Self::read(tx, &forests, done)).await
    }

    /// The same where the thing itself is gone.
    pub(super) async fn without(ctx: &Ctx, done: Done) -> Result<Self> {
        match done {
            Done::Now(_) => Ok(Self::Gone),
            Done::Waits(id) => {
                ctx.read(move |tx| ChangeRequestOut::read(tx, id)).await.map(|out| Self::Waits(Box::new(out)))
            }
        }
    }

    fn read(tx: &mut Tx<'_>, forests: &Forests, done: Done) -> Result<Self> {
        match done {
            Done::Now(goal) => Ok(Self::Now(Box::new(figures::goal_node(tx, forests, goal)?))),
            Done::Waits(id) => Ok(Self::Waits(Box::new(ChangeRequestOut::read(tx, id)?))),
        }
    }
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::Now(node) => Tagged(*node).respond_to(request),
            Self::Gone => HttpResponse::new(StatusCode::NO_CONTENT),
            Self::Waits(waiting) => {
                Json(*waiting).customize().with_status(StatusCode::ACCEPTED).respond_to(request).map_into_boxed_body()
            }
        }
    }
}

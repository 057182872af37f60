//! The desk where check-ins queue: those of one organization that wait share one transaction, so those of one forest
//! do too. The queue is the organization's, since to learn a goal's forest would cost each check-in a query before it
//! may wait.
//!
//! The first to come finds nobody at work and sends a worker, on a blocking thread of its own request's runtime; the
//! worker takes what waits, up to a bound, until nothing does. It belongs to no request: one that is given up stalls
//! nobody. While it writes, later ones gather, so that the busier it is, the fewer transactions a check-in costs, and
//! the revision of a forest is bumped once for many.

mod queue;
mod turn;

use super::model::Entry;
use super::record::Recorded;
use crate::db::Origin;
use crate::domain::ids::{GoalId, OrganizationId};
use crate::error::{Error, Result};
use crate::http::{Credential, Ctx, Key, Running, Service};
use queue::Queues;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Takes check-ins, many at a time.
#[derive(Debug, Clone)]
pub struct Desk {
    service: Service,
    queues: Arc<Queues<Ticket>>,
}

/// A check-in that is asked for.
#[derive(Debug)]
struct Ask {
    caller: Credential,
    origin: Arc<Origin>,
    key: Option<Key>,
    goal: GoalId,
    entry: Entry,
}

/// What was made, and whether it had been made before (the same `Idempotency-Key`).
#[derive(Debug, Clone, Copy)]
struct Made {
    recorded: Recorded,
    replayed: bool,
}

/// An ask that waits.
#[derive(Debug)]
struct Ticket {
    ask: Ask,
    reply: oneshot::Sender<Result<Made>>,
    /// Held until the ask is done, not only as long as its request lives.
    running: Option<Running>,
}

impl Desk {
    /// A desk with nobody waiting.
    pub fn new(service: Service) -> Self {
        Self { service, queues: Arc::default() }
    }

    /// Checks in a goal for a caller: done once where the request carries an `Idempotency-Key`.
    pub async fn check_in(&self, ctx: &Ctx, goal: GoalId, entry: Entry) -> Result<Recorded> {
        let key = ctx.idempotency()?;
        let running = key.as_ref().map(|key| self.service.in_flight.enter(key)).transpose()?;
        let caller = *ctx.credential();
        let origin = ctx.origin();
        let made = self.submit(Ask { caller, origin, key, goal, entry }, running).await?;
        if made.replayed {
            ctx.mark_replayed();
        }
        Ok(made.recorded)
    }

    async fn submit(&self, ask: Ask, running: Option<Running>) -> Result<Made> {
        let organization = ask.caller.organization;
        let (reply, answer) = oneshot::channel();
        if self.queues.enter(organization, Ticket { ask, reply, running })? {
            let worker = Worker { desk: self.clone(), organization, done: false };
            drop(actix_web::rt::task::spawn_blocking(move || worker.run()));
        }
        answer.await.unwrap_or(Err(Error::Busy))
    }
}

/// Whoever is at work on an organization's queue: there is one as long as the queue is there.
struct Worker {
    desk: Desk,
    organization: OrganizationId,
    done: bool,
}

impl Worker {
    fn run(mut self) {
        loop {
            let tickets = self.desk.queues.next(self.organization);
            if tickets.is_empty() {
                self.done = true;
                return;
            }
            self.turn(tickets);
        }
    }

    fn turn(&self, tickets: Vec<Ticket>) {
        let (asks, waiting): (Vec<_>, Vec<_>) =
            tickets.into_iter().map(|Ticket { ask, reply, running }| (ask, (reply, running))).unzip();
        let answers = turn::perform(&self.desk.service, self.organization, &asks);
        for ((reply, running), answer) in waiting.into_iter().zip(answers) {
            drop(running);
            // A request that was given up reads no answer.
            drop(reply.send(answer));
        }
    }
}

impl Drop for Worker {
    /// A worker that ends by a fault, or was never let begin, leaves nobody waiting, and the next one to come sends
    /// another.
    fn drop(&mut self) {
        if !self.done {
            self.desk.queues.close(self.organization);
        }
    }
}

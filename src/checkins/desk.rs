//! The desk where check-ins queue: those of one organization that wait share one transaction, so those of one forest
//! do too. The queue is the organization's, since to learn a goal's forest would cost each check-in a query before it
//! may wait.
//!
//! The first to come finds nobody at work and sends a worker, on a blocking thread of its own request's runtime; the
//! worker takes what waits, up to a bound, until nothing does. It belongs to no request: one that is given up stalls
//! nobody. While it writes, later ones gather, so that the busier it is, the fewer transactions a check-in costs, and
//! the revision of a forest is bumped once for many. What was made together is answered together too, by one
//! transaction that only reads: by the worker, or by another one where at least as many wait meanwhile. Several that
//! were answered together are likely to ask together again: for those the worker waits a moment.

mod answer;
mod queue;
mod turn;

use super::model::Entry;
use super::read::Shown;
use super::record::Recorded;
use crate::db::{Origin, Tx};
use crate::domain::access::Actor;
use crate::domain::ids::{GoalId, OrganizationId};
use crate::domain::words::Locale;
use crate::error::{Error, Result};
use crate::http::{Credential, Ctx, Key, Running, Service};
use queue::Queues;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// How long a worker waits for as many as it answered last: far shorter than a transaction, which they spare.
const MOMENT: Duration = Duration::from_micros(300);

/// Takes check-ins, many at a time, and answers each with an `A`.
pub struct Desk<A> {
    service: Service,
    queues: Arc<Queues<Ticket<A>>>,
    show: Show<A>,
}

/// What makes the answers, in a transaction that only reads, each for whoever is to read it.
type Show<A> = Arc<dyn Fn(&mut Tx<'_>, &[ToShow]) -> Result<Vec<Result<A>>> + Send + Sync>;

/// A check-in that is to be shown.
#[derive(Debug)]
pub struct ToShow {
    /// To whom.
    pub reader: Actor,
    /// In which language.
    pub locale: Locale,
    /// Which.
    pub recorded: Recorded,
    /// The check-in, as it was just made; none where it is to be read.
    pub shown: Option<Shown>,
}

/// A check-in that is asked for.
#[derive(Debug)]
struct Ask {
    caller: Credential,
    locale: Locale,
    origin: Arc<Origin>,
    key: Option<Key>,
    goal: GoalId,
    entry: Entry,
}

/// What was made: now, or before (the same `Idempotency-Key`), when it is to be read again.
#[derive(Debug)]
struct Made {
    recorded: Recorded,
    shown: Option<Shown>,
}

/// An answer, and whether the check-in had been made before.
struct Answered<A> {
    answer: A,
    replayed: bool,
}

/// An ask that waits.
struct Ticket<A> {
    ask: Ask,
    reply: Reply<A>,
    /// Held until the ask is done, not only as long as its request lives.
    running: Option<Running>,
}

/// Where an answer is waited for.
type Reply<A> = oneshot::Sender<Result<Answered<A>>>;

impl<A: Send + 'static> Desk<A> {
    /// A desk with nobody waiting.
    pub fn new(
        service: Service,
        show: impl Fn(&mut Tx<'_>, &[ToShow]) -> Result<Vec<Result<A>>> + Send + Sync + 'static,
    ) -> Self {
        Self { service, queues: Arc::default(), show: Arc::new(show) }
    }

    /// Checks in a goal for a caller: done once where the request carries an `Idempotency-Key`.
    pub async fn check_in(&self, ctx: &Ctx, goal: GoalId, entry: Entry) -> Result<A> {
        let key = ctx.idempotency()?;
        let running = key.as_ref().map(|key| self.service.in_flight.enter(key)).transpose()?;
        let (caller, locale, origin) = (*ctx.credential(), ctx.locale(), ctx.origin());
        let Answered { answer, replayed } =
            self.submit(Ask { caller, locale, origin, key, goal, entry }, running).await?;
        if replayed {
            ctx.mark_replayed();
        }
        Ok(answer)
    }

    async fn submit(&self, ask: Ask, running: Option<Running>) -> Result<Answered<A>> {
        let organization = ask.caller.organization;
        let (reply, answer) = oneshot::channel();
        if self.queues.enter(organization, Ticket { ask, reply, running })? {
            let worker = Worker { desk: self.clone(), organization, done: false };
            drop(actix_web::rt::task::spawn_blocking(move || worker.run()));
        }
        answer.await.unwrap_or(Err(Error::Busy))
    }
}

impl<A> Clone for Desk<A> {
    fn clone(&self) -> Self {
        Self { service: self.service.clone(), queues: Arc::clone(&self.queues), show: Arc::clone(&self.show) }
    }
}

/// Whoever is at work on an organization's queue: there is one as long as the queue is there.
struct Worker<A> {
    desk: Desk<A>,
    organization: OrganizationId,
    done: bool,
}

impl<A: Send + 'static> Worker<A> {
    fn run(mut self) {
        let mut together = 1;
        loop {
            if together > 1 && self.desk.queues.waiting(self.organization) < together {
                std::thread::sleep(MOMENT);
            }
            let tickets = self.desk.queues.next(self.organization);
            if tickets.is_empty() {
                self.done = true;
                return;
            }
            together = tickets.len();
            self.turn(tickets);
        }
    }

    fn turn(&self, tickets: Vec<Ticket<A>>) {
        let (asks, waiting): (Vec<_>, Vec<_>) =
            tickets.into_iter().map(|Ticket { ask, reply, running }| (ask, (reply, running))).unzip();
        let made = turn::perform(&self.desk.service, self.organization, &asks);
        let mut to_answer = Vec::new();
        for ((ask, (reply, running)), made) in asks.iter().zip(waiting).zip(made) {
            drop(running);
            match made {
                Ok(made) => to_answer.push((answer::Written { caller: ask.caller, locale: ask.locale, made }, reply)),
                // A request that was given up reads no answer.
                Err(refusal) => drop(reply.send(Err(refusal))),
            }
        }
        let (desk, organization) = (self.desk.clone(), self.organization);
        if self.desk.queues.waiting(organization) >= asks.len() {
            drop(actix_web::rt::task::spawn_blocking(move || answer::all(&desk, organization, to_answer)));
        } else {
            answer::all(&desk, organization, to_answer);
        }
    }
}

impl<A> Drop for Worker<A> {
    /// A worker that ends by a fault, or was never let begin, leaves nobody waiting, and the next one to come sends
    /// another.
    fn drop(&mut self) {
        if !self.done {
            self.desk.queues.close(self.organization);
        }
    }
}

//! One turn of the desk: several people's check-ins in one transaction, or each in its own where that fails.

use super::{Ask, Made};
use crate::checkins::record::{Command, Outcome, Recorded, record};
use crate::db::{Conn, Patience, Scope, Tx};
use crate::domain::ids::OrganizationId;
use crate::domain::instant::Instant;
use crate::error::{Error, Result};
use crate::http::{Admitted, Service, begin_once, finish_once};
use chrono_tz::Tz;
use std::sync::Arc;

/// Does what is asked, as [`all_or_each`].
pub(super) fn perform(service: &Service, organization: OrganizationId, asks: &[Ask]) -> Vec<Result<Made>> {
    all_or_each(asks, |asks| together(service, organization, asks))
}

/// Does things all in one transaction. Where the database fails, each in its own, so that only the one at fault learns
/// of it.
pub(super) fn all_or_each<T, R>(things: &[T], run: impl Fn(&[T]) -> Result<Vec<Result<R>>>) -> Vec<Result<R>> {
    match run(things) {
        Ok(done) => done,
        Err(error) if things.len() == 1 => vec![Err(error)],
        // No connection: asking as often for one would only make everyone wait longer.
        Err(Error::Busy) => things.iter().map(|_| Err(Error::Busy)).collect(),
        Err(error) => {
            tracing::warn!(%error, count = things.len(), "check-ins run again one by one");
            let alone =
                |thing| run(std::slice::from_ref(thing))?.pop().unwrap_or_else(|| Err(Error::internal("nothing")));
            things.iter().map(alone).collect()
        }
    }
}

fn together(service: &Service, organization: OrganizationId, asks: &[Ask]) -> Result<Vec<Result<Made>>> {
    service.db.write_now(Scope::Organization(organization), |conn, patience| {
        let now = service.clock.now();
        let mut turn = Turn { service, now, zone: None, commands: Vec::new() };
        let callers: Vec<_> = asks.iter().map(|ask| ask.caller).collect();
        let admitted = service.gate.admit_all(conn, organization, &callers, now)?;
        let entered: Vec<_> =
            asks.iter().zip(admitted).map(|(ask, admitted)| turn.enter(conn, ask, admitted)).collect::<Result<_>>()?;
        let mut recorded = turn.record(conn, patience, &entered, asks)?.into_iter();
        let answer = |entered| match entered {
            Entered::Answered(answer) => answer.map(|recorded| Made { recorded, shown: None }),
            Entered::Commanded => recorded
                .next()
                .unwrap_or_else(|| Err(Error::internal("a command without an outcome")))
                .map(|shown| Made { recorded: Recorded::from(&shown), shown: Some(shown) }),
        };
        Ok(entered.into_iter().map(answer).collect())
    })
}

/// How far an ask came before anything is recorded.
enum Entered {
    /// It is answered: refused at the gate, or done before.
    Answered(Result<Recorded>),
    /// It is the next command.
    Commanded,
}

struct Turn<'s> {
    service: &'s Service,
    now: Instant,
    zone: Option<Tz>,
    commands: Vec<Command>,
}

impl Turn<'_> {
    /// Lets a caller in, whose session is checked in this very transaction. Only the database's faults end the turn.
    fn enter(&mut self, conn: &mut Conn, ask: &Ask, admitted: Result<Admitted>) -> Result<Entered> {
        match admitted.and_then(|admitted| self.begin(conn, ask, admitted)) {
            Ok(Some(recorded)) => Ok(Entered::Answered(Ok(recorded))),
            Ok(None) => Ok(Entered::Commanded),
            Err(error @ (Error::Refused(_) | Error::Invalid(_) | Error::Stale { .. })) => {
                Ok(Entered::Answered(Err(error)))
            }
            Err(error) => Err(error),
        }
    }

    /// What the ask made when it was done before; none where it is to be done now.
    fn begin(&mut self, conn: &mut Conn, ask: &Ask, admitted: Admitted) -> Result<Option<Recorded>> {
        let Admitted { actor, zone } = admitted;
        if let Some(key) = &ask.key
            && let Some(made) = begin_once(conn, key, self.now)?
        {
            return Ok(Some(made));
        }
        let (origin, entry) = (Arc::clone(&ask.origin), ask.entry.clone());
        self.commands.push(Command { actor, origin, goal: ask.goal, entry });
        self.zone = Some(zone);
        Ok(None)
    }

    /// Records the commands, each with its key.
    fn record(&self, conn: &mut Conn, patience: Patience, entered: &[Entered], asks: &[Ask]) -> Result<Vec<Outcome>> {
        let Some((first, zone)) = self.commands.first().zip(self.zone) else { return Ok(Vec::new()) };
        let mut tx = Tx::new(
            conn,
            first.actor.clone(),
            zone,
            self.now,
            &self.service.clock,
            Arc::clone(&first.origin),
            patience,
        );
        let outcomes = record(&mut tx, &self.commands)?;
        let commanded = asks.iter().zip(entered).filter(|(_, entered)| matches!(entered, Entered::Commanded));
        for ((ask, _), outcome) in commanded.zip(&outcomes) {
            if let (Some(key), Ok(shown)) = (&ask.key, outcome) {
                finish_once(tx.conn, key, &Recorded::from(shown), self.now)?;
            }
        }
        tx.finish()?;
        Ok(outcomes)
    }
}

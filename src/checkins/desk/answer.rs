//! Answering check-ins that were made together, by one transaction that only reads.

use super::turn::all_or_each;
use super::{Answered, Desk, Made, Reply, ToShow};
use crate::db::{Scope, Tx};
use crate::domain::ids::OrganizationId;
use crate::domain::words::Locale;
use crate::error::{Error, Result};
use crate::http::{Admitted, Credential};

/// A check-in that was made, for whoever asked for it.
pub(super) struct Written {
    pub(super) caller: Credential,
    pub(super) locale: Locale,
    pub(super) made: Made,
}

/// Answers everyone.
pub(super) fn all<A>(desk: &Desk<A>, organization: OrganizationId, written: Vec<(Written, Reply<A>)>) {
    let (written, replies): (Vec<_>, Vec<_>) = written.into_iter().unzip();
    let answers = all_or_each(&written, |written| together(desk, organization, written));
    for ((Written { made, .. }, reply), answer) in written.into_iter().zip(replies).zip(answers) {
        // A request that was given up reads no answer.
        drop(reply.send(answer.map(|answer| Answered { answer, replayed: made.shown.is_none() })));
    }
}

fn together<A>(desk: &Desk<A>, organization: OrganizationId, written: &[Written]) -> Result<Vec<Result<A>>> {
    let service = &desk.service;
    service.db.read_now(Scope::Organization(organization), |conn| {
        let now = service.clock.now();
        let callers: Vec<Credential> = written.iter().map(|one| one.caller).collect();
        let admitted = service.gate.admit_all(conn, organization, &callers, now)?;
        let mut shown = Vec::new();
        let mut zone = None;
        let entered: Vec<Result<()>> = admitted
            .into_iter()
            .zip(written)
            .map(|(admitted, Written { locale, made, .. })| {
                let Admitted { actor, zone: its_zone } = admitted?;
                zone = Some(its_zone);
                let (recorded, just_made) = (made.recorded, made.shown.clone());
                shown.push(ToShow { reader: actor, locale: *locale, recorded, shown: just_made });
                Ok(())
            })
            .collect();
        let mut answers = match shown.first().zip(zone) {
            Some((first, zone)) => {
                let mut tx = Tx::reading(conn, first.reader.clone(), zone, now, &service.clock);
                (desk.show)(&mut tx, &shown)?
            }
            None => Vec::new(),
        }
        .into_iter();
        let none = || Err(Error::internal("a check-in without an answer"));
        Ok(entered.into_iter().map(|entered| entered.and_then(|()| answers.next().unwrap_or_else(none))).collect())
    })
}

//! When tokens were last used, to the minute. Most uses are reads, which write nothing: the moment is handed to a
//! thread that notes it, so that no request waits for it.

use super::store;
use crate::db::{Db, Scope};
use crate::domain::ids::{ApiTokenId, OrganizationId};
use crate::domain::instant::Instant;
use chrono::Duration;
use std::sync::mpsc::{Sender, channel};

/// How exactly a use is noted.
const EXACTNESS: Duration = Duration::minutes(1);

/// A use of a token.
struct Use {
    organization: OrganizationId,
    token: ApiTokenId,
    at: Instant,
}

/// Takes down uses.
#[derive(Debug, Clone)]
pub(in crate::identity) struct Uses {
    taken: Sender<Use>,
}

impl Uses {
    /// Begins to take down uses, until nobody can hand in any more.
    pub(in crate::identity) fn noted_in(db: Db) -> Self {
        let (taken, handed) = channel::<Use>();
        std::thread::spawn(move || {
            for Use { organization, token, at } in handed {
                let noted = db.write_now(Scope::Organization(organization), |conn, _| {
                    Ok(store::note_use(conn, organization, token, at)?)
                });
                if let Err(error) = noted {
                    tracing::warn!(%error, "the use of a token could not be noted");
                }
            }
        });
        Self { taken }
    }

    /// Hands in a use, where the one noted last is older than we care to know.
    pub(super) fn hand_in(&self, organization: OrganizationId, token: ApiTokenId, last: Option<Instant>, at: Instant) {
        if last.is_none_or(|last| last + EXACTNESS <= at) {
            // The thread ends with the process alone; a use that it can't take any more is not worth a refusal.
            let _ = self.taken.send(Use { organization, token, at });
        }
    }
}

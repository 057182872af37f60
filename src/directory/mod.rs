//! The organization's units and people in memory, by revision: what access is decided on.
//!
//! It is loaded whole in the transaction that needs it and kept until the revision moves; a transaction always
//! decides on the directory as it sees it.

mod load;

use crate::db::Conn;
use crate::domain::access::Directory;
use crate::domain::ids::OrganizationId;
use crate::error::Result;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The directories of the organizations that were asked for lately.
#[derive(Debug, Clone, Default)]
pub struct Directories {
    kept: Arc<Mutex<HashMap<OrganizationId, Arc<Directory>>>>,
}

/// How many organizations' directories are kept.
const MOST_KEPT: usize = 1_000;

impl Directories {
    /// The directory at a revision that this transaction sees.
    pub fn at(&self, conn: &mut Conn, organization: OrganizationId, revision: i64) -> Result<Arc<Directory>> {
        if let Some(found) = self.kept(organization).filter(|kept| kept.revision == revision) {
            return Ok(found);
        }
        let loaded = Arc::new(load::directory(conn, organization, revision)?);
        self.keep(organization, &loaded);
        Ok(loaded)
    }

    fn kept(&self, organization: OrganizationId) -> Option<Arc<Directory>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&organization).cloned()
    }

    /// Keeps the newest: a transaction with an older picture does not set it back.
    fn keep(&self, organization: OrganizationId, loaded: &Arc<Directory>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT && !kept.contains_key(&organization) {
            kept.clear();
        }
        let newest = kept.entry(organization).or_insert_with(|| Arc::clone(loaded));
        if newest.revision < loaded.revision {
            *newest = Arc::clone(loaded);
        }
    }
}

//! The service's one clock, and the ids that are made by it.

use crate::domain::instant::Instant;
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::{ContextV7, Timestamp, Uuid};

/// What time it is: the machine's, or a moment that is set.
#[derive(Clone)]
pub struct Clock {
    inner: Arc<Inner>,
}

struct Inner {
    set: Mutex<Option<Instant>>,
    ids: Mutex<ContextV7>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::new(None)
    }

    /// A clock that is held at a moment: for tests, trials and the demo's history.
    pub fn held_at(at: Instant) -> Self {
        Self::new(Some(at))
    }

    fn new(set: Option<Instant>) -> Self {
        Self { inner: Arc::new(Inner { set: Mutex::new(set), ids: Mutex::new(ContextV7::new()) }) }
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    pub fn now(&self) -> Instant {
        let set = *self.inner.set.lock().unwrap_or_else(PoisonError::into_inner);
        set.unwrap_or_else(|| Utc::now().into())
    }

    /// The moment that the clock is held at, if it is.
    pub fn held(&self) -> Option<Instant> {
        *self.inner.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets a held clock to another moment.
    pub fn set(&self, at: Instant) {
        *self.inner.set.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// Lets the machine's time in again.
    pub fn release(&self) {
        *self.inner.set.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// A new id (UUID version 7) that sorts after those made before.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let now: DateTime<Utc> = self.now().utc();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let context = self.inner.ids.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.timestamp_subsec_nanos())).into()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Clock").field(&self.held()).finish()
    }
}

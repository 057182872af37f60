//! Who waits, by organization.

use crate::domain::ids::OrganizationId;
use crate::error::{Error, Result};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many are done together.
const TOGETHER: usize = 64;
/// How many of one organization may wait; more are told that the service is busy.
const WAITING: usize = 2_048;

/// Queues, each open as long as someone is at work on it.
#[derive(Debug)]
pub(super) struct Queues<T> {
    open: Mutex<HashMap<OrganizationId, VecDeque<T>>>,
}

impl<T> Default for Queues<T> {
    fn default() -> Self {
        Self { open: Mutex::default() }
    }
}

impl<T> Queues<T> {
    /// Puts one at the end of its organization's queue. Whether that opened the queue: then nobody is at work on it.
    pub(super) fn enter(&self, organization: OrganizationId, one: T) -> Result<bool> {
        let mut open = self.lock();
        let opened = !open.contains_key(&organization);
        let queue = open.entry(organization).or_default();
        if queue.len() >= WAITING {
            return Err(Error::Busy);
        }
        queue.push_back(one);
        Ok(opened)
    }

    /// The next ones, to be done together. Where nobody waits, the queue is closed.
    pub(super) fn next(&self, organization: OrganizationId) -> Vec<T> {
        let mut open = self.lock();
        let Some(queue) = open.get_mut(&organization) else { return Vec::new() };
        let count = queue.len().min(TOGETHER);
        let next: Vec<_> = queue.drain(..count).collect();
        if next.is_empty() {
            open.remove(&organization);
        }
        next
    }

    /// How many wait in a queue.
    pub(super) fn waiting(&self, organization: OrganizationId) -> usize {
        self.lock().get(&organization).map_or(0, VecDeque::len)
    }

    /// Closes a queue, whoever waits in it.
    pub(super) fn close(&self, organization: OrganizationId) {
        self.lock().remove(&organization);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<OrganizationId, VecDeque<T>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const HERE: OrganizationId = OrganizationId(Uuid::nil());

    #[test]
    fn all_that_enter_come_out_in_order_a_bounded_number_at_a_time() {
        let queues = Queues::default();
        let opened: Vec<bool> = (0..150).map(|one| queues.enter(HERE, one).unwrap()).collect();
        assert!(opened[0] && opened[1..].iter().all(|opened| !opened), "only the first finds nobody at work");
        let turns: Vec<Vec<i32>> = std::iter::repeat_with(|| queues.next(HERE)).take(4).collect();
        assert_eq!(turns.iter().map(Vec::len).collect::<Vec<_>>(), [64, 64, 22, 0]);
        assert_eq!(turns.concat(), (0..150).collect::<Vec<_>>());
        assert!(queues.enter(HERE, 0).unwrap(), "whoever came last found the queue closed");
    }

    #[test]
    fn a_full_queue_takes_no_more_and_holds_up_no_other() {
        let queues = Queues::default();
        for one in 0..WAITING {
            queues.enter(HERE, one).unwrap();
        }
        assert!(matches!(queues.enter(HERE, 0), Err(Error::Busy)));
        assert!(queues.enter(OrganizationId(Uuid::max()), 0).unwrap());
        queues.next(HERE);
        assert!(!queues.enter(HERE, 0).unwrap());
    }
}

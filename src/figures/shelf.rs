//! Which forests stay in memory: those used lately, as many as there is room for.

use super::cache::Entry;
use super::load::Basis;
use crate::domain::ids::{ForestId, OrganizationId};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Which forest, and as it stood when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) organization: OrganizationId,
    pub(super) forest: ForestId,
    pub(super) basis: Basis,
}

/// How long a forest stays that nobody asks for.
const IDLE: Duration = Duration::from_hours(1);
/// What an entry counts beside its goals, so that empty ones are bounded too.
const OWN_SIZE: usize = 16;

/// The forests that are kept.
#[derive(Debug)]
pub(super) struct Shelf {
    most_goals: usize,
    places: HashMap<Key, Place>,
}

#[derive(Debug)]
struct Place {
    entry: Arc<Entry>,
    used: Instant,
}

impl Place {
    fn size(&self) -> usize {
        self.entry.goals.load(Ordering::Relaxed) + OWN_SIZE
    }
}

impl Shelf {
    pub(super) fn new(most_goals: usize) -> Self {
        Self { most_goals, places: HashMap::new() }
    }

    /// A forest's place, made where there is none.
    pub(super) fn take(&mut self, key: Key) -> Arc<Entry> {
        let used = Instant::now();
        let place = self.places.entry(key).or_insert_with(|| Place { entry: Arc::default(), used });
        place.used = used;
        Arc::clone(&place.entry)
    }

    /// Lets go of what nobody asks for, and of what was used longest ago until the rest fits. Who looks at one goes
    /// on doing so; the forest used last stays, however large.
    pub(super) fn make_room(&mut self) {
        let now = Instant::now();
        self.places.retain(|_, place| now.duration_since(place.used) < IDLE);
        let mut size: usize = self.places.values().map(Place::size).sum();
        while size > self.most_goals && self.places.len() > 1 {
            let Some(oldest) = self.places.iter().min_by_key(|(_, place)| place.used).map(|(key, _)| *key) else {
                return;
            };
            size -= self.places.remove(&oldest).map_or(0, |place| place.size());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn key(n: u128) -> Key {
        let organization = OrganizationId(Uuid::nil());
        Key { organization, forest: ForestId(Uuid::from_u128(n)), basis: Basis::Now }
    }

    #[test]
    fn the_forest_used_longest_ago_leaves_first() {
        let mut shelf = Shelf::new(100 + 2 * OWN_SIZE);
        for n in 0..3 {
            shelf.take(key(n)).goals.store(50, Ordering::Relaxed);
        }
        shelf.take(key(0));
        shelf.make_room();
        let kept = |n| shelf.places.contains_key(&key(n));
        assert!(kept(0) && !kept(1) && kept(2));
    }

    #[test]
    fn one_forest_stays_however_large() {
        let mut shelf = Shelf::new(1);
        shelf.take(key(0)).goals.store(50, Ordering::Relaxed);
        shelf.make_room();
        assert!(shelf.places.contains_key(&key(0)));
    }
}

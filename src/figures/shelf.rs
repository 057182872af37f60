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

    /// Lets go of what nobody asks for, and of what was used longest ago until the rest fits. Past days take half of the
    /// room at most, so that whoever leafs through them pushes no present forest out. Who looks at one goes on doing so;
    /// the forest used last stays, however large.
    pub(super) fn make_room(&mut self) {
        let now = Instant::now();
        self.places.retain(|_, place| now.duration_since(place.used) < IDLE);
        self.let_go(self.most_goals / 2, |key| key.basis != Basis::Now);
        self.let_go(self.most_goals, |_| true);
    }

    fn let_go(&mut self, most_goals: usize, of: impl Fn(&Key) -> bool) {
        let meant = |(key, _): &(&Key, &Place)| of(key);
        let mut size: usize = self.places.iter().filter(meant).map(|(_, place)| place.size()).sum();
        let last_used = self.places.iter().max_by_key(|(_, place)| place.used).map(|(key, _)| *key);
        while size > most_goals {
            let others = self.places.iter().filter(meant).filter(|(key, _)| Some(**key) != last_used);
            let Some(oldest) = others.min_by_key(|(_, place)| place.used).map(|(key, _)| *key) else { return };
            size -= self.places.remove(&oldest).map_or(0, |place| place.size());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
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
    fn past_days_push_no_present_forest_out() {
        let mut shelf = Shelf::new(2 * (50 + OWN_SIZE));
        shelf.take(key(0)).goals.store(50, Ordering::Relaxed);
        for day in 1..=3 {
            let basis = Basis::AsOf(NaiveDate::from_ymd_opt(2026, 1, day).unwrap_or_default());
            shelf.take(Key { basis, ..key(0) }).goals.store(50, Ordering::Relaxed);
            shelf.make_room();
        }
        assert!(shelf.places.contains_key(&key(0)));
        assert_eq!(shelf.places.len(), 2, "and the past day used last");
    }

    #[test]
    fn one_forest_stays_however_large() {
        let mut shelf = Shelf::new(1);
        shelf.take(key(0)).goals.store(50, Ordering::Relaxed);
        shelf.make_room();
        assert!(shelf.places.contains_key(&key(0)));
    }
}

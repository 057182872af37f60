//! Chance that repeats itself: the same seed gives the same numbers on every machine and with every compiler.

/// A generator of numbers (`SplitMix64`).
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The generator of a seed and a purpose: what one purpose draws leaves the others as they are.
    pub(super) fn of(seed: u64, purpose: &str) -> Self {
        // FNV-1a, so that purposes that differ in a letter draw nothing alike.
        let hash = purpose
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.abs_diff(least).saturating_add(1);
        let drawn = self.next().checked_rem(span).and_then(|drawn| i64::try_from(drawn).ok()).unwrap_or_default();
        least.min(most).saturating_add(drawn)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn happens(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of several.
    pub(super) fn one_of<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(several.len()).ok()?.checked_sub(1)?;
        usize::try_from(self.between(0, last)).ok().and_then(|place| several.get(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_purpose_draw_the_same_numbers_for_ever() {
        let drawn = |seed, purpose| {
            let mut chance = Chance::of(seed, purpose);
            (0..4).map(|_| chance.between(0, 99)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(1, "values"), drawn(1, "values"));
        assert_ne!(drawn(1, "values"), drawn(2, "values"));
        assert_ne!(drawn(1, "values"), drawn(1, "notes"));
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut chance = Chance::of(7, "bounds");
        assert!((0..1_000).map(|_| chance.between(-3, 3)).all(|drawn| (-3..=3).contains(&drawn)));
        assert_eq!(chance.between(5, 5), 5);
        assert_eq!(chance.one_of::<u8>(&[]), None);
    }
}

//! Where is what is known of a feature? Each has a slot of its own, found without a search.

use crate::error::Error;

/// How many features are looked up together, at most.
pub(crate) const TOGETHER: usize = 128;

/// What is known of some features: numbers above 0 that are hashes already.
///
/// The first bits of a feature choose a seed, and feature and seed its slot; seeds were tried until no two features had one slot
/// (Belazzougui, Botelho and Dietzfelbinger 2009). One look then tells whether a feature is known, without a branch that the processor
/// could guess wrongly, and nine slots in ten are in use, so that most of them stay in its caches.
#[derive(Clone)]
pub(crate) struct Slots<V> {
    seeds: Vec<u8>,
    slots: Vec<Slot<V>>,
    shift: u32,
}

#[derive(Clone, Copy)]
struct Slot<V> {
    /// 0 where the slot is empty.
    key: u32,
    value: V,
}

impl<V: Copy + Default> Slots<V> {
    /// Slots for distinct features, in order.
    pub(crate) fn of_entries(entries: &[(u32, V)]) -> Slots<V> {
        let seeds = seed_count(entries.len());
        let shift = shift_of(seeds);
        let mut buckets: Vec<&[(u32, V)]> = entries.chunk_by(|a, b| bucket(a.0, shift) == bucket(b.0, shift)).collect();
        buckets.sort_by_key(|entries| std::cmp::Reverse(entries.len()));
        let least = entries.len() * 10 / 9 + 1;
        let mut count = least;
        loop {
            let mut slots = Slots::empty(vec![0; seeds], count);
            if buckets.iter().all(|entries| slots.seed(entries)) {
                return slots;
            }
            count += least / 32 + 1;
        }
    }

    /// The slots of features with the seeds that [`Slots::seeds`] gave, in a given number.
    pub(crate) fn with_seeds(
        seeds: &[u8],
        count: usize,
        entries: impl Iterator<Item = Result<(u32, V), Error>>,
    ) -> Result<Slots<V>, Error> {
        let mut slots = Slots::empty(seeds.to_vec(), count);
        for entry in entries {
            let (key, value) = entry?;
            let at = slots.slot_of(key);
            let slot = slots.slots.get_mut(at).filter(|slot| slot.key == 0);
            *slot.ok_or_else(|| Error::bytes("expected a slot for each feature"))? = Slot { key, value };
        }
        Ok(slots)
    }

    fn empty(seeds: Vec<u8>, count: usize) -> Slots<V> {
        let shift = shift_of(seeds.len());
        Slots { seeds, slots: vec![Slot { key: 0, value: V::default() }; count], shift }
    }

    /// Finds a seed by which each of a bucket's features has an empty slot, and puts them there.
    fn seed(&mut self, entries: &[(u32, V)]) -> bool {
        let mut places = Vec::with_capacity(entries.len());
        for seed in 0..=u8::MAX {
            places.clear();
            for (key, _) in entries {
                let at = self.slot_with(*key, seed);
                if self.slots[at].key != 0 || places.contains(&at) {
                    break;
                }
                places.push(at);
            }
            if places.len() == entries.len() {
                self.seeds[bucket(entries[0].0, self.shift)] = seed;
                for ((key, value), at) in entries.iter().zip(places) {
                    self.slots[at] = Slot { key: *key, value: *value };
                }
                return true;
            }
        }
        false
    }

    /// The seeds, [`seed_count`] of them.
    pub(crate) fn seeds(&self) -> &[u8] {
        &self.seeds
    }

    /// How many slots there are.
    pub(crate) fn count(&self) -> usize {
        self.slots.len()
    }

    /// The features with what is known of them, in order.
    pub(crate) fn entries(&self) -> Vec<(u32, V)> {
        let mut entries: Vec<(u32, V)> = self.slots.iter().filter(|slot| slot.key != 0).map(|slot| (slot.key, slot.value)).collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        entries
    }

    /// Calls `take` with what is known of each of at most [`TOGETHER`] features, and returns how many are known.
    ///
    /// It reckons all slots before it looks at any, so that the processor waits for memory once, not once a feature.
    #[inline(always)]
    pub(crate) fn each(&self, keys: &[u32], mut take: impl FnMut(&V)) -> usize {
        let mut places = [0u32; TOGETHER];
        for (place, key) in places.iter_mut().zip(keys) {
            *place = self.slot_of(*key) as u32;
        }
        let mut known = [0u32; TOGETHER];
        let mut count = 0;
        for (place, key) in places.iter().zip(keys) {
            known[count % TOGETHER] = *place;
            count += usize::from(self.slots[*place as usize].key == *key);
        }
        for place in known.iter().take(count) {
            take(&self.slots[*place as usize].value);
        }
        count
    }

    #[inline(always)]
    fn slot_of(&self, key: u32) -> usize {
        self.slot_with(key, self.seeds[bucket(key, self.shift)])
    }

    #[inline(always)]
    fn slot_with(&self, key: u32, seed: u8) -> usize {
        let factor = u32::from(seed).wrapping_mul(0x85EB_CA6A).wrapping_add(0x9E37_79B1);
        ((u64::from(key.wrapping_mul(factor)) * self.slots.len() as u64) >> 32) as usize
    }
}

/// How many seeds there are for so many features.
pub(crate) fn seed_count(features: usize) -> usize {
    (features / 4 + 1).next_power_of_two()
}

fn shift_of(seeds: usize) -> u32 {
    32 - seeds.trailing_zeros()
}

#[inline(always)]
fn bucket(key: u32, shift: u32) -> usize {
    (u64::from(key) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_own_slot() {
        let keys = (1u32..5_000).map(|n| n.wrapping_mul(0x9E37_79B1));
        let mut entries: Vec<(u32, u32)> = keys.map(|key| (key, !key)).collect();
        entries.sort_unstable();
        let slots = Slots::of_entries(&entries);
        assert_eq!(slots.entries(), entries);
        let again = Slots::with_seeds(slots.seeds(), slots.count(), entries.iter().map(|entry| Ok(*entry))).unwrap();
        assert_eq!(again.entries(), entries);
        for (key, value) in &entries {
            let mut seen = Vec::new();
            assert_eq!(again.each(&[*key, key.wrapping_add(1), *key], |value| seen.push(*value)), 2);
            assert_eq!(seen, [*value, *value]);
        }
    }

    #[test]
    fn two_features_in_one_slot_are_an_error() {
        let entries = [(7, 0u32), (7, 1)];
        assert!(Slots::with_seeds(&[0], 4, entries.into_iter().map(Ok)).is_err());
    }
}

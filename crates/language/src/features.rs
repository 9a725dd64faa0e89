//! How is what a model looks at turned into numbers? Each feature is a template's number hashed with its parts to 32 bits.

use crate::slots::TOGETHER;

/// The hashed features of one decision, at most [`TOGETHER`]; kept between decisions so that nothing is allocated.
#[derive(Clone, Debug)]
pub struct Features {
    keys: [u32; TOGETHER],
    count: usize,
}

impl Default for Features {
    fn default() -> Features {
        Features { keys: [0; TOGETHER], count: 0 }
    }
}

impl Features {
    /// No features.
    pub fn new() -> Features {
        Features::default()
    }

    /// Forgets the last decision.
    pub fn clear(&mut self) {
        self.count = 0;
    }

    /// Adds the feature of template `template` with `parts`.
    #[inline(always)]
    pub fn add<const K: usize>(&mut self, template: u32, parts: [u32; K]) {
        let mut hash = u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for part in parts {
            hash = (hash ^ u64::from(part)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
            hash ^= hash >> 32;
        }
        self.keys[self.count % TOGETHER] = ((hash >> 8) as u32).max(1);
        self.count += 1;
    }

    /// The features, each a number above 0.
    pub fn keys(&self) -> &[u32] {
        &self.keys[..self.count]
    }
}

/// The hash (FNV-1a) of the characters seen so far.
#[derive(Clone, Copy)]
pub(crate) struct CharHash(u64);

impl CharHash {
    /// The hash of no characters.
    pub(crate) const EMPTY: CharHash = CharHash(0xCBF2_9CE4_8422_2325);

    /// The hash with one more character.
    #[inline(always)]
    pub(crate) fn and(self, c: char) -> CharHash {
        CharHash((self.0 ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// The hash folded to 32 bits.
    #[inline(always)]
    pub(crate) fn folded(self) -> u32 {
        (self.0 ^ (self.0 >> 32)) as u32
    }
}

/// The 32-bit hash (FNV-1a, folded) of some characters.
pub fn hash_chars(chars: impl Iterator<Item = char>) -> u32 {
    chars.fold(CharHash::EMPTY, CharHash::and).folded()
}

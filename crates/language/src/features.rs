//! How is what a model looks at turned into numbers? Each feature is a template's number hashed with its parts to 32 bits.

/// The hashed features of one decision; kept between decisions so that nothing is allocated.
#[derive(Clone, Debug, Default)]
pub struct Features {
    keys: Vec<u32>,
}

impl Features {
    /// No features.
    pub fn new() -> Features {
        Features { keys: Vec::with_capacity(96) }
    }

    /// Forgets the last decision.
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// Adds the feature of template `template` with `parts`.
    #[inline(always)]
    pub fn add<const K: usize>(&mut self, template: u32, parts: [u32; K]) {
        let mut hash = u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for part in parts {
            hash = (hash ^ u64::from(part)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
            hash ^= hash >> 32;
        }
        self.keys.push(((hash >> 8) as u32).max(1));
    }

    /// The features, each a number above 0.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }
}

/// The 32-bit hash (FNV-1a, folded) of some characters.
pub fn hash_chars(chars: impl Iterator<Item = char>) -> u32 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for c in chars {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3);
    }
    (hash ^ (hash >> 32)) as u32
}

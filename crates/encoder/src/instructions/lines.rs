//! Where do the 8-bit integers of products lie? From the beginning of a line of the processor's memory, so that no vector and no row of
//! a tile is read in two pieces.

use std::ops::{Deref, DerefMut};

const LINE: usize = 64;

#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line<T>([T; LINE]);

/// 8-bit integers that begin with a line.
#[derive(Clone, Debug)]
pub struct Lines<T> {
    lines: Vec<Line<T>>,
    length: usize,
}

impl<T> Default for Lines<T> {
    fn default() -> Lines<T> {
        Lines { lines: Vec::new(), length: 0 }
    }
}

impl<T: Copy + Default> Lines<T> {
    /// So many zeros.
    pub fn zeros(length: usize) -> Lines<T> {
        let mut lines = Lines::default();
        lines.resize(length);
        lines
    }

    /// Makes it so long; what is new is zero or what stood there before.
    pub fn resize(&mut self, length: usize) {
        self.lines.resize(length.div_ceil(LINE), Line([T::default(); LINE]));
        self.length = length;
    }
}

impl<T> Deref for Lines<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        const { assert!(size_of::<Line<T>>() == LINE) };
        // SAFETY: lines have 64 integers each, with nothing between them, and `length` is never more than there are.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.length) }
    }
}

impl<T> DerefMut for Lines<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        const { assert!(size_of::<Line<T>>() == LINE) };
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.length) }
    }
}

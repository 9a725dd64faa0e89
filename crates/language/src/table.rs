//! How much does each feature weigh for each class? Tables from features to rows of small integers.

use crate::error::Error;
use crate::slots::{Slots, TOGETHER, seed_count};

/// Weights of a linear model with `N` classes, a multiple of 4; a feature that was never learned weighs nothing.
#[derive(Clone)]
pub struct Table<const N: usize> {
    /// The weights, each with [`BIAS`] added.
    rows: Slots<Biased<N>>,
}

/// Weights of a linear model with up to 64 classes, most of whose features weigh something for a few classes only.
#[derive(Clone)]
pub struct SparseTable<const N: usize> {
    /// Where a feature's weights begin in `weights`, times 64, and how many there are.
    rows: Slots<u32>,
    weights: Vec<(u8, i8)>,
}

/// The weights of one feature, for each class.
pub type Row<const N: usize> = (u32, [i8; N]);

/// What is added to a weight so that it is not below 0.
const BIAS: u8 = 128;

/// Every second byte.
const EACH_OTHER: u64 = 0x00FF_00FF_00FF_00FF;

#[derive(Clone, Copy)]
struct Biased<const N: usize>([u8; N]);

impl<const N: usize> Default for Biased<N> {
    fn default() -> Self {
        Biased([BIAS; N])
    }
}

impl<const N: usize> Table<N> {
    /// The table of some rows with distinct features above 0.
    pub fn of_rows(rows: impl Iterator<Item = Row<N>>) -> Table<N> {
        let mut rows: Vec<_> = rows.map(|(key, row)| (key, Biased(row.map(biased)))).collect();
        rows.sort_unstable_by_key(|(key, _)| *key);
        Table { rows: Slots::of_entries(&rows) }
    }

    /// The sum of the features' weights for each class; of more than 256 features, sums wrap.
    ///
    /// Four sums of 16 bits are kept in 64: what was added to keep weights from below 0 is taken off in the end.
    #[inline]
    pub fn score(&self, keys: &[u32]) -> [i16; N] {
        const { assert!(N.is_multiple_of(4), "rows are added by four classes") };
        let (mut even, mut odd) = ([0u64; N], [0u64; N]);
        let (mut last_even, mut last_odd) = (0u64, 0u64);
        let mut count = 0;
        for keys in keys.chunks(TOGETHER) {
            count += self.rows.each(keys, |row| {
                let (eights, last) = row.0.as_chunks::<8>();
                for (at, eight) in eights.iter().enumerate() {
                    let eight = u64::from_le_bytes(*eight);
                    even[at] += eight & EACH_OTHER;
                    odd[at] += (eight >> 8) & EACH_OTHER;
                }
                if let Some(four) = last.first_chunk::<4>() {
                    let four = u64::from(u32::from_le_bytes(*four));
                    last_even += four & EACH_OTHER;
                    last_odd += (four >> 8) & EACH_OTHER;
                }
            });
        }
        let bias = (count * usize::from(BIAS)) as u64;
        std::array::from_fn(|class| {
            let (even, odd) = if class < N / 8 * 8 { (even[class / 8], odd[class / 8]) } else { (last_even, last_odd) };
            let lanes = if class % 2 == 0 { even } else { odd };
            (lanes >> (class % 8 / 2 * 16)).wrapping_sub(bias) as i16
        })
    }

    /// The table as bytes: the number of rows and of slots, the slots' seeds, then for each row, in the order of features, the step from
    /// the last feature (LEB128), a bit for each class that has a weight, and these weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let rows = self.rows.entries();
        let mut bytes = head(&self.rows, rows.len());
        push_rows(&mut bytes, rows.into_iter().map(|(key, row)| (key, row.0.map(unbiased))));
        bytes
    }

    /// The table that [`Table::to_bytes`] wrote.
    pub fn of_bytes(bytes: &[u8]) -> Result<Table<N>, Error> {
        let mut reader = Reader { bytes };
        let (rows, slots, seeds) = reader.head()?;
        let mut key = 0;
        let row = |_| {
            let mut row = [BIAS; N];
            let key = reader.step(&mut key)?;
            reader.row::<N>(|class, weight| row[class] = biased(weight))?;
            Ok((key, Biased(row)))
        };
        Ok(Table { rows: Slots::with_seeds(seeds, slots, (0..rows).map(row))? })
    }
}

impl<const N: usize> SparseTable<N> {
    /// The table of some rows with distinct features above 0.
    pub fn of_rows(rows: impl Iterator<Item = Row<N>>) -> SparseTable<N> {
        let mut rows: Vec<_> = rows.collect();
        rows.sort_unstable_by_key(|(key, _)| *key);
        let mut weights = Vec::new();
        let placed = |(key, row): Row<N>| {
            let from = weights.len();
            weights.extend((0u8..).zip(row).filter(|(_, weight)| *weight != 0));
            (key, place(from, weights.len()))
        };
        let rows: Vec<_> = rows.into_iter().map(placed).collect();
        SparseTable { rows: Slots::of_entries(&rows), weights }
    }

    /// The sum of the features' weights for each class; of more than 256 features, sums wrap.
    #[inline]
    pub fn score(&self, keys: &[u32]) -> [i16; N] {
        const { assert!(N <= 64, "classes are numbers of six bits") };
        let mut sums = [0i16; 64];
        for keys in keys.chunks(TOGETHER) {
            self.rows.each(keys, |row| {
                for (class, weight) in self.weights_of(*row) {
                    let sum = &mut sums[usize::from(class % 64)];
                    *sum = sum.wrapping_add(i16::from(*weight));
                }
            });
        }
        std::array::from_fn(|class| sums[class])
    }

    fn weights_of(&self, row: u32) -> &[(u8, i8)] {
        let (from, count) = ((row / 64) as usize, (row % 64) as usize);
        self.weights.get(from..from + count).unwrap_or_default()
    }

    /// The table as bytes, as [`Table::to_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let rows = self.rows.entries();
        let mut bytes = head(&self.rows, rows.len());
        let dense = |row| {
            let mut dense = [0; N];
            self.weights_of(row).iter().for_each(|(class, weight)| dense[usize::from(*class)] = *weight);
            dense
        };
        push_rows(&mut bytes, rows.into_iter().map(|(key, row)| (key, dense(row))));
        bytes
    }

    /// The table that [`SparseTable::to_bytes`] wrote.
    pub fn of_bytes(bytes: &[u8]) -> Result<SparseTable<N>, Error> {
        let mut reader = Reader { bytes };
        let (rows, slots, seeds) = reader.head()?;
        let mut key = 0;
        let mut weights = Vec::with_capacity(bytes.len() / 2);
        let row = |_| {
            let from = weights.len();
            let key = reader.step(&mut key)?;
            reader.row::<N>(|class, weight| weights.push((class as u8, weight)))?;
            Ok((key, place(from, weights.len())))
        };
        let rows = Slots::with_seeds(seeds, slots, (0..rows).map(row))?;
        weights.shrink_to_fit();
        Ok(SparseTable { rows, weights })
    }
}

fn biased(weight: i8) -> u8 {
    weight as u8 ^ BIAS
}

fn unbiased(byte: u8) -> i8 {
    (byte ^ BIAS) as i8
}

/// Where a row's weights stand, as one number.
fn place(from: usize, to: usize) -> u32 {
    (from * 64 + (to - from)) as u32
}

/// The class of the greatest sum, the first of equals.
#[inline]
pub fn best<const N: usize>(sums: &[i16; N], classes: usize) -> usize {
    let sums = &sums[..classes];
    let greatest = sums.iter().fold(i16::MIN, |greatest, sum| greatest.max(*sum));
    sums.iter().position(|sum| *sum == greatest).unwrap_or(0)
}

/// The numbers of rows and slots, and the seeds.
fn head<V: Copy + Default>(slots: &Slots<V>, rows: usize) -> Vec<u8> {
    let mut bytes = (rows as u32).to_le_bytes().to_vec();
    bytes.extend((slots.count() as u32).to_le_bytes());
    bytes.extend(slots.seeds());
    bytes
}

fn push_rows<const N: usize>(bytes: &mut Vec<u8>, rows: impl Iterator<Item = Row<N>>) {
    let mut last = 0;
    for (key, row) in rows {
        push_varint(bytes, key - last);
        last = key;
        let mut mask = [0u8; 8];
        for (class, _) in row.iter().enumerate().filter(|(_, weight)| **weight != 0) {
            mask[class / 8] |= 1 << (class % 8);
        }
        bytes.extend(&mask[..N.div_ceil(8)]);
        bytes.extend(row.iter().filter(|weight| **weight != 0).map(|weight| *weight as u8));
    }
}

fn push_varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads numbers from the front of some bytes.
pub(crate) struct Reader<'b> {
    pub(crate) bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(crate) fn take(&mut self, count: usize) -> Result<&'b [u8], Error> {
        let (head, rest) = self.bytes.split_at_checked(count).ok_or_else(|| Error::bytes("cut short"))?;
        self.bytes = rest;
        Ok(head)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// How many rows and slots a table has, and the seeds of its slots.
    fn head(&mut self) -> Result<(usize, usize, &'b [u8]), Error> {
        let (rows, slots) = (self.u32()? as usize, self.u32()? as usize);
        if rows > self.bytes.len() || slots < rows || slots / 4 > rows + 1 {
            return Err(Error::bytes("expected fewer rows than bytes, and about as many slots"));
        }
        Ok((rows, slots, self.take(seed_count(rows))?))
    }

    /// The feature that follows `key`, which it becomes.
    fn step(&mut self, key: &mut u32) -> Result<u32, Error> {
        *key = key.checked_add(self.varint()?).filter(|key| *key > 0).ok_or_else(|| Error::bytes("expected features of 32 bits"))?;
        Ok(*key)
    }

    fn varint(&mut self) -> Result<u32, Error> {
        let mut number = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.take(1)?[0];
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Error::bytes("expected a number of 32 bits"))
    }

    /// Calls `take` with each class that has a weight, and this.
    #[inline]
    fn row<const N: usize>(&mut self, mut take: impl FnMut(usize, i8)) -> Result<(), Error> {
        let mut mask = [0; 8];
        mask[..N.div_ceil(8)].copy_from_slice(self.take(N.div_ceil(8))?);
        let mut left = u64::from_le_bytes(mask);
        if left >> (N - 1) > 1 {
            return Err(Error::bytes("expected no more classes"));
        }
        for weight in self.take(left.count_ones() as usize)? {
            take(left.trailing_zeros() as usize, *weight as i8);
            left &= left - 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_survives_its_bytes() {
        let rows = [(1, [1, 0, -3, 0]), (7, [0, 0, 5, 0]), (0xFFFF_FFFF, [-128, 127, 0, 1])];
        let table = Table::<4>::of_bytes(&Table::of_rows(rows.into_iter()).to_bytes()).unwrap();
        let sparse = SparseTable::<4>::of_bytes(&SparseTable::of_rows(rows.into_iter()).to_bytes()).unwrap();
        for (key, row) in rows {
            assert_eq!(table.score(&[key]), row.map(i16::from));
            assert_eq!(sparse.score(&[key]), row.map(i16::from));
        }
        assert_eq!(table.score(&[2, 7, 1]), [1, 0, 2, 0]);
        assert_eq!(sparse.score(&[2, 7, 1]), [1, 0, 2, 0]);
    }

    #[test]
    fn cut_bytes_are_an_error() {
        let bytes = Table::of_rows([(9, [1, 2, 3, 4])].into_iter()).to_bytes();
        for end in 0..bytes.len() {
            assert!(Table::<4>::of_bytes(&bytes[..end]).is_err());
        }
    }
}

//! Where do the weights live? In an open-addressing table from feature to one row of small integers, one for each class.

use crate::error::Error;

/// How many features are looked up together.
const AHEAD: usize = 32;

/// Weights of a linear model with `N` classes; a feature that was never learned weighs nothing.
#[derive(Clone)]
pub struct Table<const N: usize> {
    slots: Vec<Slot<N>>,
    shift: u32,
}

#[derive(Clone, Copy)]
struct Slot<const N: usize> {
    key: u32,
    row: [i8; N],
}

/// The weights of one feature, for each class.
pub type Row<const N: usize> = (u32, [i8; N]);

impl<const N: usize> Table<N> {
    /// The table of some rows with distinct features above 0.
    pub fn of_rows(rows: impl ExactSizeIterator<Item = Row<N>>) -> Table<N> {
        let mut table = Table::for_rows(rows.len());
        rows.for_each(|row| table.insert(row));
        table
    }

    /// An empty table with room for `count` rows, and slots left over.
    fn for_rows(count: usize) -> Table<N> {
        let bits = (count * 2 + 2).next_power_of_two().trailing_zeros();
        Table { slots: vec![Slot { key: 0, row: [0; N] }; 1 << bits], shift: 32 - bits }
    }

    fn insert(&mut self, (key, row): Row<N>) {
        let at = self.find(key);
        self.slots[at] = Slot { key, row };
    }

    /// The sum of the features' weights for each class.
    ///
    /// It looks at the first slots of many features before it decides anything, so that the processor waits for memory once, not once
    /// a feature.
    #[inline]
    pub fn score(&self, keys: &[u32]) -> [i16; N] {
        let mut sums = [0i16; N];
        for keys in keys.chunks(AHEAD) {
            let mut firsts = [0u32; AHEAD];
            for (first, key) in firsts.iter_mut().zip(keys) {
                *first = self.slots[(key >> self.shift) as usize].key;
            }
            for (first, key) in firsts.iter().zip(keys).filter(|(first, _)| **first != 0) {
                let at = if first == key { (key >> self.shift) as usize } else { self.find(*key) };
                let slot = &self.slots[at];
                if slot.key != 0 {
                    for (sum, weight) in sums.iter_mut().zip(&slot.row) {
                        *sum += i16::from(*weight);
                    }
                }
            }
        }
        sums
    }

    /// The slot of a feature: its own, or the empty one where it would go. A slot is always empty, so the walk ends. Slots follow the
    /// order of features, so that loading writes from front to back.
    #[inline]
    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key >> self.shift) as usize;
        while self.slots[at].key != key && self.slots[at].key != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    /// The table as bytes: the number of rows, then for each, in the order of features, the step from the last feature
    /// (LEB128), a bit for each class that has a weight, and these weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rows: Vec<_> = self.slots.iter().filter(|slot| slot.key != 0).collect();
        rows.sort_unstable_by_key(|slot| slot.key);
        let mut bytes = (rows.len() as u32).to_le_bytes().to_vec();
        let mut last = 0;
        for slot in rows {
            push_varint(&mut bytes, slot.key - last);
            last = slot.key;
            let mut mask = [0u8; 8];
            for (class, _) in slot.row.iter().enumerate().filter(|(_, weight)| **weight != 0) {
                mask[class / 8] |= 1 << (class % 8);
            }
            bytes.extend(&mask[..N.div_ceil(8)]);
            bytes.extend(slot.row.iter().filter(|weight| **weight != 0).map(|weight| *weight as u8));
        }
        bytes
    }

    /// The table that [`Table::to_bytes`] wrote.
    pub fn of_bytes(bytes: &[u8]) -> Result<Table<N>, Error> {
        let mut reader = Reader { bytes };
        let count = reader.u32()? as usize;
        if count > bytes.len() {
            return Err(Error::bytes("expected fewer rows than bytes"));
        }
        let mut table = Table::for_rows(count);
        let mut key = 0u32;
        for _ in 0..count {
            key = key.checked_add(reader.varint()?).ok_or_else(|| Error::bytes("expected features of 32 bits"))?;
            table.insert((key, reader.row::<N>()?));
        }
        Ok(table)
    }
}

/// The class of the greatest sum, the first of equals.
#[inline]
pub fn best<const N: usize>(sums: &[i16; N], classes: usize) -> usize {
    let mut best = 0;
    for class in 1..classes {
        if sums[class] > sums[best] {
            best = class;
        }
    }
    best
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

    fn row<const N: usize>(&mut self) -> Result<[i8; N], Error> {
        let mut mask = [0; 8];
        mask[..N.div_ceil(8)].copy_from_slice(self.take(N.div_ceil(8))?);
        let mut left = u64::from_le_bytes(mask);
        let weights = self.take(left.count_ones() as usize)?;
        let mut row = [0; N];
        for weight in weights {
            let class = left.trailing_zeros() as usize;
            *row.get_mut(class).ok_or_else(|| Error::bytes("expected no more classes"))? = *weight as i8;
            left &= left - 1;
        }
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_survives_its_bytes() {
        let rows = [(1, [1, 0, -3]), (7, [0, 0, 5]), (0xFFFF_FFFF, [-128, 127, 0])];
        let table = Table::of_rows(rows.into_iter());
        let again = Table::<3>::of_bytes(&table.to_bytes()).unwrap();
        for (key, row) in rows {
            assert_eq!(again.score(&[key]), row.map(i16::from));
        }
        assert_eq!(again.score(&[2, 7, 1]), [1, 0, 2]);
    }

    #[test]
    fn cut_bytes_are_an_error() {
        let bytes = Table::of_rows([(9, [1, 2, 3])].into_iter()).to_bytes();
        for end in 0..bytes.len() {
            assert!(Table::<3>::of_bytes(&bytes[..end]).is_err());
        }
    }
}

//! How is read again what was read too far? A reader that holds on to what it gave since a mark, up to a bound.

use std::io::{self, BufRead, Read};

/// How much is asked for at a time.
const CHUNK: usize = 64 << 10;

/// A buffered reader that can go back to any position since the last [`Rewinding::mark`], as long as it still holds it.
pub(crate) struct Rewinding<R> {
    inner: R,
    /// What was read since the mark, and beyond the position what is not yet asked for; before the mark what is not let go yet.
    held: Vec<u8>,
    /// The mark in `held`.
    marked: usize,
    /// The position in `held`.
    at: usize,
    /// The position of `held`'s first byte in the whole.
    start: u64,
    /// How much is held at most before the oldest is let go.
    bound: usize,
}

impl<R: Read> Rewinding<R> {
    /// A reader whose first byte is at `start` of the whole, and that holds `bound` bytes.
    pub(crate) fn new(inner: R, start: u64, bound: usize) -> Rewinding<R> {
        Rewinding { inner, held: Vec::new(), marked: 0, at: 0, start, bound }
    }

    /// The position of the next byte.
    pub(crate) fn position(&self) -> u64 {
        self.start + self.at as u64
    }

    /// Lets go of all before the position.
    pub(crate) fn mark(&mut self) {
        self.marked = self.at;
        // What remains is moved to the front, so it must not be more than what is let go.
        if self.at * 2 >= self.held.len() {
            self.held.drain(..self.at);
            self.start += self.at as u64;
            (self.marked, self.at) = (0, 0);
        }
    }

    /// Goes to a position behind; whether it was still held.
    pub(crate) fn return_to(&mut self, position: u64) -> bool {
        let held = self.start + self.marked as u64..=self.start + self.held.len() as u64;
        let is_held = held.contains(&position);
        if is_held {
            self.at = (position - self.start) as usize;
        }
        is_held
    }

    /// The next bytes, so many where there are; they stay to be read.
    pub(crate) fn peek(&mut self, number: usize) -> io::Result<&[u8]> {
        while self.held.len() - self.at < number && self.more()? {}
        let end = self.held.len().min(self.at + number);
        Ok(&self.held[self.at..end])
    }

    /// What is read from; what was read of it and not asked for is lost.
    pub(crate) fn into_inner(self) -> R {
        self.inner
    }

    /// Reads on; whether there was more.
    fn more(&mut self) -> io::Result<bool> {
        if self.at - self.marked >= self.bound {
            self.mark();
        }
        let length = self.held.len();
        self.held.resize(length + CHUNK, 0);
        let read = loop {
            match self.inner.read(&mut self.held[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.held.truncate(length + *read.as_ref().unwrap_or(&0));
        read.map(|number| number > 0)
    }
}

impl<R: Read> BufRead for Rewinding<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.held.len() {
            self.more()?;
        }
        Ok(&self.held[self.at..])
    }

    fn consume(&mut self, number: usize) {
        self.at = self.held.len().min(self.at + number);
    }
}

impl<R: Read> Read for Rewinding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let number = self.fill_buf()?.read(buffer)?;
        self.consume(number);
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_read_again() {
        let mut reader = Rewinding::new(&b"one two three"[..], 100, 1 << 20);
        let mut word = [0; 4];
        reader.read_exact(&mut word).unwrap();
        assert_eq!((&word, reader.position()), (b"one ", 104));
        reader.mark();
        assert_eq!(reader.peek(3).unwrap(), b"two");
        reader.read_exact(&mut word).unwrap();
        assert!(reader.return_to(104) && !reader.return_to(100), "what lies before the mark is gone");
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "two three");
    }

    #[test]
    fn it_holds_no_more_than_its_bound() {
        let mut reader = Rewinding::new(io::repeat(7).take(10 << 20), 0, 1 << 20);
        io::copy(&mut reader, &mut io::sink()).unwrap();
        assert_eq!(reader.position(), 10 << 20);
        assert!(reader.held.capacity() <= 4 << 20 && !reader.return_to(0));
    }
}

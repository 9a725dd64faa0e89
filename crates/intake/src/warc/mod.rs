//! Which news pages does a web archive hold? WARC 0.x to 1.1, packed record by record, as a whole, or not at all.
//!
//! Pages and texts that a server gave (`response`, status 200), that were kept without a server's words (`resource`) or were made
//! into text later (`conversion`) are reports. Requests, redirects, pictures and the like are passed over and counted. A record that
//! is cut off, damaged or lies about its length is a fault in its place, and reading goes on at the next one.

mod payload;
mod records;
#[cfg(test)]
mod tests;

use std::io::Read;

use self::payload::Held;
use self::records::Records;
use crate::{Fault, Reached, Report};

/// The reports of a web archive, one after another.
pub struct Archive {
    records: Records,
    passed_over: u64,
}

impl Archive {
    /// The archive whose bytes `reader` gives from byte `reached.offset` on, behind what was reached before;
    /// [`Reached::default`] for a whole one.
    pub fn new(reader: Box<dyn Read + Send>, reached: Reached) -> Archive {
        Archive { records: Records::new(reader, reached), passed_over: 0 }
    }

    /// How many records held no report so far: requests, redirects, pictures.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }
}

impl Iterator for Archive {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        loop {
            match self.records.next()?.and_then(payload::held) {
                Ok(Held::Report(report)) => return Some(Ok(*report)),
                Ok(Held::Other) => self.passed_over += 1,
                Err(fault) => return Some(Err(fault)),
            }
        }
    }
}

//! How far is reading, for whoever watches it from another thread?

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::warc::Archive;
use crate::{Fault, Report};

/// Bytes that lie behind, and records that held no report.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    bytes: Arc<AtomicU64>,
    skipped: Arc<AtomicU64>,
    passed_over: Arc<AtomicU64>,
}

impl Meter {
    /// Bytes of files that lie behind, as they lie on the disk.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Those of them that were not read since they had been before.
    pub fn skipped(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }

    /// Records of archives that held no report so far: requests, redirects, pictures.
    pub fn passed_over(&self) -> u64 {
        self.passed_over.load(Ordering::Relaxed)
    }

    pub(crate) fn skip(&self, bytes: u64) {
        self.read(bytes);
        self.skipped.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn read(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn pass_over(&self) {
        self.passed_over.fetch_add(1, Ordering::Relaxed);
    }
}

/// A reader that tells the meter what is read.
pub(crate) struct Metered<R> {
    reader: R,
    meter: Meter,
}

impl<R> Metered<R> {
    pub(crate) fn new(reader: R, meter: &Meter) -> Metered<R> {
        Metered { reader, meter: meter.clone() }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.read(read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.reader.seek(position)
    }
}

/// An archive that tells the meter what it passes over.
pub(crate) struct Counted {
    archive: Archive,
    meter: Meter,
    counted: u64,
}

impl Counted {
    pub(crate) fn new(archive: Archive, meter: &Meter) -> Counted {
        Counted { archive, meter: meter.clone(), counted: 0 }
    }
}

impl Iterator for Counted {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        let item = self.archive.next();
        (self.counted..self.archive.passed_over()).for_each(|_| self.meter.pass_over());
        self.counted = self.archive.passed_over();
        item
    }
}

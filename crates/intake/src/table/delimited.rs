//! Which reports does a table of delimited values hold? Rows that do not fit the header are faults in their place.

use std::io::{self, BufRead, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{Cell, ColumnMap, ColumnNames, DayOrder, Layout, report};
use crate::rewinding::Rewinding;
use crate::{Fault, FaultKind, LARGEST, Place, Reached, Report};

/// The most bytes of a header.
const HEADER: usize = 1 << 20;

/// The marks that stand between values, the likeliest first.
const MARKS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The reports of a table.
pub(crate) struct Delimited {
    bytes: Rewinding<Box<dyn Read + Send>>,
    mark: u8,
    /// How many columns the header has.
    width: usize,
    layout: Layout,
    days: DayOrder,
    reached: Reached,
    ended: bool,
}

/// A row's cells, one after another, and where each ends.
struct Row {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Row {
    fn cell(&self, column: usize) -> Option<&[u8]> {
        let end = *self.ends.get(column)?;
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes.get(start..end)
    }

    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).filter_map(|column| self.cell(column))
    }
}

/// Why a row could not be read.
enum Unread {
    TooLong,
    Reading(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Unread {
        Unread::Reading(error)
    }
}

impl Delimited {
    /// The table whose bytes `reader` gives from its header on, behind what was reached before.
    ///
    /// # Errors
    /// If it has no header, or none of its columns can be the text.
    pub(crate) fn new(
        reader: Box<dyn Read + Send>,
        (said, names): (&ColumnMap, &ColumnNames),
        days: DayOrder,
        reached: Reached,
    ) -> Result<Delimited, Fault> {
        let place = Place { label: "header".to_owned(), reached: Reached::default() };
        let mut bytes = Rewinding::new(reader, 0, 2 * LARGEST);
        let read = |error: io::Error| Fault::of_reading(&place, &error);
        if bytes.peek(3).map_err(read)?.starts_with(b"\xef\xbb\xbf") {
            bytes.consume(3);
        }
        let mark = mark(bytes.peek(HEADER.min(64 << 10)).map_err(read)?);
        let header = match row(&mut bytes, mark, HEADER) {
            Ok(Some(header)) => header,
            Ok(None) => return Err(Fault::new(FaultKind::Columns, &place, "there is no header in it; the first row names the columns")),
            Err(Unread::TooLong) => return Err(Fault::new(FaultKind::Columns, &place, "its first row is too long to name columns")),
            Err(Unread::Reading(error)) => return Err(read(error)),
        };
        let header: Vec<String> = header.cells().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        let layout = Layout::new(&header, said, names).map_err(|reason| Fault::new(FaultKind::Columns, &place, reason))?;
        if reached.offset > bytes.position() {
            let behind = reached.offset - bytes.position();
            io::copy(&mut (&mut bytes).take(behind), &mut io::sink()).map_err(read)?;
        }
        Ok(Delimited { bytes, mark, width: header.len(), layout, days, reached, ended: false })
    }

    /// Which columns were taken by their names.
    pub(crate) fn guessed(&self) -> &str {
        self.layout.guessed()
    }

    fn place(&self) -> Place {
        Place { label: format!("row {}", self.reached.number), reached: self.reached }
    }

    fn report(&self, row: &Row) -> Result<Report, Fault> {
        let place = self.place();
        if row.ends.len() != self.width {
            let reason = format!("the row has {} values, and the header names {} columns", row.ends.len(), self.width);
            return Err(Fault::new(FaultKind::Columns, &place, reason));
        }
        report(&self.layout, self.days, place, |column| row.cell(column).map(Cell::of))
    }

    /// Passes over the first line of a row that has no end: a quotation mark in it was left open.
    fn pass_over(&mut self, begins: u64) -> io::Result<()> {
        if !self.bytes.return_to(begins) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a quotation mark was left open"));
        }
        loop {
            let waiting = self.bytes.fill_buf()?;
            let newline = waiting.iter().position(|byte| *byte == b'\n');
            let (length, ended) = (newline.map_or(waiting.len(), |newline| newline + 1), waiting.is_empty() || newline.is_some());
            self.bytes.consume(length);
            if ended {
                return Ok(());
            }
        }
    }
}

impl Iterator for Delimited {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        if self.ended {
            return None;
        }
        self.bytes.mark();
        let begins = self.bytes.position();
        let mut found = row(&mut self.bytes, self.mark, LARGEST);
        if matches!(found, Err(Unread::TooLong))
            && let Err(error) = self.pass_over(begins)
        {
            found = Err(Unread::Reading(error));
        }
        self.reached = Reached { number: self.reached.number + 1, offset: self.bytes.position(), within: 0 };
        match found {
            Ok(None) => {
                self.ended = true;
                None
            }
            Ok(Some(row)) => Some(self.report(&row)),
            Err(Unread::TooLong) => {
                let reason = format!("the row has more than {} MB, or a quotation mark in it was left open", LARGEST >> 20);
                Some(Err(Fault::new(FaultKind::TooLarge, &self.place(), reason)))
            }
            Err(Unread::Reading(error)) => {
                self.ended = true;
                Some(Err(Fault::of_reading(&self.place(), &error)))
            }
        }
    }
}

/// The mark that stands most often in the first line.
fn mark(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let number = |mark: u8| line.iter().filter(|byte| **byte == mark).count();
    MARKS.into_iter().rev().max_by_key(|mark| number(*mark)).unwrap_or(b',')
}

/// The next row; `None` behind the last one.
fn row(bytes: &mut Rewinding<Box<dyn Read + Send>>, mark: u8, largest: usize) -> Result<Option<Row>, Unread> {
    let mut reader: Reader = ReaderBuilder::new().delimiter(mark).build();
    let mut row = Row { bytes: vec![0; 4 << 10], ends: vec![0; 64] };
    let (mut length, mut number) = (0, 0);
    loop {
        let input = bytes.fill_buf()?;
        let (result, read, written, ended) = reader.read_record(input, &mut row.bytes[length..], &mut row.ends[number..]);
        bytes.consume(read);
        (length, number) = (length + written, number + ended);
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull if length >= largest => return Err(Unread::TooLong),
            ReadRecordResult::OutputFull => row.bytes.resize((row.bytes.len() * 2).min(largest.max(length + 1)), 0),
            ReadRecordResult::OutputEndsFull if number > 1 << 16 => return Err(Unread::TooLong),
            ReadRecordResult::OutputEndsFull => row.ends.resize(row.ends.len() * 2, 0),
            ReadRecordResult::Record => {
                row.bytes.truncate(length);
                row.ends.truncate(number);
                return Ok(Some(row));
            }
            ReadRecordResult::End => return Ok(None),
        }
    }
}

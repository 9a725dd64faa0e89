//! How is a file opened, whatever its kind, so that its reports come one after another, from where it was read before?

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::bundle::{self, Bundle, Seekable};
use crate::cage::{Cage, Limits};
use crate::kind::{HEAD, Kind, unpacked};
use crate::lines::Lines;
use crate::mail::Mailbox;
use crate::meter::{Counted, Meter, Metered};
use crate::table::{ColumnMap, ColumnNames, DayOrder, Delimited, Parquet};
use crate::unpacking::Packing;
use crate::warc::Archive;
use crate::{Content, Fault, FaultKind, Known, LARGEST, Place, Reached, Report, docx, mail};

/// What gives the reports of one kind of file.
type OfKind = Box<dyn Iterator<Item = Result<Report, Fault>> + Send>;

/// The reports of one file, one after another; what cannot be read is a fault in its place.
pub struct Reports {
    /// `None` behind its end.
    of_kind: Option<OfKind>,
    reached: Reached,
    guessed: String,
}

impl Reports {
    /// Which columns of a table were taken by their names, in words; empty where none were.
    pub fn guessed(&self) -> &str {
        &self.guessed
    }
}

impl Iterator for Reports {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        let mut reports = self.of_kind.take()?;
        // A library that gives up by a panic takes the rest of its file with it, but nothing else.
        let Ok(item) = catch_unwind(AssertUnwindSafe(|| reports.next())) else {
            let place = Place { label: format!("behind {}", self.reached.number), reached: self.reached };
            let reason = "the file is so damaged that reading it was given up here; fetch it again";
            return Some(Err(Fault::new(FaultKind::Damaged, &place, reason)));
        };
        let item = item?;
        self.reached = item.as_ref().map_or_else(|fault| fault.place.reached, |report| report.place.reached);
        self.of_kind = Some(reports);
        Some(item)
    }
}

/// The way to files of any kind: what all of them need, and how far reading is.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// How far reading is.
    pub meter: Meter,
    /// What the user said of a table's columns.
    pub columns: ColumnMap,
    /// What columns of articles are usually called.
    pub names: ColumnNames,
    /// Which of two numbers of a date in a table is the day.
    pub days: DayOrder,
    /// Where PDF is read.
    pub cage: Cage,
    /// How much one PDF may take.
    pub limits: Limits,
    /// How many archives lie around what is read; 0 for a file of its own.
    pub depth: u8,
}

/// So many archives may lie in each other.
const DEPTH: u8 = 4;

impl Intake {
    /// The reports of a file, behind what was reached before.
    ///
    /// # Errors
    /// If it cannot be opened, is damaged as a whole, or is a table without a text.
    pub fn open(&self, path: &Path, reached: Reached) -> Result<Reports, Fault> {
        let fault = |error: &io::Error| Fault::of_reading(&Place::default(), error);
        let mut file = File::open(path).map_err(|error| fault(&error))?;
        let mut head = Vec::new();
        (&mut file).take(HEAD as u64).read_to_end(&mut head).map_err(|error| fault(&error))?;
        let (kind, packing) = self.kind(path, &head);
        let size = file.metadata().map_or(0, |metadata| metadata.len());
        if kind.is_one_report() && reached.number > 0 {
            self.meter.skip(size);
            return Ok(Reports { of_kind: None, reached, guessed: String::new() });
        }
        let begins = if kind.sets_in_at_bytes(packing) { reached.offset } else { 0 };
        file.seek(SeekFrom::Start(begins)).map_err(|error| fault(&error))?;
        self.meter.skip(begins);
        match (kind, packing) {
            (Kind::Parquet, Packing::None) => {
                let parquet = Parquet::new(file, (&self.columns, &self.names), self.days, reached)?;
                self.meter.read(size);
                let guessed = parquet.guessed().to_owned();
                Ok(Reports { of_kind: Some(Box::new(parquet)), reached, guessed })
            }
            (Kind::Zip, Packing::None) => self.zip(Box::new(Metered::new(file, &self.meter)), reached, size),
            _ => self.of_kind((kind, packing), Box::new(Metered::new(file, &self.meter)), reached),
        }
    }

    /// The reports that a stream holds, such as standard input.
    ///
    /// # Errors
    /// As [`Intake::open`]; also if its kind is read from its end.
    pub fn stream(&self, reader: Box<dyn Read + Send>) -> Result<Reports, Fault> {
        self.named_stream(Path::new("-"), Box::new(Metered::new(reader, &self.meter)))
    }

    /// The reports of a file that is in memory whole: of an archive, or of an address. Its name tells what its bytes do not.
    ///
    /// # Errors
    /// As [`Intake::open`].
    pub fn held(&self, name: &Path, bytes: Vec<u8>) -> Result<Reports, Fault> {
        self.named_stream(name, Box::new(Cursor::new(bytes)))
    }

    fn named_stream(&self, name: &Path, mut reader: Box<dyn Read + Send>) -> Result<Reports, Fault> {
        let mut head = Vec::new();
        (&mut reader).take(HEAD as u64).read_to_end(&mut head).map_err(|error| Fault::of_reading(&Place::default(), &error))?;
        let kind = self.kind(name, &head);
        self.of_kind(kind, Box::new(Cursor::new(head).chain(reader)), Reached::default())
    }

    fn kind(&self, path: &Path, head: &[u8]) -> (Kind, Packing) {
        let packing = Packing::of(head);
        let head = unpacked(packing, head);
        (Kind::of(path, &head, || self.columns != ColumnMap::default()), packing)
    }

    fn of_kind(&self, (kind, packing): (Kind, Packing), reader: Box<dyn Read + Send>, reached: Reached) -> Result<Reports, Fault> {
        let mut guessed = String::new();
        let of_kind: OfKind = match kind {
            Kind::Warc => Box::new(Counted::new(Archive::new(reader, reached), &self.meter)),
            Kind::Lines => Box::new(Lines::new(unpacking(packing, reader, reached.offset)?, reached)),
            Kind::Mailbox => Box::new(Mailbox::new(unpacking(packing, reader, reached.offset)?, reached)),
            Kind::Table => {
                let reader = Box::new(unpacking(packing, reader, 0)?);
                let table = Delimited::new(reader, (&self.columns, &self.names), self.days, reached)?;
                table.guessed().clone_into(&mut guessed);
                Box::new(table)
            }
            Kind::Zip => {
                let place = Place { label: String::new(), reached: whole_reached() };
                let bytes = whole(packing, reader, &place)?;
                let size = bytes.len() as u64;
                return self.zip(bundle::in_memory(bytes), reached, size);
            }
            Kind::Parquet => {
                let reason = "a Parquet file is read from its end, so it must be a file of its own; save or unpack it first";
                return Err(Fault::new(FaultKind::Damaged, &Place { label: String::new(), reached: whole_reached() }, reason));
            }
            Kind::Html | Kind::Text | Kind::Pdf | Kind::Mail => Box::new(std::iter::once(self.one(kind, packing, reader))),
        };
        Ok(Reports { of_kind: Some(of_kind), reached, guessed })
    }

    /// The one report that a file is.
    fn one(&self, kind: Kind, packing: Packing, reader: Box<dyn Read + Send>) -> Result<Report, Fault> {
        let place = Place { label: String::new(), reached: whole_reached() };
        let bytes = whole(packing, reader, &place)?;
        let content = match kind {
            Kind::Mail => return mail::report(&bytes, place),
            Kind::Pdf => {
                let text = self.cage.pdf(bytes, self.limits);
                Content::Text(text.map_err(|(kind, reason)| Fault::new(kind, &place, reason))?)
            }
            Kind::Html => Content::HtmlBytes(bytes, String::new()),
            _ => Content::TextBytes(bytes, String::new()),
        };
        Ok(Report { content, known: Known::default(), place })
    }

    /// The reports of a ZIP archive of a size: a Word document, or files.
    fn zip(&self, mut reader: Box<dyn Seekable>, reached: Reached, size: u64) -> Result<Reports, Fault> {
        let place = Place { label: String::new(), reached: whole_reached() };
        let archive = bundle::archive(reader)?;
        let of_kind: OfKind = if docx::is_docx(&archive) {
            if reached.number > 0 {
                self.meter.skip(size);
                return Ok(Reports { of_kind: None, reached, guessed: String::new() });
            }
            reader = archive.into_inner();
            let bytes = reader.rewind().map_err(|error| Fault::of_reading(&place, &error));
            let bytes = bytes.and_then(|()| whole(Packing::None, Box::new(reader), &place))?;
            Box::new(std::iter::once(docx::report(&bytes, place)))
        } else {
            if self.depth == DEPTH {
                return Err(Fault::new(FaultKind::TooLarge, &place, "too many archives lie in each other; unpack them"));
            }
            let behind = usize::try_from(reached.number).unwrap_or(usize::MAX);
            Box::new(Bundle::new(archive, Intake { depth: self.depth + 1, ..self.clone() }).skip(behind))
        };
        Ok(Reports { of_kind: Some(of_kind), reached, guessed: String::new() })
    }
}

/// How far a file is read that is one report, when it is done.
fn whole_reached() -> Reached {
    Reached { number: 1, offset: 0, within: 0 }
}

impl Kind {
    fn is_one_report(self) -> bool {
        matches!(self, Kind::Html | Kind::Text | Kind::Pdf | Kind::Mail)
    }

    /// Whether reading can set in at a byte of the file itself.
    fn sets_in_at_bytes(self, packing: Packing) -> bool {
        self == Kind::Warc || packing == Packing::None && matches!(self, Kind::Lines | Kind::Mailbox)
    }
}

/// A file's bytes as they were before it was packed. Of a packed one those before `offset` are left out; of another they are by now.
fn unpacking(packing: Packing, reader: Box<dyn Read + Send>, offset: u64) -> Result<Box<dyn BufRead + Send>, Fault> {
    let fault = |error: io::Error| Fault::of_reading(&Place { label: String::new(), reached: whole_reached() }, &error);
    let packed = BufReader::with_capacity(1 << 16, reader);
    let mut unpacked: Box<dyn BufRead + Send> = match packing {
        Packing::None => return Ok(Box::new(packed)),
        Packing::Gzip => Box::new(BufReader::with_capacity(1 << 16, flate2::bufread::MultiGzDecoder::new(packed))),
        Packing::Zstd => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(fault)?;
            Box::new(BufReader::with_capacity(1 << 16, decoder))
        }
    };
    io::copy(&mut (&mut unpacked).take(offset), &mut io::sink()).map_err(fault)?;
    Ok(unpacked)
}

/// All bytes of a file that is one report.
fn whole(packing: Packing, reader: Box<dyn Read + Send>, place: &Place) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let unpacked = unpacking(packing, reader, 0)?;
    unpacked.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| Fault::of_reading(place, &error))?;
    if bytes.len() > LARGEST {
        let reason = format!("it has more than the {} MB that a report can have; cut it into its reports", LARGEST >> 20);
        return Err(Fault::new(FaultKind::TooLarge, place, reason));
    }
    Ok(bytes)
}

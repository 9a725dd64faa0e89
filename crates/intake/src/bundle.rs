//! Which reports do the files of a ZIP archive hold? Each file as if it lay in a directory; their names are for messages alone, and
//! nothing is ever written to where they point.

use std::io::{Cursor, Read, Seek};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Fault, FaultKind, Intake, LARGEST, Place, Reached, Report, Reports, can_hold_reports};

/// What an archive is read from.
pub(crate) trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// The reports of the files of an archive, one after another.
pub(crate) struct Bundle {
    archive: ZipArchive<Box<dyn Seekable>>,
    intake: Intake,
    /// How many of its files lie behind.
    file: usize,
    /// The file that is read, and its name.
    reading: Option<(String, Reports)>,
    /// How many reports and faults lie behind.
    number: u64,
}

impl Bundle {
    /// The reports of an archive.
    pub(crate) fn new(archive: ZipArchive<Box<dyn Seekable>>, intake: Intake) -> Bundle {
        Bundle { archive, intake, file: 0, reading: None, number: 0 }
    }

    fn place(&mut self, name: &str, label: &str) -> Place {
        self.number += 1;
        let label = if label.is_empty() { name.to_owned() } else { format!("{name}:{label}") };
        Place { label, reached: Reached { number: self.number, offset: 0, within: 0 } }
    }

    /// Opens the next file; `None` behind the last, `Err` with its name where it cannot be opened.
    fn open(&mut self) -> Option<Result<(), (String, Fault)>> {
        while self.file < self.archive.len() {
            self.file += 1;
            let nameless = format!("file {}", self.file);
            match unpacked(&mut self.archive, self.file - 1) {
                Ok(None) => self.intake.meter.pass_over(),
                Ok(Some((name, bytes))) => {
                    return Some(match self.intake.held(Path::new(&name), bytes) {
                        Ok(reports) => {
                            self.reading = Some((name, reports));
                            Ok(())
                        }
                        Err(fault) => Err((name, fault)),
                    });
                }
                Err((name, fault)) => return Some(Err((name.unwrap_or(nameless), fault))),
            }
        }
        None
    }
}

/// A file of an archive, by its name; `None` where it can hold no report by that.
type Unpacked = Option<(String, Vec<u8>)>;

/// Unpacks a file; a fault comes with the file's name, where that is known.
fn unpacked(archive: &mut ZipArchive<Box<dyn Seekable>>, number: usize) -> Result<Unpacked, (Option<String>, Fault)> {
    let fault = |kind, reason: String| Fault::new(kind, &Place::default(), reason);
    let name = archive.name_for_index(number).and_then(Result::ok).map(|name| name.into_owned());
    if name.as_ref().is_some_and(|name| name.ends_with('/') || !can_hold_reports(Path::new(name))) {
        return Ok(None);
    }
    let file = archive.by_index(number).map_err(|error| {
        let fault = match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                fault(FaultKind::Locked, "it is locked with a password; unpack it first".to_owned())
            }
            error => fault(FaultKind::Damaged, format!("it cannot be unpacked ({error}); fetch the archive again")),
        };
        (name.clone(), fault)
    })?;
    let name = name.unwrap_or_else(|| format!("file {}", number + 1));
    let mut bytes = Vec::new();
    match file.take(LARGEST as u64 + 1).read_to_end(&mut bytes) {
        Ok(size) if size > LARGEST => {
            let reason = format!("a file of an archive can have {} MB, and it has more; unpack the archive", LARGEST >> 20);
            Err((Some(name), fault(FaultKind::TooLarge, reason)))
        }
        Ok(_) => Ok(Some((name, bytes))),
        Err(error) => Err((Some(name), fault(FaultKind::Damaged, format!("it cannot be unpacked ({error}); fetch the archive again")))),
    }
}

impl Iterator for Bundle {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        loop {
            if let Some((name, mut reports)) = self.reading.take()
                && let Some(item) = reports.next()
            {
                let place = match &item {
                    Ok(report) => self.place(&name, &report.place.label),
                    Err(fault) => self.place(&name, &fault.place.label),
                };
                self.reading = Some((name, reports));
                return Some(match item {
                    Ok(report) => Ok(Report { place, ..report }),
                    Err(fault) => Err(Fault { place, ..fault }),
                });
            }
            if let Err((name, fault)) = self.open()? {
                let place = self.place(&name, &fault.place.label);
                return Some(Err(Fault { place, ..fault }));
            }
        }
    }
}

/// The archive in a file's bytes.
///
/// # Errors
/// If it is none, or a damaged one.
pub(crate) fn archive(reader: Box<dyn Seekable>) -> Result<ZipArchive<Box<dyn Seekable>>, Fault> {
    ZipArchive::new(reader).map_err(|error| {
        let reason = format!("the ZIP archive does not read ({error}); fetch it again");
        Fault::new(FaultKind::Damaged, &Place { label: String::new(), reached: Reached { number: 1, offset: 0, within: 0 } }, reason)
    })
}

/// The same of bytes in memory.
pub(crate) fn in_memory(bytes: Vec<u8>) -> Box<dyn Seekable> {
    Box::new(Cursor::new(bytes))
}

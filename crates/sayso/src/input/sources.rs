//! In which order are files, directories and standard input read, and what is left out since it was read before?

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sayso_intake::table::{ColumnMap, DayOrder};
use sayso_intake::{Cage, Fault, Intake, Meter, Reached, Reports, can_hold_reports};
use walkdir::WalkDir;

use super::{Defaults, Earlier, Input, Position, Source};
use crate::{Error, ErrorKind, data};

/// The inputs of some paths, one after another, in the order of the paths and of the names below a directory; `-` is standard
/// input. What cannot be read is an error in its place, and the rest goes on.
pub fn inputs(paths: &[PathBuf], defaults: &Defaults, stdin: Box<dyn Read + Send>) -> Inputs {
    Inputs::new(paths, defaults, stdin)
}

/// How far reading is, for whoever watches it from another thread.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    meter: Meter,
    skipped: Arc<AtomicU64>,
    continued: Arc<Mutex<Vec<Source>>>,
    notes: Arc<Mutex<Vec<String>>>,
}

impl Watch {
    /// Bytes of files read or left out so far, as they lie on the disk.
    pub fn bytes(&self) -> u64 {
        self.meter.bytes()
    }

    /// Those of them that were left out since an earlier run had read them.
    pub fn bytes_skipped(&self) -> u64 {
        self.meter.skipped()
    }

    /// Records of archives that held no report so far: requests, redirects, pictures.
    pub fn passed_over(&self) -> u64 {
        self.meter.passed_over()
    }

    /// Reports that were left out since an earlier run had read them.
    pub fn skipped(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }

    /// The files of which a part, or all, was left out so.
    pub fn continued(&self) -> Vec<Source> {
        self.continued.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the user should know and was not told yet, such as which columns of a table were taken by their names.
    pub fn notes(&self) -> Vec<String> {
        std::mem::take(&mut *self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, name: &str, reports: &Reports) {
        if !reports.guessed().is_empty() {
            let note = format!("{name}: {} (by their names; --columns says otherwise)", reports.guessed());
            self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        }
    }
}

/// Gives the inputs of some paths one after another; see [`inputs`].
pub struct Inputs {
    left: VecDeque<PathBuf>,
    found: VecDeque<Result<PathBuf, Error>>,
    stdin: Option<Box<dyn Read + Send>>,
    defaults: Defaults,
    intake: Intake,
    watch: Watch,
    earlier: BTreeMap<String, Earlier>,
    /// Whether inputs are to say where in which file they stand.
    located: bool,
    reading: Option<Reading>,
}

/// The file that is being read.
struct Reading {
    name: String,
    source: Option<Arc<Source>>,
    reports: Reports,
}

impl Inputs {
    fn new(paths: &[PathBuf], defaults: &Defaults, stdin: Box<dyn Read + Send>) -> Inputs {
        let names = data::column_names().expect("the table of column names reads, as a test holds");
        let watch = Watch::default();
        Inputs {
            left: paths.iter().cloned().collect(),
            found: VecDeque::new(),
            stdin: Some(stdin),
            defaults: defaults.clone(),
            intake: Intake { meter: watch.meter.clone(), names, ..Intake::default() },
            watch,
            earlier: BTreeMap::new(),
            located: false,
            reading: None,
        }
    }

    /// The same, each saying where in which file it stands, without what an earlier run had read: of each file, by its
    /// [`Source::name`], how far that was.
    #[must_use]
    pub fn behind(mut self, earlier: BTreeMap<String, Earlier>) -> Inputs {
        self.earlier = earlier;
        self.located = true;
        self
    }

    /// The same with what the user said of the columns of tables, and of dates in them that can mean two days.
    #[must_use]
    pub fn of_tables(mut self, columns: ColumnMap, days: DayOrder) -> Inputs {
        self.intake.columns = columns;
        self.intake.days = days;
        self
    }

    /// The same with PDF read in a cage.
    #[must_use]
    pub fn caged(mut self, cage: Cage) -> Inputs {
        self.intake.cage = cage;
        self
    }

    /// Tells how far reading is.
    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// The next file, of those named and those below directories; `None` behind the last.
    fn path(&mut self) -> Option<Result<PathBuf, Error>> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Some(found);
            }
            let path = self.left.pop_front()?;
            if !path.is_dir() {
                return Some(Ok(path));
            }
            self.found = below(&path);
        }
    }

    fn open(&mut self, path: &Path) -> Result<Reading, Error> {
        if path.as_os_str() == "-" {
            let twice = || Error::new(ErrorKind::Unreadable, "standard input was named twice; name it once").at("-");
            let stdin = self.stdin.take().ok_or_else(twice)?;
            let reports = self.intake.stream(stdin).map_err(|fault| of_fault("standard input", None, fault))?;
            self.watch.note("standard input", &reports);
            return Ok(Reading { name: "standard input".to_owned(), source: None, reports });
        }
        let name = path.display().to_string();
        // What another program writes into is read as it comes, and only once.
        if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            let file = File::open(path).map_err(|error| Error::unreadable(path, &error))?;
            let reports = self.intake.stream(Box::new(file)).map_err(|fault| of_fault(&name, None, fault))?;
            self.watch.note(&name, &reports);
            return Ok(Reading { name, source: None, reports });
        }
        let source = if self.located { Some(Source::of(path).map_err(|error| Error::unreadable(path, &error))?) } else { None };
        let reached = source.as_ref().map(|source| self.reached(source)).unwrap_or_default();
        let source = source.map(Arc::new);
        let reports = self.intake.open(path, reached).map_err(|fault| of_fault(&name, source.as_ref(), fault))?;
        self.watch.note(&name, &reports);
        Ok(Reading { name, source, reports })
    }

    /// How far a file was read before, if it is still the same.
    fn reached(&self, source: &Source) -> Reached {
        let Some(earlier) = self.earlier.get(&source.name).filter(|earlier| earlier.identity == source.identity) else {
            return Reached::default();
        };
        self.watch.skipped.fetch_add(earlier.items, Ordering::Relaxed);
        self.watch.continued.lock().unwrap_or_else(PoisonError::into_inner).push(source.clone());
        earlier.reached
    }
}

impl Iterator for Inputs {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Result<Input, Error>> {
        loop {
            if let Some(Reading { name, source, reports }) = &mut self.reading {
                match reports.next() {
                    Some(Ok(report)) => {
                        let origin = origin(name, &report.place.label);
                        let position = source.clone().map(|source| Position { source, reached: report.place.reached });
                        let place = report.place.label.clone();
                        return Some(Ok(Input { origin, place, position, ..Input::from(report) }.with(&self.defaults)));
                    }
                    Some(Err(fault)) => return Some(Err(of_fault(name, source.as_ref(), fault))),
                    None => self.reading = None,
                }
            }
            match self.path()?.and_then(|path| self.open(&path)) {
                Ok(reading) => self.reading = Some(reading),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn origin(name: &str, label: &str) -> String {
    if label.is_empty() { name.to_owned() } else { format!("{name}:{label}") }
}

fn of_fault(name: &str, source: Option<&Arc<Source>>, fault: Fault) -> Error {
    let position = source.map(|source| Position { source: Arc::clone(source), reached: fault.place.reached });
    Error::new(ErrorKind::of_fault(fault.kind), fault.reason)
        .at(origin(name, &fault.place.label))
        .place_of(&fault.place.label)
        .within(position)
}

/// The files below a directory that can hold a report, by name.
fn below(directory: &Path) -> VecDeque<Result<PathBuf, Error>> {
    let mut found = VecDeque::new();
    for entry in WalkDir::new(directory).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && can_hold_reports(entry.path()) => found.push_back(Ok(entry.into_path())),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(directory).to_path_buf();
                let cause = error.into_io_error().unwrap_or_else(|| std::io::Error::other("a link that leads back to itself"));
                found.push_back(Err(Error::unreadable(&path, &cause)));
            }
        }
    }
    found
}

/// The files that are named or lie below named directories.
fn files(paths: &[PathBuf]) -> impl Iterator<Item = walkdir::DirEntry> {
    let entries = paths.iter().flat_map(|path| WalkDir::new(path).sort_by_file_name()).filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file())
}

/// The files below directories that are not read because of their names: hidden ones and those of other endings.
pub fn left_out(paths: &[PathBuf]) -> Vec<PathBuf> {
    files(paths).filter(|entry| entry.depth() > 0 && !can_hold_reports(entry.path())).map(walkdir::DirEntry::into_path).collect()
}

/// How many bytes all that is to be read has; `None` where a part of it is standard input, of which nobody knows.
pub fn size(paths: &[PathBuf]) -> Option<u64> {
    if paths.iter().any(|path| path.as_os_str() == "-") {
        return None;
    }
    let read = files(paths).filter(|entry| entry.depth() == 0 || can_hold_reports(entry.path()));
    Some(read.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_of_column_names_reads() {
        super::data::column_names().unwrap();
    }
}

//! Where are questions answered and changes made? Open records for many readers, and one writer at a time.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::{Timestamp, Unit};
use sayso::Coder;
use sayso::linking::{Linker, Outcome, Scope, link_record, versions};
use sayso::types::Edtf;
use sayso::types::record::DocumentRecord;
use sayso::write::Codes;
use sayso_people::Role;
use sayso_store::{Clearance, Moment, Record};
use tokio::sync::{Mutex as Turn, Semaphore};

use crate::answer::decision::Decided;
use crate::error::Error;
use crate::fault::Fault;
use crate::people::permission::Permission;
use crate::person::Person;
use crate::repeated::Repeated;
use crate::survey::{Survey, Surveys};

/// So many questions are answered at once; more wait for a seat.
const SEATS: usize = 8;

/// So long nobody calls for a linking in the background before it begins.
const QUIET: Duration = Duration::from_secs(5);

/// The program as the log names it.
pub(crate) const PROGRAM: &str = concat!("sayso ", env!("CARGO_PKG_VERSION"));

/// A record with all that answering and changing it needs, as whoever asks may see it; cloned, it is the same one.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
    clearance: Clearance,
}

struct Inner {
    path: PathBuf,
    linker: Linker,
    /// What reads documents; loaded when somebody first needs it.
    reader: OnceLock<Result<(Coder, Codes), String>>,
    surveys: Surveys,
    /// The same of what is open.
    open_surveys: Surveys,
    /// Tiles of the user's own for the map.
    tiles: Option<PathBuf>,
    /// Open records that nobody asks just now.
    idle: Mutex<Vec<Record>>,
    seats: Semaphore,
    writer: Turn<()>,
    /// Which call for a linking in the background was the last one.
    called: AtomicU64,
    /// What decisions were answered that may be sent again.
    answers: Mutex<Repeated<Decided>>,
}

/// What a question is answered from.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'r> {
    /// The record, as of the moment that was asked for.
    pub(crate) record: &'r Record,
    /// What computes whole accounts of it.
    pub(crate) linker: &'r Linker,
    surveys: &'r Surveys,
    as_of: Option<&'r str>,
}

impl<'r> Reader<'r> {
    /// What is kept of the whole record at that moment.
    pub(crate) fn survey(self) -> Survey<'r> {
        Survey { surveys: self.surveys, record: self.record, as_of: self.as_of }
    }
}

impl Desk {
    /// The desk of the record at a path.
    ///
    /// # Errors
    /// The record cannot be opened, or the data of the program does not load.
    pub fn open(path: &Path) -> Result<Desk, Error> {
        let record = Record::open_read_only(path).map_err(Error::record)?;
        let linker = Linker::embedded().map_err(Error::data)?;
        let inner = Inner {
            path: path.to_owned(),
            linker,
            reader: OnceLock::new(),
            surveys: Surveys::default(),
            open_surveys: Surveys::default(),
            tiles: None,
            idle: Mutex::new(vec![record]),
            seats: Semaphore::new(SEATS),
            writer: Turn::new(()),
            called: AtomicU64::new(0),
            answers: Mutex::default(),
        };
        Ok(Desk { inner: Arc::new(inner), clearance: Clearance::All })
    }

    /// The desk as a person of this role sees it; nobody sees what is open alone.
    pub(crate) fn seen_by(&self, role: Option<Role>) -> Desk {
        let may = role.is_some_and(|role| Permission::ReadRestricted.is_of(role));
        Desk { inner: Arc::clone(&self.inner), clearance: if may { self.clearance } else { Clearance::Open } }
    }

    /// The desk with what is open alone.
    pub(crate) fn open_alone(&self) -> Desk {
        self.seen_by(None)
    }

    /// How much of the record is seen from here.
    pub(crate) fn clearance(&self) -> Clearance {
        self.clearance
    }

    /// Surveys the whole record in the background, so that the first map and network need not wait for it.
    pub(crate) fn survey_ahead(&self) {
        let desk = self.clone();
        tokio::spawn(async move {
            let surveyed = desk.ask(None, |reader| {
                reader.survey().marks()?;
                reader.survey().pairs()?;
                Ok(reader.survey().extent("", ""))
            });
            // Whoever asks next meets the same fault, and is told of it.
            drop(surveyed.await);
        });
    }

    /// The desk with a PMTiles file of the user's own for the map; only before it is cloned.
    #[must_use]
    pub fn with_tiles(mut self, tiles: Option<PathBuf>) -> Desk {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            inner.tiles = tiles;
        }
        self
    }

    /// The user's own tiles.
    pub(crate) fn tiles(&self) -> Option<&Path> {
        self.inner.tiles.as_deref()
    }

    /// Answers a question from the record as it stands, or as it stood at a moment: away from the threads that wait on the network.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        as_of: Option<String>,
        question: impl FnOnce(Reader<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let _seat = self.inner.seats.acquire().await.map_err(|_| Fault::ended())?;
        let desk = self.clone();
        let answered = tokio::task::spawn_blocking(move || {
            let mut record = desk.take()?;
            let as_of = as_of.as_deref().map(str::trim).filter(|text| !text.is_empty());
            if let Some(text) = as_of {
                let moment = moment(&record, text)?;
                record.look_back(&moment)?;
            }
            let surveys = if desk.clearance == Clearance::All { &desk.inner.surveys } else { &desk.inner.open_surveys };
            let answer = question(Reader { record: &record, linker: &desk.inner.linker, surveys, as_of });
            record.look_at_now();
            desk.give_back(record);
            answer
        });
        answered.await.unwrap_or_else(|_| Err(Fault::ended()))
    }

    /// Works with what reads documents, away from the threads that wait on the network; loading it takes a second or two, once.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Coder, &Codes, &Desk) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let _seat = self.inner.seats.acquire().await.map_err(|_| Fault::ended())?;
        let desk = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let load = || Ok((Coder::embedded()?, Codes::embedded()?));
            let reader = desk.inner.reader.get_or_init(|| load().map_err(|error: sayso::Error| error.to_string()));
            let (coder, codes) = reader.as_ref().map_err(|_| Fault::ended())?;
            work(coder, codes, &desk)
        });
        done.await.unwrap_or_else(|_| Err(Fault::ended()))
    }

    /// A document of the record by its id, or the beginning of it; only where one waits on nothing but the disk.
    pub(crate) fn document(&self, id: &str) -> Result<DocumentRecord, Fault> {
        let record = self.take()?;
        let found = record.document(id);
        self.give_back(record);
        Ok(found?.record)
    }

    /// Changes the record, in its turn, and links what that touches.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Record, &Linker) -> Result<T, Fault> + Send + 'static,
    ) -> Result<(T, Outcome), Fault> {
        self.write(move |record, linker| {
            let done = change(record, linker)?;
            let outcome = if record.reading().seen()? > 0 {
                link_record(linker, record, Scope::Changed, PROGRAM, &versions())?
            } else {
                Outcome::default()
            };
            Ok((done, outcome))
        })
        .await
    }

    /// Writes to the record, in its turn.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Record, &Linker) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let _turn = self.inner.writer.lock().await;
        let desk = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let mut record = Record::open_to_change(&desk.inner.path, &now())?;
            write(&mut record, &desk.inner.linker)
        });
        written.await.unwrap_or_else(|_| Err(Fault::ended()))
    }

    /// Links what was decided, in the background and when nobody has called for it for a while: linking what touches very much takes
    /// long, and keeps everybody from deciding.
    pub(crate) fn link_later(&self) {
        let call = self.inner.called.fetch_add(1, Ordering::SeqCst) + 1;
        let desk = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(QUIET).await;
            if desk.inner.called.load(Ordering::SeqCst) == call {
                // What fails here is tried again with the next decision; until then the record says that it is not linked.
                let _ = desk.change(|_, _| Ok(())).await;
                desk.survey_ahead();
            }
        });
    }

    /// What decisions were answered that may be sent again.
    pub(crate) fn answers(&self) -> MutexGuard<'_, Repeated<Decided>> {
        self.inner.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Result<Record, Fault> {
        let idle = self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut record = idle.map_or_else(|| Record::open_read_only(&self.inner.path), Ok)?;
        record.look_with(self.clearance)?;
        Ok(record)
    }

    fn give_back(&self, record: Record) {
        self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner).push(record);
    }
}

impl FromRequestParts<Desk> for Desk {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Desk, Infallible> {
        Ok(desk.seen_by(parts.extensions.get::<Person>().map(|person| person.role)))
    }
}

/// The time, to the second, in RFC 3339.
#[expect(clippy::disallowed_methods, reason = "here the time comes in")]
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}

/// The moment that a person means: a release of this name, else a time, else the end of a date.
pub(crate) fn moment(record: &Record, text: &str) -> Result<Moment, Fault> {
    if record.releases()?.iter().any(|release| release.name == text) {
        return Ok(Moment::Release(text.to_owned()));
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(Moment::Time(time.to_string()));
    }
    let last = text.parse::<Edtf>().ok().and_then(|date| date.latest());
    last.map(|day| Moment::Time(format!("{day}T23:59:59Z"))).ok_or_else(|| {
        Fault::invalid(
            format!("`{text}` is neither a release nor a date nor a time"),
            "Write a release's name, a date (2017, 2017-08, 2017-08-31) or a time (2017-08-31T08:00:00Z) after as-of.",
        )
    })
}

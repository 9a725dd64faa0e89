//! What of a whole record is kept at hand, so that maps and networks need not meet all of it for every question?
//!
//! It is kept for as long as the record stands as it does: the log tells.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sayso::gazetteer::{Extent, extents};
use sayso_store::Record;
use sayso_store::query::{EventMarks, Pair};

use crate::fault::Fault;

/// So many moments of the record are kept, the last asked ones.
const MOST: usize = 4;

/// What is kept of the record at a few moments.
#[derive(Default)]
pub(crate) struct Surveys {
    marks: Mutex<Vec<Kept<EventMarks>>>,
    pairs: Mutex<Vec<Kept<Vec<Pair>>>>,
    extents: OnceLock<BTreeMap<(String, String), Extent>>,
}

/// What was found of a record that stood so.
struct Kept<T> {
    moment: Moment,
    found: Arc<T>,
}

/// As of when the record is looked at, and how long its log was.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Moment {
    as_of: Option<String>,
    log: u64,
}

/// The surveys of a record, as of the moment that a question is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Survey<'r> {
    pub(crate) surveys: &'r Surveys,
    pub(crate) record: &'r Record,
    pub(crate) as_of: Option<&'r str>,
}

impl Survey<'_> {
    /// Every event in a few numbers.
    pub(crate) fn marks(&self) -> Result<Arc<EventMarks>, Fault> {
        self.kept(&self.surveys.marks, |record| Ok(record.event_marks()?))
    }

    /// All pairs of actors that something ties.
    pub(crate) fn pairs(&self) -> Result<Arc<Vec<Pair>>, Fault> {
        self.kept(&self.surveys.pairs, |record| Ok(record.pairs()?))
    }

    /// How far the division of a country reaches; `None` where too few of its places are known.
    pub(crate) fn extent(&self, country: &str, division: &str) -> Option<Extent> {
        // Without the program's own data no desk is opened, so that none is missing here.
        let extents = self.surveys.extents.get_or_init(|| extents().unwrap_or_default());
        extents.get(&(country.to_owned(), division.to_owned())).copied()
    }

    fn kept<T>(&self, all: &Mutex<Vec<Kept<T>>>, find: impl FnOnce(&Record) -> Result<T, Fault>) -> Result<Arc<T>, Fault> {
        let moment = Moment { as_of: self.as_of.map(ToOwned::to_owned), log: self.record.log_length()? };
        let held = |kept: &mut Vec<Kept<T>>| -> Option<Arc<T>> {
            let at = kept.iter().position(|one| one.moment == moment)?;
            let one = kept.remove(at);
            let found = Arc::clone(&one.found);
            kept.push(one);
            Some(found)
        };
        if let Some(found) = held(&mut all.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(found);
        }
        let found = Arc::new(find(self.record)?);
        let mut kept = all.lock().unwrap_or_else(PoisonError::into_inner);
        // What was kept of a shorter log stands no more.
        kept.retain(|one| one.moment.log == moment.log && one.moment != moment);
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push(Kept { moment, found: Arc::clone(&found) });
        Ok(found)
    }
}

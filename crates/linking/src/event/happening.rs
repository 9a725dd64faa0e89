//! What does linking know of one event statement?

use std::sync::Arc;

use sayso_types::{EventType, Level, QuantityOf, RoleName};
use serde::{Deserialize, Serialize};

use super::days::Days;
use super::words::{Trigger, Words};

/// One event statement, as far as it tells which event it speaks of.
///
/// Of a mention that is no statement of ours (another corpus's gold), what is not known is left empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// The statement's number in the record.
    pub key: i64,
    /// The document that tells it; carried beside it where it is written out, since all that a document tells have it in common.
    #[serde(skip)]
    pub account: Arc<Account>,
    /// Number of the sentence in its document.
    pub sentence: u32,
    /// PLOVER's type, where it was coded.
    pub event: Option<EventType>,
    /// PLOVER's mode; empty for none.
    pub mode: Box<str>,
    /// The word that brought it up.
    pub trigger: Trigger,
    /// One, or several at once.
    pub number: Number,
    /// Behind or ahead.
    pub outlook: Outlook,
    /// Who takes part.
    pub participants: Box<[Participant]>,
    /// Where.
    pub place: Option<Where>,
    /// When.
    pub time: Option<When>,
    /// How many.
    pub counts: Box<[Count]>,
    /// Content words of the sentence.
    pub words: Words,
    /// Those of them that are names.
    pub names: Words,
    /// Those that name a kind of site or target: "mosque", "checkpoint".
    pub sites: Words,
    /// Those of them that name who or what suffers it, or where it is; a doctor at a hospital tells of what happened elsewhere.
    pub struck: Words,
    /// The words that set it apart from another happening: "a second", "later the same day"; empty for none.
    pub apart: Box<str>,
}

impl Happening {
    /// A happening of which only its document is known.
    pub fn of_account(key: i64, account: Arc<Account>) -> Happening {
        Happening {
            key,
            account,
            sentence: 0,
            event: None,
            mode: Box::default(),
            trigger: Trigger::default(),
            number: Number::One,
            outlook: Outlook::Unknown,
            participants: Box::default(),
            place: None,
            time: None,
            counts: Box::default(),
            words: Words::default(),
            names: Words::default(),
            sites: Words::default(),
            struck: Words::default(),
            apart: Box::default(),
        }
    }

    /// The days within which it lies, where the text says or lets assume them: what is told as past, without a time, in a dated report
    /// is looked for in the week before.
    pub fn likely_days(&self) -> Option<Days> {
        match &self.time {
            Some(when) => Some(when.days),
            None if self.outlook == Outlook::Behind => self.account.published.map(|days| days.widened(NEWS_DAYS, 1)),
            None => None,
        }
    }
}

/// How many days back a report's untimed news is looked for.
const NEWS_DAYS: i32 = 7;

/// What is known of the document that tells it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The document's number in the record.
    pub document: i64,
    /// The origin group of its text: copies of one text have one.
    pub origin: i64,
    /// First and last day that its publication date can mean.
    pub published: Option<Days>,
    /// Whether what it tells twice has been put together.
    pub retellings: Retellings,
    /// Content words of the document; empty where they are not known.
    pub words: Words,
    /// Those of them that are names; empty where they are not known.
    pub names: Words,
}

/// Whether a document's several tellings of one happening have been made one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Retellings {
    /// They are one: two statements of a document are most likely two happenings.
    #[default]
    Merged,
    /// Each mention stands by itself.
    Apart,
}

/// One happening or several at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Number {
    /// One.
    One,
    /// Several: "attacks in recent months".
    Several,
}

/// On which side of the time of writing it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outlook {
    /// It is told as having happened, or as not having happened.
    Behind,
    /// It is planned, threatened or only thought of.
    Ahead,
    /// Not known.
    Unknown,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    /// As what.
    pub role: RoleName,
    /// The actor's id, after people's judgements of identity.
    pub actor_id: Option<Box<str>>,
    /// The actor's name; the words where there is none.
    pub name: Box<str>,
    /// Content words of it.
    pub words: Words,
}

/// When it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// First and last possible day.
    pub days: Days,
    /// Said here, or taken from elsewhere in the document.
    pub level: Level,
}

/// Where it happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Where {
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// The gazetteer's name, or the words.
    pub name: Box<str>,
    /// ISO 3166-1 alpha-3; empty for none.
    pub country: Box<str>,
    /// First-order division; empty for none.
    pub admin1: Box<str>,
    /// WGS 84 degrees: latitude, longitude.
    pub coordinates: Option<(f32, f32)>,
    /// UCDP GED's `where_prec`: 1 an exact place … 6 a country.
    pub precision: Option<u8>,
    /// Said here, or taken from elsewhere in the document.
    pub level: Level,
}

/// A count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Of what.
    pub of: QuantityOf,
    /// Lowest.
    pub low: Option<u64>,
    /// Most likely.
    pub best: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
}

impl Count {
    /// The number that stands for it: the best, else the lowest, else the highest.
    pub fn number(&self) -> Option<u64> {
        self.best.or(self.low).or(self.high)
    }
}

impl Happening {
    /// The same happening, told by `account`, which can be compared but no longer says on what grounds.
    #[must_use]
    pub fn unspelled(self, account: Arc<Account>) -> Happening {
        let participant = |participant: &Participant| Participant {
            name: Box::default(),
            words: participant.words.unspelled(),
            actor_id: participant.actor_id.clone(),
            role: participant.role,
        };
        Happening {
            account,
            words: self.words.unspelled(),
            names: self.names.unspelled(),
            sites: self.sites.unspelled(),
            participants: self.participants.iter().map(participant).collect(),
            ..self
        }
    }
}

impl Account {
    /// The same, without the spelling of its words.
    #[must_use]
    pub fn unspelled(&self) -> Account {
        Account { words: self.words.unspelled(), ..self.clone() }
    }
}

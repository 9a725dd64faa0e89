//! One event: what is told of it, by whom, in which words, where accounts differ, and why they are of one event.

use std::collections::BTreeMap;

use sayso::linking::{EventView, ToldBy, View, view};
use sayso::types::RoleName;
use sayso::types::record::{GroupRecord, StatementRecord, Words};
use sayso_linking::account::{Account, Attribute, AttributeName, Profile};
use sayso_types::decision::{Reliability, SubjectKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::map::{Precision, reach};
use super::sensitivity::Restriction;
use super::statement::{DecisionInShort, decisions};
use crate::desk::Reader;
use crate::fault::Fault;

/// An event with all that its screen shows.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventAnswer {
    /// In short.
    pub(crate) summary: GroupRecord,
    /// RFC 3339: since when the record has an event of this id.
    pub(crate) since: String,
    /// RFC 3339: since when it is as it stands.
    pub(crate) changed: String,
    /// The account that its tellings give.
    pub(crate) account: Account,
    /// How reliable people hold its sources to be, A to F, by name.
    pub(crate) reliability: BTreeMap<String, Reliability>,
    /// Each value that each telling gives, with its words: the table of accounts.
    pub(crate) told: Vec<Told>,
    /// Its tellings, in the order of reading, each with why it is of this event.
    pub(crate) told_by: Vec<ToldBy>,
    /// Where it lies and how surely that is known; `null` where no point of it is known.
    pub(crate) placed: Option<Placed>,
    /// Events from which statements came into it.
    pub(crate) former: Vec<Former>,
    /// What people decided about it, first thing first.
    pub(crate) decisions: Vec<DecisionInShort>,
    /// By whose word it, or something that it rests on, is restricted; `null` where nothing is.
    pub(crate) restricted: Option<Restriction>,
}

/// One value as one source gives it in one document.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Told {
    /// Of which attribute: "killed".
    pub(crate) attribute: String,
    /// The value: "at least 35".
    pub(crate) value: String,
    /// Whether it is the one shown.
    pub(crate) is_shown: bool,
    /// Whether independent sources differ on the attribute.
    pub(crate) disputed: bool,
    /// Where it is said, in the order of the text; never empty.
    pub(crate) sentences: Vec<Sentence>,
    /// Who says so, closest to the fact first; empty is the document's own voice.
    pub(crate) informants: Vec<String>,
    /// The document that carries it, by id.
    pub(crate) document: String,
    /// Its headline.
    pub(crate) title: String,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// The day on which it was told.
    pub(crate) day: Option<String>,
    /// Where it adds no independent source, why not.
    pub(crate) uncounted: Option<String>,
}

/// Where a value is said.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Sentence {
    /// The statement, by id.
    pub(crate) statement: String,
    /// The words that give the value, or that bring the statement up where no own words do.
    pub(crate) words: Words,
}

/// An event from which statements came into another.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Former {
    /// Its id.
    pub(crate) id: String,
    /// RFC 3339: when they came.
    pub(crate) at: String,
    /// Whether it is no more: the two were put together.
    pub(crate) whole: bool,
}

/// Where an event lies, as surely as it is known: of an area, its middle and how far it reaches.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Placed {
    /// How surely.
    pub(crate) precision: Precision,
    /// WGS 84 degrees.
    pub(crate) longitude: f64,
    /// WGS 84 degrees.
    pub(crate) latitude: f64,
    /// Kilometres around it in which it lies; 0 for a town or site, and for a whole country.
    pub(crate) km: f64,
    /// ISO 3166-1 alpha-3.
    pub(crate) country: Option<String>,
}

impl Placed {
    fn of(reader: Reader<'_>, event: &GroupRecord) -> Option<Placed> {
        let place = event.place.as_ref()?;
        let precision = Precision::of_where_prec(place.where_prec.unwrap_or(0));
        let reach = reach(reader.survey(), event, [place.longitude?, place.latitude?], precision);
        Some(Placed { precision, longitude: reach.longitude, latitude: reach.latitude, km: reach.km, country: place.country.clone() })
    }
}

/// What became of an event, relation or series that is asked for.
pub(crate) enum Asked<T> {
    /// It stands.
    Stands(Box<T>),
    /// It is no more; its statements stand in these.
    Became(Vec<GroupRecord>),
}

/// The whole account of a group, or what became of it.
pub(crate) fn account(reader: Reader<'_>, id: &str, profile: Profile) -> Result<Asked<(View, sayso_store::query::StoredGroup)>, Fault> {
    let stored = match reader.record.group(id) {
        Ok(stored) => stored,
        Err(error) if error.kind() == sayso_store::ErrorKind::Unknown => {
            return match reader.record.successors(id) {
                Ok(successors) => Ok(Asked::Became(successors)),
                Err(_) => Err(error.into()),
            };
        }
        Err(error) => return Err(error.into()),
    };
    let view = view(reader.linker, reader.record.reading(), &stored.record.id, profile)?;
    let view = view.ok_or_else(|| Fault::unknown(format!("`{id}` has no account"), "`sayso link --all` makes all events anew."))?;
    Ok(Asked::Stands(Box::new((view, stored))))
}

impl EventAnswer {
    /// The answer for an event's id, or the beginning of it; numbers by a convention.
    pub(crate) fn of(reader: Reader<'_>, id: &str, profile: Profile) -> Result<Asked<EventAnswer>, Fault> {
        let (view, stored) = match account(reader, id, profile)? {
            Asked::Stands(stands) => *stands,
            Asked::Became(groups) => return Ok(Asked::Became(groups)),
        };
        let View::Event(event) = view else {
            return Err(Fault::unknown(format!("`{id}` is no event"), "Relations are under /relation, series under /estimate."));
        };
        let EventView { summary, account, reliability, told_by } = *event;
        let former = stored.former.into_iter().map(|former| Former {
            id: former.id,
            at: former.at,
            whole: former.moved == sayso_store::query::Moved::Whole,
        });
        Ok(Asked::Stands(Box::new(EventAnswer {
            placed: Placed::of(reader, &summary),
            told: told(&account, &told_by),
            decisions: decisions(reader, SubjectKind::Group, &summary.id)?,
            restricted: Restriction::of_group(reader, &summary.id)?,
            former: former.collect(),
            since: stored.since,
            changed: stored.changed,
            summary,
            account,
            reliability,
            told_by,
        })))
    }
}

/// The table of accounts: attributes on which sources differ first, then counts, then the rest; of each its values, and of each value
/// who gives it in which document.
fn told(account: &Account, told_by: &[ToldBy]) -> Vec<Told> {
    let tellings: BTreeMap<&str, &ToldBy> = told_by.iter().map(|telling| (telling.statement.id.as_str(), telling)).collect();
    let uncounted: BTreeMap<&str, &str> =
        account.independence.uncounted.iter().map(|one| (one.statement.as_str(), one.why.as_str())).collect();
    let mut attributes: Vec<&Attribute> = account.attributes.iter().collect();
    attributes.sort_by_key(|attribute| (!attribute.disputed, !matches!(attribute.name, AttributeName::Count(_))));
    let mut rows: Vec<Told> = Vec::new();
    for attribute in attributes {
        for (at, value) in attribute.values.iter().enumerate() {
            let first = rows.len();
            for telling in value.statements.iter().filter_map(|id| tellings.get(id.as_str())) {
                let statement = &telling.statement;
                let (informants, words) = (informants(statement), words(statement, attribute.name, &value.text));
                let sentence = Sentence { statement: statement.id.clone(), words };
                let same = rows[first..].iter_mut().find(|row| row.document == statement.document_id && row.informants == informants);
                if let Some(row) = same {
                    row.sentences.push(sentence);
                    continue;
                }
                rows.push(Told {
                    attribute: attribute.name.as_str().to_owned(),
                    value: value.text.clone(),
                    is_shown: at == attribute.shown,
                    disputed: attribute.disputed,
                    informants,
                    sentences: vec![sentence],
                    document: statement.document_id.clone(),
                    title: telling.title.clone(),
                    publisher: telling.publisher.clone(),
                    day: telling.day.map(|day| day.to_string()),
                    uncounted: uncounted.get(statement.id.as_str()).map(|why| (*why).to_owned()),
                });
            }
        }
    }
    rows
}

/// Who says so, closest to the fact first.
pub(crate) fn informants(statement: &StatementRecord) -> Vec<String> {
    let name = |link: &sayso::types::record::AttributionRecord| link.name.clone().unwrap_or_else(|| link.source.clone());
    statement.attribution.iter().rev().map(name).collect()
}

/// The words of a statement that give an attribute's value; its trigger where no words of its own do.
fn words(statement: &StatementRecord, attribute: AttributeName, value: &str) -> Words {
    let role = |wanted: RoleName| {
        let of_role = || statement.roles.iter().filter(move |role| role.role == wanted);
        let named = of_role().find(|role| role.name.as_deref() == Some(value) || role.words.text == value);
        named.or_else(|| of_role().next()).map(|role| role.words.clone())
    };
    let own = match attribute {
        AttributeName::Actor => role(RoleName::Actor),
        AttributeName::Recipient => role(RoleName::Recipient),
        AttributeName::Place => statement.place.as_ref().map(|place| place.words.clone()),
        AttributeName::Time => statement.time.as_ref().map(|time| time.words.clone()),
        AttributeName::Count(of) => statement.quantities.iter().find(|quantity| quantity.of == of).map(|quantity| quantity.words.clone()),
        AttributeName::Mode | AttributeName::Outcome => None,
    };
    own.unwrap_or_else(|| statement.evidence.trigger.clone())
}

/// Events that are like one, to be joined with it.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlikeAnswer {
    /// The most alike first.
    pub(crate) items: Vec<Alike>,
}

/// An event that is like another.
#[derive(Serialize, ToSchema)]
pub(crate) struct Alike {
    /// The event.
    pub(crate) group: GroupRecord,
    /// How surely two of their statements speak of one event, from 0 to 1.
    pub(crate) score: f64,
}

impl AlikeAnswer {
    /// The events that are like one.
    pub(crate) fn of(reader: Reader<'_>, id: &str) -> Result<AlikeAnswer, Fault> {
        let event = reader.record.group(id)?.record;
        let items = reader.record.events_like(&event.id)?.into_iter().map(|(group, score)| Alike { group, score });
        Ok(AlikeAnswer { items: items.collect() })
    }
}

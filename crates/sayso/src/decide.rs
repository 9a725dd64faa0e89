//! What does a person ask to decide, by ids, and which decision is that? Each id is looked up and becomes the words by which a
//! decision names what it is about, so that it finds it again after the documents were read with newer rules.

use std::collections::BTreeSet;

use sayso_linking::account::Profile;
use sayso_store::{Filter, Record};
use sayso_types::decision::{Action, Anchor, GroupAnchor, Judgement, Marked, Origin, Reliability, Sensitivity, Status, Verdict};
use sayso_types::record::GroupKind;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::linking::{Linker, View, candidate_id, view};

/// What a person asks to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "kebab-case")]
pub enum Request {
    /// The statement is what the words say.
    Accept {
        /// Its id, or the beginning of it.
        statement: String,
    },
    /// The statement is not what the words say.
    Reject {
        /// Its id, or the beginning of it.
        statement: String,
    },
    /// A value of the statement is another.
    Correct {
        /// Its id, or the beginning of it.
        statement: String,
        /// Which value: a JSON pointer into the statement as it is written, "/place/name"; the empty one is the whole.
        path: String,
        /// What it was when the person saw it; where it has become another since, nothing is decided. Left out, it is not asked.
        #[serde(default, deserialize_with = "as_sent", skip_serializing_if = "Option::is_none")]
        before: Option<Value>,
        /// What it is.
        after: Value,
    },
    /// A reviewer's verdict on a statement, which changes nothing by itself.
    Vote {
        /// Its id, or the beginning of it.
        statement: String,
        /// The verdict.
        verdict: Verdict,
    },
    /// Events, statements, or all that documents tell, speak of one event.
    Join {
        /// The ids, two or more.
        ids: Vec<String>,
    },
    /// Statements, or all that documents tell, speak of another event than the rest of theirs.
    Split {
        /// The event.
        event: String,
        /// The ids of what is taken out.
        out: Vec<String>,
    },
    /// Two events are not one, however alike: they are not put together.
    Apart {
        /// The one event.
        a: String,
        /// The other.
        b: String,
    },
    /// One of an event's differing values is the one to show; the others stay.
    Settle {
        /// The event.
        event: String,
        /// Which attribute: "killed", "place", "time", "actor".
        attribute: String,
        /// The value as the account of the event has it.
        value: String,
    },
    /// An event is established so far.
    Status {
        /// The event.
        event: String,
        /// How far.
        status: Status,
    },
    /// How two actors stand to each other.
    Actors {
        /// How.
        judgement: Judgement,
        /// The one, by the registry's id, a candidate's or a name; with "part-of" the part.
        a: String,
        /// The other; with "part-of" the whole.
        b: String,
    },
    /// How reliable a source is.
    Reliability {
        /// The registry's id, or the name as the record has it.
        source: String,
        /// The grade of the Admiralty code.
        grade: Reliability,
    },
    /// Whether two documents give one text.
    Origin {
        /// The one document.
        a: String,
        /// The other.
        b: String,
        /// Whether they do.
        origin: Origin,
    },
    /// Who may see a document, a statement, an event, relation or series, or all that somebody published.
    Sensitivity {
        /// Its id, of a document or statement perhaps only the beginning of it; or `publisher:` and a name.
        id: String,
        /// Who.
        sensitivity: Sensitivity,
    },
}

/// A value that was sent, be it null.
fn as_sent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Why what is asked is no decision.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The record cannot be asked, or has no such statement, document or decision.
    #[error(transparent)]
    Record(#[from] sayso_store::Error),
    /// The data of the program does not load.
    #[error(transparent)]
    Data(#[from] crate::Error),
    /// There is no such event.
    #[error("there is no event `{0}`")]
    NoEvent(String),
    /// An id is that of nothing that has statements.
    #[error("`{0}` is no event, statement or document")]
    Nothing(String),
    /// What is asked contradicts itself.
    #[error("{0}")]
    Senseless(String),
    /// What it rests on has become another since it was looked at.
    #[error("{0}")]
    Stale(String),
}

impl Request {
    /// The code of the decision that is asked for: "accept".
    pub fn code(&self) -> &'static str {
        match self {
            Request::Accept { .. } => "accept",
            Request::Reject { .. } => "reject",
            Request::Correct { .. } => "correct",
            Request::Vote { .. } => "vote",
            Request::Join { .. } => "join",
            Request::Split { .. } | Request::Apart { .. } => "split",
            Request::Settle { .. } => "settle",
            Request::Status { .. } => "status",
            Request::Actors { .. } => "actors",
            Request::Reliability { .. } => "reliability",
            Request::Origin { .. } => "origin",
            Request::Sensitivity { .. } => "sensitivity",
        }
    }

    /// The decision that it is. `linker` is called where the account of an event must be known.
    ///
    /// # Errors
    /// Something that it names is not in the record, or it makes no sense.
    pub fn action(&self, record: &Record, linker: impl FnOnce() -> Result<Linker, crate::Error>) -> Result<Action, Refusal> {
        Ok(match self {
            Request::Accept { statement } => Action::Accept { statement: record.anchor(statement)? },
            Request::Reject { statement } => Action::Reject { statement: record.anchor(statement)? },
            Request::Correct { statement, path, before, after } => correct(record, statement, path, before.as_ref(), after)?,
            Request::Vote { statement, verdict } => Action::Vote { statement: record.anchor(statement)?, verdict: *verdict },
            Request::Join { ids } => join(record, ids)?,
            Request::Split { event, out } => split(record, event, out)?,
            Request::Apart { a, b } => apart(record, a, b)?,
            Request::Settle { event, attribute, value } => settle(record, &linker()?, event, attribute, value)?,
            Request::Status { event, status } => Action::Status { event: group_anchor(record, event)?, status: *status },
            Request::Actors { judgement, a, b } => actors(*judgement, a, b)?,
            Request::Reliability { source, grade } if !source.trim().is_empty() => {
                Action::Reliability { source: source.clone(), grade: *grade }
            }
            Request::Reliability { .. } => return Err(Refusal::Senseless("no source is named; name one".to_owned())),
            Request::Origin { a, b, origin } => {
                let (a, b) = (record.text_anchor(a)?, record.text_anchor(b)?);
                if a.document == b.document {
                    return Err(Refusal::Senseless(format!("`{}` is one document; name two", a.document)));
                }
                Action::Origin { a, b, origin: *origin }
            }
            Request::Sensitivity { id, sensitivity } => Action::Sensitivity { of: marked(record, id)?, sensitivity: *sensitivity },
        })
    }
}

fn correct(record: &Record, statement: &str, path: &str, seen: Option<&Value>, after: &Value) -> Result<Action, Refusal> {
    let anchor = record.anchor(statement)?;
    let stated = serde_json::to_value(record.statement(&anchor.statement)?).map_err(|error| Refusal::Senseless(error.to_string()))?;
    let before = stated.pointer(path).cloned().unwrap_or(Value::Null);
    if let Some(seen) = seen.filter(|seen| **seen != before) {
        let message = format!("{} was {seen} and is {before} by now; look at the statement again", path.trim_start_matches('/'));
        return Err(Refusal::Stale(message));
    }
    if before == *after {
        return Err(Refusal::Stale(format!("{} is {after} already", path.trim_start_matches('/'))));
    }
    Ok(Action::Correct { statement: anchor, path: path.to_owned(), before, after: after.clone() })
}

fn join(record: &Record, ids: &[String]) -> Result<Action, Refusal> {
    let mut seen = BTreeSet::new();
    let members: Vec<Anchor> = anchors(record, ids)?.into_iter().filter(|anchor| seen.insert(anchor.statement.clone())).collect();
    if members.len() < 2 {
        return Err(Refusal::Senseless("one statement alone cannot be joined; name two events or statements".to_owned()));
    }
    Ok(Action::Join { kind: GroupKind::Event, members })
}

fn split(record: &Record, event: &str, out: &[String]) -> Result<Action, Refusal> {
    let named: BTreeSet<String> = anchors(record, out)?.into_iter().map(|anchor| anchor.statement).collect();
    let of_event = group_anchor(record, event)?.members;
    let (members, from): (Vec<Anchor>, Vec<Anchor>) = of_event.into_iter().partition(|anchor| named.contains(&anchor.statement));
    if members.is_empty() || from.is_empty() {
        let message = format!("nothing is left to split: of `{event}` some statements must be named, and not all");
        return Err(Refusal::Senseless(message));
    }
    Ok(Action::Split { kind: GroupKind::Event, members, from })
}

fn apart(record: &Record, a: &str, b: &str) -> Result<Action, Refusal> {
    if a == b {
        return Err(Refusal::Senseless("name two events".to_owned()));
    }
    let (members, from) = (group_anchor(record, a)?.members, group_anchor(record, b)?.members);
    Ok(Action::Split { kind: GroupKind::Event, members, from })
}

fn settle(record: &Record, linker: &Linker, event: &str, attribute: &str, value: &str) -> Result<Action, Refusal> {
    let Some(View::Event(told)) = view(linker, record.reading(), event, Profile::Sources)? else {
        return Err(Refusal::NoEvent(event.to_owned()));
    };
    let found = told.account.attributes.iter().find(|one| one.name.as_str() == attribute);
    let Some(found) = found else {
        let names: Vec<&str> = told.account.attributes.iter().map(|one| one.name.as_str()).collect();
        return Err(Refusal::Senseless(format!("nothing is told of its `{attribute}`, only of {}", names.join(", "))));
    };
    if !found.values.iter().any(|told| told.text == value) {
        let values: Vec<&str> = found.values.iter().map(|told| told.text.as_str()).collect();
        return Err(Refusal::Senseless(format!("nobody tells `{value}`; its `{attribute}` is told as {}", values.join(", "))));
    }
    Ok(Action::Settle { event: group_anchor(record, event)?, attribute: attribute.to_owned(), value: value.into() })
}

fn actors(judgement: Judgement, a: &str, b: &str) -> Result<Action, Refusal> {
    let (a, b) = (actor(a), actor(b));
    if a == b || a == "c:" || b == "c:" {
        return Err(Refusal::Senseless("name two actors".to_owned()));
    }
    Ok(Action::Actors { judgement, a, b })
}

/// An actor's id: of the registry as it is, of another the candidate's by its name.
fn actor(name: &str) -> String {
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.starts_with("c:") || (!name.is_empty() && name.chars().all(is_id)) { name.to_owned() } else { candidate_id(name) }
}

/// What an id means: a group's is told by its first letter, and statements are asked before documents.
fn marked(record: &Record, id: &str) -> Result<Marked, Refusal> {
    match id.strip_prefix("publisher:").map(str::trim) {
        Some("") => return Err(Refusal::Senseless("no publisher is named; name one".to_owned())),
        Some(name) => return Ok(Marked::Publisher(name.to_owned())),
        None => {}
    }
    if ["e-", "r-", "n-"].iter().any(|kind| id.starts_with(kind)) {
        return Ok(Marked::Group(group_anchor(record, id)?));
    }
    match record.anchor(id) {
        Ok(anchor) => Ok(Marked::Statement(anchor)),
        Err(_) => record.text_anchor(id).map(Marked::Document).map_err(|_| Refusal::Nothing(id.to_owned())),
    }
}

/// The statements that ids mean: an event's, a document's, or a statement itself.
fn anchors(record: &Record, ids: &[String]) -> Result<Vec<Anchor>, Refusal> {
    let mut anchors = Vec::new();
    for id in ids {
        if id.starts_with("e-") {
            anchors.extend(group_anchor(record, id)?.members);
        } else if let Ok(anchor) = record.anchor(id) {
            anchors.push(anchor);
        } else {
            let document = record.document(id).map_err(|_| Refusal::Nothing(id.clone()))?;
            let filter = Filter { documents: vec![document.record.id], ..Filter::default() };
            for statement in record.statements(&filter)? {
                anchors.push(record.anchor(&statement.id)?);
            }
        }
    }
    Ok(anchors)
}

fn group_anchor(record: &Record, id: &str) -> Result<GroupAnchor, Refusal> {
    let members = record.reading().members(&[id.to_owned()])?;
    if members.is_empty() {
        return Err(Refusal::NoEvent(id.to_owned()));
    }
    let ids = record.reading().ids(&members.iter().map(|(_, member)| member.statement).collect::<Vec<_>>())?;
    let members = ids.values().map(|id| record.anchor(id)).collect::<Result<Vec<_>, _>>()?;
    Ok(GroupAnchor { id: id.to_owned(), members })
}

/// How many characters of the words are quoted.
const QUOTED: usize = 60;

/// What was decided, for the person who did: "accepted assault “Gunmen killed six farmers”".
pub fn sentence(action: &Action) -> String {
    let of = of_anchor;
    let value = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let short = |text: &Value| shortened(&value(text));
    match action {
        Action::Write { statement, .. } => {
            format!("wrote {} “{}”", statement.proposition.type_code().replace('_', " "), shortened(&statement.evidence.words.text))
        }
        Action::Accept { statement } => format!("accepted {}", of(statement)),
        Action::Reject { statement } => format!("rejected {}", of(statement)),
        Action::Correct { statement, path, .. } if path.is_empty() => format!("corrected {}", of(statement)),
        Action::Correct { statement, path, before, after } => {
            let path = path.trim_start_matches('/').replace('/', " ");
            format!("corrected {path} from {} to {} in {}", short(before), short(after), of(statement))
        }
        Action::Vote { statement, verdict } => format!("voted {} on {}", verdict.as_str(), of(statement)),
        Action::Join { members, .. } => format!("joined {} statements as one event", members.len()),
        Action::Split { members, from, .. } => {
            format!("took {} of {} statements out as another event", members.len(), members.len() + from.len())
        }
        Action::Actors { judgement, a, b } => match judgement {
            Judgement::Same => format!("judged {a} and {b} to be one actor"),
            Judgement::Different => format!("judged {a} and {b} to be two actors"),
            Judgement::PartOf => format!("judged {a} to be part of {b}"),
            Judgement::Unsure => format!("left open whether {a} and {b} are one actor"),
        },
        Action::Settle { attribute, value, .. } => format!("settled {attribute} as {}", short(value)),
        Action::Reliability { source, grade } => format!("graded {source} {}", grade.as_str()),
        Action::Status { status, .. } => format!("set the status of an event to {}", status.as_str()),
        Action::Origin { a, b, origin } => match origin {
            Origin::Together => format!("judged {} and {} to give one text", a.document, b.document),
            Origin::Apart => format!("judged {} and {} to give two texts", a.document, b.document),
        },
        Action::Sensitivity { of, sensitivity } => {
            let of = match of {
                Marked::Document(text) => format!("document {}", text.document),
                Marked::Statement(anchor) => of_anchor(anchor),
                Marked::Group(group) => group.id.clone(),
                Marked::Publisher(name) => format!("all of {name}"),
            };
            match sensitivity {
                Sensitivity::Restricted => format!("restricted {of}"),
                Sensitivity::Open => format!("opened {of} to all readers"),
            }
        }
    }
}

fn of_anchor(anchor: &Anchor) -> String {
    format!("{} “{}”", anchor.type_code.replace('_', " "), shortened(&anchor.evidence.text))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= QUOTED { text.to_owned() } else { text.chars().take(QUOTED - 1).chain(['…']).collect() }
}

//! What can a person decide about the record? Each decision names what it is about by words that can be found again after the
//! documents were read with newer rules.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::actor::codes;
use crate::record::{DocumentRecord, GroupKind, StatementRecord, Words};

/// One statement, named so that it is found again when its document is coded anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Anchor {
    /// The statement's id.
    pub statement: String,
    /// Its document's id.
    pub document: String,
    /// SHA-256 of its document's text.
    pub text_sha256: String,
    /// "event", "relation" or "estimate".
    pub kind: String,
    /// The type's code: "assault".
    #[serde(rename = "type")]
    pub type_code: String,
    /// The sentence or clause.
    pub evidence: Words,
    /// The words that brought it up.
    pub trigger: Words,
}

impl Anchor {
    /// The anchor of a statement of a text.
    pub fn of(statement: &StatementRecord, text_sha256: &str) -> Anchor {
        Anchor {
            statement: statement.id.clone(),
            document: statement.document_id.clone(),
            text_sha256: text_sha256.to_owned(),
            kind: statement.proposition.kind().to_owned(),
            type_code: statement.proposition.type_code().to_owned(),
            evidence: statement.evidence.words.clone(),
            trigger: statement.evidence.trigger.clone(),
        }
    }
}

/// One text of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TextAnchor {
    /// The document's id.
    pub document: String,
    /// SHA-256 of the text.
    pub text_sha256: String,
}

impl TextAnchor {
    /// The anchor of a document.
    pub fn of(document: &DocumentRecord) -> TextAnchor {
        TextAnchor { document: document.id.clone(), text_sha256: document.text_sha256.clone() }
    }
}

/// One group of statements that are told of the same, named by its id and by its members, of which the id may be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupAnchor {
    /// The group's id when the decision was made.
    pub id: String,
    /// Its members then.
    pub members: Vec<Anchor>,
}

codes! {
    /// How two actors stand to each other, as a person judges it.
    Judgement {
        /// They are one.
        Same = "same",
        /// They are two.
        Different = "different",
        /// The first belongs to the second.
        PartOf = "part-of",
        /// It cannot be told.
        Unsure = "unsure",
    }
}

codes! {
    /// Source reliability after the Admiralty code: set by people, never computed.
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// It cannot be judged.
        F = "F",
    }
}

codes! {
    /// How well an event is established by its sources, after Airwars' grading.
    Status {
        /// Whoever did it has said so, and nobody contests it.
        Confirmed = "confirmed",
        /// Two or more independent sources say so.
        Fair = "fair",
        /// One source says so.
        Weak = "weak",
        /// Whose doing it was is disputed.
        Contested = "contested",
        /// It is withdrawn, refuted, or told only as not so.
        Discounted = "discounted",
        /// It is told only as planned, expected or supposed.
        Unrealized = "unrealized",
    }
}

codes! {
    /// Whether two documents give one text.
    Origin {
        /// One is a copy of the other, or both are of a third.
        Together = "together",
        /// Each is its own.
        Apart = "apart",
    }
}

codes! {
    /// Who may see it.
    Sensitivity {
        /// Whoever may read the record.
        Open = "open",
        /// Only those who may see what is restricted.
        Restricted = "restricted",
    }
}

/// What is marked as open or restricted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Marked {
    /// A document, in all its texts, with what it states.
    Document(TextAnchor),
    /// One statement.
    Statement(Anchor),
    /// An event, relation or series, with all its statements.
    Group(GroupAnchor),
    /// All that a publisher published, now and later.
    Publisher(String),
}

codes! {
    /// What a reviewer says of a statement.
    Verdict {
        /// It is what the words say.
        Accept = "accept",
        /// It is not.
        Reject = "reject",
        /// It is, with other values.
        Correct = "correct",
        /// It cannot be told.
        Unsure = "unsure",
    }
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "kebab-case")]
pub enum Action {
    /// The words of a document state this, and no coding of it says so.
    Write {
        /// Which text.
        document: TextAnchor,
        /// The statement; its coder is [`CoderRecord::person`](crate::record::CoderRecord::person).
        statement: Box<StatementRecord>,
    },
    /// The statement is what the words say.
    Accept {
        /// Which.
        statement: Anchor,
    },
    /// The statement is not what the words say, and is no longer counted.
    Reject {
        /// Which.
        statement: Anchor,
    },
    /// A value of the statement is another.
    Correct {
        /// Which statement.
        statement: Anchor,
        /// Which value: a JSON pointer into the statement's serialized form, "/place/name"; the empty one is the whole.
        path: String,
        /// What was read.
        before: Value,
        /// What it is.
        after: Value,
    },
    /// A reviewer's verdict on a statement. By itself it changes nothing: verdicts of several are compared, and a curator settles.
    Vote {
        /// Which statement.
        statement: Anchor,
        /// The verdict.
        verdict: Verdict,
    },
    /// These statements tell of the same.
    Join {
        /// As what.
        kind: GroupKind,
        /// The statements.
        members: Vec<Anchor>,
    },
    /// These statements tell of something else than those.
    Split {
        /// As what they were grouped.
        kind: GroupKind,
        /// The statements that are taken out.
        members: Vec<Anchor>,
        /// The statements that they are taken from.
        from: Vec<Anchor>,
    },
    /// How two actors stand to each other.
    Actors {
        /// How.
        judgement: Judgement,
        /// The registry's id of the one, or a candidate's.
        a: String,
        /// Of the other.
        b: String,
    },
    /// Which of an event's differing values is shown.
    Settle {
        /// Which event.
        event: GroupAnchor,
        /// Which attribute: "killed", "place".
        attribute: String,
        /// The value.
        value: Value,
    },
    /// How reliable a source is.
    Reliability {
        /// The registry's id, or the name as the record has it.
        source: String,
        /// The grade.
        grade: Reliability,
    },
    /// How well an event is established.
    Status {
        /// Which event.
        event: GroupAnchor,
        /// The status.
        status: Status,
    },
    /// Whether two documents give one text.
    Origin {
        /// The one.
        a: TextAnchor,
        /// The other.
        b: TextAnchor,
        /// Whether they do.
        origin: Origin,
    },
    /// Who may see it. Of several marks of one thing the last one that holds counts.
    Sensitivity {
        /// Of what.
        of: Marked,
        /// Who.
        sensitivity: Sensitivity,
    },
}

codes! {
    /// What a decision can be about.
    SubjectKind {
        /// A statement, by its id.
        Statement = "statement",
        /// A document, by its id.
        Document = "document",
        /// A group of statements, by its id.
        Group = "group",
        /// An actor, by its id.
        Actor = "actor",
        /// A source, by its id or name.
        Source = "source",
    }
}

impl Action {
    /// The action's code: "accept"; "part-of" is under "actors".
    pub fn code(&self) -> &'static str {
        match self {
            Action::Write { .. } => "write",
            Action::Accept { .. } => "accept",
            Action::Reject { .. } => "reject",
            Action::Correct { .. } => "correct",
            Action::Vote { .. } => "vote",
            Action::Join { .. } => "join",
            Action::Split { .. } => "split",
            Action::Actors { .. } => "actors",
            Action::Settle { .. } => "settle",
            Action::Reliability { .. } => "reliability",
            Action::Status { .. } => "status",
            Action::Origin { .. } => "origin",
            Action::Sensitivity { .. } => "sensitivity",
        }
    }

    /// The one statement that it accepts, rejects or corrects; `None` for what is about something else.
    pub fn reviewed(&self) -> Option<&Anchor> {
        match self {
            Action::Accept { statement } | Action::Reject { statement } | Action::Correct { statement, .. } => Some(statement),
            _ => None,
        }
    }

    /// Whether a reason must be given.
    pub fn needs_reason(&self) -> bool {
        matches!(self, Action::Reject { .. } | Action::Correct { .. } | Action::Join { .. } | Action::Split { .. })
    }

    /// What it is about.
    pub fn subjects(&self) -> Vec<(SubjectKind, &str)> {
        match self {
            Action::Write { document, statement } => {
                vec![(SubjectKind::Statement, statement.id.as_str()), (SubjectKind::Document, document.document.as_str())]
            }
            Action::Accept { statement }
            | Action::Reject { statement }
            | Action::Correct { statement, .. }
            | Action::Vote { statement, .. } => {
                vec![(SubjectKind::Statement, statement.statement.as_str())]
            }
            Action::Join { members, .. } => anchored(members).collect(),
            Action::Split { members, from, .. } => anchored(members).chain(anchored(from)).collect(),
            Action::Actors { a, b, .. } => vec![(SubjectKind::Actor, a.as_str()), (SubjectKind::Actor, b.as_str())],
            Action::Sensitivity { of: Marked::Document(text), .. } => vec![(SubjectKind::Document, text.document.as_str())],
            Action::Sensitivity { of: Marked::Publisher(name), .. } => vec![(SubjectKind::Source, name.as_str())],
            Action::Sensitivity { of: Marked::Statement(statement), .. } => {
                vec![(SubjectKind::Statement, statement.statement.as_str())]
            }
            Action::Sensitivity { of: Marked::Group(event), .. } | Action::Settle { event, .. } | Action::Status { event, .. } => {
                std::iter::once((SubjectKind::Group, event.id.as_str())).chain(anchored(&event.members)).collect()
            }
            Action::Reliability { source, .. } => vec![(SubjectKind::Source, source.as_str())],
            Action::Origin { a, b, .. } => {
                vec![(SubjectKind::Document, a.document.as_str()), (SubjectKind::Document, b.document.as_str())]
            }
        }
    }
}

fn anchored(anchors: &[Anchor]) -> impl Iterator<Item = (SubjectKind, &str)> {
    anchors.iter().map(|anchor| (SubjectKind::Statement, anchor.statement.as_str()))
}

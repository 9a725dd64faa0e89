//! Which fields are there, what stands after each, and what does it ask?

use std::str::FromStr;

use sayso_types::decision::Status;
use sayso_types::record::GroupKind;
use sayso_types::{Edtf, EstimateType, EventType, Modality, RelationType};

use super::{Origin, Reviewed, Span, Term};

/// A field of the query language.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As it is written before the colon.
    pub name: &'static str,
    /// What it asks, in a few words.
    pub asks: &'static str,
    /// An example of what stands after the colon.
    pub example: &'static str,
    read: fn(&str) -> Result<Term, String>,
}

impl Field {
    /// All of them, in the order of the help.
    pub const ALL: [Field; 18] = [
        field("type", "what happened: the type of event, relation or estimate", "assault", kind_of),
        field("kind", "event, relation or estimate", "relation", |text| code(text, GroupKind::ALL, GroupKind::as_str, Term::Kind)),
        field("mode", "the mode of a type", "suicide-attack", |text| Ok(Term::Mode(text.to_owned()))),
        field("actor", "who takes part: words of a name, or an id", "\"Boko Haram\"", |text| Ok(Term::Actor(text.to_owned()))),
        field("place", "where: words of a place's name, or a country", "Kano", |text| Ok(Term::Place(text.to_owned()))),
        field("country", "in which country: its code or name", "NGA", |text| Ok(Term::Country(text.to_owned()))),
        field("date", "when it happened: a date, or from one to another", "2014..2015-03", |text| span(text).map(Term::Date)),
        field("since", "not wholly before a date", "2015-01-31", |text| date(text).map(Term::Since)),
        field("until", "not wholly after a date", "2016", |text| date(text).map(Term::Until)),
        field("told", "when it was told; of documents, when they were published", "2015-02..", |text| span(text).map(Term::Told)),
        field("source", "who says so: words of a name, or an id", "police", |text| Ok(Term::Source(text.to_owned()))),
        field("publisher", "who published it", "\"Sahel Wire\"", |text| Ok(Term::Publisher(text.to_owned()))),
        field("status", "how far an event is established", "contested", |text| code(text, Status::ALL, Status::as_str, Term::Status)),
        field("sources", "told by at least so many independent sources", ">=2", sources),
        field("disputed", "whether sources differ", "yes", |text| truth(text).map(Term::Disputed)),
        field("aggregate", "whether it is several happenings at once", "no", |text| truth(text).map(Term::Aggregate)),
        field("modality", "how surely it is said", "possible", |text| code(text, Modality::ALL, Modality::as_str, Term::Modality)),
        field("review", "what people decided", "never", |text| code(text, &Reviewed::ALL, Reviewed::as_str, Term::Review)),
    ];

    /// Whether the text of a document is its own; it stands apart because it is asked of documents.
    pub const ORIGIN: Field =
        field("origin", "whether its document repeats another", "own", |text| code(text, &Origin::ALL, Origin::as_str, Term::Origin));

    /// The field of a name.
    pub(super) fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().chain([Field::ORIGIN]).find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// What a value asks, or why it asks nothing.
    pub(super) fn term(self, value: &str) -> Result<Term, String> {
        if value.chars().any(char::is_alphanumeric) {
            (self.read)(value)
        } else {
            Err(format!("something must stand after the colon, as in {}:{}", self.name, self.example))
        }
    }
}

const fn field(name: &'static str, asks: &'static str, example: &'static str, read: fn(&str) -> Result<Term, String>) -> Field {
    Field { name, asks, example, read }
}

impl Reviewed {
    const ALL: [Reviewed; 4] = [Reviewed::Never, Reviewed::Accepted, Reviewed::Rejected, Reviewed::Corrected];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Reviewed::Never => "never",
            Reviewed::Accepted => "accepted",
            Reviewed::Rejected => "rejected",
            Reviewed::Corrected => "corrected",
        }
    }
}

impl Origin {
    const ALL: [Origin; 2] = [Origin::Copy, Origin::Own];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Copy => "copy",
            Origin::Own => "own",
        }
    }
}

fn code<T: Copy>(text: &str, all: &[T], as_str: impl Fn(T) -> &'static str, term: impl Fn(T) -> Term) -> Result<Term, String> {
    let found = all.iter().find(|value| as_str(**value).eq_ignore_ascii_case(text));
    found.map(|value| term(*value)).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|value| as_str(*value)).collect();
        format!("there is no such value; there are {}", known.join(", "))
    })
}

/// A type as its code is written: "allied with" is `allied_with`.
fn kind_of(text: &str) -> Result<Term, String> {
    let wanted = text.to_lowercase().replace([' ', '-'], "_");
    let events = EventType::ALL.iter().map(|code| code.as_str());
    let relations = RelationType::ALL.iter().map(|code| code.as_str());
    let estimates = EstimateType::ALL.iter().map(|code| code.as_str());
    let known: Vec<&str> = events.chain(relations).chain(estimates).collect();
    if known.contains(&wanted.as_str()) {
        return Ok(Term::Type(wanted));
    }
    Err(format!("there is no such type; there are {}", known.join(", ")))
}

fn date(text: &str) -> Result<Edtf, String> {
    Edtf::from_str(text).map_err(|_| "a date is written 2017, 2017-08 or 2017-08-31".to_owned())
}

fn span(text: &str) -> Result<Span, String> {
    if let Ok(within) = Edtf::from_str(text) {
        return Ok(Span::Within(within));
    }
    match text.split_once("..") {
        Some((from, "")) => Ok(Span::From(date(from)?)),
        Some(("", to)) => Ok(Span::To(date(to)?)),
        Some((from, to)) => {
            let (from, to) = (date(from)?, date(to)?);
            let turned = from.earliest().zip(to.latest()).is_some_and(|(first, last)| first > last);
            if turned { Err("it ends before it begins".to_owned()) } else { Ok(Span::Between(from, to)) }
        }
        None => Err("a time is written 2017, 2017-08, 2017-08-31, or from one to another as 2017..2018-03".to_owned()),
    }
}

fn sources(text: &str) -> Result<Term, String> {
    let number = text.trim_start_matches(['>', '=', '≥']).trim();
    number.parse().map(Term::Sources).map_err(|_| "a number is written 2 or >=2".to_owned())
}

fn truth(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("it is written yes or no".to_owned()),
    }
}

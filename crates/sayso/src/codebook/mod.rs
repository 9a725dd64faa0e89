//! What does each code mean, what codes it, and with which example? The codebook, made from the ontology, the rules and the types by which
//! the program itself decides, so that it cannot say anything else than these.

mod markdown;

use std::collections::BTreeMap;

use sayso_coding::frame::{Frame, Frames, Yields};
use sayso_types::decision::{Judgement, Reliability, Status};
use sayso_types::record::GroupKind;
use sayso_types::{
    ActorKind, EstimateType, EventType, Level, LinkKind, Modality, NameKind, Phase, QuantityOf, QuantityRule, RelationType, RoleName,
    SourceKind, Stance, Tense,
};
use serde::{Deserialize, Serialize};

use crate::{Error, data};

pub use markdown::markdown;

/// The codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Codebook {
    /// Its schemes, in the order in which one reads them.
    pub schemes: Vec<Scheme>,
}

/// A set of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Scheme {
    /// Its name in addresses: "event".
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is about, and after whom.
    pub about: String,
    /// Its codes.
    pub codes: Vec<Code>,
}

/// One code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Code {
    /// As output writes it.
    pub code: String,
    /// What it means.
    pub definition: String,
    /// Where it is defined, where not with its scheme.
    pub source: Option<String>,
    /// The words that speak for it, of those coded by words.
    pub words: Vec<String>,
    /// What ACLED calls it, by what else is told of it.
    pub acled: Vec<Crossing>,
    /// The frames that code it.
    pub frames: Vec<String>,
    /// A sentence that is coded so.
    pub example: Option<Worked>,
}

/// What ACLED calls an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Crossing {
    /// Of this mode or outcome; empty for any.
    pub mode: String,
    /// Against "civilian" or "armed"; empty for any.
    pub target: String,
    /// ACLED's event type.
    pub event_type: String,
    /// ACLED's sub-event type.
    pub sub_event_type: String,
}

/// A sentence with what is coded of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Worked {
    /// One to three sentences, made up for the rules.
    pub text: String,
    /// What is coded.
    pub gives: Vec<String>,
    /// The frame whose example it is.
    pub frame: String,
}

#[derive(Deserialize)]
struct ModeTable {
    mode: Vec<ModeRow>,
}

#[derive(Deserialize)]
struct ModeRow {
    event: String,
    mode: String,
    words: Vec<String>,
}

impl Codebook {
    /// The codebook of the data that the program carries.
    ///
    /// # Errors
    /// Names the data file and line that does not load.
    pub fn embedded() -> Result<Codebook, Error> {
        let frames = data::frames()?;
        let modes: ModeTable =
            toml::from_str(&data::text("ontology/modes.toml")?).map_err(|error| Error::data(format!("ontology/modes.toml: {error}")))?;
        let acled = table("ontology/acled.tsv")?;
        let codes = table("ontology/codes.tsv")?;
        Ok(Codebook { schemes: schemes(&frames, &modes.mode, &acled, &codes) })
    }
}

/// The codes of a scheme that the types of the program name.
macro_rules! plain {
    ($name:ident) => {
        $name::ALL.iter().map(|code| defined(code.as_str(), code.definition())).collect::<Vec<_>>()
    };
}

fn scheme(id: &str, title: &str, about: &str, codes: Vec<Code>) -> Scheme {
    Scheme { id: id.to_owned(), title: title.to_owned(), about: about.to_owned(), codes }
}

fn schemes(frames: &Frames, modes: &[ModeRow], acled: &[Vec<String>], codes: &[Vec<String>]) -> Vec<Scheme> {
    [kinds(frames, modes, acled, codes), wording(frames), precision(codes), grades(codes), registry()].concat()
}

/// What is stated.
fn kinds(frames: &Frames, modes: &[ModeRow], acled: &[Vec<String>], codes: &[Vec<String>]) -> Vec<Scheme> {
    const EVENTS: &str = "PLOVER, the Political Language Ontology for Verifiable Event Records (Halterman et al.); with the types that ACLED's \
                          codebook (October 2024) has for them.";
    const MODES: &str = "By what means an event was done, after PLOVER; coded by words of the clause, or by the frame itself.";
    const RELATIONS: &str = "How two actors stand to each other, from the actor to the recipient; allied_with, rival_of, linked_to, \
                             distinct_from and also_known_as read both ways.";
    vec![
        scheme("kind", "What a statement or group is of", "sayso's three kinds.", plain!(GroupKind)),
        scheme("event", "Event types", EVENTS, events(frames, acled)),
        scheme("mode", "Modes", MODES, mode_codes(frames, modes)),
        scheme("context", "Contexts", "In what larger matter an event stands, after PLOVER; coded by frames.", contexts(frames)),
        scheme("outcome", "Outcomes", "What came of an event.", outcomes(frames, numbers(codes, "outcome"))),
        scheme("relation", "Relation types", RELATIONS, relations(frames)),
        scheme("phase", "Phases of a relation", "Whether a sentence tells that a relation holds, begins or ends.", plain!(Phase)),
        scheme("estimate", "Estimates", "What is counted apart from one event.", estimates(frames)),
    ]
}

/// How it is worded, and by whom.
fn wording(frames: &Frames) -> Vec<Scheme> {
    const RULES: &str = "Lowest, most likely and highest; what the words do not bound stays unknown.";
    const STANCES: &str = "Who claims, denies, blames or confirms, apart from who did it.";
    vec![
        scheme("quantity", "What a number counts", "Each number keeps its words.", plain!(QuantityOf)),
        scheme("rule", "How words become three numbers", RULES, plain!(QuantityRule)),
        scheme("role", "Roles", "As what somebody or something takes part.", plain!(RoleName)),
        scheme("modality", "Modality", "How surely the wording has it, after the factuality of the clause.", plain!(Modality)),
        scheme("tense", "Tense", "When it is told to be, seen from the writing.", plain!(Tense)),
        scheme("source", "Kinds of sources", "Who says so, closest to the fact.", plain!(SourceKind)),
        scheme("stance", "Stances towards responsibility", STANCES, stances(frames)),
        scheme("level", "Level of a place or time", "Whether the clause itself says it.", plain!(Level)),
    ]
}

/// How exactly a place or time is known.
fn precision(codes: &[Vec<String>]) -> Vec<Scheme> {
    let of = |id: &str, title: &str| scheme(id, title, "How exactly it is known.", numbers(codes, id));
    vec![
        of("geo_precision", "Precision of a place, ACLED"),
        of("where_prec", "Precision of a place, UCDP"),
        of("time_precision", "Precision of a time, ACLED"),
        of("date_prec", "Precision of a time, UCDP"),
    ]
}

/// How well it is established.
fn grades(codes: &[Vec<String>]) -> Vec<Scheme> {
    const STATUS: &str = "How well an event is established by its sources, after Airwars' grading; computed from who tells, claims and denies \
                          it, or set by a person.";
    const CREDIBILITY: &str = "The Admiralty code's second half, proposed by rule; confirmed needs two independent informants.";
    const RELIABILITY: &str = "The Admiralty code's first half: set by people, never computed.";
    vec![
        scheme("status", "Status of an event", STATUS, plain!(Status)),
        scheme("credibility", "Credibility of information", CREDIBILITY, numbers(codes, "credibility")),
        scheme("reliability", "Reliability of a source", RELIABILITY, plain!(Reliability)),
        scheme("judgement", "Judgements of two actors", "How two actors stand to each other, as a person judges it.", plain!(Judgement)),
    ]
}

/// Who acts.
fn registry() -> Vec<Scheme> {
    vec![
        scheme("actor", "Kinds of actors", "In the registry of actors.", plain!(ActorKind)),
        scheme("name", "Kinds of names", "In the registry of actors.", plain!(NameKind)),
        scheme("link", "Links between actors", "In the registry of actors, with dates.", plain!(LinkKind)),
    ]
}

/// The codes of a scheme of the table.
fn numbers(codes: &[Vec<String>], scheme: &str) -> Vec<Code> {
    codes.iter().filter(|row| row[0] == scheme).map(|row| numbered(row)).collect()
}

fn defined(code: &str, definition: &str) -> Code {
    Code { code: code.to_owned(), definition: definition.to_owned(), ..Code::default() }
}

fn numbered(row: &[String]) -> Code {
    Code { source: Some(row[3].clone()), ..defined(&row[1], &row[2]) }
}

/// A code with the frames that are meant, and the first of their examples.
fn framed<'f>(code: Code, frames: impl Iterator<Item = &'f Frame>) -> Code {
    let frames: Vec<&Frame> = frames.collect();
    let worked = |frame: &&Frame| {
        let example = frame.examples.iter().find(|example| !example.gives.is_empty())?;
        Some(Worked { text: example.text.clone(), gives: example.gives.clone(), frame: frame.id.clone() })
    };
    Code { example: frames.iter().find_map(worked), frames: frames.iter().map(|frame| frame.id.clone()).collect(), ..code }
}

fn events(frames: &Frames, acled: &[Vec<String>]) -> Vec<Code> {
    let crossing = |row: &Vec<String>| Crossing {
        mode: row[1].clone(),
        target: row[2].clone(),
        event_type: row[3].clone(),
        sub_event_type: row[4].clone(),
    };
    let code = |event: &EventType| {
        let acled = acled.iter().filter(|row| row[0] == event.as_str() && row.len() > 4).map(crossing).collect();
        let of = frames.frames.iter().filter(|frame| frame.yields == Yields::Event(*event));
        Code { acled, ..framed(defined(event.as_str(), event.definition()), of) }
    };
    EventType::ALL.iter().map(code).collect()
}

fn relations(frames: &Frames) -> Vec<Code> {
    let of = |relation: RelationType| frames.frames.iter().filter(move |frame| frame.yields == Yields::Relation(relation));
    RelationType::ALL.iter().map(|relation| framed(defined(relation.as_str(), relation.definition()), of(*relation))).collect()
}

fn estimates(frames: &Frames) -> Vec<Code> {
    let of = |estimate: EstimateType| frames.frames.iter().filter(move |frame| frame.yields == Yields::Estimate(estimate));
    EstimateType::ALL.iter().map(|estimate| framed(defined(estimate.as_str(), estimate.definition()), of(*estimate))).collect()
}

fn stances(frames: &Frames) -> Vec<Code> {
    let of = |stance: Stance| frames.frames.iter().filter(move |frame| frame.yields == Yields::Responsibility(stance));
    Stance::ALL.iter().map(|stance| framed(defined(stance.as_str(), stance.definition()), of(*stance))).collect()
}

/// Every mode that words or frames give, with the events of which it can be.
fn mode_codes(frames: &Frames, modes: &[ModeRow]) -> Vec<Code> {
    let mut words: BTreeMap<&str, (Vec<&str>, Vec<String>)> = BTreeMap::new();
    for row in modes {
        let of = words.entry(&row.mode).or_default();
        of.0.push(&row.event);
        of.1.extend(row.words.iter().cloned());
    }
    for frame in &frames.frames {
        if let Some(mode) = &frame.mode {
            words.entry(mode).or_default();
        }
    }
    let code = |(mode, (events, words)): (&str, (Vec<&str>, Vec<String>))| {
        let of: Vec<&Frame> = frames.frames.iter().filter(|frame| frame.mode.as_deref() == Some(mode)).collect();
        let mut kinds: Vec<String> = events.iter().map(|event| (*event).to_owned()).chain(of.iter().map(|frame| yields(frame))).collect();
        kinds.sort();
        kinds.dedup();
        let definition = format!("{}, of {}.", mode.replace(['-', '_'], " "), kinds.join(", "));
        Code { words, ..framed(defined(mode, &definition), of.into_iter()) }
    };
    words.into_iter().map(code).collect()
}

fn contexts(frames: &Frames) -> Vec<Code> {
    let mut known: Vec<&String> = frames.frames.iter().flat_map(|frame| &frame.contexts).collect();
    known.sort();
    known.dedup();
    let code = |context: &String| {
        let of = frames.frames.iter().filter(|frame| frame.contexts.contains(context));
        framed(defined(context, &format!("{}.", context.replace('_', " "))), of)
    };
    known.into_iter().map(code).collect()
}

fn outcomes(frames: &Frames, codes: Vec<Code>) -> Vec<Code> {
    let of = |outcome: &str| frames.frames.iter().filter(move |frame| frame.outcome.as_deref() == Some(outcome)).collect::<Vec<_>>();
    codes
        .into_iter()
        .map(|code| {
            let of = of(&code.code);
            framed(code, of.into_iter())
        })
        .collect()
}

fn yields(frame: &Frame) -> String {
    match frame.yields {
        Yields::Event(event) => event.as_str(),
        Yields::Relation(relation) => relation.as_str(),
        Yields::Estimate(estimate) => estimate.as_str(),
        Yields::Responsibility(stance) => stance.as_str(),
    }
    .to_owned()
}

/// The rows of a table, each with five columns at least.
fn table(name: &str) -> Result<Vec<Vec<String>>, Error> {
    let text = data::text(name)?;
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(rows
        .map(|line| {
            let mut cells: Vec<String> = line.split('\t').map(ToOwned::to_owned).collect();
            cells.resize(cells.len().max(5), String::new());
            cells
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_says_what_it_means() {
        let book = Codebook::embedded().expect("it loads");
        for scheme in &book.schemes {
            assert!(!scheme.codes.is_empty(), "{}", scheme.id);
            for code in &scheme.codes {
                assert!(
                    code.definition.len() > 3 && code.definition.ends_with(['.', '"', '”', ')']),
                    "{} {}: {}",
                    scheme.id,
                    code.code,
                    code.definition
                );
            }
        }
    }

    #[test]
    fn every_event_relation_and_outcome_is_coded_by_some_frame_with_an_example() {
        let book = Codebook::embedded().expect("it loads");
        let scheme = |id: &str| book.schemes.iter().find(|scheme| scheme.id == id).expect("a scheme");
        for code in scheme("event").codes.iter().chain(&scheme("relation").codes) {
            let example = code.example.as_ref().unwrap_or_else(|| panic!("{} has no example", code.code));
            assert!(code.frames.contains(&example.frame) && example.gives.iter().any(|gives| gives.contains(&code.code)), "{}", code.code);
        }
        let outcomes: Vec<&str> = scheme("outcome").codes.iter().map(|code| code.code.as_str()).collect();
        let frames = data::frames().expect("they load");
        for outcome in frames.frames.iter().filter_map(|frame| frame.outcome.as_deref()) {
            assert!(outcomes.contains(&outcome), "{outcome} is in no codebook");
        }
    }
}

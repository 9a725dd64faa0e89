//! Reads the frame files, and says where one is wrong.

use std::collections::{BTreeMap, BTreeSet};

use sayso_types::{EstimateType, EventType, Phase, QuantityOf, RelationType, RoleName, Stance};
use serde::Deserialize;

use super::{Example, Frame, Frames, Join, Pattern, Trigger, WordClass, Yields};
use crate::{Error, ErrorKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    frame: Vec<toml::Spanned<RawFrame>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    id: String,
    yields: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
    #[serde(default)]
    instrument: Vec<String>,
    #[serde(default)]
    theme: Vec<String>,
    #[serde(default)]
    origin: Vec<String>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    counts: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    needs: Vec<String>,
    mode: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    outcome: Option<String>,
    phase: Option<String>,
    join: Option<String>,
    #[serde(default)]
    aggregate: bool,
    #[serde(default)]
    also: bool,
    #[serde(default)]
    general: bool,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    dependent: bool,
    examples: Vec<RawExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExample {
    text: String,
    gives: Vec<String>,
}

/// Reads frame files, each with its name and text, in the order given.
///
/// # Errors
/// Names the file and the line of the frame that does not read, has an unknown code, or repeats an id.
pub fn load<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Frames, Error> {
    let mut frames = Vec::new();
    let mut ids = BTreeSet::new();
    for (file, text) in files {
        let raw: FrameFile = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |span| line_of(text, span.start));
            Error::new(ErrorKind::Syntax, file, line, e.message())
        })?;
        for spanned in raw.frame {
            let line = line_of(text, spanned.span().start);
            let frame = frame(spanned.into_inner(), file, line)?;
            if !ids.insert(frame.id.clone()) {
                return Err(Error::new(ErrorKind::Duplicate, file, line, format!("a second frame `{}`", frame.id)));
            }
            frames.push(frame);
        }
    }
    Ok(Frames::new(frames))
}

fn line_of(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

fn frame(raw: RawFrame, file: &str, line: usize) -> Result<Frame, Error> {
    let wrong =
        |what: &str, value: &str| Error::new(ErrorKind::UnknownCode, file, line, format!("unknown {what} `{value}` in frame `{}`", raw.id));
    let mut triggers = Vec::new();
    for (class, words) in [(WordClass::Verb, &raw.verbs), (WordClass::Noun, &raw.nouns), (WordClass::Adjective, &raw.adjectives)] {
        for word in words {
            triggers.push(Trigger::parse(class, word).ok_or_else(|| wrong("trigger", word))?);
        }
    }
    let patterns = |texts: &[String]| -> Result<Vec<Pattern>, Error> {
        texts.iter().map(|t| Pattern::parse(t).ok_or_else(|| wrong("pattern", t))).collect()
    };
    let mut roles = Vec::new();
    for (role, texts) in [
        (RoleName::Actor, &raw.actor),
        (RoleName::Recipient, &raw.recipient),
        (RoleName::Instrument, &raw.instrument),
        (RoleName::Theme, &raw.theme),
        (RoleName::Origin, &raw.origin),
    ] {
        if !texts.is_empty() {
            roles.push((role, patterns(texts)?));
        }
    }
    let mut counts = Vec::new();
    for (of, texts) in &raw.counts {
        counts.push((QuantityOf::of_str(of).ok_or_else(|| wrong("count", of))?, patterns(texts)?));
    }
    let needs = raw.needs.iter().map(|n| RoleName::of_str(n).ok_or_else(|| wrong("role", n))).collect::<Result<Vec<_>, _>>()?;
    let phase = match &raw.phase {
        None => Phase::Holds,
        Some(code) => Phase::of_str(code).ok_or_else(|| wrong("phase", code))?,
    };
    let join = match raw.join.as_deref() {
        None => Join::Alone,
        Some("cause") => Join::Cause,
        Some("result") => Join::Result,
        Some(other) => return Err(wrong("join", other)),
    };
    Ok(Frame {
        yields: yields(&raw.yields).ok_or_else(|| wrong("yield", &raw.yields))?,
        says: patterns(&raw.says)?,
        triggers,
        roles,
        counts,
        needs,
        phase,
        join,
        mode: raw.mode,
        contexts: raw.contexts,
        outcome: raw.outcome,
        aggregate: raw.aggregate,
        also: raw.also,
        general: raw.general,
        negated: raw.negated,
        dependent: raw.dependent,
        examples: raw.examples.into_iter().map(|e| Example { text: e.text, gives: e.gives }).collect(),
        file: file.to_owned(),
        id: raw.id,
    })
}

fn yields(text: &str) -> Option<Yields> {
    let (kind, code) = text.split_once(':')?;
    match kind {
        "event" => EventType::of_str(code).map(Yields::Event),
        "relation" => RelationType::of_str(code).map(Yields::Relation),
        "estimate" => EstimateType::of_str(code).map(Yields::Estimate),
        "responsibility" => Stance::of_str(code).map(Yields::Responsibility),
        _ => None,
    }
}

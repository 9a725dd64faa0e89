//! How probable is it that a statement is right? A logistic model over what a statement shows of itself, its weights held as data.

use std::collections::BTreeMap;

use sayso_types::{Analysis, Level, Modality, Role, RoleName, Span, Statement, Token, Upos, WordMap};

use crate::error::rows;
use crate::{Error, ErrorKind};

/// What every statement has: its weight is the log-odds of one that shows nothing else.
const ALWAYS: &str = "always";

/// Features that do not name a frame's family, which is what stands before the dot of its id: `frame.assault`.
const FEATURES: [&str; 20] = [
    ALWAYS,
    "trigger.noun",
    "actor",
    "actor.described",
    "actor.named",
    "actor.registered",
    "recipient",
    "recipient.described",
    "recipient.named",
    "recipient.registered",
    "pronoun",
    "far",
    "long",
    "open",
    "negated",
    "attributed",
    "aggregate",
    "placed",
    "dated",
    "unjudged",
];

/// The prefix of the features that name a family of frames.
const FRAME: &str = "frame.";

/// No statement is surer, or less sure, than this lets it be.
const BOUNDS: (f64, f64) = (0.02, 0.98);

/// One thing that a statement shows of itself, from 0 (not at all) to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// "actor.registered", "frame.assault".
    pub name: String,
    /// How much of it.
    pub value: f64,
}

/// The weights of features: of the log-odds that a statement is right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confidence {
    weights: WordMap<f64>,
}

impl Confidence {
    /// A model of given weights; what has none weighs nothing.
    pub fn new(weights: BTreeMap<String, f64>) -> Confidence {
        Confidence { weights: weights.into_iter().collect() }
    }

    /// Reads a table of features and their weights.
    ///
    /// # Errors
    /// Names the line that has not two columns, an unknown or repeated feature or no number, and a table without `always`.
    pub fn load(file: &str, text: &str) -> Result<Confidence, Error> {
        let mut weights = BTreeMap::new();
        for (line, cells) in rows(text) {
            let fault = |kind, expected: String| Err(Error::new(kind, file, line, expected));
            let [name, weight] = cells[..] else { return fault(ErrorKind::Syntax, "expected a feature and its weight".to_owned()) };
            if !FEATURES.contains(&name) && name.strip_prefix(FRAME).is_none_or(str::is_empty) {
                return fault(ErrorKind::UnknownCode, format!("unknown feature `{name}`"));
            }
            let Some(weight) = weight.parse::<f64>().ok().filter(|w| w.is_finite()) else {
                return fault(ErrorKind::Syntax, format!("`{weight}` is no weight; expected a number"));
            };
            if weights.insert(name.to_owned(), weight).is_some() {
                return fault(ErrorKind::Duplicate, format!("`{name}` stands here a second time"));
            }
        }
        match weights.contains_key(ALWAYS) {
            true => Ok(Confidence::new(weights)),
            false => Err(Error::new(ErrorKind::Dangling, file, 0, format!("expected a weight of `{ALWAYS}`"))),
        }
    }

    /// The probability that a statement with these features is right.
    pub fn of(&self, features: &[Feature]) -> f64 {
        let odds: f64 = features.iter().map(|f| f.value * self.weights.get(&f.name).copied().unwrap_or(0.0)).sum();
        (1.0 / (1.0 + (-odds).exp())).clamp(BOUNDS.0, BOUNDS.1)
    }
}

/// What a statement shows of itself; none with value 0.
///
/// "Gunmen attacked them in Kunduz on Sunday" shows `frame.assault`, a described actor, a recipient that is a pronoun, a place and a
/// date.
pub fn features(statement: &Statement, analysis: &Analysis) -> Vec<Feature> {
    let trigger = tokens(analysis, statement, statement.evidence.trigger);
    let is_noun = !trigger.iter().any(|t| matches!(t.pos, Upos::Verb | Upos::Aux));
    let place = statement.place.as_ref().is_some_and(|p| p.level == Level::Textual);
    let time = statement.time.as_ref().is_some_and(|t| t.level == Level::Textual);
    let family = statement.rule.split('.').next().unwrap_or_default();
    let flag = f64::from;
    let mut found = vec![
        (ALWAYS.to_owned(), 1.0),
        (format!("{FRAME}{family}"), 1.0),
        ("trigger.noun".to_owned(), flag(is_noun)),
        ("far".to_owned(), far(statement, analysis)),
        ("long".to_owned(), long(statement, analysis)),
        ("open".to_owned(), flag(statement.modality != Modality::Asserted)),
        ("negated".to_owned(), flag(statement.negated)),
        ("attributed".to_owned(), flag(!statement.attribution.is_empty())),
        ("aggregate".to_owned(), flag(statement.aggregate)),
        ("placed".to_owned(), flag(place)),
        ("dated".to_owned(), flag(time)),
        ("unjudged".to_owned(), flag(!analysis.is_judged(statement.evidence.sentence))),
    ];
    found.extend(roles(statement, analysis));
    found.into_iter().filter(|(_, value)| *value != 0.0).map(|(name, value)| Feature { name, value }).collect()
}

/// How actor and recipient are known: by a name of the registry, another name, a description or a pronoun.
fn roles(statement: &Statement, analysis: &Analysis) -> Vec<(String, f64)> {
    let of = |name: RoleName| statement.roles.iter().filter(move |r| r.role == name);
    let mut found = Vec::new();
    let mut pronouns = false;
    for name in [RoleName::Actor, RoleName::Recipient] {
        let filled: Vec<&Role> = of(name).collect();
        let Some(first) = filled.first() else { continue };
        found.push((name.as_str().to_owned(), 1.0));
        let words = tokens(analysis, statement, first.span);
        let is_named = words.iter().any(|t| t.pos == Upos::Propn);
        pronouns |= !words.is_empty() && words.iter().all(|t| t.pos == Upos::Pron);
        let known = if first.actor_id.is_some() && is_named {
            "registered"
        } else if is_named || first.name.is_some() {
            "named"
        } else {
            "described"
        };
        found.push((format!("{}.{known}", name.as_str()), 1.0));
    }
    found.push(("pronoun".to_owned(), f64::from(pronouns)));
    found
}

/// How far the farthest actor or recipient stands from the trigger: 0 beside it, 1 at thirty words and more.
fn far(statement: &Statement, analysis: &Analysis) -> f64 {
    let trigger = statement.evidence.trigger;
    let gap = |span: Span| {
        let (from, to) = if span.start() < trigger.start() { (span.end(), trigger.start()) } else { (trigger.end(), span.start()) };
        sentence(analysis, statement).iter().filter(|t| from <= t.span.start() && t.span.end() <= to).count()
    };
    let sides = statement.roles.iter().filter(|r| matches!(r.role, RoleName::Actor | RoleName::Recipient));
    scaled(sides.map(|r| gap(r.span)).max().unwrap_or(0), 30)
}

/// How long the sentence is: 1 at sixty words and more.
fn long(statement: &Statement, analysis: &Analysis) -> f64 {
    scaled(sentence(analysis, statement).len(), 60)
}

/// A count as a share of the greatest that matters, on a scale of logarithms.
fn scaled(count: usize, most: usize) -> f64 {
    let log = |n: usize| (n as f64).ln_1p();
    (log(count) / log(most)).min(1.0)
}

fn sentence<'a>(analysis: &'a Analysis, statement: &Statement) -> &'a [Token] {
    analysis.sentences.get(statement.evidence.sentence).and_then(|s| analysis.tokens.get(s.tokens.clone())).unwrap_or_default()
}

fn tokens<'a>(analysis: &'a Analysis, statement: &Statement, span: Span) -> Vec<&'a Token> {
    sentence(analysis, statement).iter().filter(|t| t.span.overlaps(span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (ErrorKind, String) {
        let error = Confidence::load("w.tsv", text).expect_err("no model");
        (error.kind(), error.to_string())
    }

    #[test]
    fn a_faulty_table_is_named_by_its_line() {
        assert_eq!(fault("# Weights.\nalways\n"), (ErrorKind::Syntax, "w.tsv:2: expected a feature and its weight".to_owned()));
        assert_eq!(fault("always\tinf\n"), (ErrorKind::Syntax, "w.tsv:1: `inf` is no weight; expected a number".to_owned()));
        assert_eq!(fault("always\t0\nwings\t1\n"), (ErrorKind::UnknownCode, "w.tsv:2: unknown feature `wings`".to_owned()));
        assert_eq!(fault("frame.\t1\n"), (ErrorKind::UnknownCode, "w.tsv:1: unknown feature `frame.`".to_owned()));
        assert_eq!(fault("far\t1\nfar\t2\n"), (ErrorKind::Duplicate, "w.tsv:2: `far` stands here a second time".to_owned()));
        assert_eq!(fault("far\t1\n"), (ErrorKind::Dangling, "w.tsv: expected a weight of `always`".to_owned()));
    }

    #[test]
    fn weights_add_up_to_log_odds() {
        let model = Confidence::load("w.tsv", "# Weights.\nalways\t1.0\nframe.assault\t-1.0\nfar\t-2\n").expect("model");
        let feature = |name: &str, value| Feature { name: name.to_owned(), value };
        assert!((model.of(&[feature("always", 1.0), feature("frame.assault", 1.0)]) - 0.5).abs() < 1e-12);
        assert!(model.of(&[feature("always", 1.0), feature("frame.unseen", 1.0)]) > 0.7, "a family without weight has the pooled rate");
        assert!((model.of(&[feature("always", 40.0)]) - BOUNDS.1).abs() < 1e-12, "nothing is certain");
    }
}

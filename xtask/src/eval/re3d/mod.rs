//! How well are relations between groups, states and people read? re3d's reports on Syria and Iraq, by Dstl.
//!
//! The gold's types are not sayso's: `evals/re3d.toml` says which statements give which.

mod phrases;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use sayso::Coder;
use sayso::types::{Analysis, CodePoints, Relation, Role, RoleName, Span, Statement, Upos};
use sayso_coding::code;
use sayso_coding::mention::Mentions;
use sayso_coding::mention::entity::{Entity, EntityClass};
use sayso_coding::syntax::Tree;
use serde::Deserialize;

use super::calibration::judged::Judged;
use super::plain::{Stretch, document};
use super::{Corpus, Measures, Reading, f1, one_file, percent};
use crate::root;
use phrases::{Phrase, Phrases, Read, phrases, side_by_side, strike};

/// `relation_f1`: micro-F1 over four types of relation, right where the type is and both sides overlap the gold's; with its
/// `precision` and `recall`.
pub const CORPUS: Corpus = Corpus { name: "re3d", files: one_file, measure };

/// The types that are measured.
const TYPES: [&str; 4] = ["FightingAgainst", "AlliesOf", "BelongsTo", "InChargeOf"];

/// What attacks say.
const FIGHT: &str = "FightingAgainst";

/// A relation of the crowd's that has less confidence is none.
const CONFIDENT: f64 = 0.5;

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    relations: Vec<GoldRelation>,
}

#[derive(Deserialize)]
struct GoldRelation {
    #[serde(rename = "type")]
    kind: String,
    source: Side,
    target: Side,
    confidence: f64,
}

#[derive(Clone, Copy, Deserialize)]
struct Side {
    start: usize,
    end: usize,
}

/// What gold and program say, in one form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Related {
    kind: String,
    source: Stretch,
    target: Stretch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spellings {
    mutual: BTreeSet<String>,
    phrases: Phrases,
    reading: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    frames: Vec<String>,
    gives: String,
    source: String,
    target: String,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let spellings = Spellings::read()?;
    let coder = reading.coder()?;
    let rows: Vec<Row> = reading.rows()?;
    let (mut gold_count, mut found_count, mut right) = (0, 0, 0);
    for row in &rows {
        let found = found(coder, &spellings, &row.text);
        let relations: BTreeSet<Related> = found.keys().cloned().collect();
        let gold: BTreeSet<Related> = row.gold().map(|r| spellings.once(r)).collect();
        let (missed, spare) = unmatched(&spellings, &gold, &relations);
        gold_count += gold.len();
        found_count += relations.len();
        right += gold.len() - missed.len();
        for related in &missed {
            reading.note(&row.id, &format!("missed {}", related.show(&row.text)));
        }
        for (related, ways) in &found {
            let what = if spare.contains(&related) { "spare" } else { "right" };
            reading.note(&row.id, &format!("{what} {} {}", related.show(&row.text), ways.join(" ")));
        }
    }
    let measures = [
        ("relation_f1", f1(right, found_count, gold_count)),
        ("precision", percent(right, found_count)),
        ("recall", percent(right, gold_count)),
    ];
    Ok((rows.len(), measures.map(|(name, value)| (name.to_owned(), value)).into()))
}

/// The relations of a text, each with the frames and ways by which it was found.
fn found(coder: &Coder, spellings: &Spellings, text: &str) -> BTreeMap<Related, Vec<String>> {
    let document = document(text, None);
    let points = CodePoints::new(&document.text);
    let analysis = coder.full_analysis(&document);
    let mentions = coder.mentions(&document, &analysis);
    let statements = code::statements(&document, &analysis, &mentions, coder.knowledge());
    let tree = Tree::new(&document.text, &analysis);
    let read = Read { coder, tree: &tree, analysis: &analysis, mentions: &mentions };
    let named = |role: &Role| Stretch::of(antecedent(coder, &analysis, &mentions, role).unwrap_or(role.span), &points);
    let span = |span: Span| Stretch::of(span, &points);
    let mut all: Vec<(Related, String)> = Vec::new();
    let by_phrase = |p: Phrase| {
        let related = Related { kind: p.gives.to_owned(), source: span(p.source), target: span(p.target) };
        (related, p.way.to_owned())
    };
    let mut sides: BTreeMap<Span, Vec<Span>> = BTreeMap::new();
    for statement in statements.iter().filter(|s| !s.negated) {
        let strike = strike(&read, &spellings.phrases, statement).map(span);
        let said = spellings.related(statement, &named, strike);
        if said.iter().any(|r| r.kind == FIGHT) {
            let actors = statement.roles.iter().filter(|r| r.role == RoleName::Actor).map(|r| r.span);
            sides.entry(statement.evidence.trigger).or_default().extend(actors);
        }
        all.extend(said.into_iter().map(|related| (related, statement.rule.clone())));
    }
    all.extend(sides.values().flat_map(|sides| side_by_side(&read, sides)).map(by_phrase));
    all.extend(phrases(&read, &spellings.phrases).into_iter().map(by_phrase));
    let mut found: BTreeMap<Related, Vec<String>> = BTreeMap::new();
    for (related, way) in all {
        let related = spellings.once(related);
        let same = |other: &Related| other.kind == related.kind && spellings.agree(other, &related);
        let known = found.keys().find(|other| same(other)).cloned();
        found.entry(known.unwrap_or(related)).or_default().push(way);
    }
    found
}

/// A side without the other where that stands inside it: "the leader" for "the leader of JNIM".
fn apart(side: Stretch, other: Stretch) -> Option<Stretch> {
    match side.shared(other) {
        0 => Some(side),
        _ if side.0 < other.0 => Some(Stretch(side.0, other.0)),
        _ if side.1 > other.1 => Some(Stretch(other.1, side.1)),
        _ => None,
    }
}

/// The name before a possessive pronoun ("its fight against"), which the gold marks in its stead: the last in its sentence of whoever can
/// fight, else the last of whom it refers to.
fn antecedent(coder: &Coder, analysis: &Analysis, mentions: &Mentions, role: &Role) -> Option<Span> {
    let at = analysis.tokens.iter().position(|t| t.span == role.span)?;
    let pronoun = &analysis.tokens[at];
    if pronoun.pos != Upos::Pron || pronoun.relation != Relation::NmodPoss {
        return None;
    }
    let sentence = &analysis.sentences[analysis.sentence_of(at)].tokens;
    let acts = |e: &&Entity| e.can_act() && matches!(e.class, EntityClass::Actor | EntityClass::Noun(_) | EntityClass::Place);
    let beside = mentions.entities.all().iter().filter(|e| sentence.contains(&e.head) && e.head < at).rfind(acts);
    if let Some(entity) = beside {
        return Some(entity.span);
    }
    let actor = coder.knowledge().registry.by_id(role.actor_id.as_ref()?)?;
    let spans = mentions.actors.iter().filter(|(_, a)| *a == actor).map(|(tokens, _)| analysis.span_of(tokens.clone()));
    spans.take_while(|span| span.end() <= role.span.start()).last()
}

impl Row {
    fn gold(&self) -> impl Iterator<Item = Related> + '_ {
        let counted = |r: &&GoldRelation| r.confidence >= CONFIDENT && TYPES.contains(&r.kind.as_str());
        self.relations.iter().filter(counted).map(|r| Related {
            kind: r.kind.clone(),
            source: Stretch(r.source.start, r.source.end),
            target: Stretch(r.target.start, r.target.end),
        })
    }
}

/// The statements that say what re3d calls a relation. One is right where the gold has such a relation between its sides.
pub fn judged(reading: &Reading<'_>) -> anyhow::Result<Vec<Judged>> {
    let spellings = Spellings::read()?;
    let coder = reading.coder()?;
    let mut judged = Vec::new();
    for row in reading.rows::<Row>()? {
        let document = document(&row.text, None);
        let points = CodePoints::new(&document.text);
        let analysis = coder.analysis(&document);
        let mentions = coder.mentions(&document, &analysis);
        let statements = code::statements(&document, &analysis, &mentions, coder.knowledge());
        let named = |role: &Role| Stretch::of(antecedent(coder, &analysis, &mentions, role).unwrap_or(role.span), &points);
        let gold: Vec<Related> = row.gold().collect();
        for statement in statements.iter().filter(|s| !s.negated) {
            let said = spellings.related(statement, &named, None);
            if !said.is_empty() {
                let right = said.iter().any(|found| gold.iter().any(|g| spellings.agree(g, found)));
                judged.push(Judged::new("re3d", &row.id, statement, &analysis, right));
            }
        }
    }
    Ok(judged)
}

impl Spellings {
    fn read() -> anyhow::Result<Spellings> {
        let text = std::fs::read_to_string(root().join("evals/re3d.toml")).context("evals/re3d.toml")?;
        toml::from_str(&text).context("evals/re3d.toml")
    }

    /// What a statement says in re3d's terms.
    fn related(&self, statement: &Statement, words: &dyn Fn(&Role) -> Stretch, strike: Option<Stretch>) -> Vec<Related> {
        let of = |role: &str| -> Vec<Stretch> {
            let name = RoleName::of_str(role);
            let filled: Vec<Stretch> = statement.roles.iter().filter(|r| Some(r.role) == name).map(words).collect();
            // Where nobody is named who does it, re3d has the strike or weapon do it.
            match role {
                "strike" => strike.into_iter().collect(),
                _ => filled,
            }
        };
        let mut found = Vec::new();
        for rule in self.reading.iter().filter(|r| r.frames.iter().any(|f| statement.rule.starts_with(f.as_str()))) {
            for (s, source) in of(&rule.source).into_iter().enumerate() {
                for (t, target) in of(&rule.target).into_iter().enumerate() {
                    // Of sides of one role, each pair once.
                    let pair = rule.source != rule.target || s < t;
                    if let Some(source) = apart(source, target).filter(|_| pair) {
                        found.push(Related { kind: rule.gives.clone(), source, target });
                    }
                }
            }
        }
        found
    }

    /// A relation that holds both ways, told from its first side.
    fn once(&self, related: Related) -> Related {
        match self.mutual.contains(&related.kind) && related.target < related.source {
            true => Related { source: related.target, target: related.source, ..related },
            false => related,
        }
    }

    fn agree(&self, gold: &Related, found: &Related) -> bool {
        let both = |source: Stretch, target: Stretch| gold.source.shared(source) > 0 && gold.target.shared(target) > 0;
        let crossed = self.mutual.contains(&gold.kind) && both(found.target, found.source);
        gold.kind == found.kind && (both(found.source, found.target) || crossed)
    }
}

/// The gold that nothing found agrees with, and what was found beside it; each is used once.
fn unmatched<'r>(spellings: &Spellings, gold: &'r BTreeSet<Related>, found: &'r BTreeSet<Related>) -> (Vec<&'r Related>, Vec<&'r Related>) {
    let mut spare: Vec<&Related> = found.iter().collect();
    let mut missed = Vec::new();
    for related in gold {
        match spare.iter().position(|f| spellings.agree(related, f)) {
            Some(at) => {
                spare.remove(at);
            }
            None => missed.push(related),
        }
    }
    (missed, spare)
}

impl Related {
    fn show(&self, text: &str) -> String {
        let words = |s: Stretch| text.chars().skip(s.0).take(s.1 - s.0).collect::<String>();
        format!("{}: {} -> {}", self.kind, words(self.source), words(self.target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_is_right_where_both_sides_overlap() {
        let spellings = Spellings { mutual: ["AlliesOf".to_owned()].into(), phrases: Phrases::default(), reading: Vec::new() };
        let related = |kind: &str, source, target| Related { kind: kind.to_owned(), source, target };
        let gold = related("BelongsTo", Stretch(0, 10), Stretch(20, 30));
        assert!(spellings.agree(&gold, &related("BelongsTo", Stretch(5, 12), Stretch(29, 40))));
        assert!(!spellings.agree(&gold, &related("BelongsTo", Stretch(20, 30), Stretch(0, 10))), "who belongs to whom");
        assert!(!spellings.agree(&gold, &related("InChargeOf", Stretch(0, 10), Stretch(20, 30))));
        let allies = related("AlliesOf", Stretch(0, 10), Stretch(20, 30));
        assert!(spellings.agree(&allies, &related("AlliesOf", Stretch(20, 30), Stretch(0, 10))));
    }
}

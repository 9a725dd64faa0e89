//! How well are relations between groups, states and people read? re3d's reports on Syria and Iraq, by Dstl.
//!
//! The gold's types are not sayso's: `evals/re3d.toml` says which statements give which.

mod membership;

use std::collections::BTreeSet;

use anyhow::Context;
use sayso::Coder;
use sayso::types::{Analysis, CodePoints, Relation, Role, RoleName, Span, Statement, Upos};
use sayso_coding::code;
use sayso_coding::mention::Mentions;
use serde::Deserialize;

use super::calibration::judged::Judged;
use super::plain::{Stretch, document};
use super::{Corpus, Measures, Reading, f1, one_file, percent};
use crate::root;
use membership::memberships;

/// `relation_f1`: micro-F1 over four types of relation, right where the type is and both sides overlap the gold's; with its
/// `precision` and `recall`.
pub const CORPUS: Corpus = Corpus { name: "re3d", files: one_file, measure };

/// The types that are measured.
const TYPES: [&str; 4] = ["FightingAgainst", "AlliesOf", "BelongsTo", "InChargeOf"];

/// What a phrase such as "members of" says.
const MEMBERSHIP: &str = "BelongsTo";

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
    membership: Vec<String>,
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
        let document = document(&row.text, None);
        let points = CodePoints::new(&document.text);
        let analysis = coder.analysis(&document);
        let mentions = coder.mentions(&document, &analysis);
        let statements = code::statements(&document, &analysis, &mentions, coder.knowledge());
        let named = |role: &Role| Stretch::of(antecedent(coder, &analysis, &mentions, role).unwrap_or(role.span), &points);
        let found = statements.iter().filter(|s| !s.negated).flat_map(|s| spellings.related(s, &named));
        let members = memberships(coder, &document.text, &analysis, &mentions, &spellings.membership);
        let of_phrases = members.into_iter().map(|(member, group)| Related {
            kind: MEMBERSHIP.to_owned(),
            source: Stretch::of(member, &points),
            target: Stretch::of(group, &points),
        });
        let found: BTreeSet<Related> = found.chain(of_phrases).map(|r| spellings.once(r)).collect();
        let gold: BTreeSet<Related> = row.gold().map(|r| spellings.once(r)).collect();
        let (missed, spare) = unmatched(&spellings, &gold, &found);
        gold_count += gold.len();
        found_count += found.len();
        right += gold.len() - missed.len();
        for (what, related) in missed.iter().map(|r| ("missed", r)).chain(spare.iter().map(|r| ("spare", r))) {
            reading.note(&row.id, &format!("{what} {}", related.show(&row.text)));
        }
    }
    let measures = [
        ("relation_f1", f1(right, found_count, gold_count)),
        ("precision", percent(right, found_count)),
        ("recall", percent(right, gold_count)),
    ];
    Ok((rows.len(), measures.map(|(name, value)| (name.to_owned(), value)).into()))
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

/// The name before a possessive pronoun ("its fight against"), which the gold marks in its stead.
fn antecedent(coder: &Coder, analysis: &Analysis, mentions: &Mentions, role: &Role) -> Option<Span> {
    let pronoun = analysis.tokens.iter().find(|t| t.span == role.span)?;
    let possessive = pronoun.pos == Upos::Pron && pronoun.relation == Relation::NmodPoss;
    let actor = coder.knowledge().registry.by_id(role.actor_id.as_ref().filter(|_| possessive)?)?;
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
            let said = spellings.related(statement, &named);
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
    fn related(&self, statement: &Statement, words: &dyn Fn(&Role) -> Stretch) -> Vec<Related> {
        let of = |role: &str| -> Vec<Stretch> {
            let role = RoleName::of_str(role);
            let filled = statement.roles.iter().filter(|r| Some(r.role) == role);
            filled.map(words).collect()
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
        let spellings = Spellings { mutual: ["AlliesOf".to_owned()].into(), membership: Vec::new(), reading: Vec::new() };
        let related = |kind: &str, source, target| Related { kind: kind.to_owned(), source, target };
        let gold = related("BelongsTo", Stretch(0, 10), Stretch(20, 30));
        assert!(spellings.agree(&gold, &related("BelongsTo", Stretch(5, 12), Stretch(29, 40))));
        assert!(!spellings.agree(&gold, &related("BelongsTo", Stretch(20, 30), Stretch(0, 10))), "who belongs to whom");
        assert!(!spellings.agree(&gold, &related("InChargeOf", Stretch(0, 10), Stretch(20, 30))));
        let allies = related("AlliesOf", Stretch(0, 10), Stretch(20, 30));
        assert!(spellings.agree(&allies, &related("AlliesOf", Stretch(20, 30), Stretch(0, 10))));
    }
}

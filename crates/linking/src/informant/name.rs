//! Who is meant by a source's words? Their pieces without what tells nothing, so that one body has one name in every report.

use std::collections::BTreeSet;

use sayso_types::record::AttributionRecord;
use sayso_types::{SourceKind, pieces};

use super::{InformantKind, InformantWords};
use crate::event::Kinship;
use crate::telling::Telling;

/// Who really says a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Informant {
    /// What kind.
    pub kind: InformantKind,
    /// What to call it.
    pub name: String,
    /// The registry's actor behind it.
    pub actor_id: Option<String>,
    /// Whether it is a text that somebody issued: "a U.N. report".
    pub is_text: bool,
    /// The pieces of its name that tell who it is; of somebody who speaks for a body, the body's.
    body: BTreeSet<String>,
    /// The pieces of the name of whoever speaks for the body.
    mouth: BTreeSet<String>,
    /// Of witnesses, and of a voice without an outlet: the document whose they are.
    of_text: Option<i64>,
}

impl Informant {
    /// The informant of a telling: of "Interior Ministry spokesman Najib Danish said" the ministry, of "Reuters reported" and of
    /// what a report credited to Reuters says itself, Reuters.
    pub fn of(telling: &Telling<'_>, words: &InformantWords) -> Informant {
        let links = telling.statement.attribution.iter().rev();
        links.filter_map(|link| named(link, telling, words)).next().unwrap_or_else(|| voice(telling))
    }

    /// Whether the two are one, or cannot be told apart: "the ministry" and "the Afghan ministry".
    pub fn is(&self, other: &Informant, kinship: &Kinship) -> bool {
        use InformantKind::{Named, Unnamed, Voice, Witness};
        match (self.kind, other.kind) {
            (Witness, Witness) => self.of_text == other.of_text,
            (Voice, Voice) if self.body.is_empty() || other.body.is_empty() => self.of_text.is_some() && self.of_text == other.of_text,
            (Voice, Voice) | (Unnamed, Unnamed) => contained(&self.body, &other.body),
            (Named, Named) => match (&self.actor_id, &other.actor_id) {
                (Some(one), Some(another)) => kinship.is_within(one, another) || kinship.is_within(another, one),
                _ => self.shares_name(other),
            },
            _ => false,
        }
    }

    /// How much its name tells: those that tell more are taken first, so that those that tell less are found to be one of them.
    pub(super) fn precision(&self, kinship: &Kinship) -> usize {
        self.body.len() + self.actor_id.as_deref().map_or(0, |actor| 100 * kinship.above(actor).count())
    }

    fn shares_name(&self, other: &Informant) -> bool {
        contained(&self.body, &other.body)
            || contained(&self.mouth, &other.mouth)
            || contained(&self.mouth, &other.body)
            || contained(&self.body, &other.mouth)
    }
}

/// Whether the pieces of one name all stand in the other.
fn contained(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    !one.is_empty() && !other.is_empty() && (one.is_subset(other) || other.is_subset(one))
}

/// Whom a link of the chain names; `None` where it names nobody: "a statement", "reports".
fn named(link: &AttributionRecord, telling: &Telling<'_>, words: &InformantWords) -> Option<Informant> {
    let said = told(&link.source, words);
    let called = link.name.as_deref().map(|name| told(name, words)).unwrap_or_default();
    if link.kind == SourceKind::Media {
        let body = if called.body.is_empty() { said.body } else { called.body };
        let name = link.name.clone().unwrap_or_else(|| link.source.clone());
        return (!body.is_empty()).then(|| Informant { body, ..voice_named(name, telling) });
    }
    let has_name = link.actor_id.is_some() || link.name.is_some();
    let kind = match () {
        () if has_name => InformantKind::Named,
        () if said.body.iter().any(|piece| words.witness.contains(piece)) => InformantKind::Witness,
        () if link.kind == SourceKind::Unnamed || said.body.iter().any(|piece| words.unnamed.contains(piece)) => InformantKind::Unnamed,
        () => InformantKind::Named,
    };
    let speaks_for_a_body = said.has_mouthpiece && link.kind == SourceKind::Person;
    let (body, mouth) = if speaks_for_a_body && !called.body.is_empty() {
        (said.body.difference(&called.body).cloned().collect(), called.body)
    } else {
        (said.body.union(&called.body).cloned().collect::<BTreeSet<_>>(), BTreeSet::new())
    };
    if body.is_empty() && mouth.is_empty() {
        return None;
    }
    let (body, mouth) = if body.is_empty() { (mouth, BTreeSet::new()) } else { (body, mouth) };
    Some(Informant {
        kind,
        name: shown(link, kind),
        actor_id: link.actor_id.clone(),
        is_text: link.kind == SourceKind::Document,
        body,
        mouth,
        of_text: (kind == InformantKind::Witness).then(|| telling.text()),
    })
}

fn shown(link: &AttributionRecord, kind: InformantKind) -> String {
    match (&link.name, kind) {
        (Some(name), InformantKind::Named) if link.actor_id.is_some() => name.clone(),
        _ => link.source.clone(),
    }
}

/// The voice of the outlet whose text the statement stands in.
fn voice(telling: &Telling<'_>) -> Informant {
    let report = telling.report;
    let outlet = match telling.repeat() {
        Some(repeat) => repeat.outlet.as_ref(),
        None => report.credit.as_ref().or(report.publisher.as_ref()),
    };
    match outlet {
        Some(outlet) => voice_named(outlet.clone(), telling),
        None => Informant { body: BTreeSet::new(), ..voice_named(report.name().to_owned(), telling) },
    }
}

fn voice_named(name: String, telling: &Telling<'_>) -> Informant {
    let body = pieces(&name).iter().map(ToString::to_string).collect();
    let of_text = Some(telling.text());
    Informant { kind: InformantKind::Voice, name, actor_id: None, is_text: false, body, mouth: BTreeSet::new(), of_text }
}

/// What a source's words tell.
#[derive(Default)]
struct Words {
    body: BTreeSet<String>,
    has_mouthpiece: bool,
}

fn told(source: &str, words: &InformantWords) -> Words {
    let mut told = Words::default();
    for piece in pieces(source) {
        if words.mouthpiece.contains(&piece) {
            told.has_mouthpiece = true;
        } else if !words.empty.contains(&piece) && piece.len() > 1 {
            told.body.insert(words.countries.get(&piece).cloned().unwrap_or_else(|| piece.to_string()));
        }
    }
    told
}

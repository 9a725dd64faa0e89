//! Who is meant by a source's words? Their pieces without what tells nothing, so that one body has one name in every report.

use std::collections::BTreeSet;

use sayso_types::record::{AttributionRecord, ResponsibilityRecord, RoleRecord};
use sayso_types::{SourceKind, Stance, pieces};

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
    /// Whether its name says which organ of a body it is: a ministry is another than another.
    is_organ: bool,
    /// The pieces of its name that tell who it is; of somebody who speaks for a body, the body's.
    body: BTreeSet<String>,
    /// The pieces of the name of whoever speaks for the body.
    mouth: BTreeSet<String>,
    /// Of witnesses, of a text without an author, of whoever is only "he", and of a voice: the document whose they are.
    of_text: Option<i64>,
}

impl Informant {
    /// The informant of a telling: of "Interior Ministry spokesman Najib Danish said" the ministry, of "Reuters reported" and of
    /// what a report credited to Reuters says itself, Reuters.
    pub fn of(telling: &Telling<'_>, words: &InformantWords) -> Informant {
        match telling.statement.attribution.last() {
            Some(link) => named(link, telling, words),
            None => claimant(telling, words).unwrap_or_else(|| voice(telling, words)),
        }
    }

    /// Who takes part in what a telling tells, as one who could tell it too.
    pub fn taking_part(role: &RoleRecord, telling: &Telling<'_>, words: &InformantWords) -> Informant {
        let link = AttributionRecord {
            source: role.words.text.clone(),
            start: role.words.start,
            end: role.words.end,
            actor_id: role.actor_id.clone(),
            name: role.name.clone(),
            kind: SourceKind::ArmedGroup,
            cue: String::new(),
            cue_start: role.words.end,
            cue_end: role.words.end,
        };
        named(&link, telling, words)
    }

    /// Whether nothing says who it is but what was said before: "he".
    pub(super) fn is_pronoun(&self) -> bool {
        self.kind == InformantKind::Unnamed && self.body.is_empty()
    }

    /// Whether the two are one, or cannot be told apart: "the ministry" and "the Afghan ministry".
    pub fn is(&self, other: &Informant, kinship: &Kinship) -> bool {
        use InformantKind::{Named, Unnamed, Voice, Witness};
        match (self.kind, other.kind) {
            (Witness, Witness) => self.of_text == other.of_text,
            (Unnamed, Unnamed) if self.of_text.is_some() || other.of_text.is_some() => {
                self.of_text == other.of_text && (self.body == other.body || contained(&self.body, &other.body))
            }
            (Voice, Voice) if self.body.is_empty() || other.body.is_empty() => self.of_text.is_some() && self.of_text == other.of_text,
            (Voice, Voice) | (Unnamed, Unnamed) => contained(&self.body, &other.body),
            (Named, Named) if self.is_organ && other.is_organ => contained(&self.body, &other.body),
            // Whoever publishes what it says itself is quoted by others.
            (Named, Voice) | (Voice, Named) => !self.body.is_empty() && self.body == other.body,
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

/// Whom a link of the chain names.
fn named(link: &AttributionRecord, telling: &Telling<'_>, words: &InformantWords) -> Informant {
    let said = told(&link.source, words);
    let called = link.name.as_deref().map(|name| told(name, words)).unwrap_or_default();
    if link.kind == SourceKind::Media && !(said.body.is_empty() && called.body.is_empty()) {
        return voice_named(link.name.clone().unwrap_or_else(|| link.source.clone()), telling, words);
    }
    let own = voice(telling, words);
    if !own.body.is_empty() && own.body == voice_named(link.name.clone().unwrap_or_else(|| link.source.clone()), telling, words).body {
        return own;
    }
    let has_name = link.actor_id.is_some() || link.name.is_some();
    let nobody = said.body.is_empty() && called.body.is_empty();
    let kind = match () {
        () if nobody && link.actor_id.is_none() => InformantKind::Unnamed,
        () if has_name => InformantKind::Named,
        () if said.body.iter().any(|piece| words.witness.contains(piece)) => InformantKind::Witness,
        () if link.kind == SourceKind::Unnamed || said.body.iter().any(|piece| words.unnamed.contains(piece)) => InformantKind::Unnamed,
        () => InformantKind::Named,
    };
    let speaks_for_a_body = said.mouthpiece.is_some() && link.kind == SourceKind::Person && !called.body.is_empty();
    let (body, mouth) = if speaks_for_a_body {
        (said.body.difference(&called.body).cloned().collect(), called.body)
    } else {
        (said.body.union(&called.body).cloned().collect::<BTreeSet<_>>(), BTreeSet::new())
    };
    let (body, mouth) = if body.is_empty() { (mouth, BTreeSet::new()) } else { (body, mouth) };
    Informant {
        kind,
        name: shown(link, kind),
        actor_id: link.actor_id.clone(),
        is_text: link.kind == SourceKind::Document,
        is_organ: body.iter().any(|piece| words.organ.contains(piece)),
        // "The report": whose it is, only its document knows.
        body: if nobody { said.mouthpiece.into_iter().collect() } else { body },
        mouth,
        of_text: (kind == InformantKind::Witness || nobody).then(|| telling.text()),
    }
}

/// Who claims it, where the claim is all that the sentence tells: "Islamic State has claimed the attack".
fn claimant(telling: &Telling<'_>, words: &InformantWords) -> Option<Informant> {
    let evidence = &telling.statement.evidence;
    let claims =
        |by: &&ResponsibilityRecord| by.stance == Stance::Claimed && evidence.words.start <= by.start && by.start < evidence.trigger.start;
    let by = telling.statement.responsibility.iter().find(claims)?;
    let link = AttributionRecord {
        source: by.by.clone(),
        start: by.start,
        end: by.end,
        actor_id: by.actor_id.clone(),
        name: by.name.clone(),
        kind: SourceKind::ArmedGroup,
        cue: String::new(),
        cue_start: by.end,
        cue_end: by.end,
    };
    Some(named(&link, telling, words))
}

fn shown(link: &AttributionRecord, kind: InformantKind) -> String {
    match (&link.name, kind) {
        (Some(name), InformantKind::Named) if link.actor_id.is_some() => name.clone(),
        _ => link.source.clone(),
    }
}

/// The voice of the outlet whose text the statement stands in.
fn voice(telling: &Telling<'_>, words: &InformantWords) -> Informant {
    let report = telling.report;
    let outlet = match telling.repeat() {
        Some(repeat) => repeat.outlet.as_ref(),
        None => report.credit.as_ref().or(report.publisher.as_ref()),
    };
    match outlet {
        Some(outlet) => voice_named(outlet.clone(), telling, words),
        None => Informant { body: BTreeSet::new(), ..voice_named(report.name().to_owned(), telling, words) },
    }
}

fn voice_named(name: String, telling: &Telling<'_>, words: &InformantWords) -> Informant {
    let spelled: Vec<String> = pieces(&name).iter().map(ToString::to_string).collect();
    let body = match words.outlets.get(&spelled.join(" ")) {
        Some(id) => BTreeSet::from([id.clone()]),
        None => spelled.into_iter().filter(|piece| !words.empty.contains(piece)).collect(),
    };
    Informant {
        kind: InformantKind::Voice,
        name,
        actor_id: None,
        is_text: false,
        is_organ: false,
        body,
        mouth: BTreeSet::new(),
        of_text: Some(telling.text()),
    }
}

/// What a source's words tell.
#[derive(Default)]
struct Words {
    body: BTreeSet<String>,
    mouthpiece: Option<String>,
}

fn told(source: &str, words: &InformantWords) -> Words {
    let mut told = Words::default();
    for piece in pieces(source) {
        if words.mouthpiece.contains(&piece) {
            told.mouthpiece = Some(piece.to_string());
        } else if !words.empty.contains(&piece) && piece.len() > 1 {
            told.body.insert(words.countries.get(&piece).cloned().unwrap_or_else(|| piece.to_string()));
        }
    }
    told
}

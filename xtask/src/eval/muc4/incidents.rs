//! Which incidents does a document tell of? Statements of violence that the task holds relevant, those of one incident put together.

use std::collections::BTreeSet;

use sayso::Coder;
use sayso::types::{Document, EventType, Level, Modality, Place, PlaceKind, Proposition, RoleName, Statement};
use sayso_coding::code;
use sayso_coding::code::confidence::Feature;
use sayso_coding::syntax::Tree;
use serde_json::json;

use super::Conventions;
use super::candidates::{Candidate, candidates, class, kind as actor_kind};
use super::fills::{Fill, Text};
use super::slots::SlotFill;
use super::template::{Filler, Slot, Template, normal};
use super::weighing::Weighing;

/// What the adapter leaves out.
#[derive(Clone, Copy, Debug)]
pub struct Switches {
    /// Whether only what the task holds relevant is kept.
    pub relevance: bool,
}

/// What a document says of one incident.
#[derive(Clone, Debug, Default)]
pub struct Incident {
    /// "bombing".
    pub kind: String,
    /// The words that fill each slot.
    pub fills: Vec<Fill>,
    /// The sentences that tell of it.
    pub sentences: Vec<usize>,
    /// Its statements, by position.
    pub statements: Vec<usize>,
    /// Where.
    pub place: Option<Place>,
    /// When.
    pub day: Option<sayso::types::Edtf>,
}

impl Incident {
    /// As the modern measure sees it.
    pub fn template(&self) -> Template {
        let fillers = Slot::ALL.map(|slot| self.of(slot).filter_map(|words| Filler::new([words])).collect());
        Template { types: vec![self.kind.clone()], fillers }
    }

    fn of(&self, slot: Slot) -> impl Iterator<Item = &str> {
        self.fills.iter().filter(move |f| f.slot == slot).map(|f| f.words.as_str())
    }

    fn add(&mut self, fill: Fill) {
        let words = normal(&fill.words);
        let alike = |other: &str| {
            let other = normal(other);
            format!(" {other} ").contains(&format!(" {words} ")) || format!(" {words} ").contains(&format!(" {other} "))
        };
        if !words.is_empty() && !self.of(fill.slot).any(alike) {
            self.fills.push(fill);
        }
    }
}

/// An incident with all that could fill its slots.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What its statements say.
    pub incident: Incident,
    /// What could fill its slots.
    pub candidates: Vec<Candidate>,
    /// What it shows of itself.
    shown: Vec<Feature>,
}

impl Draft {
    /// What it shows of itself, beside the others of its document and by the fills that the model holds right.
    pub fn features(&self, all: &[Draft], model: &Weighing) -> Vec<Feature> {
        let feature = |name: &str, value: f64| Feature { name: format!("incident{name}"), value };
        let mut found = vec![feature("", 1.0)];
        found.extend(self.shown.iter().cloned());
        let alike = all.iter().filter(|d| d.incident.kind == self.incident.kind).count() - 1;
        found.push(feature(".others", scaled(all.len() - 1, 20)));
        found.push(feature(".alike", scaled(alike, 10)));
        for slot in Slot::ALL.into_iter().chain([Slot::HumanDescription]) {
            let best = self.candidates.iter().filter(|c| c.slot == slot).map(|c| model.of(&c.features)).fold(0.0, f64::max);
            found.push(feature(&format!(".filled.{}", slot.as_str()), best));
        }
        found.retain(|f| f.value != 0.0);
        found
    }

    /// The incident with the fills that the model holds right.
    pub fn filled(self, conventions: &Conventions, model: &Weighing) -> Incident {
        let mut incident = Incident { fills: Vec::new(), ..self.incident };
        let mut ranked: Vec<(f64, Candidate)> = self.candidates.into_iter().map(|c| (model.of(&c.features), c)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (probability, candidate) in ranked {
            if probability >= conventions.keep_fill {
                incident.add(Fill { slot: candidate.slot, words: candidate.words, head: candidate.head });
            }
        }
        incident
    }
}

/// A count as a share of the greatest that matters, on a scale of logarithms.
fn scaled(count: usize, most: usize) -> f64 {
    ((count as f64).ln_1p() / (most as f64).ln_1p()).min(1.0)
}

/// What is made of the reading of a document: all that fills are written from, and its statements.
pub fn with_text<R>(coder: &Coder, document: &Document, conventions: &Conventions, make: impl FnOnce(&Text<'_>, &[Statement]) -> R) -> R {
    let document = &*coder.readable(document);
    let analysis = coder.analysis(document);
    let mentions = coder.mentions(document, &analysis);
    let statements = code::statements(document, &analysis, &mentions, coder.knowledge());
    let tree = Tree::new(&document.text, &analysis);
    make(&Text { coder, document, analysis: &analysis, tree: &tree, mentions: &mentions, conventions }, &statements)
}

/// The incidents that a document's statements tell of, each with all that could fill it.
pub fn drafts(text: &Text<'_>, statements: &[Statement]) -> Vec<Draft> {
    let mut found: Vec<Incident> = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        if !is_violence(statement) {
            continue;
        }
        let incident = Incident { statements: vec![at], ..incident(text, statement) };
        match found.iter_mut().find(|other| is_same(other, &incident)) {
            Some(other) => merge(other, incident),
            None => found.push(incident),
        }
    }
    let draft = |incident: Incident| Draft {
        candidates: candidates(text, statements, &incident),
        shown: shown(text, statements, &incident),
        incident,
    };
    found.into_iter().map(draft).collect()
}

/// The incidents that the task wants.
pub fn incidents(text: &Text<'_>, statements: &[Statement], weighing: &Weighing, switches: Switches) -> Vec<Incident> {
    let drafts = drafts(text, statements);
    let wanted = |draft: &Draft| !switches.relevance || weighing.of(&draft.features(&drafts, weighing)) >= text.conventions.keep_incident;
    let wanted: Vec<bool> = drafts.iter().map(wanted).collect();
    let kept = drafts.into_iter().zip(wanted).filter(|(_, wanted)| *wanted);
    kept.map(|(draft, _)| draft.filled(text.conventions, weighing)).collect()
}

/// What the statements of an incident show.
fn shown(text: &Text<'_>, statements: &[Statement], incident: &Incident) -> Vec<Feature> {
    let own: Vec<&Statement> = incident.statements.iter().map(|at| &statements[*at]).collect();
    let all = |test: &dyn Fn(&Statement) -> bool| own.iter().all(|s| test(s));
    let mut names = BTreeSet::new();
    names.insert(format!("kind.{}", incident.kind));
    for statement in &own {
        names.insert(format!("frame.{}", statement.rule));
        names.insert(format!("tense.{}", statement.tense.as_str()));
        let trigger = text.analysis.sentences[statement.evidence.sentence].tokens.clone();
        let trigger = trigger.filter(|t| text.tree.token(*t).span.overlaps(statement.evidence.trigger));
        names.extend(trigger.map(|t| format!("trigger.{}", text.tree.lemma(t))));
        names.extend(statement.quantities.iter().map(|q| format!("counts.{}", q.of.as_str())));
        for role in &statement.roles {
            let Some(entity) = text.entity(role) else { continue };
            names.insert(format!("{}.{}", role.role.as_str(), class(entity.class)));
            names.extend(actor_kind(text, entity).map(|kind| format!("{}.{}", role.role.as_str(), kind.as_str())));
        }
        for role in [RoleName::Actor, RoleName::Recipient] {
            names.extend((!statement.roles.iter().any(|r| r.role == role)).then(|| format!("no.{}", role.as_str())));
        }
    }
    let flags: [(&str, bool); 7] = [
        ("aggregate", all(&|s| s.aggregate)),
        ("open", all(&|s| matches!(s.modality, Modality::Probable | Modality::Possible | Modality::Unlikely))),
        ("undone", all(&|s| matches!(s.modality, Modality::Future | Modality::Hypothetical))),
        ("attributed", all(&|s| !s.attribution.is_empty())),
        ("placed", own.iter().any(|s| s.place.as_ref().is_some_and(|p| p.level == Level::Textual))),
        ("dated", own.iter().any(|s| s.time.as_ref().is_some_and(|t| t.level == Level::Textual))),
        ("claimed", own.iter().any(|s| !s.responsibility.is_empty())),
    ];
    names.extend(flags.iter().filter(|(_, holds)| *holds).map(|(name, _)| (*name).to_owned()));
    let here = |country: &str| text.conventions.countries.iter().any(|known| known == country);
    let in_place = incident.place.as_ref().filter(|p| !p.country.is_empty()).map(|p| here(&p.country));
    let in_focus = text.mentions.focus.as_deref().map(here);
    let where_is = |of: Option<bool>| of.map_or("unknown", |here| if here { "here" } else { "abroad" });
    names.insert(format!("country.{}", where_is(in_place)));
    names.insert(format!("focus.{}", where_is(in_focus)));
    names.insert(format!("place.{}", incident.place.as_ref().map_or("none", |p| p.kind.as_str())));
    names.insert(format!("age.{}", age(text, incident)));
    let mut found: Vec<Feature> = names.into_iter().map(|name| Feature { name: format!("incident.{name}"), value: 1.0 }).collect();
    found.push(Feature { name: "incident.told".to_owned(), value: scaled(own.len() - 1, 8) });
    found.push(Feature { name: "incident.late".to_owned(), value: scaled(incident.sentences.first().copied().unwrap_or(0), 40) });
    found
}

/// How long before the report it happened.
fn age(text: &Text<'_>, incident: &Incident) -> &'static str {
    let published = text.document.published.known().and_then(|p| p.date.latest());
    let latest = incident.day.as_ref().and_then(sayso::types::Edtf::latest);
    match published.zip(latest).map(|(published, latest)| (published - latest).get_days()) {
        None => "unknown",
        Some(..=7) => "week",
        Some(8..=31) => "month",
        Some(32..=92) => "quarter",
        Some(_) => "older",
    }
}

/// Whether a statement tells of violence, done or threatened.
pub fn is_violence(statement: &Statement) -> bool {
    matches!(&statement.proposition, Proposition::Event { event: EventType::Assault, .. }) && !statement.negated
}

/// Whether a statement tells of violence that was done, lately and in one of the task's countries.
pub fn is_relevant(text: &Text<'_>, statement: &Statement) -> bool {
    let conventions = text.conventions;
    if conventions.war.contains(&statement.rule) {
        return false;
    }
    let done = matches!(statement.modality, Modality::Asserted | Modality::Probable | Modality::Possible);
    let of_place = statement.place.as_ref().and_then(|p| p.place.as_ref()).map(|p| p.country.as_str());
    let countries = [of_place, text.mentions.focus.as_deref()];
    let here = |country: &&str| conventions.countries.iter().any(|known| known == country);
    if !done || countries.iter().flatten().any(|c| !c.is_empty()) && !countries.iter().flatten().any(here) {
        return false;
    }
    let published = text.document.published.known().and_then(|p| p.date.latest());
    let latest = statement.time.as_ref().and_then(|t| t.edtf.latest());
    match (published, latest) {
        (Some(published), Some(latest)) => (published - latest).get_days() <= conventions.days,
        _ => true,
    }
}

/// What one statement says of an incident.
pub fn incident(text: &Text<'_>, statement: &Statement) -> Incident {
    let mut incident = Incident {
        kind: kind(text, statement),
        sentences: std::iter::once(&statement.evidence).chain(&statement.also).map(|e| e.sentence).collect(),
        place: statement.place.as_ref().and_then(|p| p.place.clone()),
        day: statement.time.as_ref().map(|t| t.edtf.clone()),
        ..Incident::default()
    };
    for role in &statement.roles {
        let fills = match role.role {
            RoleName::Actor => text.perpetrator(role),
            RoleName::Recipient => text.target(role),
            RoleName::Instrument => text.entity(role).and_then(|e| text.weapon(e)).into_iter().collect(),
            _ => Vec::new(),
        };
        fills.into_iter().for_each(|fill| incident.add(fill));
    }
    let sentence = &text.analysis.sentences[statement.evidence.sentence];
    for entity in text.mentions.entities.all().iter().filter(|e| sentence.tokens.contains(&e.head)) {
        text.weapon(entity).into_iter().for_each(|fill| incident.add(fill));
    }
    incident
}

/// The incident type: of the frame, its mode, a word of the trigger or a weapon; else an attack.
fn kind(text: &Text<'_>, statement: &Statement) -> String {
    let conventions = text.conventions;
    let Proposition::Event { mode, .. } = &statement.proposition else { return "attack".to_owned() };
    let words = || {
        let tokens = text.analysis.sentences[statement.evidence.sentence].tokens.clone();
        let inside = |t: &usize| {
            let span = text.tree.token(*t).span;
            span.overlaps(statement.evidence.trigger)
                || statement.roles.iter().any(|r| r.role == RoleName::Instrument && r.span.overlaps(span))
        };
        tokens.filter(inside).find_map(|t| conventions.words.get(text.tree.lemma(t)))
    };
    let of_mode = mode.as_ref().and_then(|m| conventions.types.get(m));
    conventions.types.get(&statement.rule).or_else(words).or(of_mode).cloned().unwrap_or_else(|| "attack".to_owned())
}

/// Whether two accounts can be of one incident: of one type, at places and on days that do not exclude each other, with no different
/// people hit.
fn is_same(one: &Incident, other: &Incident) -> bool {
    let hits = |i: &Incident| i.of(Slot::PhysicalTarget).next().is_some() || i.of(Slot::HumanTarget).next().is_some();
    let general = |i: &Incident| i.kind == "attack" && !hits(i);
    let types = one.kind == other.kind || general(one) || general(other);
    let town =
        |i: &Incident| i.place.as_ref().filter(|p| matches!(p.kind, PlaceKind::Populated | PlaceKind::Capital)).map(|p| p.name.clone());
    let places = town(one).zip(town(other)).is_none_or(|(a, b)| a == b);
    let days = one.day.as_ref().zip(other.day.as_ref()).is_none_or(|(a, b)| a.overlaps(b));
    let names = |i: &Incident| i.of(Slot::HumanTarget).map(normal).collect::<Vec<_>>();
    let (victims, others) = (names(one), names(other));
    let within = |a: &str, b: &str| a.split(' ').all(|word| b.split(' ').any(|other| other == word));
    let shared = victims.iter().any(|v| others.iter().any(|o| within(v, o) || within(o, v)));
    types && places && days && (victims.is_empty() || others.is_empty() || shared)
}

fn merge(one: &mut Incident, other: Incident) {
    if one.kind == "attack" {
        one.kind = other.kind;
    }
    other.fills.into_iter().for_each(|fill| one.add(fill));
    one.place = one.place.take().or(other.place);
    one.day = one.day.take().or(other.day);
    one.sentences.extend(other.sentences);
    one.sentences.dedup();
    one.statements.extend(other.statements);
}

/// A document's incidents as a line that the corpus's own scorers read.
pub fn response(id: &str, incidents: &[Incident], official: &[Vec<SlotFill>]) -> String {
    let templates = incidents.iter().zip(official).map(|(i, fills)| {
        let mut slots: std::collections::BTreeMap<String, Vec<&str>> = std::collections::BTreeMap::new();
        for (slot, fill) in fills {
            slots.entry(slot.to_string()).or_default().push(fill);
        }
        let of = |slot: Slot| i.of(slot).map(|words| vec![words]).collect::<Vec<_>>();
        json!({
            "incident_type": i.kind,
            "perp_ind": of(Slot::PerpetratorIndividual),
            "perp_org": of(Slot::PerpetratorOrganization),
            "phys_tgt": of(Slot::PhysicalTarget),
            "hum_tgt": of(Slot::HumanTarget),
            "instrument": of(Slot::Instrument),
            "slots": slots,
        })
    });
    json!({"docid": id, "templates": templates.collect::<Vec<_>>()}).to_string() + "\n"
}

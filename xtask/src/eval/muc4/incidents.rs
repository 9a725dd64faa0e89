//! Which incidents does a document tell of? Statements of violence that the task holds relevant, those of one incident put together.

use sayso::Coder;
use sayso::types::{Document, EventType, Modality, Place, PlaceKind, Proposition, RoleName, Stance, Statement};
use sayso_coding::code;
use sayso_coding::lexicon::NounClass;
use sayso_coding::mention::entity::EntityClass;
use sayso_coding::syntax::Tree;
use serde_json::json;

use super::Conventions;
use super::fills::{Fill, Text};
use super::slots::{self, Codes, SlotFill};
use super::template::{Filler, Slot, Template, normal};

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
    /// The sentence that told it first.
    sentence: usize,
    place: Option<Place>,
    day: Option<sayso::types::Edtf>,
    /// The country that the document speaks of most.
    focus: Option<String>,
    /// Further fills of the official slots.
    slots: Vec<SlotFill>,
    /// Who is said to claim it or to be blamed.
    stances: Vec<Stance>,
}

impl Incident {
    /// As the modern measure sees it.
    pub fn template(&self) -> Template {
        let fillers = Slot::ALL.map(|slot| self.of(slot).filter_map(|words| Filler::new([words])).collect());
        Template { types: vec![self.kind.clone()], fillers }
    }

    /// As the official scorer sees it.
    pub fn official(&self, codes: &Codes, document: &Document) -> Vec<SlotFill> {
        let published = document.published.known().map(|p| &p.date);
        let mut found = vec![(4, self.kind.to_uppercase()), (5, "ACCOMPLISHED".to_owned())];
        found.extend(slots::day(self.day.as_ref(), published));
        found.extend(slots::place(codes, self.place.as_ref(), self.focus.as_deref()));
        for (slot, words) in &self.fills {
            let words = slots::quoted(words);
            if *slot == Slot::PerpetratorOrganization {
                found.push((11, format!("{}: {words}", slots::confidence(&self.stances))));
            }
            found.push(match slot {
                Slot::PerpetratorIndividual => (9, words),
                Slot::PerpetratorOrganization => (10, words),
                Slot::PhysicalTarget => (12, words),
                Slot::HumanTarget => (18, words),
                Slot::Instrument => (6, words),
            });
        }
        found.extend(self.of(Slot::Instrument).filter_map(|words| slots::weapon(codes, words)));
        // What is said of a string stands only beside that string.
        let stands = |text: &str| text.split_once(": ").is_none_or(|(_, of)| found.iter().chain(&self.slots).any(|(_, other)| other == of));
        let kept: Vec<SlotFill> = self.slots.iter().filter(|(_, text)| stands(text)).cloned().collect();
        found.extend(kept);
        found
    }

    fn of(&self, slot: Slot) -> impl Iterator<Item = &str> {
        self.fills.iter().filter(move |(s, _)| *s == slot).map(|(_, words)| words.as_str())
    }

    fn add(&mut self, fill: Fill) {
        let (slot, words) = (fill.0, normal(&fill.1));
        let alike = |other: &str| {
            let other = normal(other);
            other == words || format!(" {other} ").contains(&format!(" {words} "))
        };
        if words.is_empty() || self.of(slot).any(alike) {
            return;
        }
        let longer = |old: &Fill| old.0 == slot && format!(" {words} ").contains(&format!(" {} ", normal(&old.1)));
        match self.fills.iter_mut().find(|old| longer(old)) {
            Some(old) if slot == Slot::HumanTarget => *old = fill,
            Some(_) => {}
            None => self.fills.push(fill),
        }
    }
}

/// The incidents of a document.
pub fn incidents(coder: &Coder, document: &Document, conventions: &Conventions, switches: Switches) -> Vec<Incident> {
    let document = &*coder.readable(document);
    let analysis = coder.analysis(document);
    let mentions = coder.mentions(document, &analysis);
    let statements = code::statements(document, &analysis, &mentions, coder.knowledge());
    let tree = Tree::new(&document.text, &analysis);
    let text = Text { coder, document, analysis: &analysis, tree: &tree, mentions: &mentions, conventions };
    let mut found: Vec<Incident> = Vec::new();
    for statement in &statements {
        if !is_violence(statement) || (switches.relevance && !is_relevant(&text, statement)) {
            continue;
        }
        let incident = incident(&text, statement);
        if statement.aggregate && !incident.fills.iter().any(|(slot, _)| matches!(slot, Slot::PhysicalTarget | Slot::HumanTarget)) {
            continue;
        }
        match found.iter_mut().find(|other| is_same(other, &incident)) {
            Some(other) => merge(other, incident),
            None => found.push(incident),
        }
    }
    let doers = doers(&text, &statements);
    let fighters = fighters(&text);
    let groups = text.armed_groups();
    for incident in &mut found {
        borrow(conventions.reach, incident, &[&doers, &fighters], &groups);
    }
    found
}

/// Who does what in the violence that a document tells of, each with the sentence.
fn doers(text: &Text<'_>, statements: &[Statement]) -> Vec<(usize, Fill)> {
    let violent = statements.iter().filter(|s| matches!(&s.proposition, Proposition::Event { event: EventType::Assault, .. }));
    let actors = violent.flat_map(|s| s.roles.iter().filter(|r| r.role == RoleName::Actor).map(|r| (s.evidence.sentence, r)));
    actors.flat_map(|(sentence, role)| text.perpetrator(role).into_iter().map(move |fill| (sentence, fill))).collect()
}

/// The people under arms whom a document mentions, each with the sentence.
fn fighters(text: &Text<'_>) -> Vec<(usize, Fill)> {
    let all = text.mentions.entities.all().iter().filter(|e| e.class == EntityClass::Noun(NounClass::Fighter));
    all.flat_map(|e| text.doer(e).into_iter().map(|fill| (text.analysis.sentence_of(e.head), fill))).collect()
}

/// Gives an incident that names no perpetrator the nearest one that the document names elsewhere.
fn borrow(reach: usize, incident: &mut Incident, mentioned: &[&Vec<(usize, Fill)>], groups: &[(usize, String)]) {
    let at = incident.sentence;
    for slot in [Slot::PerpetratorIndividual, Slot::PerpetratorOrganization] {
        let by_state = incident.slots.iter().any(|(number, text)| *number == 8 && text.starts_with("STATE"));
        if incident.of(slot).next().is_some() || (slot == Slot::PerpetratorOrganization && by_state) {
            continue;
        }
        let near = |all: &&Vec<(usize, Fill)>| {
            let fitting = all.iter().filter(|(s, (kind, _))| *kind == slot && s.abs_diff(at) <= reach);
            fitting.min_by_key(|(s, _)| (s.abs_diff(at), *s)).map(|(_, fill)| fill.clone())
        };
        let group = || groups.iter().min_by_key(|(s, _)| s.abs_diff(at)).filter(|_| slot == Slot::PerpetratorOrganization);
        let found = mentioned.iter().find_map(near).or_else(|| group().map(|(_, name)| (slot, name.clone())));
        found.into_iter().for_each(|fill| incident.add(fill));
    }
}

/// Whether a statement tells of violence that was done.
pub fn is_violence(statement: &Statement) -> bool {
    let done = matches!(statement.modality, Modality::Asserted | Modality::Probable | Modality::Possible);
    matches!(&statement.proposition, Proposition::Event { event: EventType::Assault, .. }) && done && !statement.negated
}

/// Whether the task holds a statement of violence relevant.
pub fn is_relevant(text: &Text<'_>, statement: &Statement) -> bool {
    let conventions = text.conventions;
    if conventions.war.contains(&statement.rule) {
        return false;
    }
    let of_place = statement.place.as_ref().and_then(|p| p.place.as_ref()).map(|p| p.country.as_str());
    let countries = [of_place, text.mentions.focus.as_deref()];
    let here = |country: &&str| conventions.countries.iter().any(|known| known == country);
    if countries.iter().flatten().any(|c| !c.is_empty()) && !countries.iter().flatten().any(here) {
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
        sentence: statement.evidence.sentence,
        focus: text.mentions.focus.clone(),
        slots: slots::of_statement(text, statement),
        stances: statement.responsibility.iter().map(|r| r.stance).collect(),
        place: statement.place.as_ref().and_then(|p| p.place.clone()),
        day: statement.time.as_ref().map(|t| t.edtf.clone()),
        ..Incident::default()
    };
    for role in &statement.roles {
        let fills = match role.role {
            RoleName::Actor => text.perpetrator(role),
            RoleName::Recipient => text.target(role),
            RoleName::Instrument => {
                text.entity(role).and_then(|e| text.weapon(e.head)).map(|words| (Slot::Instrument, words)).into_iter().collect()
            }
            _ => Vec::new(),
        };
        fills.into_iter().for_each(|fill| incident.add(fill));
    }
    let sentence = &text.analysis.sentences[statement.evidence.sentence];
    for entity in text.mentions.entities.all().iter().filter(|e| sentence.tokens.contains(&e.head)) {
        if entity.class == EntityClass::Noun(NounClass::Weapon) {
            text.weapon(entity.head).into_iter().for_each(|words| incident.add((Slot::Instrument, words)));
        }
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
    for fill in other.slots {
        let once = fill.0 == 8 && one.slots.iter().any(|(slot, _)| *slot == 8);
        if !once && !one.slots.contains(&fill) {
            one.slots.push(fill);
        }
    }
    one.stances.extend(other.stances);
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

//! What would a faultless coder give? Each mention of the gold as a statement: what the program codes there, made right where the gold
//! tells; where it codes nothing of the kind, the bare sentence, where and when its mentions say.

use std::collections::BTreeMap;

use sayso::types::record::{
    AttributionRecord, EvidenceRecord, PlaceRecord, PropositionRecord, ResponsibilityRecord, RoleRecord, StatementRecord, TimeRecord, Words,
};
use sayso::types::{Actor, EstimateType, EventType, Level, Modality, NameKind, RoleName, SourceKind, Tense};

use super::super::gold::{Aggregate, Event, Informant, Mention, Stance, Topic};
use super::Set;
use super::score::{stands_in, triggers};
use super::setting::Setting;

/// What a faultless coder knows.
pub struct Knowing<'k> {
    /// The statements as the program codes them.
    pub coded: &'k Set,
    /// What the reports mention, by id.
    pub settings: &'k BTreeMap<String, Setting>,
    /// The registry's actors.
    pub actors: &'k [Actor],
}

/// Whose text some words stand in.
struct Place<'p> {
    report: &'p str,
    text: &'p str,
    /// The words of all mentions of the report.
    mentions: Vec<&'p str>,
}

/// The set with the gold's mentions for statements.
pub fn given(topics: &[Topic], knowing: &Knowing<'_>) -> Set {
    let documents = knowing.coded.documents.iter().map(|(_, document, _)| {
        let topic = topics.iter().find(|topic| topic.reports.iter().any(|report| report.id == document.id));
        let mut statements: Vec<StatementRecord> = Vec::new();
        if let Some(topic) = topic {
            let mentions = topic.gold.events.iter().flat_map(|event| event.told.mentions.iter().map(move |mention| (event, mention)));
            let of_events: Vec<_> = mentions.filter(|(_, mention)| mention.report == document.id).collect();
            let of_several: Vec<_> = topic.gold.aggregates.iter().filter(|aggregate| aggregate.report == document.id).collect();
            let words = of_events.iter().map(|(_, mention)| mention.words.as_str());
            let mentions = words.chain(of_several.iter().map(|aggregate| aggregate.words.as_str())).collect();
            let place = Place { report: &document.id, text: &document.text, mentions };
            statements.extend(of_events.iter().map(|(event, mention)| of_mention(event, mention, knowing, &place)));
            statements.extend(of_several.iter().map(|aggregate| of_aggregate(aggregate, knowing, &place)));
        }
        statements.sort_by_key(|statement| statement.evidence.words.start);
        (document.clone(), statements)
    });
    Set::of(documents.collect())
}

/// The id of the statement that is given for a mention.
pub fn id_of(event: Option<&str>, report: &str, words: &str) -> String {
    format!("{report} {}: {words}", event.unwrap_or("several"))
}

fn of_mention(event: &Event, mention: &Mention, knowing: &Knowing<'_>, place: &Place<'_>) -> StatementRecord {
    let base = base(&mention.words, Some((event.kind, &mention.informant)), knowing, place);
    let denied = mention.stance.iter().any(|stance| matches!(stance, Stance::Denied | Stance::Withdrawn));
    let claimed = mention.stance.contains(&Stance::Claimed);
    let mut roles = base.roles;
    if let (Informant::Named(name), true) = (&mention.informant, claimed) {
        let claims = |role: &RoleRecord| role.role == RoleName::Actor && role.actor_id.is_some();
        if !roles.iter().any(claims) {
            roles.push(actor(name, knowing.actors));
        }
    }
    StatementRecord {
        id: id_of(Some(&event.told.name), &mention.report, &mention.words),
        proposition: PropositionRecord::Event {
            event: event.kind,
            mode: event.mode.clone(),
            contexts: Vec::new(),
            outcome: None,
            acled: None,
        },
        roles,
        aggregate: false,
        modality: if mention.asserts || denied { Modality::Asserted } else { Modality::Unlikely },
        negated: denied && !mention.asserts,
        tense: Tense::Past,
        attribution: attribution(&mention.informant, &base.attribution, knowing.actors),
        responsibility: responsibility(mention, knowing.actors),
        ..base
    }
}

fn actor(name: &str, actors: &[Actor]) -> RoleRecord {
    RoleRecord {
        role: RoleName::Actor,
        words: Words { text: name.to_owned(), start: 0, end: 0 },
        actor_id: actor_id(name, actors),
        name: Some(name.to_owned()),
    }
}

/// The registry's only actor of a name.
fn actor_id(name: &str, actors: &[Actor]) -> Option<String> {
    let named = |actor: &&Actor| actor.names.iter().any(|known| known.text.eq_ignore_ascii_case(name) && known.kind != NameKind::Acronym);
    let mut found = actors.iter().filter(named);
    let first = found.next()?;
    found.next().is_none().then(|| first.id.clone())
}

/// The stances of the mention's informant.
fn responsibility(mention: &Mention, actors: &[Actor]) -> Vec<ResponsibilityRecord> {
    let Informant::Named(name) = &mention.informant else { return Vec::new() };
    let of = |stance: &Stance| match stance {
        Stance::Claimed => Some(sayso::types::Stance::Claimed),
        Stance::Denied => Some(sayso::types::Stance::Denied),
        Stance::Blamed => Some(sayso::types::Stance::Blamed),
        Stance::Confirmed => Some(sayso::types::Stance::Confirmed),
        Stance::Unclaimed | Stance::Withdrawn => None,
    };
    let actor_id = actor_id(name, actors);
    let record =
        |stance| ResponsibilityRecord { stance, by: name.clone(), start: 0, end: 0, actor_id: actor_id.clone(), name: Some(name.clone()) };
    mention.stance.iter().filter_map(of).map(record).collect()
}

fn of_aggregate(aggregate: &Aggregate, knowing: &Knowing<'_>, place: &Place<'_>) -> StatementRecord {
    let base = base(&aggregate.words, None, knowing, place);
    StatementRecord {
        id: id_of(None, &aggregate.report, &aggregate.words),
        aggregate: true,
        attribution: attribution(&aggregate.informant, &base.attribution, knowing.actors),
        ..base
    }
}

/// What the program codes in some words and in none shorter, where it is of the type wanted; else the bare words.
fn base(words: &str, wanted: Option<(EventType, &Informant)>, knowing: &Knowing<'_>, place: &Place<'_>) -> StatementRecord {
    let here = knowing.coded.statements(place.report).iter().map(|(_, statement)| statement);
    let own = |trigger: usize| {
        let holding = place.mentions.iter().filter(|mention| stands_in(trigger, mention, place.text));
        holding.map(|mention| mention.len()).min() == Some(words.len()) && stands_in(trigger, words, place.text)
    };
    let inside = here.filter(|statement| triggers(statement).any(own));
    let fits = |statement: &&StatementRecord| match &statement.proposition {
        PropositionRecord::Event { event, .. } => wanted.is_none_or(|(wanted, _)| *event == wanted),
        // A toll is told of the attack.
        PropositionRecord::Estimate { estimate } => {
            let victims = matches!(estimate, EstimateType::Killed | EstimateType::Injured);
            victims && wanted.is_some_and(|(wanted, _)| wanted == EventType::Assault)
        }
        PropositionRecord::Relation { .. } => false,
    };
    let best =
        inside.filter(fits).min_by_key(|statement| (statement.proposition.kind() != "event", statement.evidence.trigger.start)).cloned();
    let setting = knowing.settings.get(place.report).cloned().unwrap_or_default();
    let told = evidence(words, place.text, &setting);
    let mut statement = match best {
        Some(statement) => statement,
        None => {
            let says_itself = wanted.is_none_or(|(_, informant)| matches!(informant, Informant::Voice));
            bare(place.report, &told.words, says_itself, &setting)
        }
    };
    let trigger = std::mem::replace(&mut statement.evidence.trigger, told.trigger.clone());
    statement.evidence = EvidenceRecord { trigger: if trigger.text.is_empty() { told.trigger.clone() } else { trigger }, ..told };
    statement.responsibility.clear();
    statement
}

/// The informant as source; the actor behind it is the registry's, or the one that the program takes for the last link of its chain.
fn attribution(informant: &Informant, coded: &[AttributionRecord], actors: &[Actor]) -> Vec<AttributionRecord> {
    let Informant::Named(name) = informant else { return Vec::new() };
    let has_name = name.chars().next().is_some_and(char::is_uppercase);
    let same = |link: &&AttributionRecord| name.split(' ').any(|word| word.len() > 3 && link.source.contains(word));
    let of_link = || coded.last().filter(same).and_then(|link| link.actor_id.clone());
    let link = AttributionRecord {
        source: name.clone(),
        start: 0,
        end: 0,
        actor_id: actor_id(name, actors).or_else(of_link).filter(|_| has_name),
        name: has_name.then(|| name.clone()),
        kind: if has_name { SourceKind::Organization } else { SourceKind::Unnamed },
        cue: "said".to_owned(),
        cue_start: 0,
        cue_end: 0,
    };
    vec![link]
}

/// The mention's own words as evidence, without a trigger.
fn evidence(words: &str, text: &str, setting: &Setting) -> EvidenceRecord {
    let start = text.find(words).map_or(0, |byte| text[..byte].chars().count());
    let words = Words { text: words.to_owned(), start, end: start + words.chars().count() };
    let trigger = Words { text: String::new(), start, end: start };
    EvidenceRecord { sentence: setting.sentence(start), words, trigger, also: Vec::new() }
}

/// A statement of which nothing is known but that it stands there. What a report says itself is where and when its words say; who else
/// speaks may name a place or day of his own, so that theirs are no more sure than what a report says elsewhere.
fn bare(report: &str, words: &Words, says_itself: bool, setting: &Setting) -> StatementRecord {
    let level = if says_itself { Level::Textual } else { Level::Context };
    let (here, nothing) = (words.start..words.end, Words { text: String::new(), start: 0, end: 0 });
    StatementRecord {
        id: String::new(),
        document_id: report.to_owned(),
        proposition: PropositionRecord::Event { event: EventType::Assault, mode: None, contexts: Vec::new(), outcome: None, acled: None },
        aggregate: false,
        roles: Vec::new(),
        place: setting.place_in(&here).map(|place| PlaceRecord { level, ..place }),
        time: setting.time_in(&here).map(|time| TimeRecord { level, ..time }),
        quantities: Vec::new(),
        modality: Modality::Asserted,
        hedge: None,
        negated: false,
        tense: Tense::Past,
        attribution: Vec::new(),
        responsibility: Vec::new(),
        unclaimed: false,
        evidence: EvidenceRecord { words: nothing.clone(), sentence: 0, trigger: nothing, also: Vec::new() },
        confidence: 1.0,
        coder: sayso::types::record::CoderRecord { version: String::new(), rule: String::new(), model: String::new() },
    }
}

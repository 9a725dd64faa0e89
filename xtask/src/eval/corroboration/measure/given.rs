//! What would a faultless coder give? Each mention of the gold as a statement: what the program codes there, made right where the gold
//! tells, and the bare sentence where it codes nothing.

use sayso::types::record::{AttributionRecord, EvidenceRecord, PropositionRecord, ResponsibilityRecord, StatementRecord, Words};
use sayso::types::{EventType, Modality, SourceKind, Tense};

use super::super::gold::{Aggregate, Event, Informant, Mention, Stance, Topic};
use super::Set;
use super::score::{stands_in, triggers};

/// The set with the gold's mentions for statements.
pub fn given(topics: &[Topic], coded: &Set) -> Set {
    let documents = coded.documents.iter().map(|(_, document, _)| {
        let topic = topics.iter().find(|topic| topic.reports.iter().any(|report| report.id == document.id));
        let mut statements: Vec<StatementRecord> = Vec::new();
        if let Some(topic) = topic {
            let mentions = topic.gold.events.iter().flat_map(|event| event.told.mentions.iter().map(move |mention| (event, mention)));
            let of_events = mentions.filter(|(_, mention)| mention.report == document.id);
            statements.extend(of_events.map(|(event, mention)| of_mention(event, mention, coded, &document.text)));
            let of_several = topic.gold.aggregates.iter().filter(|aggregate| aggregate.report == document.id);
            statements.extend(of_several.map(|aggregate| of_aggregate(aggregate, coded, &document.text)));
        }
        statements.sort_by_key(|statement| statement.evidence.words.start);
        (document.clone(), statements)
    });
    Set::of(documents.collect())
}

fn of_mention(event: &Event, mention: &Mention, coded: &Set, text: &str) -> StatementRecord {
    let base = base(&mention.report, &mention.words, Some(event.kind), coded, text);
    let denied = mention.stance.iter().any(|stance| matches!(stance, Stance::Denied | Stance::Withdrawn));
    StatementRecord {
        proposition: PropositionRecord::Event {
            event: event.kind,
            mode: event.mode.clone(),
            contexts: Vec::new(),
            outcome: None,
            acled: None,
        },
        aggregate: false,
        modality: if mention.asserts || denied { Modality::Asserted } else { Modality::Unlikely },
        negated: denied && !mention.asserts,
        tense: Tense::Past,
        attribution: attribution(&mention.informant),
        responsibility: responsibility(mention),
        ..base
    }
}

/// The stances of the mention's informant.
fn responsibility(mention: &Mention) -> Vec<ResponsibilityRecord> {
    let Informant::Named(name) = &mention.informant else { return Vec::new() };
    let of = |stance: &Stance| match stance {
        Stance::Claimed => Some(sayso::types::Stance::Claimed),
        Stance::Denied => Some(sayso::types::Stance::Denied),
        Stance::Blamed => Some(sayso::types::Stance::Blamed),
        Stance::Confirmed => Some(sayso::types::Stance::Confirmed),
        Stance::Unclaimed | Stance::Withdrawn => None,
    };
    let record = |stance| ResponsibilityRecord { stance, by: name.clone(), start: 0, end: 0, actor_id: None, name: Some(name.clone()) };
    mention.stance.iter().filter_map(of).map(record).collect()
}

fn of_aggregate(aggregate: &Aggregate, coded: &Set, text: &str) -> StatementRecord {
    let base = base(&aggregate.report, &aggregate.words, None, coded, text);
    StatementRecord { aggregate: true, attribution: attribution(&aggregate.informant), ..base }
}

/// What the program codes in some words, a statement of the type wanted before another; the bare words where it codes nothing there.
fn base(report: &str, words: &str, wanted: Option<EventType>, coded: &Set, text: &str) -> StatementRecord {
    let here = coded.statements(report).iter().map(|(_, statement)| statement);
    let here = here.filter(|statement| statement.proposition.kind() == "event");
    let inside = here.filter(|statement| triggers(statement).any(|trigger| stands_in(trigger, words, text)));
    let fits = |statement: &&StatementRecord| wanted.is_some_and(|wanted| statement.proposition.type_code() == wanted.as_str());
    let best = inside.max_by_key(|statement| (fits(statement), std::cmp::Reverse(statement.evidence.words.start))).cloned();
    let mut statement = best.unwrap_or_else(|| bare(report));
    statement.evidence = evidence(words, text, &statement.evidence);
    statement.id = format!("{report}-{}", statement.evidence.words.start);
    statement.responsibility.clear();
    statement
}

fn attribution(informant: &Informant) -> Vec<AttributionRecord> {
    let Informant::Named(name) = informant else { return Vec::new() };
    let has_name = name.chars().next().is_some_and(char::is_uppercase);
    let link = AttributionRecord {
        source: name.clone(),
        start: 0,
        end: 0,
        actor_id: None,
        name: has_name.then(|| name.clone()),
        kind: if has_name { SourceKind::Organization } else { SourceKind::Unnamed },
        cue: "said".to_owned(),
        cue_start: 0,
        cue_end: 0,
    };
    vec![link]
}

/// The mention's own words as evidence.
fn evidence(words: &str, text: &str, coded: &EvidenceRecord) -> EvidenceRecord {
    let start = text.find(words).map_or(0, |byte| text[..byte].chars().count());
    let words = Words { text: words.to_owned(), start, end: start + words.chars().count() };
    let trigger = if coded.trigger.text.is_empty() { Words { end: start, ..words.clone() } } else { coded.trigger.clone() };
    EvidenceRecord { words, sentence: start, trigger, also: Vec::new() }
}

/// A statement of which nothing is known but that it stands there.
fn bare(report: &str) -> StatementRecord {
    let nothing = Words { text: String::new(), start: 0, end: 0 };
    StatementRecord {
        id: String::new(),
        document_id: report.to_owned(),
        proposition: PropositionRecord::Event { event: EventType::Assault, mode: None, contexts: Vec::new(), outcome: None, acled: None },
        aggregate: false,
        roles: Vec::new(),
        place: None,
        time: None,
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

//! What goes into a brief on an actor? Names, numbers as told, relations and events by date, what sources disagree on, each with the
//! sentences that say so.

mod event;

use sayso::dossier::{Dossier, Line, Part, Run, Section};
use sayso::marks::range;
use sayso::types::record::{GroupRecord, StatementRecord};
use sayso_exchange::brief::{days, note};
use sayso_store::query::{LogFilter, Paging};

use super::actor::{ActorAnswer, ActorAsked, Holds, Way, events, relations};
use super::paged::PageAsked;
use crate::desk::{PROGRAM, Reader};
use crate::fault::Fault;

pub(crate) use event::of_event;

/// So many relations and events are told, and of each so many sentences.
const MOST: usize = 40;
const MOST_SENTENCES: usize = 4;

/// When and of what a brief is made.
#[derive(Clone, Debug)]
pub(crate) struct Occasion {
    /// As of when the record is looked at, where it is not now.
    pub(crate) as_of: Option<String>,
    /// RFC 3339: when it is made.
    pub(crate) now: String,
}

/// The brief on an actor.
pub(crate) fn of_actor(reader: Reader<'_>, id: &str, asked: &ActorAsked, occasion: &Occasion) -> Result<Dossier, Fault> {
    let answer = ActorAnswer::of(reader, id, asked)?;
    let page = PageAsked { after: None, limit: Some(MOST) };
    let relations = relations(reader, id, asked, &page)?;
    let events = events(reader, id, &page)?;
    let mut writing = Writing { reader, dossier: Dossier { title: answer.name.clone(), ..Dossier::default() } };
    writing.dossier.head = head(reader, &answer, occasion)?;
    writing.names(&answer);
    writing.ties(&answer)?;
    writing.numbers(&answer)?;
    let of_relations: Vec<GroupRecord> = relations.items.into_iter().map(|of| of.relation).collect();
    writing.relations(&of_relations, relations.next.is_some(), asked.on.as_deref())?;
    writing.events(&events.page.items, &events.all.to_string(), events.page.next.is_some())?;
    writing.judgements(&answer);
    writing.dossier.made = made(occasion);
    Ok(writing.dossier)
}

fn head(reader: Reader<'_>, answer: &ActorAnswer, occasion: &Occasion) -> Result<Vec<(String, String)>, Fault> {
    let mut head = record_head(reader, occasion)?;
    head.push(("Actor".to_owned(), answer.id.clone()));
    if let Some(registry) = &answer.registry {
        head.push(("Kind".to_owned(), registry.kind.as_str().replace('-', " ")));
    }
    Ok(head)
}

/// As of when, of which record and by which program a brief is.
fn record_head(reader: Reader<'_>, occasion: &Occasion) -> Result<Vec<(String, String)>, Fault> {
    let as_of = occasion.as_of.clone().unwrap_or_else(|| format!("{} (as the record stood when this was made)", occasion.now));
    let last = LogFilter { paging: Paging { limit: 1, after: None }, ..LogFilter::default() };
    let entry = reader.record.log(&last)?.items.pop().map(|entry| format!("entry {} of its log, hash {}", entry.number, entry.sha256));
    Ok(vec![
        ("As of".to_owned(), as_of),
        ("Record".to_owned(), entry.unwrap_or_else(|| "nothing had been read yet".to_owned())),
        ("Made".to_owned(), format!("{} by {PROGRAM}", occasion.now)),
    ])
}

/// How it was made, for whoever reads it without the program.
fn made(occasion: &Occasion) -> Vec<String> {
    let lines = [
        format!("Compiled by {PROGRAM} on {} from the reports that the record holds; nothing was added to what they say.", occasion.now),
        "Numbers stand in the words in which they were told: “as many as” stays “as many as”, and nothing is rounded.".to_owned(),
        "“Independent sources” counts informants, not reports: copies of one text count once.".to_owned(),
        "Reports are read by program. What people decided is taken into account; the record's log says who decided what and why.".to_owned(),
        "Each note names the sentence, its document, publisher, date, address and who says so. The id at its end opens the statement in the record.".to_owned(),
    ];
    lines.to_vec()
}

/// A brief in its making.
struct Writing<'r> {
    reader: Reader<'r>,
    dossier: Dossier,
}

impl Writing<'_> {
    fn section(&mut self, title: impl Into<String>, parts: Vec<Part>) {
        self.dossier.sections.push(Section { title: title.into(), parts });
    }

    fn names(&mut self, answer: &ActorAnswer) {
        let Some(registry) = &answer.registry else {
            let line = format!("“{}” is the name that reports use; the registry of actors does not have it.", answer.name);
            return self.section("Names", vec![Part::Paragraph(Line::of(line))]);
        };
        let cells = |name: &super::actor::RegistryName| {
            vec![
                Line::of(&name.text),
                Line::of(name.kind.as_str()),
                Line::of(span(&name.holds).unwrap_or_else(|| "no dates known".to_owned())),
            ]
        };
        let rows = registry.names.iter().map(cells).collect();
        let head = ["Name", "Kind", "In use"].map(str::to_owned).to_vec();
        self.section("Names", vec![Part::Table { head, rows }]);
    }

    fn ties(&mut self, answer: &ActorAnswer) -> Result<(), Fault> {
        let mut parts = Vec::new();
        let by_registry: Vec<Line> = answer.registry.iter().flat_map(|registry| &registry.ties).map(registry_tie).collect();
        if !by_registry.is_empty() {
            parts.extend([Part::Paragraph(Line::of("By the registry of actors:")), Part::List(by_registry)]);
        }
        let mut told = Vec::new();
        for tie in &answer.ties {
            let line = Line(vec![Run::Strong(relation_words(&tie.relation))]);
            told.push(self.cited(line, &tie.relation.id)?);
        }
        if !told.is_empty() {
            parts.extend([Part::Paragraph(Line::of("As told in reports:")), Part::List(told)]);
        }
        if !parts.is_empty() {
            self.section("Parents, factions, successors", parts);
        }
        Ok(())
    }

    fn numbers(&mut self, answer: &ActorAnswer) -> Result<(), Fault> {
        let mut parts = Vec::new();
        for series in &answer.series {
            let mut rows = Vec::new();
            for point in &series.points {
                let Some(cited) = self.reader.record.statement_cited(&point.statement)? else { continue };
                let note = self.dossier.note(note(&cited));
                let told = Line(vec![Run::Quote(point.words.clone()), note]);
                let by = point.said_by.clone().or_else(|| point.publisher.clone()).unwrap_or_else(|| point.document.clone());
                let means = range(point.low, point.best, point.high);
                rows.push(vec![Line::of(point.day.as_deref().unwrap_or("unknown")), told, Line::of(means), Line::of(by)]);
            }
            let named: Vec<&str> = series.summary.parties.iter().map(|party| party.name.as_str()).collect();
            let of = if named.len() > 1 { format!(" of {} together", named.join(" and ")) } else { String::new() };
            parts.push(Part::Paragraph(Line(vec![Run::Strong(format!("{}{of}", series.summary.type_code.replace('_', " ")))])));
            parts.push(Part::Table { head: ["Day", "As told", "Means", "Who says so"].map(str::to_owned).to_vec(), rows });
        }
        if !parts.is_empty() {
            self.section("Strength and other numbers, as told", parts);
        }
        Ok(())
    }

    fn relations(&mut self, relations: &[GroupRecord], more: bool, on: Option<&str>) -> Result<(), Fault> {
        let mut lines = Vec::new();
        for relation in relations {
            let mut line = Line(vec![Run::Strong(relation_words(relation))]);
            line = line.and(Run::Words(format!(": {}; {}", days(relation), sources(relation))));
            lines.push(self.cited(line, &relation.id)?);
        }
        let title = on.map_or_else(|| "Relations, newest first".to_owned(), |on| format!("Relations in which it can have stood on {on}"));
        let mut parts = listed(lines, "No report tells how it stands to another.");
        if more {
            parts.push(Part::Paragraph(Line::of(format!("There are more; these are the last {MOST}."))));
        }
        self.section(title, parts);
        Ok(())
    }

    fn events(&mut self, events: &[GroupRecord], all: &str, more: bool) -> Result<(), Fault> {
        let (mut lines, mut disputes) = (Vec::new(), Vec::new());
        for event in events {
            let mut line = Line(vec![Run::Strong(event_words(event))]);
            let status = event.status.as_deref().map(|status| format!("{status}; ")).unwrap_or_default();
            line = line.and(Run::Words(format!(" ({status}{})", sources(event))));
            lines.push(self.cited(line, &event.id)?);
            if !event.disputed.is_empty() {
                disputes.extend(self.dispute(event)?);
            }
        }
        let mut parts = listed(lines, "No event in the record names it.");
        if more {
            parts.push(Part::Paragraph(Line::of(format!("There are {all}; these are the last {MOST}."))));
        }
        self.section("Events, newest first", parts);
        if !disputes.is_empty() {
            self.section("What sources disagree on", vec![Part::List(disputes)]);
        }
        Ok(())
    }

    /// What is told of each attribute on which sources differ, side by side.
    fn dispute(&mut self, event: &GroupRecord) -> Result<Vec<Line>, Fault> {
        let cited = self.reader.record.group_cited(&event.id, &Paging { limit: 20, after: None })?.items;
        let mut lines = Vec::new();
        for attribute in &event.disputed {
            let mut line = Line(vec![Run::Strong(format!("{}, {attribute}: ", event_words(event)))]);
            let mut first = true;
            for cited in &cited {
                for words in values(&cited.statement, attribute) {
                    if !std::mem::take(&mut first) {
                        line = line.and(Run::Words("; ".to_owned()));
                    }
                    let note = self.dossier.note(note(cited));
                    line = line.and(Run::Quote(words)).and(note);
                }
            }
            lines.push(line);
        }
        Ok(lines)
    }

    fn judgements(&mut self, answer: &ActorAnswer) {
        let told = |judged: &super::actor::Judged| {
            let why = if judged.why.is_empty() { String::new() } else { format!(": {}", judged.why) };
            Line::of(format!("{} and {}: {} ({}, {}){why}", judged.a.name, judged.b.name, judged.judgement.as_str(), judged.who, judged.at))
        };
        let lines: Vec<Line> = answer.judged.iter().filter(|judged| judged.holds).map(told).collect();
        if !lines.is_empty() {
            self.section("Who it is, as people judged", vec![Part::List(lines)]);
        }
    }

    /// A line with the notes of the first sentences that tell a group.
    fn cited(&mut self, mut line: Line, group: &str) -> Result<Line, Fault> {
        for cited in self.reader.record.group_cited(group, &Paging { limit: MOST_SENTENCES, after: None })?.items {
            let note = self.dossier.note(note(&cited));
            line = line.and(note);
        }
        Ok(line)
    }
}

/// A list, or the sentence that says that there is nothing.
fn listed(lines: Vec<Line>, nothing: &str) -> Vec<Part> {
    if lines.is_empty() { vec![Part::Paragraph(Line::of(nothing))] } else { vec![Part::List(lines)] }
}

/// The words in which a statement tells an attribute.
fn values(statement: &StatementRecord, attribute: &str) -> Vec<String> {
    let roles = || statement.roles.iter().filter(|role| role.role.as_str() == attribute);
    match attribute {
        "place" => statement.place.iter().map(|place| place.words.text.clone()).collect(),
        "time" => statement.time.iter().map(|time| time.words.text.clone()).collect(),
        "mode" => statement.proposition.mode().map(ToOwned::to_owned).into_iter().collect(),
        "actor" | "recipient" => roles().map(|role| role.words.text.clone()).collect(),
        _ => statement.quantities.iter().filter(|q| q.of.as_str() == attribute).map(|q| q.words.text.clone()).collect(),
    }
}

fn span(holds: &Holds) -> Option<String> {
    match (&holds.from, &holds.until) {
        (Some(from), Some(until)) => Some(format!("{from} to {until}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    }
}

fn registry_tie(tie: &super::actor::RegistryTie) -> Line {
    let kind = tie.kind.as_str().replace('_', " ");
    let words = match tie.direction {
        Way::Outward => format!("{kind} {}", tie.name),
        Way::Inward => format!("{} is {kind} it", tie.name),
    };
    Line::of(span(&tie.holds).map_or(words.clone(), |span| format!("{words} ({span})")))
}

fn party(group: &GroupRecord, role: &str) -> String {
    let named: Vec<&str> = group.parties.iter().filter(|party| party.role.as_str() == role).map(|party| party.name.as_str()).collect();
    named.join(", ")
}

/// "North Front part of Free Army".
fn relation_words(relation: &GroupRecord) -> String {
    let mode = relation.mode.as_deref().map(|mode| format!(" ({})", mode.replace('-', " "))).unwrap_or_default();
    format!("{} {}{mode} {}", party(relation, "actor"), relation.type_code.replace('_', " "), party(relation, "recipient"))
}

/// "2031-04-01, Herat, AFG: assault (explosives), gunmen → police; killed 24".
fn event_words(event: &GroupRecord) -> String {
    let when = event.time.clone().or_else(|| event.latest.clone()).unwrap_or_else(|| "time unknown".to_owned());
    let place = event.place.as_ref().map(|place| format!(", {}", place.name)).unwrap_or_default();
    let mode = event.mode.as_deref().map(|mode| format!(" ({})", mode.replace(['-', '_'], " "))).unwrap_or_default();
    let (actor, recipient) = (party(event, "actor"), party(event, "recipient"));
    let arrow = if recipient.is_empty() { String::new() } else { format!(" → {recipient}") };
    let counts: Vec<String> =
        event.counts.iter().map(|count| format!("{} {}", count.of.as_str(), range(count.low, count.best, count.high))).collect();
    let counts = if counts.is_empty() { String::new() } else { format!("; {}", counts.join(", ")) };
    format!("{when}{place}: {}{mode}, {actor}{arrow}{counts}", event.type_code.replace('_', " "))
}

fn sources(group: &GroupRecord) -> String {
    let counted = |number: u64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    format!("{}, {}", counted(group.sources, "independent source"), counted(group.documents, "report"))
}

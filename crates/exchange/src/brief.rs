//! What does an analyst send on? A brief over a question: its events by date, each line with the words, the informant, the carrier and the
//! address in a note, and what sources disagree on side by side.

use sayso::dossier::{Dossier, Line, Note, Part, Run, Section};
use sayso::marks::range;
use sayso_linking::account::{Attribute, Profile};
use sayso_store::query::Cited;
use sayso_types::record::GroupRecord;
use sayso_types::{Modality, RoleName};

use crate::Error;
use crate::told::{Export, ToldEvent, Written};
use crate::view::{one_line, title};

/// So many events does a brief tell, and of each so many sentences.
pub const MOST_EVENTS: u64 = 500;
const MOST_SENTENCES: usize = 6;

/// The brief on what a question finds.
///
/// # Errors
/// The record cannot be read, or the question finds more than [`MOST_EVENTS`].
pub fn brief(export: &Export<'_>) -> Result<(Dossier, Written), Error> {
    let mut written = Written::default();
    let asked = export.question.to_string();
    let about = if asked.is_empty() { "Everything in the record".to_owned() } else { asked };
    let mut dossier = Dossier { title: format!("Brief: {about}"), head: head(export)?, ..Dossier::default() };
    let mut section = Section::default();
    export.each_event(Profile::Sources, |event| {
        written.written += 1;
        if written.written > MOST_EVENTS {
            return Err(Error::Refused(format!(
                "the question finds more than {MOST_EVENTS} events, the most of a brief; narrow it by time, place or actor, or take another format"
            )));
        }
        let month = month(&event.group);
        if section.title != month {
            push(&mut dossier, std::mem::take(&mut section));
            section.title = month;
        }
        section.parts.extend(told(&mut dossier, event));
        Ok(())
    })?;
    push(&mut dossier, section);
    export.each_relation(|relation| {
        let mut line = Line(vec![Run::Strong(words_of_relation(&relation.group))]);
        line = line.and(Run::Words(format!(": {}", days(&relation.group))));
        for cited in relation.cited.iter().take(MOST_SENTENCES) {
            let note = dossier.note(note(cited));
            line = line.and(note);
        }
        let last = dossier.sections.last_mut().filter(|section| section.title == RELATIONS);
        match last.and_then(|section| section.parts.first_mut()) {
            Some(Part::List(lines)) => lines.push(line),
            _ => dossier.sections.push(Section { title: RELATIONS.to_owned(), parts: vec![Part::List(vec![line])] }),
        }
        Ok(())
    })?;
    if dossier.sections.is_empty() {
        let nothing = Part::Paragraph(Line::of("The record has nothing on this question."));
        dossier.sections.push(Section { title: "Events".to_owned(), parts: vec![nothing] });
    }
    dossier.made = made(export);
    Ok((dossier, written))
}

const RELATIONS: &str = "Relations";

fn push(dossier: &mut Dossier, section: Section) {
    if !section.parts.is_empty() {
        dossier.sections.push(section);
    }
}

fn head(export: &Export<'_>) -> Result<Vec<(String, String)>, Error> {
    let made = export.made;
    let as_of = made.as_of.clone().unwrap_or_else(|| format!("{} (as the record stood when this was made)", made.now));
    let mut head = vec![
        ("As of".to_owned(), as_of),
        ("Record".to_owned(), export.state_in_words()?),
        ("Made".to_owned(), format!("{} by {}", made.now, made.program)),
    ];
    head.extend(made.licence.clone().map(|licence| ("Licence".to_owned(), licence)));
    Ok(head)
}

fn made(export: &Export<'_>) -> Vec<String> {
    let lines = [
        format!("Compiled by {} on {} from the reports that the record holds; nothing was added to what they say.", export.made.program, export.made.now),
        "Numbers stand in the words in which they were told; what is not told is not said.".to_owned(),
        "“Independent sources” counts informants, not reports: copies of one text count once.".to_owned(),
        "Reports are read by program. Each note names who says so, in which document, when and where it can be found; the id at its end opens the statement in the record.".to_owned(),
    ];
    lines.to_vec()
}

/// The month of an event, by which the brief is ordered.
fn month(event: &GroupRecord) -> String {
    let day = event.latest.as_deref().or(event.earliest.as_deref());
    day.and_then(|day| day.get(..7)).map_or_else(|| "Time not told".to_owned(), ToOwned::to_owned)
}

/// An event: what is told in one line, how far it is established, and where sources differ.
fn told(dossier: &mut Dossier, event: &ToldEvent) -> Vec<Part> {
    let group = &event.group;
    let mut line = Line(vec![Run::Strong(words_of_event(event))]);
    line = line.and(Run::Words(format!(". {} ", established(event))));
    for cited in event.cited.iter().take(MOST_SENTENCES) {
        let note = dossier.note(note(cited));
        line = line.and(note);
    }
    if event.cited.len() > MOST_SENTENCES {
        line = line.and(Run::Words(format!(" and {} further statements", event.cited.len() - MOST_SENTENCES)));
    }
    let mut lines = Vec::new();
    for attribute in event.account.attributes.iter().filter(|attribute| group.disputed.iter().any(|name| name == attribute.name.as_str())) {
        lines.push(side_by_side(dossier, event, attribute));
    }
    lines.extend(stances(dossier, event));
    let mut parts = vec![Part::Paragraph(line)];
    if !lines.is_empty() {
        parts.push(Part::List(lines));
    }
    parts
}

/// Who claims, denies, blames and confirms, each once with all statements that tell it.
fn stances(dossier: &mut Dossier, event: &ToldEvent) -> Vec<Line> {
    let mut lines: Vec<(String, Line)> = Vec::new();
    for lane in &event.account.responsibility {
        let about = if lane.by == lane.actor { String::new() } else { format!(" {}", lane.actor) };
        let words = format!("{} {}{about}", lane.by, lane.stance.as_str());
        let at = lines.iter().position(|(other, _)| *other == words).unwrap_or_else(|| {
            lines.push((words.clone(), Line::of(format!("Responsibility: {words}"))));
            lines.len() - 1
        });
        if let Some(cited) = event.cited.iter().find(|cited| cited.statement.id == lane.statement) {
            let note = dossier.note(note(cited));
            lines[at].1.0.push(note);
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// All values of an attribute on which sources differ, each with who gives it.
fn side_by_side(dossier: &mut Dossier, event: &ToldEvent, attribute: &Attribute) -> Line {
    let mut line = Line(vec![Run::Strong(format!("Sources differ on {}: ", attribute.name.as_str()))]);
    for (at, value) in attribute.values.iter().enumerate() {
        if at > 0 {
            line = line.and(Run::Words("; ".to_owned()));
        }
        let by = if value.sources.is_empty() { value.revised.join(", ") } else { value.sources.join(", ") };
        let by = if by.is_empty() { String::new() } else { format!(" ({by})") };
        line = line.and(Run::Words(format!("{}{by}", value.text)));
        for cited in event.cited.iter().filter(|cited| value.statements.contains(&cited.statement.id)).take(MOST_SENTENCES) {
            let note = dossier.note(note(cited));
            line = line.and(note);
        }
    }
    line
}

/// "Weak: one source alone tells it. 1 independent source, 2 reports."
fn established(event: &ToldEvent) -> String {
    let group = &event.group;
    let counted = |number: u64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    format!(
        "{}: {} {}, {}.",
        event.account.status.grade.as_str(),
        event.account.status.why,
        counted(group.sources, "independent source"),
        counted(group.documents, "report")
    )
}

fn words_of_event(event: &ToldEvent) -> String {
    let group = &event.group;
    let when = group.time.clone().or_else(|| group.latest.clone()).unwrap_or_else(|| "time not told".to_owned());
    let place = group.place.as_ref().map(|place| format!(", {}", place.name)).unwrap_or_default();
    let mode = group.mode.as_deref().map(|mode| format!(" ({})", mode.replace(['-', '_'], " "))).unwrap_or_default();
    let (actors, recipients) = (event.named(RoleName::Actor), event.named(RoleName::Recipient));
    let arrow = if recipients.is_empty() { String::new() } else { format!(" → {recipients}") };
    let counts: Vec<String> =
        group.counts.iter().map(|count| format!("{} {}", count.of.as_str(), range(count.low, count.best, count.high))).collect();
    let counts = if counts.is_empty() { String::new() } else { format!("; {}", counts.join(", ")) };
    let round_up = if group.aggregate { " (several happenings at once)" } else { "" };
    format!("{when}{place}: {}{mode}{round_up}, {actors}{arrow}{counts}", group.type_code.replace('_', " "))
}

fn words_of_relation(group: &GroupRecord) -> String {
    let party = |role: RoleName| {
        let named: Vec<&str> = group.parties.iter().filter(|party| party.role == role).map(|party| party.name.as_str()).collect();
        named.join(", ")
    };
    let mode = group.mode.as_deref().map(|mode| format!(" ({})", mode.replace('-', " "))).unwrap_or_default();
    format!("{} {}{mode} {}", party(RoleName::Actor), group.type_code.replace('_', " "), party(RoleName::Recipient))
}

/// When a relation is told to have held, in words.
pub fn days(group: &GroupRecord) -> String {
    let ended = if group.ended { ", told to have ended" } else { "" };
    match (&group.earliest, &group.latest) {
        (Some(first), Some(last)) if first == last => format!("told of {first}{ended}"),
        (Some(first), Some(last)) => format!("first told of {first}, last of {last}{ended}"),
        (Some(day), None) | (None, Some(day)) => format!("told of {day}{ended}"),
        (None, None) => format!("no day told{ended}"),
    }
}

/// A statement as a note.
pub fn note(cited: &Cited) -> Note {
    let Cited { statement, document } = cited;
    let named = |link: &sayso_types::record::AttributionRecord| link.name.clone().unwrap_or_else(|| link.source.clone());
    let surely = (statement.modality != Modality::Asserted).then(|| statement.modality.as_str().to_owned());
    let negated = statement.negated.then(|| "said not to be so".to_owned());
    Note {
        statement: statement.id.clone(),
        document: one_line(title(cited)),
        publisher: document.publisher.clone(),
        published: document.published.clone(),
        url: document.url.clone(),
        quote: statement.evidence.words.text.clone(),
        said_by: statement.attribution.iter().map(named).collect(),
        hedges: surely.into_iter().chain(negated).collect(),
    }
}

//! What goes into a brief on an event? Its status with the reason, every value beside the others with who gives it, who claims and denies,
//! and the sentences.

use sayso::dossier::{Dossier, Line, Part, Run, Section};
use sayso::linking::{EventView, View, view};
use sayso_exchange::brief::note;
use sayso_linking::account::Profile;

use super::{Occasion, event_words, made, record_head};
use crate::desk::Reader;
use crate::fault::Fault;

/// The brief on an event.
pub(crate) fn of_event(reader: Reader<'_>, id: &str, occasion: &Occasion) -> Result<Dossier, Fault> {
    let id = reader.record.group(id)?.record.id;
    let Some(View::Event(event)) = view(reader.linker, reader.record.reading(), &id, Profile::Sources)? else {
        return Err(Fault::unknown(format!("`{id}` is no event"), "A brief is written of events and of actors."));
    };
    let mut dossier = Dossier { title: event_words(&event.summary), ..Dossier::default() };
    dossier.head = record_head(reader, occasion)?;
    dossier.head.push(("Event".to_owned(), id));
    let status = status(&event);
    dossier.sections.push(Section { title: "How far it is established".to_owned(), parts: vec![Part::List(status)] });
    let (mut rows, mut lanes) = (Vec::new(), Vec::new());
    for attribute in &event.account.attributes {
        for (at, value) in attribute.values.iter().enumerate() {
            let shown =
                if at == attribute.shown { format!("{} (shown: {})", attribute.name.as_str(), attribute.rule) } else { String::new() };
            let name = if shown.is_empty() { attribute.name.as_str().to_owned() } else { shown };
            let told = cited(reader, &mut dossier, Line(vec![Run::Strong(value.text.clone())]), &value.statements)?;
            rows.push(vec![Line::of(name), told, Line::of(value.sources.join(", "))]);
        }
    }
    for lane in &event.account.responsibility {
        let line = Line(vec![Run::Strong(lane.stance.as_str().to_owned()), Run::Words(format!(" by {}: {}", lane.by, lane.actor))]);
        lanes.push(cited(reader, &mut dossier, line, std::slice::from_ref(&lane.statement))?);
    }
    let head = ["What", "As told", "Independent sources"].map(str::to_owned).to_vec();
    dossier.sections.push(Section { title: "What is told, side by side".to_owned(), parts: vec![Part::Table { head, rows }] });
    if !lanes.is_empty() {
        dossier.sections.push(Section { title: "Who claims, denies, is blamed".to_owned(), parts: vec![Part::List(lanes)] });
    }
    dossier.made = made(occasion);
    Ok(dossier)
}

fn status(event: &EventView) -> Vec<Line> {
    let account = &event.account;
    let graded = |name: &str, grade: String, why: &str| Line(vec![Run::Strong(format!("{name}: {grade}. ")), Run::Words(why.to_owned())]);
    vec![
        graded("Status", account.status.grade.as_str().to_owned(), &account.status.why),
        graded("Credibility", account.credibility.grade.0.to_string(), &account.credibility.why),
        Line::of(format!("{} reports, {} independent sources", event.summary.documents, event.summary.sources)),
    ]
}

/// A line with the notes of some statements.
fn cited(reader: Reader<'_>, dossier: &mut Dossier, mut line: Line, statements: &[String]) -> Result<Line, Fault> {
    for id in statements {
        if let Some(cited) = reader.record.statement_cited(id)? {
            let note = dossier.note(note(&cited));
            line = line.and(note);
        }
    }
    Ok(line)
}

//! How does a statement look in the columns of POLECAT, PLOVER's data set? One row an event that a document states, tab-separated, shaped
//! like POLECAT and never to be taken for it: our own columns follow, whose names begin with `x_`.

use std::io::Write;

use sayso_store::StoredDocument;
use sayso_types::record::{PropositionRecord, RoleRecord, StatementRecord};
use sayso_types::{ActorKind, EventType, RoleName};

use crate::Error;
use crate::country;
use crate::told::{Export, Written};
use crate::view::{joined, one_line};

/// POLECAT's columns, in order.
pub const COLUMNS: [&str; 39] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
];

/// Our own columns, after POLECAT's `Version`.
pub const OURS: [&str; 14] = [
    "x_not_polecat",
    "x_statement_id",
    "x_modality",
    "x_negated",
    "x_aggregate",
    "x_time_edtf",
    "x_earliest",
    "x_latest",
    "x_where_prec",
    "x_said_by",
    "x_words",
    "x_confidence",
    "x_url",
    "x_as_of",
];

const NOT_POLECAT: &str = "Made by sayso from news reports. Not POLECAT data.";

/// Writes the stated events, tab-separated.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Error> {
    let mut written = Written::default();
    let mut table = csv::WriterBuilder::new().delimiter(b'\t').from_writer(out);
    table.write_record(COLUMNS.iter().chain(["Version"].iter()).chain(&OURS))?;
    export.each_statement(|statement, document| {
        let PropositionRecord::Event { event, mode, contexts, .. } = &statement.proposition else {
            written.leave_out("relations and estimates, which PLOVER does not have");
            return Ok(());
        };
        let mut row = vec![statement.id.clone(), day(statement), event.as_str().to_uppercase(), mode.clone().unwrap_or_default()];
        row.extend([String::new(), quad(*event).to_owned(), contexts.join(";")]);
        for role in [RoleName::Actor, RoleName::Recipient] {
            row.extend(party(export, statement, role));
        }
        row.extend(place(statement));
        row.extend(story(export, document));
        row.extend(ours(export, statement, document));
        written.written += 1;
        Ok(table.write_record(row.iter().map(|value| sayso::rows::inert(value).into_owned()))?)
    })?;
    table.flush()?;
    Ok(written)
}

/// The day, where it is told to be one.
fn day(statement: &StatementRecord) -> String {
    let day = statement.time.as_ref().and_then(|time| time.earliest.clone().filter(|first| time.latest.as_ref() == Some(first)));
    day.unwrap_or_default()
}

fn quad(event: EventType) -> &'static str {
    use EventType::{Accuse, Aid, Cooperate, Reject, Request, Retreat, Threaten};
    match event {
        event if event.is_material_conflict() => "MATERIAL CONFLICT",
        Request | Accuse | Reject | Threaten => "VERBAL CONFLICT",
        Cooperate | Aid | Retreat => "MATERIAL COOPERATION",
        _ => "VERBAL COOPERATION",
    }
}

/// From a name to its id in Wikipedia, of one role; several are joined by ";".
fn party(export: &Export<'_>, statement: &StatementRecord, name: RoleName) -> [String; 8] {
    let roles: Vec<&RoleRecord> = statement.roles.iter().filter(|role| role.role == name).collect();
    let actor = |role: &&RoleRecord| role.actor_id.as_deref().and_then(|id| export.linker.actors().actor(id));
    let listed = |values: Vec<String>| joined(values).replace("; ", ";");
    let names = roles.iter().map(|role| role.name.clone().unwrap_or_default()).collect();
    let countries = roles.iter().filter_map(actor).filter_map(|actor| actor.countries.first().cloned()).collect();
    let sectors: Vec<String> = roles.iter().filter_map(actor).filter_map(|actor| sector(actor.kind)).map(str::to_owned).collect();
    let raw = roles.iter().map(|role| role.words.text.clone()).collect();
    [
        listed(names),
        listed(countries),
        String::new(),
        sectors.first().cloned().unwrap_or_default(),
        listed(sectors),
        String::new(),
        listed(raw),
        String::new(),
    ]
}

/// PLOVER's sector of a kind of actor, where it has one that means the same.
fn sector(kind: ActorKind) -> Option<&'static str> {
    Some(match kind {
        ActorKind::State | ActorKind::Government | ActorKind::Office => "GOV",
        ActorKind::Military => "MIL",
        ActorKind::Police => "COP",
        ActorKind::Intelligence => "SPY",
        ActorKind::ArmedGroup => "REB",
        ActorKind::Militia => "PRM",
        ActorKind::Party => "PTY",
        ActorKind::Organization => "IGO",
        ActorKind::Ngo => "NGO",
        ActorKind::Company => "BUS",
        ActorKind::Media | ActorKind::Agency => "JRN",
        ActorKind::People => "CVL",
        ActorKind::Coalition | ActorKind::Movement | ActorKind::Person => return None,
    })
}

/// From `Placename` to `Feature Type`.
fn place(statement: &StatementRecord) -> Vec<String> {
    let Some(place) = &statement.place else { return vec![String::new(); 10] };
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let code = place.where_prec.map(|code| code.0);
    let where_code = |codes: std::ops::RangeInclusive<u8>| {
        if code.is_some_and(|code| codes.contains(&code)) { known(&place.name) } else { String::new() }
    };
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    vec![
        known(&place.name),
        where_code(1..=2),
        where_code(3..=3),
        known(&place.admin1),
        place.country.as_deref().map(country::name).unwrap_or_default(),
        degrees(place.latitude),
        degrees(place.longitude),
        place.geonames_id.map(|id| id.to_string()).unwrap_or_default(),
        one_line(&place.words.text),
        String::new(),
    ]
}

/// From `Source` to `Version`.
fn story(export: &Export<'_>, document: &StoredDocument) -> [String; 7] {
    let record = &document.record;
    [
        record.publisher.clone().unwrap_or_default(),
        record.published.clone().unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
        record.language.clone(),
        export.made.program.clone(),
    ]
}

fn ours(export: &Export<'_>, statement: &StatementRecord, document: &StoredDocument) -> [String; 14] {
    let time = statement.time.as_ref();
    [
        NOT_POLECAT.to_owned(),
        statement.id.clone(),
        statement.modality.as_str().to_owned(),
        statement.negated.to_string(),
        statement.aggregate.to_string(),
        time.map(|time| time.edtf.clone()).unwrap_or_default(),
        time.and_then(|time| time.earliest.clone()).unwrap_or_default(),
        time.and_then(|time| time.latest.clone()).unwrap_or_default(),
        statement.place.as_ref().and_then(|place| place.where_prec).map(|code| code.0.to_string()).unwrap_or_default(),
        joined(statement.attribution.iter().map(|link| link.name.as_ref().unwrap_or(&link.source))),
        one_line(&statement.evidence.words.text),
        format!("{:.2}", statement.confidence),
        document.record.url.clone().unwrap_or_default(),
        export.made.as_of().to_owned(),
    ]
}

//! A statement in one row.

use sayso_types::RoleName;
use sayso_types::record::{DocumentRecord, PropositionRecord, StatementRecord};

/// The columns of CSV; new ones are added at the end.
pub const COLUMNS: [&str; 53] = [
    "id",
    "document_id",
    "publisher",
    "published",
    "title",
    "url",
    "kind",
    "type",
    "mode",
    "phase",
    "contexts",
    "outcome",
    "acled_event_type",
    "acled_sub_event_type",
    "aggregate",
    "actors",
    "actor_ids",
    "recipients",
    "recipient_ids",
    "instruments",
    "themes",
    "origins",
    "place_text",
    "place_name",
    "admin1",
    "country",
    "geonames_id",
    "latitude",
    "longitude",
    "geo_precision",
    "where_prec",
    "place_level",
    "time_text",
    "time_edtf",
    "time_earliest",
    "time_latest",
    "time_precision",
    "date_prec",
    "time_level",
    "quantity_of",
    "quantity_text",
    "quantity_low",
    "quantity_best",
    "quantity_high",
    "modality",
    "negated",
    "tense",
    "sources",
    "responsibility",
    "unclaimed",
    "evidence",
    "confidence",
    "rule",
];

/// The values of a statement in the order of [`COLUMNS`]; several in one are joined by "; ", unknown ones are empty.
pub fn values(statement: &StatementRecord, document: &DocumentRecord) -> Vec<String> {
    let mut values = vec![
        statement.id.clone(),
        statement.document_id.clone(),
        text(document.publisher.as_ref()),
        text(document.published.as_ref()),
        text(document.title.as_ref()),
        text(document.url.as_ref()),
    ];
    values.extend(proposition(statement));
    values.extend(participants(statement));
    values.extend(place_values(statement));
    values.extend(time_values(statement));
    values.extend(quantity_values(statement));
    values.extend([
        statement.modality.as_str().to_owned(),
        statement.negated.to_string(),
        statement.tense.as_str().to_owned(),
        joined(statement.attribution.iter().map(|link| link.name.clone().unwrap_or_else(|| link.source.clone()))),
        joined(statement.responsibility.iter().map(|r| format!("{}: {}", r.stance.as_str(), r.name.as_ref().unwrap_or(&r.by)))),
        statement.unclaimed.to_string(),
        statement.evidence.words.text.clone(),
        format!("{:.2}", statement.confidence),
        statement.coder.rule.clone(),
    ]);
    values
}

fn proposition(statement: &StatementRecord) -> [String; 9] {
    let proposition = &statement.proposition;
    let (phase, contexts, outcome, acled) = match proposition {
        PropositionRecord::Event { contexts, outcome, acled, .. } => ("", contexts.join("; "), text(outcome.as_ref()), acled.clone()),
        PropositionRecord::Relation { phase, .. } => (phase.as_str(), String::new(), String::new(), None),
        PropositionRecord::Estimate { .. } => ("", String::new(), String::new(), None),
    };
    let (event, sub_event) = acled.map_or_else(Default::default, |acled| (acled.event_type, acled.sub_event_type));
    [
        proposition.kind().to_owned(),
        proposition.type_code().to_owned(),
        proposition.mode().unwrap_or_default().to_owned(),
        phase.to_owned(),
        contexts,
        outcome,
        event,
        sub_event,
        statement.aggregate.to_string(),
    ]
}

fn participants(statement: &StatementRecord) -> [String; 7] {
    let of = |name: RoleName| statement.roles.iter().filter(move |role| role.role == name);
    let names = |name| joined(of(name).map(|role| role.name.clone().unwrap_or_else(|| role.words.text.clone())));
    let ids = |name| joined(of(name).map(|role| text(role.actor_id.as_ref())));
    [
        names(RoleName::Actor),
        ids(RoleName::Actor),
        names(RoleName::Recipient),
        ids(RoleName::Recipient),
        names(RoleName::Instrument),
        names(RoleName::Theme),
        names(RoleName::Origin),
    ]
}

fn place_values(statement: &StatementRecord) -> Vec<String> {
    let Some(place) = &statement.place else { return vec![String::new(); 10] };
    vec![
        place.words.text.clone(),
        text(place.name.as_ref()),
        text(place.admin1.as_ref()),
        text(place.country.as_ref()),
        text(place.geonames_id.as_ref()),
        text(place.latitude.as_ref()),
        text(place.longitude.as_ref()),
        text(place.geo_precision.map(|precision| precision.0).as_ref()),
        text(place.where_prec.map(|precision| precision.0).as_ref()),
        place.level.as_str().to_owned(),
    ]
}

fn time_values(statement: &StatementRecord) -> Vec<String> {
    let Some(time) = &statement.time else { return vec![String::new(); 7] };
    vec![
        time.words.text.clone(),
        time.edtf.clone(),
        text(time.earliest.as_ref()),
        text(time.latest.as_ref()),
        time.time_precision.to_string(),
        time.date_prec.to_string(),
        time.level.as_str().to_owned(),
    ]
}

fn quantity_values(statement: &StatementRecord) -> [String; 5] {
    let each = || statement.quantities.iter();
    [
        joined(each().map(|q| q.of.as_str().to_owned())),
        joined(each().map(|q| q.words.text.clone())),
        joined(each().map(|q| text(q.low.as_ref()))),
        joined(each().map(|q| text(q.best.as_ref()))),
        joined(each().map(|q| text(q.high.as_ref()))),
    ]
}

fn text(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

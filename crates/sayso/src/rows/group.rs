//! An event, relation or series of estimates in one row.

use sayso_types::record::GroupRecord;

/// The columns; new ones are added at the end.
pub const COLUMNS: [&str; 24] = [
    "id",
    "kind",
    "type",
    "mode",
    "status",
    "credibility",
    "sources",
    "statements",
    "documents",
    "time",
    "earliest",
    "latest",
    "ended",
    "place",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "where_prec",
    "actors",
    "recipients",
    "counts",
    "disputed",
    "last_told",
];

/// The values of a group in the order of [`COLUMNS`]; several in one are joined by "; ", unknown ones are empty.
pub fn values(group: &GroupRecord) -> Vec<String> {
    let party = |role: &str| -> String {
        let of = group.parties.iter().filter(|party| party.role.as_str() == role);
        of.map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ")
    };
    let place = group.place.as_ref();
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let counts = group.counts.iter().map(|count| format!("{} {}", count.of.as_str(), span(count.least, count.most)));
    vec![
        group.id.clone(),
        group.kind.as_str().to_owned(),
        group.type_code.clone(),
        group.mode.clone().unwrap_or_default(),
        group.status.clone().unwrap_or_default(),
        group.credibility.map(|grade| grade.to_string()).unwrap_or_default(),
        group.sources.to_string(),
        group.statements.to_string(),
        group.documents.to_string(),
        group.time.clone().unwrap_or_default(),
        group.earliest.clone().unwrap_or_default(),
        group.latest.clone().unwrap_or_default(),
        group.ended.to_string(),
        place.map(|place| place.name.clone()).unwrap_or_default(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        place.and_then(|place| place.admin1.clone()).unwrap_or_default(),
        number(place.and_then(|place| place.latitude)),
        number(place.and_then(|place| place.longitude)),
        place.and_then(|place| place.where_prec).map(|code| code.to_string()).unwrap_or_default(),
        party("actor"),
        party("recipient"),
        counts.collect::<Vec<_>>().join("; "),
        group.disputed.join("; "),
        group.last_told.clone().unwrap_or_default(),
    ]
}

/// A range as a person writes it: "24–36", "24", nothing.
pub fn span(least: Option<u64>, most: Option<u64>) -> String {
    match (least, most) {
        (Some(least), Some(most)) if least != most => format!("{least}–{most}"),
        (Some(number), _) | (None, Some(number)) => number.to_string(),
        (None, None) => String::new(),
    }
}

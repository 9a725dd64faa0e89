//! How does an event look in the columns of UCDP's Georeferenced Event Dataset? One row an event with at least one death told, shaped like
//! UCDP's and never to be taken for it: our own columns follow, whose names begin with `x_`.

use std::io::Write;

use sayso_linking::account::{Numbers, Profile};
use sayso_types::record::GroupParty;
use sayso_types::{ActorKind, Edtf, QuantityOf, RoleName, Stance};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::acled::number;
use crate::country::{self, country};
use crate::event_rows;
use crate::told::{Export, ToldEvent, Written};
use crate::view::{informant, joined, one_line, title};

/// UCDP GED's columns, in order (versions 23.1 to 26.1).
pub const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Our own columns, after UCDP's.
pub const OURS: [&str; 19] = [
    "x_not_ucdp",
    "x_event_id",
    "x_departures",
    "x_status",
    "x_credibility",
    "x_informants",
    "x_reports",
    "x_statement_ids",
    "x_words",
    "x_urls",
    "x_time_edtf",
    "x_attackers_killed",
    "x_disputed",
    "x_claimed_by",
    "x_blamed",
    "x_denied_by",
    "x_side_a_id",
    "x_side_b_id",
    "x_as_of",
];

const NOT_UCDP: &str = "Made by sayso from news reports. Not UCDP data.";

/// Writes the events with deaths as CSV.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Error> {
    event_rows::write(export, Profile::Ucdp, COLUMNS.iter().chain(&OURS), out, |event| match left_out(event) {
        Some(why) => Ok(Err(why)),
        None => Ok(Ok(row(export, event))),
    })
}

fn left_out(event: &ToldEvent) -> Option<&'static str> {
    if let Some(why) = event.happened().left_out() {
        return Some(why);
    }
    let killed = event.count(QuantityOf::Killed).and_then(Numbers::highest);
    (killed.unwrap_or(0) == 0).then_some("without a death told")
}

fn row(export: &Export<'_>, event: &ToldEvent) -> Vec<String> {
    let group = &event.group;
    let (sides, violence) = sides(export, event);
    let killed = event.count(QuantityOf::Killed).unwrap_or_default();
    let mut departures = Vec::new();
    let year = group.earliest.as_deref().or(group.latest.as_deref()).and_then(|day| day.get(..4)).unwrap_or_default();
    if group.earliest.is_none() || group.latest.is_none() {
        departures.push("time not told or open: UCDP does not record it");
    }
    if killed.best.is_none() {
        departures.push("only an upper bound of the dead is told: best left empty");
    }
    if violence.is_none() {
        departures.push("type of violence not known: the registry does not have both sides");
    }
    let [one, two] = sides;
    let dyad = if one.name.is_empty() || two.name.is_empty() { String::new() } else { format!("{} - {}", one.name, two.name) };
    let violence_code = violence.map(|violence| (violence as u8).to_string()).unwrap_or_default();
    let mut row =
        vec![id(&group.id), group.id.clone(), year.to_owned(), String::new(), "Check: coded by program".to_owned(), violence_code];
    row.extend(vec![String::new(); 5]);
    row.push(dyad);
    for side in [&one, &two] {
        row.extend([String::new(), String::new(), side.name.clone()]);
    }
    row.extend(sources(event));
    row.extend(place(event, &mut departures));
    row.push(if group.aggregate { "2" } else { "1" }.to_owned());
    row.extend(times(event));
    row.extend(deaths(killed, violence));
    row.extend([String::new(), String::new()]);
    row.extend(ours(export, event, &one, &two, &departures));
    row
}

/// A number for an id that UCDP, pandas and R read as a whole number: made of our id, and beyond any that UCDP gives.
fn id(event: &str) -> String {
    let digest = Sha256::digest(event.as_bytes());
    let bits = digest.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (1 << 52 | bits >> 13).to_string()
}

/// UCDP's types of violence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Violence {
    StateBased = 1,
    NonState = 2,
    OneSided = 3,
}

/// One side.
#[derive(Clone, Debug, Default)]
struct Side {
    name: String,
    actor_id: String,
}

/// What a side is to UCDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Force {
    State,
    Group,
    Civilians,
    Unknown,
}

/// The two sides in UCDP's order (a state first, civilians last), and the type of violence that follows from them.
fn sides(export: &Export<'_>, event: &ToldEvent) -> ([Side; 2], Option<Violence>) {
    let actors: Vec<&GroupParty> = event.parties(RoleName::Actor).collect();
    let recipients: Vec<&GroupParty> = event.parties(RoleName::Recipient).collect();
    let (one, two) = match (actors.as_slice(), recipients.as_slice()) {
        ([one, rest @ ..], []) if !rest.is_empty() => (vec![*one], rest.to_vec()),
        _ => (actors, recipients),
    };
    let one_sided = event.acled().is_some_and(|types| types.event_type == "Violence against civilians");
    let (first, second) = (force(export, &one, false), force(export, &two, one_sided));
    let side = |parties: &[&GroupParty], force: Force| Side {
        name: if force == Force::Civilians {
            "Civilians".to_owned()
        } else {
            joined(parties.iter().map(|party| &party.name)).replace("; ", ", ")
        },
        actor_id: joined(parties.iter().filter_map(|party| party.actor_id.as_ref())),
    };
    let (one, two) = (side(&one, first), side(&two, second));
    match (first, second) {
        (Force::State | Force::Group, Force::Civilians) => ([one, two], Some(Violence::OneSided)),
        (Force::Group, Force::State) => ([two, one], Some(Violence::StateBased)),
        (Force::State, Force::Group | Force::State) => ([one, two], Some(Violence::StateBased)),
        (Force::Group, Force::Group) => ([one, two], Some(Violence::NonState)),
        _ => ([one, two], None),
    }
}

fn force(export: &Export<'_>, parties: &[&GroupParty], civilians: bool) -> Force {
    use ActorKind::{ArmedGroup, Coalition, Government, Intelligence, Military, Militia, Office, People, Police, State};
    match parties.first().and_then(|party| export.actor(party)).map(|actor| actor.kind) {
        Some(State | Government | Military | Police | Intelligence | Office | Coalition) => Force::State,
        Some(ArmedGroup | Militia) => Force::Group,
        Some(People) => Force::Civilians,
        _ if civilians => Force::Civilians,
        _ => Force::Unknown,
    }
}

/// From `number_of_sources` to `source_original`; each of the lists has one value for each report.
fn sources(event: &ToldEvent) -> Vec<String> {
    let mut reports: Vec<&sayso_store::query::Cited> = Vec::new();
    for cited in &event.cited {
        if !reports.iter().any(|other| other.document.id == cited.document.id) {
            reports.push(cited);
        }
    }
    let publisher = |cited: &sayso_store::query::Cited| one_line(cited.document.publisher.as_deref().unwrap_or_default());
    let published = |cited: &sayso_store::query::Cited| cited.document.published.clone().unwrap_or_default();
    let quoted = |value: String| format!("\"{}\"", value.replace('"', "'"));
    let list = |values: Vec<String>| values.join(";");
    vec![
        event.group.sources.to_string(),
        list(reports.iter().map(|cited| quoted(format!("{},{},{}", publisher(cited), published(cited), one_line(title(cited))))).collect()),
        list(reports.iter().map(|cited| publisher(cited)).collect()),
        list(reports.iter().map(|cited| published(cited)).collect()),
        list(reports.iter().map(|cited| one_line(title(cited)).replace(';', ",")).collect()),
        joined(event.cited.iter().filter_map(|cited| informant(&cited.statement))).replace("; ", ";"),
    ]
}

/// From `where_prec` to `region`.
fn place(event: &ToldEvent, departures: &mut Vec<&'static str>) -> Vec<String> {
    let Some(place) = &event.group.place else {
        departures.push("place not told: UCDP does not record it");
        return vec![String::new(); 12];
    };
    let of = place.country.as_deref().and_then(country);
    let point = place.latitude.zip(place.longitude);
    vec![
        place.where_prec.map(|code| code.to_string()).unwrap_or_default(),
        place.name.clone(),
        event.place_words(),
        place.admin1.clone().unwrap_or_default(),
        if place.where_prec == Some(3) { place.name.clone() } else { String::new() },
        point.map(|(latitude, _)| format!("{latitude:.6}")).unwrap_or_default(),
        point.map(|(_, longitude)| format!("{longitude:.6}")).unwrap_or_default(),
        point.map(|(latitude, longitude)| format!("POINT ({longitude:.6} {latitude:.6})")).unwrap_or_default(),
        point.map(|(latitude, longitude)| grid(latitude, longitude).to_string()).unwrap_or_default(),
        place.country.as_deref().map(country::name).unwrap_or_default(),
        String::new(),
        of.map(|of| of.ucdp_region).unwrap_or_default().to_owned(),
    ]
}

/// The number of the cell of PRIO-GRID: half degrees, from the south-west, row by row.
fn grid(latitude: f64, longitude: f64) -> u32 {
    let cell = |degrees: f64, cells: u32| (((degrees * 2.0).floor().max(0.0)) as u32).min(cells - 1);
    cell(latitude + 90.0, 360) * 720 + cell(longitude + 180.0, 720) + 1
}

fn times(event: &ToldEvent) -> [String; 3] {
    let group = &event.group;
    let precision = group.time.as_deref().and_then(|time| time.parse::<Edtf>().ok()).map(|time| time.date_prec());
    let both = group.earliest.clone().zip(group.latest.clone());
    let precision = precision.filter(|_| both.is_some()).map(|code| code.to_string()).unwrap_or_default();
    [precision, group.earliest.clone().unwrap_or_default(), group.latest.clone().unwrap_or_default()]
}

/// From `deaths_a` to `low`: of whom nobody says on which side they were, they are of an unknown one.
fn deaths(killed: Numbers, violence: Option<Violence>) -> [String; 7] {
    let best = number(killed.best);
    let (civilians, unknown) =
        if violence == Some(Violence::OneSided) { (best.clone(), String::new()) } else { (String::new(), best.clone()) };
    [String::new(), String::new(), civilians, unknown, best, number(killed.high), number(killed.low)]
}

fn ours(export: &Export<'_>, event: &ToldEvent, one: &Side, two: &Side, departures: &[&str]) -> Vec<String> {
    let group = &event.group;
    vec![
        NOT_UCDP.to_owned(),
        group.id.clone(),
        departures.join("; "),
        event.account.status.grade.as_str().to_owned(),
        event.account.credibility.grade.0.to_string(),
        event.informants(),
        group.documents.to_string(),
        event.statements(),
        event.words(),
        event.addresses(),
        group.time.clone().unwrap_or_default(),
        number(event.count(QuantityOf::Attackers).and_then(|numbers| numbers.best.or(numbers.low))),
        group.disputed.join("; "),
        event.stance(Stance::Claimed),
        event.stance(Stance::Blamed),
        event.stance(Stance::Denied),
        one.actor_id.clone(),
        two.actor_id.clone(),
        export.made.as_of().to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbered_from_the_south_west() {
        assert_eq!(grid(-90.0, -180.0), 1);
        assert_eq!(grid(90.0, 180.0), 259_200);
        assert_eq!(grid(-89.6, 179.9), 720);
        assert_eq!(grid(-89.4, -179.9), 721);
    }

    #[test]
    fn ids_are_whole_numbers_that_every_program_reads_exactly() {
        let number: u64 = id("e-0123456789abcdef").parse().unwrap();
        assert!((1 << 52..1 << 53).contains(&number));
        assert_ne!(id("e-1"), id("e-2"));
    }
}

//! How does an event look in ACLED's columns? One row an event, shaped like ACLED's and never to be taken for it: our own columns follow,
//! whose names begin with `x_`.
//!
//! Columns and codes are those of ACLED's codebook of October 2024. What ACLED must fill and reports do not tell stays empty here, and
//! `x_departures` says so.

use std::io::Write;

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_linking::account::{AttributeName, Profile};
use sayso_types::record::{GroupParty, QuantityRecord};
use sayso_types::{ActorKind, QuantityOf, QuantityRule, RoleName, Stance};

use crate::Error;
use crate::country::{self, country};
use crate::event_rows;
use crate::told::{Export, ToldEvent, Written};
use crate::view::{joined, one_line};

/// ACLED's columns, in order.
pub const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// Our own columns, after ACLED's.
pub const OURS: [&str; 31] = [
    "x_not_acled",
    "x_event_id",
    "x_departures",
    "x_status",
    "x_credibility",
    "x_independent_sources",
    "x_informants",
    "x_reports",
    "x_statement_ids",
    "x_words",
    "x_urls",
    "x_time_edtf",
    "x_earliest",
    "x_latest",
    "x_place_as_told",
    "x_where_prec",
    "x_killed_low",
    "x_killed_best",
    "x_killed_high",
    "x_killed_least",
    "x_killed_most",
    "x_fatalities_rule",
    "x_disputed",
    "x_claimed_by",
    "x_blamed",
    "x_denied_by",
    "x_actor1_id",
    "x_actor2_id",
    "x_geonames_id",
    "x_as_of",
    "x_link",
];

/// What every row says of itself.
const NOT_ACLED: &str = "Made by sayso from news reports. Not ACLED data.";

/// Writes the events as CSV.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Error> {
    event_rows::write(export, Profile::Acled, COLUMNS.iter().chain(&OURS), out, |event| match left_out(event) {
        Some(why) => Ok(Err(why)),
        None => row(export, event).map(Ok),
    })
}

/// Why an event is none of ACLED's; `None` where it is one.
fn left_out(event: &ToldEvent) -> Option<&'static str> {
    if let Some(why) = event.happened().left_out() {
        return Some(why);
    }
    if event.group.aggregate {
        return Some("round-ups, which are no single events");
    }
    event.acled().is_none().then_some("of a type that ACLED does not have")
}

fn row(export: &Export<'_>, event: &ToldEvent) -> Result<Vec<String>, Error> {
    let Some(types) = event.acled() else { return Ok(Vec::new()) };
    let mut departures = Vec::new();
    let dated = dated(event, &mut departures);
    let sides = Sides::of(export, event, &types.event_type);
    let fatalities = fatalities(event);
    if fatalities.number.is_none() {
        departures.push("fatalities not told: empty here, 0 in ACLED");
    }
    if sides.one.name.is_empty() {
        departures.push("actor1 not told: empty here, an unidentified group in ACLED");
    }
    let mut row = vec![event.group.id.clone()];
    row.extend(dated);
    row.extend([disorder(&types.event_type, &types.sub_event_type), &types.event_type, &types.sub_event_type].map(str::to_owned));
    row.extend(sides.cells(&types.event_type, &types.sub_event_type));
    row.extend(place(event, &mut departures));
    row.extend([
        event.publishers(),
        String::new(),
        event.first_words().map(|cited| one_line(&cited.statement.evidence.words.text)).unwrap_or_default(),
        number(fatalities.number),
        crowd(event),
        changed(export, event)?,
    ]);
    row.extend(ours(export, event, &sides, &fatalities, &departures));
    Ok(row)
}

/// Event date, year and precision.
fn dated(event: &ToldEvent, departures: &mut Vec<&'static str>) -> [String; 3] {
    let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse::<Date>().ok());
    match day(&event.group.earliest).zip(day(&event.group.latest)).and_then(|(first, last)| coded(first, last)) {
        Some((day, precision)) => [day.to_string(), day.year().to_string(), precision.to_string()],
        None => {
            departures.push("no time within a month: ACLED does not record it");
            [String::new(), String::new(), String::new()]
        }
    }
}

/// The day that ACLED codes for a span of days, and its precision; `None` where it is known less surely than a month.
///
/// A week or weekend is coded at its middle, so is a month; its beginning at the first day and its end at the last.
fn coded(first: Date, last: Date) -> Option<(Date, u8)> {
    let days = first.until(last).ok()?.get_days() + 1;
    let middle = first.checked_add(((days - 1) / 2).days()).ok()?;
    let whole_months = (first.year(), first.month()) == (last.year(), last.month());
    match days {
        1 => Some((first, 1)),
        2..=8 => Some((middle, 2)),
        9..=12 if whole_months && last == last.last_of_month() => Some((last, 3)),
        9..=12 if whole_months && first.day() == 1 => Some((first, 3)),
        9..=31 => Some((middle, 3)),
        _ => None,
    }
}

/// ACLED's kind of disorder.
pub(crate) fn disorder(event_type: &str, sub_event_type: &str) -> &'static str {
    match (event_type, sub_event_type) {
        (_, "Excessive force against protesters") => "Political violence; Demonstrations",
        ("Protests", _) | (_, "Violent demonstration") => "Demonstrations",
        ("Strategic developments", _) => "Strategic developments",
        _ => "Political violence",
    }
}

/// One side of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Side {
    name: String,
    associated: String,
    inter: &'static str,
    actor_id: String,
}

/// Both sides of an event; ACLED gives them no direction.
struct Sides {
    one: Side,
    two: Side,
}

impl Sides {
    fn of(export: &Export<'_>, event: &ToldEvent, event_type: &str) -> Sides {
        let actors: Vec<&GroupParty> = event.parties(RoleName::Actor).collect();
        let recipients: Vec<&GroupParty> = event.parties(RoleName::Recipient).collect();
        // Of a fight both sides are actors.
        let (one, two) = match (actors.as_slice(), recipients.as_slice()) {
            ([one, two, ..], []) => (vec![*one], std::iter::once(*two).chain(actors[2..].iter().copied()).collect()),
            _ => (actors, recipients),
        };
        let side = |parties: &[&GroupParty], role: RoleName| {
            let Some((first, others)) = parties.split_first() else { return Side::default() };
            Side {
                name: one_line(&first.name),
                associated: joined(others.iter().map(|party| &party.name)),
                inter: inter(export, event, first, event_type, role),
                actor_id: first.actor_id.clone().unwrap_or_default(),
            }
        };
        Sides { one: side(&one, RoleName::Actor), two: side(&two, RoleName::Recipient) }
    }

    /// From `actor1` to `civilian_targeting`.
    fn cells(&self, event_type: &str, sub_event_type: &str) -> Vec<String> {
        let targeted = event_type == "Violence against civilians"
            || sub_event_type == "Excessive force against protesters"
            || (self.two.inter == CIVILIANS && matches!(event_type, "Explosions/Remote violence" | "Riots"));
        let side = |side: &Side| vec![side.name.clone(), side.associated.clone(), side.inter.to_owned()];
        let mut cells = side(&self.one);
        cells.extend(side(&self.two));
        cells.push(self.interaction());
        cells.push(if targeted { "Civilians targeted" } else { "" }.to_owned());
        cells
    }

    fn interaction(&self) -> String {
        match (self.one.inter, self.two.inter) {
            ("", _) => String::new(),
            (one, "") if self.two.name.is_empty() => format!("{one} only"),
            (_, "") => String::new(),
            (one, two) => {
                // As ACLED writes the pair of civilians and outside forces, the one exception to the order of its codes.
                let (first, second) = if rank(one) <= rank(two) { (one, two) } else { (two, one) };
                if (first, second) == (CIVILIANS, EXTERNAL) { format!("{EXTERNAL}-{CIVILIANS}") } else { format!("{first}-{second}") }
            }
        }
    }
}

const CIVILIANS: &str = "Civilians";
const EXTERNAL: &str = "External/Other forces";

/// ACLED's kinds of actor in the order of its codes.
const INTER: [&str; 8] =
    ["State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", CIVILIANS, EXTERNAL];

fn rank(inter: &str) -> usize {
    INTER.iter().position(|known| *known == inter).unwrap_or(INTER.len())
}

/// ACLED's kind of an actor, as far as the registry or the kind of event tells it; else empty.
fn inter(export: &Export<'_>, event: &ToldEvent, party: &GroupParty, event_type: &str, role: RoleName) -> &'static str {
    use ActorKind::{
        Agency, ArmedGroup, Coalition, Company, Government, Intelligence, Media, Military, Militia, Movement, Ngo, Office, Organization,
        Party, People, Person, Police, State,
    };
    let demonstrators = match event_type {
        "Protests" => Some("Protesters"),
        "Riots" => Some("Rioters"),
        _ => None,
    };
    let Some(actor) = export.actor(party) else {
        let as_target = event_type == "Violence against civilians" && role == RoleName::Recipient;
        return demonstrators.filter(|_| role == RoleName::Actor).unwrap_or(if as_target { CIVILIANS } else { "" });
    };
    let at_home = event.country().is_none_or(|country| actor.countries.is_empty() || actor.countries.iter().any(|own| own == country));
    match actor.kind {
        State | Government | Military | Police | Intelligence | Office if at_home => "State forces",
        State | Government | Military | Police | Intelligence | Office | Coalition | Organization => EXTERNAL,
        ArmedGroup => "Rebel group",
        Militia => "Political militia",
        Party | Movement if demonstrators.is_some() && role == RoleName::Actor => demonstrators.unwrap_or_default(),
        Company | Ngo | Media | Agency | People | Person => CIVILIANS,
        Party | Movement => "",
    }
}

/// From `iso` to `geo_precision`.
fn place(event: &ToldEvent, departures: &mut Vec<&'static str>) -> Vec<String> {
    let Some(place) = &event.group.place else {
        departures.push("place not told: ACLED does not record it");
        return vec![String::new(); 10];
    };
    let of = place.country.as_deref().and_then(country);
    // ACLED knows no country-level events, strategic developments aside.
    let whole_country = place.where_prec.is_some_and(|code| code >= 6);
    if whole_country {
        departures.push("no place within a country: coordinates left empty, ACLED does not record it");
    }
    let degrees = |degrees: Option<f64>| degrees.filter(|_| !whole_country).map(|degrees| format!("{degrees:.4}")).unwrap_or_default();
    let location = if place.where_prec.is_some_and(|code| code <= 2) || place.where_prec == Some(5) { place.name.as_str() } else { "" };
    let precision = match place.where_prec {
        Some(1) => "1",
        Some(2 | 3) => "2",
        Some(4 | 5) => "3",
        _ => "",
    };
    vec![
        of.map(|of| of.numeric).unwrap_or_default().to_owned(),
        of.map(|of| of.acled_region).unwrap_or_default().to_owned(),
        place.country.as_deref().map(country::name).unwrap_or_default(),
        place.admin1.clone().unwrap_or_default(),
        if place.where_prec == Some(3) { place.name.clone() } else { String::new() },
        String::new(),
        location.to_owned(),
        degrees(place.latitude),
        degrees(place.longitude),
        precision.to_owned(),
    ]
}

/// ACLED's one number of the dead, and how it came about.
struct Fatalities {
    number: Option<u64>,
    rule: String,
}

/// The lowest number that a source stands by, words that name no number by ACLED's table: "several" 3, "dozens" 12, "hundreds" 100.
fn fatalities(event: &ToldEvent) -> Fatalities {
    let Some(attribute) = event.account.attribute(AttributeName::Count(QuantityOf::Killed)) else {
        return Fatalities { number: None, rule: "no number of dead is told".to_owned() };
    };
    let settled = attribute.rule.starts_with("settled");
    let values: Vec<_> = if settled { vec![&attribute.values[attribute.shown]] } else { ToldEvent::standing(attribute).collect() };
    let told = values.into_iter().flat_map(|value| event.quantities(value, QuantityOf::Killed).map(move |told| (value, told)));
    let lowest = told.filter_map(|(value, told)| Some((one_number(told)?, value, told))).min_by_key(|(number, ..)| *number);
    match lowest {
        Some((number, value, told)) => {
            let rule = if settled { attribute.rule.clone() } else { Profile::Acled.rule().to_owned() };
            let by = if value.sources.is_empty() { String::new() } else { format!(" ({})", value.sources.join(", ")) };
            Fatalities { number: Some(number), rule: format!("{rule}: “{}”{by}", one_line(&told.words.text)) }
        }
        None => Fatalities { number: None, rule: "only an upper bound is told".to_owned() },
    }
}

/// The number that ACLED codes for words: half of what vague words mean at the least here, which gives its 12 for "dozens" and 100 for
/// "hundreds"; 3 for "several"; none for an upper bound.
fn one_number(told: &QuantityRecord) -> Option<u64> {
    match told.rule {
        QuantityRule::Order => told.low.map(|low| low / 2),
        QuantityRule::Several => Some(3),
        QuantityRule::UpTo | QuantityRule::FewerThan => None,
        _ => told.low.or(told.best),
    }
}

fn crowd(event: &ToldEvent) -> String {
    let told = event.account.attribute(AttributeName::Count(QuantityOf::Participants));
    told.map(|attribute| format!("crowd size={}", attribute.values[attribute.shown].text)).unwrap_or_default()
}

/// Unix seconds: when the event became as it stands.
fn changed(export: &Export<'_>, event: &ToldEvent) -> Result<String, Error> {
    let changed = export.record.group(&event.group.id)?.changed;
    Ok(changed.parse::<jiff::Timestamp>().map(|at| at.as_second().to_string()).unwrap_or_default())
}

fn ours(export: &Export<'_>, event: &ToldEvent, sides: &Sides, fatalities: &Fatalities, departures: &[&str]) -> Vec<String> {
    let group = &event.group;
    let killed = event.count_told(QuantityOf::Killed);
    let (least, most) = event.bounds(QuantityOf::Killed);
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let place = group.place.as_ref();
    vec![
        NOT_ACLED.to_owned(),
        group.id.clone(),
        departures.join("; "),
        event.account.status.grade.as_str().to_owned(),
        event.account.credibility.grade.0.to_string(),
        group.sources.to_string(),
        event.informants(),
        group.documents.to_string(),
        event.statements(),
        event.words(),
        event.addresses(),
        known(&group.time),
        known(&group.earliest),
        known(&group.latest),
        event.place_words(),
        place.and_then(|place| place.where_prec).map(|code| code.to_string()).unwrap_or_default(),
        number(killed.low),
        number(killed.best),
        number(killed.high),
        number(least),
        number(most),
        fatalities.rule.clone(),
        group.disputed.join("; "),
        event.stance(Stance::Claimed),
        event.stance(Stance::Blamed),
        event.stance(Stance::Denied),
        sides.one.actor_id.clone(),
        sides.two.actor_id.clone(),
        place.and_then(|place| place.geonames_id).map(|id| id.to_string()).unwrap_or_default(),
        export.made.as_of().to_owned(),
        export.link("event", &group.id),
    ]
}

pub(crate) fn number(number: Option<u64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_coded_as_acled_codes_them() {
        for (first, last, expected) in [
            ("2017-07-31", "2017-07-31", Some(("2017-07-31", 1))),
            ("2017-08-05", "2017-08-06", Some(("2017-08-05", 2))),
            ("2017-08-07", "2017-08-13", Some(("2017-08-10", 2))),
            ("2017-07-21", "2017-07-31", Some(("2017-07-31", 3))),
            ("2017-07-01", "2017-07-10", Some(("2017-07-01", 3))),
            ("2017-07-01", "2017-07-31", Some(("2017-07-16", 3))),
            ("2017-07-20", "2017-08-10", Some(("2017-07-30", 3))),
            ("2017-01-01", "2017-12-31", None),
        ] {
            let day = |text: &str| text.parse::<Date>().unwrap();
            let found = coded(day(first), day(last)).map(|(day, precision)| (day.to_string(), precision));
            assert_eq!(found, expected.map(|(day, precision)| (day.to_owned(), precision)), "{first} to {last}");
        }
    }

    #[test]
    fn the_pair_of_sides_is_written_in_acleds_order() {
        let side = |inter: &'static str| Side { name: inter.to_owned(), inter, ..Side::default() };
        for (one, two, expected) in [
            ("Rebel group", "State forces", "State forces-Rebel group"),
            ("State forces", "Civilians", "State forces-Civilians"),
            ("Civilians", EXTERNAL, "External/Other forces-Civilians"),
            ("Protesters", "", "Protesters only"),
            ("", "Civilians", ""),
        ] {
            assert_eq!(Sides { one: side(one), two: side(two) }.interaction(), expected);
        }
    }

    #[test]
    fn kinds_of_disorder_follow_the_codebook() {
        for (event_type, sub_event_type, expected) in [
            ("Battles", "Armed clash", "Political violence"),
            ("Protests", "Peaceful protest", "Demonstrations"),
            ("Protests", "Excessive force against protesters", "Political violence; Demonstrations"),
            ("Riots", "Violent demonstration", "Demonstrations"),
            ("Riots", "Mob violence", "Political violence"),
            ("Strategic developments", "Arrests", "Strategic developments"),
        ] {
            assert_eq!(disorder(event_type, sub_event_type), expected);
        }
    }
}

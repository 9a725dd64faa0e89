//! How alike are an event of theirs and one of ours, and what does each field of the one say of the other's?

use jiff::civil::Date;
use sayso_types::{RoleName, pieces};

use super::{Field, OurEvent, TheirEvent, Verdict, Windows};
use crate::place::Located;
use crate::told::Export;
use crate::view::joined;

/// What time, place, actors and the dead weigh in likeness.
const WEIGHTS: [f64; 4] = [0.35, 0.35, 0.2, 0.1];

/// How alike two are, from 0 to 1; `None` where they lie further apart than the windows, or cannot be of one type.
pub(super) fn likeness(export: &Export<'_>, theirs: &TheirEvent, ours: &OurEvent, windows: Windows) -> Option<f64> {
    if !theirs.can_be.contains(&ours.group.type_code) {
        return None;
    }
    let (days, km) = gap(theirs, ours)?;
    if days > windows.days || km.is_some_and(|km| km > windows.km) {
        return None;
    }
    let time = 1.0 - days as f64 / (windows.days + 1) as f64;
    // A month is within itself on any day: that says less than the very day.
    let time = if is_a_day(theirs) && ours.days.0 == ours.days.1 { time } else { time * 0.7 };
    let place = match km {
        Some(km) => 1.0 - km / (windows.km + 1.0),
        None => match place(theirs, ours) {
            Verdict::Differs => return None,
            Verdict::Agrees => 0.6,
            _ => 0.2,
        },
    };
    let actors = match shared(export, theirs, ours) {
        Verdict::Agrees => 1.0,
        Verdict::Differs => 0.0,
        _ => 0.5,
    };
    let killed = match killed(theirs, ours) {
        Verdict::Agrees => 1.0,
        Verdict::Differs => 0.0,
        _ => 0.5,
    };
    Some([time, place, actors, killed].iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum())
}

fn days(theirs: &TheirEvent) -> Option<(Date, Date)> {
    let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse::<Date>().ok());
    day(&theirs.earliest).zip(day(&theirs.latest))
}

fn is_a_day(theirs: &TheirEvent) -> bool {
    theirs.earliest == theirs.latest
}

/// Days and kilometres between what the two leave open; `None` where theirs has no time.
pub(super) fn gap(theirs: &TheirEvent, ours: &OurEvent) -> Option<(i64, Option<f64>)> {
    let (first, last) = days(theirs)?;
    let between = |from: Date, to: Date| from.until(to).map(|span| i64::from(span.get_days())).unwrap_or(0).max(0);
    let days = between(last, ours.days.0).max(between(ours.days.1, first));
    let km = match (theirs.latitude.zip(theirs.longitude), ours.located) {
        (Some((latitude, longitude)), Located::Within(_, reach)) => {
            Some((distance((latitude, longitude), (reach.latitude, reach.longitude)) - theirs.km - reach.km).max(0.0))
        }
        _ => None,
    };
    Some((days, km))
}

/// Kilometres between two points on the sphere.
fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (one, other) = ((one.0.to_radians(), one.1.to_radians()), (other.0.to_radians(), other.1.to_radians()));
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let chord = half(other.0 - one.0) + one.0.cos() * other.0.cos() * half(other.1 - one.1);
    2.0 * 6_371.008_8 * chord.sqrt().min(1.0).asin()
}

/// By the countries.
fn place(theirs: &TheirEvent, ours: &OurEvent) -> Verdict {
    let country = ours.group.place.as_ref().and_then(|place| place.country.as_ref());
    match (&theirs.country, country) {
        (Some(theirs), Some(ours)) if theirs == ours => Verdict::Agrees,
        (Some(_), Some(_)) => Verdict::Differs,
        (Some(_), None) => Verdict::OnlyTheirs,
        (None, Some(_)) => Verdict::OnlyOurs,
        (None, None) => Verdict::Untold,
    }
}

/// Whether somebody takes part in both, by the registry's names, or by one name that the other holds.
fn shared(export: &Export<'_>, theirs: &TheirEvent, ours: &OurEvent) -> Verdict {
    let sides = || ours.group.parties.iter().filter(|party| matches!(party.role, RoleName::Actor | RoleName::Recipient));
    let known: Vec<_> = sides().filter_map(|party| party.actor_id.as_deref()).collect();
    if theirs.actors.is_empty() {
        return if known.is_empty() { Verdict::Untold } else { Verdict::OnlyOurs };
    }
    if known.is_empty() {
        return Verdict::OnlyTheirs;
    }
    let actors = export.linker.actors();
    let kinship = export.linker.kinship();
    for name in &theirs.actors {
        let plain = name.split('(').next().unwrap_or(name).trim();
        let ids: Vec<&str> = actors.named(plain).map(|actor| actor.id.as_str()).collect();
        for id in &known {
            if ids.iter().any(|other| kinship.is_within(id, other) || kinship.is_within(other, id)) {
                return Verdict::Agrees;
            }
            let mut called = actors.actor(id).into_iter().flat_map(|actor| &actor.names).filter(|called| !called.common);
            if called.any(|called| holds(name, &called.text)) {
                return Verdict::Agrees;
            }
        }
    }
    Verdict::Differs
}

/// Whether all pieces of a name stand side by side in a longer one: "Boko Haram" in "Boko Haram - Jamaatu Ahli is-Sunnah".
fn holds(longer: &str, name: &str) -> bool {
    let (longer, name) = (pieces(longer), pieces(name));
    let (longer, name): (Vec<&str>, Vec<&str>) = (longer.iter().map(AsRef::as_ref).collect(), name.iter().map(AsRef::as_ref).collect());
    let letters: usize = name.iter().map(|piece| piece.chars().count()).sum();
    letters >= 4 && longer.windows(name.len().max(1)).any(|window| window == name.as_slice())
}

/// Whether the numbers of the dead can both be so.
fn killed(theirs: &TheirEvent, ours: &OurEvent) -> Verdict {
    let told = theirs.low.or(theirs.best).or(theirs.high);
    let ours = ours.killed().filter(|(low, best, high)| low.or(*best).or(*high).is_some());
    match (told, ours) {
        (None, None) => Verdict::Untold,
        (Some(_), None) => Verdict::OnlyTheirs,
        (None, Some(_)) => Verdict::OnlyOurs,
        (Some(_), Some((low, best, high))) => {
            let least = |low: Option<u64>, best: Option<u64>| low.or(best).unwrap_or(0);
            let most = |best: Option<u64>, high: Option<u64>| high.or(best).unwrap_or(u64::MAX);
            let apart = least(theirs.low, theirs.best) > most(best, high) || least(low, best) > most(theirs.best, theirs.high);
            if apart { Verdict::Differs } else { Verdict::Agrees }
        }
    }
}

/// The fields of a matched pair, side by side.
pub(super) fn fields(export: &Export<'_>, theirs: &TheirEvent, ours: &OurEvent, windows: Windows) -> Vec<Field> {
    let (days, km) = gap(theirs, ours).unwrap_or((0, None));
    let span = |first: &Option<String>, last: &Option<String>| match (first, last) {
        (Some(first), Some(last)) if first == last => first.clone(),
        (first, last) => format!("{}/{}", first.as_deref().unwrap_or(".."), last.as_deref().unwrap_or("..")),
    };
    let group = &ours.group;
    let of_ours = group.place.as_ref();
    let places = match (km, of_ours, &theirs.place) {
        (Some(km), ..) if km > windows.km => Verdict::Differs,
        (Some(_), ..) => Verdict::Agrees,
        (None, None, Some(_)) => Verdict::OnlyTheirs,
        (None, Some(_), None) => Verdict::OnlyOurs,
        (None, None, None) => Verdict::Untold,
        (None, Some(_), Some(_)) => place(theirs, ours),
    };
    let number = |number: Option<u64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    let numbers = |(low, best, high): (Option<u64>, Option<u64>, Option<u64>)| {
        if low.or(best).or(high).is_none() { String::new() } else { format!("{}/{}/{}", number(low), number(best), number(high)) }
    };
    let called = |place: Option<&str>, country: Option<&str>| joined([place, country].into_iter().flatten()).replace("; ", ", ");
    vec![
        Field {
            name: "date",
            theirs: span(&theirs.earliest, &theirs.latest),
            ours: span(&group.earliest, &group.latest),
            verdict: if days == 0 { Verdict::Agrees } else { Verdict::Differs },
        },
        Field {
            name: "place",
            theirs: called(theirs.place.as_deref(), theirs.country.as_deref()),
            ours: called(of_ours.map(|place| place.name.as_str()), of_ours.and_then(|place| place.country.as_deref())),
            verdict: places,
        },
        Field {
            name: "actors",
            theirs: joined(&theirs.actors),
            ours: joined(group.parties.iter().map(|party| &party.name)),
            verdict: shared(export, theirs, ours),
        },
        Field {
            name: "killed",
            theirs: numbers((theirs.low, theirs.best, theirs.high)),
            ours: ours.killed().map(numbers).unwrap_or_default(),
            verdict: killed(theirs, ours),
        },
        Field { name: "type", theirs: theirs.called.clone(), ours: group.type_code.clone(), verdict: Verdict::Agrees },
    ]
}

impl TheirEvent {
    /// What it tells, where nothing of ours stands beside it.
    pub fn fields(&self) -> Vec<Field> {
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = self.best.or(self.low).or(self.high).map(|number| number.to_string()).unwrap_or_default();
        let place = joined([known(&self.place), known(&self.country)]).replace("; ", ", ");
        let told = [
            ("date", format!("{}/{}", known(&self.earliest), known(&self.latest))),
            ("place", place),
            ("actors", joined(&self.actors)),
            ("killed", number),
            ("type", self.called.clone()),
        ];
        let field = |(name, theirs): (&'static str, String)| {
            let verdict = if theirs.is_empty() { Verdict::Untold } else { Verdict::OnlyTheirs };
            Field { name, theirs, ours: String::new(), verdict }
        };
        told.into_iter().map(field).collect()
    }
}

impl OurEvent {
    /// What it tells, where nothing of theirs stands beside it.
    pub fn fields(&self) -> Vec<Field> {
        let group = &self.group;
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        let killed = self.killed().and_then(|(low, best, high)| best.or(low).or(high)).map(|number| number.to_string()).unwrap_or_default();
        let place = group.place.as_ref().map(|place| place.name.clone()).unwrap_or_default();
        let told = [
            ("date", format!("{}/{}", known(&group.earliest), known(&group.latest))),
            ("place", place),
            ("actors", joined(group.parties.iter().map(|party| &party.name))),
            ("killed", killed),
            ("type", group.type_code.clone()),
        ];
        let field = |(name, ours): (&'static str, String)| {
            let verdict = if ours.is_empty() { Verdict::Untold } else { Verdict::OnlyOurs };
            Field { name, theirs: String::new(), ours, verdict }
        };
        told.into_iter().map(field).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_name_holds_a_shorter_one_in_whole_words() {
        for (longer, name, expected) in [
            ("Boko Haram - Jamaatu Ahli is-Sunnah lid-Dawati wal-Jihad", "Boko Haram", true),
            ("Military Forces of Mali (2021-)", "Mali", true),
            ("Military Forces of Somalia", "Mali", false),
            ("IS", "IS", false),
        ] {
            assert_eq!(holds(longer, name), expected, "{name} in {longer}");
        }
    }

    #[test]
    fn distances_are_those_on_the_sphere() {
        // Kabul to Kandahar.
        assert!((distance((34.5281, 69.1723), (31.6133, 65.7101)) - 459.0).abs() < 3.0);
    }
}

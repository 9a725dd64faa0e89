//! How is a comparison written in one table?

use sayso::rows::inert;

use super::{Comparison, Matched, OurEvent, TheirEvent};
use crate::acled::number;

/// The columns; new ones are added at the end.
pub const COLUMNS: [&str; 20] = [
    "outcome",
    "their_id",
    "our_id",
    "likeness",
    "days_apart",
    "km_apart",
    "date",
    "their_date",
    "our_date",
    "place",
    "their_place",
    "our_place",
    "actors",
    "their_actors",
    "our_actors",
    "killed",
    "their_killed",
    "our_killed",
    "their_type",
    "our_type",
];

/// The rows of a comparison in the order of [`COLUMNS`]: pairs, then what either has alone.
pub fn row(comparison: &Comparison) -> impl Iterator<Item = Vec<String>> + '_ {
    let pairs = comparison.matched.iter().map(matched);
    let theirs = comparison.only_theirs.iter().map(only_theirs);
    let ours = comparison.only_ours.iter().map(only_ours);
    pairs.chain(theirs).chain(ours).map(|row| row.into_iter().map(|value| inert(&value).into_owned()).collect())
}

fn matched(pair: &Matched) -> Vec<String> {
    let mut row = vec![
        "matched".to_owned(),
        pair.theirs.id.clone(),
        pair.ours.group.id.clone(),
        format!("{:.2}", pair.likeness),
        pair.days.to_string(),
        pair.km.map(|km| format!("{km:.0}")).unwrap_or_default(),
    ];
    for field in &pair.fields[..4] {
        row.extend([field.verdict.as_str().to_owned(), field.theirs.clone(), field.ours.clone()]);
    }
    row.extend([pair.theirs.called.clone(), pair.ours.group.type_code.clone()]);
    row
}

fn only_theirs(event: &TheirEvent) -> Vec<String> {
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let days = format!("{}/{}", known(&event.earliest), known(&event.latest));
    let blank = String::new;
    let killed = number(event.best.or(event.low).or(event.high));
    let place = event.place.clone().or_else(|| event.country.clone()).unwrap_or_default();
    let mut row = vec!["only-theirs".to_owned(), event.id.clone(), blank(), blank(), blank(), blank()];
    row.extend([blank(), days, blank(), blank(), place, blank(), blank(), event.actors.join("; "), blank(), blank(), killed, blank()]);
    row.extend([event.called.clone(), blank()]);
    row
}

fn only_ours(event: &OurEvent) -> Vec<String> {
    let group = &event.group;
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let days = format!("{}/{}", known(&group.earliest), known(&group.latest));
    let blank = String::new;
    let place = group.place.as_ref().map(|place| place.name.clone()).unwrap_or_default();
    let actors = group.parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ");
    let killed = event.killed().map(|(low, best, high)| number(best.or(low).or(high))).unwrap_or_default();
    let mut row = vec!["only-ours".to_owned(), blank(), group.id.clone(), blank(), blank(), blank()];
    row.extend([blank(), blank(), days, blank(), blank(), place, blank(), blank(), actors, blank(), blank(), killed]);
    row.extend([blank(), group.type_code.clone()]);
    row
}

//! How is an event, relation or series written on a line?

use maud::{Markup, html};
use sayso::types::RoleName;
use sayso::types::record::{GroupCount, GroupKind, GroupRecord};

use super::{badge, status};
use crate::pages::link::Page;
use crate::pages::setting::Setting;

/// A group as one item of a list: what, who, where, when, how many, on how many sources, and how sure.
pub(in crate::pages) fn line(setting: &Setting, group: &GroupRecord) -> Markup {
    html! {
        div.group {
            p.what { a href=(setting.to(page(group.kind), &group.id)) { (headline(group)) } }
            p.facts-line {
                @if let Some(day) = when(group) { span.when { (day) } }
                @if let Some(place) = place(group) { span.where dir="auto" { (place) } }
                @for count in counts(group) { span.count { (count) } }
            }
            p.badges {
                @if let Some(word) = &group.status { (status(word)) }
                (badge("sources", &sources(group)))
                @if !group.disputed.is_empty() { (badge("disputed", &format!("differs: {}", group.disputed.join(", ")))) }
                @if group.aggregate { (badge("aggregate", "several happenings")) }
                @if group.ended { (badge("ended", "told to have ended")) }
            }
        }
    }
}

/// The page of a kind of group.
pub(in crate::pages) fn page(kind: GroupKind) -> Page {
    match kind {
        GroupKind::Event => Page::Event,
        GroupKind::Relation => Page::Relation,
        GroupKind::Estimate => Page::Estimate,
    }
}

/// What it is and who takes part, in words: "assault: Taliban → civilians".
pub(in crate::pages) fn headline(group: &GroupRecord) -> String {
    let what = group.type_code.replace('_', " ");
    let mode = group.mode.as_deref().map(|mode| format!(" ({})", mode.replace(['_', '-'], " "))).unwrap_or_default();
    let who = parties(group);
    if who.is_empty() { format!("{what}{mode}") } else { format!("{what}{mode}: {who}") }
}

/// Who takes part: "Taliban → civilians".
pub(in crate::pages) fn parties(group: &GroupRecord) -> String {
    let named = |role: RoleName| -> Vec<&str> {
        group.parties.iter().filter(|party| party.role == role).map(|party| party.name.as_str()).collect()
    };
    let sides = [named(RoleName::Actor), named(RoleName::Recipient)];
    let sides: Vec<String> = sides.iter().map(|side| side.join(", ")).collect();
    match (sides[0].is_empty(), sides[1].is_empty()) {
        (true, true) => String::new(),
        (false, true) => sides[0].clone(),
        (true, false) => format!("→ {}", sides[1]),
        (false, false) => format!("{} → {}", sides[0], sides[1]),
    }
}

/// The time shown, or the days between which it lies.
pub(in crate::pages) fn when(group: &GroupRecord) -> Option<String> {
    group.time.clone().or_else(|| match (&group.earliest, &group.latest) {
        (Some(first), Some(last)) if first == last => Some(first.clone()),
        (Some(first), Some(last)) => Some(format!("{first} to {last}")),
        (Some(first), None) => Some(format!("from {first}")),
        (None, Some(last)) => Some(format!("until {last}")),
        (None, None) => None,
    })
}

/// Where: "Herat, Herat Province, AFG".
pub(in crate::pages) fn place(group: &GroupRecord) -> Option<String> {
    let place = group.place.as_ref()?;
    let mut parts: Vec<&str> =
        [Some(place.name.as_str()), place.admin1.as_deref(), place.country.as_deref()].into_iter().flatten().collect();
    parts.dedup();
    Some(parts.join(", "))
}

/// How many, with the range that sources span: "killed 24 (24 to 36)".
pub(in crate::pages) fn counts(group: &GroupRecord) -> Vec<String> {
    group.counts.iter().map(count).collect()
}

fn count(count: &GroupCount) -> String {
    let of = count.of.as_str().replace('_', " ");
    let shown = sayso::marks::range(count.low, count.best, count.high);
    let all = sayso::marks::range(count.least, None, count.most);
    if all == shown || count.least == count.most { format!("{of} {shown}") } else { format!("{of} {shown} (all sources: {all})") }
}

/// How many tell it, and how many of these independently: never only the number of copies. "3 reports, all of 1 source" where
/// copies or one informant stand behind all of them.
fn sources(group: &GroupRecord) -> String {
    let counted = |number: u64, one: &str, several: &str| format!("{number} {}", if number == 1 { one } else { several });
    let reports = counted(group.documents, "report", "reports");
    if group.documents > 1 && group.sources == 1 {
        return format!("{reports}, all of 1 source");
    }
    format!("{reports}, {}", counted(group.sources, "independent source", "independent sources"))
}

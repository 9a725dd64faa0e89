//! How is a ground said to a reader? One clause for each.

use sayso_types::RoleName;

use super::evidence::Never;
use super::feature::Feature;
use super::happening::{Count, Happening, Number, Outlook, Where};
use super::place::{Nearness, nearness};
use super::words::Words;

/// A ground in words; `None` for one that only sets the scale.
pub(super) fn sentence(feature: Feature, one: &Happening, other: &Happening) -> Option<String> {
    use Feature as F;
    Some(match feature {
        F::Base | F::DocumentsTrigger | F::DocumentsAlike | F::DocumentsWords | F::DocumentNamesTrigger | F::WordsTrigger => return None,
        F::TypeSame => format!("both are of type {}", one.event?.as_str()),
        F::TypeOther => format!("{} and {} are different types", one.event?.as_str(), other.event?.as_str()),
        F::TriggerSame | F::TriggerRare => format!("both say “{}”", one.trigger.lemma),
        F::TriggerAlike | F::TriggerClose => format!("“{}” and “{}” mean much the same", one.trigger.lemma, other.trigger.lemma),
        F::TriggerOther => format!("“{}” and “{}” mean different things", one.trigger.lemma, other.trigger.lemma),
        F::ModeSame => format!("both by {}", one.mode),
        F::ModeOther => format!("{} is not {}", one.mode, other.mode),
        F::PlaceSame | F::PlaceCountry | F::PlaceNear | F::PlaceWithin | F::PlaceOther => {
            places(one.place.as_ref()?, other.place.as_ref()?)
        }
        F::TimeDay | F::TimeMeets | F::TimeOther | F::TimeAssumed | F::TimeUnlikely => times(one, other)?,
        F::PublishedNear => format!("reported on {} and {}", one.account.published?, other.account.published?),
        F::PublishedFar => format!("reported far apart, on {} and {}", one.account.published?, other.account.published?),
        F::ActorSame | F::ActorKin | F::ActorOther => sides(feature, RoleName::Actor, one, other),
        F::TargetSame | F::TargetOther => sides(feature, RoleName::Recipient, one, other),
        F::TargetWords => "the words for who takes part stand in both".to_owned(),
        F::SiteSame => format!("both at a {}", one.sites.shared(&other.sites).join(", ")),
        F::SiteOther => format!("{} is not {}", listed(&one.sites), listed(&other.sites)),
        F::CountSame | F::CountFits | F::CountOther | F::CountFar => counts(one, other)?,
        F::Words | F::WordsSame => shared("same words", &one.words, &other.words)?,
        F::Names => shared("same names", &one.names, &other.names)?,
        F::NamesOther => "no name in common".to_owned(),
        F::Documents => shared("their documents share", &one.account.words, &other.account.words)?,
        F::DocumentNames => shared("their documents share the names", &one.account.names, &other.account.names)?,
        F::DocumentMerged | F::DocumentSame | F::DocumentSameTrigger => "one document tells both".to_owned(),
        F::SentenceSame => "one sentence tells both".to_owned(),
        F::Apart => format!("one says “{}”", if one.apart.is_empty() { &other.apart } else { &one.apart }),
    })
}

/// Why two can never be one, in words.
pub(super) fn against_all(never: Never, one: &Happening, other: &Happening) -> String {
    match never {
        Never::Several => {
            let several = if one.number == Number::Several { one } else { other };
            format!("“{}” speaks of several at once", several.trigger.lemma)
        }
        Never::Ahead => {
            let ahead = if one.outlook == Outlook::Ahead { one } else { other };
            format!("“{}” is only planned, threatened or thought of", ahead.trigger.lemma)
        }
        Never::Types => match one.event.zip(other.event) {
            Some((a, b)) => format!("{} and {} are never one", a.as_str(), b.as_str()),
            None => "their types are never one".to_owned(),
        },
        Never::Times => times(one, other).unwrap_or_default(),
        Never::Places => one.place.as_ref().zip(other.place.as_ref()).map_or_else(String::new, |(a, b)| places(a, b)),
        Never::SetApart => format!("the document sets them apart: “{}”", if one.apart.is_empty() { &other.apart } else { &one.apart }),
    }
}

fn places(one: &Where, other: &Where) -> String {
    match nearness(one, other) {
        Nearness::Same | Nearness::Country => format!("both in {}", one.name),
        Nearness::Near => format!("{} is near {}", one.name, other.name),
        Nearness::Within => {
            let wide = |place: &Where| (place.is_country(), place.is_division());
            let (narrow, wide) = if wide(one) > wide(other) { (other, one) } else { (one, other) };
            format!("{} lies in {}", narrow.name, wide.name)
        }
        Nearness::Apart | Nearness::Unknown => format!("{} is not {}", one.name, other.name),
    }
}

fn times(one: &Happening, other: &Happening) -> Option<String> {
    let (days, others) = (one.likely_days()?, other.likely_days()?);
    Some(match (&one.time, &other.time) {
        (Some(_), Some(_)) if days == others => format!("both on {days}"),
        (Some(_), Some(_)) if days.meets(others) => format!("{days} and {others} can be one day"),
        (Some(_), Some(_)) => format!("{days} is not {others}"),
        (Some(_), None) | (None, Some(_)) => {
            let (said, assumed) = if one.time.is_some() { (days, others) } else { (others, days) };
            let fits = if said.meets(assumed) { "fits" } else { "does not fit" };
            format!("{said} {fits} news of {assumed}")
        }
        (None, None) if days.meets(others) => "both are news of those days".to_owned(),
        (None, None) => format!("news of {days} is not news of {others}"),
    })
}

fn sides(feature: Feature, role: RoleName, one: &Happening, other: &Happening) -> String {
    let named = |h: &Happening| -> Vec<String> {
        h.participants.iter().filter(|p| p.role == role && p.actor_id.is_some()).map(|p| p.name.to_string()).collect()
    };
    let (here, there) = (named(one), named(other));
    let common: Vec<String> = here.iter().filter(|name| there.contains(name)).cloned().collect();
    let whom = if role == RoleName::Actor { "by" } else { "against" };
    match feature {
        Feature::ActorSame | Feature::TargetSame if !common.is_empty() => format!("both {whom} {}", common.join(", ")),
        Feature::ActorKin | Feature::ActorSame | Feature::TargetSame => {
            format!("{} and {} are parts of one", here.join(", "), there.join(", "))
        }
        _ => format!("{whom} {}, not {}", here.join(", "), there.join(", ")),
    }
}

fn counts(one: &Happening, other: &Happening) -> Option<String> {
    let pairs = one.counts.iter().flat_map(|a| other.counts.iter().filter(|b| b.of == a.of).map(move |b| (a, b)));
    let known = |(a, b): (&Count, &Count)| Some((a.number()?, b.number()?, a.of));
    let (a, b, of) = pairs.filter_map(known).max_by_key(|(a, b, _)| a == b)?;
    let of = of.as_str();
    Some(if a == b { format!("both tell of {a} {of}") } else { format!("{a} and {b} {of} differ") })
}

/// How many shared words a ground names.
const NAMED: usize = 5;

fn shared(what: &str, one: &Words, other: &Words) -> Option<String> {
    let shared = one.shared(other);
    (!shared.is_empty()).then(|| format!("{what}: {}", shared.into_iter().take(NAMED).collect::<Vec<_>>().join(", ")))
}

fn listed(words: &Words) -> String {
    words.iter().collect::<Vec<_>>().join(", ")
}

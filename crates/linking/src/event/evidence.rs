//! What speaks for and against two tellings being of one happening? One number for each ground, before it is weighed.

use sayso_types::{Level, RoleName};

use super::feature::{FEATURES, Feature};
use super::happening::{Count, Happening, Number, Outlook, Participant, Retellings};
use super::kinship::Kinship;
use super::knowledge::Knowledge;
use super::place::{Nearness, nearness};

/// The strength of each ground, 0 where it says nothing.
#[derive(Clone, Debug)]
pub(super) struct Evidence(pub [f32; FEATURES]);

/// Why two tellings can never be of one happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Never {
    /// One happening, and several at once.
    Several,
    /// One is behind, one is ahead.
    Ahead,
    /// Types that one happening cannot be coded as.
    Types,
    /// Days that exclude each other.
    Times,
    /// Places that exclude each other.
    Places,
    /// One document sets them apart.
    SetApart,
}

impl Evidence {
    fn add(&mut self, feature: Feature, strength: f32) {
        self.0[feature as usize] += strength;
    }

    fn when(&mut self, holds: bool, feature: Feature) {
        if holds {
            self.add(feature, 1.0);
        }
    }
}

/// The evidence on two happenings, or why they are never one.
pub(super) fn evidence(one: &Happening, other: &Happening, kinship: &Kinship, knowledge: &Knowledge) -> Result<Evidence, Never> {
    never(one, other, knowledge)?;
    let mut evidence = Evidence([0.0; FEATURES]);
    evidence.add(Feature::Base, 1.0);
    places(one, other, &mut evidence)?;
    times(one, other, &mut evidence)?;
    kinds(one, other, knowledge, &mut evidence);
    sides(one, other, kinship, &mut evidence);
    counts(one, other, &mut evidence);
    wording(one, other, &mut evidence);
    documents(one, other, &mut evidence);
    Ok(evidence)
}

fn never(one: &Happening, other: &Happening, knowledge: &Knowledge) -> Result<(), Never> {
    if (one.number == Number::Several) != (other.number == Number::Several) {
        return Err(Never::Several);
    }
    if matches!((one.outlook, other.outlook), (Outlook::Behind, Outlook::Ahead) | (Outlook::Ahead, Outlook::Behind)) {
        return Err(Never::Ahead);
    }
    if one.event.zip(other.event).is_some_and(|(a, b)| !knowledge.types_fit(a, b)) {
        return Err(Never::Types);
    }
    let one_text = one.account.document == other.account.document && one.sentence != other.sentence;
    if one_text && one.apart != other.apart && one.account.retellings == Retellings::Merged {
        return Err(Never::SetApart);
    }
    Ok(())
}

fn places(one: &Happening, other: &Happening, evidence: &mut Evidence) -> Result<(), Never> {
    let Some((here, there)) = one.place.as_ref().zip(other.place.as_ref()) else { return Ok(()) };
    match nearness(here, there) {
        Nearness::Same => evidence.add(Feature::PlaceSame, 1.0),
        Nearness::Country => evidence.add(Feature::PlaceCountry, 1.0),
        Nearness::Near => evidence.add(Feature::PlaceNear, 1.0),
        Nearness::Within => evidence.add(Feature::PlaceWithin, 1.0),
        Nearness::Apart if here.level == Level::Textual && there.level == Level::Textual => return Err(Never::Places),
        Nearness::Apart => evidence.add(Feature::PlaceOther, 1.0),
        Nearness::Unknown => {}
    }
    Ok(())
}

fn times(one: &Happening, other: &Happening, evidence: &mut Evidence) -> Result<(), Never> {
    match (&one.time, &other.time) {
        (Some(a), Some(b)) if a.days.meets(b.days) => {
            evidence.when(a.days.length() == 1 && b.days.length() == 1, Feature::TimeDay);
            evidence.add(Feature::TimeMeets, narrowness(a.days.length().max(b.days.length())));
        }
        (Some(a), Some(b)) if a.level == Level::Textual && b.level == Level::Textual => return Err(Never::Times),
        (Some(_), Some(_)) => evidence.add(Feature::TimeOther, 1.0),
        _ => {
            if let Some((a, b)) = one.likely_days().zip(other.likely_days()) {
                evidence.when(a.meets(b), Feature::TimeAssumed);
                evidence.add(Feature::TimeUnlikely, remoteness(a.gap(b)));
            }
        }
    }
    Ok(())
}

/// Nothing where the days meet, little for a day between them, 1 for three weeks: a weekly looks back farther than an agency.
fn remoteness(gap: i32) -> f32 {
    const LONG_AGO: f32 = 21.0;
    (gap as f32 / LONG_AGO).min(1.0)
}

/// 1 for a day, a half for a week, less for longer ones.
fn narrowness(days: i32) -> f32 {
    1.0 / (1.0 + (days.max(1) as f32).ln() / 2.0)
}

fn kinds(one: &Happening, other: &Happening, knowledge: &Knowledge, evidence: &mut Evidence) {
    if let Some((a, b)) = one.event.zip(other.event) {
        evidence.add(if a == b { Feature::TypeSame } else { Feature::TypeOther }, 1.0);
    }
    if !one.mode.is_empty() && !other.mode.is_empty() {
        let same = one.mode == other.mode;
        evidence.when(same, Feature::ModeSame);
        evidence.when(!same && one.event == other.event && !knowledge.modes_fit(&one.mode, &other.mode), Feature::ModeOther);
    }
    if one.trigger.lemma.is_empty() || other.trigger.lemma.is_empty() {
        return;
    }
    if one.trigger.lemma == other.trigger.lemma {
        evidence.add(Feature::TriggerSame, 1.0);
        evidence.add(Feature::TriggerRare, one.trigger.weight / RAREST);
    } else if let Some(alike) = knowledge.triggers_alike(&one.trigger, &other.trigger) {
        evidence.add(Feature::TriggerAlike, alike.max(0.0));
        evidence.add(Feature::TriggerClose, (alike - ONE_FIELD).max(0.0));
        evidence.when(alike < 0.3, Feature::TriggerOther);
    }
}

/// About the weight of a word that is met in one text only.
const RAREST: f32 = 6.0;
/// How alike words of one field are that do not mean the same.
const ONE_FIELD: f32 = 0.5;

fn sides(one: &Happening, other: &Happening, kinship: &Kinship, evidence: &mut Evidence) {
    match closest(one, other, RoleName::Actor, kinship) {
        Tie::Same => evidence.add(Feature::ActorSame, 1.0),
        Tie::Kin => evidence.add(Feature::ActorKin, 1.0),
        Tie::Other => evidence.add(Feature::ActorOther, 1.0),
        Tie::Unknown => {}
    }
    match closest(one, other, RoleName::Recipient, kinship) {
        Tie::Same => evidence.add(Feature::TargetSame, 1.0),
        Tie::Kin => evidence.add(Feature::TargetSame, 0.7),
        Tie::Other => evidence.add(Feature::TargetOther, 1.0),
        Tie::Unknown => {}
    }
    let named = |h: &Happening, of: &Happening| h.participants.iter().filter(|p| p.actor_id.is_none()).any(|p| p.words.meets(&of.words));
    evidence.when(named(one, other) || named(other, one), Feature::TargetWords);
    let same_site = one.sites.meets(&other.sites);
    evidence.when(same_site, Feature::SiteSame);
    // Of a mention that was not coded it is not known what is struck, only what kinds of site its words name.
    let coded = one.event.is_some() && other.event.is_some();
    let (here, there) = if coded { (&one.struck, &other.struck) } else { (&one.sites, &other.sites) };
    evidence.when(!same_site && !here.is_empty() && !there.is_empty(), Feature::SiteOther);
}

/// How those who take part on one side stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Unknown,
    Other,
    Kin,
    Same,
}

/// The closest tie between those in a role: an actor may be either side of a fight for the other telling.
fn closest(one: &Happening, other: &Happening, role: RoleName, kinship: &Kinship) -> Tie {
    let known = |h: &'_ Happening| h.participants.iter().any(|p| p.role == role && p.actor_id.is_some());
    if !known(one) || !known(other) {
        return Tie::Unknown;
    }
    let (here, there) = (in_role(one, role), in_role(other, role));
    here.flat_map(|a| there.clone().map(move |b| tie(a, b, kinship))).max().unwrap_or(Tie::Unknown)
}

fn in_role(happening: &Happening, role: RoleName) -> impl Iterator<Item = &Participant> + Clone {
    happening.participants.iter().filter(move |p| p.role == role)
}

fn tie(one: &Participant, other: &Participant, kinship: &Kinship) -> Tie {
    match one.actor_id.as_deref().zip(other.actor_id.as_deref()) {
        Some((a, b)) if a == b => Tie::Same,
        Some((a, b)) if kinship.is_within(a, b) || kinship.is_within(b, a) => Tie::Kin,
        Some(_) => Tie::Other,
        None => Tie::Unknown,
    }
}

/// A large count in common says more than a small one.
const LARGE: u64 = 5;
/// From one magnitude to the next.
const FAR: u64 = 6;

fn counts(one: &Happening, other: &Happening, evidence: &mut Evidence) {
    let pairs = one.counts.iter().flat_map(|a| other.counts.iter().filter(|b| b.of == a.of).map(move |b| (a, b)));
    let (mut same, mut fits, mut differs, mut far) = (0.0f32, false, false, false);
    for (a, b) in pairs {
        let Some((x, y)) = a.number().zip(b.number()) else { continue };
        if a.best.is_some() && a.best == b.best {
            same = same.max(if x >= LARGE { 1.0 } else { 0.4 });
        } else if fit(a, b) {
            fits = true;
        } else {
            differs = true;
            far |= x.max(y) > FAR * x.min(y).max(1);
        }
    }
    evidence.add(Feature::CountSame, same);
    evidence.when(same == 0.0 && fits, Feature::CountFits);
    evidence.when(same == 0.0 && !fits && differs, Feature::CountOther);
    evidence.when(far, Feature::CountFar);
}

/// Whether two counts can both be right: "at least 20" and "24".
fn fit(one: &Count, other: &Count) -> bool {
    let low = |c: &Count| c.low.or(c.best).unwrap_or(0);
    let high = |c: &Count| c.high.or(c.best).unwrap_or(u64::MAX);
    low(one) <= high(other) && low(other) <= high(one)
}

fn wording(one: &Happening, other: &Happening, evidence: &mut Evidence) {
    let words = one.words.likeness(&other.words);
    let same_trigger = !one.trigger.lemma.is_empty() && one.trigger.lemma == other.trigger.lemma;
    evidence.add(Feature::Words, words);
    evidence.add(Feature::WordsTrigger, if same_trigger { words } else { 0.0 });
    evidence.when(words > 0.85 && one.words.len() > 3, Feature::WordsSame);
    let names = one.names.likeness(&other.names);
    evidence.add(Feature::Names, names);
    evidence.when(names == 0.0 && !one.names.is_empty() && !other.names.is_empty(), Feature::NamesOther);
    evidence.when(one.apart != other.apart, Feature::Apart);
}

fn documents(one: &Happening, other: &Happening, evidence: &mut Evidence) {
    let trigger = evidence.0[Feature::TriggerSame as usize];
    if one.account.document == other.account.document {
        let merged = one.account.retellings == Retellings::Merged;
        evidence.add(if merged { Feature::DocumentMerged } else { Feature::DocumentSame }, 1.0);
        evidence.when(one.sentence == other.sentence, Feature::SentenceSame);
        evidence.add(Feature::DocumentSameTrigger, trigger);
        return;
    }
    let alike = one.account.words.likeness(&other.account.words);
    evidence.add(Feature::Documents, alike);
    evidence.add(Feature::DocumentsTrigger, alike * trigger);
    evidence.add(Feature::DocumentsWords, alike * evidence.0[Feature::Words as usize]);
    let names = one.account.names.likeness(&other.account.names);
    evidence.add(Feature::DocumentNames, names);
    evidence.add(Feature::DocumentNamesTrigger, names * trigger);
    evidence.add(Feature::DocumentsAlike, alike * evidence.0[Feature::TriggerAlike as usize]);
    if let Some((a, b)) = one.account.published.zip(other.account.published) {
        match a.gap(b) {
            0..=3 => evidence.add(Feature::PublishedNear, 1.0),
            31.. => evidence.add(Feature::PublishedFar, 1.0),
            _ => {}
        }
    }
}

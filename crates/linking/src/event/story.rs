//! Which statements of one document go on about one happening?
//!
//! A report tells a happening over many sentences, of which few say again where and when it was. So the statements of a document are
//! first made into stories, in the order of reading, and a story is compared with other documents' by all that it tells.

use std::collections::BTreeSet;

use sayso_types::{EventType, Level};

use super::happening::{Happening, Number, Outlook, Where};
use super::kinship::Kinship;
use super::knowledge::Knowledge;
use super::likeness::strengths;
use super::place::{Nearness, nearness};

/// What one document tells of one happening.
#[derive(Clone, Debug)]
pub struct Story {
    /// The statements, by number, in the order of reading, each with how surely it belongs to those before it.
    pub members: Vec<(i64, f32)>,
    /// All that they tell, as one; its key is that of the first of them.
    pub whole: Happening,
    /// The sentence and the trigger of each.
    triggers: Vec<(u32, Box<str>)>,
}

/// The stories of the statements of one document, in the order of reading. Pairs that people keep `apart` are in none together.
///
/// "A bomber attacked a mosque in Herat on Monday. The blast killed 24 people, police said. On Sunday gunmen had attacked a checkpoint."
/// are two stories.
pub fn stories(happenings: &[Happening], kinship: &Kinship, knowledge: &Knowledge, apart: &BTreeSet<(i64, i64)>) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut ordered: Vec<&Happening> = happenings.iter().collect();
    ordered.sort_by_key(|happening| (happening.sentence, happening.key));
    let mut last: Option<usize> = None;
    for happening in ordered {
        let allowed = |story: &Story| story.members.iter().all(|(key, _)| !is_apart(*key, happening.key, apart));
        let scored =
            stories.iter().enumerate().filter(|(_, story)| allowed(story) && !story.has_same_trigger(happening)).map(|(at, story)| {
                let turn =
                    if last == Some(at) { knowledge.story("last") } else { 0.0 } + if at == 0 { knowledge.story("first") } else { 0.0 };
                (at, goes_on(happening, &story.whole, turn, kinship, knowledge))
            });
        let best = scored.max_by(|a, b| a.1.total_cmp(&b.1));
        match best.filter(|(_, odds)| *odds > 0.0) {
            Some((at, odds)) => {
                stories[at].add(happening, 1.0 / (1.0 + (-odds).exp()));
                last = Some(at);
            }
            None => {
                last = Some(stories.len());
                let triggers = vec![trigger_of(happening)];
                stories.push(Story { members: vec![(happening.key, 1.0)], triggers, whole: happening.clone() });
            }
        }
    }
    place_as_the_report(&mut stories);
    stories
}

/// What a report tells without a place is looked for where the first of its happenings is.
fn place_as_the_report(stories: &mut [Story]) {
    let has_one = |whole: &Happening| whole.number == Number::One && whole.event.is_some_and(is_somewhere);
    let Some(place) = stories.iter().filter(|story| has_one(&story.whole)).find_map(|story| story.whole.place.clone()) else { return };
    for story in stories.iter_mut().filter(|story| story.whole.place.is_none() && has_one(&story.whole)) {
        story.whole.place = Some(Where { level: Level::Context, ..place.clone() });
    }
}

/// What is said, demanded or agreed happens anywhere.
fn is_somewhere(event: EventType) -> bool {
    event.is_material_conflict() || event == EventType::Retreat
}

fn trigger_of(happening: &Happening) -> (u32, Box<str>) {
    (happening.sentence, happening.trigger.lemma.clone())
}

fn is_apart(one: i64, other: i64, apart: &BTreeSet<(i64, i64)>) -> bool {
    apart.contains(&(one.min(other), one.max(other)))
}

impl Story {
    /// Whether it has a statement of the same word: "both attacks" are two.
    fn has_same_trigger(&self, happening: &Happening) -> bool {
        !happening.trigger.lemma.is_empty() && self.triggers.contains(&trigger_of(happening))
    }

    fn add(&mut self, happening: &Happening, surely: f32) {
        self.members.push((happening.key, surely));
        self.triggers.push(trigger_of(happening));
        let whole = &mut self.whole;
        whole.place = better_place(whole.place.take(), happening.place.clone());
        whole.time = match (whole.time.take(), happening.time) {
            (Some(a), Some(b)) if (b.level == Level::Textual, -b.days.length()) > (a.level == Level::Textual, -a.days.length()) => Some(b),
            (a, b) => a.or(b),
        };
        let mut participants = whole.participants.to_vec();
        participants.extend(happening.participants.iter().filter(|p| !whole.participants.contains(p)).cloned());
        whole.participants = participants.into();
        let mut counts = whole.counts.to_vec();
        counts.extend(happening.counts.iter().filter(|c| !whole.counts.contains(c)));
        whole.counts = counts.into();
        whole.words = whole.words.with(&happening.words);
        whole.names = whole.names.with(&happening.names);
        whole.sites = whole.sites.with(&happening.sites);
        whole.struck = whole.struck.with(&happening.struck);
        if whole.mode.is_empty() {
            whole.mode.clone_from(&happening.mode);
        }
    }
}

/// The one that says more: told here rather than taken from elsewhere, and more exact.
fn better_place(one: Option<Where>, other: Option<Where>) -> Option<Where> {
    let rank = |place: &Where| (place.level != Level::Textual, place.precision.unwrap_or(u8::MAX));
    match (one, other) {
        (Some(one), Some(other)) if rank(&other) < rank(&one) => Some(other),
        (one, other) => one.or(other),
    }
}

/// The odds, as a logarithm, that a statement goes on about the happening of a story of the same document; `turn` is what the order of
/// telling says.
fn goes_on(happening: &Happening, story: &Happening, turn: f32, kinship: &Kinship, knowledge: &Knowledge) -> f32 {
    if excluded(happening, story, knowledge) {
        return f32::NEG_INFINITY;
    }
    // "Later that day" is said once of what is then gone on about.
    let apart = if happening.apart.is_empty() { story.apart.clone() } else { happening.apart.clone() };
    let happening = &Happening { apart, ..happening.clone() };
    // What says neither where nor when speaks of what the report speaks of.
    let own_place = happening.place.as_ref().is_some_and(|place| place.level == Level::Textual);
    let own_time = happening.time.is_some_and(|time| time.level == Level::Textual);
    let bare = if own_place || own_time { 0.0 } else { knowledge.story("bare") };
    let mut odds = knowledge.story("base") + bare + turn;
    let Some(strengths) = strengths(happening, story, kinship, knowledge) else { return f32::NEG_INFINITY };
    odds += strengths.iter().map(|(name, strength)| strength * knowledge.story(name)).sum::<f32>();
    odds
}

/// A time so many times as long as another is no other way to tell it.
const LONG: i32 = 45;

/// Whether a statement says outright that it speaks of something else.
fn excluded(happening: &Happening, story: &Happening, knowledge: &Knowledge) -> bool {
    let number = (happening.number == Number::Several) != (story.number == Number::Several);
    let ahead = (happening.outlook == Outlook::Ahead) != (story.outlook == Outlook::Ahead);
    let types = happening.event.zip(story.event).is_some_and(|(a, b)| !knowledge.types_fit(a, b));
    let place = happening.place.as_ref().zip(story.place.as_ref()).is_some_and(|(here, there)| {
        here.level == Level::Textual && there.level == Level::Textual && nearness(here, there) == Nearness::Apart
    });
    let time = happening.time.zip(story.time).is_some_and(|(here, there)| {
        let (short, long) = (here.days.length().min(there.days.length()), here.days.length().max(there.days.length()));
        // "Over the past two years" is no way to date what happened on Monday.
        here.level == Level::Textual && there.level == Level::Textual && (!here.days.meets(there.days) || long > LONG * short)
    });
    number || ahead || types || place || time || (!happening.apart.is_empty() && happening.apart != story.apart)
}

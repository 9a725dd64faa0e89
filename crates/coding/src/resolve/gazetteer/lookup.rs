//! Which places bear this name, or one that a transliteration may have spelled so?

use std::collections::BTreeMap;
use std::sync::Mutex;

use fst::automaton::{Automaton, Levenshtein};
use fst::{IntoStreamer, Streamer};
use sayso_types::Place;

use super::file::Brief;
use super::{Gazetteer, fold};

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is the place's preferred name.
    Exact,
    /// It is another name of the place.
    Variant,
    /// It is one letter away from a name of the place, or has the same consonants.
    Fuzzy,
}

/// A place that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: Place,
    /// How its name was found.
    pub how: How,
}

/// A place of one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlaceRef {
    pub(super) file: u8,
    pub(super) row: u32,
}

/// Keys shorter than this are never looked up fuzzily.
const FUZZY_LENGTH: usize = 6;
/// The fewest consonants that identify a name.
const FUZZY_BONES: usize = 3;

/// What was found for names that no place bears as they stand. News repeats such names from one document to the next, and each
/// costs a walk through the gazetteer; what is remembered is what would be found again.
#[derive(Debug, Default)]
pub(super) struct Alike {
    found: Mutex<BTreeMap<String, Vec<PlaceRef>>>,
}

impl Alike {
    /// Names beyond these are looked up each time.
    const MOST: usize = 50_000;

    fn get_or_find(&self, key: &str, find: impl FnOnce() -> Vec<PlaceRef>) -> Vec<PlaceRef> {
        if let Some(known) = self.found.lock().ok().and_then(|found| found.get(key).cloned()) {
            return known;
        }
        let places = find();
        if let Ok(mut found) = self.found.lock()
            && found.len() < Self::MOST
        {
            found.insert(key.to_owned(), places.clone());
        }
        places
    }
}

impl Gazetteer {
    /// The places of this name, likeliest first: those that bear it, else those that bear it without particles, else, for names of six
    /// letters or more, those one letter or only vowels away. "Qandahar" finds Kandahar.
    pub fn candidates(&self, name: &str) -> Vec<Candidate> {
        let key = fold::key(name);
        let (places, fuzzy) = self.places_of(name);
        let candidate = |p: &PlaceRef| {
            let place = self.place(*p);
            let how = if fuzzy {
                How::Fuzzy
            } else if fold::key(&place.name) == key {
                How::Exact
            } else {
                How::Variant
            };
            Candidate { place, how }
        };
        places.iter().map(candidate).collect()
    }

    /// The places of a name, and whether they were found fuzzily.
    pub(super) fn places_of(&self, name: &str) -> (Vec<PlaceRef>, bool) {
        let key = fold::key(name);
        let mut places = Vec::new();
        self.bearers(&key, &mut places);
        if places.is_empty()
            && let Some(light) = fold::light_key(name, self.words.particles())
        {
            self.bearers(&light, &mut places);
        }
        if !places.is_empty() {
            return (places, false);
        }
        (self.alike.get_or_find(&key, || self.lookalikes(&key)), true)
    }

    /// The place of a GeoNames id.
    pub fn of_geonames(&self, id: u32) -> Option<Place> {
        self.files.iter().find_map(|file| {
            let rows = u32::try_from(file.len()).unwrap_or(u32::MAX);
            (0..rows).find(|row| file.brief(*row).geonames_id == id).map(|row| file.place(row))
        })
    }

    /// Whether some place bears exactly this name.
    pub fn has_name(&self, name: &str) -> bool {
        let key = fold::key(name);
        self.files.iter().any(|file| file.names().get(&key).is_some())
    }

    /// The places that bear exactly this key.
    pub(super) fn bearers(&self, key: &str, places: &mut Vec<PlaceRef>) {
        for (number, file) in self.files.iter().enumerate() {
            if let Some(value) = file.names().get(key) {
                file.postings(value.value(), |row| places.push(PlaceRef { file: number as u8, row }));
            }
        }
    }

    /// The places whose key is one letter from `key`, or has the same consonants and is of about the same length.
    fn lookalikes(&self, key: &str) -> Vec<PlaceRef> {
        let bones = fold::skeleton(key.as_bytes());
        if key.len() < FUZZY_LENGTH || bones.len() < FUZZY_BONES {
            return Vec::new();
        }
        let mut found: Vec<(usize, u32, PlaceRef)> = Vec::new();
        for (number, file) in self.files.iter().enumerate() {
            let names = file.names();
            let mut add = |spelling: &[u8], value: u64| {
                let distance = std::str::from_utf8(spelling).map_or(usize::MAX, |s| strsim::levenshtein(s, key));
                if distance <= 1 + key.len() / 5 && spelling.first() == key.as_bytes().first() || distance <= 1 {
                    file.postings(value, |row| {
                        found.push((distance, u32::MAX - file.brief(row).population, PlaceRef { file: number as u8, row }))
                    });
                }
            };
            let near = Levenshtein::new(key, 1).ok();
            // Only names that begin with the same letter, or one that sounds like it: the rest of the gazetteer is never walked.
            for first in first_letters(key) {
                let (from, to) = ([first], [first + 1]);
                let mut same_bones = names.search(Skeleton { bones: &bones }).ge(from).lt(to).into_stream();
                while let Some((spelling, value)) = same_bones.next() {
                    add(spelling, value.value());
                }
                let Some(near) = near.as_ref() else { continue };
                let mut near = names.search(near).ge(from).lt(to).into_stream();
                while let Some((spelling, value)) = near.next() {
                    add(spelling, value.value());
                }
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|f| f.2);
        let mut places: Vec<PlaceRef> = Vec::new();
        for (_, _, place) in found {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.truncate(20);
        places
    }

    /// A place's numbers.
    pub(super) fn brief(&self, place: PlaceRef) -> Brief {
        self.files[place.file as usize].brief(place.row)
    }

    /// A place's preferred name.
    pub(super) fn name_of(&self, place: PlaceRef) -> &str {
        self.files[place.file as usize].name(place.row)
    }

    /// A place with its strings.
    pub(super) fn place(&self, place: PlaceRef) -> Place {
        self.files[place.file as usize].place(place.row)
    }
}

/// The first letter of a key, and those that are the same consonant: "k", "q" and "c".
fn first_letters(key: &str) -> Vec<u8> {
    let Some(first) = key.bytes().next() else { return Vec::new() };
    let bone = fold::consonant(first);
    let alike = |letter: &u8| *letter == first || (bone.is_some() && fold::consonant(*letter) == bone);
    (b'0'..=b'z').filter(alike).collect()
}

/// Accepts the keys of one skeleton.
struct Skeleton<'b> {
    bones: &'b [u8],
}

impl Automaton for Skeleton<'_> {
    /// How many bones were seen; `None` when the key cannot match any more.
    type State = Option<usize>;

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn is_match(&self, state: &Option<usize>) -> bool {
        *state == Some(self.bones.len())
    }

    fn can_match(&self, state: &Option<usize>) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Option<usize>, byte: u8) -> Option<usize> {
        let seen = (*state)?;
        match fold::consonant(byte) {
            None => Some(seen),
            Some(bone) if self.bones.get(seen) == Some(&bone) => Some(seen + 1),
            Some(bone) if seen > 0 && self.bones[seen - 1] == bone => Some(seen),
            Some(_) => None,
        }
    }
}

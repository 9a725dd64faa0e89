//! Which words of a text name places, and which places are they?
//!
//! First the names are found and what stands around them is read ([`super::scan`]), then they are resolved together: countries and
//! divisions first, the rest by what those say.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_types::{Analysis, GeoPrecision, Outcome, Place, PlaceKind, Span, Unknown, WherePrec};

use super::Gazetteer;
use super::choice::{Named, PlaceContext};
use super::lookup::PlaceRef;
use super::scan::{Found, Standing, scan};

/// In what form a text speaks of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By its name: "Kabul".
    Name,
    /// By its people or adjective: "Afghan".
    Demonym,
    /// By a description: "the Afghan capital".
    Description,
}

/// Which part of the place is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The place itself.
    Whole,
    /// A part of it: "northern Mali".
    Part,
    /// Its surroundings: "near Sangin", "on the outskirts of Aleppo".
    Near,
}

/// A place that a text speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct ToponymMention {
    /// The tokens of the name alone; never empty.
    pub tokens: Range<usize>,
    /// The name as it is written, with the direction and kind that belong to it: "South Lebanon", "Helmand Province".
    pub span: Span,
    /// The tokens with the words that belong to it: "near the city of Kunduz", "Kunduz city", "northern Mali".
    pub phrase: Range<usize>,
    /// The place, or why there is none.
    pub place: Outcome<Place>,
    /// What kind of place the words say: "Kabul *province*".
    pub kind: Option<PlaceKind>,
    /// In what form it is spoken of.
    pub form: Form,
    /// Whether its surroundings are meant: "near Sangin", "on the outskirts of Aleppo".
    pub near: bool,
    /// Whether a part of it is meant: "northern Mali".
    pub part: bool,
    /// Whether the name is only spelled alike: no place has it as it stands.
    pub fuzzy: bool,
    /// Whether it is named in passing and nothing is said to be there: within a longer name ("Kabul Police"), as a region's adjective
    /// ("European"), or by a name that no gazetteer has.
    pub passing: bool,
}

impl ToponymMention {
    /// The precision codes of a happening there, where the place is known. A part of a country is a fuzzy region (`where_prec` 5).
    pub fn precision(&self) -> Option<(GeoPrecision, WherePrec)> {
        let place = self.place.known()?;
        let kind = match place.kind {
            PlaceKind::Country if self.part => PlaceKind::Region,
            kind => kind,
        };
        Some(kind.precision(self.near))
    }
}

/// The places that a text speaks of, in order and without overlap.
///
/// "Three people died in Mosul, Iraq, and near the Afghan capital of Kabul." → Mosul, Iraq, Kabul (near).
pub fn toponyms(text: &str, analysis: &Analysis, gazetteer: &Gazetteer) -> Vec<ToponymMention> {
    let found = scan(text, analysis, gazetteer);
    let chosen = choices(gazetteer, &found);
    let mention = |(found, chosen): (Found, Choice)| ToponymMention {
        span: found.span,
        passing: found.standing == Standing::Passing
            || (found.places.is_empty() || found.standing == Standing::Site) && found.container.is_none(),
        tokens: found.tokens,
        phrase: found.phrase,
        place: match chosen {
            Some(Outcome::Known(place)) => Outcome::Known(gazetteer.place(place)),
            Some(Outcome::Unknown(why)) => Outcome::Unknown(why),
            None => Outcome::Unknown(Unknown::NotUnderstood),
        },
        kind: found.kind,
        form: found.form,
        near: found.extent == Extent::Near,
        part: found.extent == Extent::Part,
        fuzzy: found.fuzzy,
    };
    found.into_iter().zip(chosen).map(mention).collect()
}

/// Places beyond these are not weighed for nearness.
const MOST_NEIGHBOURS: usize = 16;

type Choice = Option<Outcome<PlaceRef>>;

/// Resolves all names of a document together. A name is resolved once, unless a mention says what it lies in.
fn choices(gazetteer: &Gazetteer, found: &[Found]) -> Vec<Choice> {
    let mut context = PlaceContext { countries: countries(gazetteer, found), ..PlaceContext::default() };
    let mut chosen: Vec<Choice> = vec![None; found.len()];
    let mut senses: BTreeMap<(&str, Option<PlaceKind>), PlaceRef> = BTreeMap::new();
    let pass = |f: &Found| usize::from(f.container.is_none()) + usize::from(!unmistakable(gazetteer, f));
    for stage in 0..3 {
        for (at, mention) in found.iter().enumerate().filter(|(_, f)| pass(f) == stage) {
            let sense = senses.get(&(mention.key.as_str(), mention.kind)).filter(|_| mention.container.is_none());
            let outcome = match sense {
                Some(place) => Outcome::Known(*place),
                None => {
                    context.kind = mention.kind;
                    context.container = mention.container.and_then(|c| container(gazetteer, &found[c], &chosen[c]));
                    gazetteer.choose(&Named { key: &mention.key, places: &mention.places }, &context)
                }
            };
            if let Outcome::Known(place) = outcome {
                senses.entry((&mention.key, mention.kind)).or_insert(place);
                if mention.container.is_some() {
                    senses.entry((&mention.key, None)).or_insert(place);
                }
                let brief = gazetteer.brief(place);
                if mention.standing != Standing::Site
                    && !matches!(brief.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Natural)
                    && context.places.len() < MOST_NEIGHBOURS
                {
                    context.places.extend(brief.coordinates.filter(|point| !context.places.contains(point)));
                }
            }
            chosen[at] = Some(outcome);
        }
    }
    fall_back(gazetteer, found, &mut chosen);
    chosen
}

/// The containing place: as it was chosen, or the likeliest where it is not yet.
fn container(gazetteer: &Gazetteer, found: &Found, chosen: &Choice) -> Option<Place> {
    let chosen = chosen.as_ref().and_then(|c| c.known());
    chosen.or(found.places.first()).map(|place| gazetteer.place(*place))
}

/// What no file has, or has only elsewhere, lies somewhere in the place that it is said to lie in: "Kiyate district, Zabul province"
/// is in Zabul, "Altnagelvin Hospital in Derry" in Derry.
fn fall_back(gazetteer: &Gazetteer, found: &[Found], chosen: &mut [Choice]) {
    let mut moved: Vec<(&str, PlaceRef, PlaceRef)> = Vec::new();
    for (at, mention) in found.iter().enumerate() {
        let Some(Some(Outcome::Known(container))) = mention.container.map(|c| chosen[c].clone()) else { continue };
        let elsewhere = chosen[at].as_ref().and_then(|c| c.known()).filter(|own| contradicts(gazetteer, **own, container));
        if let Some(own) = elsewhere {
            moved.push((&mention.key, *own, container));
        }
        if mention.places.is_empty() || mention.standing == Standing::Site || elsewhere.is_some() {
            chosen[at] = Some(Outcome::Known(container));
        }
    }
    for (at, mention) in found.iter().enumerate() {
        let Some(Some(Outcome::Known(place))) = chosen.get(at) else { continue };
        if let Some((_, _, container)) = moved.iter().find(|(key, own, _)| *key == mention.key && own == place) {
            chosen[at] = Some(Outcome::Known(*container));
        }
    }
}

/// Places of fewer inhabitants are not taken for others than the wording has.
const KNOWN: u32 = 100_000;

/// Whether a small place lies outside the country or division that it is said to lie in, and so is another of its name.
fn contradicts(gazetteer: &Gazetteer, place: PlaceRef, container: PlaceRef) -> bool {
    let (inner, outer) = (gazetteer.brief(place), gazetteer.brief(container));
    let small = matches!(inner.kind, PlaceKind::Populated | PlaceKind::Admin2) && inner.population < KNOWN;
    match outer.kind {
        PlaceKind::Country => small && inner.country != outer.country,
        PlaceKind::Admin1 => small && (inner.country != outer.country || place.file == container.file && inner.division != outer.division),
        _ => false,
    }
}

/// Whether all places of the name lie in one country, or it names a country.
fn unmistakable(gazetteer: &Gazetteer, found: &Found) -> bool {
    let Some(first) = found.places.first() else { return false };
    let first = gazetteer.brief(*first);
    first.kind == PlaceKind::Country || found.places.iter().all(|p| gazetteer.brief(*p).country == first.country)
}

/// Whether no first-order division shares the country's name, as in "Georgia".
fn alone(gazetteer: &Gazetteer, found: &Found) -> bool {
    !found.places.iter().skip(1).any(|p| gazetteer.brief(*p).kind == PlaceKind::Admin1)
}

/// The countries that the text speaks of by name, people, or an unmistakable place, the most frequent with weight 1.
fn countries(gazetteer: &Gazetteer, found: &[Found]) -> Vec<(String, f64)> {
    let mut counts: BTreeMap<[u8; 3], f64> = BTreeMap::new();
    for mention in found {
        let Some(first) = mention.places.first() else { continue };
        let first = gazetteer.brief(*first);
        let weight = match first.kind {
            PlaceKind::Country if alone(gazetteer, mention) => 1.0,
            PlaceKind::Country => 0.4,
            PlaceKind::Admin1 | PlaceKind::Region if unmistakable(gazetteer, mention) => 1.0,
            _ if unmistakable(gazetteer, mention) => 0.3,
            PlaceKind::Capital => 0.5,
            _ if first.population > 1_000_000 => 0.2,
            _ => continue,
        };
        *counts.entry(first.country).or_default() += weight;
    }
    let most = counts.values().copied().fold(1.0, f64::max);
    counts.into_iter().map(|(country, count)| (String::from_utf8_lossy(&country).into_owned(), (count / most).sqrt())).collect()
}

//! Where does a text speak of a place by its people? "Afghan", "the Afghan capital", "Central Americans".

use std::ops::Range;

use sayso_types::PlaceKind;

use super::scan::{Found, Reader, Standing};
use super::toponyms::{Extent, Form};
use super::{Country, Gazetteer, fold};

/// A people's name or adjective at `at`, with "capital" after it the description of a city.
pub(super) fn demonym(reader: &Reader, at: usize, sentence: &Range<usize>) -> Option<Found> {
    let gazetteer = reader.gazetteer;
    if let Some(found) = home(reader, at, sentence) {
        return Some(found);
    }
    if !gazetteer.countries.may_begin_demonym(reader.word(at)) {
        return None;
    }
    let mut key = String::with_capacity(32);
    fold::push_key(&mut key, reader.word(at));
    let mut end = at + 1;
    let one = gazetteer.countries.of_demonym(&key);
    let country = if end < sentence.end && reader.is_capitalised(end) {
        fold::push_key(&mut key, reader.word(end));
        let two = gazetteer.countries.of_demonym(&key);
        end += usize::from(two.is_some());
        two.or(one)
    } else {
        one
    }?;
    let describes = end < sentence.end && reader.word(end) == "capital";
    let mut places = Vec::new();
    let name = if describes { &country.capital } else { &country.place.place.name };
    gazetteer.bearers(&fold::key(name), &mut places);
    places.retain(|p| {
        let brief = gazetteer.brief(*p);
        brief.country == country.iso3.as_bytes()
            && matches!(brief.kind, PlaceKind::Capital | PlaceKind::Country)
            && (brief.kind == PlaceKind::Capital) == describes
    });
    let (tokens, form) = if describes { (at..end + 1, Form::Description) } else { (at..end, Form::Demonym) };
    if places.is_empty() || (describes && named_after(reader, end + 1, sentence)) {
        return plain(reader, country, at..end);
    }
    Some(Found { form, ..Found::of(reader, tokens, fold::key(name), places) })
}

/// Whether the capital's name follows, which then is the mention: "the Afghan capital of Kabul", "the Afghan capital, Kabul".
fn named_after(reader: &Reader, at: usize, sentence: &Range<usize>) -> bool {
    at + 1 < sentence.end && matches!(reader.word(at), "of" | ",") && reader.is_capitalised(at + 1)
}

fn plain(reader: &Reader, country: &Country, tokens: Range<usize>) -> Option<Found> {
    let gazetteer: &Gazetteer = reader.gazetteer;
    let key = fold::key(&country.place.place.name);
    let mut places = Vec::new();
    gazetteer.bearers(&key, &mut places);
    places.retain(|p| gazetteer.brief(*p).kind == PlaceKind::Country && gazetteer.brief(*p).country == country.iso3.as_bytes());
    (!places.is_empty()).then(|| Found { form: Form::Demonym, ..Found::of(reader, tokens, key, places) })
}

/// The people of a region or division: "Sicilian", "Central Americans". They are named in passing: nothing happens in "European".
fn home(reader: &Reader, at: usize, sentence: &Range<usize>) -> Option<Found> {
    if !reader.gazetteer.peoples.may_begin(reader.word(at)) {
        return None;
    }
    let mut key = String::with_capacity(32);
    fold::push_key(&mut key, reader.word(at));
    let one = reader.gazetteer.home(&key).map(|home| (at + 1, home));
    let mut two = None;
    if at + 1 < sentence.end && reader.is_capitalised(at + 1) {
        fold::push_key(&mut key, reader.word(at + 1));
        two = reader.gazetteer.home(&key).map(|home| (at + 2, home));
    }
    let (end, (home, place)) = two.or(one)?;
    let found = Found::of(reader, at..end, home.to_owned(), vec![place]);
    Some(Found { form: Form::Demonym, standing: Standing::Passing, extent: Extent::Whole, ..found })
}

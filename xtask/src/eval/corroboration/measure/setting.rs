//! Where and when does a text speak of? What its mentions give for words in which the program codes nothing.

use std::ops::Range;

use sayso::Coder;
use sayso::types::record::{PlaceRecord, TimeRecord, Words};
use sayso::types::{CodePoints, Document, Level, Place, Span};
use sayso_coding::mention::time::TimeKind;

/// What a report mentions, in code points of its text.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    places: Vec<PlaceRecord>,
    times: Vec<TimeRecord>,
    sentences: Vec<usize>,
    /// The day of publication; empty where it is not known.
    published: String,
}

impl Setting {
    /// The places, times and sentences of a document.
    pub fn of(coder: &Coder, document: &Document) -> Setting {
        let readable = coder.readable(document);
        let analysis = coder.analysis(&readable);
        let mentions = coder.mentions(&readable, &analysis);
        let points = CodePoints::new(&document.text);
        let words = |span: Span| Words {
            text: span.text(&document.text).to_owned(),
            start: points.of_byte(span.start()),
            end: points.of_byte(span.end()),
        };
        let places = mentions.places.iter().filter_map(|mention| Some(place(words(mention.span), mention.place.known()?, mention.near)));
        let dates = mentions.times.iter().filter(|mention| mention.kind == TimeKind::Date);
        let times = dates.filter_map(|mention| Some(time(words(mention.span), mention.edtf.known()?)));
        let published = document.published.known().and_then(|published| published.date.latest());
        Setting {
            places: places.collect(),
            times: times.collect(),
            published: published.map(|day| day.to_string()).unwrap_or_default(),
            sentences: analysis.sentences.iter().map(|sentence| points.of_byte(sentence.span.start())).collect(),
        }
    }

    /// The number of the sentence at a code point.
    pub fn sentence(&self, at: usize) -> usize {
        self.sentences.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The most exact place in some words; a country is as often who acts.
    pub fn place_in(&self, words: &Range<usize>) -> Option<PlaceRecord> {
        let here = self.places.iter().filter(|place| words.contains(&place.words.start) && !is_country(place));
        here.min_by_key(|place| (place.where_prec, place.words.start)).cloned()
    }

    /// The first date in some words that is not yet to come.
    pub fn time_in(&self, words: &Range<usize>) -> Option<TimeRecord> {
        let past = |time: &TimeRecord| self.published.is_empty() || time.earliest.as_ref().is_some_and(|day| *day <= self.published);
        self.times.iter().find(|time| words.contains(&time.words.start) && past(time)).cloned()
    }
}

fn is_country(place: &PlaceRecord) -> bool {
    place.where_prec.is_some_and(|precision| precision.0 == 6)
}

fn place(words: Words, place: &Place, near: bool) -> PlaceRecord {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (geo_precision, where_prec) = place.kind.precision(near);
    PlaceRecord {
        words,
        name: Some(place.name.clone()),
        country: filled(&place.country),
        admin1: filled(&place.admin1),
        geonames_id: place.geonames_id,
        latitude: place.coordinates.map(|(latitude, _)| latitude),
        longitude: place.coordinates.map(|(_, longitude)| longitude),
        geo_precision: Some(geo_precision),
        where_prec: Some(where_prec),
        level: Level::Textual,
        from: None,
    }
}

fn time(words: Words, edtf: &sayso::types::Edtf) -> TimeRecord {
    TimeRecord {
        words,
        edtf: edtf.to_string(),
        earliest: edtf.earliest().map(|day| day.to_string()),
        latest: edtf.latest().map(|day| day.to_string()),
        time_precision: edtf.time_precision(),
        date_prec: edtf.date_prec(),
        level: Level::Textual,
        from: None,
    }
}

//! Which day do a page's short texts and `<time>` elements show to its readers as the day of publication? Each is weighed by its
//! place, its class and the words beside it.

use std::cmp::Reverse;
use std::ops::Range;

use jiff::civil::Date;

use crate::dates::Order;
use crate::html::metadata::begins_with;
use crate::html::survey::{Dated, Source, Survey};
use crate::lexicon::PageLexicon;

/// A day with this weight stands beside the headline and alone: it goes before what the metadata say, which often hold another
/// edition's day or one by UTC.
const SURE: i32 = 8;

/// A day with this weight goes before the day of the last edition.
const LIKELY: i32 = 6;

/// A day with less stands in comments or lists of other reports.
const LEAST: i32 = -4;

/// Around the headline, from so many characters before its end …
const NEAR_BEFORE: usize = 300;

/// … to so many after it.
const NEAR_AFTER: usize = 500;

/// Texts that say a day and little else have at most so many more characters.
const ALONE: usize = 40;

/// A label that is found within another word is at least so long, in bytes.
const WHOLE_LABEL: usize = 5;

/// The days that the texts of a page show.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    days: Vec<Day>,
}

/// A day in a text of the page.
#[derive(Clone, Copy, Debug)]
struct Day {
    date: Date,
    weight: i32,
    /// Whether words beside it say that it is a later edition's.
    updated: bool,
    /// Whether the text says little else.
    alone: bool,
}

/// The days that the texts of a surveyed page show.
pub(crate) fn shown(lexicon: &PageLexicon, survey: &Survey, order: Order) -> Shown {
    let headline = headline(lexicon, survey);
    let texts = survey.dated.iter().filter(|dated| dated.from != Source::Attribute);
    let days = texts.filter_map(|dated| {
        let (date, range) = lexicon.dates.find(&dated.text, order)?;
        Some(day(lexicon, dated, date, range, headline))
    });
    Shown { days: days.collect() }
}

impl Shown {
    /// The day beside the headline.
    pub fn sure(&self) -> Option<Date> {
        self.best(|_| true).filter(|day| day.weight >= SURE && day.alone).map(|day| day.date)
    }

    /// The day that is most likely that of publication.
    pub fn likely(&self) -> Option<Date> {
        self.best(|_| true).filter(|day| day.weight >= LIKELY).map(|day| day.date)
    }

    /// The day that words call that of the last edition.
    pub fn updated(&self) -> Option<Date> {
        self.best(|day| day.updated).filter(|day| day.weight > LEAST).map(|day| day.date)
    }

    /// The day that is the least unlikely.
    pub fn any(&self) -> Option<Date> {
        self.best(|_| true).filter(|day| day.weight > 0).map(|day| day.date)
    }

    /// A day that stands alone, wherever it does.
    pub fn alone(&self) -> Option<Date> {
        self.best(|day| day.alone).filter(|day| day.weight >= LEAST).map(|day| day.date)
    }

    fn best(&self, holds: impl Fn(&Day) -> bool) -> Option<&Day> {
        let days = self.days.iter().enumerate().filter(|(_, day)| holds(day));
        days.max_by_key(|(at, day)| (day.weight, Reverse(*at))).map(|(_, day)| day)
    }
}

/// The position of the end of the headline: of the first heading that the page's title begins with, else of the first at all.
fn headline(lexicon: &PageLexicon, survey: &Survey) -> Option<usize> {
    let titles = || survey.metas(&lexicon.markup.title_meta).chain(survey.title.as_deref());
    let is_headline = |heading: &str| heading.split_whitespace().count() >= 3 && titles().any(|title| begins_with(title, heading));
    let headings = &survey.heading_ends;
    headings.iter().find(|(heading, _)| is_headline(heading)).or(headings.first()).map(|(_, end)| *end)
}

fn day(lexicon: &PageLexicon, dated: &Dated, date: Date, range: Range<usize>, headline: Option<usize>) -> Day {
    let words = &lexicon.markup;
    let text = dated.text.to_lowercase();
    let own = label(dated.text.get(..range.start).unwrap_or_default());
    let label = if own.is_empty() { label(&dated.before) } else { own.clone() };
    let holds = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    let labels = |word: &String| label == *word || (label.ends_with(word.as_str()) && (!own.is_empty() || word.len() >= WHOLE_LABEL));
    let published = words.published_words.iter().any(labels);
    let labelled = own.is_empty() && words.updated_words.iter().any(|word| label.contains(word.as_str()));
    let updated = labelled || holds(&words.updated_words);
    let rest = dated.text.chars().count().saturating_sub(range.len());
    let near = headline.is_some_and(|end| (end.saturating_sub(NEAR_BEFORE)..=end + NEAR_AFTER).contains(&dated.position));
    let weight = [
        (rest < ALONE && !dated.cut, 1),
        (rest < ALONE / 3 && !dated.cut, 1),
        (published, 3),
        (updated && !published, -3),
        (holds(&words.other_words), -3),
        (dated.from == Source::TimeText, 1),
        (dated.classed, 3),
        (dated.after_heading, 2),
        (dated.elsewhere, -4),
        (dated.linked, -1),
        (near, 3),
    ];
    let weight = weight.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum();
    Day { date, weight, updated, alone: rest < ALONE && !dated.cut }
}

/// The words before a date, in lower case and without the signs between.
fn label(before: &str) -> String {
    before.trim().trim_end_matches([':', '-', '–', '|', ',', ' ']).to_lowercase()
}

/// The day of the first `<time datetime>` that belongs to the report.
pub(crate) fn time(survey: &Survey, read: impl Fn(&str) -> Option<Date>) -> Option<Date> {
    let times = survey.dated.iter().filter(|dated| dated.from == Source::Attribute && !dated.elsewhere);
    let days: Vec<(bool, Date)> = times.filter_map(|dated| Some((dated.after_heading, read(&dated.text)?))).collect();
    days.iter().find(|(after_heading, _)| *after_heading).or(days.first()).map(|(_, date)| *date)
}

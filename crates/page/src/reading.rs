//! What does the text itself say of its title, author, credit and date? Its parts become blocks, and the cues' words are read.

use sayso_types::{Block, BlockKind, Credit, DateFound, Edtf, Published, Span};

use crate::boilerplate::{Judged, judged, words};
use crate::dateline::{Dateline, Expected, dateline};
use crate::dates::{DateParts, Order};
use crate::lexicon::PageLexicon;
use crate::parts::{ends_sentence, trimmed};
use crate::release::{ReleaseMonth, release_month};

/// What a text says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub blocks: Vec<Block>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub credit: Option<Credit>,
    pub published: Option<Published>,
}

/// How far into a line a dateline may begin, after other matter and a wide space.
const DATELINE_WITHIN: usize = 250;

/// A line that says a date has no more words.
const DATE_LINE: usize = 14;

/// A headline has from three words to so many.
const HEADLINE: usize = 25;

/// A day without its year has no more words.
const DAY: usize = 2;

/// The blocks of `text` and what they say; `title` is the headline where it is known already.
pub(crate) fn reading(lexicon: &PageLexicon, text: &str, parts: &[Span], title: Option<&str>) -> Reading {
    let judged = judged(lexicon, text, &opened(lexicon, text, parts));
    let mut reading = Reading { title: title.map(str::to_owned), ..Reading::default() };
    let mut dates = Dates { release: release_month(text, &judged), ..Dates::default() };
    let mut prose_seen = false;
    for part in &judged {
        let words_of = part.span.text(text);
        read_cue(lexicon, part, words_of, &mut reading, &mut dates);
        if part.kind != BlockKind::Body {
            reading.blocks.push(Block { span: part.span, kind: part.kind });
            continue;
        }
        let expected = if prose_seen { Expected::Unlikely } else { Expected::Likely };
        let line = dateline(lexicon, words_of, expected);
        match line {
            Some(line) => {
                push_split(text, part.span, &line, &mut reading.blocks);
                read_dateline(line, words_of, &mut reading, &mut dates);
                prose_seen = true;
            }
            None if is_date_line(lexicon, words_of) => {
                dates.line = dates.line.or(lexicon.dates.find_parts(words_of, Order::DayFirst));
                reading.blocks.push(Block { span: part.span, kind: BlockKind::Dateline });
            }
            None => {
                let kind = if prose_seen { BlockKind::Body } else { title_or_body(words_of, &mut reading) };
                if kind == BlockKind::Title {
                    dates.headline = dates.headline.or_else(|| headline_day(lexicon, words_of));
                }
                prose_seen |= kind == BlockKind::Body && ends_sentence(words_of);
                reading.blocks.push(Block { span: part.span, kind });
            }
        }
    }
    without_false_title(title, &mut reading);
    reading.published = dates.published();
    reading
}

/// The parts, with lines that lead into a dateline after a wide space opened there: "Download PDF  KABUL (Sept. 1) - ...".
fn opened(lexicon: &PageLexicon, text: &str, parts: &[Span]) -> Vec<Span> {
    let mut out = Vec::with_capacity(parts.len() + 4);
    for span in parts {
        match wide_dateline(lexicon, span.text(text)) {
            Some(at) => {
                out.extend(pieces(text, span.start(), span.start() + at));
                out.extend(trimmed(text, span.start() + at, span.end()));
            }
            None => out.push(*span),
        }
    }
    out
}

/// Where, after a wide space in the head of a line, a dateline begins.
fn wide_dateline(lexicon: &PageLexicon, line: &str) -> Option<usize> {
    let mut wide = wide_spaces(line).filter(|(_, end)| *end < DATELINE_WITHIN);
    wide.find(|(_, end)| dateline(lexicon, &line[*end..], Expected::Likely).is_some()).map(|(_, end)| end)
}

/// Each run of two or more spaces: where it begins and ends.
fn wide_spaces(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = line[from..].find(char::is_whitespace) {
            let start = from + found;
            let end = line[start..].find(|c: char| !c.is_whitespace()).map_or(line.len(), |length| start + length);
            from = end;
            if line[start..end].chars().count() > 1 {
                return Some((start, end));
            }
        }
        None
    })
}

fn pieces(text: &str, start: usize, end: usize) -> Vec<Span> {
    let line = &text[start..end];
    let mut begin = 0;
    let mut pieces = Vec::new();
    for (from, to) in wide_spaces(line).chain([(line.len(), line.len())]) {
        pieces.extend(trimmed(text, start + begin, start + from));
        begin = to;
    }
    pieces
}

/// A paragraph as two blocks: its dateline and the report.
fn push_split(text: &str, span: Span, line: &Dateline, blocks: &mut Vec<Block>) {
    let end = span.start() + line.length;
    let head = trimmed(text, span.start(), end).map(|span| Block { span, kind: BlockKind::Dateline });
    let rest = trimmed(text, end, span.end()).map(|span| Block { span, kind: BlockKind::Body });
    blocks.extend(head.into_iter().chain(rest));
}

fn read_dateline(line: Dateline, paragraph: &str, reading: &mut Reading, dates: &mut Dates) {
    dates.dateline = dates.dateline.or(line.date);
    if let Some(name) = line.agency {
        let words = paragraph[..line.length].to_owned();
        reading.credit.get_or_insert(Credit { name, words });
    }
}

/// Reads what a cue's named groups hold: who is credited, who wrote it, when.
fn read_cue(lexicon: &PageLexicon, part: &Judged, words: &str, reading: &mut Reading, dates: &mut Dates) {
    let Some(captures) = part.cue.and_then(|number| lexicon.cues[number].pattern.captures(words)) else {
        return;
    };
    if let Some(outlet) = captures.name("outlet") {
        let name = outlet.as_str().trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned();
        reading.credit.get_or_insert(Credit { name, words: words.to_owned() });
    }
    if let Some(author) = captures.name("author") {
        reading.byline.get_or_insert_with(|| author.as_str().trim_end_matches([',', ' ']).to_owned());
    }
    if let Some(date) = captures.name("date") {
        dates.line = dates.line.or(lexicon.dates.find_parts(date.as_str(), Order::DayFirst));
    }
}

/// Whether a line holds a date and nothing else but numbers and words of time.
fn is_date_line(lexicon: &PageLexicon, line: &str) -> bool {
    if words(line) > DATE_LINE {
        return false;
    }
    let Some((_, range)) = lexicon.dates.find(line, Order::DayFirst) else {
        return false;
    };
    let Some((before, after)) = line.get(..range.start).zip(line.get(range.end..)) else {
        return false;
    };
    let mut rest = before.split(is_edge).chain(after.split(is_edge)).filter(|word| word.contains(char::is_alphabetic));
    rest.all(|word| lexicon.date_line_words.contains(&word.to_lowercase()))
}

fn is_edge(c: char) -> bool {
    !c.is_alphabetic() && c != '.'
}

/// The first line before the report is its headline if it reads like one.
fn title_or_body(line: &str, reading: &mut Reading) -> BlockKind {
    let known = reading.title.as_deref().is_some_and(|title| same_words(title, line));
    let like_one = reading.title.is_none() && (3..=HEADLINE).contains(&words(line)) && !line.ends_with(['.', ':', ';', ',']);
    if like_one {
        reading.title = Some(line.to_owned());
    }
    if known || like_one { BlockKind::Title } else { BlockKind::Body }
}

/// The day that a headline opens or ends with, set off from the rest: "May 4: Operations in the North", "Daily Update, May 4".
fn headline_day(lexicon: &PageLexicon, line: &str) -> Option<DateParts> {
    let ends = [line.split_once(':').map(|(head, _)| head), line.rsplit_once(',').map(|(_, tail)| tail)];
    let short = ends.into_iter().flatten().filter(|end| words(end) <= DAY);
    short.filter_map(|end| lexicon.dates.find_parts(end, Order::DayFirst)).find(|parts| parts.day.is_some())
}

/// A headline with no report after it is no headline.
fn without_false_title(given: Option<&str>, reading: &mut Reading) {
    if given.is_none() && !reading.blocks.iter().any(|block| block.kind == BlockKind::Body) {
        reading.title = None;
        for block in reading.blocks.iter_mut().filter(|block| block.kind == BlockKind::Title) {
            block.kind = BlockKind::Body;
        }
    }
}

/// Whether two texts have the same words, whatever their case and signs.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(one) == letters(other)
}

/// The dates that a text names for itself.
#[derive(Clone, Copy, Debug, Default)]
struct Dates {
    /// "Published: 31 August 2017"
    line: Option<DateParts>,
    /// "KABUL, Aug 31"
    dateline: Option<DateParts>,
    /// "Aug. 31: Operations in the North"
    headline: Option<DateParts>,
    /// `2017-08-CA-031`
    release: Option<ReleaseMonth>,
}

impl Dates {
    /// The surest whole date, or the month; a day without its year is no date.
    fn published(self) -> Option<Published> {
        let known = |date: Option<Edtf>, found| date.map(|date| Published { date, found });
        let line = known(self.line.and_then(DateParts::edtf), DateFound::Text);
        let dateline = self.dateline.and_then(|parts| match (parts.year, self.release) {
            (None, Some(release)) => release.complete(parts),
            _ => parts.edtf(),
        });
        // A headline's day can be any day, but not where the release's number says that it is of that month.
        let headline = self.headline.zip(self.release).and_then(|(day, release)| release.complete(day));
        let release = self.release.and_then(ReleaseMonth::edtf);
        line.or_else(|| known(dateline, DateFound::Dateline)).or_else(|| known(headline.or(release), DateFound::Text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tests::lexicon;

    #[test]
    fn a_headlines_day_counts_where_the_releases_number_bears_it_out() {
        let lexicon = lexicon();
        let body = "A joint force searched a compound in Zabul last night and detained two men.";
        for (head, number, date) in [
            ("Mar. 4: Joint Operations in the South", "2011-03-CA-014", Some("2011-03-04")),
            ("Daily Operational Update, March 4", "2011-03-CA-014", Some("2011-03-04")),
            ("Mar. 4: Joint Operations in the South", "2011-03-CA–014", Some("2011-03-04")),
            ("Mar. 4: Joint Operations in the South", "2011-07-CA-014", Some("2011-07")),
            ("Joint Operations in the South", "2011-03-CA-014", Some("2011-03")),
        ] {
            let text = format!("{head}\n{number}\nFor Immediate Release\n{body}");
            let mut at = 0;
            let lines = text.split_inclusive('\n').filter_map(|line| {
                at += line.len();
                trimmed(&text, at - line.len(), at)
            });
            let parts: Vec<Span> = lines.collect();
            let published = reading(&lexicon, &text, &parts, None).published;
            assert_eq!(published.as_ref().map(|p| p.date.as_str()), date, "{head} {number}");
        }
    }
}

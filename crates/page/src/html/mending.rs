//! What did the extraction lose of a report, and what did it keep that is none of it? Each paragraph found is looked up on the whole page,
//! and the markup around it says the rest.

use std::collections::{BTreeMap, BTreeSet};

use crate::boilerplate::words;
use crate::html::outline::Piece;
use crate::markup::Markup;
use crate::parts::ends_sentence;
use crate::reading::same_words;

/// A line that is all link and has fewer words leads to another page.
const LINK: usize = 25;

/// The fewest words of a paragraph that was lost and belongs to the report.
const LEAD: usize = 8;

/// What stands between headline and report and has more words is no lead.
const LONGEST_LEAD: usize = 150;

/// A report has at least so many words, where most of the page is something else.
const SHORTEST_REPORT: usize = 80;

/// The headline is looked for among so many pieces before the report.
const HEADLINE_WITHIN: usize = 60;

/// Where on the page a paragraph stands that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At this piece, whose words it has, all or most of them.
    Piece(usize),
    /// From this piece on: it has the words of several, up to the second one.
    From(usize, usize),
    Unknown,
}

impl Place {
    fn at(self) -> Option<usize> {
        match self {
            Place::Piece(at) | Place::From(at, _) => Some(at),
            Place::Unknown => None,
        }
    }
}

/// A paragraph whose words the extraction changed is looked for among so many pieces.
const NEAR: usize = 100;

/// So many words together may have been cut out of a paragraph.
const AHEAD: usize = 60;

/// The paragraphs that were found, as the page has them, with what they lack and without what is not the report's.
///
/// "Nine die in raid" | "Gunmen struck before dawn in the hills, the army said." | found: "The village …", "See also: Truce fails": the
/// second comes first, the last is left out.
pub(super) fn mended(markup: &Markup, found: Vec<String>, whole: &[Piece], title: Option<&str>) -> Vec<String> {
    let places = repaired(&found, whole, places(&found, whole));
    let told: BTreeSet<usize> = places.iter().filter_map(|place| place.at()).collect();
    let Some(first) = first_of_report(whole, &told, title) else {
        return found;
    };
    let apart_counts = !mostly_apart(whole, &told);
    let belongs = |at: usize| {
        let apart = (apart_counts && whole[at].around.is_apart()) || leads_elsewhere(markup, &whole[at]);
        belongs(&whole[at], told.first() == Some(&at), title) && !apart
    };
    let have = Runs::of(found.iter().map(String::as_str));
    let mut lost = lost(whole, &told, first, title, &have);
    let mut out: Vec<String> = Vec::with_capacity(found.len() + lost.len());
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for (text, place) in found.into_iter().zip(&places) {
        if let Some(at) = place.at() {
            let after = lost.split_off(&at);
            out.extend(lost.iter().map(|at| whole[*at].text.clone()));
            lost = after;
        }
        match *place {
            Place::Piece(at) if seen.insert(at) && belongs(at) => out.push(whole[at].text.clone()),
            Place::Piece(_) => {}
            Place::From(at, end) if (at..end).any(|at| !belongs(at)) => {
                out.extend((at..end).filter(|at| seen.insert(*at) && belongs(*at)).map(|at| whole[at].text.clone()));
            }
            Place::From(..) | Place::Unknown => out.push(text),
        }
    }
    out.extend(lost.iter().map(|at| whole[*at].text.clone()));
    out
}

/// Where on the page each paragraph stands that was found with all its words.
fn places(found: &[String], whole: &[Piece]) -> Vec<Place> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut by_letters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    whole.iter().enumerate().for_each(|(at, piece)| by_letters.entry(letters(&piece.text)).or_default().push(at));
    let mut after = 0;
    let mut place = |text: &String| {
        let places = by_letters.get(&letters(text))?;
        let place = places.get(places.partition_point(|at| *at < after)).or(places.first()).copied()?;
        after = after.max(place + 1);
        Some(place)
    };
    found.iter().map(|text| place(text).map_or(Place::Unknown, Place::Piece)).collect()
}

/// The places, with those of paragraphs that lost words, links most often, or were run together: each between the places of its neighbours.
///
/// "The army retook <a>Gao</a> on Monday.", found as "The army retook on Monday.".
fn repaired(found: &[String], whole: &[Piece], mut places: Vec<Place>) -> Vec<Place> {
    let mut next = whole.len();
    let nexts: Vec<usize> = places
        .iter()
        .rev()
        .map(|place| {
            next = place.at().unwrap_or(next);
            next
        })
        .collect();
    let mut before = 0;
    for (at, next) in nexts.into_iter().rev().enumerate() {
        if let Some(place) = places[at].at() {
            before = place + 1;
            continue;
        }
        let next = next.clamp(before, before + NEAR);
        let cut = (before.saturating_sub(1)..next)
            .find(|place| !whole[*place].around.is_beside() && is_cut_from(&found[at], &whole[*place].text));
        let runs = Runs::of([found[at].as_str()].into_iter());
        let begin = || (before..next).find(|place| runs.hold(&whole[*place].text));
        let place = cut.map(Place::Piece).or_else(|| begin().map(|begin| run_together(&found[at], &whole[begin..next], begin)));
        places[at] = place.unwrap_or(Place::Unknown);
        before = places[at].at().map_or(before, |place| before.max(place + 1));
    }
    places
}

/// The place of a text that begins with a piece and goes on with the words of the next ones, or with words that readers do not see.
fn run_together(text: &str, pieces: &[Piece], begin: usize) -> Place {
    let held = pieces.iter().take_while(|piece| text.contains(&piece.text));
    let (count, length) = held.fold((0, 0), |(count, length), piece| (count + 1, length + words(&piece.text)));
    match pieces {
        [first, ..] if count <= 1 && is_cut_from(&first.text, text) => Place::Piece(begin),
        _ if length * 10 >= words(text) * 9 => Place::From(begin, begin + count),
        _ => Place::From(begin, begin),
    }
}

/// Whether nearly all words of a text stand in the same order in a longer one, a third of whose words they are at least.
fn is_cut_from(text: &str, longer: &str) -> bool {
    let (all, most) = (words(text), words(longer));
    let mut rest = longer.split_whitespace();
    let mut held = |word: &str| {
        let ahead = rest.clone().take(AHEAD).position(|own| own == word);
        ahead.is_some_and(|ahead| rest.nth(ahead).is_some())
    };
    let like = all >= LEAD / 2 && most > all && most < all * 3;
    like && text.split_whitespace().filter(|word| held(word)).count() * 10 >= all * 9
}

/// The first paragraph of the report that was found, after the headline and captions.
fn first_of_report(whole: &[Piece], told: &BTreeSet<usize>, title: Option<&str>) -> Option<usize> {
    let is_title = |at: usize| title.is_some_and(|title| same_words(title, &whole[at].text));
    let opens = |at: &&usize| belongs(&whole[**at], false, title) && words(&whole[**at].text) >= LEAD && !is_title(**at);
    told.iter().find(opens).or(told.first()).copied()
}

/// Whether a piece that was found is the report's.
fn belongs(piece: &Piece, is_first: bool, title: Option<&str>) -> bool {
    let all_link = piece.linked * 10 > piece.text.len() * 9 && words(&piece.text) < LINK;
    let other_headline = is_first && piece.around.first_heading && title.is_some_and(|title| !same_words(title, &piece.text));
    !all_link && !piece.around.is_caption() && !other_headline
}

/// Whether a line says that it leads to another report.
fn leads_elsewhere(markup: &Markup, piece: &Piece) -> bool {
    let line = piece.text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let rest = markup.see_also.iter().find_map(|words| line.strip_prefix(words.as_str()));
    words(&line) < LINK && rest.is_some_and(|rest| rest.trim_start().starts_with(':') || !rest.contains(char::is_alphanumeric))
}

/// Whether most of what was found would be set apart by its markup, and little be left: then the markup means something else.
fn mostly_apart(whole: &[Piece], told: &BTreeSet<usize>) -> bool {
    let length =
        |apart: bool| told.iter().filter(|at| whole[**at].around.is_apart() == apart).map(|at| words(&whole[*at].text)).sum::<usize>();
    length(true) * 2 > length(false) && length(false) < SHORTEST_REPORT
}

/// The paragraphs that were lost: the lead, and those among the others in the same element.
fn lost(whole: &[Piece], told: &BTreeSet<usize>, first: usize, title: Option<&str>, have: &Runs<'_>) -> BTreeSet<usize> {
    let headline = headline(whole, first, title);
    let within = |at: usize, column: u32| whole[at].around.boxes().any(|number| number == column);
    let column = column(whole, told);
    let begin = headline.map_or(first, |headline| headline + 1);
    let end = told.last().copied().unwrap_or(first);
    let is_lost = |at: &usize| !told.contains(at) && is_prose(&whole[*at]) && !have.hold(&whole[*at].text);
    let among = (begin..end).filter(|at| column.is_some_and(|column| within(*at, column)));
    let among: BTreeSet<usize> = among.filter(is_lost).collect();
    let lead: Vec<usize> = (begin..first).filter(|at| is_lost(at) && !among.contains(at)).collect();
    let length: usize = lead.iter().map(|at| words(&whole[*at].text)).sum();
    among.into_iter().chain(if length > LONGEST_LEAD { Vec::new() } else { lead }).collect()
}

/// The innermost element that holds most of what was found.
fn column(whole: &[Piece], told: &BTreeSet<usize>) -> Option<u32> {
    let mut held: BTreeMap<u32, usize> = BTreeMap::new();
    let mut all = 0;
    for piece in told.iter().map(|at| &whole[*at]) {
        let length = words(&piece.text);
        all += length;
        piece.around.boxes().for_each(|number| *held.entry(number).or_default() += length);
    }
    // An element inside another has the higher number.
    held.into_iter().rev().find(|(_, length)| length * 10 > all * 6).map(|(number, _)| number)
}

/// The headline before the report.
fn headline(whole: &[Piece], first: usize, title: Option<&str>) -> Option<usize> {
    let is_headline = |piece: &Piece| {
        title.is_some_and(|title| same_words(title, &piece.text) || (piece.around.heading && begin_alike(title, &piece.text)))
    };
    (first.saturating_sub(HEADLINE_WITHIN)..first).rev().find(|at| is_headline(&whole[*at]))
}

fn is_prose(piece: &Piece) -> bool {
    let length = words(&piece.text);
    let prose = length >= LEAD && (ends_sentence(&piece.text) || piece.text.ends_with(':') || length > 2 * LEAD);
    prose && piece.linked * 2 < piece.text.len() && !piece.around.is_beside() && !piece.around.is_apart()
}

/// Whether one of two texts is the beginning of the other.
fn begin_alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && !other.is_empty() && (one.starts_with(&other) || other.starts_with(&one))
}

/// The runs of four words of texts.
struct Runs<'t>(BTreeSet<[&'t str; 4]>);

impl<'t> Runs<'t> {
    fn of(texts: impl Iterator<Item = &'t str>) -> Runs<'t> {
        Runs(texts.flat_map(runs).collect())
    }

    /// Whether most of a text's runs are among these.
    fn hold(&self, text: &str) -> bool {
        let (mut all, mut held) = (0, 0);
        for run in runs(text) {
            all += 1;
            held += usize::from(self.0.contains(&run));
        }
        held * 2 > all
    }
}

fn runs(text: &str) -> Vec<[&str; 4]> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(4).map(|run| [run[0], run[1], run[2], run[3]]).collect()
}

#[cfg(test)]
mod tests {
    use trafilatura::dom::Document;

    use super::*;
    use crate::html::outline::pieces;
    use crate::lexicon::tests::lexicon;

    /// The paragraphs of `html` of which `found` were found, under the headline "Nine die in raid".
    fn check(html: &str, found: &[&str], expected: &[&str]) {
        let markup = &lexicon().markup;
        let whole = pieces(markup, &Document::parse(html));
        let found = found.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(mended(markup, found, &whole, Some("Nine die in raid")), expected, "{html}");
    }

    const LEAD: &str = "Gunmen struck before dawn in the hills, the army said.";
    const BODY: &str = "The village lies near the border with two other countries.";
    const END: &str = "No group has said that it was behind the raid so far.";

    #[test]
    fn the_lead_is_found_and_links_are_left_out() {
        check(
            "<h1>Nine die in raid</h1><div><p class='date'>Posted by the web desk on Monday, at nine in the morning.</p>
            <h3>Gunmen struck before dawn in the hills, the army said.</h3></div>
            <div><p>The village lies near the border.</p><p><a>See also: Truce fails</a></p><figcaption>The village</figcaption></div>",
            &["The village lies near the border.", "See also: Truce fails", "The village"],
            &[LEAD, "The village lies near the border."],
        );
    }

    #[test]
    fn the_lead_is_found_after_a_headline_that_was_found_too() {
        let html = format!("<h1>Nine die in raid</h1><figcaption>A hill</figcaption><div><p>{LEAD}</p></div><div><p>{BODY}</p></div>");
        check(&html, &["Nine die in raid", "A hill", BODY], &["Nine die in raid", LEAD, BODY]);
    }

    #[test]
    fn a_paragraph_lost_among_others_is_found() {
        let rows = "<table><tr><td>Dead<td>nine men of the village<tr><td>Hurt<td>four</table>";
        let html = format!("<div><p>{LEAD}</p><p class='x'>{BODY}</p>{rows}<p>{END}</p></div>");
        check(&html, &[LEAD, END], &[LEAD, BODY, END]);
    }

    #[test]
    fn words_cut_out_of_a_paragraph_are_put_back() {
        let html = format!("<div><p>{LEAD}</p><p>The village of <a>Tin Hama</a> lies near the border with <a>two</a> countries.</p></div>");
        check(
            &html,
            &[LEAD, "The village of lies near the border with countries."],
            &[LEAD, "The village of Tin Hama lies near the border with two countries."],
        );
    }

    #[test]
    fn words_that_no_reader_sees_are_left_out() {
        let html = format!(
            "<div><p>{LEAD}</p><p>The mayor of Tin Hama <span class='rollover'>More on him</span> fled with his men to the hills.</p></div>"
        );
        check(
            &html,
            &[LEAD, "The mayor of Tin Hama More on him fled with his men to the hills."],
            &[LEAD, "The mayor of Tin Hama fled with his men to the hills."],
        );
    }

    #[test]
    fn notices_and_other_reports_are_left_out() {
        let cookies = "We keep small files on your machine to know you again when you come back.";
        let link = "Lea también: Fracasa la tregua en el norte";
        let long = [BODY; 9].join(" ");
        let html = format!("<div><p>{LEAD}</p><p>{link}</p><p>{long}</p></div><div class='cookie-law'><p>{cookies}</p></div>");
        check(&html, &[LEAD, link, &long, cookies], &[LEAD, &long]);
    }

    #[test]
    fn a_page_whose_names_say_nothing_is_kept() {
        let html = format!("<div class='cookie-recipes'><p>{LEAD}</p><p>{BODY}</p></div>");
        check(&html, &[LEAD, BODY], &[LEAD, BODY]);
    }

    #[test]
    fn many_like_or_unknown_lines_take_no_long_time() {
        let line = "<p>one two three four five six seven eight nine ten</p>";
        let html = format!("<div>{}</div>", line.repeat(20_000));
        let found: Vec<String> = (0..20_000).map(|n| format!("one two {n} four five six seven eight nine ten")).collect();
        let whole = pieces(&lexicon().markup, &Document::parse(&html));
        assert_eq!(mended(&lexicon().markup, found.clone(), &whole, None).len(), found.len());
    }
}

//! Which words of a page are its report? The trafilatura crate decides; what it is known to lose or to keep is mended by the markup
//! around each piece of the whole page.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{Options, dom};

use crate::boilerplate::words;
use crate::html::outline::{Piece, pieces};
use crate::markup::Markup;
use crate::parts::ends_sentence;
use crate::reading::same_words;

/// A line that is all link and has fewer words leads to another page.
const LINK: usize = 25;

/// The fewest words of a paragraph between headline and report that belongs to it.
const LEAD: usize = 8;

/// What stands between headline and report and has more words is no lead.
const LONGEST_LEAD: usize = 150;

/// The headline is looked for among so many pieces before the report.
const HEADLINE_WITHIN: usize = 60;

/// The paragraphs of the page's main content, white space made single; those of the whole page where none is found.
pub(crate) fn content(markup: &Markup, tree: dom::Document, title: Option<&str>) -> Vec<String> {
    let whole = pieces(markup, &tree);
    let options = Options::default().with_fallback(true).with_exclude_comments(true);
    // The crate is young: a page on which it panics is read as a whole instead.
    let main = catch_unwind(AssertUnwindSafe(|| trafilatura::extract_document(tree, &options)));
    let found =
        main.ok().and_then(Result::ok).map(|result| pieces(markup, &dom::Document::parse(&result.content_html))).unwrap_or_default();
    let texts = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect();
    if found.is_empty() { texts(whole) } else { mended(texts(found), &whole, title) }
}

/// The paragraphs that were found, with the lead that stands between headline and report, and without captions and links to other pages.
///
/// "Nine die in raid" | "Gunmen struck before dawn in the hills, the army said." | found: "The village …", "See also: Truce fails": the
/// second comes first, the last is left out.
fn mended(found: Vec<String>, whole: &[Piece], title: Option<&str>) -> Vec<String> {
    let places = places(&found, whole);
    let Some(first) = places.iter().flatten().min().copied() else {
        return found;
    };
    let lead: Vec<usize> = lead(whole, first, title).into_iter().filter(|at| !places.contains(&Some(*at))).collect();
    let lead = lead.into_iter().map(|at| whole[at].text.clone());
    let kept = found.into_iter().zip(&places).filter(|(_, place)| place.is_none_or(|at| belongs(&whole[at], at == first, title)));
    let kept: Vec<String> = kept.map(|(text, _)| text).collect();
    let lead: Vec<String> = lead.filter(|lead| !kept.iter().any(|text| same_words(text, lead))).collect();
    let begins = kept.iter().position(|text| title.is_none_or(|title| !same_words(text, title))).unwrap_or(0);
    let (headline, report) = kept.split_at(begins);
    headline.iter().cloned().chain(lead).chain(report.iter().cloned()).collect()
}

/// Where on the page each paragraph stands that was found; those whose words the extraction changed stand nowhere.
fn places(found: &[String], whole: &[Piece]) -> Vec<Option<usize>> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut by_letters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    whole.iter().enumerate().for_each(|(at, piece)| by_letters.entry(letters(&piece.text)).or_default().push(at));
    let mut after = 0;
    let place = |text: &String| {
        let places = by_letters.get(&letters(text))?;
        let place = places.iter().find(|at| **at >= after).or(places.first()).copied()?;
        after = after.max(place + 1);
        Some(place)
    };
    found.iter().map(place).collect()
}

/// Whether a piece that was found is the report's.
fn belongs(piece: &Piece, is_first: bool, title: Option<&str>) -> bool {
    let all_link = piece.linked * 10 > piece.text.len() * 9 && words(&piece.text) < LINK;
    let other_headline = is_first && piece.around.first_heading && title.is_some_and(|title| !same_words(title, &piece.text));
    !all_link && !piece.around.is_caption() && !other_headline
}

/// The paragraphs between the headline and the first piece that was found.
fn lead(whole: &[Piece], first: usize, title: Option<&str>) -> Vec<usize> {
    let is_headline = |piece: &Piece| piece.around.heading && title.is_some_and(|title| begin_alike(title, &piece.text));
    let Some(headline) = (first.saturating_sub(HEADLINE_WITHIN)..first).rev().find(|at| is_headline(&whole[*at])) else {
        return Vec::new();
    };
    let lead: Vec<usize> = (headline + 1..first).filter(|at| is_lead(&whole[*at])).collect();
    let length: usize = lead.iter().map(|at| words(&whole[*at].text)).sum();
    if length > LONGEST_LEAD { Vec::new() } else { lead }
}

fn is_lead(piece: &Piece) -> bool {
    let length = words(&piece.text);
    let prose = length >= LEAD && (ends_sentence(&piece.text) || piece.text.ends_with(':') || length > 2 * LEAD);
    prose && piece.linked * 2 < piece.text.len() && !piece.around.is_beside()
}

/// Whether one of two texts is the beginning of the other.
fn begin_alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && !other.is_empty() && (one.starts_with(&other) || other.starts_with(&one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tests::lexicon;

    #[test]
    fn the_lead_is_found_and_links_are_left_out() {
        let html = "<h1>Nine die in raid</h1><div><p class='date'>Posted by the web desk on Monday, at nine in the morning.</p>
            <h3>Gunmen struck before dawn in the hills, the army said.</h3></div>
            <div><p>The village lies near the border.</p><p><a>See also: Truce fails</a></p><figcaption>The village</figcaption></div>";
        let whole = pieces(&lexicon().markup, &dom::Document::parse(html));
        let found = ["The village lies near the border.", "See also: Truce fails", "The village"].map(str::to_owned).to_vec();
        assert_eq!(
            mended(found, &whole, Some("Nine die in raid")),
            ["Gunmen struck before dawn in the hills, the army said.", "The village lies near the border."]
        );
    }
}

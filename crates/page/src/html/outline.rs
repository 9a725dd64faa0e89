//! What text stands on a page, in order? One piece for each paragraph, heading, item or row, with what the markup around it says.

use std::borrow::Cow;

use trafilatura::dom::{Document, NodeId};

use crate::markup::Markup;

/// Elements nested deeper are left out.
const DEEPEST: usize = 400;

/// So many levels down, an element's class says that its text stands beside the report.
const BESIDE: u8 = 4;

/// So many levels down, it says that its text is that of a picture.
const CAPTION: u8 = 2;

/// How many of the elements around a piece are told apart.
const BOXES: usize = 6;

/// A paragraph, heading, item or row of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its words with one space between.
    pub text: String,
    /// How many bytes of the text are links.
    pub linked: usize,
    /// The elements around its first word.
    pub around: Around,
}

/// What the elements around a text say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around {
    /// Whether it is a heading of the first level.
    pub first_heading: bool,
    /// Whether it is one of the first two.
    pub heading: bool,
    linked: bool,
    beside: u8,
    caption: u8,
    apart: u8,
    /// The innermost elements with lines of their own, innermost first, by their numbers.
    boxes: [u32; BOXES],
}

impl Around {
    /// Whether the markup says that the text is not the report's: comments, lists of other reports, the author's box and the like.
    pub fn is_beside(self) -> bool {
        self.beside > 0
    }

    /// Whether it says that it is none of the page's own text: notices on cookies, letters to subscribe to, the author's box and the like.
    pub fn is_apart(self) -> bool {
        self.apart > 0
    }

    /// The elements with lines of their own that a piece stands in, innermost first, by their numbers.
    pub fn boxes(self) -> impl Iterator<Item = u32> {
        self.boxes.into_iter().filter(|number| *number > 0)
    }

    /// Whether it says that it is that of a picture.
    pub fn is_caption(self) -> bool {
        self.caption > 0
    }
}

enum Step {
    Enter(NodeId, Around),
    Break,
}

/// The pieces of a tree.
pub(crate) fn pieces(markup: &Markup, tree: &Document) -> Vec<Piece> {
    let mut pieces = vec![Piece::default()];
    let mut left = vec![(Step::Enter(tree.root(), Around::default()), 0)];
    let mut boxes = 0;
    let mut length = None;
    while let Some((step, depth)) = left.pop() {
        let Step::Enter(node, around) = step else {
            pieces.push(Piece::default());
            continue;
        };
        let last = pieces.last_mut().expect("there is always one");
        if tree.is_text(node) {
            add(last, &tree.text_content(node), around);
            continue;
        }
        let tag = tree.tag_name(node);
        let silent = is_silent(tag) || is_hidden(markup, tree, node) || (tag == "form" && !is_whole(tree, node, &mut length));
        if depth > DEEPEST || silent {
            continue;
        }
        if matches!(tag, "td" | "th") {
            // The cells of a row make one line.
            last.text.push(' ');
        }
        let own_line = !is_inline(tag);
        let mut inside = inside(markup, tree, node, around);
        if own_line {
            boxes += 1;
            inside.boxes.rotate_right(1);
            inside.boxes[0] = boxes;
        }
        left.extend(own_line.then_some((Step::Break, depth)));
        left.extend(tree.child_nodes(node).into_iter().rev().map(|child| (Step::Enter(child, inside), depth + 1)));
        left.extend(own_line.then_some((Step::Break, depth)));
    }
    pieces.iter_mut().for_each(|piece| piece.text = single_spaced(&piece.text));
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

fn add(piece: &mut Piece, text: &str, around: Around) {
    let words = text.trim();
    if !words.is_empty() && piece.text.trim().is_empty() {
        piece.around = around;
    }
    piece.linked += if around.linked { words.len() } else { 0 };
    piece.text.push_str(text);
}

fn inside(markup: &Markup, tree: &Document, node: NodeId, around: Around) -> Around {
    let tag = tree.tag_name(node);
    let names = format!("{} {}", tree.class_name(node), tree.id_attr(node)).to_ascii_lowercase();
    let holds = |parts: &[String]| names.len() > 1 && parts.iter().any(|part| names.contains(part.as_str()));
    let whole = matches!(tag, "body" | "html" | "main" | "article" | "") || holds(&markup.whole_classes);
    let is_classed = |parts: &[String]| !whole && holds(parts);
    let caption = tag == "figcaption" || is_classed(&markup.caption_classes);
    let beside = caption || matches!(tag, "aside" | "footer" | "figure") || is_classed(&markup.beside_classes);
    let left = |now: bool, levels: u8, before: u8| if now { levels } else { before.saturating_sub(1) };
    Around {
        first_heading: around.first_heading || tag == "h1",
        heading: around.heading || matches!(tag, "h1" | "h2"),
        linked: around.linked || tag == "a",
        beside: left(beside, BESIDE, around.beside),
        caption: left(caption, CAPTION, around.caption),
        apart: left(is_classed(&markup.apart_classes), BESIDE, around.apart),
        boxes: around.boxes,
    }
}

/// Whether an element stands within a line.
fn is_inline(tag: &str) -> bool {
    const NAMES: [&str; 33] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "hi", "i", "ins", "kbd", "mark", "q", "ref",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "var",
    ];
    NAMES.binary_search(&tag).is_ok() || tag == "wbr"
}

/// Whether an element's text is not for readers.
fn is_silent(tag: &str) -> bool {
    matches!(tag, "script" | "style" | "noscript" | "head" | "template" | "svg" | "select" | "iframe" | "nav" | "button" | "textarea")
}

/// Whether a node is a comment, or words within a line that are shown to no reader or only on a touch.
fn is_hidden(markup: &Markup, tree: &Document, node: NodeId) -> bool {
    let tag = tree.tag_name(node);
    if tag.is_empty() {
        return tree.child_nodes(node).is_empty();
    }
    let class = || tree.class_name(node).to_ascii_lowercase();
    matches!(tag, "span" | "a" | "em" | "i" | "small") && {
        let style = tree.get_attribute(node, "style").unwrap_or_default();
        let unseen = style.split_once("display").is_some_and(|(_, value)| value.trim_start_matches([':', ' ']).starts_with("none"));
        unseen || markup.hidden_classes.iter().any(|part| class().contains(part.as_str()))
    }
}

/// Whether a form holds most of a page's words, and not only fields to fill in.
fn is_whole(tree: &Document, form: NodeId, length: &mut Option<usize>) -> bool {
    let all = *length.get_or_insert_with(|| tree.text_content(tree.root()).len());
    tree.text_content(form).len() * 2 > all
}

/// Where a word may be parted at a line's end.
const SOFT_HYPHEN: char = '\u{ad}';

/// The words with one space between, and without signs of where they may be parted.
pub(crate) fn single_spaced(text: &str) -> String {
    let text: Cow<'_, str> = if text.contains(SOFT_HYPHEN) { text.replace(SOFT_HYPHEN, "").into() } else { text.into() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tests::lexicon;

    #[test]
    fn each_element_with_its_own_line_is_a_piece() {
        for (html, expected) in [
            ("<p>One <b>two</b>.</p><p>Three</p>", vec!["One two.", "Three"]),
            ("<h2>Head</h2>text<ul><li>a<li>b</ul>", vec!["Head", "text", "a", "b"]),
            ("one<br>two", vec!["one", "two"]),
            ("<table><tr><td>Dead<td>9<tr><td>Hurt<td>4</table>", vec!["Dead 9", "Hurt 4"]),
            ("<p>The sol\u{ad}diers <!-- --> <span>left</span>.</p>", vec!["The soldiers left."]),
            ("<p>Kept <span style='display: none'>unseen</span> words</p>", vec!["Kept words"]),
            ("<form><p>A page within one form</p></form>", vec!["A page within one form"]),
            ("<p>A page with a field</p><form>Your name</form>", vec!["A page with a field"]),
            ("<div><p>unclosed <i>words<p>more</div>", vec!["unclosed words", "more"]),
        ] {
            let pieces = pieces(&lexicon().markup, &Document::parse(html));
            assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn markup_says_what_a_piece_is() {
        let html = "<h1>Head</h1><figure><figcaption>A soldier</figcaption></figure><p>The army <a>left</a></p><div class='related'><p><a>More</a></p></div>";
        let found: Vec<_> = pieces(&lexicon().markup, &Document::parse(html));
        let said = |piece: &Piece| (piece.around.first_heading, piece.around.is_caption(), piece.around.is_beside(), piece.linked);
        let expected = [(true, false, false, 0), (false, true, true, 0), (false, false, false, 4), (false, false, true, 4)];
        assert_eq!(found.iter().map(said).collect::<Vec<_>>(), expected);
    }
}

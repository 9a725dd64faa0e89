//! Which words of a page are its report? The trafilatura crate decides; its result becomes one string a paragraph, heading or item.

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{Options, dom};

/// Elements nested deeper are left out.
const DEEPEST: usize = 400;

/// The paragraphs of the page's main content, white space made single; those of the whole page where none is found.
pub(crate) fn content(tree: dom::Document) -> Vec<String> {
    let whole = tree.clone_document();
    let options = Options::default().with_fallback(true).with_exclude_comments(true);
    // The crate is young: a page on which it panics is read as a whole instead.
    let main = catch_unwind(AssertUnwindSafe(|| trafilatura::extract_document(tree, &options)));
    let found = main.ok().and_then(Result::ok).map(|result| paragraphs(&dom::Document::parse(&result.content_html))).unwrap_or_default();
    if found.is_empty() { paragraphs(&whole) } else { found }
}

/// The text of a tree, a string for each element that begins a line of its own.
pub(crate) fn paragraphs(tree: &dom::Document) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    let mut left = vec![(Step::Enter(tree.root()), 0)];
    while let Some((step, depth)) = left.pop() {
        let node = match step {
            Step::Break => {
                paragraphs.push(String::new());
                continue;
            }
            Step::Enter(node) => node,
        };
        if tree.is_text(node) {
            paragraphs.last_mut().expect("there is always one").push_str(&tree.text_content(node));
            continue;
        }
        let tag = tree.tag_name(node);
        if depth > DEEPEST || is_silent(tag) {
            continue;
        }
        if matches!(tag, "td" | "th") {
            // The cells of a row make one line.
            paragraphs.last_mut().expect("there is always one").push(' ');
        }
        let own_line = !is_inline(tag);
        left.extend(own_line.then_some((Step::Break, depth)));
        left.extend(tree.child_nodes(node).into_iter().rev().map(|child| (Step::Enter(child), depth + 1)));
        left.extend(own_line.then_some((Step::Break, depth)));
    }
    paragraphs.iter().map(|paragraph| single_spaced(paragraph)).filter(|paragraph| !paragraph.is_empty()).collect()
}

enum Step {
    Enter(dom::NodeId),
    Break,
}

/// Whether an element stands within a line.
fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "strike"
            | "td"
            | "th"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "hi"
            | "ref"
    )
}

/// Whether an element's text is not for readers.
fn is_silent(tag: &str) -> bool {
    matches!(
        tag,
        "script" | "style" | "noscript" | "head" | "template" | "svg" | "select" | "iframe" | "nav" | "form" | "button" | "textarea"
    )
}

/// The words with one space between.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_with_its_own_line_is_a_paragraph() {
        for (html, expected) in [
            ("<p>One <b>two</b>.</p><p>Three</p>", vec!["One two.", "Three"]),
            ("<h2>Head</h2>text<ul><li>a<li>b</ul>", vec!["Head", "text", "a", "b"]),
            ("one<br>two", vec!["one", "two"]),
            ("<table><tr><td>Dead<td>9<tr><td>Hurt<td>4</table>", vec!["Dead 9", "Hurt 4"]),
            ("<div><p>unclosed <i>words<p>more</div>", vec!["unclosed words", "more"]),
        ] {
            assert_eq!(paragraphs(&dom::Document::parse(html)), expected);
        }
    }
}

//! What lies where in a page's tree? One walk collects the elements that say something of the page, and its short texts in order.

use trafilatura::dom::{Document, NodeId};

use crate::html::outline::single_spaced;
use crate::markup::Markup;

/// What one walk over a page finds.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// `<meta>` elements: each name, property or itemprop in lower case, with its content.
    pub metas: Vec<(String, String)>,
    /// The text of each `<script type="application/ld+json">`.
    pub json_ld: Vec<String>,
    /// The text of every other script, as far as it is short.
    pub scripts: Vec<String>,
    /// The text of `<title>`.
    pub title: Option<String>,
    /// The texts of the `<h1>`s.
    pub headings: Vec<String>,
    /// The texts of the first three levels of headings, each with the position of its end.
    pub heading_ends: Vec<(String, usize)>,
    /// `<link rel="canonical">`.
    pub canonical: Option<String>,
    /// The `lang` of `<html>`.
    pub language: Option<String>,
    /// Microdata: itemprop in lower case, with content, datetime or text.
    pub properties: Vec<(String, String)>,
    /// What may name the day of publication, in order.
    pub dated: Vec<Dated>,
    /// Texts of elements that by their class name a writer, in order.
    pub writers: Vec<String>,
    /// The last text that was read.
    last: String,
    /// How many characters of text were read.
    read: usize,
}

/// A short text or a date attribute of the page, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    pub text: String,
    /// The end of the text that stands before it.
    pub before: String,
    pub from: Source,
    /// How many characters of text stand before it on the page.
    pub position: usize,
    /// Whether it is part of a link.
    pub linked: bool,
    /// Whether it is the beginning of a longer text.
    pub cut: bool,
    /// Whether it, or an element close around it, is classed as holding a date.
    pub classed: bool,
    /// Whether it stands in comments, lists of other articles, menus and the like.
    pub elsewhere: bool,
    /// Whether a first-level heading came before.
    pub after_heading: bool,
}

/// Where in the markup a date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `<time datetime>`, or `<abbr title>` with a class that says so.
    Attribute,
    /// The text of a `<time>`.
    TimeText,
    /// Any other text.
    Text,
}

/// A text that only says who wrote the page and when is not longer, in characters.
const SHORT: usize = 200;

/// A longer text may say when a page was published in so many of its first bytes.
const HEAD: usize = 60;

/// A label of a date that stands before it has at most so many characters.
const LABEL: usize = 40;

/// Scripts longer than this hold programs.
const LONGEST_SCRIPT: usize = 100_000;

/// Elements nested deeper are left out.
const DEEPEST: usize = 400;

/// What holds for a node by the elements around it.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    /// How many more levels down an element counts as classed.
    classed: u8,
    elsewhere: bool,
    time: bool,
    linked: bool,
    depth: usize,
}

/// Walks a page once, in document order.
pub(crate) fn survey(markup: &Markup, tree: &Document) -> Survey {
    let mut found = Survey::default();
    let mut left = vec![(tree.root(), Around::default())];
    while let Some((node, around)) = left.pop() {
        if tree.is_text(node) {
            text(tree, node, around, &mut found);
            continue;
        }
        let Some(inside) = element(markup, tree, node, around, &mut found) else {
            continue;
        };
        if inside.depth < DEEPEST {
            left.extend(tree.child_nodes(node).into_iter().rev().map(|child| (child, inside)));
        }
    }
    found
}

fn text(tree: &Document, node: NodeId, around: Around, found: &mut Survey) {
    let text = single_spaced(&tree.text_content(node));
    if text.is_empty() {
        return;
    }
    let head = beginning(&text, if text.len() <= SHORT * 4 { SHORT * 4 } else { HEAD });
    if head.chars().any(char::is_numeric) {
        let from = if around.time { Source::TimeText } else { Source::Text };
        let cut = head.len() < text.len();
        found.dated.push(Dated { cut, ..dated(head.to_owned(), from, around, found) });
    }
    found.read += text.chars().count();
    found.last = text;
}

/// As many of the first bytes of `text` as are whole characters.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

fn dated(text: String, from: Source, around: Around, found: &Survey) -> Dated {
    let at = found.last.char_indices().rev().nth(LABEL).map_or(0, |(at, _)| at);
    Dated {
        text,
        before: found.last[at..].to_owned(),
        from,
        position: found.read,
        linked: around.linked,
        cut: false,
        classed: around.classed > 0,
        elsewhere: around.elsewhere,
        after_heading: !found.headings.is_empty(),
    }
}

/// Takes what an element says; what holds for its children, or `None` where they are to be left out.
fn element(markup: &Markup, tree: &Document, node: NodeId, around: Around, found: &mut Survey) -> Option<Around> {
    let attribute = |name: &str| tree.get_attribute(node, name).filter(|value| !value.trim().is_empty());
    let whole_text = || single_spaced(&tree.text_content(node));
    let tag = tree.tag_name(node);
    match tag {
        "script" => {
            let json = attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
            let text = tree.text_content(node);
            if json {
                found.json_ld.push(text);
            } else if text.len() < LONGEST_SCRIPT {
                found.scripts.push(text);
            }
            return None;
        }
        "style" | "noscript" | "svg" | "select" | "iframe" | "template" | "button" => return None,
        "html" => found.language = attribute("lang").or_else(|| attribute("xml:lang")),
        "title" if found.title.is_none() => found.title = Some(whole_text()),
        "meta" => meta(&attribute, found),
        "link" if attribute("rel").as_deref() == Some("canonical") => found.canonical = attribute("href"),
        "h1" | "h2" | "h3" => {
            let text = whole_text();
            found.headings.extend((tag == "h1").then(|| text.clone()));
            let end = found.read + text.chars().count();
            found.heading_ends.push((text, end));
        }
        _ => {}
    }
    let inside = around_children(markup, tree, node, around);
    if let (Some(name), true) = (attribute("itemprop"), tag != "meta") {
        let value = attribute("content").or_else(|| attribute("datetime")).unwrap_or_else(whole_text);
        found.properties.push((name.to_ascii_lowercase(), value.chars().take(SHORT).collect()));
    }
    let machine = if tag == "time" { attribute("datetime") } else { attribute("title").filter(|_| tag != "a" && inside.classed > 0) };
    if let Some(value) = machine {
        found.dated.push(dated(value, Source::Attribute, inside, found));
    }
    let rel = attribute("rel").is_some_and(|rel| rel == "author");
    if rel || (tag != "body" && is_classed(&attribute, &markup.author_classes) && !inside.elsewhere) {
        let text = whole_text();
        found.writers.extend((text.len() < SHORT).then_some(text));
    }
    Some(inside)
}

fn around_children(markup: &Markup, tree: &Document, node: NodeId, around: Around) -> Around {
    let attribute = |name: &str| tree.get_attribute(node, name);
    let tag = tree.tag_name(node);
    let page = matches!(tag, "body" | "html" | "main" | "article");
    let classed = !page && is_classed(&attribute, &markup.date_classes);
    let elsewhere = matches!(tag, "aside" | "footer" | "nav") || (!page && is_classed(&attribute, &markup.other_classes));
    Around {
        classed: if classed || tag == "time" { 3 } else { around.classed.saturating_sub(1) },
        elsewhere: around.elsewhere || elsewhere,
        time: around.time || tag == "time",
        linked: around.linked || tag == "a",
        depth: around.depth + 1,
    }
}

fn is_classed(attribute: &impl Fn(&str) -> Option<String>, parts: &[String]) -> bool {
    ["class", "id", "itemprop"].into_iter().filter_map(attribute).any(|value| {
        let value = value.to_ascii_lowercase();
        parts.iter().any(|part| value.contains(part.as_str()))
    })
}

fn meta(attribute: &impl Fn(&str) -> Option<String>, found: &mut Survey) {
    let Some(content) = attribute("content") else {
        return;
    };
    for name in ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(attribute) {
        found.metas.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
    }
}

impl Survey {
    /// The contents of the `<meta>` elements of these names, by the order of the names.
    pub fn metas<'s>(&'s self, names: &'s [String]) -> impl Iterator<Item = &'s str> {
        let of_name = |name: &'s String| self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str());
        names.iter().flat_map(of_name)
    }
}

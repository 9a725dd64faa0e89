//! What was read, as text for people: the page stage's debug view and golden files.

use std::fmt::Write;

use sayso_types::{Document, Outcome};

/// A document as text: what is known of it, a line each, then its blocks with their kinds.
pub fn print(document: &Document) -> String {
    let mut out = String::new();
    let credit = document.credit.as_ref().map(|credit| format!("{} (\"{}\")", credit.name, credit.words));
    let published = match &document.published {
        Outcome::Known(published) => format!("{} ({:?})", published.date, published.found),
        Outcome::Unknown(why) => format!("unknown ({why:?})"),
    };
    for (name, value) in [
        ("url", document.url.as_deref()),
        ("title", document.title.as_deref()),
        ("byline", document.byline.as_deref()),
        ("publisher", document.publisher.as_deref()),
        ("credit", credit.as_deref()),
        ("published", Some(&published)),
        ("retrieved", document.retrieved.as_deref()),
        ("language", Some(document.language.code())),
    ] {
        line(&mut out, format_args!("{name}: {}", value.unwrap_or("-")));
    }
    for block in &document.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        line(&mut out, format_args!("\n[{kind} {:?}]\n{}", block.span, block.span.text(&document.text)));
    }
    out
}

fn line(out: &mut String, what: std::fmt::Arguments<'_>) {
    writeln!(out, "{what}").expect("writing to a string does not fail");
}

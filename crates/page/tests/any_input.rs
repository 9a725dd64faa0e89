//! Does any input give a document whose blocks hold, or a clear error?

use proptest::prelude::*;
use sayso_page::{Content, ErrorKind, Format, Given, Input, Limits, PageLexicon, PageSources, document};
use sayso_types::Document;
use std::sync::LazyLock;
use unicode_normalization::is_nfc;

static LEXICON: LazyLock<PageLexicon> = LazyLock::new(|| {
    let sources = PageSources {
        boilerplate: include_str!("../../../data/lexicons/en/boilerplate.toml"),
        months: include_str!("../../../data/lexicons/months.tsv"),
        languages: include_str!("../../../data/lexicons/languages.tsv"),
        markup: include_str!("../../../data/lexicons/markup.toml"),
    };
    PageLexicon::parse(sources).unwrap_or_else(|error| panic!("{error}"))
});

fn check(content: Content<'_>, format: Format) {
    let input = Input { content, format, given: Given::default() };
    let Ok(document) = document(&LEXICON, &Limits::default(), &input) else {
        return;
    };
    assert!(is_nfc(&document.text));
    assert!(!document.blocks.is_empty());
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start() >= end, "blocks overlap: {document:?}");
        assert!(document.text.is_char_boundary(block.span.start()) && document.text.is_char_boundary(block.span.end()));
        assert_eq!(block.span.text(&document.text).trim(), block.span.text(&document.text));
        end = block.span.end();
    }
    assert!(end <= document.text.len());
}

/// Pieces of pages and reports, and other matter, in any order.
fn matter() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "KABUL, Aug 31 (Xinhua) -- ",
        "By John Smith\n",
        "<p>",
        "</div><table><td>",
        "Published: 3 May 2017\n",
        "\n\n",
        "  ",
        "Leave a reply\n",
        "<script>",
        "Two soldiers were killed in the north on Monday, the army said.",
        "\u{2028}",
        "é",
        "e\u{301}",
        "٣١ أغسطس ٢٠١٧",
        "<!--",
        "&amp;",
        "İ",
        "2019-04-PR-112 ",
        "\u{0}",
        "\r\n",
        "Courtesy Newsweek-\n",
        "<meta property='article:published_time' content='2017-08-31'>",
        "<h1>",
        "31 Août 2017",
        "<time datetime=\"",
        "\">",
    ]);
    prop::collection::vec(prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,30}"], 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_gives_blocks_in_order(text in matter()) {
        check(Content::Bytes(text.as_bytes()), Format::Text);
        check(Content::Decoded(&text), Format::Text);
    }

    #[test]
    fn any_markup_gives_blocks_in_order(text in matter()) {
        check(Content::Bytes(text.as_bytes()), Format::Html);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(Content::Bytes(&bytes), Format::Text);
        check(Content::Bytes(&bytes), Format::Html);
    }
}

#[test]
fn deep_and_large_pages_are_read_or_refused_at_once() {
    let body = "<p>Two soldiers were killed in the north on Monday, the army said.</p>";
    let deep = format!("<body>{}{body}", "<div><span>".repeat(200_000));
    check(Content::Decoded(&deep), Format::Html);
    let large = body.repeat(800_000);
    let input = Input { content: Content::Decoded(&large), format: Format::Html, given: Given::default() };
    let error = document(&LEXICON, &Limits::default(), &input).expect_err("it is too large");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    let within = body.repeat(200_000);
    check(Content::Decoded(&within), Format::Html);
}

fn read(text: &str) -> Document {
    let input = Input { content: Content::Decoded(text), format: Format::Text, given: Given::default() };
    document(&LEXICON, &Limits::default(), &input).expect("a text")
}

#[test]
fn a_clean_text_is_frozen_as_it_is() {
    let text = "  Army retakes town\n\n\nThe army said on Monday that it had retaken the town of Baiji.\t\n\n";
    assert_eq!(read(text).text, text);
}

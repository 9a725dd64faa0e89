//! Are pages read as they should be? Each page of `tests/golden/page` is printed and compared with the `.print` beside it.
//! `cargo run -p sayso-page --example predict -- --golden tests/golden/page` writes the prints anew; read the difference before you commit it.

use std::path::{Path, PathBuf};

use sayso_page::{Content, Format, Given, Input, Limits, PageLexicon, PageSources, document, print};

fn lexicon() -> PageLexicon {
    let sources = PageSources {
        boilerplate: include_str!("../../../data/lexicons/en/boilerplate.toml"),
        months: include_str!("../../../data/lexicons/months.tsv"),
        languages: include_str!("../../../data/lexicons/languages.tsv"),
        markup: include_str!("../../../data/lexicons/markup.toml"),
    };
    PageLexicon::parse(sources).unwrap_or_else(|error| panic!("{error}"))
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/page");
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path()).collect();
    pages.retain(|page| page.extension().is_some_and(|extension| extension != "print"));
    pages.sort();
    pages
}

fn printed(lexicon: &PageLexicon, page: &Path) -> String {
    let bytes = std::fs::read(page).expect("readable");
    let format = if page.extension().is_some_and(|extension| extension == "html") { Format::Html } else { Format::Text };
    let input = Input { content: Content::Bytes(&bytes), format, given: Given::default() };
    match document(lexicon, &Limits::default(), &input) {
        Ok(document) => print(&document),
        Err(error) => format!("error: {error}\n"),
    }
}

#[test]
fn pages_are_read_as_their_prints_say() {
    let lexicon = lexicon();
    assert!(pages().len() >= 8);
    for page in pages() {
        let expected = std::fs::read_to_string(page.with_extension("print")).unwrap_or_default();
        assert_eq!(printed(&lexicon, &page), expected, "{}", page.display());
    }
}

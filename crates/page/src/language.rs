//! Which language is it written in? By whatlang where there is enough text, else as the page says.

use sayso_types::Language;

use crate::lexicon::PageLexicon;

/// The fewest characters on which the text itself decides.
const ENOUGH: usize = 120;

/// How much of the text is looked at, in bytes.
const LOOKED_AT: usize = 2000;

/// The language of `text`, the report without its boilerplate; `declared` is what the page says of it.
pub(crate) fn language(lexicon: &PageLexicon, text: &str, declared: Option<&str>) -> Language {
    let declared = declared.map(Language::of_code).filter(|language| *language != Language::Undetermined);
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let detected = whatlang::detect(&text[..end]).filter(|info| info.is_reliable());
    match (detected, declared) {
        (Some(info), Some(declared)) if text.len() >= ENOUGH => agreed(lexicon.language(info.lang().code()), declared, info.confidence()),
        (Some(info), None) if text.len() >= ENOUGH => lexicon.language(info.lang().code()),
        (_, Some(declared)) => declared,
        _ => Language::Undetermined,
    }
}

/// A page that calls itself English by default is often not; one that names another language seldom errs.
fn agreed(detected: Language, declared: Language, confidence: f64) -> Language {
    if detected == declared || declared == Language::English || confidence > 0.9 { detected } else { declared }
}

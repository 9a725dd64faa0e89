//! Analyses for tests: sentences, tokens and a few parts of speech cut by rule, without models.

use sayso_types::{Analysis, Relation, Sentence, Span, Token, Upos};

/// The analysis of a text: a blank line ends a block; `.`, `!` or `?` before a space and a capital ends a sentence.
pub(crate) fn analysis(text: &str) -> Analysis {
    let mut analysis = Analysis::default();
    let mut begin = 0;
    let mut block = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let rest = &text[after..];
        let stop = matches!(c, '.' | '!' | '?') && rest.starts_with([' ', '\n']) && !abbreviated(&text[begin..at]);
        let capital = rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“');
        let blank = c == '\n' && rest.starts_with('\n');
        if blank || (stop && capital) || rest.is_empty() {
            sentence(&mut analysis, text, begin..after, block);
            begin = after;
        }
        block += usize::from(blank);
    }
    analysis
}

/// Whether the point after these words is an abbreviation's.
fn abbreviated(before: &str) -> bool {
    let word = before.rsplit([' ', '\n', '(']).next().unwrap_or_default();
    let short = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mr", "Gen", "Col", "Lt", "No"];
    short.contains(&word) || word.chars().count() == 1 || word.contains('.')
}

fn sentence(analysis: &mut Analysis, text: &str, range: std::ops::Range<usize>, block: usize) {
    let first = analysis.tokens.len();
    let words = &text[range.clone()];
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let c = rest.chars().next().expect("at stands before the end");
        let length = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if c.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let span = Span::new(range.start + at, range.start + at + length).expect("a token is not empty");
        let token = analysis.tokens.len();
        let lemma = span.text(text).to_lowercase().as_str().into();
        analysis.tokens.push(Token { span, lemma, pos: Upos::X, head: token, relation: Relation::Root });
        at += length;
    }
    let last = analysis.tokens.len();
    if first < last {
        let span = analysis.span_of(first..last);
        analysis.sentences.push(Sentence { span, tokens: first..last, block, parsed: false });
    }
}

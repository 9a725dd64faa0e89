//! What does an analysis look like? Much like CoNLL-U: a line a token, an empty line between sentences.

use std::fmt::Write as _;

use sayso_types::{Analysis, Document, NameClass, Sentence};

/// The analysis as text: of each sentence its number, block and words, then each token's number, form, lemma, part of speech, head (0
/// for the root, `_` where syntax was not read), relation, and name (`B-` its first word, `I-` a later one, `_` none).
pub fn print(document: &Document, analysis: &Analysis) -> String {
    let mut out = String::new();
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let words = sentence.span.text(&document.text).replace(char::is_whitespace, " ");
        // Writing to a String cannot fail.
        let _ = writeln!(out, "# sentence {number} block {} | {words}", sentence.block);
        for at in sentence.tokens.clone() {
            print_token(&mut out, document, analysis, sentence, at);
        }
        out.push('\n');
    }
    out
}

fn print_token(out: &mut String, document: &Document, analysis: &Analysis, sentence: &Sentence, at: usize) {
    let token = &analysis.tokens[at];
    let first = sentence.tokens.start;
    let (head, relation) = match (sentence.parsed, token.head == at) {
        (false, _) => ("_".to_owned(), "_"),
        (true, true) => ("0".to_owned(), token.relation.as_str()),
        (true, false) => ((token.head - first + 1).to_string(), token.relation.as_str()),
    };
    let form = token.span.text(&document.text);
    let (lemma, pos, name) = (&token.lemma, token.pos.as_str(), name_at(analysis, at));
    let _ = writeln!(out, "{}\t{form}\t{lemma}\t{pos}\t{head}\t{relation}\t{name}", at - first + 1);
}

fn name_at(analysis: &Analysis, token: usize) -> String {
    let after = analysis.names.partition_point(|name| name.tokens.end <= token);
    let Some(name) = analysis.names.get(after).filter(|name| name.tokens.start <= token) else { return "_".to_owned() };
    let place = if name.tokens.start == token { "B" } else { "I" };
    let kind = match name.kind {
        NameClass::Person => "PER",
        NameClass::Organization => "ORG",
        NameClass::Location => "LOC",
        NameClass::Other => "MISC",
    };
    format!("{place}-{kind}")
}

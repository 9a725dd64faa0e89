//! Where does a text name a building, street or ground? Capitalised words up to one that says so: "Altnagelvin Hospital", "Press Street".

use std::ops::Range;

use sayso_types::{NameClass, Upos};

use super::scan::Reader;

/// The longest name of a site, in tokens.
const LONGEST: usize = 8;

/// The name of a site that begins at token `at`.
pub(super) fn site(reader: &Reader, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    if !begins(reader, at, sentence) {
        return None;
    }
    let mut end = None;
    let mut token = at + 1;
    while token < sentence.end.min(at + LONGEST) {
        if reader.is_capitalised(token) {
            if reader.is("kind-site", token) {
                end = Some(token + 1);
            }
        } else if !links(reader, token) {
            break;
        }
        token += 1;
    }
    let end = end?;
    // "Robinson College Cambridge", "Orange County School Board": the name goes on.
    let goes_on = end < sentence.end && reader.is_capitalised(end) && !reader.is("direction", end);
    (!goes_on && !is_person(reader, end - 1)).then_some(at..end)
}

fn begins(reader: &Reader, at: usize, sentence: &Range<usize>) -> bool {
    let function = matches!(
        reader.analysis.tokens[at].pos,
        Upos::Det | Upos::Adp | Upos::Pron | Upos::Cconj | Upos::Sconj | Upos::Adv | Upos::Aux | Upos::Verb | Upos::Num
    );
    let within = at > sentence.start && reader.is_capitalised(at - 1) && !reader.is("title", at - 1);
    !function && !within && !reader.is("title", at)
}

/// What may stand between the words of such a name: "Church of", "St. Patrick's Cathedral".
fn links(reader: &Reader, token: usize) -> bool {
    match reader.word(token) {
        "'s" | "’s" | "'" | "’" => reader.is("kind-site", token + 1) && reader.is_capitalised(token + 1),
        "." | "&" => true,
        _ => false,
    }
}

fn is_person(reader: &Reader, token: usize) -> bool {
    reader.analysis.names.iter().any(|n| n.kind == NameClass::Person && n.tokens.contains(&token))
}

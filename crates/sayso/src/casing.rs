//! What do capitals say against the encoder? A word in small letters is no proper noun, and a name begins and ends with a capital.

use std::ops::Range;

use sayso_types::{NameSpan, Reading, Upos};

/// The reading as the capitals of its words allow it; words of a sentence all in small letters or all in capitals say nothing.
///
/// In "Islamic State's branch in Somalia" the name ends before "'s".
pub(crate) fn with_capitals(words: &[&str], reading: Reading) -> Reading {
    let capitals = words.iter().filter(|word| is_capital(word)).count();
    let lettered = words.iter().filter(|word| word.starts_with(char::is_alphabetic)).count();
    if capitals == 0 || capitals == lettered {
        return reading;
    }
    let joins = |at: usize| words.get(at + 1).is_some_and(|next| is_capital(next) && reading.pos.get(at + 1) == Some(&Upos::Propn));
    let pos = |(at, pos): (usize, &Upos)| {
        let small = words[at].starts_with(char::is_lowercase) && !words[at].chars().any(char::is_uppercase);
        if *pos == Upos::Propn && small && !joins(at) { Upos::Noun } else { *pos }
    };
    let pos = reading.pos.iter().enumerate().map(pos).collect();
    let names =
        reading.names.iter().filter_map(|name| Some(NameSpan { words: trimmed(words, name.words.clone())?, kind: name.kind })).collect();
    Reading { pos, names, ..reading }
}

/// The part of a name from its first capital or figure to its last, up to an owner's mark that no capital follows.
fn trimmed(words: &[&str], name: Range<usize>) -> Option<Range<usize>> {
    let named = |at: &usize| is_capital(words[*at]) || words[*at].starts_with(|c: char| c.is_ascii_digit());
    let owner = name
        .clone()
        .find(|at| matches!(words[*at], "'s" | "’s") && words.get(at + 1).is_some_and(|next| next.starts_with(char::is_lowercase)));
    let end = owner.unwrap_or(name.end);
    let first = (name.start..end).find(named)?;
    let last = (name.start..end).rev().find(named)?;
    // What a bracket, a quotation mark or the like closes stays whole.
    let last = if words.get(last + 1).is_some_and(|next| matches!(*next, "." | ")")) && last + 1 < end { last + 1 } else { last };
    Some(first..last + 1)
}

fn is_capital(word: &str) -> bool {
    word.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_types::NameClass;

    #[test]
    fn names_end_with_their_capitals() {
        let words: Vec<&str> = "Islamic State 's branch in Somalia attacked".split(' ').collect();
        assert_eq!(trimmed(&words, 0..6), Some(0..2));
        assert_eq!(trimmed(&words, 3..6), Some(5..6));
        assert_eq!(trimmed(&words, 3..4), None);
    }

    #[test]
    fn small_letters_are_no_proper_noun_but_in_a_name() {
        let words: Vec<&str> = "troops met Omar al Bashir near army posts".split(' ').collect();
        let names = vec![NameSpan { words: 2..5, kind: NameClass::Person }];
        let read = with_capitals(&words, Reading { pos: vec![Upos::Propn; words.len()], names, ..Reading::default() });
        assert_eq!(read.pos[3], Upos::Propn);
        assert_eq!((read.pos[0], read.pos[6]), (Upos::Noun, Upos::Noun));
    }
}

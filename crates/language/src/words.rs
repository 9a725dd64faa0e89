//! What do the models see of a word? Its form, affixes, shape and stem, hashed once for a sentence.

use crate::features::{CharHash, hash_chars};

/// A word as the models see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// The form in lower case, numbers by their kind only.
    pub lower: u32,
    /// The form as written.
    pub exact: u32,
    /// Capitals, small letters, digits and signs, runs cut at two.
    pub shape: u32,
    /// The first one, two and three letters.
    pub prefix: [u32; 3],
    /// The last one to four letters.
    pub suffix: [u32; 4],
    /// The form without its inflection, roughly: one stem for "attack", "attacks", "attacked", "attacking".
    pub stem: u32,
    /// Whether it begins with a capital (1), has no small letters (2), holds a digit (4), holds a hyphen or dot (8).
    pub look: u32,
}

/// What the models see of each word of a sentence.
pub fn words(sentence: &[&str]) -> Vec<Word> {
    let mut chars = Vec::with_capacity(24);
    sentence.iter().map(|form| word(form, &mut chars)).collect()
}

fn word(form: &str, lower: &mut Vec<char>) -> Word {
    lower.clear();
    let mut exact = CharHash::EMPTY;
    for c in form.chars().map(plain) {
        exact = exact.and(c);
        if c.is_ascii() { lower.push(c.to_ascii_lowercase()) } else { lower.extend(c.to_lowercase()) }
    }
    // What begins the word is hashed in one go.
    let stem_end = stem(lower).len();
    let (mut hash, mut stem) = (CharHash::EMPTY, CharHash::EMPTY);
    let mut prefix = [CharHash::EMPTY; 3];
    for (at, c) in lower.iter().enumerate() {
        hash = hash.and(*c);
        if at + 1 == stem_end {
            stem = hash;
        }
        if at < prefix.len() {
            prefix[at..].fill(hash);
        }
    }
    let ending = |n: usize| hash_chars(lower[lower.len().saturating_sub(n)..].iter().copied());
    Word {
        lower: numeral(lower).unwrap_or(hash.folded()),
        exact: exact.folded(),
        shape: shape(form),
        prefix: prefix.map(CharHash::folded),
        suffix: [1, 2, 3, 4].map(ending),
        stem: stem.folded(),
        look: look(form),
    }
}

/// Curly quotes and dashes as a keyboard writes them.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        _ => c,
    }
}

/// The hash of the kind of number that a form is.
fn numeral(lower: &[char]) -> Option<u32> {
    let part = |c: &char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '/');
    if !lower.first().is_some_and(char::is_ascii_digit) || !lower.iter().all(part) {
        return None;
    }
    let kind = match (lower.len(), lower.iter().all(char::is_ascii_digit)) {
        (4, true) if matches!(lower[0], '1' | '2') => "<year>",
        (1 | 2, true) => "<short>",
        (_, true) => "<number>",
        _ => "<numeral>",
    };
    Some(hash_chars(kind.chars()))
}

fn shape(form: &str) -> u32 {
    let mut last = ' ';
    let mut run = 0;
    hash_chars(form.chars().filter_map(|c| {
        let kind = match plain(c) {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_ascii_digit() => 'd',
            c => c,
        };
        run = if kind == last { run + 1 } else { 0 };
        last = kind;
        (run < 2).then_some(kind)
    }))
}

fn look(form: &str) -> u32 {
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    let small = form.chars().any(char::is_lowercase);
    let digit = form.bytes().any(|b| b.is_ascii_digit());
    let joined = form.bytes().any(|b| matches!(b, b'-' | b'.'));
    u32::from(capital) | u32::from(!small) << 1 | u32::from(digit) << 2 | u32::from(joined) << 3
}

/// Cuts "ies", "ing", "ed", "es", "s", then a final "e" or the second of two like consonants.
fn stem(lower: &[char]) -> &[char] {
    let count = lower.len();
    let ends = |end: &str| count > end.len() + 2 && lower.iter().rev().copied().zip(end.chars().rev()).all(|(a, b)| a == b);
    let cut = if ends("ing") {
        3
    } else if ends("ied") || ends("ies") || ends("ed") {
        2
    } else if ends("s") && !ends("ss") && !ends("us") {
        1
    } else {
        0
    };
    let mut rest = &lower[..count - cut];
    if rest.len() > 3 && matches!(rest[rest.len() - 1], 'e' | 'y' | 'i') {
        rest = &rest[..rest.len() - 1];
    }
    if rest.len() > 3 && rest[rest.len() - 1] == rest[rest.len() - 2] {
        rest = &rest[..rest.len() - 1];
    }
    rest
}

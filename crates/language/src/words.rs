//! What do the models see of a word? Its form, affixes, shape and stem, hashed once for a sentence.

use crate::features::hash_chars;

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
    lower.extend(form.chars().map(plain).flat_map(lower_case));
    let count = lower.len();
    let part = |from: usize, to: usize| hash_chars(lower[from..to].iter().copied());
    Word {
        lower: hash_form(lower),
        exact: hash_chars(form.chars().map(plain)),
        shape: shape(form),
        prefix: [1, 2, 3].map(|n| part(0, count.min(n))),
        suffix: [1, 2, 3, 4].map(|n| part(count.saturating_sub(n), count)),
        stem: hash_chars(stem(lower).iter().copied()),
        look: look(form),
    }
}

fn lower_case(c: char) -> impl Iterator<Item = char> {
    let ascii = c.is_ascii().then(|| c.to_ascii_lowercase());
    let other = (!c.is_ascii()).then(|| c.to_lowercase()).into_iter().flatten();
    ascii.into_iter().chain(other)
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

fn hash_form(lower: &[char]) -> u32 {
    let numeral = |c: &char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '/');
    if !lower.first().is_some_and(char::is_ascii_digit) || !lower.iter().all(numeral) {
        return hash_chars(lower.iter().copied());
    }
    match (lower.len(), lower.iter().all(char::is_ascii_digit)) {
        (4, true) if matches!(lower[0], '1' | '2') => hash_chars("<year>".chars()),
        (1 | 2, true) => hash_chars("<short>".chars()),
        (_, true) => hash_chars("<number>".chars()),
        _ => hash_chars("<numeral>".chars()),
    }
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

//! Where does a token end? At spaces, punctuation, hyphens and clitics, as the English treebanks of Universal Dependencies cut them:
//! "doesn't" is "does", "n't"; "Taliban-led" is "Taliban", "-", "led"; "anti-tank" and "U.S." stay whole.

use sayso_types::Span;

use crate::Lexicon;
use crate::lexicon::lemma::lowered;

/// The tokens of one sentence of `text`, in order, on character boundaries, without empty ones.
pub fn tokens(text: &str, sentence: Span, lexicon: &Lexicon) -> Vec<Span> {
    let mut cutter = Cutter { text, lexicon, tokens: Vec::with_capacity(sentence.len() / 5 + 1), end: sentence.end() };
    let mut start = sentence.start();
    while start < sentence.end() {
        let rest = &text[start..sentence.end()];
        let space = rest.len() - rest.trim_start().len();
        let from = start + space;
        let length = rest[space..].find(char::is_whitespace).unwrap_or(rest.len() - space);
        cutter.chunk(from, from + length);
        start = from + length;
    }
    cutter.tokens
}

struct Cutter<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    tokens: Vec<Span>,
    end: usize,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize) {
        self.tokens.extend(Span::new(start, end));
    }

    /// Cuts what stands between two spaces.
    fn chunk(&mut self, start: usize, end: usize) {
        let mut from = start;
        while let Some(c) = self.text[from..end].chars().next().filter(|c| is_opening(*c)) {
            if self.keeps_apostrophe(from, end) {
                break;
            }
            let length = same(&self.text[from..end], c);
            self.push(from, from + length);
            from += length;
        }
        let mut closing = Vec::new();
        let mut to = end;
        while let Some(length) = self.closing(from, to) {
            closing.push((to - length, to));
            to -= length;
        }
        if from < to {
            self.word(from, to);
        }
        for (start, end) in closing.into_iter().rev() {
            self.push(start, end);
        }
    }

    /// The length of the punctuation that ends `from..to`, where it is no part of the word.
    fn closing(&self, from: usize, to: usize) -> Option<usize> {
        let part = &self.text[from..to];
        let last = part.chars().next_back()?;
        let length = last.len_utf8();
        match last {
            '.' => self.period(from, to),
            '!' | '?' => Some(part.len() - part.trim_end_matches(['!', '?']).len()),
            '-' => Some(part.len() - part.trim_end_matches('-').len()),
            '\'' | '’' if part.len() > length && is_clitic(self.lexicon, part) => None,
            ',' | ';' | ':' | '"' | '\'' | '”' | '’' | '‘' | '“' | ')' | ']' | '}' | '>' | '»' | '%' | '…' | '–' | '—' | '*' | '/'
            | '°' => Some(length),
            _ => None,
        }
    }

    /// A final period stands alone unless it belongs to an abbreviation or to letters parted by periods.
    fn period(&self, from: usize, to: usize) -> Option<usize> {
        let part = &self.text[from..to];
        let dots = part.len() - part.trim_end_matches('.').len();
        if dots > 1 || part.len() == 1 {
            return Some(dots);
        }
        let word = part.rsplit(['-', '/', '–', '—']).next().unwrap_or(part);
        let bare = &word[..word.len() - 1];
        let letters = bare.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        let initial = letters && bare.len() > 1 || letters && bare != "I" && to < self.end && bare.chars().all(char::is_uppercase);
        let listed = self.lexicon.abbreviation(word).is_some() && (to < self.end || word[..word.len() - 1].contains('.'));
        (!(initial || listed)).then_some(1)
    }

    /// An apostrophe that begins a word: "'s", "'90s", "'em".
    fn keeps_apostrophe(&self, from: usize, end: usize) -> bool {
        let part = &self.text[from..end];
        let rest = part.trim_start_matches(['\'', '’']);
        let word = rest.trim_end_matches(|c: char| c.is_ascii_punctuation());
        rest.len() < part.len()
            && (word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s')
                || self.lexicon.clitics.iter().any(|clitic| lowered(&part[..part.len() - rest.len() + word.len()]) == clitic.as_str()))
    }

    /// Cuts a word without punctuation around it: at hyphens and slashes, then at clitics.
    fn word(&mut self, start: usize, end: usize) {
        if is_address(&self.text[start..end]) {
            return self.push(start, end);
        }
        let mut from = start;
        let mut search = start;
        while let Some(step) = self.text[search..end].find(is_joint) {
            let at = search + step;
            let c = self.text[at..].chars().next().unwrap_or('-');
            search = at + c.len_utf8();
            let length = same(&self.text[at..end], c);
            if at == start || !self.parts_at(from, at, at + length, end) {
                continue;
            }
            self.piece(from, at);
            self.push(at, at + length);
            (from, search) = (at + length, at + length);
        }
        self.piece(from, end);
    }

    /// Whether the joint `at..after` of the word `from..end` is a token of its own.
    fn parts_at(&self, from: usize, at: usize, after: usize, end: usize) -> bool {
        let (left, right) = (&self.text[from..at], &self.text[after..end]);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match self.text[at..].chars().next() {
            Some('.') => right.starts_with('.') || after - at > 1,
            _ if left.is_empty() || right.is_empty() => true,
            Some('-') if after - at > 1 => true,
            Some('-' | '‐' | '‑') => !self.lexicon.prefixes.contains(lowered(left).as_str()),
            Some('/') => !(digit(left.chars().next_back()) && digit(right.chars().next())),
            Some(',' | ':' | ';') => !(digit(left.chars().next_back()) && digit(right.chars().next())),
            _ => true,
        }
    }

    /// Cuts clitics, listed contractions and units off a piece between joints.
    fn piece(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        let form = &self.text[start..end];
        let cut = clitic(self.lexicon, form).or_else(|| self.contraction(form)).or_else(|| self.unit(form));
        match cut {
            Some(at) if at > 0 && at < form.len() => {
                self.piece(start, start + at);
                self.piece(start + at, end);
            }
            _ => self.push(start, end),
        }
    }

    fn contraction(&self, form: &str) -> Option<usize> {
        let lower = lowered(form);
        let at = self.lexicon.part(&lower)?;
        form.char_indices().nth(lower[..at].chars().count()).map(|(at, _)| at)
    }

    /// The end of a number that a unit is written on to: 2 for "35mm"; and of a currency's sign.
    fn unit(&self, form: &str) -> Option<usize> {
        if let Some(sign) = form.find(['$', '€', '£', '₹', '¥']) {
            let length = form[sign..].chars().next().map_or(1, char::len_utf8);
            return Some(if sign > 0 && sign + length == form.len() { sign } else { sign + length });
        }
        let digits = form.len() - form.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')).len();
        (digits > 0 && digits < form.len() && self.lexicon.units.contains(lowered(&form[digits..]).as_str())).then_some(digits)
    }
}

/// The byte at which a clitic begins: 4 for "does|n't", 7 for "Taliban|'s" and for "Taliban|'" that ends in s.
fn clitic(lexicon: &Lexicon, form: &str) -> Option<usize> {
    if !form.contains(['\'', '’']) {
        return None;
    }
    let lower = |c: char| if c == '’' { '\'' } else { c.to_ascii_lowercase() };
    let fits = |clitic: &&String| {
        let count = clitic.chars().count();
        let tail = form.chars().rev().take(count).map(lower);
        form.chars().count() > count && tail.eq(clitic.chars().rev())
    };
    let found = lexicon.clitics.iter().find(fits)?;
    form.char_indices().rev().nth(found.chars().count() - 1).map(|(at, _)| at)
}

/// Whether the apostrophe that ends `form` begins or is a clitic of it rather than a closing quote; it is cut off either way.
fn is_clitic(lexicon: &Lexicon, form: &str) -> bool {
    lexicon.clitics.iter().any(|clitic| clitic.ends_with('\'') && lowered(form).ends_with(clitic.as_str()))
}

/// How many bytes of like characters a text begins with, where such are one token ("--", "..."); else one character.
fn same(text: &str, c: char) -> usize {
    if matches!(c, '-' | '.' | '!' | '?' | '*' | '_' | '=' | '\'' | '`') {
        text.len() - text.trim_start_matches(c).len()
    } else {
        c.len_utf8()
    }
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '‘'
            | '’'
            | '`'
            | '('
            | '['
            | '{'
            | '<'
            | '«'
            | '#'
            | '-'
            | '–'
            | '—'
            | '…'
            | '.'
            | '*'
            | '•'
            | '/'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
    )
}

fn is_joint(c: char) -> bool {
    matches!(
        c,
        '-' | '‐'
            | '‑'
            | '–'
            | '—'
            | '/'
            | '…'
            | '.'
            | ','
            | ':'
            | ';'
            | '('
            | ')'
            | '['
            | ']'
            | '"'
            | '“'
            | '”'
            | '?'
            | '!'
            | '&'
            | '~'
            | '='
    ) && c != '&'
}

/// Whether a word is an address, a handle or a tag, which stays whole.
fn is_address(word: &str) -> bool {
    let domain = || {
        let host = word.split('/').next().unwrap_or(word);
        let ending = host.rsplit('.').next().unwrap_or_default();
        host.contains('.') && matches!(ending, "com" | "org" | "net" | "gov" | "edu" | "info")
    };
    word.contains("://") || word.starts_with("www.") || word.starts_with('@') || (word.contains('@') && word.contains('.')) || domain()
}

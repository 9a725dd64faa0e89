//! Where does a sentence end? At a period, question or exclamation mark that no abbreviation, number or quotation explains
//! otherwise, and where a block or a heading's line ends.

use sayso_types::{Block, BlockKind, Span};

use crate::Lexicon;
use crate::lexicon::Abbreviation;

/// A line shorter than this, in bytes, may be a heading of its own; longer ones are text that was wrapped.
const HEADING: usize = 60;

/// The sentences of one block of `text`, in order, without the space around them.
///
/// "Gen. John Nicholson met U.S. troops. \"It is over,\" he said." has two.
pub fn sentences(text: &str, block: Block, lexicon: &Lexicon) -> Vec<Span> {
    let end = block.span.end().min(text.len());
    let mut found = Vec::new();
    let mut start = block.span.start().min(end);
    let mut at = start;
    while let Some(step) = text[at..end].find(['.', '!', '?', '…', ':', '\n']) {
        let mark = at + step;
        let here = Candidate { text: &text[start..end], at: mark - start, lexicon, kind: block.kind };
        at = match here.boundary() {
            Some(length) => {
                found.extend(trimmed(text, start, start + length));
                start += length;
                start
            }
            None => mark + text[mark..].chars().next().map_or(1, char::len_utf8),
        };
    }
    found.extend(trimmed(text, start, end));
    found
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let part = &text[start..end];
    let from = start + part.len() - part.trim_start().len();
    Span::new(from, from + part.trim().len())
}

/// A mark that may end the sentence that `text` begins with.
struct Candidate<'t> {
    text: &'t str,
    at: usize,
    lexicon: &'t Lexicon,
    kind: BlockKind,
}

impl Candidate<'_> {
    /// The length of the sentence, closing marks included, if it ends here.
    fn boundary(&self) -> Option<usize> {
        let mark = self.text[self.at..].chars().next()?;
        if mark == '\n' {
            return self.line_ends().then_some(self.at + 1);
        }
        if mark == ':' {
            return self.caption();
        }
        let end = self.closed();
        let rest = &self.text[end..];
        let next = rest.trim_start();
        if next.is_empty() {
            return Some(self.text.len());
        }
        if rest.len() == next.len() {
            return self.glued(end, next).then_some(end);
        }
        if rest[..rest.len() - next.len()].contains("\n\n") {
            return Some(end);
        }
        let ends = if mark == '.' { self.period_ends(end, next) } else { opens(next) };
        ends.then_some(end)
    }

    /// The length of what stands before a caption's first word: "The troops left Image: Reuters".
    fn caption(&self) -> Option<usize> {
        let before = &self.text[..self.at];
        let word = last_word(before);
        let length = before.len() - word.len();
        (self.lexicon.captions.contains(word) && !before[..length].trim().is_empty()).then_some(length)
    }

    /// Whether a line's end is a sentence's: before an empty line, in a headline, and after a short line that no mark closes.
    fn line_ends(&self) -> bool {
        let before = &self.text[..self.at];
        let line = before.rsplit('\n').next().unwrap_or(before).trim();
        let rest = &self.text[self.at + 1..];
        let next = rest.trim_start();
        let empty_line = rest[..rest.len() - next.len()].contains('\n');
        let heading = line.len() < HEADING && !line.ends_with([',', ';', '-']) && !next.starts_with(char::is_lowercase);
        self.kind == BlockKind::Title || empty_line || heading
    }

    /// The end of the mark with its repetitions, closing quotes and brackets, and footnote numbers.
    fn closed(&self) -> usize {
        let mut end = self.at;
        let tail = &self.text[self.at..];
        let mut chars = tail.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let closes = matches!(c, '.' | '!' | '?' | '…' | '”' | '’' | '»' | ')' | ']')
                || matches!(c, '"' | '\'') && chars.peek().is_none_or(|(_, next)| !next.is_alphanumeric());
            if closes {
                end = self.at + at + c.len_utf8();
            } else if c == '['
                && let Some(length) = footnote(&tail[at..])
            {
                end = self.at + at + length;
                for _ in 1..length {
                    chars.next();
                }
            } else {
                break;
            }
        }
        end
    }

    /// Whether two sentences stand together without a space: "was killed.The army".
    fn glued(&self, end: usize, next: &str) -> bool {
        let word = last_word(&self.text[..self.at]);
        let lower = word.chars().rev().take(3).filter(|c| c.is_lowercase()).count() == 3;
        let mut after = next.trim_start_matches(['"', '“', '‘']).chars();
        let capital = after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(|c| c.is_lowercase() || c == ' ');
        let address = word.contains(['/', '@', '.']) || next.split_whitespace().next().is_some_and(|word| word.contains(['/', '@']));
        let listed = self.text[self.at..].starts_with('.') && self.abbreviation(word).is_some();
        lower && capital && !address && !listed && end > self.at
    }

    fn period_ends(&self, end: usize, next: &str) -> bool {
        if !opens(next) {
            return false;
        }
        let single = self.text[self.at..].strip_prefix('.').is_some_and(|rest| !rest.starts_with('.'));
        let word = last_word(&self.text[..self.at]);
        if !single || word.is_empty() {
            return true;
        }
        if word.bytes().all(|b| b.is_ascii_digit()) && self.text[..self.at].trim_start() == word {
            return false;
        }
        match self.abbreviation(word) {
            None => true,
            Some(_) if end > self.at + 1 && self.text[self.at + 1..end].contains(['"', '”', '’', ')']) => true,
            Some(Abbreviation::BeforeName) => false,
            Some(Abbreviation::BeforeNumber) => !next.starts_with(|c: char| c.is_ascii_digit()),
            Some(Abbreviation::Anywhere) => self.lexicon.opens_sentences(&first_word(next)),
        }
    }

    /// Whether `word` with its period is an abbreviation: a listed one, an initial, or letters parted by periods.
    fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let whole = &self.text[self.at - word.len()..=self.at];
        let listed = self.lexicon.abbreviation(whole).or_else(|| self.lexicon.abbreviation(whole.rsplit('-').next().unwrap_or(whole)));
        let letters = || word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        listed.or_else(|| {
            (letters() && word != "I").then_some(if word.len() > 1 { Abbreviation::Anywhere } else { Abbreviation::BeforeName })
        })
    }
}

/// The length of a footnote number: 3 for "[1] The".
fn footnote(tail: &str) -> Option<usize> {
    let digits = tail[1..].bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && tail[1 + digits..].starts_with(']')).then_some(digits + 2)
}

/// Whether a sentence may begin so: not with a small letter, unless it is an Arabic article of a name.
fn opens(next: &str) -> bool {
    let bare = next.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«']);
    let first = bare.chars().next().unwrap_or('A');
    let marks = matches!(first, ',' | ';' | ':' | '.' | '?' | '!' | ')' | '%');
    let article = ["al-", "el-", "al ", "el "].iter().any(|article| bare.starts_with(article));
    let dash = first == '-' || first == '–' || first == '—';
    !marks && !dash && (!first.is_lowercase() || article)
}

fn last_word(before: &str) -> &str {
    before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '[' | '/' | '—' | '–')).next().unwrap_or(before)
}

fn first_word(next: &str) -> String {
    let bare = next.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

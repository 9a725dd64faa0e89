//! How would a text that is written all in capitals stand in mixed case? Wire and monitoring services long sent nothing but capitals,
//! and every reader behind this one was taught by mixed case.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::error::Error;
use crate::lexicon::{LexiconFile, rows};

/// What a word in lower case can be besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Besides {
    Nothing,
    /// A family name or the like: "bush".
    Name,
    /// "may" with a number beside it.
    Month,
    /// Stands before a person's name: "president".
    Title,
    /// Opens the name of a place or person: "san".
    Opens,
    /// Joins the parts of a name: "de".
    Joins,
    /// Makes a word of another: "anti".
    Prefix,
    /// No word but a short name, which is no acronym: "ana".
    Given,
}

/// What tells words that stand in lower case from names and acronyms.
#[derive(Clone, Debug)]
pub struct Casing {
    words: Vec<(CompactString, Besides)>,
    /// By the first word in lower case: names as they are written, in words.
    names: BTreeMap<CompactString, Vec<Vec<CompactString>>>,
}

/// Share of lower-case letters, in percent, up to which a text counts as written in capitals.
const MOST_LOWER: usize = 5;
/// A text with fewer letters is a heading or a code, and is left as it is.
const FEWEST_LETTERS: usize = 40;
/// Words of at most so many letters that are no English words are acronyms, unless they are places.
const SHORT: usize = 3;
/// Longer acronyms have no vowel, or stand alone in brackets.
const LONG: usize = 7;

impl Casing {
    /// From the words that stand in lower case, and from names as they are written in mixed case.
    ///
    /// # Errors
    /// Names the line with an unknown second column.
    pub fn load<'n>(file: LexiconFile<'_>, names: impl IntoIterator<Item = &'n str>) -> Result<Casing, Error> {
        let mut words = Vec::new();
        for (line, columns) in rows(file) {
            let besides = match columns.get(1).copied().unwrap_or_default() {
                "" => Besides::Nothing,
                "name" => Besides::Name,
                "month" => Besides::Month,
                "title" => Besides::Title,
                "opens" => Besides::Opens,
                "joins" => Besides::Joins,
                "prefix" => Besides::Prefix,
                "given" => Besides::Given,
                other => return Err(Error::lexicon(file.name, line, format!("unknown `{other}`"))),
            };
            words.push((CompactString::from(columns[0]), besides));
        }
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut casing = Casing { words, names: BTreeMap::new() };
        for name in names {
            casing.add_name(name);
        }
        for known in casing.names.values_mut() {
            known.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        Ok(casing)
    }

    /// Names of several words, and acronyms that are no words themselves.
    fn add_name(&mut self, name: &str) {
        if name.contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        let words: Vec<CompactString> = pieces(name).map(|word| CompactString::from(word.text)).collect();
        let told = match &words[..] {
            [] => false,
            [one] => one.len() > 1 && one.chars().all(char::is_uppercase) && self.besides(&one.to_lowercase()).is_none(),
            [first, ..] => first.len() > 1 && words.iter().any(|w| w.starts_with(char::is_uppercase)),
        };
        if told {
            self.names.entry(words[0].to_lowercase()).or_default().push(words);
        }
    }

    fn besides(&self, lower: &str) -> Option<Besides> {
        self.words.binary_search_by(|(known, _)| known.as_str().cmp(lower)).ok().map(|at| self.words[at].1)
    }

    /// Whether it is an English word, or one with a prefix before it: "antidrug".
    fn is_word(&self, lower: &str) -> bool {
        let prefixed = |at: usize| self.besides(&lower[..at]) == Some(Besides::Prefix) && self.besides(&lower[at..]).is_some();
        self.besides(lower).is_some() || (2..lower.len()).any(|at| lower.is_char_boundary(at) && prefixed(at))
    }
}

/// A run of letters.
#[derive(Clone, Copy, Debug)]
struct Piece<'t> {
    start: usize,
    text: &'t str,
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphabetic)?;
        let length = text[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - start);
        at = start + length;
        Some(Piece { start, text: &text[start..at] })
    })
}

/// The text in mixed case, byte for byte as long, if it is written in capitals; `is_place` tells whether a name in mixed case is a place's.
///
/// "THE FMLN ATTACKED SAN MIGUEL, PRESIDENT CRISTIANI SAID." → "The FMLN attacked San Miguel, President Cristiani said."
pub fn mixed_case(text: &str, casing: &Casing, is_place: &dyn Fn(&str) -> bool) -> Option<String> {
    if !is_in_capitals(text) {
        return None;
    }
    let mut cased = text.to_ascii_lowercase();
    let reading = Reading { text, words: pieces(text).collect(), casing, is_place };
    let mut at = 0;
    while at < reading.words.len() {
        at = match reading.name(at) {
            Some(name) => {
                for (word, written) in reading.words[at..].iter().zip(name) {
                    cased.replace_range(word.start..word.start + word.text.len(), written);
                }
                at + name.len()
            }
            None => {
                let word = reading.words[at];
                let capitals = match reading.form(at) {
                    Form::Lower => 0,
                    Form::Capital => word.text.chars().next().map_or(0, char::len_utf8),
                    Form::Acronym => word.text.len(),
                };
                cased.replace_range(word.start..word.start + capitals, &word.text[..capitals]);
                at + 1
            }
        };
    }
    Some(cased)
}

fn is_in_capitals(text: &str) -> bool {
    let lower = text.bytes().filter(u8::is_ascii_lowercase).count();
    let upper = text.bytes().filter(u8::is_ascii_uppercase).count();
    upper >= FEWEST_LETTERS && lower * 100 <= (lower + upper) * MOST_LOWER
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Lower,
    Capital,
    Acronym,
}

struct Reading<'r> {
    text: &'r str,
    words: Vec<Piece<'r>>,
    casing: &'r Casing,
    is_place: &'r dyn Fn(&str) -> bool,
}

impl<'r> Reading<'r> {
    /// The longest known name that begins at a word.
    fn name(&self, at: usize) -> Option<&'r [CompactString]> {
        let known = self.casing.names.get(self.words[at].text.to_lowercase().as_str())?;
        let fits = |name: &&Vec<CompactString>| {
            let here = self.words.get(at..at + name.len());
            here.is_some_and(|here| {
                let alike = here.iter().zip(name.iter()).all(|(word, written)| word.text.eq_ignore_ascii_case(written));
                alike && (1..here.len()).all(|next| self.between(at + next - 1).len() <= 2)
            })
        };
        known.iter().find(fits).map(Vec::as_slice)
    }

    /// What stands between a word and the next.
    fn between(&self, at: usize) -> &str {
        let end = self.words[at].start + self.words[at].text.len();
        &self.text[end..self.words.get(at + 1).map_or(self.text.len(), |next| next.start)]
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or(&self.text[..self.words[at].start], |last| self.between(last))
    }

    fn form(&self, at: usize) -> Form {
        let word = self.words[at].text;
        let lower = word.to_lowercase();
        let (before, behind) = (self.before(at), self.between(at));
        let form = self.inside(at, &lower, before, behind);
        if form == Form::Lower && self.opens_sentence(before, at) { Form::Capital } else { form }
    }

    /// The form inside a sentence.
    fn inside(&self, at: usize, lower: &str, before: &str, behind: &str) -> Form {
        if before.ends_with(['\'', '’']) && before.len() <= 3 && lower.len() <= 2 {
            return Form::Lower;
        }
        if before.ends_with(|c: char| c.is_ascii_digit()) {
            return if lower.len() <= 2 { Form::Lower } else { Form::Capital };
        }
        if lower.len() == 1 {
            let initial = behind.starts_with('.') || behind.starts_with(['\'', '’', '-']);
            return if lower == "i" || (initial && lower != "a") || behind.starts_with('.') { Form::Acronym } else { Form::Lower };
        }
        match self.casing.besides(lower) {
            Some(Besides::Opens) => self.opener(at, lower),
            Some(Besides::Month) if self.beside_number(before, behind) => Form::Capital,
            Some(Besides::Name) if self.behind_title(at) => Form::Capital,
            Some(Besides::Title) if self.before_name(at) => Form::Capital,
            Some(Besides::Given) => Form::Capital,
            Some(_) if self.behind_opener(at, lower) => Form::Capital,
            Some(_) => Form::Lower,
            None if self.casing.is_word(lower) => Form::Lower,
            None if lower.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) => Form::Acronym,
            None if self.is_acronym(at, lower, before, behind) => Form::Acronym,
            None => Form::Capital,
        }
    }

    /// "San Miguel", "La Union", but "the la note".
    fn opener(&self, at: usize, lower: &str) -> Form {
        let Some(next) = self.words.get(at + 1).filter(|_| self.between(at).trim().is_empty()) else { return Form::Lower };
        let next = next.text.to_lowercase();
        let named = match self.casing.besides(&next) {
            Some(Besides::Opens) | None => true,
            Some(_) => (self.is_place)(&format!("{} {}", capitalised(lower), capitalised(&next))),
        };
        if named { Form::Capital } else { Form::Lower }
    }

    /// The "Union" of "La Union".
    fn behind_opener(&self, at: usize, lower: &str) -> bool {
        let Some(last) = at.checked_sub(1).filter(|last| self.between(*last).trim().is_empty()) else { return false };
        let opener = self.words[last].text.to_lowercase();
        self.casing.besides(&opener) == Some(Besides::Opens) && (self.is_place)(&format!("{} {}", capitalised(&opener), capitalised(lower)))
    }

    fn beside_number(&self, before: &str, behind: &str) -> bool {
        let digit = |c: char| c.is_ascii_digit();
        before.trim_end().ends_with(digit) || behind.trim_start().starts_with(digit)
    }

    /// The "President" of "President Cristiani".
    fn before_name(&self, at: usize) -> bool {
        let next = self.words.get(at + 1).filter(|_| matches!(self.between(at).trim(), "" | "."));
        next.is_some_and(|next| {
            let lower = next.text.to_lowercase();
            lower.len() > SHORT && !self.casing.is_word(&lower)
        })
    }

    fn behind_title(&self, at: usize) -> bool {
        let title = at.checked_sub(1).filter(|last| self.between(*last).trim().is_empty());
        title.is_some_and(|last| self.casing.besides(&self.words[last].text.to_lowercase()) == Some(Besides::Title))
    }

    fn is_acronym(&self, at: usize, lower: &str, before: &str, behind: &str) -> bool {
        let vowel = lower.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let alone = before.ends_with(['(', '[']) && behind.starts_with([')', ']']);
        let abbreviated = behind.starts_with('.') && !self.opens_sentence(behind, at + 1);
        let behind_opener = at > 0 && self.casing.besides(&self.words[at - 1].text.to_lowercase()) == Some(Besides::Opens);
        let short = lower.len() <= SHORT && !behind_opener && !(self.is_place)(&capitalised(lower));
        !abbreviated && (short || (lower.len() <= LONG && (!vowel || alone)))
    }

    /// Whether a sentence ends in what stands before a word; an abbreviation's period is told by a known title or initial before it.
    fn opens_sentence(&self, before: &str, at: usize) -> bool {
        let Some(last) = at.checked_sub(1) else { return true };
        if before.contains("\n\n") || before.contains("--") {
            return true;
        }
        let marks = before.trim_start_matches([')', '"', '\'', '”', '’', ']']);
        let ended = marks.starts_with(['.', '!', '?']) && marks.contains(char::is_whitespace);
        let abbreviation = marks.starts_with('.')
            && (self.words[last].text.len() == 1
                || !self.casing.is_word(&self.words[last].text.to_lowercase())
                    && self.name(last).is_none()
                    && self.words[last].text.len() <= 4);
        ended && !abbreviation
    }
}

fn capitalised(lower: &str) -> String {
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let words = "a\nafter\nattacked\nand\nin\nby\nsaid\nthe\nwas\nkilled\npresident\ttitle\nbush\tname\nsan\topens\nla\topens\nde\tjoins\nmay\tmonth\nunion\n\
                     bodyguards\ntwo\nof\nhis\nit\n";
        let file = LexiconFile { name: "words", text: words };
        let casing = Casing::load(file, ["Shining Path", "FARC"]).expect("words");
        let found = mixed_case(text, &casing, &|name| matches!(name, "La Union"));
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn names_keep_their_capitals() {
        check(
            "THE SHINING PATH ATTACKED SAN MIGUEL AND LA UNION AFTER 3 MAY, PRESIDENT BUSH SAID.",
            Some("The Shining Path attacked San Miguel and La Union after 3 May, president Bush said."),
        );
        check(
            "PRESIDENT JOSE DE LA CRUZ WAS KILLED BY THE FARC. TWO OF HIS BODYGUARDS SAID IT WAS THE EPL (XEDROP).",
            Some("President Jose de La Cruz was killed by the FARC. Two of his bodyguards said it was the EPL (XEDROP)."),
        );
    }

    #[test]
    fn a_text_in_mixed_case_is_left_as_it_is() {
        check("The Shining Path attacked San Miguel and La Union after 3 May, President Bush said.", None);
        check("NATO", None);
    }
}

//! What do the lexicons say? Tables of words, their class and a value, read from tab-separated text.

use sayso_types::WordMap;

use crate::error::rows;
use crate::{Error, ErrorKind};

/// One data file as it comes in: its name, for messages, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Table<'t> {
    /// The name that messages give: `lexicons/en/times.tsv`.
    pub file: &'t str,
    /// Lines of tab-separated columns; lines that are empty or begin with `#` are skipped.
    pub text: &'t str,
}

/// What is wrong with a line's class or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The class is unknown.
    Class,
    /// The value does not fit the class.
    Value,
}

/// The longest word that a vocabulary holds, in bytes.
const LONGEST: usize = 16;

/// Words and what they mean, looked up without regard to ASCII case.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary<T>(WordMap<T>);

impl<T: Copy> Vocabulary<T> {
    /// The vocabulary of a table, each line's class and value read by `meaning`.
    pub(crate) fn read(table: Table<'_>, meaning: impl Fn(&str, &str) -> Result<T, Fault>) -> Result<Vocabulary<T>, Error> {
        let mut entries = WordMap::default();
        for (line, columns) in rows(table.text) {
            let error = |kind, expected: String| Error::new(kind, table.file, line, expected);
            let [word, class, value] = columns[..] else {
                return Err(error(ErrorKind::Syntax, "expected word, class and value, tab-separated".to_owned()));
            };
            if word.is_empty() || word.len() > LONGEST || !word.bytes().all(|b| b.is_ascii_lowercase()) {
                return Err(error(ErrorKind::Syntax, format!("expected a word of 1 to {LONGEST} letters a-z, found `{word}`")));
            }
            let meant = meaning(class, value).map_err(|fault| match fault {
                Fault::Class => error(ErrorKind::UnknownCode, format!("unknown class `{class}`")),
                Fault::Value => error(ErrorKind::UnknownCode, format!("unknown value `{value}` for class `{class}`")),
            })?;
            if entries.insert(word, meant).is_some() {
                return Err(error(ErrorKind::Duplicate, format!("`{word}` stands in the table twice")));
            }
        }
        Ok(Vocabulary(entries))
    }

    /// The vocabulary of words of letters a-z.
    pub(crate) fn of(entries: WordMap<T>) -> Vocabulary<T> {
        Vocabulary(entries)
    }

    /// What `word` means, if it is known.
    pub(crate) fn get(&self, word: &str) -> Option<T> {
        let mut lower = [0u8; LONGEST];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.0.get(std::str::from_utf8(lower).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vocabulary<u32>, Error> {
        let table = Table { file: "lexicons/en/words.tsv", text };
        Vocabulary::read(table, |class, value| match class {
            "one" => value.parse().map_err(|_| Fault::Value),
            _ => Err(Fault::Class),
        })
    }

    #[test]
    fn words_are_found_in_any_case() {
        let words = read("# comment\nthree\tone\t3\n\ntwo\tone\t2\nzebra\tone\t9\n").unwrap();
        assert_eq!(words.get("Two"), Some(2));
        assert_eq!(words.get("THREE"), Some(3));
        assert_eq!(words.get("zebra"), Some(9));
        for other in ["", "tw", "twos", "été", "9", "a word that is longer than sixteen bytes"] {
            assert_eq!(words.get(other), None, "{other}");
        }
    }

    #[test]
    fn a_bad_line_is_named() {
        for (text, kind, message) in [
            ("two\tone", ErrorKind::Syntax, "lexicons/en/words.tsv:1: expected word, class and value"),
            ("two\tone\t2\nsix\tsome\t6", ErrorKind::UnknownCode, "lexicons/en/words.tsv:2: unknown class `some`"),
            ("two\tone\tII", ErrorKind::UnknownCode, "lexicons/en/words.tsv:1: unknown value `II`"),
            ("two\tone\t2\ntwo\tone\t3", ErrorKind::Duplicate, "lexicons/en/words.tsv:2: `two` stands in the table twice"),
            ("Two\tone\t2", ErrorKind::Syntax, "lexicons/en/words.tsv:1: expected a word of 1 to 16 letters a-z, found `Two`"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.kind(), kind);
            assert!(error.to_string().starts_with(message), "{error}");
        }
    }
}

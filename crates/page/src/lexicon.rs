//! Which words tell a report from what stands around it? The word lists and patterns of `data/lexicons`, checked and compiled.

use std::collections::BTreeMap;
use std::fmt;

use regex::{Regex, RegexSet, RegexSetBuilder};
use sayso_types::{BlockKind, Language};
use serde::Deserialize;

use crate::dates::DateWords;
use crate::markup::Markup;

/// The data files that a [`PageLexicon`] is made of, as text.
#[derive(Clone, Copy, Debug)]
pub struct PageSources<'a> {
    /// `lexicons/en/boilerplate.toml`
    pub boilerplate: &'a str,
    /// `lexicons/months.tsv`
    pub months: &'a str,
    /// `lexicons/languages.tsv`
    pub languages: &'a str,
    /// `lexicons/markup.toml`
    pub markup: &'a str,
}

/// What the page crate knows of words: cues of boilerplate, forms of datelines, month names, language codes.
#[derive(Debug)]
pub struct PageLexicon {
    pub(crate) dates: DateWords,
    pub(crate) markup: Markup,
    pub(crate) cues: Vec<Cue>,
    pub(crate) cue_set: RegexSet,
    pub(crate) about: Vec<Sign>,
    pub(crate) datelines: Vec<DatelineForm>,
    pub(crate) not_places: Vec<String>,
    pub(crate) date_line_words: Vec<String>,
    languages: BTreeMap<String, String>,
}

/// A data file that does not hold what it should; the message names file, line where known, and what was expected.
#[derive(Debug)]
pub struct LexiconError {
    message: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LexiconError {}

/// The shape of a whole part that is not the report.
#[derive(Debug)]
pub(crate) struct Cue {
    pub kind: BlockKind,
    pub at: At,
    pub words: usize,
    /// Whether what follows it in the tail is of the same kind.
    pub opens: bool,
    pub pattern: Regex,
}

/// Where in a text a cue holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum At {
    Any,
    Head,
    Tail,
    Edge,
}

/// A sign, with its weight, that a paragraph speaks of the publisher or author.
#[derive(Debug)]
pub(crate) struct Sign {
    pub weight: f32,
    pub pattern: Regex,
}

/// One form of the words that name place, day and agency before the first sentence.
#[derive(Debug)]
pub(crate) struct DatelineForm {
    pub pattern: Regex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    agencies: Vec<String>,
    day: String,
    date_line_words: Vec<String>,
    not_places: Vec<String>,
    cue: Vec<CueEntry>,
    about: Vec<SignEntry>,
    dateline: Vec<DatelineEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    id: String,
    kind: BlockKind,
    at: At,
    words: usize,
    #[serde(default)]
    opens: bool,
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignEntry {
    id: String,
    weight: f32,
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatelineEntry {
    id: String,
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

/// How many bytes the automaton of all cues may grow to; with less it is built anew over and over.
const CUE_AUTOMATON: usize = 64 << 20;

const BOILERPLATE: &str = "lexicons/en/boilerplate.toml";

impl PageLexicon {
    /// The lexicon of these files, or what is wrong with the first that is wrong.
    pub fn parse(sources: PageSources<'_>) -> Result<PageLexicon, LexiconError> {
        let file: File = toml::from_str(sources.boilerplate).map_err(|e| broken_toml(BOILERPLATE, sources.boilerplate, &e))?;
        let markup = toml::from_str(sources.markup).map_err(|e| broken_toml("lexicons/markup.toml", sources.markup, &e))?;
        let dates = DateWords::new(months(sources.months)?);
        let names = Names::new(&file.agencies, file.day);
        let cues = file.cue.iter().map(|entry| cue(entry, &names)).collect::<Result<Vec<_>, _>>()?;
        let cue_set = RegexSetBuilder::new(cues.iter().map(|cue| cue.pattern.as_str()))
            .dfa_size_limit(CUE_AUTOMATON)
            .build()
            .map_err(|e| LexiconError { message: format!("{BOILERPLATE}: the cues do not compile together: {e}") })?;
        Ok(PageLexicon {
            cue_set,
            cues,
            about: file.about.iter().map(|entry| sign(entry, &names)).collect::<Result<_, _>>()?,
            datelines: file.dateline.iter().map(|entry| dateline(entry, &names)).collect::<Result<_, _>>()?,
            not_places: file.not_places,
            date_line_words: file.date_line_words,
            languages: languages(sources.languages)?,
            dates,
            markup,
        })
    }

    /// The language of an ISO 639-3 code, by its ISO 639-1 code where it has one.
    pub(crate) fn language(&self, code: &str) -> Language {
        Language::of_code(self.languages.get(code).map_or(code, String::as_str))
    }
}

/// What stands for `{agency}` and the like in patterns.
struct Names {
    replacements: Vec<(&'static str, String)>,
}

impl Names {
    fn new(agencies: &[String], day: String) -> Names {
        let mut longest_first: Vec<String> = agencies.iter().map(|agency| regex::escape(agency)).collect();
        longest_first.sort_by_key(|agency| std::cmp::Reverse(agency.len()));
        let name = r"\p{Lu}[\p{L}’'.-]+(?: (?:al-|el-|de |del |of |the |and |la |los )?\p{Lu}[\p{L}’'.-]*){0,3}";
        Names {
            replacements: vec![
                ("{agency}", format!("(?:{})", longest_first.join("|"))),
                ("{outlet}", r"[\p{Lu}\d][\p{L}\d’'&.-]*(?: [\p{L}\d’'&.-]+){0,5}?[\s.\-–—:]*".to_owned()),
                ("{outlet_name}", r"\p{Lu}[\p{L}’'&./-]*(?:[ /-]\p{Lu}[\p{L}’'&./-]*){0,4}".to_owned()),
                ("{city}", r"\p{Lu}[\p{Lu}’'.-]*\p{Lu}[\p{Lu}’'.]*(?:[ /-]+\p{Lu}[\p{Lu}’'.]+){0,4}".to_owned()),
                ("{name}", name.to_owned()),
                ("{day}", day),
            ],
        }
    }

    /// The pattern with its names filled in; it must come with examples of what fits it and what does not.
    fn compile(&self, id: &str, pattern: &str, yes: &[String], no: &[String]) -> Result<Regex, LexiconError> {
        if yes.is_empty() || no.is_empty() {
            return Err(LexiconError { message: format!("{BOILERPLATE}: `{id}` needs at least one example each in `yes` and `no`") });
        }
        let filled = self.replacements.iter().fold(pattern.to_owned(), |whole, (mark, stands_for)| whole.replace(mark, stands_for));
        let whole = LATIN.iter().fold(filled, |whole, (class, latin)| whole.replace(class, latin));
        Regex::new(&whole).map_err(|e| LexiconError { message: format!("{BOILERPLATE}: the pattern of `{id}` does not compile: {e}") })
    }
}

/// The patterns are for English text: in them a letter is a Latin one, which keeps them small and quick.
const LATIN: [(&str, &str); 6] = [
    (r"\p{Lu}", "[A-ZÀ-Þ]"),
    (r"\p{L}", "[A-Za-zÀ-ɏ]"),
    (r"\w", "[0-9A-Za-z_À-ɏ]"),
    (r"\W", r"[\x00-/:-@\[-^`{-~\u{80}-\u{bf}\u{2000}-\u{2bff}]"),
    (r"\d", "[0-9]"),
    (r"\b", r"(?-u:\b)"),
];

fn cue(entry: &CueEntry, names: &Names) -> Result<Cue, LexiconError> {
    let pattern = names.compile(&entry.id, &entry.pattern, &entry.yes, &entry.no)?;
    Ok(Cue { pattern, kind: entry.kind, at: entry.at, words: entry.words, opens: entry.opens })
}

fn sign(entry: &SignEntry, names: &Names) -> Result<Sign, LexiconError> {
    Ok(Sign { pattern: names.compile(&entry.id, &entry.pattern, &entry.yes, &entry.no)?, weight: entry.weight })
}

fn dateline(entry: &DatelineEntry, names: &Names) -> Result<DatelineForm, LexiconError> {
    Ok(DatelineForm { pattern: names.compile(&entry.id, &entry.pattern, &entry.yes, &entry.no)? })
}

fn broken_toml(name: &str, text: &str, error: &toml::de::Error) -> LexiconError {
    let before = error.span().map_or("", |span| &text[..span.start.min(text.len())]);
    let line = before.matches('\n').count() + 1;
    LexiconError { message: format!("{name}:{line}: {}", error.message()) }
}

fn months(text: &str) -> Result<BTreeMap<String, i8>, LexiconError> {
    let mut months = BTreeMap::new();
    for (at, fields) in rows(text) {
        let number = fields.first().and_then(|n| n.parse().ok()).filter(|n| (1..=12).contains(n));
        let (Some(number), Some(words)) = (number, fields.get(1)) else {
            return Err(LexiconError { message: format!("lexicons/months.tsv:{at}: expected a month from 1 to 12, a tab and its names") });
        };
        months.extend(words.split_whitespace().map(|word| (word.to_owned(), number)));
    }
    Ok(months)
}

fn languages(text: &str) -> Result<BTreeMap<String, String>, LexiconError> {
    let mut languages = BTreeMap::new();
    for (at, fields) in rows(text) {
        let [three, two] = fields[..] else {
            return Err(LexiconError { message: format!("lexicons/languages.tsv:{at}: expected two codes with a tab between") });
        };
        languages.insert(three.to_owned(), two.to_owned());
    }
    Ok(languages)
}

/// The lines that are not comments: line number, fields.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(at, line)| (at, line.split('\t').collect()))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::boilerplate::words;

    /// The lexicon of the repository.
    pub(crate) fn lexicon() -> PageLexicon {
        PageLexicon::parse(sources()).unwrap_or_else(|error| panic!("{error}"))
    }

    fn sources() -> PageSources<'static> {
        PageSources {
            boilerplate: include_str!("../../../data/lexicons/en/boilerplate.toml"),
            months: include_str!("../../../data/lexicons/months.tsv"),
            languages: include_str!("../../../data/lexicons/languages.tsv"),
            markup: include_str!("../../../data/lexicons/markup.toml"),
        }
    }

    fn file() -> File {
        toml::from_str(sources().boilerplate).expect("the repository's lexicon is right")
    }

    fn check(id: &str, fits: impl Fn(&str) -> bool, yes: &[String], no: &[String]) {
        yes.iter().for_each(|text| assert!(fits(text), "{id} should fit: {text}"));
        no.iter().for_each(|text| assert!(!fits(text), "{id} should not fit: {text}"));
    }

    #[test]
    fn cues_fit_their_examples() {
        for (entry, cue) in file().cue.iter().zip(lexicon().cues) {
            check(&entry.id, |text| words(text) <= cue.words && cue.pattern.is_match(text), &entry.yes, &entry.no);
        }
    }

    #[test]
    fn signs_of_the_publisher_fit_their_examples() {
        for (entry, sign) in file().about.iter().zip(lexicon().about) {
            check(&entry.id, |text| sign.pattern.is_match(text), &entry.yes, &entry.no);
        }
    }

    #[test]
    fn datelines_fit_their_examples() {
        for (entry, form) in file().dateline.iter().zip(lexicon().datelines) {
            check(&entry.id, |text| form.pattern.is_match(text), &entry.yes, &entry.no);
        }
    }

    #[test]
    fn broken_files_are_named_with_their_line() {
        for (boilerplate, months, message) in [
            ("agencies = 3", "", "lexicons/en/boilerplate.toml:1: "),
            (sources().boilerplate, "1\tmay\n13\tx", "lexicons/months.tsv:2: expected a month from 1 to 12"),
        ] {
            let error = PageLexicon::parse(PageSources { boilerplate, months, ..sources() }).expect_err("it is broken");
            assert!(error.to_string().starts_with(message), "{error}");
        }
    }
}

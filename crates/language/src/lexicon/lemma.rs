//! What is a word's dictionary form? Endings are exchanged by rules learned from treebanks; irregular forms are listed.

use compact_str::CompactString;
use sayso_types::{Lemma, Upos, WordMap};

use super::{LexiconFile, rows};
use crate::error::Error;

/// The longest ending, in letters, that a rule looks at.
pub const LONGEST_ENDING: usize = 5;

/// How forms become lemmas: a table of whole forms, and one of endings of which the longest wins.
#[derive(Clone, Debug, Default)]
pub struct LemmaRules {
    forms: OfPos,
    endings: OfPos,
}

/// Edits by part of speech and what they are made to.
#[derive(Clone, Debug)]
struct OfPos(Vec<WordMap<Edit>>);

/// What makes a lemma of a form.
#[derive(Clone, Debug)]
struct Edit {
    cut: usize,
    add: CompactString,
}

impl LemmaRules {
    /// The rules of a file; see [`super::LexiconFiles::lemmas`].
    pub fn load(file: LexiconFile<'_>) -> Result<LemmaRules, Error> {
        let mut rules = LemmaRules::default();
        for (line, columns) in rows(file) {
            let wrong = |expected: &str| Error::lexicon(file.name, line, expected);
            let [kind, pos, text, cut, add] = columns[..] else {
                return Err(wrong("expected `kind`, `part of speech`, `ending or form`, `cut` and `add`"));
            };
            let pos = Upos::of_str(pos).ok_or_else(|| wrong("expected a universal part of speech"))?;
            let cut = cut.parse().map_err(|_| wrong("expected a number of letters to cut"))?;
            let of_pos = match kind {
                "form" => &mut rules.forms,
                "rule" => &mut rules.endings,
                _ => return Err(wrong("expected kind `form` or `rule`")),
            };
            of_pos.0[pos as usize].insert(text, Edit { cut, add: add.into() });
        }
        Ok(rules)
    }

    /// The lemma of a form, lower case; a proper noun keeps its form.
    pub fn lemma(&self, form: &str, pos: Upos) -> Lemma {
        let lower = lowered(form);
        if matches!(pos, Upos::Propn | Upos::Punct | Upos::Num | Upos::Sym | Upos::X) {
            return lower;
        }
        if let Some(entry) = self.forms.get(pos, &lower) {
            return edit(&lower, entry.cut, &entry.add);
        }
        let starts = lower.char_indices().rev().map(|(at, _)| at).take(LONGEST_ENDING);
        let rules = starts.filter_map(|start| self.endings.get(pos, &lower[start..]));
        match rules.last() {
            Some(longest) => edit(&lower, longest.cut, &longest.add),
            None => lower,
        }
    }
}

/// A form in lower case, with straight apostrophes.
pub fn lowered(form: &str) -> Lemma {
    if form.bytes().all(|b| b.is_ascii_lowercase()) {
        return Lemma::new(form);
    }
    form.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// A form without its last `cut` letters, and with `add`.
pub fn edit(form: &str, cut: usize, add: &str) -> Lemma {
    let end = form.char_indices().rev().nth(cut.wrapping_sub(1)).map_or(if cut == 0 { form.len() } else { 0 }, |(at, _)| at);
    let mut lemma = Lemma::new(&form[..end]);
    lemma.push_str(add);
    lemma
}

impl Default for OfPos {
    fn default() -> OfPos {
        OfPos(vec![WordMap::default(); Upos::ALL.len()])
    }
}

impl OfPos {
    fn get(&self, pos: Upos, text: &str) -> Option<&Edit> {
        self.0[pos as usize].get(text)
    }
}

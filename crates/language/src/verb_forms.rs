//! Which form is a verb in? Part of speech alone hides "killed by" from "killed three"; the parser needs to know.

use sayso_types::Upos;

use crate::features::Features;
use crate::table::{Table, best};
use crate::words::Word;

/// Classes of the table: the forms of [`VerbForm::ALL`], padded.
pub const CLASSES: usize = 8;

/// The weights.
pub type VerbForms = Table<CLASSES>;

/// The form of a verb, as the Penn Treebank tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum VerbForm {
    /// "to attack".
    Base,
    /// "they attack".
    Present,
    /// "it attacks".
    ThirdPerson,
    /// "it attacked".
    Past,
    /// "it was attacked".
    PastParticiple,
    /// "attacking".
    PresentParticiple,
    /// "may".
    Modal,
}

impl VerbForm {
    /// All of them, in the order of their numbers.
    pub const ALL: [VerbForm; 7] = [
        VerbForm::Base,
        VerbForm::Present,
        VerbForm::ThirdPerson,
        VerbForm::Past,
        VerbForm::PastParticiple,
        VerbForm::PresentParticiple,
        VerbForm::Modal,
    ];

    /// The form of a Penn Treebank tag, where it is a verb's.
    pub fn of_penn(tag: &str) -> Option<VerbForm> {
        Some(match tag {
            "VB" => VerbForm::Base,
            "VBP" => VerbForm::Present,
            "VBZ" => VerbForm::ThirdPerson,
            "VBD" => VerbForm::Past,
            "VBN" => VerbForm::PastParticiple,
            "VBG" => VerbForm::PresentParticiple,
            "MD" => VerbForm::Modal,
            _ => return None,
        })
    }
}

/// A part of speech with the form of verbs: what the parser calls a tag.
pub type FineTag = u8;

/// The number of a part of speech, and of a form where the word is a verb or auxiliary.
pub fn fine_tag(pos: Upos, form: VerbForm) -> FineTag {
    match pos {
        Upos::Verb => 32 + form as u8,
        Upos::Aux => 40 + form as u8,
        _ => pos as u8,
    }
}

/// The fine tag of each word.
pub fn fine_tags(table: &VerbForms, words: &[Word], tags: &[Upos]) -> Vec<FineTag> {
    let mut features = Features::new();
    let mut fine = Vec::with_capacity(words.len());
    for (at, pos) in tags.iter().enumerate() {
        if !matches!(pos, Upos::Verb | Upos::Aux) {
            fine.push(*pos as u8);
            continue;
        }
        extract(words, tags, &fine, at, &mut features);
        let sums = table.score(features.keys());
        fine.push(fine_tag(*pos, VerbForm::ALL[best(&sums, VerbForm::ALL.len())]));
    }
    fine
}

/// What is looked at to tell the form of verb `at`, given the fine tags before it.
pub fn extract(words: &[Word], tags: &[Upos], fine: &[FineTag], at: usize, features: &mut Features) {
    features.clear();
    let none = Word::default();
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|i| words.get(i)).unwrap_or(&none);
    let after = |n: usize| tags.get(at + n).map_or(99, |tag| *tag as u32);
    let before = |n: usize| at.checked_sub(n).map_or(99, |i| u32::from(fine[i]));
    let this = word(0);
    let pos = tags[at] as u32;
    let auxiliary = fine.iter().rposition(|tag| *tag >= 32).map_or(none, |i| words[i]);
    features.add(0, [pos]);
    features.add(1, [this.lower, pos]);
    features.add(2, [this.suffix[1]]);
    features.add(3, [this.suffix[2]]);
    features.add(4, [before(1), this.suffix[1]]);
    features.add(5, [before(1), before(2), this.suffix[1]]);
    features.add(6, [word(-1).lower, this.suffix[1]]);
    features.add(7, [word(-1).lower, word(-2).lower, this.suffix[1]]);
    features.add(8, [this.lower, before(1)]);
    features.add(9, [this.lower, after(1)]);
    features.add(10, [this.suffix[1], after(1)]);
    features.add(11, [word(1).lower, this.suffix[1]]);
    features.add(12, [auxiliary.lower, this.suffix[1]]);
    features.add(13, [auxiliary.lower, before(1), this.suffix[1]]);
    features.add(14, [before(1), before(2), before(3), this.suffix[0]]);
    features.add(15, [this.suffix[1], after(1), after(2)]);
    features.add(16, [this.lower, word(-1).lower]);
}

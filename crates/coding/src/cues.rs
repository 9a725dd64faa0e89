//! Which words say that somebody else is speaking, and which say how surely? The lexicons `cues.tsv` and `factuality.tsv`.

use sayso_types::{Modality, Upos, WordMap};

use crate::error::rows;
use crate::{Error, ErrorKind};

/// The cues of attribution and of factuality.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    attribution: WordMap<Vec<(CuePos, Cue)>>,
    factuality: WordMap<Vec<(CertaintyPos, Certainty)>>,
}

/// A word that attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// How it does so; a word can do it in more than one way.
    pub classes: Vec<CueClass>,
    /// Where what it attributes stands.
    pub content: Vec<Content>,
}

/// The word class of a cue of attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CuePos {
    /// "said".
    Verb,
    /// "claims by", "the view of".
    Noun,
    /// "confident that".
    Adjective,
    /// "according to".
    Preposition,
}

/// How a cue attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueClass {
    /// Its subject says it: say, tell, report.
    Says,
    /// Its subject holds it to be so: believe, estimate.
    Thinks,
    /// Its subject, a text or somebody who speaks, gives it to be seen: show, suggest.
    Shows,
    /// Its subject wants it done: urge, demand, order.
    Directs,
    /// Its object, or what stands behind its preposition, says it to whoever cites: "citing a U.N. report", "attributing it to aides".
    Cites,
    /// Its subject takes a stand on what somebody else says: "rejected the claim that …".
    Answers,
    /// Its subject brings a noun cue forth: "made claims", "issued a statement".
    Issues,
    /// A text that can speak: report, study, footage.
    Document,
    /// A noun that stands with "in" and its owner: "in his view", "by the army's account".
    Account,
    /// Words that together attribute nothing: "claim responsibility", "pledge allegiance".
    Silent,
}

/// Where a cue's content stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// In a finite clause.
    Clause,
    /// Beside it, as in "…, police said" and in quotation marks.
    Quote,
    /// In an infinitive or a clause in -ing.
    Infinitive,
    /// In its object: "confirmed the attack".
    Object,
    /// Behind that preposition: "accused of", "warned of".
    Behind(String),
}

/// What a word does to how surely, or whether, something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// What is so of it is so of what it governs: manage, continue.
    Transparent,
    /// What it governs is so, whatever is so of it: regret, condemn.
    Presupposes,
    /// What it governs did not happen: fail, prevent.
    Negates,
    /// What it governs has that modality at best: plan, fear.
    Weakens(Modality),
}

/// The effect of a word on what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certainty {
    /// On a clause, or on the word that it modifies.
    pub clause: Effect,
    /// On a noun event.
    pub nominal: Effect,
}

/// As what a word stands in `factuality.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertaintyPos {
    /// Governs as an active verb.
    Verb,
    /// Governs as a passive verb without its agent: "is said to".
    Passive,
    /// Governs as a noun: "plan", "fear".
    Noun,
    /// Governs as a predicate, or modifies a noun event: "likely", "alleged".
    Adjective,
    /// Modifies a verb: "reportedly", "not".
    Adverb,
    /// A modal: "may".
    Auxiliary,
    /// Marks a subordinate clause: "if", "without", "to" of purpose.
    Mark,
    /// Marks a noun event: "without".
    Preposition,
    /// A determiner or pronoun: "no", "nobody".
    Determiner,
    /// A verb that says of its subject that it happens: "occur".
    Happening,
    /// A verb whose past has the form of its present: "hit".
    Invariant,
    /// A pronoun or adverb that asks after a part of what is taken to be so: "who attacked", "why they left".
    Question,
}

impl Cues {
    /// Reads `cues.tsv` and `factuality.tsv`, each given by the name to report and its text.
    ///
    /// # Errors
    /// Names the line with an unknown code, or a word that stands twice for one word class.
    pub fn load(attribution_file: &str, attribution_text: &str, factuality_file: &str, factuality_text: &str) -> Result<Cues, Error> {
        Ok(Cues {
            attribution: load_attribution(attribution_file, attribution_text)?,
            factuality: load_factuality(factuality_file, factuality_text)?,
        })
    }

    /// The cue of attribution that a lemma of that word class is.
    pub fn cue(&self, pos: CuePos, lemma: &str) -> Option<&Cue> {
        self.attribution.get(lemma)?.iter().find(|(p, _)| *p == pos).map(|(_, cue)| cue)
    }

    /// The cue of attribution that a lemma with a part of speech is.
    pub fn cue_of(&self, pos: Upos, lemma: &str) -> Option<&Cue> {
        let pos = match pos {
            Upos::Verb | Upos::Aux => CuePos::Verb,
            Upos::Noun | Upos::Propn => CuePos::Noun,
            Upos::Adj => CuePos::Adjective,
            _ => return None,
        };
        self.cue(pos, lemma)
    }

    /// What a lemma does to factuality as that kind of word.
    pub fn certainty(&self, pos: CertaintyPos, lemma: &str) -> Option<Certainty> {
        self.factuality.get(lemma)?.iter().find(|(p, _)| *p == pos).map(|(_, certainty)| *certainty)
    }
}

impl Cue {
    /// Whether it attributes in that way.
    pub fn is(&self, class: CueClass) -> bool {
        self.classes.contains(&class)
    }

    /// Whether it attributes a clause or a noun to somebody, rather than only standing beside another cue.
    pub fn governs(&self) -> bool {
        self.classes
            .iter()
            .any(|c| matches!(c, CueClass::Says | CueClass::Thinks | CueClass::Shows | CueClass::Directs | CueClass::Answers))
    }

    /// Whether its content can stand there.
    pub fn has(&self, content: &Content) -> bool {
        self.content.contains(content)
    }
}

fn load_attribution(file: &str, text: &str) -> Result<WordMap<Vec<(CuePos, Cue)>>, Error> {
    let mut found: WordMap<Vec<_>> = WordMap::default();
    for (line, cells) in rows(text) {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let unknown = |what: &str, code: &str| Error::new(ErrorKind::UnknownCode, file, line, format!("unknown {what} `{code}`"));
        let pos = match cell(1) {
            "verb" => CuePos::Verb,
            "noun" => CuePos::Noun,
            "adjective" => CuePos::Adjective,
            "preposition" => CuePos::Preposition,
            code => return Err(unknown("word class", code)),
        };
        let classes = cell(2).split_whitespace().map(|code| cue_class(code).ok_or_else(|| unknown("class", code)));
        let classes = classes.collect::<Result<Vec<_>, _>>()?;
        let content = cell(3).split_whitespace().map(content).collect();
        let of_word: &mut Vec<_> = found.or_default(cells[0]);
        if of_word.iter().any(|(p, _)| *p == pos) {
            return Err(Error::new(ErrorKind::Duplicate, file, line, format!("`{}` stands here a second time", cells[0])));
        }
        of_word.push((pos, Cue { classes, content }));
    }
    Ok(found)
}

fn cue_class(code: &str) -> Option<CueClass> {
    Some(match code {
        "says" => CueClass::Says,
        "thinks" => CueClass::Thinks,
        "shows" => CueClass::Shows,
        "directs" => CueClass::Directs,
        "cites" => CueClass::Cites,
        "answers" => CueClass::Answers,
        "issues" => CueClass::Issues,
        "document" => CueClass::Document,
        "account" => CueClass::Account,
        "silent" => CueClass::Silent,
        _ => return None,
    })
}

/// Any word that is no name of a place for content is a preposition.
fn content(code: &str) -> Content {
    match code {
        "clause" => Content::Clause,
        "quote" => Content::Quote,
        "infinitive" => Content::Infinitive,
        "object" => Content::Object,
        preposition => Content::Behind(preposition.replace('_', " ")),
    }
}

fn load_factuality(file: &str, text: &str) -> Result<WordMap<Vec<(CertaintyPos, Certainty)>>, Error> {
    let mut found: WordMap<Vec<_>> = WordMap::default();
    for (line, cells) in rows(text) {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let unknown = |what: &str, code: &str| Error::new(ErrorKind::UnknownCode, file, line, format!("unknown {what} `{code}`"));
        let pos = certainty_pos(cell(1)).ok_or_else(|| unknown("word class", cell(1)))?;
        let clause = effect(cell(2)).ok_or_else(|| unknown("effect", cell(2)))?;
        let nominal = if cell(3).is_empty() { clause } else { effect(cell(3)).ok_or_else(|| unknown("effect", cell(3)))? };
        let of_word: &mut Vec<_> = found.or_default(cells[0]);
        if of_word.iter().any(|(p, _)| *p == pos) {
            return Err(Error::new(ErrorKind::Duplicate, file, line, format!("`{}` stands here a second time", cells[0])));
        }
        of_word.push((pos, Certainty { clause, nominal }));
    }
    Ok(found)
}

fn certainty_pos(code: &str) -> Option<CertaintyPos> {
    Some(match code {
        "verb" => CertaintyPos::Verb,
        "passive" => CertaintyPos::Passive,
        "noun" => CertaintyPos::Noun,
        "adjective" => CertaintyPos::Adjective,
        "adverb" => CertaintyPos::Adverb,
        "auxiliary" => CertaintyPos::Auxiliary,
        "mark" => CertaintyPos::Mark,
        "preposition" => CertaintyPos::Preposition,
        "determiner" => CertaintyPos::Determiner,
        "happening" => CertaintyPos::Happening,
        "invariant" => CertaintyPos::Invariant,
        "question" => CertaintyPos::Question,
        _ => return None,
    })
}

fn effect(code: &str) -> Option<Effect> {
    Some(match code {
        "transparent" => Effect::Transparent,
        "presupposes" => Effect::Presupposes,
        "negates" => Effect::Negates,
        modality => Effect::Weakens(Modality::of_str(modality)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_named() {
        let cases = [
            ("say\tverb\tshouts", "", "cues.tsv:1: unknown class `shouts`"),
            ("say\tpronoun\tsays", "", "cues.tsv:1: unknown word class `pronoun`"),
            ("say\tverb\tsays\nsay\tverb\tthinks", "", "cues.tsv:2: `say` stands here a second time"),
            ("", "# words\nmay\tauxiliary\tperhaps", "factuality.tsv:2: unknown effect `perhaps`"),
            ("", "may\tmodal\tpossible", "factuality.tsv:1: unknown word class `modal`"),
        ];
        for (attribution, factuality, message) in cases {
            let error = Cues::load("cues.tsv", attribution, "factuality.tsv", factuality).expect_err("the line is wrong");
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_noun_event_can_fare_otherwise_than_a_clause() {
        let cues = Cues::load("c", "", "f", "force\tpassive\ttransparent\tpresupposes").expect("the line reads");
        let expected = Certainty { clause: Effect::Transparent, nominal: Effect::Presupposes };
        assert_eq!(cues.certainty(CertaintyPos::Passive, "force"), Some(expected));
    }
}

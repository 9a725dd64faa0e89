//! What does a text consist of? Sentences, tokens with lemma, part of speech and syntax, and names.

use std::ops::Range;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A lemma; short ones are stored in place.
pub type Lemma = CompactString;

/// The linguistic layer over one document's coded blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// In the order of the text.
    pub sentences: Vec<Sentence>,
    /// All tokens of all sentences, in order.
    pub tokens: Vec<Token>,
    /// Names, in order, without overlap.
    pub names: Vec<Name>,
    /// Who says what, as a scorer read it in single sentences, in the order of the cues; indices into [`Analysis::tokens`].
    pub claims: Vec<Claim>,
    /// Of each token whether its happening took place, as a scorer read it; tokens of sentences that it did not judge have none.
    pub outlooks: Vec<Option<Outlook>>,
}

/// That somebody says, thinks or wants something, by the words of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// The words that attribute, in order: "said", "according to".
    pub cue: Vec<usize>,
    /// The words of who speaks, in order; none where nobody is named.
    pub source: Vec<usize>,
    /// The words of what is attributed, in order.
    pub content: Vec<usize>,
}

/// How likely it is, in percent, that a wording has a happening so: what is left to a hundred is that it took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// That it did not happen.
    pub negated: u8,
    /// That the wording leaves it open.
    pub uncertain: u8,
}

/// One sentence: a range of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token's start to its last token's end.
    pub span: Span,
    /// Indices into [`Analysis::tokens`]; never empty.
    pub tokens: Range<usize>,
    /// Number of the document's block that it stands in.
    pub block: usize,
    /// Whether heads and relations were read; where not, every token is its own root.
    pub parsed: bool,
}

/// One word or punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The dictionary form, lower case: "attack" for "attacked".
    pub lemma: Lemma,
    /// Universal part of speech.
    pub pos: Upos,
    /// The token that it depends on, as an index into [`Analysis::tokens`]; itself for a root.
    pub head: usize,
    /// How it depends on `head`.
    pub relation: Relation,
}

/// A name of a person, organization or place, as the name tagger found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Indices into [`Analysis::tokens`]; never empty.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum NameKind {
    /// A person.
    Person,
    /// An organization or armed group.
    Organization,
    /// A place.
    Location,
    /// Anything else: events, works, products, peoples.
    Other,
}

macro_rules! tags {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the tags are those of Universal Dependencies, documented there")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The tag as Universal Dependencies writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The tag that Universal Dependencies writes so.
            pub fn of_str(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

tags! {
    /// Universal part-of-speech tags (Universal Dependencies 2).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM",
        Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

tags! {
    /// Universal dependency relations (Universal Dependencies 2), with those subtypes that tell who did what to whom.
    Relation {
        Root = "root", Nsubj = "nsubj", NsubjPass = "nsubj:pass", Csubj = "csubj", CsubjPass = "csubj:pass", Obj = "obj", Iobj = "iobj",
        Ccomp = "ccomp", Xcomp = "xcomp", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Advcl = "advcl",
        AdvclRelcl = "advcl:relcl", Advmod = "advmod", Aux = "aux", AuxPass = "aux:pass", Cop = "cop", Mark = "mark", Nmod = "nmod",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Appos = "appos", Nummod = "nummod", Acl = "acl", AclRelcl = "acl:relcl",
        Amod = "amod", Det = "det", DetPredet = "det:predet", Case = "case", Conj = "conj", Cc = "cc", CcPreconj = "cc:preconj",
        Compound = "compound", CompoundPrt = "compound:prt", Flat = "flat", Fixed = "fixed", Goeswith = "goeswith", List = "list",
        Parataxis = "parataxis", Orphan = "orphan", Dislocated = "dislocated", Vocative = "vocative", Discourse = "discourse", Expl = "expl",
        Reparandum = "reparandum", Punct = "punct", Dep = "dep", Clf = "clf",
    }
}

impl Relation {
    /// The relation of a tag with any subtype: one that has no variant of its own falls back to its universal part.
    pub fn of_tag(tag: &str) -> Option<Relation> {
        Relation::of_str(tag).or_else(|| Relation::of_str(tag.split(':').next()?))
    }

    /// The universal part: `nsubj` for `nsubj:pass`.
    pub fn universal(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or_default()
    }
}

impl Analysis {
    /// The number of the sentence that token `token` stands in.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// Whether a scorer judged a sentence's claims and outlooks.
    pub fn is_judged(&self, sentence: usize) -> bool {
        self.sentences.get(sentence).is_some_and(|s| self.outlook(s.tokens.start).is_some())
    }

    /// The outlook of a token, where it was judged.
    pub fn outlook(&self, token: usize) -> Option<Outlook> {
        self.outlooks.get(token).copied().flatten()
    }

    /// The stretch of text that a non-empty range of tokens covers.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span)
    }
}

//! How does a page become statements? The stages in order, over the data of the program.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sayso_coding::mention::{self, Mentions};
use sayso_coding::resolve::registry::{self, known_names};
use sayso_coding::{Knowledge, Worth, code, worth};
use sayso_language::{Casing, Depth, Lexicon, analyze, each, mixed_case};
use sayso_page::{Limits, PageLexicon};
use sayso_types::record::StatementRecord;
use sayso_types::{Analysis, Document, Language, Scorer, Sentence, Span, Statement, Token};

use crate::cascade::{Cascade, Profile};
use crate::{Error, Input, data, export};

/// Everything that reading and coding needs, loaded once and shared by all threads.
pub struct Coder {
    page: PageLexicon,
    language: Lexicon,
    scorer: Cascade,
    profile: Profile,
    knowledge: Knowledge,
    casing: Casing,
    limits: Limits,
    /// SHA-256 of the user's own places and actors, by what they are.
    added: BTreeMap<String, String>,
}

/// A stage of the way from a page to its statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What the page says, and its parts.
    Page,
    /// Sentences, tokens, syntax and names.
    Analysis,
    /// Actors, places, times and quantities.
    Mentions,
    /// The statements.
    Statements,
}

impl Coder {
    /// A coder over the data that is embedded in the program, of the default profile.
    ///
    /// # Errors
    /// Names the data file and line that does not load.
    pub fn embedded() -> Result<Coder, Error> {
        Coder::of_profile(Profile::default())
    }

    /// The same of a profile.
    ///
    /// # Errors
    /// Names the data file and line that does not load.
    pub fn of_profile(profile: Profile) -> Result<Coder, Error> {
        // Nothing of one is needed for the other, and each takes a good part of the time to start.
        let (encoder, rest) = std::thread::scope(|scope| {
            let encoder = scope.spawn(|| if profile == Profile::Fast { Ok(None) } else { data::encoder().map(Some) });
            let rest = (data::page_lexicon(), data::language_lexicon(), data::models(), data::knowledge());
            (encoder.join(), rest)
        });
        let encoder = encoder.map_err(|_| Error::data("the encoder's weights did not load".to_owned()))??;
        let (page, language, linear, knowledge) = rest;
        let (scorer, knowledge) = (Cascade { linear: linear?, encoder }, knowledge?);
        let casing = data::casing(&knowledge)?;
        Ok(Coder {
            page: page?,
            language: language?,
            scorer,
            profile,
            casing,
            knowledge,
            limits: Limits::default(),
            added: BTreeMap::new(),
        })
    }

    /// The coder with a further gazetteer file beside the embedded one, as [`crate::gazetteer::file`] makes it.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn with_gazetteer(mut self, bytes: Vec<u8>) -> Result<Coder, Error> {
        self.adds("places", &bytes);
        self.knowledge.gazetteer = self.knowledge.gazetteer.with_additions(bytes).map_err(Error::data)?;
        Ok(self)
    }

    fn adds(&mut self, what: &str, bytes: &[u8]) {
        let number = self.added.keys().filter(|name| name.starts_with(&format!("added {what}"))).count() + 1;
        self.added.insert(format!("added {what} {number}"), data::sha256(bytes));
    }

    /// With what the coder reads: [`crate::versions`], its language model, how much it spends, and the user's own places and actors.
    pub fn versions(&self) -> BTreeMap<String, String> {
        let mut versions = crate::versions();
        versions.insert("model".to_owned(), data::model(self.profile).to_owned());
        versions.insert("profile".to_owned(), self.profile.as_str().to_owned());
        versions.extend(self.added.clone());
        versions
    }

    /// How much the coder spends on reading.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// What the coder knows of words whatever they are about: their dictionary forms, abbreviations.
    pub fn lexicon(&self) -> &Lexicon {
        &self.language
    }

    /// What reads sentences for the coder.
    pub fn scorer(&self) -> &dyn Scorer {
        &self.scorer
    }

    /// The coder with a user's own registry file, in the form of `data/actors`: further actors, whose names go before the program's, and
    /// further names of those that it has. `file` stands for it in messages.
    ///
    /// # Errors
    /// Names the line that does not read.
    pub fn with_registry(mut self, file: &str, text: &str) -> Result<Coder, Error> {
        self.adds("actors", text.as_bytes());
        let registry = std::mem::take(&mut self.knowledge.registry);
        self.knowledge.registry = registry::with_own(registry, file, text).map_err(Error::data)?;
        Ok(self)
    }

    /// What the coder knows: actors, places, frames.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The document that an input holds.
    ///
    /// # Errors
    /// Says why there is none: empty, binary, too large, no text.
    pub fn document(&self, input: &Input) -> Result<Document, Error> {
        input.read(&self.page, &self.limits)
    }

    /// The document as it is to be read: one written all in capitals through a copy in mixed case, in which every span is the same.
    pub fn readable<'d>(&self, document: &'d Document) -> Cow<'d, Document> {
        let is_place = |name: &str| self.knowledge.gazetteer.has_name(name);
        match mixed_case(&document.text, &self.casing, &is_place) {
            Some(text) => Cow::Owned(Document { text, ..document.clone() }),
            None => Cow::Borrowed(document),
        }
    }

    /// The linguistic analysis of a document's coded parts.
    pub fn analysis(&self, document: &Document) -> Analysis {
        self.analysis_closely(document, None)
    }

    /// The same with the sentences that share words with a stretch of the text read as closely as the profile can.
    pub(crate) fn analysis_around(&self, document: &Document, words: Span) -> Analysis {
        self.analysis_closely(document, Some(words))
    }

    fn analysis_closely(&self, document: &Document, words: Option<Span>) -> Analysis {
        if self.profile == Profile::Deep {
            return self.full_analysis(document);
        }
        let asked = |sentence: &Sentence| words.is_some_and(|words| sentence.span.overlaps(words));
        let names = |text: &str, tokens: &[Token]| known_names(text, tokens, &self.knowledge.registry);
        analyze(document, &self.scorer, &self.language, &|text, analysis| {
            let worth = worth(text, analysis, &self.knowledge);
            let depth = |(sentence, worth): (&Sentence, Worth)| {
                let tokens = &analysis.tokens[sentence.tokens.clone()];
                match worth {
                    _ if asked(sentence) => Depth::Close { names: names(text, tokens) },
                    Worth::Words => Depth::Words,
                    Worth::Syntax => Depth::Syntax { names: names(text, tokens) },
                    Worth::Close => Depth::Close { names: names(text, tokens) },
                }
            };
            analysis.sentences.iter().zip(worth).map(depth).collect()
        })
    }

    /// The same with every sentence read as closely as the profile can, for those who read more in it than statements.
    pub fn full_analysis(&self, document: &Document) -> Analysis {
        let depth = |text: &str, tokens: &[Token]| Depth::Close { names: known_names(text, tokens, &self.knowledge.registry) };
        analyze(document, &self.scorer, &self.language, &each(depth))
    }

    /// What a document mentions.
    pub fn mentions(&self, document: &Document, analysis: &Analysis) -> Mentions {
        mention::mentions(document, analysis, &self.knowledge)
    }

    /// The statements of a document, in the order of its text; none where it is not in English.
    pub fn code(&self, document: &Document) -> Vec<Statement> {
        if matches!(document.language, Language::Other(_)) {
            return Vec::new();
        }
        let document = &*self.readable(document);
        let analysis = self.analysis(document);
        let mentions = self.mentions(document, &analysis);
        code::statements(document, &analysis, &mentions, &self.knowledge)
    }

    /// The statements of a document in their serialized form.
    pub fn records(&self, document: &Document) -> Vec<StatementRecord> {
        export::statement_records(document, &self.code(document), data::model(self.profile))
    }

    /// The statements that its layers give of a document, in their serialized form.
    pub(crate) fn records_of(&self, document: &Document, analysis: &Analysis, mentions: &Mentions) -> Vec<StatementRecord> {
        if matches!(document.language, Language::Other(_)) {
            return Vec::new();
        }
        let statements = code::statements(&self.readable(document), analysis, mentions, &self.knowledge);
        export::statement_records(document, &statements, data::model(self.profile))
    }

    /// A stage of a document, printed as text.
    pub fn explain(&self, document: &Document, stage: Stage) -> String {
        if stage == Stage::Page {
            return sayso_page::print(document);
        }
        let document = &*self.readable(document);
        let analysis = self.analysis(document);
        if stage == Stage::Analysis {
            return sayso_language::print(document, &analysis);
        }
        let mentions = self.mentions(document, &analysis);
        if stage == Stage::Mentions {
            return mention::print(document, &mentions, &self.knowledge);
        }
        let statements = code::statements(document, &analysis, &mentions, &self.knowledge);
        export::print(document, &statements)
    }
}

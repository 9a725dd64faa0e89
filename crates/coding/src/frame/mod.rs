//! Which words speak of which happening or relation? The coding frames, as `data/rules/en/` states them.
//!
//! A frame has triggers, patterns that find who fills which role, what it yields, and its own examples. Its file is TOML:
//!
//! ```toml
//! [[frame]]
//! id = "coerce.arrest"
//! yields = "event:coerce"
//! mode = "arrest"
//! verbs = ["arrest", "detain", "round up"]
//! nouns = ["arrest"]
//! actor = ["subject", "by", "possessor:actor"]
//! recipient = ["object", "of"]
//! counts = { captured = ["object", "of"] }
//! examples = [{ text = "Police arrested 12 men in Lagos.", gives = ["event:coerce arrest actor=Police recipient=12 men place=Lagos captured=12"] }]
//! ```

mod load;
mod pattern;
mod trigger;

use sayso_types::{EstimateType, EventType, Phase, QuantityOf, RelationType, RoleName, Stance, WordMap};

pub use load::load;
pub use pattern::{Class, Pattern, Step};
pub use trigger::{Companion, Matched, Trigger, WordClass};

/// All frames, found by the lemma that triggers them.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// In the order of their files.
    pub frames: Vec<Frame>,
    by_lemma: WordMap<Vec<(usize, usize)>>,
}

/// One coding frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Family and name: "assault.attack".
    pub id: String,
    /// What kind of statement it makes.
    pub yields: Yields,
    /// The words that bring it up.
    pub triggers: Vec<Trigger>,
    /// Who fills which role, in order of preference.
    pub roles: Vec<(RoleName, Vec<Pattern>)>,
    /// Who says so by the trigger itself: "the mission counted 14 bodies".
    pub says: Vec<Pattern>,
    /// What a count in an argument counts.
    pub counts: Vec<(QuantityOf, Vec<Pattern>)>,
    /// Roles without which it says nothing.
    pub needs: Vec<RoleName>,
    /// PLOVER's mode, or the kind of support.
    pub mode: Option<String>,
    /// PLOVER's contexts.
    pub contexts: Vec<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// Holds, begins or ends, of a relation.
    pub phase: Phase,
    /// How it joins with other frames of one clause.
    pub join: Join,
    /// Whether it always speaks of several happenings.
    pub aggregate: bool,
    /// Whether it stands beside another frame of the same trigger rather than giving way to it.
    pub also: bool,
    /// Whether its nouns can speak of any happening of the type: "the attack" of a bombing told before.
    pub general: bool,
    /// Whether it says the opposite of what it yields: "failed to".
    pub negated: bool,
    /// Whether it says nothing unless it is joined to a cause: "a bomb exploded and six people died".
    pub dependent: bool,
    /// Its own tests.
    pub examples: Vec<Example>,
    /// The file that it stands in.
    pub file: String,
}

/// What a frame makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yields {
    /// An event.
    Event(EventType),
    /// A relation.
    Relation(RelationType),
    /// An estimate.
    Estimate(EstimateType),
    /// No statement of its own: a stance towards another event's responsibility.
    Responsibility(Stance),
}

/// How a frame joins with others of the same clause: "killed 12" is the result of "attacked".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Join {
    /// It stands alone.
    #[default]
    Alone,
    /// It is an act that can have a result.
    Cause,
    /// It is the result of an act.
    Result,
}

/// A sentence and what the frames must make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// One to three sentences.
    pub text: String,
    /// The statements expected; empty: none of this frame.
    pub gives: Vec<String>,
}

impl Frame {
    /// Whether it counts people killed.
    pub fn counts_killed(&self) -> bool {
        self.counts.iter().any(|(of, _)| *of == QuantityOf::Killed)
    }

    /// Whether a pattern of its roles begins with that preposition.
    pub fn has_pattern_of(&self, preposition: &str) -> bool {
        let first = Step::To(crate::syntax::Function::Preposition(preposition.to_owned()));
        self.roles.iter().flat_map(|(_, patterns)| patterns).any(|p| p.steps.first() == Some(&first))
    }
}

impl Frames {
    /// The frames in the order given, indexed by the lemmas of their triggers.
    pub fn new(frames: Vec<Frame>) -> Frames {
        let mut by_lemma: WordMap<Vec<(usize, usize)>> = WordMap::default();
        for (f, frame) in frames.iter().enumerate() {
            for (t, trigger) in frame.triggers.iter().enumerate() {
                by_lemma.or_default(&trigger.lemma).push((f, t));
            }
        }
        Frames { frames, by_lemma }
    }

    /// The frames and triggers that begin with a lemma.
    pub fn of_lemma(&self, lemma: &str) -> impl Iterator<Item = (usize, &Frame, &Trigger)> {
        let found = self.by_lemma.get(lemma).map_or(&[][..], Vec::as_slice);
        found.iter().map(|(f, t)| (*f, &self.frames[*f], &self.frames[*f].triggers[*t]))
    }

    /// The frame of an id.
    pub fn by_id(&self, id: &str) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.id == id)
    }

    /// Whether a lemma begins any trigger.
    pub fn knows(&self, lemma: &str) -> bool {
        self.by_lemma.contains(lemma)
    }
}

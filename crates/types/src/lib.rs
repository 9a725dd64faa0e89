//! The nouns of sayso, and the one trait, [`Scorer`].
//!
//! Floor 0: every other crate may use these types, and they use none of theirs. Positions are [`Span`]s: byte offsets into
//! the one frozen text of a [`Document`]. Only the types of [`record`] are written out; they count in code points.

mod actor;
mod analysis;
pub mod decision;
mod document;
mod edtf;
mod ontology;
mod outcome;
mod pieces;
mod place;
mod quantity;
pub mod record;
mod scorer;
mod span;
mod statement;
mod word_map;

pub use actor::{Actor, ActorKind, ActorLink, ActorName, LinkKind, NameKind, Validity};
pub use analysis::{Analysis, Claim, Lemma, Name, NameKind as NameClass, Outlook, Relation, Sentence, Token, Upos};
pub use document::{Block, BlockKind, Credit, DateFound, Document, Language, Published};
pub use edtf::{Edtf, EdtfError};
pub use ontology::{EstimateType, EventType, Phase, RelationType};
pub use outcome::{Outcome, Unknown};
pub use pieces::pieces;
pub use place::{GeoPrecision, Level, Place, PlaceKind, PlaceValue, WherePrec};
pub use quantity::{Quantity, QuantityOf, QuantityRule};
pub use scorer::{Arc, NameSpan, Reading, Scorer};
pub use span::{CodePoints, Span};
pub use statement::{
    Attribution, Evidence, Modality, Proposition, Responsibility, Role, RoleName, SourceKind, Stance, Statement, Tense, TimeValue,
};
pub use word_map::{WordHasher, WordMap, WordSet};
